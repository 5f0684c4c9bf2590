"""Rows of words between gaps: the names of a list in columns, or the cells of a table that was pasted with single spaces.

Input: two lines. Output: whether they are rows. The end of a row parts two words as its gaps do, so neither is an accident of layout.
"""

from __future__ import annotations

import re
from itertools import pairwise

from publisher.text.characters import has_han

_WIDE_GAP = re.compile("[ \xa0]{2}|\u3000")
_FORM_GAP = re.compile("(?:[ \xa0]|\u3000){4,}|\u3000{2,}")
FEWEST_FORM_GAPS = 2
FEWEST_IDEOGRAPHIC_GAPS = 4
"""Gaps of one ideographic space, to which wide gaps are reduced."""
_MARK = re.compile("[，。；：、！？;!?]|[,:](?!\\d)")
_FIGURE = re.compile("[-+－]?\\d[\\d.,/:-]*[%％‰]?|[—/-]")
_UNIT = re.compile("[年季月旬周日时分个件条项次户家人名万亿元公千平立吨亩米度倍%％‰]")
"""How the word behind a figure begins in a sentence."""
SHORTEST_ROW = 3
"""Words of the first row at least."""
LONGEST_WORD = 10
"""Characters of the longest word."""
SHORTEST_ROW_OF_CELLS = 4
LONGEST_CELL = 24
"""Words, and characters of the longest, in a row of cells."""


def are_word_rows(line: str, following: str) -> bool:
    """Return whether a line and the next one are rows of short words, or of cells.

    Example:
        >>> are_word_rows("张小明 李小红 王小刚", "赵小亮 钱小多")
        True
        >>> are_word_rows("张小明 李小红 王小刚", "等三人参加了会议。")
        False

    """
    words = line.split()
    is_row = len(words) >= SHORTEST_ROW and _are_short(line, words)
    return (is_row and _are_short(following, following.split())) or are_cell_rows(line, following)


def is_form_row(line: str) -> bool:
    """Return whether a line has words with wide gaps between them, in which a form has its blanks.

    Example:
        >>> is_form_row("姓  名        职  务        联系电话")
        True
        >>> is_form_row("姓  名    某  人出席了会议")
        False

    """
    words = line.split()
    are_wide = len(_FORM_GAP.findall(line.strip())) >= FEWEST_FORM_GAPS
    return (
        (are_wide or line.strip().count("\u3000") >= FEWEST_IDEOGRAPHIC_GAPS)
        and not _MARK.search(line)
        and all(len(word) <= LONGEST_WORD for word in words)
        and has_han(line)
    )


def are_cell_rows(line: str, other: str) -> bool:
    """Return whether two lines beside each other are rows of a table with figures, a space between its cells.

    Example:
        >>> are_cell_rows("1 东村合作社 张三 1,234", "2 西村合作社 李四 987")
        True
        >>> are_cell_rows("全县 共有 12 个 乡镇", "和 234 个 行政村")
        False

    """
    rows = line.split(), other.split()
    return (
        min(map(len, rows)) >= SHORTEST_ROW_OF_CELLS
        and abs(len(rows[0]) - len(rows[1])) <= 1
        and not any(_MARK.search(string) for string in (line, other))
        and any(_FIGURE.fullmatch(word) for row in rows for word in row)
        and not any(_is_counted(row) or _divides_bracket(row) for row in rows)
        and max(len(word) for row in rows for word in row) <= LONGEST_CELL
        and all(map(has_han, (line, other)))
    )


def _is_counted(row: list[str]) -> bool:
    """Return whether a unit follows a figure, as in a sentence with spaces beside its figures."""
    return any(
        _FIGURE.fullmatch(word) and _UNIT.match(following) for word, following in pairwise(row)
    )


def _divides_bracket(row: list[str]) -> bool:
    """Return whether a gap is inside brackets: 监测结果（2025 年）."""
    return any(sum(map(word.count, "（(")) != sum(map(word.count, "）)")) for word in row)


def _are_short(line: str, words: list[str]) -> bool:
    return (
        not _MARK.search(line)
        and all(len(word) <= LONGEST_WORD for word in words)
        and (any(len(word) > 1 for word in words) or bool(_WIDE_GAP.search(line.strip())))
        and has_han(line)
    )
