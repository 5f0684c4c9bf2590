"""Tables that a text draws."""

import pytest

from publisher.editing import locate, replay
from publisher.model import SourceTable
from publisher.readers.pipes import split_tables

CASES = {
    "| 甲 | 乙 |\n| 1 | 2 |": [["甲", "乙"], ["1", "2"]],
    "甲|乙\n1|2": [["甲", "乙"], ["1", "2"]],
    "| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |": [["甲", "乙"], ["1", "2"]],
    "| 甲 | 乙 |\r\n| 1 |  |\r\n": [["甲", "乙"], ["1", ""]],
    "|  | 乙 |\n|  | 2 |": [["", "乙"], ["", "2"]],
    "甲\t乙\n1\t2": [["甲", "乙"], ["1", "2"]],
    "｜甲｜乙｜\n｜1｜2｜": [["甲", "乙"], ["1", "2"]],
}


@pytest.mark.parametrize(("text", "rows"), CASES.items())
def test_cases(text, rows):
    segments, edits = split_tables(locate(f"前\n{text}\n后"))
    (table,) = [part for part in segments if isinstance(part, SourceTable)]
    assert [[cell.text.string.strip() for cell in row] for row in table.rows] == rows
    assert "|" not in replay(f"前\n{text}\n后", edits)


@pytest.mark.parametrize("text", ["正文|一处", "甲|乙\n\n丙|丁", "甲\t乙", "没有表格"])
def test_what_is_no_table(text):
    segments, edits = split_tables(locate(text))
    assert len(segments) == 1
    assert not isinstance(segments[0], SourceTable)
    assert edits == ()
