"""The structure tree: one element for each HTML element, and artifacts for everything else."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from publisher.pdf.document import read_pdf
from publisher.verify.screen_reader import read_aloud

pytestmark = pytest.mark.typeset
SMALL = "@page { size: 100mm 60mm; margin: 10mm; @bottom-center { content: counter(page) } }"


def outline(pdf, element=None, depth=0):
    """Return the tree as lines: role, and the text that is its own."""
    lines = []
    for child in element.children if element else pdf.structure.children:
        if hasattr(child, "role"):
            lines.append(f"{'  ' * depth}{child.role}")
            lines += outline(pdf, child, depth + 1)
    return lines


def test_a_paragraph_over_pages_is_one_element(typeset):
    pdf = read_pdf(typeset(f"<p>{'这是一个很长的段落。' * 60}</p>", SMALL).pdf)
    assert len(pdf.pages) > 2
    assert outline(pdf) == ["Document", "  P"]
    assert pdf.logical_text() == "这是一个很长的段落。" * 60
    assert pdf.unreachable() == ()
    assert {(a.type, a.subtype) for a in pdf.artifacts()} == {("Pagination", "Footer")}


def test_a_table_over_pages_is_one_table_with_its_header_once(typeset):
    rows = "".join(f'<tr><th scope="row">第{i}行</th><td>{i}</td></tr>' for i in range(40))
    html = (
        '<table><thead><tr><th scope="col">项目</th><th scope="col">数值</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    pdf = read_pdf(typeset(html, SMALL).pdf)
    assert len(pdf.pages) > 3
    roles = [element.role for element in pdf.structure.walk()]
    assert (roles.count("Table"), roles.count("THead"), roles.count("TR")) == (1, 1, 41)
    heads = [a for a in pdf.artifacts() if a.subtype == "Header"]
    assert len(heads) == 2 * (len(pdf.pages) - 1)


def test_headers_of_merged_cells(typeset):
    html = """<table>
      <thead>
        <tr><th scope="col" rowspan="2">指标</th><th scope="colgroup" colspan="2">申请人</th></tr>
        <tr><th scope="col">自然人</th><th scope="col">企业</th></tr>
      </thead>
      <tbody>
        <tr><th scope="rowgroup" rowspan="2">结果</th><td>甲</td><td>乙</td></tr>
        <tr><td>丙</td><td>丁</td></tr>
      </tbody></table>"""
    pdf = read_pdf(typeset(html).pdf)
    text = {
        element.id: pdf.logical_text(element)
        for element in pdf.structure.walk()
        if element.role == "TH"
    }
    headers = {
        pdf.logical_text(element): [text[name] for name in element.attributes["Headers"]]
        for element in pdf.structure.walk()
        if element.role == "TD"
    }
    assert headers == {
        "甲": ["结果", "申请人", "自然人"],
        "乙": ["结果", "申请人", "企业"],
        "丙": ["结果", "申请人", "自然人"],
        "丁": ["结果", "申请人", "企业"],
    }
    assert set(pdf.structure.id_tree) == set(text)


def test_the_title_of_a_group_of_rows_heads_the_rest_of_its_group(typeset):
    html = """<table>
      <tbody><tr><th scope="rowgroup">网站</th><td></td></tr>
        <tr><th scope="row">公开</th><td>12</td></tr></tbody>
      <tbody><tr><th scope="rowgroup">微信</th><td></td></tr>
        <tr><th scope="row">推送</th><td>34</td></tr></tbody></table>"""
    pdf = read_pdf(typeset(html).pdf)
    cells = [e for e in pdf.structure.walk() if e.role in ("TH", "TD")]
    text = {cell.id: pdf.logical_text(cell) for cell in cells if cell.role == "TH"}
    headers = [
        (
            cell.role,
            pdf.logical_text(cell),
            [text[name] for name in cell.attributes.get("Headers", ())],
        )
        for cell in cells
    ]
    assert headers == [
        ("TH", "网站", []),
        ("TD", "", ["网站"]),
        ("TH", "公开", ["网站"]),
        ("TD", "12", ["网站", "公开"]),
        ("TH", "微信", []),
        ("TD", "", ["微信"]),
        ("TH", "推送", ["微信"]),
        ("TD", "34", ["微信", "推送"]),
    ]


def test_an_empty_cell_is_tagged(typeset):
    pdf = read_pdf(typeset("<table><tr><td>甲</td><td></td><td>丙</td></tr></table>").pdf)
    assert [e.role for e in pdf.structure.walk()].count("TD") == 3


def test_the_box_of_a_task_is_a_label_that_is_read_aloud(typeset):
    html = '<ul style="list-style: none"><li><span class="label" aria-label="已勾选">☑</span>修订指南</li></ul>'
    pdf = read_pdf(typeset(html).pdf)
    label = next(element for element in pdf.structure.walk() if element.role == "Lbl")
    assert (pdf.logical_text(label), label.alt) == ("☑", "已勾选")
    assert list(read_aloud(pdf))[-1] == "  [item] 已勾选 修订指南"


def test_lists_contents_links_and_languages(typeset):
    html = """<nav><ol><li><a href="#a">一、概述</a></li></ol></nav>
      <h1 id="a">一、概述</h1>
      <ol data-numbering="Ordered"><li><span class="label">（1）</span>甲</li></ol>
      <p>见<a href="https://example.org/">政府网站</a>和<span lang="en">website</span>。</p>"""
    css = "nav ol { list-style: none } ol { list-style: none } nav a::after { content: leader(dotted) target-counter(attr(href), page) }"
    pdf = read_pdf(typeset(html, css).pdf)
    assert outline(pdf) == [
        "Document",
        "  TOC",
        "    TOCI",
        "      Reference",
        "        Link",
        "  H1",
        "  L",
        "    LI",
        "      Lbl",
        "      LBody",
        "  P",
        "    Link",
        "    Span",
    ]
    elements = {element.role: element for element in pdf.structure.walk()}
    assert pdf.logical_text(elements["TOCI"]) == "一、概述1"
    assert pdf.logical_text(elements["Lbl"]) == "（1）"
    assert elements["L"].attributes["ListNumbering"] == "Ordered"
    assert elements["Span"].language == "en"
    contents = [a.contents for page in pdf.pages for a in page.annotations]
    assert sorted(contents) == ["一、概述", "政府网站"]
    assert pdf.unreachable_annotations() == ()
    assert {a.type for a in pdf.artifacts()} == {"Layout"}


def test_a_figure_has_alternate_text_and_a_bounding_box(typeset):
    html = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30" role="img">'
        "<title>三件申请</title><rect width='60' height='30'/></svg>"
    )
    pdf = read_pdf(typeset(html, "@page { size: 100mm 60mm; margin: 10mm } body { margin: 0 }").pdf)
    figure = next(element for element in pdf.structure.walk() if element.role == "Figure")
    assert figure.alt == "三件申请"
    left, bottom, right, top = figure.attributes["BBox"]
    assert (right - left, top - bottom) == pytest.approx((45, 22.5), abs=0.01)
    assert left == pytest.approx(28.35, abs=0.1)
    assert top <= 170.08 - 28.34


def _objects(reader):
    """Yield the elements of a structure tree."""
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        item = waiting.pop()
        item = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict) and "/S" in item:
            yield item
            waiting.append(item.get("/K", []))


def test_a_formula_of_pdf_2_has_its_mathml(typeset):
    html = (
        '<p>按<math xmlns="http://www.w3.org/1998/Math/MathML" aria-label="x的平方"><semantics>'
        '<msup><mi>x</mi><mn>2</mn></msup><annotation encoding="text/plain">x²</annotation>'
        "</semantics></math>计算。</p>"
    )
    for profile, expected in (("archive-2", 1), ("archive", 0)):
        reader = PdfReader(BytesIO(typeset(html, profile=profile).pdf))
        objects = list(_objects(reader))
        elements = [o for o in objects if isinstance(o, dict) and o.get("/S") == "/Formula"]
        files = [file.get_object() for element in elements for file in element.get("/AF", ())]
        assert len(files) == expected
        for file in files:
            assert file["/AFRelationship"] == "/Supplement"
            assert b"<msup>" in file["/EF"]["/F"].get_data()


def test_a_table_names_its_page_if_it_has_one_page(typeset):
    row = '<tr><th scope="row">行</th><td>1</td></tr>'
    for rows, expected in ((2, 1), (200, 0)):
        reader = PdfReader(BytesIO(typeset(f"<table>{row * rows}</table>").pdf))
        objects = list(_objects(reader))
        tables = [o for o in objects if isinstance(o, dict) and o.get("/S") == "/Table"]
        assert sum("/Pg" in table for table in tables) == expected
