"""Brackets and quotation marks: both of a pair in the same width, opening before closing.

Input: a context. Output: replacements. Source: GB/T 15834, 4.8 and 4.9.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.context import neighbour
from publisher.normalise.rule import rule
from publisher.text.characters import HAN, has_han, is_cjk, is_han
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context, Line

LONGEST_LOOK_AHEAD = 400
"""Chinese is looked for in this many characters behind an opening bracket."""
_BRACKET = re.compile("[()（）]")
_STRAIGHT = re.compile('["＂〝〞]')
_SINGLE_PAIR = re.compile(f"(?<![A-Za-z0-9'])'(?=[^'\n]*[{HAN}])([^'\n]{{1,40}})'(?![A-Za-z0-9'])")
_DOUBLE_ANGLES = re.compile(r"<<([^<>\n]{1,60})>>")
_CURLY = re.compile("[“”]")
_REVERSED = re.compile("(?:”([^“”\n]{2,30})“|“([^“”\n]{2,30})“)")
"""A pair the wrong way round, or of two opening marks."""
_PRIME = re.compile("°[ ]?\\d{1,2}['′][ ]?\\d{1,2}(?:\\.\\d+)?(\")|\\d['′]\\d{1,2}(\")")
"""Seconds or inches behind minutes or feet."""
_COORDINATES = re.compile("\\([-+\\d.% ]+(?:,[-+\\d.% ]+)+\\)")
"""A point or an interval of mathematics: (12.5,30)."""
_JOINING = re.compile("[、，,；和与與及或以并並]")
_UNIT_OR_FUNCTION = re.compile("[A-Za-z]{1,3}\\([A-Za-z]{1,3}\\)")
"""dB(A), f(x), Mn(II): brackets that belong to a symbol."""
_ITEM_NUMBER = re.compile("(?<![^\n；;，,。：:])\\d{1,2}\\)")


@rule(
    name="brackets",
    order=130,
    reason="GB/T 15834, 4.9: the brackets of Chinese text are full width, and both of a pair alike.",
    evidence="a half-width bracket in a Chinese sentence with Chinese inside or beside it",
    examples=(
        ("各区(县)机关", "各区（县）机关"),
        ("各区（县)机关", "各区（县）机关"),
        ("1)加强领导；2)压实责任。", "1）加强领导；2）压实责任。"),
        ("<<政府信息公开条例>>", "《政府信息公开条例》"),
    ),
    exceptions=(
        "brackets with no Chinese inside or beside them; the brackets of a symbol, such as dB(A), or of a point; "
        "sentences in "
        "other languages, addresses and code"
    ),
    unchanged=(
        "f(x) = (a + b)",
        "运行`f(x)`",
        "昼间55dB(A)、夜间45dB(A)。",
        "坐标(12.5,30)",
        "Farmers (农民) and rural areas (农村).",
    ),
)
def widen_brackets(context: Context) -> Iterator[Replacement]:
    """Make round brackets full width where Chinese is inside or beside them."""
    string = context.string
    for line in context.lines:
        if "(" not in line.string and ")" not in line.string and "<<" not in line.string:
            continue
        marks = {
            offset: after
            for offset, after in (
                *_round_brackets(context, line),
                *_item_numbers(string, line.start, line.end),
                *_title_marks(string, line.start, line.end),
            )
            if context.may_change(offset)
        }
        for offset, after in sorted(marks.items()):
            yield Replacement(
                start=offset,
                end=offset + (2 if after in "《》" else 1),
                after=after,
                reason="brackets in Chinese text are full width",
            )


def _round_brackets(context: Context, line: Line) -> Iterator[tuple[int, str]]:
    string = context.string
    symbols = [
        match.span()
        for pattern in (_UNIT_OR_FUNCTION, _COORDINATES)
        for match in pattern.finditer(string, line.start, line.end)
    ]
    open_brackets: list[int] = []
    for match in _BRACKET.finditer(string, line.start, line.end):
        offset = match.start()
        if context.protected.covers(offset) or any(start <= offset < end for start, end in symbols):
            continue
        if match[0] in "(（":
            open_brackets.append(offset)
        elif open_brackets:
            opening = open_brackets.pop()
            if not (context.habits.is_bilingual and _is_after_latin(string, opening)):
                yield from _widened_pair(string, opening, offset)
        elif match[0] == ")" and is_han(string[offset - 1 : offset]):
            yield offset, "）"
    for offset in open_brackets:
        if string[offset] == "(" and (
            is_cjk(string[offset + 1 : offset + 2]) or is_han(string[offset - 1 : offset])
        ):
            yield offset, "（"


def _is_after_latin(string: str, offset: int) -> bool:
    """Return whether a bracket follows a Latin word and a space, as in Cargo (万吨)."""
    before = string[max(0, offset - 2) : offset]
    return before.endswith(" ") and before[:1].isascii() and before[:1].isalpha()


def _item_numbers(string: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the closing bracket of numbers such as 1) before Chinese."""
    for match in _ITEM_NUMBER.finditer(string, start, end):
        if is_han(string[match.end() : match.end() + 1]):
            yield match.end() - 1, "）"


def _widened_pair(string: str, opening: int, closing: int) -> Iterator[tuple[int, str]]:
    inside = string[opening + 1 : min(closing, opening + 1 + LONGEST_LOOK_AHEAD)]
    adjacent = neighbour(string, opening, -1) + neighbour(string, closing, 1)
    if has_han(inside) or any(map(is_cjk, adjacent)):
        if string[opening] == "(":
            yield opening, "（"
        if string[closing] == ")":
            yield closing, "）"


def _title_marks(string: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for match in _DOUBLE_ANGLES.finditer(string, start, end):
        if has_han(match[1]):
            yield match.start(), "《"
            yield match.end() - 2, "》"


@rule(
    name="quotation-marks",
    order=150,
    reason="GB/T 15834, 4.8: quotation marks are “ and ”, in pairs and the opening one first.",
    evidence=(
        "an even number of straight marks in the Chinese sentences of a paragraph; a pair of straight single marks "
        "around Chinese; a reversed pair around a few words where no pair is open"
    ),
    examples=(
        ('开设"在线访谈"栏目', "开设“在线访谈”栏目"),
        ("开设”在线访谈“栏目", "开设“在线访谈”栏目"),
        ("落实'放管服'改革", "落实‘放管服’改革"),
    ),
    exceptions=(
        "a paragraph with an odd number of marks, since nobody knows which one is missing; ” and “ between which "
        "one quotation ends and another begins; other languages, addresses and code. A text that quotes with 「」 "
        "gets these"
    ),
    unchanged=(
        '5"屏幕一块',
        '5"屏幕和7"屏幕，东经120°30\'15"',
        'the "new" rule',
        "活动”“建设",
        "“公开”、“透明”",
        'The term "三农" refers to farmers.',
    ),
)
def pair_quotation_marks(context: Context) -> Iterator[Replacement]:
    """Replace straight quotation marks by pairs, and turn reversed pairs around."""
    double, single = ("「」", "『』") if context.habits.quotes_with_corners else ("“”", "‘’")
    depth = 0
    for line in context.lines:
        primes = {match.end() - 1 for match in _PRIME.finditer(line.string)}
        straight = [
            match.start()
            for match in _STRAIGHT.finditer(context.string, line.start, line.end)
            if context.may_change(match.start()) and match.start() - line.start not in primes
        ]
        if all(context.string[offset - 1 : offset].isdigit() for offset in straight):
            straight = []  # inches: 5"屏幕和7"屏幕
        curly = [match.start() for match in _CURLY.finditer(context.string, line.start, line.end)]
        changes: list[Replacement] = []
        if straight and has_han(line.string) and not (len(straight) + len(curly)) % 2:
            marks = double if not curly else "“”"
            changes += _alternate(sorted(straight + curly), marks)
        elif curly and not straight and depth <= 0:
            changes += _reversed_pairs(line, len(curly))
        changes += _single_pairs(context, line, single)
        yield from sorted(changes, key=lambda change: change.start)
        opened = sum(1 if context.string[offset] == "“" else -1 for offset in curly)
        depth = max(depth + opened, 0) if line.string.strip() else 0


def _alternate(offsets: list[int], marks: str) -> Iterator[Replacement]:
    for index, offset in enumerate(offsets):
        yield Replacement(
            start=offset,
            end=offset + 1,
            after=marks[index % 2],
            reason="quotation marks come in pairs",
        )


def _reversed_pairs(line: Line, marks: int) -> Iterator[Replacement]:
    """Yield the two marks of each reversed pair, if the line has no other marks."""
    pairs = [
        match
        for match in _REVERSED.finditer(line.string)
        if has_han(match[0]) and not _JOINING.match(match[1] or match[2])
    ]
    if len(pairs) * 2 != marks:
        return
    for match in pairs:
        for offset, after in ((match.start(), "“"), (match.end() - 1, "”")):
            yield Replacement(
                start=line.start + offset,
                end=line.start + offset + 1,
                after=after,
                reason="the opening quotation mark comes first",
            )


def _single_pairs(context: Context, line: Line, marks: str) -> Iterator[Replacement]:
    for match in _SINGLE_PAIR.finditer(context.string, line.start, line.end):
        if context.may_change(match.start()):
            for offset, after in ((match.start(), marks[0]), (match.end() - 1, marks[1])):
                yield Replacement(
                    start=offset,
                    end=offset + 1,
                    after=after,
                    reason="quotation marks come in pairs",
                )
