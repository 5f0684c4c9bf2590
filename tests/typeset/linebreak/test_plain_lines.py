"""Lines that hold their text bare look, read and are tagged as lines that have boxes inside."""

import pytest

from publisher.typeset.linebreak import paragraph
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
BOXED = {
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
"""What a line needs boxes for."""


@pytest.fixture
def boxed(monkeypatch):
    """Run something with boxes inside all lines."""

    def run(function, *given):
        with monkeypatch.context() as patch:
            patch.setattr(paragraph, "measure_line_extents", lambda _: None)
            return function(*given)

    return run


@pytest.fixture
def asked(monkeypatch):
    """Whether each paragraph that is set could do without boxes."""
    told = []

    def ask(box):
        found = measure_line_extents(box)
        told.append(found is not None)
        return found

    monkeypatch.setattr(paragraph, "measure_line_extents", ask)
    return told


def test_lines_of_text_are_bare_and_the_same_to_the_byte(typeset, boxed, asked):
    done = typeset(PLAIN)
    assert asked
    assert all(asked)
    assert done.pdf == boxed(typeset, PLAIN).pdf


@pytest.mark.parametrize("body", BOXED.values(), ids=BOXED)
def test_what_needs_boxes_has_them(typeset, asked, body):
    typeset(body)
    assert not all(asked)


@pytest.mark.parametrize("style", STYLES if FULL else ("gongwen", "reader"))
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: one.stem)
def test_a_report_is_the_same_to_the_byte(boxed, sample, style):
    _, ready = page_of(sample, style=style)
    done = set_in_type(ready)
    other = boxed(set_in_type, ready)
    assert done.pdf == other.pdf
    assert (done.page_of, done.fonts) == (other.page_of, other.fonts)


def test_a_line_that_is_laid_out_once_for_two_places_is_tagged_in_both(typeset, boxed):
    """The head of a table stands on every page of it, and its cells are copies."""
    rows = "".join(
        f"<tr><td>{n}</td><td><a href='#end' class='page'></a></td></tr>" for n in range(90)
    )
    body = f"<table><thead><tr><th>项目</th><th>页</th></tr></thead><tbody>{rows}</tbody></table><p id='end'>完</p>"
    css = "a::after { content: target-counter(attr(href), page) } tr { border-top: 1px solid }"
    assert typeset(body, css).pdf == boxed(typeset, body, css).pdf
