"""A workbook (Office Open XML) with the figures, the checks and the tables of a report."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from publisher.export.facts import is_exact_number
from publisher.render.labels import labels_for
from publisher.system.document_date import first_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LABELS = {
    "Hans": {
        "figures": "数据",
        "checks": "核对",
        "table": "表",
        "section": "章节",
        "subject": "指标",
        "measure": "名称",
        "scope": "口径",
        "status": "性质",
        "doubt": "存疑",
        "value": "数值",
        "unit": "单位",
        "qualifier": "说明",
        "period": "时期",
        "page": "页码",
        "part_of": "所属合计的字符位置",
        "quote": "原文",
        "offset": "字符位置",
        "kind": "类别",
        "statement": "算式或表述",
        "stated": "文中数",
        "computed": "计算数",
        "holds": "结果",
        "reason": "原因",
        True: "相符",
        False: "不符",
        None: "无法核对",
    },
    "Hant": {
        "figures": "數據",
        "checks": "核對",
        "table": "表",
        "section": "章節",
        "subject": "指標",
        "measure": "名稱",
        "scope": "口徑",
        "status": "性質",
        "doubt": "存疑",
        "value": "數值",
        "unit": "單位",
        "qualifier": "說明",
        "period": "時期",
        "page": "頁碼",
        "part_of": "所屬合計的字符位置",
        "quote": "原文",
        "offset": "字符位置",
        "kind": "類別",
        "statement": "算式或表述",
        "stated": "文中數",
        "computed": "計算數",
        "holds": "結果",
        "reason": "原因",
        True: "相符",
        False: "不符",
        None: "無法核對",
    },
}
_FIGURES = (
    "section",
    "subject",
    "measure",
    "scope",
    "status",
    "value",
    "unit",
    "qualifier",
    "period",
    "doubt",
    "page",
    "part_of",
    "quote",
    "offset",
)
_CHECKS = ("kind", "statement", "stated", "computed", "holds", "reason", "quote", "offset")
_COLUMN_WIDTHS = {"subject": 36, "quote": 60, "statement": 40, "section": 12}
LONGEST_CELL = 32767
"""Characters. The format allows no longer cell; the CSV file has the whole text."""
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of the workbook if the report has none, so that the file does not depend on the clock."""


def encode_workbook(record: Mapping[str, Any]) -> bytes:
    """Return a workbook of a record's observations, checks and source tables."""
    import xlsxwriter

    report = record["report"]
    labels: dict[Any, str] = {
        **labels_for(report["language"]),
        **_LABELS["Hant" if "Hant" in report["language"] else "Hans"],
    }
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    day = datetime.fromisoformat(first_day(report["date"])) if report["date"] else EPOCH
    book.set_properties({"title": report["title"], "author": report["issuer"], "created": day})
    bold = book.add_format({"bold": True, "bottom": 1})
    _write_rows(book, labels["figures"], _FIGURES, record["observations"], labels, bold)
    _write_rows(book, labels["checks"], _CHECKS, record["checks"], labels, bold)
    framed = book.add_format(
        {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    tables = [table for table in record["tables"] if table["origin"] == "source"]
    for number, table in enumerate(tables, start=1):
        _write_table(book.add_worksheet(f"{labels['table']}{number}"), table, framed)
    book.close()
    return out.getvalue()


def _write_table(sheet: Any, table: Mapping[str, Any], framed: Any) -> None:
    """Write a table; spanning cells become merged cells."""
    covered: set[tuple[int, int]] = set()
    for row, (texts, spans) in enumerate(
        zip((*table["columns"], *table["rows"]), table["spans"], strict=True)
    ):
        column = 0
        for text, (rows, columns) in zip(texts, spans, strict=True):
            while (row, column) in covered:
                column += 1
            covered.update(
                (r, c) for r in range(row, row + rows) for c in range(column, column + columns)
            )
            if rows > 1 or columns > 1:
                sheet.merge_range(row, column, row + rows - 1, column + columns - 1, "", framed)
            _write_cell(sheet, row, column, text, framed)
            column += columns


def _write_rows(
    book: Any,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    labels: Mapping[Any, str],
    header_format: Any,
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    last = 0
    for column, key in enumerate(columns):
        sheet.write_string(0, column, labels[key], header_format)
        sheet.set_column(column, column, _COLUMN_WIDTHS.get(key, 11))
    for last, row in enumerate(rows, start=1):
        for column, key in enumerate(columns):
            value = row.get(key)
            if key in ("holds", "kind", "reason"):
                value = labels.get(value, value)
            _write_cell(sheet, last, column, value)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, value: Any, cell_format: Any = None) -> None:
    """Write a figure that a double holds exactly as a number, anything else as text."""
    text = "" if value is None else str(value)
    if is_exact_number(text):
        sheet.write_number(row, column, float(text), cell_format)
    else:
        sheet.write_string(row, column, text[:LONGEST_CELL], cell_format)
