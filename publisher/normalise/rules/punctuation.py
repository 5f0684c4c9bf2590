"""Chinese punctuation in Chinese sentences, and the year of a document number.

Input: a context. Output: replacements. Sources: GB/T 15834 and GB/T 9704-2012. A mark between two figures, in a
sentence of another language, in an address or in code is not Chinese punctuation and stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.normalise.context import neighbour
from publisher.normalise.divided_figures import line_end_proof
from publisher.normalise.rule import rule
from publisher.reference.transliteration import TRANSLITERATION_CHARACTERS
from publisher.text.characters import HAN, HAN_NUMERALS, SPACES, has_han, is_cjk, is_han
from publisher.text.edits import Replacement
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.normalise.context import Context

FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
"""The Chinese mark for each ASCII one."""

HALF_WIDTH_FORMS = {"｡": "。", "｢": "「", "｣": "」", "､": "、", "･": "·"}
"""Half-width forms (Unicode FF61–FF65) and the ordinary marks."""

_CANDIDATE = re.compile(f"[{re.escape(''.join(FULL_WIDTH) + ''.join(HALF_WIDTH_FORMS))}]")
_LINE_NUMBER = re.compile(
    f"[{SPACES}]*(?:[（(第]?[{HAN_NUMERALS}]+[)）]?|[A-Za-z]|\\d+)[{SPACES}]*$"
)
_DOCUMENT_NUMBER = re.compile(
    f"(?<=[{HAN}])[{SPACES}]*[\\[（(【﹝［〔][{SPACES}]*((?:19|20)\\d\\d)[{SPACES}]*[\\]）)】﹞］〕]"
    f"[{SPACES}]*(?=(?:第[{SPACES}]*)?\\d+[{SPACES}]*[号號])"
)
_YEAR = re.compile(f"[{SPACES}]*(?:19|20)\\d\\d年")
"""A sentence can begin so behind a full stop; the decimals of a figure cannot."""
_END_OF_FIGURE = "%‰℃²³⁰¹⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉°"
_HALF_WIDTH_HABIT = re.compile(f'[{HAN}）)”"%][,;:?!]|[{HAN}][.](?!\\w)')
_RUN_OF_MARKS = ",;:?!"
"""Marks that may stand side by side and are widened together."""
_VERSION = re.compile("[vV][0-9.]*$")
_DASHES = re.compile("[-－–—―─━][-－–—―─━]+")
_DOTS = re.compile(r"\.\.\.+|。。。+|……*|⋯⋯*")
_DOUBLED = re.compile("|".join(f"(?<!{mark}){mark}{mark}(?!{mark})" for mark in "。，、；"))
_HIGH_DOTS = re.compile("[·•‧・][·•‧・]{2,}")
# A pattern that begins with a character or a class is searched many times faster than one that
# begins with a repetition; so the first character is written twice.
_MIDDLE_DOT = re.compile(f"[•‧・･∙⋅](?<=[{HAN}].)(?=[{HAN}])")
_POINT = re.compile(f"(?<=[{HAN}])[.．](?=[{HAN}])")
_HAN_BEFORE = re.compile(f"[{HAN}]*$")
LETTERS_OF_NAMES = 3
"""So many of the four characters around a point are used for foreign names if it is inside one."""
LONGEST_NAME_LINE = 16
"""Characters of the longest line that may be a name with a point and nothing else."""
_LISTED_NAME = re.compile(
    f"(?:^|(?<=[{SPACES}、：:]))[{HAN}]{{2,5}}([.．])[{HAN}]{{2,5}}(?=[{SPACES}、]|$)"
)
"""A name with a point, whole, in a line of names."""
_DAY_OF_MONTH = re.compile(f"[一二三四五六七八九]\\.[{HAN_NUMERALS}](?![是要、{HAN_NUMERALS}])")
"""A point between two numerals, as in 五.四运动; a sentence may begin with 一是 and 二要."""
_NUMBER_BEFORE_POINT = re.compile(f"(?:第?[{HAN_NUMERALS}]+|其[{HAN_NUMERALS}])[.．]")


@rule(
    name="document-number",
    order=120,
    reason="GB/T 9704-2012, 7.2.5: the year of a document number is in hexagonal brackets.",
    evidence="a year in other brackets between Chinese and a number with 号",
    examples=(
        ("新政办发[2017]63号", "新政办发〔2017〕63号"),
        ("国办发（2019）第7号", "国办发〔2019〕第7号"),
    ),
    exceptions="years without a number and 号 behind them",
    unchanged=("见附录[2017]",),
)
def bracket_document_year(context: Context) -> Iterator[Replacement]:
    """Put the year of a document number in hexagonal brackets."""
    for match in _DOCUMENT_NUMBER.finditer(context.string):
        yield Replacement(
            start=match.start(),
            end=match.end(),
            after=f"〔{match[1]}〕",
            reason="the year of a document number is in hexagonal brackets",
        )


@rule(
    name="names-with-points",
    order=125,
    reason="GB/T 15834, 4.14: the parts of a transliterated name are parted by an interpunct.",
    evidence="a point between Chinese characters of which both sides are used to write foreign names",
    examples=(("阿卜力孜.买买提同志任副主任。", "阿卜力孜·买买提同志任副主任。"),),
    exceptions="a point between other characters, which may be a full stop",
    unchanged=("工作已完成.下一步开展验收。", "一.概述"),
)
def point_to_interpunct(context: Context) -> Iterator[Replacement]:
    """Write an interpunct between the parts of a transliterated name."""
    if "." not in context.string and "．" not in context.string:
        return
    points = {
        match.start(): True
        for match in _POINT.finditer(context.string)
        if _letters_of_names(context.string, match.start()) >= LETTERS_OF_NAMES
    }
    for line in context.lines:
        if line.form in ("short", "field", "table-row"):
            for name in _LISTED_NAME.finditer(line.string):
                offset = line.start + name.start(1)
                is_proved = _letters_of_names(context.string, offset) * 2 >= LETTERS_OF_NAMES
                if not _NUMBER_BEFORE_POINT.match(name[0]):
                    points.setdefault(offset, is_proved)
    for offset, is_proved in sorted(points.items()):
        if context.may_change(offset):
            yield Replacement(
                start=offset,
                end=offset + 1,
                after="·",
                reason="the parts of a name are parted by an interpunct",
                certain=is_proved,
            )


def _letters_of_names(string: str, offset: int) -> int:
    """Return how many of the two characters on either side of a point are used for foreign names."""
    before, after = _HAN_BEFORE.search(string[offset - 2 : offset]), string[offset + 1 : offset + 3]
    around = to_simplified((before[0] if before else "") + (after if has_han(after) else ""))
    return sum(character in TRANSLITERATION_CHARACTERS for character in around)


@rule(
    name="punctuation",
    order=140,
    reason="GB/T 15834: the punctuation of Chinese text is full width; crawling often makes it ASCII.",
    evidence=(
        "a half-width mark in a Chinese sentence beside a Chinese character or behind a percentage; a point "
        "behind a figure at the end of a line whose other marks are half-width as well"
    ),
    examples=(
        ("2017年,哈密市", "2017年，哈密市"),
        ("受理申请72件.", "受理申请72件。"),
        ("分值权重4%,强化问责", "分值权重4%，强化问责"),
        ("投资12.5亿元.2017年为10亿元", "投资12.5亿元。2017年为10亿元"),
        ("微信公众号（ID:qinghe）", "微信公众号（ID：qinghe）"),
    ),
    exceptions=(
        "marks between figures, in sentences of another language, in addresses and in code; the mark behind "
        "the number of a line"
    ),
    unchanged=(
        "减免1,548.7亿元",
        "时间为8:30至17:00",
        "Hello, world: yes",
        "一.概述",
        'The term "三农" (农业, 农村, 农民) is a short form.',
        "系统升级至v3.0.",
    ),
)
def widen_punctuation(context: Context) -> Iterator[Replacement]:
    """Make punctuation marks full width in Chinese sentences."""
    string = context.string
    for match in _CANDIDATE.finditer(string):
        mark, offset = match[0], match.start()
        if context.protected.covers(offset):
            continue
        certain = True
        if mark in HALF_WIDTH_FORMS:
            after = HALF_WIDTH_FORMS[mark]
        elif context.is_chinese(offset) and _is_chinese_mark(context, offset):
            after = FULL_WIDTH[mark]
            certain = not (_is_latin_comma(string, offset) or _is_inside_name(context, offset))
        else:
            continue
        yield Replacement(
            start=offset,
            end=offset + 1,
            after=after,
            reason="punctuation in Chinese text is full width",
            certain=certain,
        )


def _is_chinese_mark(context: Context, offset: int) -> bool:
    """Return whether the mark at ``offset`` of a Chinese sentence is one of Chinese punctuation."""
    string = context.string
    mark = string[offset]
    left, right = _character_beside(string, offset, -1), _character_beside(string, offset, 1)
    if mark == ".":
        return _is_full_stop(context, offset, left, right)
    is_latin = left.isascii() and left.isalpha()
    if context.habits.is_bilingual and is_latin:
        return False
    if is_cjk(left) or is_cjk(right):
        return True
    if not left or not has_han(context.line_at(offset).string):
        return False
    if mark == ":" and left.isalpha():
        return right.isalnum() and _is_in_wide_brackets(context, offset)
    ends_line = left.isdigit() and not right and not _divides_figure(context, offset)
    return left in f"{_END_OF_FIGURE})" or mark == ";" or ends_line


def _divides_figure(context: Context, offset: int) -> bool:
    """Return whether a comma at the end of a line may be between the thousands of a figure that goes on in the next line."""
    line = context.line_at(offset)
    following = context.line_at(min(line.end + 1, len(context.string)))
    return line_end_proof(line.string.rstrip(), following.string.lstrip()) is not None


def _character_beside(string: str, offset: int, step: int) -> str:
    """Return the nearest character of the line that is neither a space nor another half-width mark."""
    while (character := neighbour(string, offset, step)) and character in _RUN_OF_MARKS:
        offset += step
    return character


def _is_latin_comma(string: str, offset: int) -> bool:
    """Return whether a comma and a space follow a Latin word, as in “Hello, 清河”."""
    if string[offset] != "," or string[offset + 1 : offset + 2] != " ":
        return False
    word = re.search("[A-Za-z]+$", string[max(0, offset - 24) : offset])
    return bool(word) and not re.search(
        f"\\d[{SPACES}]?[A-Za-z]+$", string[max(0, offset - 24) : offset]
    )


def _is_inside_name(context: Context, offset: int) -> bool:
    """Return whether a point may part two words of a line without sentences: 松河.青禾公路."""
    if context.string[offset] != "." or not _POINT.match(context.string, offset):
        return False
    line = context.line_at(offset)
    return line.form == "short" and len(line.string.strip()) <= LONGEST_NAME_LINE


def _is_in_wide_brackets(context: Context, offset: int) -> bool:
    """Return whether full-width brackets hold an offset of their line."""
    line = context.line_at(offset)
    before = line.string[: offset - line.start]
    return before.rfind("（") > before.rfind("）") and "）" in line.string[offset - line.start :]


def _is_full_stop(context: Context, offset: int, left: str, right: str) -> bool:
    """Return whether a point ends a Chinese sentence, not part of a figure, a number or a word."""
    string = context.string
    is_inside = "." in (string[offset - 1 : offset], right) or _DAY_OF_MONTH.match(
        string, offset - 1
    )
    if is_inside or not left:
        return False
    line = context.line_at(offset)
    if is_cjk(left):
        following = string[offset + 1 : offset + 2]
        is_end = not right.isalnum() or is_han(right) or following.isspace()
        is_end = is_end or bool(_YEAR.match(string, offset + 1))
        return is_end and not _ends_line_number(string, offset)
    if not has_han(line.string):
        return False
    if left in _END_OF_FIGURE:
        return not right or is_han(right)
    if right or not (left.isalnum() or left == ")"):
        return False
    before = string[line.start : offset]
    return not _VERSION.search(before) and bool(_HALF_WIDTH_HABIT.search(before))


def _ends_line_number(string: str, offset: int) -> bool:
    """Return whether the mark closes the number of a line: 一. or （一）."""
    start = string.rfind("\n", max(0, offset - 16), offset) + 1
    return (start > 0 or offset <= 16) and bool(_LINE_NUMBER.match(string[start:offset]))


@rule(
    name="dashes-and-dots",
    order=160,
    reason="GB/T 15834: a dash and an ellipsis are two em wide; typists write them in many other forms.",
    evidence=(
        "two or more dashes, or three or more dots, beside a Chinese character of a Chinese sentence; three or more "
        "Chinese full stops elsewhere are proposed"
    ),
    examples=(
        ("两减一控--减化肥", "两减一控——减化肥"),
        ("等等...", "等等……"),
        ("完成12。。。", "完成12……"),
        ("艾山•买买提", "艾山·买买提"),
    ),
    exceptions=(
        "single dashes; dashes and dots with no Chinese beside them, and leader dots before a number; hyphens that "
        "stand for a missing figure, with no Chinese or with a gap beside them; "
        "other languages, addresses and code"
    ),
    unchanged=("15—20个", "wait... what", "一、概述......3", "氨氮（%）--〔10〕", "合计 -- 12"),
)
def unify_dashes_and_dots(context: Context) -> Iterator[Replacement]:
    """Make dashes and ellipses two em wide, and all middle dots the same character."""
    string = context.string
    matches = [(match, "——", "a dash is two em wide") for match in _DASHES.finditer(string)] + [
        (match, "……", "an ellipsis is two em wide")
        for dots in (_DOTS, _HIGH_DOTS)
        for match in dots.finditer(string)
        if not _is_leader(string, match)
    ]
    matches += [
        (match, "·", "the middle dot between names is U+00B7")
        for match in _MIDDLE_DOT.finditer(string)
        if match[0] != "‧" or not context.habits.is_traditional
    ]
    for match, after, reason in sorted(matches, key=lambda item: item[0].start()):
        adjacent = neighbour(string, match.start(), -1) + neighbour(string, match.end() - 1, 1)
        if _is_missing_figure(string, match):
            continue
        if any(map(is_cjk, adjacent)) and context.may_change(match.start()):
            yield Replacement(start=match.start(), end=match.end(), after=after, reason=reason)
        elif match[0][0] == "。" and not context.protected.covers(match.start()):
            yield Replacement(
                start=match.start(), end=match.end(), after=after, reason=reason, certain=False
            )


@rule(
    name="doubled-marks",
    order=161,
    reason="GB/T 15834 has no mark of two full stops or two commas: the second is a slip of the keyboard.",
    evidence="the same mark twice, side by side; it is proposed only",
    examples=(("全部办结。。", "全部办结。"), ("收到12件，，办结12件。", "收到12件，办结12件。")),
    exceptions="three or more, of which stops are an ellipsis; exclamation and question marks; addresses and code",
    unchanged=("真的！！", "等……", "见`a。。b`"),
)
def propose_one_mark(context: Context) -> Iterator[Replacement]:
    """Propose one mark where the same mark is there twice."""
    for match in _DOUBLED.finditer(context.string):
        if not context.protected.covers(match.start()):
            yield Replacement(
                start=match.start(),
                end=match.end(),
                after=match[0][0],
                reason="the same mark is there twice",
                certain=False,
            )


_PAGE_NUMBER = re.compile(
    f"[{SPACES}]*[-—－]?[{SPACES}]*\\d{{1,4}}(?:/\\d{{2,4}})?[{SPACES}]*[-—－]?[{SPACES}]*(?:\n|$)"
)
LONGEST_ELLIPSIS = 6
"""More points than these lead to a number, which may be in the next line."""


def _is_missing_figure(string: str, match: re.Match[str]) -> bool:
    """Return whether hyphens stand where a figure is missing, as in a table: 合计 -- 12."""
    if match[0].strip("-"):
        return False
    left, right = string[match.start() - 1 : match.start()], string[match.end() : match.end() + 1]
    left, right = ("" if match.start() == 0 else left).strip("\n"), right.strip("\n")
    if left.isspace() or right.isspace():
        both = neighbour(string, match.start(), -1), neighbour(string, match.end() - 1, 1)
        return "\t" in (left, right) or not all(map(is_han, both))
    return not (is_han(left) or is_han(right)) or not right


def _is_leader(string: str, match: re.Match[str]) -> bool:
    """Return whether dots lead to the page number of a contents line."""
    if len(match[0]) > LONGEST_ELLIPSIS and match[0].startswith("."):
        return True
    return bool(_PAGE_NUMBER.match(string, match.end())) and (
        len(match[0]) > 3 or string[match.end() : match.end() + 1].isdigit()
    )
