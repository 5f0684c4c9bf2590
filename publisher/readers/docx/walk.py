"""A walk through the stories of a Word file (ECMA-376, 17.2): elements in, blocks on a tape out.

What a paragraph anchors is read right after it: pictures, text boxes, and, outside of tables, its
notes. Headers, footers and comments are read last.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.model import Locator, Severity, SourcePicture
from publisher.readers.docx import text_builder
from publisher.readers.docx.containers import see_through
from publisher.readers.docx.fields import pair, parts
from publisher.readers.docx.findings import Notices
from publisher.readers.docx.numbering import Numbering
from publisher.readers.docx.package import Element
from publisher.readers.docx.runs import Aside, Runs, Story
from publisher.readers.docx.styles_part import Styles, outline_level
from publisher.readers.docx.table_grid import arrange
from publisher.readers.docx.text_builder import (
    Cell,
    Fate,
    Grid,
    Paragraph,
    Tape,
)
from publisher.readers.limits import require
from publisher.readers.picture_decoding import PictureError, safe_picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from publisher.readers.docx.drawings import Shown
    from publisher.readers.docx.package import Package, Relationship
    from publisher.readers.docx.text_builder import Block

_NUMBER = Fate("word-numbering", "Word prints it, but it is not in the file's text")
_NOTE = Fate("note-label", "the mark by which the text refers to the note")
_NEVER_FETCHED = "nothing that a report links to is fetched; embed it in Word"
_NOTE_KINDS = ("footnote", "endnote")


class Walk:
    """The stories of one file, read in order onto one tape."""

    def __init__(self, package: Package) -> None:
        """Read the definitions that the text refers to."""
        self._package = package
        self._where = package.where
        self.tape = Tape()
        self.notices = Notices()
        self._relations = package.relationships(package.main)
        self._styles = Styles(self._related("styles"))
        self._numbering = Numbering(self._related("numbering"), self._styles)
        self._notes = {kind: self._read_notes(kind) for kind in _NOTE_KINDS}
        self._pictures: dict[str, SourcePicture | PictureError] = {}
        self._shown = 0
        self._printed = 0
        """How many characters of numbers there are, which no text in the file bounds."""
        self._expected = 0
        """How many pieces of text the stories hold that were begun."""
        self._runs = Runs(self.tape, self._styles, self.notices, Story({}, self._relations))
        self._runs.both_kinds = all(self._notes[kind][0] for kind in _NOTE_KINDS)

    def body(self) -> list[Block]:
        """Return the blocks of the main story; write all others on the tape too."""
        document = self._package.tree(self._package.main)
        body = document.child("w:body") if document else None
        if body is None:
            return []
        with self._story(body, self._relations):
            blocks = self._blocks(body, None, inside=False)
        self._tell_misplaced()
        self._unused_notes()
        for kind, fate in (("header", text_builder.HEADER), ("footer", text_builder.HEADER)):
            for name in sorted(
                {one.target for one in self._relations.values() if one.kind == kind}
            ):
                self._aside(self._package.tree(name), self._package.relationships(name), fate)
        self._aside(self._related("comments"), {}, text_builder.COMMENT)
        return blocks

    def _related(self, kind: str) -> Element | None:
        """Return the root of the part that the main document names for this."""
        for one in self._relations.values():
            if one.kind == kind and not one.external:
                return self._package.tree(one.target)
        return None

    @contextmanager
    def _story(self, root: Element, relations: Mapping[str, Relationship]) -> Iterator[None]:
        """Walk with a story's own fields and relationships, and come back to the one before."""
        before = self._runs.story
        self._runs.story = Story(pair(root), relations)
        self._expected += sum(one.name == "w:t" for one in _own(root))
        yield
        self._runs.story = before

    def _aside(
        self, root: Element | None, relations: Mapping[str, Relationship], fate: Fate
    ) -> None:
        """Write a story that is not published."""
        if root is not None:
            with self._story(root, relations):
                self._blocks(root, fate, inside=False)

    def _tell_misplaced(self) -> None:
        """Tell where text stands in places that Word knows none in."""
        missed = self._expected - self._runs.read
        if missed > 0:
            self.notices.add(
                "misplaced-text",
                f"{missed} pieces of text stand where Word knows none, and were not read",
                severity=Severity.WARNING,
                hint="open the file in Word, save it anew, and compare",
            )

    def _blocks(self, parent: Element, fate: Fate | None, *, inside: bool) -> list[Block]:
        """Return what a story or a cell holds; ``inside`` a table, notes wait until its end."""
        found: list[Block] = []
        open_paragraph: Paragraph | None = None
        for element, meets in see_through(parent, fate, self.tape, self._runs.inserted):
            if element.name in ("w:altChunk", "w:subDoc"):
                self._runs.told_unread(element.name)
                continue
            if element.name == "w:tbl":
                if open_paragraph:
                    self.tape.end(open_paragraph)
                    open_paragraph = None
                found.extend(self._table(element, meets, inside=inside))
            elif element.name == "w:p":
                paragraph, ended = self._paragraph(element, meets, open_paragraph, inside=inside)
                if open_paragraph is None:
                    found.append(paragraph)
                open_paragraph = None if ended else paragraph
                if not ended:
                    continue
            else:
                alone = Element("w:p", {}, [element], "")
                paragraph, _ = self._paragraph(alone, meets, None, inside=inside)
                found.append(paragraph)
            found.extend(self._after(inside=inside))
        if open_paragraph:
            self.tape.end(open_paragraph)
            found.extend(self._after(inside=inside))
        return found

    def _paragraph(
        self, element: Element, fate: Fate | None, joined: Paragraph | None, *, inside: bool
    ) -> tuple[Paragraph, bool]:
        """Return the paragraph, and whether it ends here: a deleted end joins it to the next."""
        properties = element.child("w:pPr")
        style = self._styles.paragraph_style(properties.value("w:pStyle") if properties else None)
        paragraph = joined or self.tape.begin()
        self._runs.paragraph(element, fate, paragraph, style)
        mark = properties.child("w:rPr") if properties else None
        if mark and fate is None and (mark.child("w:del") or mark.child("w:moveFrom")):
            self.tape.write(paragraph, "\n", text_builder.DELETED)
            return paragraph, False
        if fate is None and not (mark and mark.flag("w:vanish")):
            self._describe(paragraph, properties, style, inside=inside)
        if fate is None and self._styles.is_contents(style) and paragraph.tail[-1:].isdigit():
            self._drop_contents(paragraph)
        self.tape.end(paragraph, fate)
        require("line", paragraph.end - paragraph.start, where=self._where)
        return paragraph, True

    def _describe(
        self, paragraph: Paragraph, properties: Element | None, style: str, *, inside: bool
    ) -> None:
        level = properties.value("w:outlineLvl") if properties else None
        heading = self._styles.heading(style)
        if level is not None and heading != 0:
            heading = outline_level(level)
        paragraph.heading = heading
        label = self._numbering.label(properties, style)
        self._printed += len(label.text) if label else 0
        require("characters", self.tape.length + self._printed, where=self._where)
        if label and inside and paragraph.start == self.tape.length:
            self.tape.put(paragraph, label.text, _NUMBER)  # a column that only numbers its rows
        elif label:
            paragraph.bullet = label.level + 1 if label.bullet else 0
            paragraph.labels.append((label.text, _NUMBER))

    def _drop_contents(self, paragraph: Paragraph) -> None:
        """Take away a line of a table of contents that is no field (any more)."""
        paragraph.changes = [
            text_builder.Change(paragraph.start, self.tape.length, "", text_builder.CONTENTS),
        ]
        paragraph.kept = False
        paragraph.labels.clear()

    def _after(self, *, inside: bool) -> list[Block]:
        """Return what the paragraph or table just read holds aside."""
        found: list[Block] = []
        aside = self._runs.aside
        notes = aside.notes
        self._runs.aside = Aside(notes=notes if inside else [])
        for shown, place in aside.pictures:
            picture = self._picture(shown, place, inside=inside)
            if picture:
                found.append(picture)
        for words, fate in aside.lettering:
            paragraph = self.tape.begin()
            self.tape.write(paragraph, " ".join(words.split()), fate)
            self.tape.end(paragraph, fate)
            found.append(paragraph)
        for box, fate in aside.boxes:
            with self._story(box, self._runs.story.relations):
                found.extend(self._blocks(box, fate, inside=inside))
        for kind, identity, mark, fate in () if inside else notes:
            found.extend(self._note(kind, identity, mark, fate))
        return found

    def _read_notes(self, kind: str) -> tuple[dict[str, Element], Mapping[str, Relationship]]:
        """Return the notes of a kind by their ids, without the lines that part them from text."""
        root = self._related(f"{kind}s")
        notes = {
            one.attributes.get("w:id", ""): one
            for one in (root.children if root else ())
            if one.name == f"w:{kind}" and one.attributes.get("w:type", "normal") == "normal"
        }
        part = next((one for one in self._relations.values() if one.kind == f"{kind}s"), None)
        relations = self._package.relationships(part.target) if part and root else {}
        return notes, relations

    def _note(self, kind: str, identity: str, mark: str, fate: Fate | None) -> list[Block]:
        notes, relations = self._notes[kind]
        note = notes.pop(identity, None)
        if note is None:
            if mark:
                self.notices.add(
                    "missing-note",
                    f"the note {mark} is not in the file, or is referred to twice",
                    severity=Severity.WARNING,
                    hint="open the file in Word and look at the note",
                )
            return []
        with self._story(note, relations):
            blocks = self._blocks(note, fate, inside=False)
        first = next((one for one in blocks if isinstance(one, Paragraph) and one.kept), None)
        if mark and first:
            first.labels.append((f"{mark} ", _NOTE))
        for one in blocks:
            if isinstance(one, Paragraph):
                one.heading = None
        return blocks

    def _unused_notes(self) -> None:
        for notes, relations in self._notes.values():
            for note in notes.values():
                self._aside(note, relations, text_builder.UNUSED)

    def _picture(self, shown: Shown, place: int, *, inside: bool) -> SourcePicture | None:
        self._shown += 1
        require("pictures", self._shown, where=self._where)
        locator = Locator(offset=place, length=0)
        words = f": {shown.alt}" if shown.alt else ""
        one = self._runs.story.relations.get(shown.embedded)
        if one is None or one.external:
            linked = shown.linked or (one and one.external)
            self.notices.add(
                "linked-picture" if linked else "missing-picture",
                f"a picture is {'only linked to' if linked else 'not in the file'}{words}",
                severity=Severity.WARNING,
                hint=_NEVER_FETCHED if linked else "put it in again",
                locator=locator,
            )
            return None
        picture = self._decoded(one.target)
        if isinstance(picture, PictureError) or inside:
            why = picture if isinstance(picture, PictureError) else "in the cell of a table"
            self.notices.add(
                "picture",
                f"a picture ({one.target.rpartition('/')[2]}) is not shown: it is {why}{words}",
                severity=Severity.WARNING,
                hint="put it between two paragraphs, as PNG or JPEG",
                locator=locator,
            )
            return None
        if shown.cropped:
            self.notices.add(
                "cropped-picture",
                "a picture that Word shows a part of is shown whole",
                severity=Severity.WARNING,
                hint="in Word: Compress Pictures, Delete cropped areas",
                locator=locator,
            )
        width, height = shown.size or (picture.width, picture.height)
        return replace(picture, alt=shown.alt, locator=locator, width=width, height=height)

    def _decoded(self, name: str) -> SourcePicture | PictureError:
        """Return the picture that a part is, decoded once however often it is shown."""
        if name not in self._pictures:
            data = self._package.part(name)
            try:
                if data is None:
                    raise PictureError("not in the file")  # noqa: TRY301 - as any other reason
                place = Locator(offset=0, length=0)
                self._pictures[name] = safe_picture(data, alt="", locator=place, where=self._where)
            except PictureError as error:
                self._pictures[name] = error
        return self._pictures[name]

    def _table(self, element: Element, fate: Fate | None, *, inside: bool) -> list[Block]:
        rows = [
            (one, meets)
            for one, meets in see_through(element, fate, self.tape, self._runs.inserted)
            if one.name == "w:tr"
        ]
        cells = [list(self._cells(row, meets)) for row, meets in rows]
        if len(cells) == 1 and len(cells[0]) == 1:
            frame, meets = cells[0][0]
            return self._blocks(frame, meets, inside=inside)
        grid = Grid(rows=[], start=self.tape.length, end=0)
        above: dict[int, Cell] = {}
        for (row, _), in_row in zip(rows, cells, strict=True):
            placed, above, dropped = self._row(row, in_row, above)
            if not dropped:
                grid.rows.append(placed)
        grid.end = self.tape.length
        placed = [cell for in_grid in grid.rows for cell in in_grid]
        if all(cell.header for cell in placed):  # heads alone would be heads of nothing
            for cell in placed:
                cell.header = False
        arrange(grid, where=self._where)
        if inside and any(grid.rows) and fate is None:
            self.notices.add(
                "nested-table",
                "a table inside a table is set as lines of the cell that it stands in",
                severity=Severity.WARNING,
                hint="give it a place of its own in the report",
                locator=Locator(offset=grid.start, length=grid.end - grid.start),
            )
        return [grid] if any(grid.rows) and fate is None else []

    def _cells(self, row: Element, fate: Fate | None) -> Iterator[tuple[Element, Fate | None]]:
        properties = row.child("w:trPr")
        if fate is None and properties and properties.child("w:del"):
            fate = text_builder.DELETED
        for one, meets in see_through(row, fate, self.tape, self._runs.inserted):
            if one.name == "w:tc":
                yield one, meets

    def _row(
        self, row: Element, cells: list[tuple[Element, Fate | None]], above: dict[int, Cell]
    ) -> tuple[list[Cell], dict[int, Cell], bool]:
        """Return the cells that begin in a row, those that may go on below, and if it is gone."""
        properties = row.child("w:trPr")
        column = _whole(properties.value("w:gridBefore") if properties else None, 0)
        require("span", column, where=self._where)
        header = bool(properties and properties.flag("w:tblHeader"))
        dropped = bool(cells) and all(meets is not None for _, meets in cells)
        placed: list[Cell] = []
        open_cells: dict[int, Cell] = {}
        for element, fate in cells:
            said = element.child("w:tcPr")
            span = _whole(said.value("w:gridSpan") if said else None, 1) or 1
            require("span", span, where=self._where)
            merged = said.value("w:vMerge") if said else None
            across = said.value("w:hMerge") if said else None
            cell = above.get(column)
            if across in ("continue", "") and placed and fate is None:
                placed[-1].span += span
                self._blocks(element, text_builder.COVERED, inside=True)
            elif merged in ("continue", "") and cell and cell.span == span and not dropped:
                cell.rows += 1
                open_cells[column] = cell
                self._blocks(element, fate or text_builder.COVERED, inside=True)
            else:
                cell = Cell(column=column, span=span, header=header)
                cell.blocks = self._blocks(element, fate, inside=True)
                placed.append(cell)
                if merged == "restart":
                    open_cells[column] = cell
            column += span
        return placed, above if dropped else open_cells, dropped


def _own(story: Element) -> Iterator[Element]:
    """Yield the elements of a story but those of the text boxes in it, which are their own."""
    waiting = list(story.children)
    while waiting:
        one = waiting.pop()
        yield one
        if one.name != "w:txbxContent":
            waiting.extend(parts(one))


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 9 else default
