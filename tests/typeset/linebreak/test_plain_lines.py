"""Text-only lines look, read and are tagged like lines with boxes inside."""

import pytest

from publisher.typeset.linebreak import inline_content, paragraph
from publisher.typeset.linebreak.line_extents import measure_line_extents
from tests.typeset.patches.test_patches import (
    FULL,
    SAMPLES,
    STYLES,
    page_of,
    set_in_type,
)

pytestmark = pytest.mark.typeset

PLAIN = """
    <h1>云屏县2016年工作报告</h1>
    <p>一、<span class="count">公开</span>信息<b>1234</b>条，<span lang="en">open data</span>和<i>其他</i>。</p>
    <p>第一行<br>第二行<br><br>第四行<wbr>和<u>下划线</u>。</p>
    <p>看看<span style="text-decoration: underline dotted">这里</span>，<b><i style="text-decoration: overline dashed">那里</i></b>。</p>
    <table><thead><tr><th>项目</th><th>数</th></tr></thead>
    <tbody><tr><td>受理<br>申请</td><td>12</td></tr></tbody></table>
    <ol><li>其一</li><li>其二</li></ol>
"""
NEEDS_BOXES = {
    "a link": "<p>见<a href='#one'>前文</a>的话。</p><p id='one'>前文</p>",
    "a place": "<p>某处<span id='here'>在此</span>。</p>",
    "a raised sign": "<p>面积3m<sup>2</sup>。</p>",
    "a background": "<p>看<span style='background: #eee'>这里</span>吧。</p>",
    "a border above": "<p>看<span style='border-top: 1px solid'>这里</span>吧。</p>",
    "an outline": "<p>看<span style='outline: 1px solid'>这里</span>吧。</p>",
    "a moved word": "<p>看<span style='position: relative; top: 3px'>这里</span>吧。</p>",
    "a faint word": "<p>看<span style='opacity: .5'>这里</span>吧。</p>",
    "nothing inside": "<p>看<span></span>吧。</p>",
}
"""Content for which lines need boxes inside."""


@pytest.fixture
def with_boxes(monkeypatch):
    """Call a function with boxes inside all lines."""

    def run(function, *arguments):
        with monkeypatch.context() as patch:
            for module in (inline_content, paragraph):
                patch.setattr(module, "measure_line_extents", lambda _: None)
            return function(*arguments)

    return run


@pytest.fixture
def text_only(monkeypatch):
    """Record for each paragraph whether its lines need no boxes."""
    results = []

    def measure(box):
        extents = measure_line_extents(box)
        results.append(extents is not None)
        return extents

    for module in (inline_content, paragraph):
        monkeypatch.setattr(module, "measure_line_extents", measure)
    return results


def test_text_only_lines_give_the_same_bytes(typeset, with_boxes, text_only):
    done = typeset(PLAIN)
    assert text_only
    assert all(text_only)
    assert done.pdf == with_boxes(typeset, PLAIN).pdf


@pytest.mark.parametrize("body", NEEDS_BOXES.values(), ids=NEEDS_BOXES)
def test_lines_that_need_boxes_have_them(typeset, text_only, body):
    typeset(body)
    assert not all(text_only)


@pytest.mark.parametrize("style", STYLES if FULL else ("gongwen", "reader"))
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_report_has_the_same_bytes(with_boxes, sample, style):
    _, ready = page_of(sample, style=style)
    done = set_in_type(ready)
    expected = with_boxes(set_in_type, ready)
    assert done.pdf == expected.pdf
    assert (done.page_of, done.fonts) == (expected.page_of, expected.fonts)


def test_a_repeated_header_is_tagged_on_each_page(typeset, with_boxes):
    """The header of a table is repeated on each page, and its cells are copies."""
    rows = "".join(
        f"<tr><td>{n}</td><td><a href='#end' class='page'></a></td></tr>" for n in range(90)
    )
    body = f"<table><thead><tr><th>项目</th><th>页</th></tr></thead><tbody>{rows}</tbody></table><p id='end'>完</p>"
    css = "a::after { content: target-counter(attr(href), page) } tr { border-top: 1px solid }"
    assert typeset(body, css).pdf == with_boxes(typeset, body, css).pdf
