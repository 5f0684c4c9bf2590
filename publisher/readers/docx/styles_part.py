"""The styles of a Word file (ECMA-376, 17.7): a style's id in, what it says of its text out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.docx.package import Element

TITLE = 0
"""The level of a style that is a report's title; a heading's is 1 to 9."""
_HEADING = re.compile("(?:heading|标题|標題)\\s*([1-9])", re.IGNORECASE)
_TITLES = frozenset(("title", "标题", "標題", "公文标题", "报告标题"))
_CONTENTS = re.compile("(?:toc|目录|目錄)\\s*[1-9]", re.IGNORECASE)
_MOST_LEVELS = 9
_LONGEST_CHAIN = 64
"""Styles based on one another; Word itself stops far below."""


class Styles:
    """The styles of a file; a style that is based on another has what it does not change."""

    def __init__(self, root: Element | None) -> None:
        """Read the styles; ``None`` stands for a file that has none."""
        self._styles: dict[str, Element] = {}
        self._default = ""
        for one in root.children if root else ():
            if one.name == "w:style":
                identity = one.attributes.get("w:styleId", "")
                self._styles[identity] = one
                if one.attributes.get("w:type") == "paragraph" and one.attributes.get(
                    "w:default"
                ) in ("1", "true", "on"):
                    self._default = identity
        self.chain = cache(self._chain)
        self.heading = cache(self._heading)
        self.numbering = cache(self._numbering)
        self.flag = cache(self._flag)
        self.raised = cache(self._raised)

    def paragraph_style(self, named: str | None) -> str:
        """Return the style of a paragraph that names one or none."""
        return named if named in self._styles else self._default

    def _chain(self, style: str) -> tuple[str, ...]:
        """Return the style and those that it is based on, itself first."""
        found: list[str] = []
        while style in self._styles and style not in found and len(found) < _LONGEST_CHAIN:
            found.append(style)
            style = self._styles[style].value("w:basedOn") or ""
        return tuple(found)

    def _properties(self, style: str, name: str) -> Iterator[Element]:
        for one in self.chain(style):
            properties = self._styles[one].child(name)
            if properties:
                yield properties

    def name(self, style: str) -> str:
        """Return the name that a person knows the style by."""
        one = self._styles.get(style)
        return (one.value("w:name") or "").strip() if one else ""

    def is_contents(self, style: str) -> bool:
        """Tell the style of a line of a table of contents."""
        return bool(_CONTENTS.fullmatch(self.name(style)))

    def _heading(self, style: str) -> int | None:
        """Return the level of a heading of that style, ``TITLE`` for a title, else ``None``."""
        for one in self.chain(style):
            name = self.name(one)
            if name.lower() in _TITLES:
                return TITLE
            heading = _HEADING.fullmatch(name)
            properties = self._styles[one].child("w:pPr")
            level = properties.value("w:outlineLvl") if properties else None
            if level is not None:
                return outline_level(level)
            if heading:
                return int(heading[1])
        return None

    def _numbering(self, style: str) -> tuple[str | None, str | None]:
        """Return the list and the level that a style gives its paragraphs."""
        level = None
        for properties in self._properties(style, "w:pPr"):
            numbered = properties.child("w:numPr")
            if numbered is None:
                continue
            level = level or numbered.value("w:ilvl")
            identity = numbered.value("w:numId")
            if identity is not None:
                return identity, level
        return None, level

    def _flag(self, style: str, name: str) -> bool | None:
        """Return whether a style turns a property of characters on, off, or leaves it."""
        for properties in self._properties(style, "w:rPr"):
            said = properties.flag(name)
            if said is not None:
                return said
        return None

    def _raised(self, style: str) -> bool:
        """Tell whether a style sets its characters as superscript."""
        for properties in self._properties(style, "w:rPr"):
            said = properties.value("w:vertAlign")
            if said is not None:
                return said == "superscript"
        return False


def outline_level(value: str) -> int | None:
    """Return a heading's level, from 1, by the outline level of Word; ``None`` of body text."""
    level = int(value) + 1 if value.isdecimal() and len(value) == 1 else 0
    return level if 1 <= level <= _MOST_LEVELS else None
