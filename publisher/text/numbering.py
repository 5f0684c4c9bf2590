"""Numbers at the start of a line, and whether the line is a heading (GB/T 9704-2012, 7.3.3).

Input: a line. Output: its number with style, value and level. The levels are 一、 （一） 1. （1） ①.
Offices also write 1、 for 1., 第一部分 for 一、, half-width brackets, and digits of either width;
``NUMBERING_STYLES`` lists every form with its level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.text.characters import (
    HAN,
    HAN_DIGITS,
    HAN_NUMERALS,
    HAN_SCALES,
    TO_HALFWIDTH,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMERAL = f"[{HAN_NUMERALS}]{{1,3}}"
_COUNTED = "产產级級季线線月类類批档檔等"
"""What two consecutive numbers count in prose: 一、二级, 三、四季度, 七、八月份, 三、五年."""
_COUNTED_PAIRS = "|".join(
    [f"(?<={a})[、．.]{b}[{_COUNTED}年]" for a, b in pairwise("一二三四五六七八九十")]
    + ["(?<=三)[、．.]五年"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingStyle:
    """A form of number, with the level that it usually has."""

    name: str
    level: int
    pattern: re.Pattern[str]
    """Matches at the start of a line; group ``number`` is the number as printed."""


NUMBERING_STYLES = (
    NumberingStyle(
        name="part",
        level=1,
        pattern=re.compile(f"(?P<number>第{_NUMERAL}(?:部分|章|编|篇))(?!程|节)[、，：:\u3000 ]?"),
    ),
    NumberingStyle(
        name="comma",
        level=1,
        pattern=re.compile(
            f"(?P<number>{_NUMERAL})(?!{_COUNTED_PAIRS})[、．.](?!{_NUMERAL}[、．.产是多余])"
        ),
    ),
    NumberingStyle(
        name="section",
        level=2,
        pattern=re.compile(f"(?P<number>第{_NUMERAL}节)[、，：:\u3000 ]?"),
    ),
    NumberingStyle(
        name="bracket",
        level=2,
        pattern=re.compile(
            f"(?P<number>[（(]{_NUMERAL}[）)])(?![、．.和至到及与與—-]?[（(]{_NUMERAL}[）)])[、．.]?"
        ),
    ),
    NumberingStyle(
        name="point",
        level=3,
        pattern=re.compile(r"(?P<number>[0-9０-９]{1,2})[.．、](?![0-9０-９])"),
    ),
    NumberingStyle(
        name="figure-bracket",
        level=4,
        pattern=re.compile(r"(?P<number>[（(][0-9０-９]{1,2}[）)]|[0-9]{1,2}[）)])[、．.]?"),
    ),
    NumberingStyle(
        name="circle", level=5, pattern=re.compile("(?P<number>[①-⑳])(?![、和至]?[①-⑳])[、．.]?")
    ),
)

_DECIMAL_PART = "[0-9０-９]{1,2}"
DECIMAL_STYLES = (
    NumberingStyle(
        name="decimal-3",
        level=3,
        pattern=re.compile(
            f"(?P<number>{_DECIMAL_PART}(?:[.．]{_DECIMAL_PART}){{2}})[.．、\u3000 ]?(?=[{HAN}])"
        ),
    ),
    NumberingStyle(
        name="decimal-2",
        level=2,
        pattern=re.compile(
            f"(?P<number>{_DECIMAL_PART}[.．]{_DECIMAL_PART})[.．、\u3000 ]?(?=[{HAN}])"
        ),
    ),
    NumberingStyle(
        name="decimal-1",
        level=1,
        pattern=re.compile(
            f"(?P<number>{_DECIMAL_PART})[.．、\u3000 ]?(?=[{HAN}])(?![年月日时点级至])"
        ),
    ),
)
"""1, 1.1, 1.1.1: headings only in a report that numbers all its parts so."""
LONGEST_DECIMAL_HEADING = 40
"""Characters of the longest line that decides whether a report uses decimal numbers."""
ORDINAL_STYLE = NumberingStyle(
    name="ordinal", level=1, pattern=re.compile(f"(?P<number>第{_NUMERAL})[、，]")
)
"""第一、 is a heading only in a report that has no 一、."""

_SENTENCE_END = re.compile("[。！？]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:[多余]?[万亿]?[件条项次份篇户家场期人元例起宗册个名]|%|‰)")
LONGEST_TITLE = 48
"""Characters of the longest heading with run-in text, its closing mark included."""
LONGEST_LINE = 70
"""Characters of the longest heading on a line of its own."""


class LineKind(Enum):
    """What a numbered line is, judged from its form."""

    HEADING = "a heading on a line of its own"
    RUN_IN = "a heading with run-in text"
    STATEMENT = "a sentence with a figure, and run-in text"
    SENTENCE = "prose"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineNumber:
    """The number of a line, and where its heading ends."""

    style: NumberingStyle
    number: str
    """As printed, in half-width characters: 一, (一), 1."""
    value: int
    start: int
    """Where the words begin."""
    kind: LineKind
    title_end: int
    """One past the last character of the heading, its closing mark included."""

    @property
    def level(self) -> int:
        """Return the level of its style."""
        return self.style.level


def detect_numbering_styles(lines: Sequence[str]) -> tuple[NumberingStyle, ...]:
    """Return the numbering styles that a report may use, judged from its lines."""
    if any(
        match
        for line in lines
        for style in NUMBERING_STYLES[:2]
        if (match := style.pattern.match(line))
    ):
        return NUMBERING_STYLES
    pairs = [
        (int(first.translate(TO_HALFWIDTH)), int(second.translate(TO_HALFWIDTH)))
        for line in lines
        if len(line) <= LONGEST_DECIMAL_HEADING and (match := DECIMAL_STYLES[1].pattern.match(line))
        for first, second in [re.split("[.．]", match["number"])]
    ]
    in_order = all(b in ((a[0], a[1] + 1), (a[0] + 1, 1)) for a, b in pairwise(pairs))
    if len(pairs) > 1 and pairs[0] == (1, 1) and in_order:
        return (*DECIMAL_STYLES, *NUMBERING_STYLES)
    return (*NUMBERING_STYLES, ORDINAL_STYLE)


def read_number(
    line: str, styles: tuple[NumberingStyle, ...] = NUMBERING_STYLES
) -> LineNumber | None:
    """Return the number with which a line begins, or ``None``."""
    for style in styles:
        match = style.pattern.match(line)
        if match and match.end() < len(line):
            number = match["number"]
            kind, end = _classify(line, match.end())
            return LineNumber(
                style=style,
                number=number.translate(TO_HALFWIDTH),
                value=number_value(number),
                start=match.end(),
                kind=kind,
                title_end=end,
            )
    return None


def _classify(line: str, start: int) -> tuple[LineKind, int]:
    """Return the kind of a line whose words begin at ``start``, and where its heading ends."""
    sentence_end = _SENTENCE_END.search(line, start)
    if not sentence_end:
        clause = re.compile("[：:]").search(line, start)
        if clause and clause.end() < len(line) and clause.end() - start <= 20 and len(line) > 60:
            return LineKind.RUN_IN, clause.end()
        ends_open = line.endswith(("；", "，", "、", ";", ","))
        is_heading = len(line) - start <= LONGEST_LINE and not ends_open
        return (LineKind.HEADING, len(line)) if is_heading else (LineKind.SENTENCE, len(line))
    end = sentence_end.end()
    title = line[start:end]
    if len(title) > LONGEST_TITLE or "；" in title:
        return LineKind.SENTENCE, len(line)
    if end == len(line):
        is_plain = title.count("，") <= 2 and not _FIGURE.search(title)
        return (LineKind.HEADING if is_plain else LineKind.SENTENCE), len(line)
    return (LineKind.STATEMENT if _FIGURE.search(title) else LineKind.RUN_IN), end


def number_value(number: str) -> int:
    """Return the value of a number as printed: 十二 is 12, （3） is 3, ④ is 4, 1.2 is 2."""
    core = re.split("[.．]", number.strip("（）()").removeprefix("第"))[-1]
    core = re.sub("(?:部分|章|节|编|篇)$", "", core)
    if re.fullmatch("[①-⑳]", core):
        return ord(core) - ord("①") + 1
    if core.translate(TO_HALFWIDTH).isdecimal():
        return int(core.translate(TO_HALFWIDTH))
    total, digit = 0, 0  # a digit counts alone, or times the scale that follows it
    for character in core:
        if character in HAN_SCALES:
            total += (digit or 1) * HAN_SCALES[character]
            digit = 0
        else:
            digit = digit * 10 + HAN_DIGITS.get(character, 0)
    return total + digit
