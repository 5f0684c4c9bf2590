"""Figures that a line end divides: whether two lines are parts of one figure.

Input: two lines, or the lines of a document. Output: what proves that the line end is inside a figure. A program that wraps lines at a
width either leaves figures whole or breaks them like any other text. A figure that cannot be read in any other way
(下降3. | 2%, 2 | 024年) shows that the lines of a document were broken inside figures.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.normalise.grouped_figures import LISTED, NUMBERED_THING, QUANTITY, UNIT, Proof
from publisher.reference.units import MAGNITUDES
from publisher.text.characters import HAN, SPACES, has_han

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_COUNT = 40
"""Characters before a figure that are searched for a word for a count."""
_MEASURED = f"[{SPACES}]?[（(]?(?:{'|'.join(MAGNITUDES)})?(?!年|月|日|号|號)(?:{UNIT})"
"""A unit, or a magnitude with one, that is no part of a date."""
_BEFORE_FIGURE = f"[{HAN}（(、，,；;：:～~≥≤＞＜><±+＋$￥¥—]"


def _compile(*rows: tuple[str, str]) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return the patterns of the end of a line, and of the beginning of the next."""
    return tuple((re.compile(f"(?:{left})$"), re.compile(right)) for left, right in rows)


_DIVIDED_NUMBERS = _compile(
    # Years, months, days and times of the clock.
    ("(?<![\\d.,])(?:19|20)", "\\d\\d(?:年|[-—－]\\d|[〕\\]】）)])"),
    ("(?<![\\d.,])2", "0\\d\\d(?:年|[〕\\]】）)])"),
    ("(?<![\\d.,])1", "9\\d\\d(?:年|[〕\\]】）)])"),
    ("(?<![\\d.,])(?:19|20)\\d", "\\d(?:年|[〕\\]】）)])"),
    ("年[01]", "\\d月"),
    ("月[0-3]", "\\d日"),
    ("\\d[:：][0-5]", "\\d(?![\\d:：])"),
    ("(?<!\\d)[012]?\\d[:：]", "[0-5]\\d(?!\\d)"),
    ("(?<![\\d.,])[012]", "\\d[:：][0-5]\\d(?!\\d)"),
    # Numbers of articles and documents: 第3 | 20條, 〔2019〕2 | 3号.
    ("第\\d+", "\\d+[条條款项項号號期届屆次章节節页頁批]"),
    ("[〕\\]】]第?\\d+", "\\d+[号號]"),
)
"""The parts of dates, times and the numbers of documents and articles."""
_DIVIDED_QUANTITIES = _compile(
    # A comma of thousands, whose group goes on below: 货款1,2 | 50元.
    (
        f"{_BEFORE_FIGURE}\\d{{1,3}}(?:,\\d{{3}})*,\\d",
        "\\d\\d(?![\\d:：])",
    ),
    (
        f"{_BEFORE_FIGURE}\\d{{1,3}}(?:,\\d{{3}})*,\\d\\d",
        "\\d(?![\\d:：])",
    ),
    # Decimals before a unit: 增加值595. | 54亿元, 产量12. | 36万吨, 增产2.1 | 5万吨.
    (f"[{HAN}～~≥≤＞＜±]\\d+(?:,\\d{{3}})*\\.", f"\\d+{_MEASURED}"),
    (f"{_BEFORE_FIGURE}\\d+(?:,\\d{{3}})*\\.\\d+", f"\\d+{_MEASURED}"),
    # A figure has neither a zero before its digits nor a unit of its own behind a mark: 数学10 | 0分, 、1 | 36个村.
    (f"[{HAN}]\\d+", f"0\\d*{_MEASURED}"),
    ("[、，≥≤＞＜]\\d+", f"\\d+(?:\\.\\d+)?{_MEASURED}"),
    # A rate: 整改率9 | 7.2%.
    ("(?:率|比重|占比|[增降涨跌]幅|增速|[增减]少|[为為达達至])\\d+", "\\d*(?:\\.\\d+)?[%％‰]"),
)
"""The parts of a quantity, which together are one figure and apart are none."""
_GROUPS_BEFORE = re.compile("(?<![\\d.,])\\d{1,3}(?:,\\d{3})*,$")
_GROUP_BELOW = re.compile("\\d{3}(?!\\d)")
_FIGURE_AT_END = re.compile("(?<![\\d.,A-Za-z—–-])\\d{1,4}$")
BESIDE_LINE_END = 4
"""Characters on each side by which a line end is known again when the blanks beside it are gone."""
_PARTED = re.compile(
    f"(?P<above>[^{SPACES}\\n][^\\n]{{0,{BESIDE_LINE_END - 2}}}\\d)(?: {{1,4}}\n ?|\n )(?P<below>\\d[^\\n]{{0,{BESIDE_LINE_END - 1}}})"
)
_NUMBER_AT_END = re.compile("[\\d.,:：]*\\d[.,:：]?$")
_COUNTED_ABOVE = re.compile(
    "(?:共计?|共計|合计|合計|总计|總計|累计|累計|总数|總數)[^\\d，。；：、 　]{0,12}$"
)
"""A word for a count and the name of what is counted; the figure behind it has its unit behind it."""
_QUANTITY_BELOW = re.compile(
    f"\\d{{1,4}}(?:,\\d{{3}})*(?:\\.\\d+)?(?:{'|'.join(MAGNITUDES)})?(?!年|月|日|时|時|分|秒|季|期|号|號)(?:{UNIT})(?:[，。；、（(]|$)"
)
"""A figure with the unit that ends its phrase."""
_PERCENTAGE_BELOW = re.compile("\\d{1,4}[%％‰]")


def line_end_proof(left: str, right: str, *, breaks_figures: bool = False) -> Proof | None:
    """Return what proves that the line end between two lines is inside a figure.

    Digits at the end of one line and at the beginning of the next may be one figure or two: a number of a thing and its quantity
    (监测点位1 28个). They are one where they cannot be two figures, behind a word for a count or a quantity and before a
    unit, and where a program broke the lines inside figures.

    Args:
        left: A line, without white space at its end.
        right: The next line, without white space at its beginning.
        breaks_figures: Whether the line is as wide as all others, and the document's lines are broken inside figures.

    Returns:
        ``None`` if nothing suggests a divided figure.

    Example:
        >>> line_end_proof("获取数据1,234,", "567条。")
        'certain'
        >>> line_end_proof("共有点位1", "28个。")
        'certain'
        >>> line_end_proof("截至监测点位1", "28个。")
        'none'
        >>> line_end_proof("加强监测点位1", "28个。", breaks_figures=True)
        'none'
        >>> line_end_proof("全市清理鱼塘1", "28个。", breaks_figures=True)
        'certain'
        >>> line_end_proof("合计H7N-1", "9例。")
        'none'

    """
    if not has_han(left) or not right[:1].isdigit():
        return None
    end = left[-LONGEST_COUNT:]
    number = _NUMBER_AT_END.search(end)
    before = end[: number.start()] if number else end
    is_apart = bool(NUMBERED_THING.search(before) or LISTED.search(before))
    divided = _DIVIDED_NUMBERS if is_apart else (*_DIVIDED_NUMBERS, *_DIVIDED_QUANTITIES)
    if any(above.search(end) and below.match(right) for above, below in divided):
        return "certain"
    if left[-1:] in ",.":
        return _mark_proof(left, right)
    if not left[-1:].isdigit():
        return None
    figure = _FIGURE_AT_END.search(left)
    is_count = (
        figure is not None and _counts(left[: figure.start()]) and _QUANTITY_BELOW.match(right)
    )
    return "certain" if is_count or (breaks_figures and not is_apart) else "none"


def parted_figures(string: str) -> frozenset[tuple[str, str]]:
    """Return the ends and beginnings of lines between whose digits a blank is left: 车间3 | 20项 with a space behind 3."""
    return frozenset(_ends_at(match["above"], match["below"]) for match in _PARTED.finditer(string))


def are_parted(left: str, right: str, parted: frozenset[tuple[str, str]]) -> bool:
    """Return whether a blank beside a line end showed that the digits on its sides are two figures."""
    return _ends_at(left, right) in parted


def _ends_at(left: str, right: str) -> tuple[str, str]:
    return left[-BESIDE_LINE_END:], right[:BESIDE_LINE_END]


def _mark_proof(left: str, right: str) -> Proof | None:
    """Return what proves that the comma or point at the end of a line is inside a figure."""
    if left.endswith("."):
        is_percentage = left[-2:-1].isdigit() and _PERCENTAGE_BELOW.match(right)
        return "certain" if is_percentage else "none" if left[-2:-1].isdigit() else None
    groups = _GROUPS_BEFORE.search(left[-24:])
    if not groups or not _GROUP_BELOW.match(right):
        return None
    is_proved = groups[0].count(",") > 1 or "，" in left
    return "certain" if is_proved or _counts(left[: groups.start()]) else "none"


def breaks_figures(lines: Iterable[str]) -> bool:
    """Return whether the lines of a document are broken inside figures, as no program does that leaves words whole."""
    return any(line_end_proof(*pair) == "certain" for pair in pairwise(map(str.strip, lines)))


def _counts(before: str) -> bool:
    """Return whether the words before a figure show that it is a quantity and no number of a thing."""
    before = before[-LONGEST_COUNT:]
    return bool(_COUNTED_ABOVE.search(before) or QUANTITY.search(before)) and not LISTED.search(
        before
    )
