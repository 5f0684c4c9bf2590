"""What a gap between two characters of a line means: layout, a gap that a writer made, or the blank of a form.

Input: a line and its context. Output: for each gap what stands there afterwards, with the reason. The evidence is
the width of the gap, the form of the line (running text or a line of names and fields), the clause that holds the gap
and the length of the words in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from publisher.normalise.field_gaps import (
    MEASURE,
    are_enumerated,
    are_parallel,
    ends_latin_phrase,
    is_behind_closing_mark,
    is_field_gap,
)
from publisher.normalise.form_blanks import (
    BLANK_UNITS,
    NARROWEST_BLANK,
    WIDEST_LAYOUT,
    are_labels,
    blank_of,
    gap_width,
    is_form_blank,
    leading_blank,
)
from publisher.reference.spaced_words import OFFICE_ENDINGS, SPACED_WORDS
from publisher.text.characters import HAN, HAN_NUMERALS, SPACES, is_cjk, is_han

if TYPE_CHECKING:
    from publisher.normalise.context import Context, Line

GAP = re.compile(f"[{SPACES}][{SPACES}]*")
_ORDINAL = (
    f"第[{SPACES}]?[{HAN_NUMERALS}\\d](?:[{SPACES}]?[{HAN_NUMERALS}\\d]){{0,8}}(?:[-－之]\\d{{1,2}})?"
    f"[{SPACES}]?(?:部分|[章节節编編篇条條款项項])"
)
_LABEL = re.compile(
    f"[{SPACES}]*(?:{_ORDINAL}|(?:附?[表图圖]|附件|专栏|專欄)[{SPACES}]?"
    f"(?:\\d{{1,2}}(?:[-－—.．]\\d{{1,2}}){{0,2}}|[{HAN_NUMERALS}]{{1,3}})"
    "|(?:\\d{1,2}|[A-Z])(?:\\.\\d{1,2}){1,3})"
)
"""The number of a chapter, an article, a table, a figure, an annex or a decimal heading."""
_SPACED_ORDINAL = re.compile(f"[{SPACES}]*{_ORDINAL}(?=[{SPACES}]|$)")
"""The number of a chapter or an article, whose characters may stand apart: 第 八 章."""
_FIGURE = re.compile(f"[{SPACES}]*\\d{{1,2}}(?:\\.\\d{{1,2}})?")
_NAME_AND_TITLE = re.compile(
    f"[{HAN}]{{1,2}}(?:等?(?:同志|先生|女士|小姐|博士|教授|老[师師]|[议議][员員])|等)"
)
"""The end of a name, behind the gap in it: 周 宁同志."""
_WHOLE_NUMBER = re.compile("\\d{1,2}")
_HEADING_NUMBER = re.compile(
    f"[{SPACES}]*(?:[{HAN_NUMERALS}]{{1,3}}[、．.]|第[{HAN_NUMERALS}\\d]{{1,4}}(?:部分|[章节節编編篇])"
    f"|[(（][{HAN_NUMERALS}]{{1,3}}[)）])[{SPACES}]*"
)
_CLAUSE_MARK = "，。；：！？、,;:!?（）()“”‘’《》〈〉「」『』【】\\[\\]\t|｜"
_CLAUSE = re.compile(f"[^{_CLAUSE_MARK}]+")
_QUOTED = re.compile("[“「『][^“”「」『』\n]*[”」』]")
_BOXES = "□☐☑☒■√×○●◯"
LONGEST_OFFICE = 16
"""So many characters before a gap show whether an office stands there."""
_OFFICE = re.compile(f"(?:{OFFICE_ENDINGS})$")
_DOCUMENT_NUMBER = re.compile(
    f"[{SPACES}]*(?!(?:特急|加急|平急|特提|急件|绝密|絕密|机密|機密|秘密)[{SPACES}])[{HAN}][{HAN}{SPACES}]{{1,16}}[〔\\[［（(][{SPACES}]*\\d{{4}}[{SPACES}]*[〕\\]］）)][{SPACES}\\d第]+[号號][{SPACES}]*"
)
"""A line that is a document number: no part of it has a gap; 加急 before it in its line is none of its parts."""
_COUNTED = "章节節条條款项項届屆次年月日号號"
"""What a numeral counts: a gap between the two is never meant."""
_COLONS = ("：", ":")
_HAN_DATE = re.compile(
    f"[〇○零一二三四五六七八九]{{4}}[{SPACES}]*年[{SPACES}]*[一二三四五六七八九十]{{1,3}}[{SPACES}]*月[{SPACES}]*[一二三四五六七八九十]{{1,3}}[{SPACES}]*日"
)
"""A day in characters, which may stand apart: 二〇二四 年 三 月 五 日."""
_OPERATORS = "><=＞＜＝≥≤+×÷"
_FIGURE_AND_WORD = re.compile("[0-9][0-9.,]* [A-Za-z]")
_SENTENCE_MARKS = "，。、；：！？"
LONGEST_NAME = 4
"""Characters of the longest personal name without an interpunct."""
LETTERS_OF_A_LINE = 4
"""So many characters that all stand apart are letter-spacing, not names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapVerdict:
    """What replaces a gap."""

    after: str
    reason: str
    certain: bool = True


_LAYOUT = GapVerdict(after="", reason="a space at the edge of a line is layout")
_CELLS = GapVerdict(after="\t", reason="a tab separates two cells")
_BESIDE_HAN = GapVerdict(after="", reason="Chinese sentences have no spaces")
_LETTER_SPACING = GapVerdict(after="", reason="the letters of a heading are spaced")
_MEANT = GapVerdict(after="\u3000", reason="a gap that a writer made is one ideographic space")
_FIGURES = GapVerdict(after="\u3000", reason="a gap between two figures is one ideographic space")
_LATIN = GapVerdict(after=" ", reason="a space between Latin words is one ordinary space")
_MAYBE_WORDS = GapVerdict(
    after="", reason="the gap may be left by layout, or part two words", certain=False
)


@dataclass(frozen=True)
class _Clause:
    """The words of a clause, parted by gaps; what they are is found once for all its gaps."""

    words: list[str]

    @cached_property
    def are_letters(self) -> bool:
        return all(len(word) == 1 for word in self.words)

    @cached_property
    def are_names(self) -> bool:
        return all(1 < len(word) <= LONGEST_NAME for word in self.words)

    @cached_property
    def are_parallel(self) -> bool:
        return are_parallel(self.words)


class LineGaps:
    """Judges the gaps of one line."""

    def __init__(self, context: Context, line: Line, *, is_row: bool = False) -> None:
        """Initialise with the line, the context that holds it, and whether it is a row of cells between gaps."""
        self._is_row = is_row
        self._context = context
        self._line = line
        self._string = line.string

    @cached_property
    def _is_running_text(self) -> bool:
        return self._line.form == "body" or (
            self._line.form == "numbered" and bool(re.search("[。；，]", self._string))
        )

    @cached_property
    def _has_labels(self) -> bool:
        """Whether the line has the labels of fields, with their blanks between them."""
        return are_labels(self._string)

    @cached_property
    def _letter_spaced(self) -> tuple[int, int]:
        """The part of the line whose characters all stand apart; it ends before it starts if there is none."""
        number = _HEADING_NUMBER.match(self._string) or _SPACED_ORDINAL.match(self._string)
        start = number.end() if number else 0
        start += len(self._string[start:]) - len(self._string[start:].lstrip(SPACES))
        words = GAP.split(self._string[start:].strip(SPACES))
        if len(words) < 2 or any(len(word) != 1 or not is_han(word) for word in words):
            return 1, 0
        if self._has_labels:
            return 1, 0
        is_heading = bool(number) or "".join(words) in SPACED_WORDS
        if not is_heading and are_enumerated(words):
            return 1, 0
        return (
            (start, len(self._string)) if is_heading or len(words) >= LETTERS_OF_A_LINE else (0, 0)
        )

    def judge(self, start: int, end: int) -> GapVerdict | None:
        """Return what replaces the gap between two offsets of the line; ``None`` if it stays as it is."""
        string = self._string
        if start == 0 or end == len(string):
            return None if start == 0 and leading_blank(string) else _LAYOUT
        if "\t" in string[start:end]:
            return _CELLS
        if not self._context.is_chinese(self._line.start + start):
            return None
        if by_line := self._judge_line(start, end):
            return by_line
        is_beside_hyphens = "--" in (self._string[start - 2 : start], self._string[end : end + 2])
        if is_beside_hyphens or self._is_beside_address(start, end):
            return None
        return self._judge_words(start, end)

    def _judge_line(self, start: int, end: int) -> GapVerdict | None:
        """Judge a gap by its line: letter-spacing, or a row of cells; ``None`` if the words beside the gap decide."""
        first, last = self._letter_spaced
        if first <= start < last:
            return _LETTER_SPACING
        neighbours = self._string[start - 1], self._string[end]
        return _MEANT if self._is_row and any(map(is_cjk, neighbours)) else None

    def _is_beside_address(self, start: int, end: int) -> bool:
        """Return whether the gap ends an address, to which the next word would seem to belong."""
        covers, offset = self._context.protected.covers, self._line.start
        return is_han(self._string[end]) and any(
            covers(offset + before) for before in (start - 1, start - 2) if before >= 0
        )

    def _judge_words(self, start: int, end: int) -> GapVerdict | None:
        """Judge a gap inside a line of Chinese."""
        gap, left, right = self._string[start:end], self._string[start - 1], self._string[end]
        ordinal = _SPACED_ORDINAL.match(self._string)
        is_in_date = any(first < start < last for first, last in self._dates)
        is_in_ordinal = bool(ordinal and start < ordinal.end())
        if is_in_date or is_in_ordinal or _DOCUMENT_NUMBER.fullmatch(self._string):
            return _BESIDE_HAN
        is_blank = is_form_blank(self._string, start, end, is_running_text=self._is_running_text)
        if is_blank or self._has_labels:  # a narrow gap is inside a label: 姓  名
            is_wide = is_blank or gap_width(gap) >= NARROWEST_BLANK
            return _blank(gap) if is_wide else None
        is_field = is_field_gap(self._string, start, end, is_running_text=self._is_running_text)
        if is_field or self._ends_label(start, right):
            return _MEANT
        if is_han(left) and is_han(right):
            return self._between_han(start, end)
        is_latin_mark = left in (",", ":") and _is_latin(self._string[start - 2 : start - 1])
        ends_latin = is_han(right) and not self._is_running_text
        ends_latin = ends_latin and ends_latin_phrase(self._string, start)
        if is_latin_mark or ends_latin or self._is_around_operator(start, end):
            return None
        return self._beside_other(start, end)

    def _is_wide(self, gap: str) -> bool:
        return len(gap) > 1 or gap == "\u3000"

    def _ends_label(self, start: int, right: str) -> bool:
        """Return whether the gap follows the number of an article or a table: 第一条 为了."""
        if right in _SENTENCE_MARKS:
            return False
        is_wide = self._string[start] == "\u3000"
        is_number = (is_wide or not self._is_running_text) and is_han(right)
        is_number = is_number and right not in BLANK_UNITS
        if _FIGURE.fullmatch(self._string, 0, start) and MEASURE.match(self._string, start + 1):
            return False
        return bool(
            _LABEL.fullmatch(self._string, 0, start)
            or (is_number and _WHOLE_NUMBER.fullmatch(self._string, 0, start))
        )

    def _between_han(self, start: int, end: int) -> GapVerdict | None:
        gap = self._string[start:end]
        clause = self._clause_at(start)
        words = clause.words
        if len(words) >= LETTERS_OF_A_LINE and clause.are_letters and gap != "\u3000":
            return _MEANT if are_enumerated(words) else _LETTER_SPACING
        if (
            clause.are_letters
            and self._string[self._string.find(words[-1], end) + 1 :][:1] in _COLONS
        ):
            return None  # the label of a field: 联 系 人：
        may_be_name = self._is_between_letters(start, end)
        if self._is_wide(gap) and (
            "\u3000" in gap or len(gap) >= WIDEST_LAYOUT or not self._is_running_text or may_be_name
        ):
            return _MEANT
        if self._string[start - 1] in HAN_NUMERALS and self._string[end] in _COUNTED:
            return _BESIDE_HAN
        is_meant = (
            not self._is_running_text
            or (clause.are_names and len(words) > 2)
            or (may_be_name and len(words) == 2 and len("".join(words)) == 2)
            or self._is_slogan(start)
            or self._follows_office(start)
        )
        if is_meant:
            return _MEANT
        is_doubtful = "\xa0" not in gap and (
            (clause.are_names and len(words) == 2)
            or clause.are_parallel
            or bool(_NAME_AND_TITLE.match(self._string, end))
        )
        return _MAYBE_WORDS if is_doubtful else _BESIDE_HAN

    def _is_between_letters(self, start: int, end: int) -> bool:
        """Return whether a character alone is beside the gap: 麦 冬, 负责人费 逸."""
        before, after = (
            self._string[max(0, start - LONGEST_OFFICE) : start],
            self._string[end : end + 2],
        )
        is_last = not is_han(after[1:2])
        is_first = not is_han(before[-2:-1]) or bool(_OFFICE.search(before[:-1]))
        return is_first or is_last

    @cached_property
    def _clauses(self) -> tuple[list[int], list[_Clause]]:
        """Where each clause begins, and its words."""
        matches = list(_CLAUSE.finditer(self._string))
        clauses = [_Clause(GAP.split(match[0].strip(SPACES))) for match in matches]
        return [match.start() for match in matches], clauses

    def _clause_at(self, offset: int) -> _Clause:
        """Return the clause that holds a gap between two ideographs."""
        starts, clauses = self._clauses
        return clauses[bisect_right(starts, offset) - 1]

    def _is_slogan(self, offset: int) -> bool:
        """Return whether the gap parts two phrases in quotation marks: “好水青山 好客清河”."""
        return any(start < offset < end for start, end in self._slogans)

    @cached_property
    def _slogans(self) -> list[tuple[int, int]]:
        return [
            quoted.span()
            for quoted in _QUOTED.finditer(self._string)
            if all(len(word) > 1 for word in GAP.split(quoted[0][1:-1].strip(SPACES)))
        ]

    @cached_property
    def _dates(self) -> list[tuple[int, int]]:
        return [date.span() for date in _HAN_DATE.finditer(self._string)]

    def _follows_office(self, offset: int) -> bool:
        """Return whether the gap parts an office from a name, or is inside the name: 市长 林 舟."""
        before = self._string[max(0, offset - LONGEST_OFFICE) : offset]
        is_inside_name = is_han(before[-1:]) and before[-2:-1] in SPACES and len(before) > 2
        return bool(
            _OFFICE.search(before)
            or (is_inside_name and _OFFICE.search(before[:-1].rstrip(SPACES)))
        )

    def _is_around_operator(self, start: int, end: int) -> bool:
        """Return whether the gap is beside an operator with gaps on both sides: 臭氧 > 颗粒物."""
        if self._string[start - 1] not in _OPERATORS and self._string[end] not in _OPERATORS:
            return False
        operator = start - 1 if self._string[start - 1] in _OPERATORS else end
        around = self._string[operator - 1 : operator] + self._string[operator + 1 : operator + 2]
        return len(around) == 2 and not around.strip()

    def _begins_latin(self, offset: int) -> bool:
        """Return whether a figure with a Latin word begins at an offset: 万吨 10,000 tons."""
        return not self._is_running_text and bool(_FIGURE_AND_WORD.match(self._string, offset))

    def _beside_other(self, start: int, end: int) -> GapVerdict | None:
        """Judge a gap that has a mark, a figure or a Latin letter on one side at least."""
        gap, left, right = self._string[start:end], self._string[start - 1], self._string[end]
        is_wide = self._is_wide(gap)
        if left in _SENTENCE_MARKS or right in _SENTENCE_MARKS:
            return _BESIDE_HAN
        if _is_latin(left) and _is_latin(right):
            return _LATIN
        is_kept = "\u3000" in gap or not self._is_running_text or len(gap) >= WIDEST_LAYOUT
        is_meant = is_wide and is_kept and left not in "）、"
        if right in _BOXES or (left in _BOXES and is_wide) or is_meant:
            return _MEANT
        if not (is_cjk(left) or is_cjk(right)):
            return _FIGURES if left.isdigit() and right.isdigit() and is_wide else _LATIN
        if not self._is_running_text and is_behind_closing_mark(self._string, start, end):
            return _MAYBE_WORDS
        is_latin = _is_latin(left) or _is_latin(right) or self._begins_latin(end)
        return None if self._context.habits.is_bilingual and is_latin else _BESIDE_HAN


def _blank(gap: str) -> GapVerdict | None:
    """Return ideographic spaces of the same width; ``None`` if the gap has them."""
    after = blank_of(gap)
    if after == gap:
        return None
    return GapVerdict(after=after, reason="the blank of a form keeps its width")


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
