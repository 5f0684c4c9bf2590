"""Fields of a Word file (ECMA-376, 17.16): which marks of a story belong together.

A field is written as marks among the runs, across paragraphs: begin, its instruction, separate,
its result, end. A mark without its partners is no field; what stands around it is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.readers.docx.package import Element

_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_ENCLOSED = re.compile(
    r"\s*EQ\s+\\o\s*\\ac\s*\(\s*([○〇◯□△])\s*[,，;；]\s*([^()]{1,8})\)\s*", re.IGNORECASE
)
_SILENT = frozenset(
    "TC XE RD TA SET BOOKMARK PRIVATE ADVANCE ASK FILLIN NEXT SKIPIF NEXTIF LISTNUM AUTONUM "
    "FORMTEXT FORMCHECKBOX FORMDROPDOWN".split()
)
"""Fields that print nothing of their own, or that are told of elsewhere."""
_KNOWN = frozenset(("w", "w14", "w15", "wp", "wp14", "wps", "wpg", "wpc", "a", "pic", "v", "m"))
"""What a choice may require and still be understood here."""


@dataclass(slots=True)
class Field:
    """A field: its instruction, and what of it was met."""

    code: str = ""
    separated: bool = False
    """Whether it has a result."""
    closed: bool = False

    @property
    def is_contents(self) -> bool:
        """Whether its result is a table of contents."""
        return is_contents(self.code)

    @property
    def enclosed(self) -> str:
        """What a field that draws a ring around a character stands for; empty for any other."""
        match = _ENCLOSED.fullmatch(self.code)
        if not match:
            return ""
        words = match[2].strip()
        if match[1] in "○〇◯" and words.isdecimal() and 1 <= int(words) <= 20:
            return chr(ord("①") + int(words) - 1)
        return f"（{words}）"

    @property
    def lacks_result(self) -> bool:
        """Whether Word would print something for it that the file does not hold."""
        keyword = self.code.split(maxsplit=1)[0].upper() if self.code.strip() else ""
        return not self.separated and bool(keyword) and keyword not in _SILENT


def is_contents(code: str) -> bool:
    """Tell the instruction of a table of contents."""
    return bool(_CONTENTS.match(code))


def pair(story: Element) -> Mapping[int, Field]:
    """Return the field that each mark of a story belongs to, by the identity of its element."""
    found: dict[int, Field] = {}
    waiting: list[tuple[Element, list[Field]]] = [(story, [])]
    while waiting:
        element, open_fields = waiting.pop()
        if element.name == "w:fldChar":
            _mark(element, open_fields, found)
        elif element.name == "w:instrText" and open_fields and not open_fields[-1].separated:
            open_fields[-1].code += element.text
        inner = [] if element.name == "w:txbxContent" else open_fields
        waiting.extend((one, inner) for one in reversed(parts(element)))
    return {identity: one for identity, one in found.items() if one.closed}


def _mark(element: Element, open_fields: list[Field], found: dict[int, Field]) -> None:
    kind = element.attributes.get("w:fldCharType")
    if kind == "begin":
        open_fields.append(Field())
    if not open_fields:
        return
    found[id(element)] = open_fields[-1]
    if kind == "separate":
        open_fields[-1].separated = True
    elif kind == "end":
        open_fields.pop().closed = True


def parts(element: Element) -> list[Element]:
    """Return the children of an element, of alternatives only the one that is taken."""
    if element.name != "mc:AlternateContent":
        return element.children
    for one in element.children:
        required = one.attributes.get("Requires", "?").split()
        if one.name == "mc:Fallback" or (one.name == "mc:Choice" and _KNOWN.issuperset(required)):
            return [one]
    return []


def everything(root: Element) -> Iterator[Element]:
    """Yield an element and all inside it in document order, of alternatives one."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(reversed(parts(element)))
