"""The list of attachments at the foot of a page, measured from its glyphs."""

import pytest

from publisher.pdf.document import read_pdf
from publisher.render.styles import load_style

pytestmark = pytest.mark.typeset

ROLES = ("song", "hei", "kai", "fangsong", "title")


def list_after(lines):
    """Return the HTML of a page with this many lines before a list of attachments."""
    name = "青河市水资源公报（摘要）及各县水资源管理考核结果、取水许可证换发情况说明"
    return (
        f'<div style="break-before: page">{"<p>文</p>" * lines}<div class="attachments" style="--label-width: 6.25em">'
        f'<p class="first"><span class="attachment-label">附件：1. </span><span class="attachment-name">{name}</span></p>'
        f'<p class="further"><span class="attachment-label">2. </span><span class="attachment-name">{name}</span></p>'
        "</div></div>"
    )


@pytest.mark.parametrize("style", ["gongwen", "red-head"])
def test_a_number_is_on_the_line_of_its_name(typeset, style):
    sheet = load_style(style).sheet(dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))
    body = f"<main>{''.join(map(list_after, range(16, 22)))}</main>"
    pdf = read_pdf(typeset(body, sheet).pdf)
    runs = [(page.index, round(run.ys[0]), run.text) for page in pdf.pages for run in page.runs]
    for number in ("附件：1.", "2."):
        labels = [run[:2] for run in runs if run[2].startswith(number)]
        names = [run[:2] for run in runs if run[2].startswith("青河市水资源公报")]
        assert len(labels) == 6
        assert set(labels) <= set(names)
    first, second = ([run[0] for run in runs if run[2].startswith(n)] for n in ("附件：1.", "2."))
    assert first == second
