"""What the form of a numbered line says: whether it reads like a heading, and whether it has a text of its own.

Input: entries and series. Output: a form for each member. The forms are in order of how much they look like headings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from publisher.parse.contents_list import entry_words
from publisher.parse.entries import Line
from publisher.text.numbering import LineKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.parse.entries import Entry
    from publisher.parse.outline.series import Member, Series


class Form(Enum):
    """What a line looks like, its number aside."""

    TITLE = "words without the mark of a sentence"
    RUN_IN = "a short clause with a full stop, and text after it"
    LONG_RUN_IN = "a clause with commas and a full stop, and text after it"
    LEAD = "a short clause with a colon, and much text after it"
    SHORT_SENTENCE = "one short sentence"
    STATEMENT = "a short sentence with a figure, and text after it"
    QUESTION = "a question"
    FIELD = "a name, a colon, and a value"
    LIST_PART = "a part of a sentence, with a semicolon or a comma at its end"
    DEFINITION = "a term, and what it means"
    SENTENCE = "a sentence"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineForm:
    """The form of a member of a series, and what is around it."""

    form: Form
    has_text: bool
    """Whether text or a table is below it, before the next numbered line."""
    is_introduced: bool
    """Whether the line above it ends with a colon."""
    is_certain: bool
    """Whether the markup or the printed table of contents shows that it is a heading."""
    is_item: bool
    """Whether the markup shows that it is none."""


MOST_COMMAS = 2
"""Commas in a title on a line of its own."""
_FORMS_BY_PATTERN = (
    (
        Form.DEFINITION,
        re.compile("^.{1,24}?(?:[：:—]+\\s*(?:是?指|即|包括)|[，,]?(?:是指|系指|係指))"),
    ),
    (Form.LIST_PART, re.compile("[；;，,、]$")),
    (Form.QUESTION, re.compile("^(?:问|問|Q)[：:].{0,60}$|^.{0,60}[？?]$")),
)
_FIELD = re.compile("^[^。；，：:]{1,16}[：:](?=.)")
_COMMAS = re.compile("[，,]")


def line_forms(
    entries: Sequence[Entry], all_series: Sequence[Series], contents: frozenset[str]
) -> dict[int, LineForm]:
    """Return the form of each member by the index of its entry."""
    numbered = {member.index for series in all_series for member in series.members}
    forms: dict[int, LineForm] = {}
    for series in all_series:
        for member in series.members:
            entry = entries[member.index]
            if not isinstance(entry, Line):
                raise TypeError("a member of a series is a line")
            following = member.index + 1
            above = entries[member.index - 1] if member.index else None
            forms[member.index] = LineForm(
                form=_form(entry.string, member),
                has_text=following < len(entries) and following not in numbered,
                is_introduced=isinstance(above, Line)
                and member.index - 1 not in numbered
                and above.string.rstrip().endswith(("：", ":")),
                is_certain=entry.role == "heading" or entry_words(entry.string) in contents,
                is_item=entry.decided == "list-item",
            )
    return forms


def _form(string: str, member: Member) -> Form:
    number = member.number
    if number is None:
        return Form.TITLE
    words = string[number.start :].strip()
    for form, pattern in _FORMS_BY_PATTERN:
        if pattern.search(words):
            return form
    if number.kind is LineKind.RUN_IN:
        return _run_in_form(string[number.start : number.title_end])
    if number.kind is LineKind.HEADING:
        return _whole_line_form(words)
    return Form.STATEMENT if number.kind is LineKind.STATEMENT else Form.SENTENCE


def _run_in_form(lead: str) -> Form:
    """Return the form of a line from its first clause; more text follows it."""
    if lead.endswith(("：", ":")):
        return Form.LEAD
    return Form.LONG_RUN_IN if _COMMAS.search(lead) else Form.RUN_IN


def _whole_line_form(words: str) -> Form:
    """Return the form of a line without text after its first clause."""
    if _FIELD.match(words):
        return Form.FIELD
    if words.endswith(("。", "！")):
        return Form.SHORT_SENTENCE
    is_prose = len(_COMMAS.findall(words)) > MOST_COMMAS or words.endswith(".")
    return Form.SENTENCE if is_prose else Form.TITLE
