"""Numbers that Word counts for itself (ECMA-376, 17.9): paragraph properties in, labels out.

A number is nowhere in a Word file's text: it follows from the definitions in ``numbering.xml``, from
the styles, and from all numbered paragraphs before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from publisher.readers.docx.number_formats import label_number
from publisher.readers.docx.symbols import BULLETS, symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.readers.docx.package import Element
    from publisher.readers.docx.styles_part import Styles

LEVELS = 9
_PLACE = re.compile("%([1-9])")
_OPEN_END = re.compile(r"[0-9A-Za-z０-９.．]$")
_WORD_END = re.compile("[\u4e00-\u9fff〇]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What Word prints before a paragraph."""

    text: str
    """The number or the bullet, and the space after it that the text needs."""
    bullet: bool
    level: int
    """From 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int = -1
    """The level, from 1, after which counting begins again; 0 never, -1 after any above it."""
    legal: bool = False
    font: str = ""


@dataclass(slots=True)
class _Count:
    """Where the paragraphs that share one definition have come to."""

    values: dict[int, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """The lists whose own beginnings have been taken."""


class Numbering:
    """The definitions of a file, and the counts as its paragraphs pass in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Read the definitions; ``None`` stands for a file that has none."""
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._levels: dict[tuple[str, int], Level] = {}
        self._definitions: dict[str, Element | None] = {}
        self._linked: dict[tuple[str, str], str | None] = {}
        self._counts: dict[str, _Count] = {}
        for one in root.children if root else ():
            if one.name == "w:abstractNum":
                self._abstract[one.attributes.get("w:abstractNumId", "")] = one
            elif one.name == "w:num":
                self._lists[one.attributes.get("w:numId", "")] = one

    def label(self, properties: Element | None, style: str) -> Label | None:
        """Return the label of the next paragraph, ``None`` where it has no number."""
        list_id, place = self._position(properties, style)
        abstract = self._definition(list_id)
        if abstract is None or not 0 <= place < LEVELS:
            return None
        level = self._level(list_id, place)
        values = self._counted(list_id, abstract, place)
        if level.form == "bullet":
            text = _bullet(level)
            return Label(text=text, bullet=True, level=place) if text else None
        text = _PLACE.sub(lambda match: self._number(list_id, match, level, values), level.text)
        if not text.strip():
            return None
        return Label(text=f"{text}{_gap(text, level.suffix)}", bullet=False, level=place)

    def _position(self, properties: Element | None, style: str) -> tuple[str, int]:
        """Return the list and the level of a paragraph, its own before its style's."""
        own = properties.child("w:numPr") if properties else None
        list_id, place = (own.value("w:numId"), own.value("w:ilvl")) if own else (None, None)
        if list_id is None:
            list_id, inherited = self._styles.numbering(style)
            place = place or inherited or self._linked_level(list_id, style)
        return list_id or "", _whole(place, 0)

    def _linked_level(self, list_id: str | None, style: str) -> str | None:
        """Return the level that names the style as its own (17.9.23)."""
        key = (list_id or "", style)
        if key not in self._linked:
            abstract = self._definition(key[0])
            self._linked[key] = next(
                (
                    one.attributes.get("w:ilvl")
                    for one in (abstract.children if abstract else ())
                    if one.name == "w:lvl" and one.value("w:pStyle") in self._styles.chain(style)
                ),
                None,
            )
        return self._linked[key]

    def _definition(self, list_id: str) -> Element | None:
        """Return the definition of a list, looked up once."""
        if list_id not in self._definitions:
            self._definitions[list_id] = self._looked_up(list_id)
        return self._definitions[list_id]

    def _looked_up(self, list_id: str) -> Element | None:
        for _ in range(LEVELS):  # a style may refer on to another list; a ring of them ends here
            one = self._lists.get(list_id)
            abstract = self._abstract.get((one.value("w:abstractNumId") or "") if one else "")
            linked = abstract.value("w:numStyleLink") if abstract else None
            if not linked:
                return abstract
            list_id = self._styles.numbering(linked)[0] or ""
        return None

    def _level(self, list_id: str, place: int) -> Level:
        known = self._levels.get((list_id, place))
        if known is None:
            abstract, override = self._definition(list_id), self._override(list_id, place)
            own = override.child("w:lvl") if override else None
            known = _read_level(own or (_by_level(abstract, "w:lvl", place) if abstract else None))
            start = override.value("w:startOverride") if override else None
            if start is not None:
                known = replace(known, start=_whole(start, known.start))
            self._levels[list_id, place] = known
        return known

    def _override(self, list_id: str, place: int) -> Element | None:
        one = self._lists.get(list_id)
        return _by_level(one, "w:lvlOverride", place) if one else None

    def _counted(self, list_id: str, abstract: Element, place: int) -> Mapping[int, int]:
        """Count the paragraph, and return the values of all levels down to its own."""
        count = self._counts.setdefault(abstract.attributes.get("w:abstractNumId", ""), _Count())
        if list_id not in count.used:
            count.used.add(list_id)
            for level in range(LEVELS):
                override = self._override(list_id, level)
                if override and override.child("w:startOverride"):
                    count.values.pop(level, None)
        for level in range(place):
            count.values.setdefault(level, self._level(list_id, level).start)
        before = count.values.get(place, self._level(list_id, place).start - 1)
        count.values[place] = before + 1
        for level in [one for one in count.values if one > place]:
            restart = self._level(list_id, level).restart
            if restart < 0 or place < restart:
                del count.values[level]
        return dict(count.values)

    def _number(
        self, list_id: str, match: re.Match[str], level: Level, values: Mapping[int, int]
    ) -> str:
        place = int(match[1]) - 1
        other = self._level(list_id, place)
        form = "decimal" if level.legal else other.form
        return label_number(values.get(place, other.start), form)


def _by_level(parent: Element, name: str, place: int) -> Element | None:
    return next(
        (
            one
            for one in parent.children
            if one.name == name and one.attributes.get("w:ilvl") == str(place)
        ),
        None,
    )


def _read_level(element: Element | None) -> Level:
    if element is None:
        return Level(text="")
    form = element.value("w:numFmt")
    if form is None:  # a newer format with one that all know (17.18.59)
        choice = next((one for one in element.walk() if one.name == "mc:Fallback"), element)
        form = choice.value("w:numFmt") or "decimal"
    fonts = element.child("w:rPr")
    named = fonts.child("w:rFonts") if fonts else None
    return Level(
        start=_whole(element.value("w:start"), 0),
        form=form,
        text=element.value("w:lvlText") or "",
        suffix=element.value("w:suff") or "tab",
        restart=_whole(element.value("w:lvlRestart"), -1),
        legal=bool(element.flag("w:isLgl")),
        font=named.attributes.get("w:ascii", "") if named else "",
    )


def _bullet(level: Level) -> str:
    if not level.text.strip():
        return ""
    mark = level.text.strip()[0]
    mark = symbol(mark, level.font) or mark
    return BULLETS.get(mark, mark if "!" <= mark < "\ue000" else "●")


def _gap(text: str, suffix: str) -> str:
    """Return the space that keeps a label from running into the text."""
    if suffix == "nothing":
        return ""
    if _WORD_END.search(text):
        return "\u3000"
    return " " if _OPEN_END.search(text) else ""


def _whole(value: str | None, default: int) -> int:
    """Return a number that an attribute gives, the default where it gives none."""
    try:
        number = int(value or "")
    except ValueError:
        return default
    return number if abs(number) < 1 << 31 else default
