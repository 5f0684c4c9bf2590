"""Drawn tables with merged cells and fields between commas: the gold texts, open and blind."""

import tomllib
from pathlib import Path

import pytest

from publisher.model import SourceTable
from publisher.readers import read_bytes
from publisher.text.edits import replay_edits

GOLD = Path(__file__).parents[1] / "gold" / "drawn-tables"
CASES = {
    case["name"]: case
    for name in ("open", "blind")
    for case in tomllib.loads((GOLD / f"{name}.toml").read_text())["case"]
}
TEXT = "某市2019年工作报告\n一、情况\n情况如下。\n{}\n以上为情况。\n"


def cell(cell):
    spans = (cell.row_span, cell.col_span)
    words = "".join(cell.text.string.split())
    return words + ("" if spans == (1, 1) else "{{{}×{}}}".format(*spans))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", CASES)
def test_gold(name, line_end):
    case = CASES[name]
    text = TEXT.format(case["source"].strip("\n")).replace("\n", line_end)
    source, edits = read_bytes(text.encode(), name="r.txt")
    tables = [segment for segment in source.segments if isinstance(segment, SourceTable)]
    rows = ["|".join(map(cell, row)) for table in tables for row in table.rows]
    assert rows == case.get("rows", "").split()
    is_preformatted = any(getattr(part, "role", "") == "preformatted" for part in source.segments)
    assert is_preformatted == case.get("preformatted", False)
    assert sum(f.clause == "table" for f in source.findings) == is_preformatted
    published = "".join(source.plain_text().split())
    assert "".join(replay_edits(source.decoded, edits).split()) == published


def test_commas_of_figures_part_no_fields():
    from publisher.readers.comma_rows import find_comma_rows

    gaps = [
        "Donations      45,600    40,600",
        "Expenses    (43,210)  (39,999)",
        "Loans   2,390  1,601",
    ]
    assert find_comma_rows(gaps) == ([], [])
    assert find_comma_rows(["1,234,567", "2,345,678", "3,456,789"]) == ([], [])
    assert find_comma_rows(["名称,数量,金额", "桌子,2,300", "柜子,5,900"]) == ([(0, 2)], [])
