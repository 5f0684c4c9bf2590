"""What a line around a table or a picture is, by its form: caption, unit, source, note.

Input: a line. Output: its form. ``surrounding_lines`` decides to which table or picture the lines belong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from publisher.reference.caption_words import (
    BOX_WORDS,
    CONTINUED,
    ENGLISH_FIGURE_WORDS,
    ENGLISH_NOTE_LABELS,
    ENGLISH_PREDICATE_WORDS,
    ENGLISH_SENTENCE_VERBS,
    ENGLISH_SOURCE_LABELS,
    ENGLISH_TABLE_WORDS,
    FIELD_LABELS,
    FIGURE_WORDS,
    LEAD_IN_PATTERNS,
    LONE_NOTE_LABELS,
    NOTE_LABELS,
    NOTE_MARKS,
    PREDICATE_PATTERNS,
    SENTENCE_VERBS,
    SOURCE_LABELS,
    TABLE_WORDS,
    UNIT_LABELS,
)
from publisher.reference.heading_words import is_heading_word
from publisher.reference.offices import OFFICE_ENDINGS
from publisher.reference.unit_lines import unit_statement
from publisher.reference.units import is_unit
from publisher.text.characters import HAN, has_han
from publisher.text.dates import date_in
from publisher.text.numbering import read_number
from publisher.text.simplified import to_simplified

LONGEST_CAPTION = 60
"""Characters of the longest line that is taken for a caption; twice as many without Chinese characters."""
LONGEST_TITLE = 40
"""Characters of the longest line without a number that is taken for a caption."""
LONGEST_NOTE = 399
"""Characters of the longest line that is taken for a note."""

_NUMBER = (
    "(?P<number>(?:[A-Za-z]?\\d{1,3}|[一二三四五六七八九十]{1,3}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])"
    "(?:\\s?[-－–—.．·]\\s?\\d{1,3}){0,2})(?!\\d|[年月日%％个][^度])"
)


def _caption_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(
        f"[（(]?(?:{alternatives})\\s*{_NUMBER}(?!{'|'.join(SENTENCE_VERBS)}).*(?<![。；：，])"
    )


def _english_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(
        f"(?:{alternatives})\\.?\\s+(?P<number>[A-Z]?\\d{{1,3}}(?:[-–.]\\d{{1,3}})*|[IVX]{{1,5}}|[A-Z])(?![A-Za-z\\d])"
        f"[.:：]?+\\s*+(?!(?:{'|'.join(ENGLISH_SENTENCE_VERBS)})\\b).*",
        re.IGNORECASE,
    )


_TABLE = _caption_pattern((*TABLE_WORDS, *BOX_WORDS))
_FIGURE = _caption_pattern(FIGURE_WORDS)
_ENGLISH_TABLE = _english_pattern(ENGLISH_TABLE_WORDS)
_ENGLISH_FIGURE = _english_pattern(ENGLISH_FIGURE_WORDS)
_CONTINUED = re.compile(f"[（(]?(?:{'|'.join(CONTINUED)})[）)]?(?:[\\s：:].{{0,40}})?")
_SOURCE = re.compile(
    f"[（(]?(?:{'|'.join(SOURCE_LABELS)})\\s*[：:]|(?:{'|'.join(ENGLISH_SOURCE_LABELS)})\\s*[:：]",
    re.IGNORECASE,
)
_NOTE = re.compile(
    f"[（(]?(?:{'|'.join(NOTE_LABELS)})\\s*[\\d一二三]{{0,2}}\\s*[：:.．](?P<words>.*)"
    f"|(?:{'|'.join(ENGLISH_NOTE_LABELS)})\\s*\\d{{0,2}}\\s*[:：.](?P<english>.*)"
    f"|[{re.escape(NOTE_MARKS)}]+\\s*(?P<marked>\\S.*)",
    re.IGNORECASE,
)
_LONE_NOTE = re.compile(f"(?:{'|'.join(LONE_NOTE_LABELS)})[：:]?|Notes?[:：]?", re.IGNORECASE)
_ITEM = re.compile("[（(]?(?P<value>\\d{1,2})[）)]?[.．、\\s]?(?!\\d)")
_FIELDS = re.compile(
    f"(?:(?:公开|表|附表)?\\s*\\d{{1,2}}\\s*表|[（(]?\\d{{4}}年(?:度|上半年|下半年|前?[一二三四1-4]季度|\\d{{1,2}}月(?:\\d{{1,2}}日)?)[）)]?|(?:{'|'.join((*FIELD_LABELS, *UNIT_LABELS))})\\s*[：:].*)"
    f"(?:\\s.*)?"
)
_NO_TITLE = re.compile(
    "[。；！？…，,;：:|]|[.]$|^[（(【〔\\[].*[）)】〕\\]]$|^附[件录]|如下$|^[-—–*·•●■□◆√]|\t|^目\\s*[录次]$"
    "|^(?:详?见|如|按照?|根据|参[见照看])|^.?表\\s*\\d|\\d[\\d.]*(?P<unit>[^\\d\\s]{1,4})$"
)
_SENTENCE = re.compile(
    f"{'|'.join((*LEAD_IN_PATTERNS, *PREDICATE_PATTERNS))}|\\b(?:{'|'.join(ENGLISH_PREDICATE_WORDS)})\\b",
    re.IGNORECASE,
)
"""What a line says about the table below it, or about anything else: such a line is no caption."""
_OFFICE_ENDINGS = tuple(OFFICE_ENDINGS)
_LETTERS = re.compile(f"[{HAN}]|[A-Za-z]+")
SHORTEST_TITLE = 4
"""Chinese characters and words of the shortest caption without a number."""


class Form(Enum):
    """What a line looks like."""

    TABLE_CAPTION = auto()
    FIGURE_CAPTION = auto()
    UNIT = auto()
    FIELDS = auto()
    """Who made the table and when (编制单位：…), or the number of its form (公开01表)."""
    SOURCE = auto()
    NOTE = auto()
    LONE_NOTE = auto()
    """注： above the items of a note."""
    TITLE = auto()
    """Words that may be a caption without a number."""
    OTHER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineForm:
    """The form of a line."""

    form: Form
    number: str = ""
    """The number of a caption."""
    is_bare: bool = False
    """Whether a caption has no words behind its number."""
    unit_start: int = 0
    """Where the unit begins that is stated behind a caption in its line; 0 if there is none."""
    item: int = 0
    """The number with which a line begins, or the words of a note; 0 if it has none."""


def line_form(line: str) -> LineForm:
    """Return the form of a line."""
    string = line.strip()
    plain = to_simplified(string)
    if not string or len(string) > LONGEST_NOTE:
        return LineForm(form=Form.OTHER)
    unit = unit_statement(string)
    if unit and unit.start > 0:
        lead = string[: unit.start].rstrip()
        before = _caption_form(to_simplified(lead), may_be_title=True)
        if before:
            start = line.index(string) + unit.start
            return LineForm(form=before.form, number=before.number, unit_start=start)
        if _FIELDS.fullmatch(to_simplified(lead)) or date_in(lead):
            return LineForm(form=Form.UNIT)
    elif unit and len(string) <= LONGEST_CAPTION:
        return LineForm(form=Form.UNIT)
    return (
        _caption_form(plain, may_be_title=False)
        or _note_form(plain)
        or _caption_form(plain, may_be_title=True)
        or LineForm(form=Form.OTHER, item=_item_value(plain))
    )


def _caption_form(plain: str, *, may_be_title: bool) -> LineForm | None:
    longest = LONGEST_CAPTION if has_han(plain) else 2 * LONGEST_CAPTION
    if len(plain) > longest:
        return None
    for form, patterns in (
        (Form.TABLE_CAPTION, (_TABLE, _ENGLISH_TABLE)),
        (Form.FIGURE_CAPTION, (_FIGURE, _ENGLISH_FIGURE)),
    ):
        for pattern in patterns:
            if match := pattern.fullmatch(plain):
                is_bare = match.end("number") >= len(plain.rstrip(".:：）)"))
                return LineForm(form=form, number=match["number"], is_bare=is_bare)
    if _CONTINUED.fullmatch(plain):
        is_figure = "图" in plain[:3]
        return LineForm(form=Form.FIGURE_CAPTION if is_figure else Form.TABLE_CAPTION)
    if may_be_title and _may_be_title(plain):
        return LineForm(form=Form.TITLE)
    return None


def _may_be_title(plain: str) -> bool:
    return (
        len(plain) <= (LONGEST_TITLE if has_han(plain) else 2 * LONGEST_TITLE)
        and len(_LETTERS.findall(plain)) >= SHORTEST_TITLE
        and not _is_no_title(plain)
        and not _SENTENCE.search(plain)
        and not read_number(plain)
        and not (date_in(plain) and len(plain) <= 12)
        and not is_heading_word(plain)
        and not plain.endswith(_OFFICE_ENDINGS)
    )


def _is_no_title(plain: str) -> bool:
    """Return whether a line has the form of a sentence, of a list item, or ends with a figure and its unit."""
    return any(
        not match["unit"] or (is_unit(match["unit"]) and match["unit"] != "年")
        for match in _NO_TITLE.finditer(plain)
    )


def _note_form(plain: str) -> LineForm | None:
    if len(plain) <= LONGEST_CAPTION and _FIELDS.fullmatch(plain):
        return LineForm(form=Form.FIELDS)
    if _SOURCE.match(plain):
        return LineForm(form=Form.SOURCE)
    if _LONE_NOTE.fullmatch(plain):
        return LineForm(form=Form.LONE_NOTE)
    if match := _NOTE.fullmatch(plain):
        words = next((group for group in match.groups() if group), "").strip()
        if words:
            return LineForm(form=Form.NOTE, item=_item_value(words))
    return None


def _item_value(plain: str) -> int:
    match = _ITEM.match(plain)
    return int(match["value"]) if match else 0


def is_caption(line: str) -> bool:
    """Return whether a line is the numbered caption of a table, not a sentence about one."""
    form = _caption_form(to_simplified(line.strip()), may_be_title=False)
    return form is not None and form.form is Form.TABLE_CAPTION
