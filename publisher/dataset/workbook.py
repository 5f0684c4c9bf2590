"""A workbook (Office Open XML) for a desk: the figures, the checks, and the report's tables."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from publisher.dataset import is_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HEADS = {
    "Hans": {
        "figures": "数据",
        "checks": "核对",
        "table": "表",
        "section": "章节",
        "subject": "指标",
        "value": "数值",
        "unit": "单位",
        "qualifier": "说明",
        "period": "时期",
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
        "value": "數值",
        "unit": "單位",
        "qualifier": "說明",
        "period": "時期",
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
_FIGURES = ("section", "subject", "value", "unit", "qualifier", "period", "quote", "offset")
_CHECKS = ("kind", "statement", "stated", "computed", "holds", "reason", "quote", "offset")
_WIDTHS = {"subject": 36, "quote": 60, "statement": 40, "section": 12}
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The workbook's own date, where the report has none: never the clock's."""


def encode_workbook(record: Mapping[str, Any]) -> bytes:
    """Return a workbook of a record's observations, checks and source tables."""
    import xlsxwriter

    report = record["report"]
    words = _HEADS["Hant" if "Hant" in report["language"] else "Hans"]
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
    day = datetime.fromisoformat(report["date"]) if report["date"] else EPOCH
    book.set_properties({"title": report["title"], "author": report["issuer"], "created": day})
    bold = book.add_format({"bold": True, "bottom": 1})
    _sheet(book, words["figures"], _FIGURES, record["observations"], words, bold)
    _sheet(book, words["checks"], _CHECKS, record["checks"], words, bold)
    tables = [table for table in record["tables"] if table["origin"] == "source"]
    for number, table in enumerate(tables, start=1):
        sheet = book.add_worksheet(f"{words['table']}{number}")
        for row, cells in enumerate((*table["columns"], *table["rows"])):
            for column, text in enumerate(cells):
                _write(sheet, row, column, text)
    book.close()
    return out.getvalue()


def _sheet(
    book: Any,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    words: Mapping[Any, str],
    head: Any,
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    last = 0
    for column, key in enumerate(columns):
        sheet.write_string(0, column, words[key], head)
        sheet.set_column(column, column, _WIDTHS.get(key, 11))
    for last, row in enumerate(rows, start=1):
        for column, key in enumerate(columns):
            _write(sheet, last, column, words[row[key]] if key == "holds" else row[key])
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    text = str(value)
    plain = text.removeprefix("-").replace(".", "", 1)
    if plain.isascii() and plain.isdigit() and is_number(text):
        sheet.write_number(row, column, float(text))
    else:
        sheet.write_string(row, column, text)
