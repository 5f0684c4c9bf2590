"""Charts and diagrams of Word files: their words and figures are text, or the object is reported."""

import pytest

from publisher.model import SourceTable
from publisher.readers.docx.charts import _write_number
from tests.readers.test_docx import clauses, lines, read, tables
from tests.readers.word import CHART, DIAGRAM, chart, diagram, p, r, series, tbl, tc, tr

ROWS = {
    "formats": (
        [
            series("收入", ["甲", "乙"], ["0.10000000000000001", "4"]),
            series("占比", ["甲", "乙"], ["0.356", "1"], "0.0%"),
        ],
        [["", "收入", "占比"], ["甲", "0.1", "35.6%"], ["乙", "4", "100.0%"]],
    ),
    "series without a name": ([series("", ["甲"], ["4"])], [["甲", "4"]]),
    "dates": ([series("收入", ["甲"], ["43101"], "yyyy/m/d")], None),
    "other categories": ([series("收入", ["甲"], ["1"]), series("支出", ["乙"], ["1"])], None),
    "a figure is missing": ([series("收入", ["甲", "乙"], ["1"])], None),
    "no number": ([series("收入", ["甲"], ["约3"])], None),
    "no series": ([], None),
}


@pytest.mark.parametrize(("all_series", "rows"), ROWS.values(), ids=ROWS)
def test_a_chart_is_a_table_of_its_figures_if_they_are_certain(all_series, rows):
    source, _ = read(p("前", r(CHART)), p("后"), **chart(*all_series))
    assert lines(source)[:2] == ["前", "收入"]
    assert lines(source)[-1] == "后"
    found = [[[cell.text.string for cell in row] for row in table.rows] for table in tables(source)]
    assert found == ([rows] if rows else [])
    (finding,) = [finding for finding in source.findings if finding.clause == "chart"]
    assert ("table" in finding.message) is bool(rows)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("12345.675", "#,##0.00_ ;[Red]\\-0", "12,345.68"),
        ("-1e3", "General", "-1000"),
        ("2.5", "0", "3"),
        ("0.1", '0.00"元"', ""),
        ("1e999", "0", ""),
        ("NaN", "0", ""),
    ],
)
def test_numbers_are_written_as_the_chart_shows_them(value, code, shown):
    assert _write_number(value, code) == shown


def test_a_chart_in_a_table_has_only_its_titles():
    cell = tc(p("前", r(CHART)))
    source, _ = read(tbl(tr(cell, "乙"), tr("丙", "丁")), **chart(series("收入", ["甲"], ["4"])))
    (table,) = source.segments
    assert isinstance(table, SourceTable)
    assert table.rows[0][0].text.string == "前\n收入"
    assert clauses(source) == ["chart"]


def test_the_words_of_a_diagram_are_read_in_the_order_of_its_tree():
    points = [("0", ""), ("1", "受理"), ("2", "办结"), ("3", "补正材料"), ("4", "归档")]
    connections = [
        ("0", "2", 1, "parOf"),
        ("0", "1", 0, "parOf"),
        ("1", "3", 0, "parOf"),
        ("3", "1", 0, "parOf"),
        ("4", "2", 0, "presOf"),
    ]
    source, _ = read(p("前", r(DIAGRAM)), p("后"), **diagram(points, connections))
    assert lines(source) == ["前", "受理", "补正材料", "办结", "归档", "后"]
    assert clauses(source) == ["diagram"]


def test_a_deleted_chart_is_not_read():
    source, _ = read(p("前", f"<w:del>{r(CHART)}</w:del>"), **chart(series("收入", ["甲"], ["4"])))
    assert lines(source) == ["前"]
