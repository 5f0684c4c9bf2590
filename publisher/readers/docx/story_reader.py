"""Reads the stories of a Word file (ECMA-376, 17.2): elements in, blocks and one text out.

A story is a part's own sequence of paragraphs and tables: the body, a note, a text box, a header,
a comment. What a paragraph anchors is read right after it: pictures, text boxes and, outside of
tables, its notes. Headers, footers and comments are read last.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from publisher.model import Locator
from publisher.readers.docx import text_builder
from publisher.readers.docx.alternate_content import walk_outside_text_boxes
from publisher.readers.docx.fields import match_fields
from publisher.readers.docx.finding_collector import FindingCollector
from publisher.readers.docx.finding_rules import MISPLACED_TEXT, MISSING_NOTE, NESTED_TABLE
from publisher.readers.docx.indents import first_line_indent, paragraph_alignment
from publisher.readers.docx.numbering import Numbering
from publisher.readers.docx.object_reader import ObjectReader
from publisher.readers.docx.package import Element, find_target
from publisher.readers.docx.picture_reader import PictureReader
from publisher.readers.docx.run_in_paragraphs import continues_on_the_line
from publisher.readers.docx.run_reader import AnchoredContent, RunReader, Story
from publisher.readers.docx.styles_part import TITLE, Styles, outline_level
from publisher.readers.docx.table_grid import fit_to_grid
from publisher.readers.docx.text_builder import (
    Cell,
    EditRule,
    Paragraph,
    Table,
    TextBuilder,
)
from publisher.readers.docx.transparent_elements import unwrap_elements
from publisher.readers.limits import require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.readers.docx.package import Package, Relationship
    from publisher.readers.docx.text_builder import Block

_NUMBER_LABEL = EditRule("word-numbering", "Word prints it, but it is not in the file's text")
_NOTE_LABEL = EditRule("note-label", "the mark by which the text refers to the note")
_NOTE_KINDS = ("footnote", "endnote")
_CONTINUED = ("continue", "")
"""Values of ``w:vMerge`` and ``w:hMerge`` of a cell that belongs to the one before."""


class StoryReader:
    """Reads all stories of one file, in order, into one text."""

    def __init__(self, package: Package) -> None:
        """Read the styles, the numbering and the notes that the text refers to."""
        self.builder = TextBuilder()
        self.findings = FindingCollector()
        self._package = package
        self._where = package.where
        self._relationships = package.relationships(package.main_part)
        self._styles = Styles(self._read_related("styles"))
        self._numbering = Numbering(self._read_related("numbering"), self._styles)
        self._notes = {kind: self._read_notes(kind) for kind in _NOTE_KINDS}
        self._pictures = PictureReader(package, self.findings)
        self._objects = ObjectReader(package, self.builder, self.findings)
        self._label_length = 0
        """The length of all numbers that Word counts; the size of the file does not bound it."""
        self._text_elements = 0
        """How many ``w:t`` elements are in the stories that were begun."""
        self._runs = RunReader(
            self.builder, self._styles, self.findings, Story({}, self._relationships)
        )
        self._runs.has_both_note_kinds = all(self._notes[kind][0] for kind in _NOTE_KINDS)

    def read_body(self) -> list[Block]:
        """Return the blocks of the body; add all other stories to the text."""
        document = self._package.read_tree(self._package.main_part)
        body = document.child("w:body") if document else None
        if body is None:
            return []
        with self._enter_story(body, self._relationships):
            blocks = self._read_blocks(body, None, in_table=False)
        self._report_misplaced_text()
        for notes, relationships in self._notes.values():
            for note in notes.values():
                self._read_omitted(note, relationships, text_builder.UNUSED_NOTE)
        for kind in ("header", "footer"):
            targets = {r.target for r in self._relationships.values() if r.kind == kind}
            for part in sorted(targets):
                relationships = self._package.relationships(part)
                self._read_omitted(
                    self._package.read_tree(part), relationships, text_builder.HEADER
                )
        self._read_omitted(self._read_related("comments"), {}, text_builder.COMMENT)
        return blocks

    def _read_related(self, kind: str) -> Element | None:
        """Return the root of the part to which the main document has a relationship of a kind."""
        part = find_target(self._relationships, kind)
        return self._package.read_tree(part) if part is not None else None

    @contextmanager
    def _enter_story(
        self, root: Element, relationships: Mapping[str, Relationship]
    ) -> Iterator[None]:
        """Use the fields and relationships of a story; restore those of the story around it."""
        outer_story = self._runs.story
        self._runs.story = Story(match_fields(root), relationships)
        elements = walk_outside_text_boxes(*root.children)
        self._text_elements += sum(element.name == "w:t" for element in elements)
        yield
        self._runs.story = outer_story

    def _read_omitted(
        self,
        root: Element | None,
        relationships: Mapping[str, Relationship],
        omission: EditRule,
    ) -> None:
        """Add a story to the text that is left out of the publication."""
        if root is not None:
            with self._enter_story(root, relationships):
                self._read_blocks(root, omission, in_table=False)

    def _report_misplaced_text(self) -> None:
        """Report text in places where the format allows none."""
        count = self._text_elements - self._runs.text_elements_read
        if count > 0:
            self.findings.add(MISPLACED_TEXT, count=count)

    def _read_blocks(
        self, parent: Element, omission: EditRule | None, *, in_table: bool
    ) -> list[Block]:
        """Return the blocks of a story or a cell; notes in a table wait until its end."""
        blocks: list[Block] = []
        open_paragraph: Paragraph | None = None
        for element, element_omission in self._unwrap(parent, omission):
            if element.name in ("w:altChunk", "w:subDoc"):
                self._runs.report_unread_document(element.name)
                continue
            if element.name == "w:tbl":
                if open_paragraph:
                    self.builder.end_paragraph(open_paragraph)
                    open_paragraph = None
                blocks.extend(self._read_table(element, element_omission, in_table=in_table))
            elif element.name == "w:p":
                paragraph, has_ended = self._read_paragraph(
                    element, element_omission, open_paragraph, in_table=in_table
                )
                if open_paragraph is None:
                    blocks.append(paragraph)
                open_paragraph = None if has_ended else paragraph
                if not has_ended:
                    continue
            else:
                wrapper = Element("w:p", {}, [element], "")
                paragraph, _ = self._read_paragraph(
                    wrapper, element_omission, None, in_table=in_table
                )
                blocks.append(paragraph)
            blocks.extend(self._read_anchored(in_table=in_table))
        if open_paragraph:
            self.builder.end_paragraph(open_paragraph)
            blocks.extend(self._read_anchored(in_table=in_table))
        return blocks

    def _unwrap(
        self, parent: Element, omission: EditRule | None
    ) -> Iterator[tuple[Element, EditRule | None]]:
        return unwrap_elements(parent, omission, self.builder, self._runs.end_container)

    def _read_paragraph(
        self,
        element: Element,
        omission: EditRule | None,
        open_paragraph: Paragraph | None,
        *,
        in_table: bool,
    ) -> tuple[Paragraph, bool]:
        """Read a paragraph, as the continuation of ``open_paragraph`` if there is one.

        Returns:
            The paragraph, and whether it has ended. A paragraph whose mark is deleted or a style
            separator, or which is a drop cap, continues in the next one.

        """
        properties = element.child("w:pPr")
        style = self._styles.paragraph_style(properties.value("w:pStyle") if properties else None)
        paragraph = open_paragraph or self.builder.begin_paragraph()
        self._runs.read_paragraph(element, omission, paragraph, style)
        mark = properties.child("w:rPr") if properties else None
        if mark and omission is None and (mark.child("w:del") or mark.child("w:moveFrom")):
            self.builder.write(paragraph, "\n", text_builder.DELETED)
            return paragraph, False
        continues = omission is None and continues_on_the_line(properties)
        if omission is None and (continues or not (mark and mark.flag("w:vanish"))):
            self._apply_properties(paragraph, properties, style, in_table=in_table)
        if continues:
            return paragraph, False
        if (
            omission is None
            and self._styles.is_contents_style(style)
            and paragraph.tail[-1:].isdigit()
        ):
            self._omit_contents_line(paragraph)
        self.builder.end_paragraph(paragraph, omission)
        require("line", paragraph.end - paragraph.start, where=self._where)
        return paragraph, True

    def _apply_properties(
        self, paragraph: Paragraph, properties: Element | None, style: str, *, in_table: bool
    ) -> None:
        """Set the heading level and the label of a paragraph."""
        outline = properties.value("w:outlineLvl") if properties else None
        heading = self._styles.heading(style)
        if outline is not None and heading != TITLE:
            heading = outline_level(outline)
        paragraph.heading = heading
        paragraph.is_quotation = not in_table and self._styles.is_quotation_style(style)
        if not in_table:
            paragraph.preformatted_role = self._styles.preformatted_role(style)
        formatting = [*filter(None, [properties]), *self._styles.properties(style, "w:pPr")]
        paragraph.alignment = paragraph_alignment(formatting)
        paragraph.indent = first_line_indent(formatting)
        label = self._numbering.next_label(properties, style)
        self._label_length += len(label.text) if label else 0
        require("characters", self.builder.length + self._label_length, where=self._where)
        if label and in_table and paragraph.start == self.builder.length:
            # an empty paragraph: the column of a table that only numbers its rows
            self.builder.write_replaced(paragraph, label.text, _NUMBER_LABEL)
        elif label:
            is_item = label.is_bullet or (label.is_inside_bullet and heading is None)
            paragraph.bullet = label.level + 1 if is_item else 0
            paragraph.labels.append((label.text, _NUMBER_LABEL))

    def _omit_contents_line(self, paragraph: Paragraph) -> None:
        """Leave out a line of a table of contents that is not (or no longer) a field."""
        paragraph.changes = [
            text_builder.Change(
                paragraph.start, self.builder.length, "", text_builder.TABLE_OF_CONTENTS
            ),
        ]
        paragraph.has_text = False
        paragraph.labels.clear()

    def _read_anchored(self, *, in_table: bool) -> list[Block]:
        """Return the blocks that the last paragraph or table anchors."""
        blocks: list[Block] = []
        anchored = self._runs.anchored
        notes = anchored.notes
        self._runs.anchored = AnchoredContent(notes=notes if in_table else [])
        relationships = self._runs.story.relationships
        for drawn, offset in anchored.pictures:
            picture = self._pictures.read(drawn, offset, relationships, in_table=in_table)
            if picture:
                blocks.append(picture)
        for drawn_object, offset in anchored.objects:
            blocks += self._objects.read(drawn_object, offset, relationships, in_table=in_table)
        blocks += [
            self.builder.add_paragraph(" ".join(string.split()), omission)
            for string, omission in anchored.lettering
        ]
        for text_box, omission in anchored.text_boxes:
            with self._enter_story(text_box, relationships):
                blocks.extend(self._read_blocks(text_box, omission, in_table=in_table))
        if not in_table:
            for kind, identity, mark, omission in notes:
                blocks.extend(self._read_note(kind, identity, mark, omission))
        return blocks

    def _read_notes(self, kind: str) -> tuple[dict[str, Element], Mapping[str, Relationship]]:
        """Return the notes of a kind by id, without separators, and the relationships of the part."""
        part = find_target(self._relationships, f"{kind}s")
        root = self._package.read_tree(part) if part is not None else None
        if part is None or root is None:
            return {}, {}
        notes = {
            child.attributes.get("w:id", ""): child
            for child in root.children
            if child.name == f"w:{kind}" and child.attributes.get("w:type", "normal") == "normal"
        }
        return notes, self._package.relationships(part)

    def _read_note(
        self, kind: str, identity: str, mark: str, omission: EditRule | None
    ) -> list[Block]:
        """Return the blocks of a note, the first with its mark; report a note that is missing."""
        notes, relationships = self._notes[kind]
        note = notes.pop(identity, None)
        if note is None:
            if mark:
                self.findings.add(MISSING_NOTE, mark=mark)
            return []
        with self._enter_story(note, relationships):
            blocks = self._read_blocks(note, omission, in_table=False)
        paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
        first = next((paragraph for paragraph in paragraphs if paragraph.has_text), None)
        if mark and first:
            first.labels.append((f"{mark} ", _NOTE_LABEL))
        for paragraph in paragraphs:
            paragraph.heading = None
        return blocks

    def _read_table(
        self, element: Element, omission: EditRule | None, *, in_table: bool
    ) -> list[Block]:
        """Return a table; or its content, if it has one cell only and thus is a frame."""
        rows = [
            (row, row_omission)
            for row, row_omission in self._unwrap(element, omission)
            if row.name == "w:tr"
        ]
        cells_by_row = [list(self._row_cells(row, row_omission)) for row, row_omission in rows]
        if len(cells_by_row) == 1 and len(cells_by_row[0]) == 1:
            frame, frame_omission = cells_by_row[0][0]
            return self._read_blocks(frame, frame_omission, in_table=in_table)
        table = Table(rows=[], start=self.builder.length, end=0)
        open_cells: dict[int, Cell] = {}
        for (row, _), row_cells in zip(rows, cells_by_row, strict=True):
            cells, open_cells, is_deleted = self._read_row(row, row_cells, open_cells)
            if not is_deleted:
                table.rows.append(cells)
        table.end = self.builder.length
        all_cells = [cell for cells in table.rows for cell in cells]
        if all(cell.header for cell in all_cells):  # there is nothing that they could head
            for cell in all_cells:
                cell.header = False
        fit_to_grid(table, where=self._where)
        if in_table and any(table.rows) and omission is None:
            locator = Locator(offset=table.start, length=table.end - table.start)
            self.findings.add(NESTED_TABLE, locator)
        return [table] if any(table.rows) and omission is None else []

    def _row_cells(
        self, row: Element, omission: EditRule | None
    ) -> Iterator[tuple[Element, EditRule | None]]:
        """Yield the cells of a row, each with the rule that leaves it out, or None."""
        properties = row.child("w:trPr")
        if omission is None and properties and properties.child("w:del"):
            omission = text_builder.DELETED
        for element, element_omission in self._unwrap(row, omission):
            if element.name == "w:tc":
                cell_properties = element.child("w:tcPr")
                is_deleted = cell_properties and cell_properties.child("w:cellDel")
                yield element, element_omission or (text_builder.DELETED if is_deleted else None)

    def _read_row(
        self,
        row: Element,
        row_cells: list[tuple[Element, EditRule | None]],
        cells_above: dict[int, Cell],
    ) -> tuple[list[Cell], dict[int, Cell], bool]:
        """Read the cells of a row; merge those that continue a cell before or above them.

        Returns:
            The cells that begin in the row, the cells by column that the next row may continue,
            and whether the whole row is deleted.

        """
        properties = row.child("w:trPr")
        column = _integer(properties.value("w:gridBefore") if properties else None, 0)
        require("span", column, where=self._where)
        header = bool(properties and properties.flag("w:tblHeader"))
        is_deleted = bool(row_cells) and all(omission is not None for _, omission in row_cells)
        cells: list[Cell] = []
        open_cells: dict[int, Cell] = {}
        for element, omission in row_cells:
            cell_properties = element.child("w:tcPr")
            span = _integer(_value(cell_properties, "w:gridSpan"), 1) or 1
            require("span", span, where=self._where)
            vertical_merge = _value(cell_properties, "w:vMerge")
            cell = cells_above.get(column)
            if _value(cell_properties, "w:hMerge") in _CONTINUED and cells and omission is None:
                cells[-1].column_span += span
                self._read_blocks(element, text_builder.COVERED_CELL, in_table=True)
            elif (
                vertical_merge in _CONTINUED
                and cell
                and cell.column_span == span
                and not is_deleted
            ):
                cell.row_span += 1
                open_cells[column] = cell
                self._read_blocks(element, omission or text_builder.COVERED_CELL, in_table=True)
            else:
                cell = Cell(column=column, column_span=span, header=header)
                cell.blocks = self._read_blocks(element, omission, in_table=True)
                cells.append(cell)
                if vertical_merge == "restart":
                    open_cells[column] = cell
            column += span
        if cells:
            cells[-1].height = _integer(_value(properties, "w:trHeight"), 0) / 20
        return cells, cells_above if is_deleted else open_cells, is_deleted


def _value(properties: Element | None, name: str) -> str | None:
    return properties.value(name) if properties else None


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 9 else default
