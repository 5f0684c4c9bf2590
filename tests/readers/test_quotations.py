"""Block quotations: what the markup of each format says, and when it says nothing."""

import pytest

from publisher.readers import read_bytes
from tests.readers.word import STYLES, docx, p

RULE = "古树名木实行分级保护，一级古树由县人民政府组织保护。"
PLAIN = "青河县林业局收到的来信有三件，本报告摘引其中两件，并逐件说明办理的情况和结果。"


def quoted(data, name):
    """Return what each block quotation of a source says."""
    source, _ = read_bytes(data, name=name)
    return [source.decoded[q.offset : q.offset + q.length] for q in source.quotations]


def markdown(text):
    return quoted(text.encode(), "r.md")


def page(body):
    return quoted(f"<!doctype html><title>报告</title><body>{body}".encode(), "r.html")


def test_each_quotation_of_markdown_is_one_with_those_inside_it():
    text = f"{PLAIN}\n\n> 第一条\n>\n> > 第二条\n>\n> 第三条\n\n{PLAIN}\n\n> {RULE}\n"
    first, second = markdown(text)
    assert [word in first for word in ("第一条", "第二条", "第三条")] == [True] * 3
    assert RULE in second
    assert PLAIN not in first + second


def test_quotations_beside_each_other_are_two():
    assert len(markdown(f"{PLAIN}\n\n> 第一条\n\n<!-- -->\n\n> 第二条\n\n{PLAIN}\n")) == 2


def test_a_quotation_of_a_page_is_its_element():
    (quotation,) = page(f"<p>{PLAIN}</p><blockquote><p>{RULE}</p></blockquote><p>{PLAIN}</p>")
    assert quotation == f"<blockquote><p>{RULE}</p></blockquote>"


def test_an_outer_quotation_holds_the_inner_one():
    inner = f"<blockquote><p>{RULE}</p></blockquote>"
    assert len(page(f"<p>{PLAIN * 3}</p><blockquote><p>信</p>{inner}</blockquote>")) == 1


@pytest.mark.parametrize(
    "read",
    [
        lambda: page(f"<p>说明</p><blockquote><p>{PLAIN}</p><p>{RULE}</p></blockquote>"),
        lambda: markdown(f"说明\n\n> {PLAIN}\n>\n> {RULE}\n"),
    ],
)
def test_what_holds_most_of_the_text_is_no_quotation(read):
    """Editors and mail programs indent whole texts in this way."""
    assert read() == []


def test_an_element_without_text_is_no_quotation():
    assert page(f"<p>{PLAIN}</p><blockquote> </blockquote>") == []


@pytest.mark.parametrize("name", ["Quote", "Intense Quote", "引用", "本单位引文"])
def test_a_style_of_word_for_quotations(name):
    """A style of an office's own counts if it is based on one of Word's."""
    own = (
        f'<w:style w:type="paragraph" w:styleId="q"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:name w:val="quote"/></w:style>'
    )
    body = p(PLAIN) + p("第一条", style="q") + p("第二条", style="q") + p(PLAIN)
    assert quoted(docx(body, styles=STYLES + own), "r.docx") == ["第一条\n第二条"]


def test_other_styles_of_word_are_no_quotations():
    body = p(PLAIN) + p(RULE, style="own") + p(PLAIN)
    assert quoted(docx(body, styles=STYLES), "r.docx") == []
