"""Automatic numbering of Word (ECMA-376, 17.9): paragraph properties in, labels out.

These numbers are not in the text of a Word file. They follow from the definitions in
``numbering.xml``, from the styles, and from all numbered paragraphs before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from publisher.readers.docx.number_formats import FORMATS, format_number
from publisher.readers.docx.symbols import BULLETS, symbol_character

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.readers.docx.package import Element
    from publisher.readers.docx.styles_part import Styles

LEVEL_COUNT = 9
_FORMATS_WITHOUT_NUMBER = ("none", "bullet")
_PLACEHOLDER = re.compile("%([1-9])")
_ENDS_OPEN = re.compile(r"[0-9A-Za-z０-９.．]$")
_ENDS_IN_HAN = re.compile("[\u4e00-\u9fff〇]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The number or bullet that Word prints before a paragraph."""

    text: str
    """The number or bullet, followed by a space if the text needs one."""
    is_bullet: bool
    is_inside_bullet: bool = False
    """Whether it is a number below a bullet of an outer level."""
    level: int
    """From 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The numbering of one level of a list (17.9.6)."""

    start: int = 1
    number_format: str = "decimal"
    """A name of 17.18.59."""
    text: str = ""
    """The label's text with placeholders, for example ``第%1章``."""
    suffix: str = "tab"
    """What follows the label: tab, space or nothing."""
    restart: int = -1
    """The level, from 1, after which counting restarts; 0 for never, -1 for any higher level."""
    all_decimal: bool = False
    """Whether the numbers of all levels are written in figures."""
    font: str = ""


@dataclass(slots=True)
class _ListCounter:
    """The current numbers of the lists that share one abstract definition."""

    values: dict[int, int] = field(default_factory=dict)
    """The last number of each level."""
    started_lists: set[str] = field(default_factory=set)
    """The lists whose own start numbers have been applied."""


class Numbering:
    """The numbering definitions of a file, and the current numbers of its lists."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Read the definitions from the root of their part; None for a file without numbering."""
        self._styles = styles
        self._abstract_definitions: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._levels: dict[tuple[str, int], Level] = {}
        self._definitions: dict[str, Element | None] = {}
        self._style_levels: dict[tuple[str, str], str | None] = {}
        self._counters: dict[str, _ListCounter] = {}
        self._bullet_level: int | None = None
        """The level of the last bullet, until a paragraph that is not below it."""
        for child in root.children if root else ():
            if child.name == "w:abstractNum":
                self._abstract_definitions[child.attributes.get("w:abstractNumId", "")] = child
            elif child.name == "w:num":
                self._lists[child.attributes.get("w:numId", "")] = child

    def next_label(self, properties: Element | None, style: str) -> Label | None:
        """Count the next paragraph and return its label; None if it has none.

        Args:
            properties: The paragraph's ``w:pPr``.
            style: The id of its style.

        """
        label = self._next_label(*self._list_and_level(properties, style))
        if label is None or not (label.is_bullet or label.is_inside_bullet):
            self._bullet_level = None
        elif label.is_bullet:
            outer = label.level if self._bullet_level is None else self._bullet_level
            self._bullet_level = min(outer, label.level)
        return label

    def _next_label(self, list_id: str, level_index: int) -> Label | None:
        abstract = self._definition(list_id)
        if abstract is None or not 0 <= level_index < LEVEL_COUNT:
            return None
        level = self._level(list_id, level_index)
        values = self._advance(list_id, abstract, level_index)
        if level.number_format == "bullet":
            text = _bullet_character(level)
            return Label(text=text, is_bullet=True, level=level_index) if text else None
        text = _PLACEHOLDER.sub(
            lambda match: self._format_placeholder(list_id, match, level, values), level.text
        )
        if not text.strip():
            return None
        separator = _label_separator(text, level.suffix)
        return Label(
            text=f"{text}{separator}",
            is_bullet=False,
            is_inside_bullet=self._is_inside_bullet(list_id, level_index),
            level=level_index,
        )

    def _is_inside_bullet(self, list_id: str, level_index: int) -> bool:
        """Return whether an outer level of a list has a bullet, or the paragraph above is below one of another list."""
        if self._bullet_level is not None and self._bullet_level < level_index:
            return True
        outer = (self._level(list_id, index) for index in range(level_index))
        return any(level.number_format == "bullet" and level.text for level in outer)

    def _list_and_level(self, properties: Element | None, style: str) -> tuple[str, int]:
        """Return list id and level of a paragraph; its own properties override its style."""
        own = properties.child("w:numPr") if properties else None
        list_id, level_index = (own.value("w:numId"), own.value("w:ilvl")) if own else (None, None)
        if list_id is None:
            list_id, inherited = self._styles.numbering(style)
            level_index = level_index or inherited or self._style_level(list_id, style)
        return list_id or "", _integer(level_index, 0)

    def _style_level(self, list_id: str | None, style: str) -> str | None:
        """Return the level that is linked to a style (17.9.23)."""
        key = (list_id or "", style)
        if key not in self._style_levels:
            abstract = self._definition(key[0])
            self._style_levels[key] = next(
                (
                    child.attributes.get("w:ilvl")
                    for child in (abstract.children if abstract else ())
                    if child.name == "w:lvl"
                    and child.value("w:pStyle") in self._styles.chain(style)
                ),
                None,
            )
        return self._style_levels[key]

    def _definition(self, list_id: str) -> Element | None:
        """Return the abstract definition of a list, from the cache if possible."""
        if list_id not in self._definitions:
            self._definitions[list_id] = self._find_definition(list_id)
        return self._definitions[list_id]

    def _find_definition(self, list_id: str) -> Element | None:
        for _ in range(LEVEL_COUNT):  # styles refer to other lists; this bounds a circle of them
            definition = self._lists.get(list_id)
            abstract_id = definition.value("w:abstractNumId") if definition else None
            abstract = self._abstract_definitions.get(abstract_id or "")
            style_link = abstract.value("w:numStyleLink") if abstract else None
            if not style_link:
                return abstract
            list_id = self._styles.numbering(style_link)[0] or ""
        return None

    def _level(self, list_id: str, level_index: int) -> Level:
        level = self._levels.get((list_id, level_index))
        if level is None:
            abstract, override = self._definition(list_id), self._override(list_id, level_index)
            element = override.child("w:lvl") if override else None
            if element is None and abstract:
                element = _by_level(abstract, "w:lvl", level_index)
            level = _read_level(element)
            start = override.value("w:startOverride") if override else None
            if start is not None:
                level = replace(level, start=_integer(start, level.start))
            self._levels[list_id, level_index] = level
        return level

    def _override(self, list_id: str, level_index: int) -> Element | None:
        definition = self._lists.get(list_id)
        return _by_level(definition, "w:lvlOverride", level_index) if definition else None

    def _advance(self, list_id: str, abstract: Element, level_index: int) -> Mapping[int, int]:
        """Count a paragraph, and return the current numbers of all levels."""
        abstract_id = abstract.attributes.get("w:abstractNumId", "")
        counter = self._counters.setdefault(abstract_id, _ListCounter())
        values = counter.values
        if list_id not in counter.started_lists:
            counter.started_lists.add(list_id)
            for level in range(LEVEL_COUNT):
                override = self._override(list_id, level)
                if override and override.child("w:startOverride"):
                    values.pop(level, None)
        for level in range(level_index):
            values.setdefault(level, self._level(list_id, level).start)
        previous = values.get(level_index, self._level(list_id, level_index).start - 1)
        values[level_index] = previous + 1
        for level in [lower for lower in values if lower > level_index]:
            restart = self._level(list_id, level).restart
            if restart < 0 or level_index < restart:
                del values[level]
        return dict(values)

    def _format_placeholder(
        self, list_id: str, match: re.Match[str], level: Level, values: Mapping[int, int]
    ) -> str:
        """Return the number that replaces a placeholder such as ``%1`` in the text of ``level``."""
        level_index = int(match[1]) - 1
        numbered_level = self._level(list_id, level_index)
        number_format = "decimal" if level.all_decimal else numbered_level.number_format
        return format_number(values.get(level_index, numbered_level.start), number_format)


def _by_level(parent: Element, name: str, level_index: int) -> Element | None:
    return next(
        (
            child
            for child in parent.children
            if child.name == name and child.attributes.get("w:ilvl") == str(level_index)
        ),
        None,
    )


def _read_level(element: Element | None) -> Level:
    if element is None:
        return Level(text="")
    run_properties = element.child("w:rPr")
    font_names = run_properties.child("w:rFonts") if run_properties else None
    return Level(
        start=_integer(element.value("w:start"), 0),
        number_format=_number_format(element),
        text=element.value("w:lvlText") or "",
        suffix=element.value("w:suff") or "tab",
        restart=_integer(element.value("w:lvlRestart"), -1),
        all_decimal=bool(element.flag("w:isLgl")),
        font=font_names.attributes.get("w:ascii", "") if font_names else "",
    )


def _number_format(level: Element) -> str:
    """Return the number format of a level; for a custom one, such as ``001, 002, 003, ...``, its first number."""
    alternatives = level.child("mc:AlternateContent")
    for parent in (level, *(alternatives.children if alternatives else ())):
        element = parent.child("w:numFmt")
        name = element.attributes.get("w:val", "") if element else ""
        if element and name == "custom":
            name = element.attributes.get("w:format", "").partition(",")[0]
        if name in FORMATS or name in _FORMATS_WITHOUT_NUMBER:
            return name
    return "decimal"


def _bullet_character(level: Level) -> str:
    if not level.text.strip():
        return ""
    mark = level.text.strip()[0]
    mark = symbol_character(mark, level.font) or mark
    return BULLETS.get(mark, mark if "!" <= mark < "\ue000" else "●")


def _label_separator(text: str, suffix: str) -> str:
    """Return the space that separates a label from the text; empty if it needs none."""
    if suffix == "nothing":
        return ""
    if _ENDS_IN_HAN.search(text):
        return "\u3000"
    return " " if _ENDS_OPEN.search(text) else ""


def _integer(value: str | None, default: int) -> int:
    """Return the integer in an attribute's value, or the default if there is none."""
    try:
        number = int(value or "")
    except ValueError:
        return default
    return number if abs(number) < 1 << 31 else default
