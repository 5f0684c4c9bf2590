"""Tables that do not fit their page are set in another way, and nothing of them is lost."""

from xml.etree.ElementTree import Element

import pymupdf
import pytest

from publisher import Options
from publisher.pipeline import run_pipeline
from publisher.typeset.table_fit import TableFit

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


def test_long_words_in_a_table_break_before_its_type_is_made_smaller():
    result, pages = _publish(["Column"] * 8, [["ABCDEF" * 10] * 8], style="large-print")
    assert "".join("".join(pages).split()).count("A") >= 80
    assert "table-width" not in [finding.clause for finding in result.findings]


def test_a_fit_is_written_into_the_attributes_of_its_table():

    table = Element("table", {"class": "many"})
    TableFit(tall=True, crowded=True, font_size=4.5).apply(table)
    assert table.attrib == {"class": "many tall crowded", "style": "font-size: 4.50px"}


def test_a_deep_list_stays_on_the_page():
    page = f"{TITLE}{'<ul><li>甲项' * 30}".encode()
    result = run_pipeline(page, Options(tables="none"), name="r.html")
    with pymupdf.open(stream=result.pdf, filetype="pdf") as document:
        assert "".join(page.get_text() for page in document).count("甲项") == 30
