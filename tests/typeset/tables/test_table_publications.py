"""Tables that do not fit their page are set in another way, and nothing of them is lost."""

import io
import re
from xml.etree.ElementTree import Element

import pymupdf
import pytest
from pypdf import PdfReader

from publisher import Options
from publisher.pipeline import run_pipeline
from publisher.typeset.tables.column_parts import TableParts
from publisher.typeset.tables.fitting import TableFit
from publisher.typeset.tables.table_layout import apply_fit

TITLE = "<h1>云溪县2023年工作报告</h1><p>一、情况</p>"
pytestmark = pytest.mark.typeset


def _publish(head, rows, **options):
    cells = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [head, *rows]
    )
    page = f"{TITLE}<table border=1>{cells}</table>".encode()
    result = run_pipeline(page, Options(tables="none", **options), name="r.html")
    with pymupdf.open(stream=result.pdf, filetype="pdf") as document:
        return result, [page.get_text() for page in document]


@pytest.mark.parametrize("columns", [3, 5])
def test_the_head_of_a_table_is_printed_where_one_row_is_taller_than_a_page(columns):
    """WeasyPrint drops it: with five columns from all pages, with three from the first."""
    head = [f"指标{number}" for number in range(columns)]
    _, pages = _publish(head, [["汉字的内容" * (1200 // columns // 5)] * columns] * 2)
    assert all(name in "".join(pages) for name in head)
    assert "指标0" in pages[0] or "指标0" in pages[1]


def test_a_head_that_is_longer_than_a_page_is_printed_whole():
    rows = "".join(f"<tr><th>名称{number}号<th>数量</tr>" for number in range(60))
    page = f"{TITLE}<table border=1><thead>{rows}</thead><tr><td>甲<td>12</table>".encode()
    result = run_pipeline(page, Options(tables="none"), name="r.html")
    with pymupdf.open(stream=result.pdf, filetype="pdf") as document:
        text = "".join(page.get_text() for page in document)
    assert all(f"名称{number}号" in text for number in range(60))


def test_a_table_of_many_columns_is_made_smaller_and_reported():
    head = [f"列{number}" for number in range(90)]
    result, pages = _publish(head, [[str(number) for number in range(90)]])
    joined = "".join("".join(pages).split())
    assert all(name in joined for name in head)
    assert [finding.clause for finding in result.findings].count("table-width") == 1


def test_a_table_too_wide_for_a_landscape_page_folds_out_on_request():
    head = ["学校", *[f"第{number}年拨款" for number in range(12)]]
    rows = [[f"清溪第{school}小学", *["12,345,678.90"] * 12] for school in range(3)]

    def widths(**options):
        result, pages = _publish(head, rows, **options)
        assert "".join("".join(pages).split()).count("12,345,678.90") == 36
        boxes = [page.mediabox for page in PdfReader(io.BytesIO(result.pdf)).pages]
        return {round(float(box.width)) for box in boxes}, [f.message for f in result.findings]

    sizes, messages = widths(wide_tables="fold-out")
    assert max(sizes) == 1191
    assert any("on pages that fold out" in message for message in messages)
    assert max(widths()[0]) <= 842


def test_long_words_in_a_table_break_before_its_type_is_made_smaller():
    result, pages = _publish(["Column"] * 5, [["ABCDEF" * 10] * 5], style="large-print")
    assert "".join("".join(pages).split()).count("A") >= 50
    assert "table-width" not in [finding.clause for finding in result.findings]


def test_a_fit_is_written_into_the_attributes_of_its_table():

    table = Element("table", {"class": "many"})
    apply_fit(table, None, TableFit(tall=True, font_size=4.5), TableParts())
    assert table.attrib == {"class": "many tall fitted", "style": "font-size: 4.500px"}


def test_a_deep_list_stays_on_the_page():
    page = f"{TITLE}{'<ul><li>甲项' * 30}".encode()
    result = run_pipeline(page, Options(tables="none"), name="r.html")
    with pymupdf.open(stream=result.pdf, filetype="pdf") as document:
        assert "".join(page.get_text() for page in document).count("甲项") == 30


FIGURES = {columns: f"{123456789 + columns:,}.00" for columns in (6, 12, 40)}
"""Tables by their number of columns, each with the figure that begins its first row."""
TYPE_AREA_MARGIN = {"gongwen": 26, "reader": 26, "book": 22, "large-print": 20.3}
"""The narrowest margin of each style in millimetres."""


@pytest.fixture(scope="module", params=sorted(TYPE_AREA_MARGIN))
def wide(request):
    """A publication with tables of 6, 12 and 40 columns, in each style; the style, the result and its pages."""
    body = []
    for columns in FIGURES:
        rows = [["县（区）", *[f"指标{column}" for column in range(1, columns)]]]
        rows += [
            [name, *[f"{start + column:,}.00" for column in range(1, columns)]]
            for name, start in (("东河区", 123456788 + columns), ("西山县", 987654320 + columns))
        ]
        cells = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in rows)
        body.append(f"<p>表{columns}　指标<table border=1>{cells}</table><p>表后的文字。")
    page = f"{TITLE}{''.join(body)}".encode()
    style = request.param
    result = run_pipeline(page, Options(tables="none", style=style), name="r.html")
    with pymupdf.open(stream=result.pdf, filetype="pdf") as document:
        yield style, result, list(document)


def test_no_figure_is_broken_in_any_style(wide):
    _, _, pages = wide
    words = [word[4] for page in pages for word in page.get_text("words")]
    for columns in FIGURES:
        for start in (123456788 + columns, 987654320 + columns):
            assert all(f"{start + column:,}.00" in words for column in range(1, columns))


def test_no_cell_leaves_the_type_area_or_covers_another_one(wide):
    style, _, pages = wide
    margin = TYPE_AREA_MARGIN[style] * 72 / 25.4
    for page in pages:
        figures = [word for word in page.get_text("words") if word[4].endswith(".00")]
        for left, top, right, _, _, *_ in figures:
            assert left >= margin - 1
            assert right <= page.rect.width - margin + 1
            assert not [
                other
                for other in figures
                if abs(other[1] - top) < 1 and left < other[0] < right - 0.5
            ]


def test_a_table_in_parts_is_one_table_with_all_its_rows_and_headers(wide):
    _, result, _ = wide
    root = PdfReader(io.BytesIO(result.pdf)).trailer["/Root"]["/StructTreeRoot"]
    tables = list(_elements(root, "/Table"))
    assert len(tables) == len(FIGURES)
    for table, columns in zip(tables, FIGURES, strict=True):
        rows = list(_elements(table, "/TR"))
        assert [len(row["/K"]) for row in rows] == [columns] * 3
        for row in rows[1:]:
            assert all(len(cell.get_object()["/A"]["/Headers"]) == 2 for cell in row["/K"][1:])


def test_what_is_set_in_another_way_is_reported(wide):
    _, result, _ = wide
    messages = [finding.message for finding in result.findings if finding.clause == "table-width"]
    assert any("parts with some of the columns" in message for message in messages)


def test_a_further_part_has_the_number_of_its_table(wide):
    _, _, pages = wide
    assert "续表40" in "".join(page.get_text() for page in pages)


def _elements(node, structure_type):
    """Yield the structure elements of a type below an element."""
    kids = node.get("/K", [])
    for entry in kids if isinstance(kids, list) else [kids]:
        kid = entry.get_object()
        if isinstance(kid, dict) and kid.get("/S") == structure_type:
            yield kid
        elif isinstance(kid, dict):
            yield from _elements(kid, structure_type)


CELLS = """<table border=1><tr><th>单位名称</th><th>预算数（万元）</th><th>同比增长（±%）</th><th>截止日期</th><th>说明</th></tr>
<tr><td>第一实验小学</td><td>12,345.60</td><td>98.5%</td><td>2023年12月31日</td><td>截至2023年11月30日完成投资，比上年同期有所增长，进度符合要求</td></tr>
<tr><td>人民医院</td><td>345.6</td><td>100%</td><td>2023-10-08</td><td>已按时完成</td></tr>
<tr><td>开发区</td><td>9,870①</td><td>2%</td><td>2023年1月1日</td><td>在建</td></tr>
<tr><td>街道办</td><td>-45.60注1</td><td>3%*</td><td>2023年1月1日</td><td>在建</td></tr>
<tr><td>合计</td><td>12,691</td><td>8.55%</td><td>2023年1月1日</td><td>-63.5</td></tr></table>"""


@pytest.fixture(scope="module")
def lines():
    """The lines of a page with a table, each with its left edge, its right edge and its text."""
    page = f"{TITLE}<p>表1　主要指标{CELLS}<p>资料来源：县统计局<p>正文在这里。"
    result = run_pipeline(page.encode(), Options(tables="none", style="book"), name="r.html")
    with pymupdf.open(stream=result.pdf, filetype="pdf") as document:
        blocks = [page.get_text("rawdict")["blocks"] for page in document]
    spans = [
        [character for span in line["spans"] for character in span["chars"]]
        for page in blocks
        for block in page
        for line in block.get("lines", ())
    ]
    return [("".join(character["c"] for character in span), span) for span in spans]


ALIGNED = {"12,345.60", "345.6", "12,691", "9,870", "-45.60"}


def test_points_are_below_one_another(lines):
    """The point of 12,691 would be behind its last digit; the mark of a note is behind it."""
    points = {}
    for text, characters in lines:
        for figure in ALIGNED:
            if match := re.search(f"(?<![0-9,]){figure}(?![0-9])", text):
                last = match.start() + len(figure.partition(".")[0]) - 1
                points[figure] = characters[last]["bbox"][2]
    assert points.keys() == ALIGNED
    assert max(points.values()) - min(points.values()) < 0.6


def test_the_sign_of_a_negative_figure_is_a_minus_and_its_text_a_hyphen(lines):
    """In the fonts of the style a hyphen has two thirds of the width of a digit."""
    (characters,) = [span for text, span in lines if text.strip() == "-63.5"]
    sign, digit = (c["bbox"][2] - c["bbox"][0] for c in characters[:2])
    assert sign > 0.85 * digit


def test_no_date_and_no_unit_of_a_head_is_broken_in_a_cell(lines):
    texts = ["".join(text.split()) for text, _ in lines]
    for whole in ("2023年12月31日", "2023年11月30日", "2023-10-08", "（万元）", "（±%）"):
        assert any(whole in text for text in texts), whole


def test_the_caption_and_the_source_have_the_size_of_the_text(lines):
    heights = {
        name: characters[0]["bbox"][3] - characters[0]["bbox"][1]
        for text, characters in lines
        for name in ("表1", "资料来源", "正文在这里")
        if name in "".join(text.split())
    }
    assert len(heights) == 3
    assert max(heights.values()) - min(heights.values()) < 1.5


def test_a_long_list_is_one_table_and_uses_its_width():
    rows = [[str(number), f"张某{number}"] for number in range(1, 101)]
    result, pages = _publish(["序号", "姓名"], rows, style="book")
    assert sum("张某" in page for page in pages) == 1
    root = PdfReader(io.BytesIO(result.pdf)).trailer["/Root"]["/StructTreeRoot"]
    (table,) = _elements(root, "/Table")
    assert [len(row["/K"]) for row in _elements(table, "/TR")] == [2] * 101
    assert [finding.clause for finding in result.findings].count("table-width") == 1
