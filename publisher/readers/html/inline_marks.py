"""The inline marks of a page's elements: by their names, their styles and their addresses (WHATWG HTML, 4.5; CSS)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.model import Locator, Mark
from publisher.text.addresses import followable_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import MarkKind
    from publisher.readers.html.tree import Element

MARK_OF_ELEMENT: dict[str, MarkKind] = {
    "sup": "superscript",
    "sub": "subscript",
    "em": "emphasis",
    "i": "emphasis",
    "strong": "strong",
    "b": "strong",
    "u": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
}
"""The mark of each element that has one."""
DECLARATION = re.compile(r"(?:^|;)\s*([a-z-]+)\s*:\s*([^;]*)", re.IGNORECASE)
"""A declaration of a ``style`` attribute: its name and its value."""
_BOLD = re.compile("bold|bolder|[6-9]00")
_PLAIN = {
    "font-weight": ("strong", re.compile("normal|lighter|[1-4]00")),
    "font-style": ("emphasis", re.compile("normal")),
    "vertical-align": ("superscript", re.compile("baseline")),
}
"""Declarations that take the mark of an element's name away."""


def element_marks(element: Element) -> Iterator[Mark]:
    """Yield the marks of an inline element, which span its content."""
    kinds = mark_kinds(element.name, element.attributes.get("style", ""))
    end = element.children[-1].end if element.children else element.content_start
    locator = Locator(offset=element.content_start, length=end - element.content_start)
    if not locator.length:
        return
    for kind in kinds:
        yield Mark(kind=kind, locator=locator)
    if element.name == "a" and (address := followable_address(element.attributes.get("href", ""))):
        yield Mark(kind="link", locator=locator, value=address)


def mark_kinds(name: str, style: str) -> tuple[MarkKind, ...]:
    """Return the kinds of an element's marks, without links, by its name and its ``style``."""
    by_name = MARK_OF_ELEMENT.get(name)
    if not style:
        return (by_name,) if by_name else ()
    kinds: dict[MarkKind, None] = {by_name: None} if by_name else {}
    for name_of_property, value in DECLARATION.findall(style.lower()):
        kinds.update(dict.fromkeys(_kinds_of_declaration(name_of_property, value.strip())))
        plain = _PLAIN.get(name_of_property)
        if plain and plain[1].match(value.strip()) and by_name == plain[0]:
            kinds.pop(by_name, None)
    if "emphasis-dots" in kinds:
        kinds.pop("emphasis", None)
    return tuple(kinds)


def _kinds_of_declaration(name: str, value: str) -> Iterator[MarkKind]:
    if name == "font-weight" and _BOLD.match(value):
        yield "strong"
    elif name == "font-style" and value.startswith(("italic", "oblique")):
        yield "emphasis"
    elif name in ("text-decoration", "text-decoration-line"):
        if "underline" in value:
            yield "underline"
        if "line-through" in value:
            yield "strikethrough"
    elif name.removeprefix("-webkit-") in ("text-emphasis", "text-emphasis-style"):
        if not value.startswith("none"):
            yield "emphasis-dots"
    elif name in ("vertical-align", "font-variant-position") and value in ("super", "sub"):
        yield "superscript" if value == "super" else "subscript"
