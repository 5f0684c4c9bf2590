"""Fields of a Word file (ECMA-376, 17.16): which field characters of a story belong together.

A complex field is written as characters among the runs, often across paragraphs: begin, the
instruction, separate, the result, end. A field character without its partners is ignored, and the
text around it is read as ordinary text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.readers.docx.alternate_content import effective_children
from publisher.readers.docx.repeated_fields import mark_repetitions
from publisher.readers.docx.symbols import is_symbol_font, symbol_character
from publisher.text.addresses import followable_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.readers.docx.package import Element

_CONTENTS_INSTRUCTION = re.compile(r"\s*TOC\b", re.IGNORECASE)
_ENCLOSED_CHARACTER = re.compile(
    r"\s*EQ\s+\\o\s*\\ac\s*\(\s*([○〇◯□△])\s*[,，;；]\s*([^()]{1,8})\)\s*", re.IGNORECASE
)
_RUBY = re.compile(
    r"\s*EQ\s.*\\o\s*\\ad\s*\(\s*\\s\s*\\up\s*[0-9]+\s*\(([^()]{1,64})\)\s*[,，;；]\s*([^()]{1,64})\)\s*",
    re.IGNORECASE | re.DOTALL,
)
"""A reading above its base, as Word's phonetic guide writes it in old files."""
_SYMBOL = re.compile(
    r"\s*SYMBOL\s+(?P<code>0x[0-9a-f]{1,5}|[0-9]{1,6})\b"
    r"(?=.*?\\f\s*(?:\"(?P<quoted>[^\"]+)\"|(?P<font>[^\s\\\"]+))|)(?=.*?(?P<unicode>\\u\b)|)",
    re.IGNORECASE | re.DOTALL,
)
"""A character by its code: with the switch ``\\u`` in Unicode, otherwise in its font (17.16.5.61)."""
_LINK = re.compile(r"\s*HYPERLINK\s+(?:\"([^\"]+)\"|([^\s\\\"]\S*))", re.IGNORECASE)
_BLANK, _FIRST_NOT_ASCII, _LARGEST_CODE = 0x20, 0x80, 0xD7FF
_FIELDS_WITHOUT_RESULT = frozenset(
    "TC XE RD TA SET BOOKMARK PRIVATE ADVANCE ASK FILLIN NEXT SKIPIF NEXTIF "
    "FORMTEXT FORMCHECKBOX FORMDROPDOWN".split()
)
"""Fields that print nothing of their own, or whose value is read from their properties."""
_HIDDEN_FIELDS = ("ASK", "SET")
"""Fields whose results are the text of a bookmark, and are not printed (17.16.5.3, 17.16.5.57)."""


_PAGE_FIELDS = ("PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES")
"""Fields whose results count the pages of Word."""
_CLOCK_FIELDS = ("DATE", "TIME")
"""Fields that Word sets to the current day when it opens the file."""
_ERROR = re.compile("\\s*(?:错误|錯誤|Error) ?[!！]")
_LONGEST_RESULT = 60


@dataclass(slots=True)
class Field:
    """A field: its instruction and which of its characters were read."""

    instruction: str = ""
    result: str = ""
    """The text of its result, without that of fields in it."""
    separated: bool = False
    """Whether it has a result."""
    closed: bool = False
    """Whether its end was read."""
    result_start: int = 0
    """Where its result begins in the text."""
    is_repetition: bool = False
    """Whether its result repeats the text beside it (``repeated_fields``)."""

    @property
    def kind(self) -> str:
        """The first word of its instruction in capitals; empty if it has none."""
        return self.instruction.split(maxsplit=1)[0].upper() if self.instruction.strip() else ""

    @property
    def is_shown(self) -> bool:
        """Whether Word prints its result."""
        return self.kind not in _HIDDEN_FIELDS

    @property
    def is_prompt(self) -> bool:
        """Whether it is a place to click and type (17.16.5.35), whose text is only a prompt."""
        return self.kind == "MACROBUTTON"

    @property
    def doubtful_result(self) -> str:
        """The beginning of a result that may be wrong: an error of Word, or a page or date of the day it was saved; else empty."""
        is_volatile = self.kind in (*_PAGE_FIELDS, *_CLOCK_FIELDS)
        is_doubtful = is_volatile or _ERROR.match(self.result)
        return self.result.strip()[:_LONGEST_RESULT] if is_doubtful else ""

    @property
    def link_address(self) -> str:
        """The address that a HYPERLINK field leads to; empty for other fields and for places in the file."""
        match = _LINK.match(self.instruction)
        return followable_address(match[1] or match[2]) if match else ""

    @property
    def ruby(self) -> tuple[str, str]:
        """The base and the reading of a field that sets one above the other; both empty for any other field."""
        match = _RUBY.fullmatch(self.instruction)
        return (match[2].strip(), match[1].strip()) if match else ("", "")

    @property
    def symbol(self) -> str:
        """The character of a SYMBOL field; empty if it is not known, and for any other field."""
        match = _SYMBOL.match(self.instruction)
        code = int(match["code"], 0 if match["code"][:2] in ("0x", "0X") else 10) if match else 0
        if match is None or not _BLANK < code <= _LARGEST_CODE:
            return ""
        font = match["quoted"] or match["font"] or ""
        is_unicode = match["unicode"] is not None or code < _FIRST_NOT_ASCII
        character = symbol_character(chr(code), font)
        if not character and is_unicode and not is_symbol_font(font):
            character = chr(code)
        return character

    @property
    def is_contents(self) -> bool:
        """Whether its result is a table of contents."""
        return is_contents_instruction(self.instruction)

    @property
    def enclosed_character(self) -> str:
        """The character for a field that draws a ring around one; empty for any other field."""
        match = _ENCLOSED_CHARACTER.fullmatch(self.instruction)
        if not match:
            return ""
        string = match[2].strip()
        if match[1] in "○〇◯" and string.isdecimal() and 1 <= int(string) <= 20:
            return chr(ord("①") + int(string) - 1)
        return f"（{string}）"

    @property
    def lacks_result(self) -> bool:
        """Whether Word would print a result that the file does not contain."""
        return not self.separated and bool(self.kind) and self.kind not in _FIELDS_WITHOUT_RESULT


def is_contents_instruction(instruction: str) -> bool:
    """Return whether a field's instruction makes a table of contents."""
    return bool(_CONTENTS_INSTRUCTION.match(instruction))


def match_fields(story: Element) -> Mapping[int, Field]:
    """Return the field of each field character of a story, by ``id()`` of the character's element.

    Fields without an end are left out. Fields of a text box are matched apart from those around it.
    """
    fields: dict[int, Field] = {}
    stack: list[tuple[Element, list[Field]]] = [(story, [])]
    while stack:
        element, open_fields = stack.pop()
        if element.name == "w:fldChar":
            _match_character(element, open_fields, fields)
        elif element.name == "w:instrText" and open_fields and not open_fields[-1].separated:
            open_fields[-1].instruction += element.text
        elif element.name == "w:t" and open_fields and open_fields[-1].separated:
            open_fields[-1].result += element.run_text()
        inner_fields = [] if element.name == "w:txbxContent" else open_fields
        stack.extend((child, inner_fields) for child in reversed(effective_children(element)))
    closed = {identity: field for identity, field in fields.items() if field.closed}
    mark_repetitions(story, closed)
    return closed


def _match_character(element: Element, open_fields: list[Field], fields: dict[int, Field]) -> None:
    """Enter a field character into ``fields``, and update the list of open fields."""
    kind = element.attributes.get("w:fldCharType")
    if kind == "begin":
        open_fields.append(Field())
    if not open_fields:
        return
    fields[id(element)] = open_fields[-1]
    if kind == "separate":
        open_fields[-1].separated = True
    elif kind == "end":
        open_fields.pop().closed = True


def form_field_value(element: Element) -> str:
    """Return what a legacy form field (17.16.17) shows: a check box or the selected entry."""
    data = element.child("w:ffData")
    check_box = data.child("w:checkBox") if data else None
    if check_box:
        checked = check_box.flag("w:checked")
        return "☑" if (check_box.flag("w:default") if checked is None else checked) else "☐"
    drop_down = data.child("w:ddList") if data else None
    if drop_down:
        entries = [
            child.attributes.get("w:val", "")
            for child in drop_down.children
            if child.name == "w:listEntry"
        ]
        index = drop_down.value("w:result") or "0"
        if index.isdecimal() and len(index) < 5 and int(index) < len(entries):
            return entries[int(index)]
    return ""


def ruby_texts(element: Element) -> tuple[str, str]:
    """Return the base and the reading of a ``w:ruby`` element (17.3.3.25)."""
    texts = []
    for name in ("w:rubyBase", "w:rt"):
        part = element.child(name)
        pieces = [text.run_text() for text in part.walk() if text.name == "w:t"] if part else []
        texts.append(" ".join("".join(pieces).split()))
    return texts[0], texts[1]
