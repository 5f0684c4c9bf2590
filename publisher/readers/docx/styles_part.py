"""The styles of a Word file (ECMA-376, 17.7): the properties that a style gives its text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.readers.docx.package import Element

TITLE = 0
"""The level of a title style; heading styles have 1 to 9."""
_HEADING_NAME = re.compile("(?:heading|标题|標題)\\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset(("title", "标题", "標題", "公文标题", "报告标题"))
_CONTENTS_NAME = re.compile("(?:toc|目录|目錄)\\s*[1-9]", re.IGNORECASE)
_QUOTATION_NAME = re.compile(
    r"(?:intense\s+)?quote|quotations|(?:明显|鮮明)?引[用文]", re.IGNORECASE
)
"""Styles of block quotations in Word, WPS and LibreOffice."""
_PREFORMATTED_NAME = re.compile(
    r"HTML (?:Preformatted|预设格式|預設格式)|Preformatted Text|预格式化的?文本", re.IGNORECASE
)
"""Styles of preformatted text in Word, WPS and LibreOffice."""
_PLAIN_TEXT_NAME = re.compile("Plain Text|纯文本|純文字", re.IGNORECASE)
"""A style that is also used for ordinary text."""
_OUTLINE_LEVELS = 9
WORD_SIZE = 20
"""The size of text for which a file gives none, in half points (ECMA-376, 17.3.2.38)."""
_MEASURE = re.compile("(-?[0-9]{1,6}(?:[.][0-9]{1,6})?)(mm|cm|in|pt|pc|pi)?")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_MAX_CHAIN = 64
"""How many styles may be based on one another; Word allows far fewer."""


class Styles:
    """The styles of a file; a style inherits from the style that it is based on."""

    def __init__(self, root: Element | None) -> None:
        """Read the styles from the root of their part; None for a file without styles."""
        self._styles: dict[str, Element] = {}
        self._default = ""
        defaults = root.child("w:docDefaults") if root else None
        for name in ("w:rPrDefault", "w:rPr"):
            defaults = defaults.child(name) if defaults else None
        self.default_size = half_points(defaults.value("w:sz") if defaults else None) or WORD_SIZE
        """The size of text whose styles give none, in half points."""
        for child in root.children if root else ():
            if child.name == "w:style":
                attributes = child.attributes
                style_id = attributes.get("w:styleId", "")
                self._styles[style_id] = child
                if attributes.get("w:type") == "paragraph" and attributes.get("w:default") in (
                    "1",
                    "true",
                    "on",
                ):
                    self._default = style_id
        self.chain = cache(self._find_chain)
        self.heading = cache(self._find_heading)
        self.numbering = cache(self._find_numbering)
        self.flag = cache(self._find_flag)
        self.run_value = cache(self._find_run_value)
        self.font = cache(self._find_font)

    def paragraph_style(self, style_id: str | None) -> str:
        """Return the style of a paragraph: the one it names if it exists, otherwise the default."""
        return style_id if style_id in self._styles else self._default

    def _find_chain(self, style: str) -> tuple[str, ...]:
        """Return the style and the styles that it is based on, itself first."""
        chain: list[str] = []
        while style in self._styles and style not in chain and len(chain) < _MAX_CHAIN:
            chain.append(style)
            style = self._styles[style].value("w:basedOn") or ""
        return tuple(chain)

    def properties(self, style: str, name: str) -> Iterator[Element]:
        """Yield the properties (``w:pPr``, ``w:rPr``) of a style and of those that it is based on, its own first."""
        for style_id in self.chain(style):
            properties = self._styles[style_id].child(name)
            if properties:
                yield properties

    def name(self, style: str) -> str:
        """Return the name of a style as Word shows it; empty for an unknown style."""
        element = self._styles.get(style)
        return (element.value("w:name") or "").strip() if element else ""

    def is_contents_style(self, style: str) -> bool:
        """Return whether a style is for the lines of a table of contents."""
        return bool(_CONTENTS_NAME.fullmatch(self.name(style)))

    def is_quotation_style(self, style: str) -> bool:
        """Return whether a style, or one that it is based on, is for block quotations."""
        return any(_QUOTATION_NAME.fullmatch(self.name(style_id)) for style_id in self.chain(style))

    def preformatted_role(self, style: str) -> Literal["", "code", "preformatted"]:
        """Return ``code`` if a style, or one that it is based on, is for preformatted text; ``preformatted`` if it is Plain Text."""
        names = [self.name(style_id) for style_id in self.chain(style)]
        if any(map(_PREFORMATTED_NAME.fullmatch, names)):
            return "code"
        return "preformatted" if any(map(_PLAIN_TEXT_NAME.fullmatch, names)) else ""

    def _find_heading(self, style: str) -> int | None:
        """Return the level of headings with a style, ``TITLE`` for a title, None for other text."""
        for style_id in self.chain(style):
            name = self.name(style_id)
            if name.lower() in _TITLE_NAMES:
                return TITLE
            heading = _HEADING_NAME.fullmatch(name)
            properties = self._styles[style_id].child("w:pPr")
            level = properties.value("w:outlineLvl") if properties else None
            if level is not None:
                return outline_level(level)
            if heading:
                return int(heading[1])
        return None

    def _find_numbering(self, style: str) -> tuple[str | None, str | None]:
        """Return the list id and the level that a style gives its paragraphs."""
        level = None
        for properties in self.properties(style, "w:pPr"):
            numbered = properties.child("w:numPr")
            if numbered is None:
                continue
            level = level or numbered.value("w:ilvl")
            list_id = numbered.value("w:numId")
            if list_id is not None:
                return list_id, level
        return None, level

    def _find_flag(self, style: str, name: str) -> bool | None:
        """Return whether a style turns a run property on; None if it leaves it unchanged."""
        for properties in self.properties(style, "w:rPr"):
            value = properties.flag(name)
            if value is not None:
                return value
        return None

    def _find_run_value(self, style: str, name: str) -> str | None:
        """Return the value of a run property that a style gives; None if it gives none."""
        for properties in self.properties(style, "w:rPr"):
            value = properties.value(name)
            if value is not None:
                return value
        return None

    def _find_font(self, style: str) -> str:
        """Return the font of Latin letters that a style gives; empty if it gives none."""
        fonts = map(latin_font, self.properties(style, "w:rPr"))
        return next(filter(None, fonts), "")


def latin_font(properties: Element | None) -> str:
    """Return the font of Latin letters and symbols in run properties (17.3.2.26); empty if they name none."""
    fonts = properties.child("w:rFonts") if properties else None
    attributes = fonts.attributes if fonts else {}
    return attributes.get("w:ascii", "") or attributes.get("w:hAnsi", "")


def half_points(value: str | None) -> int:
    """Return a measure in half points (ECMA-376, 17.18.42; 12pt is 24 of them); 0 if it is none."""
    number = _MEASURE.fullmatch(value or "")
    if not number:
        return 0
    return (
        round(float(number[1]) * 2 * _POINTS[number[2]]) if number[2] else round(float(number[1]))
    )


def outline_level(value: str) -> int | None:
    """Return a heading's level, from 1, for an outline level of Word; None for body text."""
    level = int(value) + 1 if value.isdecimal() and len(value) == 1 else 0
    return level if 1 <= level <= _OUTLINE_LEVELS else None
