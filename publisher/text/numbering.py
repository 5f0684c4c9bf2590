"""Numbers at the start of a line, and whether the line is a heading (GB/T 9704-2012, 7.3.3).

Input: a line. Output: its number with style, value and level. The levels are 一、 （一） 1. （1） ①.
Offices also write 1、 for 1., 第一部分 for 一、, half-width brackets or one of them, and digits of either width;
``NUMBERING_STYLES`` lists every form with its level, in the order in which offices nest them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from publisher.text.characters import (
    HAN,
    HAN_DIGITS,
    HAN_NUMERALS,
    HAN_SCALES,
    TO_HALFWIDTH,
)

_NUMERAL = f"[{HAN_NUMERALS}]{{1,3}}"
_FORMAL_NUMERALS = "壹贰叁肆伍陆柒捌玖拾貳參陸"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
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
    """That of GB/T 9704-2012, 7.3.3, from 1; styles that it does not have count as the level they are used for."""
    pattern: re.Pattern[str]
    """Matches at the start of a line; group ``number`` is the number as printed."""
    is_chapter: bool = False
    """Whether it numbers parts, chapters or sections, whose numbers may run on over those above them."""


NUMBERING_STYLES = (
    NumberingStyle(
        name="stem",
        level=1,
        pattern=re.compile(f"(?P<number>[{_STEMS}])、(?![{_STEMS}]、)"),
    ),
    NumberingStyle(
        name="part",
        level=1,
        pattern=re.compile(
            f"(?P<number>第(?:{_NUMERAL}|\\d{{1,2}})(?:部分|部份|编|編|篇)|Part [IVX0-9]{{1,4}}\\b)(?!程)[、，：:.\u3000 ]*"
        ),
        is_chapter=True,
    ),
    NumberingStyle(
        name="chapter",
        level=1,
        pattern=re.compile(
            f"(?P<number>第(?:{_NUMERAL}|\\d{{1,2}})章|Chapter [IVX0-9]{{1,4}}\\b)(?!程|节|節)[、，：:.\u3000 ]*"
        ),
        is_chapter=True,
    ),
    NumberingStyle(
        name="formal",
        level=1,
        pattern=re.compile(f"(?P<number>[{_FORMAL_NUMERALS}]{{1,3}})[、．.]"),
    ),
    NumberingStyle(
        name="roman",
        level=1,
        pattern=re.compile(
            "(?P<number>(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})|[Ⅰ-Ⅻ])(?:[.．、]\\s*|(?<=[Ⅰ-Ⅻ])\\s+)(?=\\S)"
        ),
    ),
    NumberingStyle(
        name="section",
        level=2,
        pattern=re.compile(f"(?P<number>第{_NUMERAL}[节節])[、，：:\u3000 ]*"),
        is_chapter=True,
    ),
    NumberingStyle(
        name="comma",
        level=1,
        pattern=re.compile(
            f"(?P<number>{_NUMERAL})(?!{_COUNTED_PAIRS})[、．.](?!{_NUMERAL}[、．.产是多余])"
        ),
    ),
    NumberingStyle(
        name="article",
        level=3,
        pattern=re.compile(
            f"(?P<number>第(?:{_NUMERAL}|[{HAN_NUMERALS}]{{4,5}})[条條])(?![款项例])[\u3000 ]*"
        ),
    ),
    NumberingStyle(
        name="bracket",
        level=2,
        pattern=re.compile(
            f"(?P<number>[（(]?{_NUMERAL}[）)])(?![、．.和至到及与與—-]?[（(]?{_NUMERAL}[）)])[、．.]?"
        ),
    ),
    NumberingStyle(
        name="letter",
        level=2,
        pattern=re.compile(
            "(?P<number>[A-H])[.．、]\\s*(?=[^\\s.A-Z]|[A-Z][a-z])(?![a-z]{1,3}[.)])"
        ),
    ),
    NumberingStyle(
        name="point",
        level=3,
        pattern=re.compile(r"(?P<number>[0-9０-９]{1,3})[.．、](?![0-9０-９])"),
    ),
    NumberingStyle(
        name="figure-bracket",
        level=4,
        pattern=re.compile(r"(?P<number>[（(][0-9０-９]{1,2}[）)]|[0-9]{1,2}[）)])[、．.]?"),
    ),
    NumberingStyle(
        name="roman-bracket",
        level=5,
        pattern=re.compile("(?P<number>[（(]?(?=[ivx])x{0,2}(?:ix|iv|v?i{0,3})[）)])\\s*(?=\\S)"),
    ),
    NumberingStyle(
        name="letter-bracket",
        level=5,
        pattern=re.compile("(?P<number>[（(]?[a-h][）)])\\s*(?=\\S)"),
    ),
    NumberingStyle(
        name="circle", level=5, pattern=re.compile("(?P<number>[①-⑳])(?![、和至]?[①-⑳])[、．.）)]?")
    ),
)

_DECIMAL_PART = "[0-9０-９]{1,2}"
DECIMAL = re.compile(
    f"(?P<number>{_DECIMAL_PART}(?:[.．]{_DECIMAL_PART}){{0,4}})"
    f"(?:[.．、\u3000 \\t]+(?=[{HAN}“《（A-Za-z])|(?=[{HAN}“《])(?![年月日时点级至]))"
)
"""1, 1.1, 1.1.1: headings only in a report that numbers its parts so."""
MOST_DECIMAL_PARTS = 5
DECIMAL_STYLES = tuple(
    NumberingStyle(name=f"decimal-{depth}", level=depth, pattern=DECIMAL)
    for depth in range(1, MOST_DECIMAL_PARTS + 1)
)
ORDINAL_STYLE = NumberingStyle(
    name="ordinal", level=1, pattern=re.compile(f"(?P<number>第{_NUMERAL})[、，]")
)
"""第一、 is a heading only in a report that has no 一、."""

_CHAPTERS = tuple(style for style in NUMBERING_STYLES if style.is_chapter)
_OTHERS = tuple(style for style in NUMBERING_STYLES if not style.is_chapter)
USUAL_POSITIONS = {
    style.name: position
    for position, style in enumerate((ORDINAL_STYLE, *_CHAPTERS, *DECIMAL_STYLES, *_OTHERS))
}
"""The place of each style in the usual nesting: decimals are inside chapters and outside all others."""
FIRST_LEVEL = frozenset(
    style.name for style in (*NUMBERING_STYLES, DECIMAL_STYLES[0]) if style.level == 1
)
"""The styles that number the first level; 第一、 does only where there is none of them."""

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


def read_number(
    line: str, styles: tuple[NumberingStyle, ...] = NUMBERING_STYLES
) -> LineNumber | None:
    """Return the number with which a line begins, or ``None``."""
    for style in styles:
        match = style.pattern.match(line)
        if match and match.end() < len(line):
            return line_number(line, style, match["number"], match.end())
    return None


def line_number(line: str, style: NumberingStyle, number: str, start: int) -> LineNumber:
    """Return the number of a line, whose words begin at ``start``."""
    kind, end = _classify(line, start)
    return LineNumber(
        style=style,
        number=number.translate(TO_HALFWIDTH),
        value=number_value(number),
        start=start,
        kind=kind,
        title_end=end,
    )


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
    """Return the value of a number as printed: 十二 is 12, （3） is 3, ④ is 4, 1.2 is 2, IV is 4, 丙 is 3."""
    core = re.split("[.．]", number.strip("（）()").removeprefix("第"))[-1]
    core = re.sub(
        "^(?:Part|Chapter) ", "", re.sub("(?:部分|部份|章|节|節|编|編|篇|条|條)$", "", core)
    )
    for characters in _SEQUENCES:
        if core in characters:
            return characters.index(core) + 1
    if core.translate(TO_HALFWIDTH).isdecimal():
        return int(core.translate(TO_HALFWIDTH))
    if re.fullmatch("[IVXivx]+", core):
        return _roman_value(core)
    return _character_value(core.translate(_FORMAL_TO_USUAL))


def _character_value(core: str) -> int:
    """Return the value of a numeral in characters."""
    total, digit = 0, 0  # a digit counts alone, or times the scale that follows it
    for character in core:
        if character in HAN_SCALES:
            total += (digit or 1) * HAN_SCALES[character]
            digit = 0
        else:
            digit = digit * 10 + HAN_DIGITS.get(character, 0)
    return total + digit


_SEQUENCES = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
    _STEMS,
    "ABCDEFGH",
    "abcdefgh",
)
"""Characters that number as they stand; of letters, those that are no Roman numerals."""
_FORMAL_TO_USUAL = str.maketrans(_FORMAL_NUMERALS, "一二三四五六七八九十二三六")


def _roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral up to XXXIX."""
    values = [_ROMAN_VALUES[character] for character in numeral.lower()]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
