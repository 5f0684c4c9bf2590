"""The report of a page that was judged, as the segments of a source.

Enters: what flows down the page, each with the reason to leave it out or none. Leaves: passages,
tables and pictures, what the page tells of the report, and what a person should look at.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from publisher.model import Finding, Locator, Passage, Severity, SourceCell, SourceTable
from publisher.readers.html.flow import SCRIPT, Grid, Line, Shown, Silent
from publisher.readers.html.text_extraction import Writer, at
from publisher.readers.limits import require
from publisher.readers.picture_decoding import (
    PictureError,
    described,
    safe_picture,
)
from publisher.reference.web_labels import ELEMENT_BY_LABEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.model import Role, Segment, SourcePicture, Text
    from publisher.readers.html.content import Judged
    from publisher.readers.html.flow import CellLines

_DATA = re.compile(r"data:(?P<type>[\w.+/-]*)(?P<more>(?:;[^,;]*)*),", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>|\s")
SHORTEST_TOLD = 20
"""A sentence of fewer characters that was left out is in the record, and not told."""
ORNAMENT = "an ornament: small, and without a word"
SMALLEST = 32
"""A picture that is no wider or higher (CSS pixels) decorates."""
_MILLIMETRES = 25.4 / 96


class Page:
    """A page that was judged, while its segments are made."""

    def __init__(
        self,
        source: str,
        judged: list[Judged],
        silent: list[Silent],
        facts: Mapping[str, str],
        where: str,
    ) -> None:
        """Part what stays from what is left out; ``where`` is the file, for errors."""
        self.findings: list[Finding] = []
        self.facts = dict(facts)
        self._source = source
        self._where = where
        self._kept: list[Judged] = []
        left_out = list(silent)
        for one in judged:
            if isinstance(one.flowing, Grid) and self._tells_facts(one.flowing):
                left_out.append(_silent(one, "what the page tells about the report"))
            elif one.reason:
                left_out.append(_silent(one, one.reason))
            else:
                self._kept.append(one)
        left_out.sort(key=lambda one: (one.start, -one.end))
        self.writer = Writer(source, _apart(left_out))
        self._report_left_out(judged, silent)

    def segments(self) -> tuple[Segment, ...]:
        """Return what the report is made of."""
        shown = [one.flowing for one in self._kept if isinstance(one.flowing, Shown)]
        require("pictures", len(shown), where=self._where)
        pictures = {one.start: self._picture(one) for one in shown}
        made: list[_Made] = []
        for one in self._kept:
            flowing = one.flowing
            if isinstance(flowing, Line):
                role, level = _role(flowing, promoted=one.promoted)
                made.append(_Made(self.writer.line(flowing), role, level))
            elif isinstance(flowing, Grid):
                rows = [[self._cell(cell) for cell in row] for row in flowing.rows]
                made.append(_Made((flowing.start, flowing.end), rows=rows, grid=flowing))
            elif picture := pictures[flowing.start]:
                made.append(_Made(picture=picture))
        text = self.writer.finish()
        return tuple(self._segment(one, text) for one in made if not one.is_empty)

    def _cell(self, cell: CellLines) -> tuple[int, int]:
        spans = [self.writer.line(line) for line in cell.lines]
        return (spans[0][0], spans[-1][1]) if spans else (-1, -1)

    def _segment(self, made: _Made, text: Text) -> Segment:
        if made.picture:
            return made.picture
        if made.grid:
            return _table(made.grid, made.rows, text)
        return Passage(text=text.slice(*made.span), role=made.role, level=made.level)

    def _picture(self, shown: Shown) -> SourcePicture | None:
        """Return the picture; where it cannot be shown, let its words stand in its place."""
        attributes = shown.element.attributes
        alt = described(attributes.get("alt", ""))
        size = [_pixels(attributes.get(name, "")) for name in ("width", "height")]
        if any(0 < side <= SMALLEST for side in size) and not alt:
            shown.piece.reason = ORNAMENT
            return None
        locator = Locator(offset=shown.start, length=shown.end - shown.start)
        address = attributes.get("src", "").strip()
        why = "not in the file"
        if address.lower().startswith("data:"):
            try:
                picture = self._decoded(address, alt, size, locator)
            except PictureError as error:
                why = str(error)
            else:
                if picture is None:
                    shown.piece.reason = ORNAMENT
                return picture
        self.findings.append(
            Finding(
                clause="picture",
                severity=Severity.WARNING,
                message=f"a picture is {why}: {alt or address[:80] or 'without an address'}",
                hint="nothing is fetched for a report; a picture must be inside its file",
                locator=locator,
            )
        )
        if alt:
            shown.piece.after = f"［图：{alt}］"
        shown.piece.reason = f"the picture is {why}; its text alternative stands for it"
        return None

    def _decoded(
        self, address: str, alt: str, size: list[float], locator: Locator
    ) -> SourcePicture | None:
        match = _DATA.match(address)
        if not match:
            raise PictureError("written in a way that cannot be read")
        body = unquote_to_bytes(address[match.end() :])
        if ";base64" in match["more"].lower():
            try:
                body = b64decode(body + b"=" * (-len(body) % 4))
            except binascii.Error as error:
                raise PictureError(f"damaged ({error})") from error
        wanted = (size[0] * _MILLIMETRES, size[1] * _MILLIMETRES) if all(size) else None
        picture = safe_picture(body, alt=alt, locator=locator, where=self._where, size=wanted)
        small = SMALLEST * _MILLIMETRES
        return picture if alt or min(picture.width, picture.height) > small else None

    def _tells_facts(self, grid: Grid) -> bool:
        """Tell a table of labels and values about the page, and take what it tells."""
        told: dict[str, str] = {}
        texts = [
            ["".join(line.text(self._source) for line in cell.lines) for cell in row]
            for row in grid.rows
        ]
        labels = 0
        for row in texts:
            if len(row) % 2 or any("。" in value for value in row):
                return False
            for label, value in zip(row[::2], row[1::2], strict=True):
                name = label.strip("：:【】[]　").replace(" ", "").replace("\u3000", "")
                if name not in ELEMENT_BY_LABEL:
                    return False
                labels += 1
                if ELEMENT_BY_LABEL[name] and value:
                    told.setdefault(ELEMENT_BY_LABEL[name], value)
        if labels < 2:
            return False
        self.facts = {**self.facts, **told}
        return True

    def _report_left_out(self, judged: list[Judged], silent: list[Silent]) -> None:
        """Tell a person of sentences that were left out, which may have been the report's."""
        for one in judged:
            if one.reason and isinstance(one.flowing, Line):
                text = one.flowing.text(self._source)
                if len(text) >= SHORTEST_TOLD and "。" in text:
                    self._tell(one.flowing.start, one.flowing.end, text, one.reason)
        for hidden in silent:
            if hidden.reason != SCRIPT:
                text = _TAGS.sub("", self._source[hidden.start : hidden.end])
                if "。" in text:
                    self._tell(hidden.start, hidden.end, text, hidden.reason)

    def _tell(self, start: int, end: int, text: str, reason: str) -> None:
        self.findings.append(
            Finding(
                clause="left out",
                severity=Severity.WARNING,
                message=f"left out ({reason}): {text[:30]}…",
                hint="if it belongs to the report, save the page without what stands around it",
                locator=Locator(offset=start, length=end - start),
            )
        )


class _Made:
    """A segment before the text is whole: where it will lie, and what it will be."""

    def __init__(
        self,
        span: tuple[int, int] = (0, 0),
        role: Role = "lines",
        level: int = 0,
        *,
        rows: list[list[tuple[int, int]]] | None = None,
        grid: Grid | None = None,
        picture: SourcePicture | None = None,
    ) -> None:
        self.span, self.role, self.level = span, role, level
        self.rows, self.grid, self.picture = rows or [], grid, picture

    @property
    def is_empty(self) -> bool:
        """Tell a line that held but a picture."""
        return not self.grid and not self.picture and self.span[0] == self.span[1]


def _role(line: Line, *, promoted: bool) -> tuple[Role, int]:
    if promoted:
        return "heading", 1
    if line.heading:
        return "heading", line.heading
    if line.item:
        return "list-item", line.item
    if line.element.name == "caption":
        return "caption", 0
    return ("code", 0) if line.preformatted else ("lines", 0)


def _silent(one: Judged, reason: str) -> Silent:
    return Silent(one.flowing.start, one.flowing.end, "html-furniture", reason)


def _apart(spans: list[Silent]) -> list[Silent]:
    """Return the spans without those that lie in another."""
    found: list[Silent] = []
    for one in spans:
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found


def _pixels(value: str) -> float:
    match = re.match(r"\s*(\d{1,5}(?:\.\d{1,3})?)\s*(?:px)?\s*$", value)
    return float(match[1]) if match else 0.0


def _table(grid: Grid, spans: list[list[tuple[int, int]]], text: Text) -> SourceTable:
    place = at(text, grid.start)
    every = all(cell.element.name == "th" for row in grid.rows for cell in row)
    rows = []
    for row, places in zip(grid.rows, spans, strict=True):
        cells = []
        for cell, (start, end) in zip(row, places, strict=True):
            empty = start < 0
            cells.append(
                SourceCell(
                    text=text.slice(place, place) if empty else text.slice(start, end),
                    header=not every and _is_head(cell),
                    row_span=cell.row_span,
                    col_span=cell.col_span,
                )
            )
        rows.append(tuple(cells))
    return SourceTable(
        rows=tuple(rows), locator=Locator(offset=grid.start, length=grid.end - grid.start)
    )


def _is_head(cell: CellLines) -> bool:
    one = cell.element
    group = one.parent.parent if one.parent else None
    return one.name == "th" or bool(group and group.name == "thead")
