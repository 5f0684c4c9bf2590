"""The segments of the report on a page.

Input is the page's flow, each item with the reason to leave it out, or none. Output is passages,
tables and pictures, the metadata on the page, and findings that a person should check.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from publisher.messages import translatable
from publisher.model import Finding, Locator, Passage, SourceCell, SourceTable
from publisher.readers.finding_rules import OMITTED_SENTENCE, PICTURE_OF_PAGE
from publisher.readers.html.blank_lines import cell_blank_lines
from publisher.readers.html.flow_items import Line, OmittedSpan, Picture, Table
from publisher.readers.html.indents import cell_indent
from publisher.readers.html.omitted_elements import (
    DELETION_RULE,
    OMITTED_RULE,
    SCRIPT,
    WITHOUT_SCRIPTS,
)
from publisher.readers.html.report_candidates import FIGURES
from publisher.readers.html.text_extraction import TextWriter, index_of_offset
from publisher.readers.limits import require
from publisher.readers.picture_decoding import (
    PictureError,
    clean_alternative_text,
    safe_picture,
)
from publisher.readers.text_tables import report_uncertain_lines, split_tables
from publisher.reference.web_labels import ELEMENT_BY_LABEL
from publisher.text.prose import is_chinese_prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publisher.model import Edit, Role, Segment, SourcePicture, Text
    from publisher.readers.html.flow_items import CellLines, FlowItem
    from publisher.readers.html.report_selection import Selection

_DATA_URL = re.compile(r"data:(?P<type>[\w.+/-]*)(?P<more>(?:;[^,;]*)*),", re.IGNORECASE)
_TAGS_AND_SPACE = re.compile(r"<[^<>]*>|\s")
LONGEST_LABEL = 8
"""Characters of the longest label that is taken for one about the page without being known."""
MIN_REPORTED_LENGTH = 20
"""A shorter sentence that is left out is recorded, but not reported (characters)."""
ORNAMENT_REASON = "an ornament: small, and without a text alternative"
MAX_ORNAMENT_SIDE = 32
"""A picture that is no wider or no higher is an ornament (CSS pixels)."""
_MILLIMETRES_PER_PIXEL = 25.4 / 96


class SegmentBuilder:
    """Builds the segments of the report from the selected items of a page."""

    def __init__(
        self,
        source: str,
        selections: list[Selection],
        omitted_by_flow: list[OmittedSpan],
        source_metadata: Mapping[str, str],
        where: str,
    ) -> None:
        """Separate the items of the report from those that are left out.

        Args:
            source: The decoded source of the page.
            selections: The items, each with the reason to leave it out, or none.
            omitted_by_flow: The spans that are not text of the page.
            source_metadata: The metadata in the page's head.
            where: The name of the file in error messages.

        """
        self.findings: list[Finding] = []
        self.table_edits: list[Edit] = []
        """What is removed from preformatted lines because it draws a table; after the edits of ``writer``."""
        self.source_metadata = dict(source_metadata)
        self._source = source
        self._where = where
        self._selected: list[Selection] = []
        omitted_spans = list(omitted_by_flow)
        omitted: list[Selection] = []
        for selection in selections:
            item = selection.item
            if isinstance(item, Table) and self._extract_metadata(item):
                omitted_spans.append(_boilerplate_span(item, "metadata of the report"))
            elif selection.reason:
                omitted.append(selection)
                omitted_spans.append(_boilerplate_span(item, selection.reason))
            else:
                self._selected.append(selection)
        omitted_spans.sort(key=lambda span: (span.start, -span.end))
        self.writer = TextWriter(source, _without_nested(omitted_spans))
        self._report_omissions(omitted, omitted_by_flow)

    def build(self) -> tuple[Segment, ...]:
        """Return the segments in order; ``source_metadata`` and ``findings`` are then complete."""
        items = [selection.item for selection in self._selected]
        pictures_in_flow = [item for item in items if isinstance(item, Picture)]
        require("pictures", len(pictures_in_flow), where=self._where)
        pictures = {picture.start: self._read_picture(picture) for picture in pictures_in_flow}
        drafts: list[_SegmentDraft] = []
        for selection in self._selected:
            item = selection.item
            if isinstance(item, Line):
                role, level = _role(item, is_title=selection.is_title)
                drafts.append(_SegmentDraft(self.writer.write_line(item), role, level))
            elif isinstance(item, Table):
                rows = [[self._write_cell(cell) for cell in row] for row in item.rows]
                drafts.append(_SegmentDraft((item.start, item.end), rows=rows, table=item))
            elif picture := pictures[item.start]:
                drafts.append(_SegmentDraft(picture=picture))
        text = self.writer.finish()
        segments: list[Segment] = []
        shown = (draft for draft in drafts if not draft.is_empty)
        for is_code, group in groupby(shown, key=lambda draft: draft.role == "code"):
            members = list(group)
            tables: list[Segment] = []
            if is_code:
                members = [_with_role(draft, text) for draft in members]
                tables = self._read_preformatted(members, text)
            segments += tables or [_segment(draft, text, self._source) for draft in members]
        return tuple(segments)

    def _read_preformatted(self, drafts: list[_SegmentDraft], text: Text) -> list[Segment]:
        """Return preformatted lines with the tables among them; nothing if there is none."""
        parts, edits, locators = split_tables(text.slice(drafts[0].span[0], drafts[-1].span[1]))
        self.findings.extend(report_uncertain_lines(self._source, locators))
        if not any(isinstance(part, SourceTable) for part in parts):
            return []
        self.table_edits.extend(edits)
        roles = {draft.role for draft in drafts}
        role: Role = "code" if roles == {"code"} else "lines"
        return [
            replace(part, role=role) if isinstance(part, Passage) and part.role == "lines" else part
            for part in parts
        ]

    def _write_cell(self, cell: CellLines) -> tuple[int, int]:
        """Write a cell; return its span of the text, or ``(-1, -1)`` if it is empty."""
        spans = [self.writer.write_line(line) for line in cell.lines]
        return (spans[0][0], spans[-1][1]) if spans else (-1, -1)

    def _read_picture(self, picture: Picture) -> SourcePicture | None:
        """Return a picture; if it cannot be shown, put its text alternative into the text."""
        attributes = picture.element.attributes
        alt = clean_alternative_text(attributes.get("alt", ""))
        size = [_pixels(attributes.get(name, "")) for name in ("width", "height")]
        if any(0 < side <= MAX_ORNAMENT_SIDE for side in size) and not alt:
            picture.piece.reason = ORNAMENT_REASON
            return None
        locator = Locator(offset=picture.start, length=picture.end - picture.start)
        address = attributes.get("src", "").strip()
        problem = "not in the file"
        if address.lower().startswith("data:"):
            try:
                decoded = self._decode_picture(address, alt, size, locator)
            except PictureError as error:
                problem = str(error)
            else:
                if decoded is None:
                    picture.piece.reason = ORNAMENT_REASON
                return decoded
        self.findings.append(
            PICTURE_OF_PAGE.finding(
                locator,
                problem=problem,
                description=alt or address[:80] or "without an address",
            )
        )
        if alt:
            picture.piece.after = f"［图：{alt}］"
        picture.piece.reason = translatable(
            "the picture is {problem}; its text alternative replaces it", problem=problem
        )
        return None

    def _decode_picture(
        self, address: str, alt: str, size: list[float], locator: Locator
    ) -> SourcePicture | None:
        """Return the picture in a ``data:`` URL; None for an ornament."""
        match = _DATA_URL.match(address)
        if not match:
            raise PictureError("written in a way that cannot be read")
        data = unquote_to_bytes(address[match.end() :])
        if ";base64" in match["more"].lower():
            try:
                data = b64decode(data + b"=" * (-len(data) % 4))
            except binascii.Error as error:
                raise PictureError(translatable("damaged ({error})", error=str(error))) from error
        width, height = (side * _MILLIMETRES_PER_PIXEL for side in size)
        picture = safe_picture(
            data,
            alt=alt,
            locator=locator,
            where=self._where,
            size=(width, height) if width and height else None,
        )
        max_side = MAX_ORNAMENT_SIDE * _MILLIMETRES_PER_PIXEL
        return picture if alt or min(picture.width, picture.height) > max_side else None

    def _extract_metadata(self, table: Table) -> bool:
        """Return whether a table has only labels and values about the page, and read them.

        A label that is not known may be among them if it ends in a colon and most labels are known.
        """
        metadata: dict[str, str] = {}
        texts = [
            ["".join(line.text(self._source) for line in cell.lines) for cell in row]
            for row in table.rows
        ]
        labels = unknown = 0
        for row in texts:
            if len(row) % 2 or any("。" in value for value in row):
                return False
            for label, value in zip(row[::2], row[1::2], strict=True):
                name = label.strip("：:【】[]　").replace(" ", "").replace("\u3000", "")
                if name not in ELEMENT_BY_LABEL:
                    if not label.strip().endswith(("：", ":")) or len(name) > LONGEST_LABEL:
                        return False
                    unknown += 1
                    continue
                labels += 1
                if ELEMENT_BY_LABEL[name] and value:
                    metadata.setdefault(ELEMENT_BY_LABEL[name], value)
        if labels < 2 or labels < 2 * unknown:
            return False
        self.source_metadata = {**self.source_metadata, **metadata}
        return True

    def _report_omissions(
        self, omitted: list[Selection], omitted_by_flow: list[OmittedSpan]
    ) -> None:
        """Report sentences and tables of figures that are left out, because they may belong to the report."""
        for selection in omitted:
            item = selection.item
            text = "".join(line.text(self._source) for line in _lines(item))
            is_sentence = len(text) >= MIN_REPORTED_LENGTH and "。" in text
            if is_sentence or (isinstance(item, Table) and FIGURES.search(text)):
                self._report_omission(item.start, item.end, text, selection.reason)
        for span in omitted_by_flow:
            if span.reason != SCRIPT:
                text = _TAGS_AND_SPACE.sub("", self._source[span.start : span.end])
                holds_figures = span.reason == WITHOUT_SCRIPTS and FIGURES.search(text)
                if "。" in text or holds_figures or (text and span.rule == DELETION_RULE):
                    self._report_omission(span.start, span.end, text, span.reason)

    def _report_omission(self, start: int, end: int, text: str, reason: str) -> None:
        self.findings.append(
            OMITTED_SENTENCE.finding(
                Locator(offset=start, length=end - start),
                reason=reason,
                text=text if len(text) <= 30 else f"{text[:30]}…",
            )
        )


class _SegmentDraft:
    """A segment before the text is complete: its role and its span of the text."""

    def __init__(
        self,
        span: tuple[int, int] = (0, 0),
        role: Role = "lines",
        level: int = 0,
        *,
        rows: list[list[tuple[int, int]]] | None = None,
        table: Table | None = None,
        picture: SourcePicture | None = None,
    ) -> None:
        self.span, self.role, self.level = span, role, level
        self.rows, self.table, self.picture = rows or [], table, picture

    @property
    def is_empty(self) -> bool:
        """Whether it is a line without text, for example with nothing but a picture."""
        return not self.table and not self.picture and self.span[0] == self.span[1]


def _with_role(draft: _SegmentDraft, text: Text) -> _SegmentDraft:
    """Return a draft of preformatted text; one that is Chinese prose has lines as any other."""
    if is_chinese_prose(text.string[slice(*draft.span)]):
        return _SegmentDraft(draft.span, "lines")
    return draft


def _segment(draft: _SegmentDraft, text: Text, source: str) -> Segment:
    if draft.picture:
        return draft.picture
    if draft.table:
        return _table(draft.table, draft.rows, text, source)
    return Passage(text=text.slice(*draft.span), role=draft.role, level=draft.level)


def _role(line: Line, *, is_title: bool) -> tuple[Role, int]:
    """Return the role and the level of a line's passage."""
    if is_title:
        return "heading", 1
    if line.heading:
        return "heading", line.heading
    if line.list_level:
        return "list-item", line.list_level
    if line.element.name == "caption":
        return "caption", 0
    return ("code", 0) if line.preformatted else ("lines", 0)


def _lines(item: FlowItem) -> Iterable[Line]:
    if isinstance(item, Table):
        return item.lines()
    return [item] if isinstance(item, Line) else []


def _boilerplate_span(item: FlowItem, reason: str) -> OmittedSpan:
    return OmittedSpan(item.start, item.end, OMITTED_RULE, reason)


def _without_nested(spans: list[OmittedSpan]) -> list[OmittedSpan]:
    """Return sorted spans without those that begin in another."""
    outer_spans: list[OmittedSpan] = []
    for span in spans:
        if not outer_spans or span.start >= outer_spans[-1].end:
            outer_spans.append(span)
    return outer_spans


def _pixels(value: str) -> float:
    match = re.match(r"\s*(\d{1,5}(?:\.\d{1,3})?)\s*(?:px)?\s*$", value)
    return float(match[1]) if match else 0.0


def _table(
    table: Table, spans: list[list[tuple[int, int]]], text: Text, source: str
) -> SourceTable:
    start_index = index_of_offset(text, table.start)
    only_headers = all(cell.element.name == "th" for row in table.rows for cell in row)
    rows = []
    for row, row_spans in zip(table.rows, spans, strict=True):
        cells = []
        for number, (cell, (start, end)) in enumerate(zip(row, row_spans, strict=True), 1):
            is_empty = start < 0
            cell_text = text.slice(*((start_index, start_index) if is_empty else (start, end)))
            cells.append(
                SourceCell(
                    text=cell_text,
                    header=not only_headers and _is_header(cell),
                    row_span=cell.row_span,
                    col_span=cell.col_span,
                    indent=cell_indent(cell, cell_text.string),
                    blank_lines=cell_blank_lines(cell.element, source, is_last=number == len(row)),
                )
            )
        rows.append(tuple(cells))
    return SourceTable(
        rows=tuple(rows), locator=Locator(offset=table.start, length=table.end - table.start)
    )


def _is_header(cell: CellLines) -> bool:
    """Return whether a cell is a ``th`` or in a ``thead``."""
    element = cell.element
    group = element.parent.parent if element.parent else None
    return element.name == "th" or bool(group and group.name == "thead")
