"""The structure tree: elements, attributes, references, and text in logical order."""

from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, read_object

from publisher.pdf.document import read_pdf
from publisher.pdf.structure_tree import (
    MAX_DEPTH,
    Element,
    MarkedContent,
    ObjectReference,
    StructureError,
)

FONT = (
    b"<</Type/Font/Subtype/TrueType/BaseFont/A/Encoding/WinAnsiEncoding/FirstChar 32"
    b"/Widths[" + b"500 " * 95 + b"]>>"
)


def pdf(contents, objects, *, lang="zh-Hans"):
    """Return a one-page PDF as read, with a structure tree.

    ``objects`` are the structure tree root and its elements. They may refer to one another as %(o1)s and so on,
    to the page, to a link annotation (link) and to a form XObject named X (form).
    """
    writer = PdfWriter()
    writer.add_blank_page(200, 100)

    def parse(source):
        return read_object(BytesIO(source), writer)

    page = writer.pages[0]
    page_number = page.indirect_reference.idnum
    stream = DecodedStreamObject()
    stream.set_data(contents)
    form = DecodedStreamObject()
    form.set_data(b"/P <</MCID 0>> BDC BT /F 9 Tf (form) Tj ET EMC")
    form.update(parse(b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]>>"))
    names = {"page": page_number}
    names["font"] = writer._add_object(parse(FONT)).idnum
    names["form"] = writer._add_object(form).idnum
    names["link"] = writer._add_object(
        parse(b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Contents(To B)/A<</S/URI/URI(b:c)>>>>")
    ).idnum
    page[NameObject("/Contents")] = writer._add_object(stream)
    page.update(
        parse(
            b"<</Resources<</Font<</F %(font)d 0 R>>/XObject<</X %(form)d 0 R>>>>"
            b"/Annots[%(link)d 0 R]>>" % {k.encode(): v for k, v in names.items()}
        )
    )
    first = len(writer._objects) + 1
    names |= {f"o{index}": first + index for index in range(len(objects))}
    for source in objects:
        writer._add_object(parse(source % {k.encode(): b"%d 0 R" % v for k, v in names.items()}))
    root = writer._root_object
    root[NameObject("/StructTreeRoot")] = writer._objects[first - 1].indirect_reference
    root.update(parse(f"<</Lang({lang})/MarkInfo<</Marked true>>>>".encode()))
    buffer = BytesIO()
    writer.write(buffer)
    return read_pdf(buffer.getvalue())


CONTENT = (
    b"BT /F 9 Tf /P <</MCID 0>> BDC (one ) Tj EMC /P <</MCID 1>> BDC (two) Tj "
    b"/Span <</ActualText (2)>> BDC (I) Tj (I) Tj EMC EMC "
    b"/Artifact <</Type/Pagination/Subtype/Footer>> BDC (7) Tj EMC "
    b"/P <</MCID 5>> BDC (lost) Tj EMC (bare) Tj ET"
)


def test_text_is_in_the_order_of_the_tree_not_of_the_page():
    document = pdf(
        CONTENT,
        [
            b"<</Type/StructTreeRoot/K[%(o1)s]>>",
            b"<</Type/StructElem/S/Document/Pg %(page)s/K[%(o2)s 0]>>",
            b"<</Type/StructElem/S/P/K[<</Type/MCR/MCID 1>>]>>",
        ],
    )
    assert document.logical_text() == "two2one "
    assert document.logical_text(replaced=False) == "twoIIone "
    (root,) = document.structure.children
    assert root.children[1] == MarkedContent(0, 0)
    assert [(u.run.text, u.run.mcid) for u in document.unreachable()] == [
        ("lost", 5), ("bare", None),
    ]  # fmt: skip
    assert [(a.type, a.subtype, a.text) for a in document.artifacts()] == [
        ("Pagination", "Footer", "7")
    ]


def test_the_actual_text_of_an_element_replaces_its_descendants():
    document = pdf(
        CONTENT,
        [
            b"<</K %(o1)s>>",
            b"<</S/Div/K[%(o2)s 1]/Pg %(page)s>>",
            b"<</S/Span/ActualText(\xfe\xff\x4e\x00)/Alt()/K 0>>",
        ],
    )
    assert document.logical_text() == "一two2"
    assert document.logical_text(replaced=False) == "one twoII"
    (span,) = (e for e in document.structure.walk() if e.role == "Span")
    assert (span.alt, span.actual_text, span.expansion) == ("", "一", None)


def test_actual_text_over_two_sequences_is_used_once():
    document = pdf(
        b"BT /F 9 Tf /Span <</ActualText (x)>> BDC /P <</MCID 0>> BDC (a) Tj EMC "
        b"/P <</MCID 1>> BDC (b) Tj EMC EMC ET",
        [b"<</K %(o1)s>>", b"<</S/P/Pg %(page)s/K[0 1]>>"],
    )
    assert document.logical_text() == "x"
    assert document.logical_text(replaced=False) == "ab"


def test_roles_languages_namespaces_ids():
    document = pdf(
        b"",
        [
            (
                b"<</K[%(o1)s]/RoleMap<</Chapter/Part2/Part2/Sect/Loop/Loop>>"
                b"/IDTree<</Kids[<</Names[(a)%(o1)s(b)%(o2)s]>>]>>>>"
            ),
            b"<</S/Chapter/ID(a)/K[%(o2)s]/NS %(o3)s/T(\xfe\xff\x98\x98)>>",
            b"<</S/Loop/ID(b)/Lang(en)/E(World)/K <</S/P>>>>",
            b"<</Type/Namespace/NS(http://iso.org/pdf2/ssn)>>",
        ],
    )
    chapter, loop, inner = document.structure.walk()
    assert (chapter.raw_role, chapter.role, chapter.title) == ("Chapter", "Sect", "题")
    assert chapter.namespace == "http://iso.org/pdf2/ssn"
    assert [(e.own_language, e.language) for e in (chapter, loop, inner)] == [
        ("", "zh-Hans"), ("en", "en"), ("", "en"),
    ]  # fmt: skip
    assert loop.expansion == "World"
    assert document.structure.ids == {"a": chapter, "b": loop}
    assert document.structure.id_tree == ("a", "b")


def test_attributes_of_classes_and_owners_are_merged():
    document = pdf(
        b"",
        [
            b"<</K[%(o1)s]/ClassMap<</Head[<</O/Table/Scope/Row/Summary(s)>>]>>>>",
            (
                b"<</S/TH/C[/Head 0]/A[<</O/Table/Scope/Column/ColSpan 2/Headers[(a)(b)]>>0"
                b"<</O/Layout/BBox[0 0 1.5 2]>><</O/List/ListNumbering/Decimal>>]>>"
            ),
        ],
    )
    (element,) = document.structure.walk()
    assert element.attributes == {
        "Scope": "Column",
        "Summary": "s",
        "ColSpan": 2,
        "Headers": ("a", "b"),
        "BBox": (0, 0, 1.5, 2),
        "ListNumbering": "Decimal",
    }


def test_a_link_annotation_is_found_through_its_object_reference():
    tree = [b"<</K[%(o1)s]>>", b"<</S/Link/K[<</Type/OBJR/Obj %(link)s>>]>>"]
    document = pdf(b"", tree)
    ((reference,),) = (e.children for e in document.structure.walk())
    assert isinstance(reference, ObjectReference)
    assert reference.annotation == document.pages[0].annotations[0]
    assert (reference.annotation.contents, reference.annotation.uri) == ("To B", "b:c")
    assert document.unreachable_annotations() == ()
    unlinked = pdf(b"", [b"<</K[%(o1)s]>>", b"<</S/P>>"])
    assert len(unlinked.unreachable_annotations()) == 1


def test_content_of_a_form_is_found_only_through_its_stream():
    tree = b"<</S/P/Pg %(page)s/K[<</Type/MCR/MCID 0/Stm %(form)s>>]>>"
    assert pdf(b"/X Do", [b"<</K[%(o1)s]>>", tree]).logical_text() == "form"
    document = pdf(b"/X Do", [b"<</K[%(o1)s]>>", b"<</S/P/Pg %(page)s/K 0>>"])
    assert document.logical_text() == ""
    assert [u.run.text for u in document.unreachable()] == ["form"]


@pytest.mark.parametrize(
    ("objects", "words"),
    [
        ([b"<</K[%(o1)s]>>", b"<</S/P/K[%(o1)s]>>"], "its own ancestor"),
        ([b"<</K[%(o1)s]>>", b"<</S/P/K[%(o2)s]>>", b"<</S/P/K %(o1)s>>"], "its own ancestor"),
        ([b"<</K[%(o1)s %(o1)s]>>", b"<</S/P>>"], "two parents"),
        ([b"<</K[%(o1)s]>>", b"<</S/P/K[(text)]>>"], "contains"),
    ],
)
def test_a_malformed_tree_is_an_error(objects, words):
    with pytest.raises(StructureError, match=words):
        pdf(b"", objects)


def test_excessive_depth_is_an_error():
    chain = [b"<</S/Div/K %%(o%d)s>>" % (index + 2) for index in range(MAX_DEPTH)]
    with pytest.raises(StructureError, match="deep"):
        pdf(b"", [b"<</K %(o1)s>>", *chain, b"<</S/P>>"])
    document = pdf(b"", [b"<</K %(o1)s>>", *chain[:-1], b"<</S/P>>"])
    assert sum(1 for _ in document.structure.walk()) == MAX_DEPTH


def test_a_file_without_a_tree():
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    buffer = BytesIO()
    writer.write(buffer)
    document = read_pdf(buffer.getvalue())
    assert document.structure is None
    assert document.logical_text() == ""
    assert document.unreachable() == ()
    assert isinstance(writer._root_object, DictionaryObject)


# --- WeasyPrint ---

HTML = """<html lang=zh-Hans><title>报告</title>
<style>@page{size:A6;margin:1.5cm;@bottom-center{content:"第" counter(page) "页"}}
body{font:10.5pt/1.8 "Noto Serif CJK SC","DejaVu Serif"}</style>
<h1>工作报告</h1><p id=long>%s</p>
<table><tr><th rowspan=2>项目<th colspan=2>金额<tr><th>甲<th>乙<tr><th>税收<td>12.5<td>6.8%%</table>
<ul><li>第一<li>第二</ul><p><a href="https://example.org/">链接</a></p>
<p style="opacity:.5">透明</p>
"""
LONG = "全区实现地区生产总值1234.5亿元，同比增长6.8%。" * 40


@pytest.fixture(scope="module")
def report():
    weasyprint = pytest.importorskip("weasyprint")
    return read_pdf(weasyprint.HTML(string=HTML % LONG).write_pdf(pdf_tags=True))


def text_of(document, role):
    return [document.logical_text(e) for e in document.structure.walk() if e.role == role]


@pytest.mark.typeset
def test_the_text_of_a_paragraph_that_spans_pages(report):
    assert "".join(text_of(report, "P")[:-1]) == LONG + "链接"
    assert {c.page for c in report.structure.content()} == set(range(len(report.pages)))


@pytest.mark.typeset
def test_the_cells_of_a_table_and_their_spans(report):
    headers = [e for e in report.structure.walk() if e.role == "TH"]
    assert [report.logical_text(header) for header in headers] == [
        "项目",
        "金额",
        "甲",
        "乙",
        "税收",
    ]
    assert headers[0].attributes["RowSpan"] == 2
    assert headers[1].attributes["ColSpan"] == 2
    cell = next(e for e in report.structure.walk() if e.role == "TD")
    assert set(cell.attributes["Headers"]) <= set(report.structure.ids)


@pytest.mark.typeset
def test_a_link_contains_its_annotation(report):
    (link,) = (e for e in report.structure.walk() if e.role == "Link")
    references = [c for e in link.walk() for c in e.children if isinstance(c, ObjectReference)]
    assert [r.annotation.uri for r in references] == ["https://example.org/"]
    assert all(isinstance(c, Element | ObjectReference | MarkedContent) for c in link.children)


@pytest.mark.typeset
def test_text_that_weasyprint_s_own_tags_leave_out(report):
    lost = [u.run.text for u in report.unreachable()]
    assert lost.count("第") + sum(text.startswith("第") for text in lost) >= len(report.pages)
    assert "透明" in lost
