"""The structure tree against the page: each defect that is put into a file is reported."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, NumberObject, TextStringObject

from publisher.pdf.document import read_pdf
from publisher.verify.expected_structure import expected_tree
from publisher.verify.screen_reader import read_aloud
from publisher.verify.semantics import verify_semantics
from publisher.verify.table_semantics import verify_tables
from publisher.verify.text_comparison import verify_text

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20">'
    '<text x="0" y="10" font-size="8">甲3件</text></svg>'
)
BODY = (
    '<nav><ol class="toc"><li><a href="#a">一、概述</a></li><li><a href="#b">二、情况</a></li></ol></nav>'
    '<main id="body"><h1 id="t">题目</h1>'
    '<section><h2 id="a">一、概述</h2><p>第一段，<a href="#b" title="到第二节">见下</a>。'
    'GDP<a class="reference" id="r1" href="#n1" title="注释1">[1]</a>增长，<abbr title="应用程序">APP</abbr>。</p>'
    '<p>第二段 <span lang="en">Annual Report</span> 完。</p>'
    '<ul data-numbering="Decimal"><li><span class="label">1.</span>甲</li>'
    '<li><span class="label">2.</span>乙</li></ul></section>'
    '<section><h2 id="b">二、情况</h2>'
    '<table><caption>表一</caption><thead><tr><th scope="col">指标</th><th scope="col">数值</th></tr></thead>'
    '<tbody><tr><th scope="row">公开</th><td>12</td></tr><tr><th scope="row">受理</th><td>7</td></tr></tbody></table>'
    f'<figure data-alt="条形图：甲3件。"><figcaption>图一</figcaption>{SVG}</figure>'
    '<aside id="n1" data-reference="r1"><span class="label">[1]</span>不变价。</aside></section></main>'
)
CSS = "ul, ol { list-style: none } nav { break-after: page } svg { width: 50mm }"


def page(body=BODY):
    return f'<html lang="zh-Hans"><body>{body}</body></html>'


@pytest.fixture(scope="module")
def pdf_bytes(typeset):
    return typeset(BODY, CSS).pdf


def elements(writer, role):
    matches = []

    def walk(raw, depth=0):
        node = raw.get_object()
        if isinstance(node, list):
            for kid in node:
                walk(kid, depth)
        elif isinstance(node, dict):
            if node.get("/S") == f"/{role}":
                matches.append(node)
            if "/K" in node and node.get("/Type") != "/OBJR" and depth < 60:
                walk(node.raw_get("/K"), depth + 1)

    walk(writer._root_object["/StructTreeRoot"].raw_get("/K"))
    return matches


def kids(node):
    return node["/K"]


def drop(role, index=0):
    def change(writer):
        node = elements(writer, role)[index]
        parent = node["/P"].get_object()
        parent[NameObject("/K")] = ArrayObject(
            kid for kid in kids(parent) if kid.get_object() is not node
        )

    return change


def rename(role, other, index=0):
    def change(writer):
        elements(writer, role)[index][NameObject("/S")] = NameObject(f"/{other}")

    return change


def put(role, key, value, index=0):
    def change(writer):
        elements(writer, role)[index][NameObject(key)] = value

    return change


def attribute(role, key, value, index=0):
    def change(writer):
        elements(writer, role)[index]["/A"][NameObject(key)] = value

    return change


def swap(role, index=0):
    def change(writer):
        parent = elements(writer, role)[index]
        inside = kids(parent)
        inside[0], inside[1] = inside[1], inside[0]

    return change


def split(role, index=0):
    """Return a change that splits a table in two, as if each page had its own."""

    def change(writer):
        table = elements(writer, role)[index]
        parent = table["/P"].get_object()
        body = elements(writer, "TBody")[0]
        rows = list(kids(body))
        body[NameObject("/K")] = ArrayObject(rows[:1])
        other = writer._add_object(
            type(table)(
                {
                    NameObject("/Type"): NameObject("/StructElem"),
                    NameObject("/S"): NameObject("/Table"),
                    NameObject("/P"): parent.indirect_reference,
                    NameObject("/K"): ArrayObject(rows[1:]),
                }
            )
        )
        kids(parent).insert(2, other)

    return change


def describe_links_by_anchor(writer):
    for number in range(len(writer.pages)):
        for annotation in writer.pages[number].get("/Annots", ()):
            annotation.get_object()[NameObject("/Contents")] = TextStringObject("body")


def without(role, key, index=0):
    def change(writer):
        del elements(writer, role)[index][key]

    return change


def move_note_to_the_end(writer):
    note = elements(writer, "Note")[0]
    kids(elements(writer, "Sect")[1]).append(note.indirect_reference)
    parent = note["/P"].get_object()
    parent[NameObject("/K")] = ArrayObject(
        kid for kid in kids(parent) if kid.get_object() is not note
    )


def remove_label(writer):
    item = elements(writer, "LI")[0]
    item[NameObject("/K")] = ArrayObject(kids(item)[1:])


DEFECTS = {
    "heading as a paragraph": (rename("H2", "P"), "role"),
    "heading of another level": (rename("H2", "H3", 1), "role"),
    "paragraph as a heading": (rename("P", "H2"), "role"),
    "title as a division": (rename("H1", "Div"), "role"),
    "list as divisions": (rename("L", "Div"), "role"),
    "item as a paragraph": (rename("LI", "P"), "role"),
    "label as a span": (rename("Lbl", "Span"), "role"),
    "label missing": (remove_label, "elements"),
    "caption as a paragraph": (rename("Caption", "P"), "role"),
    "figure as a paragraph": (rename("Figure", "P"), "role"),
    "note as a division": (rename("Note", "Div"), "role"),
    "link as a span": (rename("Link", "Span", 2), "role"),
    "contents as a list": (rename("TOC", "L"), "role"),
    "entry of the contents as an item": (rename("TOCI", "LI"), "role"),
    "reference missing": (drop("Reference"), "elements"),
    "note away from its reference": (move_note_to_the_end, "elements"),
    "note with another ID": (put("Note", "/ID", TextStringObject("n9")), "note"),
    "abbreviation without expansion": (without("Span", "/E"), "expansion"),
    "abbreviation with another expansion": (put("Span", "/E", TextStringObject("甲")), "expansion"),
    "header cell as data cell": (rename("TH", "TD"), "role"),
    "data cell as header cell": (rename("TD", "TH"), "role"),
    "row missing": (drop("TR", 1), "elements"),
    "cell missing": (drop("TD", 1), "elements"),
    "table in two": (split("Table"), "elements"),
    "wrong language of a span": (
        put("Span", "/Lang", TextStringObject("de"), 1),
        "language",
    ),
    "wrong language of a paragraph": (put("P", "/Lang", TextStringObject("en"), 0), "language"),
    "alternative text missing": (put("Figure", "/Alt", TextStringObject("")), "alternative"),
    "file name as alternative text": (
        put("Figure", "/Alt", TextStringObject("chart.svg")),
        "alternative",
    ),
    "link described by its anchor": (describe_links_by_anchor, "link"),
    "paragraphs in another order": (swap("Sect"), "role"),
    "items in another order": (swap("L"), "text"),
    "rows in another order": (swap("TBody"), "text"),
    "paragraph missing": (drop("P", 1), "elements"),
    "section missing": (drop("Sect", 1), "elements"),
}


def changed(data, change):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_faithful_file_has_no_findings(pdf_bytes):
    verdict = verify_semantics(read_pdf(pdf_bytes), page(), version="0")
    assert verdict.findings == ()
    assert verdict.passed


def test_saving_a_file_again_is_no_defect(pdf_bytes):
    assert verify_semantics(
        read_pdf(changed(pdf_bytes, lambda _: None)), page(), version="0"
    ).passed


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_reported_with_its_clause(pdf_bytes, name):
    change, clause = DEFECTS[name]
    verdict = verify_semantics(read_pdf(changed(pdf_bytes, change)), page(), version="0")
    assert not verdict.passed
    assert verdict.findings[0].clause == f"semantics: {clause}"


MARKED = (
    '<p><strong>要点</strong>和<em>重点</em>、<span class="emphasis-dots">着重</span>，PM<sub>2.5</sub>、3<sup>rd</sup>、'
    "<u>专名</u>、<s>旧数</s>、<ruby><rb>汉</rb><rt data-generated>hàn</rt></ruby>、"
    '<a class="link" href="https://example.cn/">网站</a>。</p>'
)
MARKED_DEFECTS = {
    "strong text as a span": (rename("Strong", "Span"), "role"),
    "emphasis as strong text": (rename("Em", "Strong"), "role"),
    "dots as a span": (rename("Em", "Span", 1), "role"),
    "subscript on the baseline": (without("Span", "/A"), "appearance"),
    "subscript raised": (attribute("Span", "/BaselineShift", NumberObject(3)), "appearance"),
    "superscript on the baseline": (without("Span", "/A", 1), "appearance"),
    "underline missing": (without("Span", "/A", 2), "appearance"),
    "line through the text missing": (without("Span", "/A", 3), "appearance"),
    "ruby as a span": (rename("Ruby", "Span"), "role"),
    "reading as base": (rename("RT", "RB"), "role"),
    "reading missing": (drop("RT"), "elements"),
    "link as a span": (rename("Link", "Span"), "role"),
}


@pytest.fixture(scope="module")
def marked_bytes(typeset):
    return typeset(MARKED).pdf


def test_inline_marks_are_tagged(marked_bytes):
    pdf = read_pdf(marked_bytes)
    assert verify_semantics(pdf, page(MARKED), version="0").findings == ()
    roles = [(element.raw_role, element.role) for element in pdf.structure.walk()]
    assert roles[2:] == [
        ("Strong", "Span"),
        ("Em", "Span"),
        ("Em", "Span"),
        *[("Span", "Span")] * 4,
        ("Ruby", "Ruby"),
        ("RB", "RB"),
        ("RT", "RT"),
        ("Link", "Link"),
    ]
    link = next(element for element in pdf.structure.walk() if element.role == "Link")
    (annotation,) = [child.annotation for child in link.children if hasattr(child, "annotation")]
    assert (annotation.uri, annotation.contents) == ("https://example.cn/", "网站")


@pytest.mark.parametrize("name", MARKED_DEFECTS)
def test_a_defect_of_an_inline_mark_is_reported(marked_bytes, name):
    change, clause = MARKED_DEFECTS[name]
    verdict = verify_semantics(read_pdf(changed(marked_bytes, change)), page(MARKED), version="0")
    assert verdict.findings[0].clause == f"semantics: {clause}"


TABLE_DEFECTS = {
    "header cells of another column": attribute(
        "TD", "/Headers", ArrayObject([TextStringObject("t1r0c0")])
    ),
    "header cells that do not exist": attribute(
        "TD", "/Headers", ArrayObject([TextStringObject("t9r9c9")])
    ),
    "no header cells": attribute("TD", "/Headers", ArrayObject()),
    "a scope across instead of down": attribute("TH", "/Scope", NameObject("/Row")),
    "a span of two columns": attribute("TD", "/ColSpan", NumberObject(2)),
}


@pytest.mark.parametrize("name", TABLE_DEFECTS)
def test_a_defect_of_a_table_is_reported_with_its_number(pdf_bytes, name):
    pdf = read_pdf(changed(pdf_bytes, TABLE_DEFECTS[name]))
    verdict = verify_tables(pdf, page(), version="0")
    assert not verdict.passed
    assert "table 1" in verdict.findings[0].message


def test_elements_without_content_are_left_out():
    tree = expected_tree(
        page("<main><div></div><p>甲</p><table><tr><td>乙</td><td></td></tr></table></main>")
    )
    (part,) = tree.children
    assert [child.role for child in part.children] == ["P", "Table"]
    assert len(part.children[1].children[0].children) == 2


def test_a_quotation_is_spoken_as_one(typeset):
    body = "<main><p>甲</p><blockquote><p>乙</p><p>丙</p></blockquote><p>丁</p></main>"
    lines = list(read_aloud(read_pdf(typeset(body).pdf)))
    assert lines[1:] == [
        "[paragraph] 甲",
        "[quotation]",
        "  [paragraph] 乙",
        "  [paragraph] 丙",
        "[paragraph] 丁",
    ]


def test_read_aloud(pdf_bytes):
    lines = [line.strip() for line in read_aloud(read_pdf(pdf_bytes))]
    assert lines[0] == "[document, zh-Hans, 2 pages]"
    assert "[contents, 2 entries]" in lines
    assert "[heading 2] 一、概述" in lines
    assert (
        "[paragraph] 第一段，见下。GDP[1]增长，APP。 (short: APP: 应用程序)"
        " (link: 到第二节) (link: 注释1)" in lines
    )
    assert "[list, 2 items]" in lines
    assert "[table, 3 rows, 2 columns] 表一" in lines
    assert "[row] 公开; 公开 / 数值: 12" in lines
    assert "[figure] 条形图：甲3件。" in lines
    assert "[note] [1]不变价。" in lines


def test_elements_that_span_pages_are_one_element_each(typeset):
    body = (
        "<main><p>"
        + "长句，" * 1500
        + "</p><ul>"
        + "".join(f"<li>第{number}项</li>" for number in range(120))
        + '</ul><table><thead><tr><th scope="col">行</th><th scope="col">数</th></tr></thead><tbody>'
        + "".join(f'<tr><th scope="row">行{n}</th><td>{n}</td></tr>' for n in range(300))
        + "</tbody></table></main>"
    )
    pdf = read_pdf(typeset(body, CSS).pdf)
    roles = [element.role for element in pdf.structure.walk()]
    assert (roles.count("P"), roles.count("L"), roles.count("Table")) == (1, 1, 1)
    assert len(pdf.pages) > 10
    assert verify_semantics(pdf, page(body), version="0").passed
    assert verify_tables(pdf, page(body), version="0").passed


REFERENCES = {
    "right above the note": '<p>甲<a class="reference" id="r1" href="#n1">[1]</a></p>',
    "in a cell": (
        '<table><tbody><tr><th scope="row">甲</th>'
        '<td>1<a class="reference" id="r1" href="#n1">[1]</a></td></tr></tbody></table><p>乙</p>'
    ),
    "in a heading": '<h2>甲<a class="reference" id="r1" href="#n1">[1]</a></h2><p>乙</p>',
}


@pytest.mark.parametrize("name", REFERENCES)
def test_a_note_is_moved_to_its_reference(typeset, name):
    body = (
        f"<main><h1>题</h1>{REFERENCES[name]}"
        '<aside id="n1" data-reference="r1"><span class="label">[1]</span>见注'
        '<a class="reference" id="r2" href="#n2">[2]</a>。</aside>'
        '<aside id="n2" data-reference="r2"><span class="label">[2]</span>完。</aside></main>'
    )
    pdf = read_pdf(typeset(body).pdf)
    assert verify_semantics(pdf, page(body), version="0").findings == ()
    assert verify_tables(pdf, page(body), version="0").findings == ()
    expected = "".join(re.sub("<[^>]+>", "", body).split())
    assert verify_text(pdf, expected, version="0").findings == ()
