"""The lines around tables and pictures that belong to them: caption, unit, source, notes.

Input: the entries of a body. Output: for each table and picture the lines above and below it that are its own, whatever stands
between (caption, unit, table; table, source, notes). Captions are above tables and below pictures, unless the document as a
whole does it otherwise: the side is chosen on which more of them find their object. A caption or a note that the table itself
holds in a row of its own is set outside.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from publisher.model import PartLine, SourceCell, SourcePicture, SourceTable
from publisher.parse.captions import Form, LineForm, line_form
from publisher.parse.contents_list import entry_words
from publisher.parse.entries import Entry, Line
from publisher.text.characters import has_han

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from publisher.model import PartRole

Side = Literal["above", "below"]
Kind = Literal["table", "figure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurroundingLines:
    """The lines that belong to a table or a picture, in the order of the source."""

    above: tuple[PartLine, ...] = ()
    below: tuple[PartLine, ...] = ()


def take_surrounding_lines(
    entries: Sequence[Entry],
    reserved: Collection[int] = (),
    contents: frozenset[str] = frozenset(),
) -> tuple[list[Entry], dict[int, SurroundingLines], frozenset[int]]:
    """Return the entries, the lines around each table and picture by its index, and the indices of these lines.

    In the entries returned, a line that belongs to a table has the role ``caption``; a table is without the rows that
    are its caption, unit or notes.

    Args:
        entries: The entries of a body.
        reserved: The offsets of lines that belong to something else, such as notes that marks refer to.
        contents: The words of the printed table of contents, which are headings.

    """
    if not any(isinstance(entry, SourceTable | SourcePicture) for entry in entries):
        return list(entries), {}, frozenset()
    return _Surroundings(entries, reserved, contents).take()


@dataclass(slots=True)
class _Object:
    """A table or a picture with the indices of its lines."""

    index: int
    kind: Kind
    above: list[int]
    below: list[int]
    has_caption: bool = False


def _is_numbered_caption(line: Line) -> bool:
    """Return whether a line is 表1 … or 图1 …, which is a caption beside a table or a picture whatever its style."""
    form = line_form(line.string)
    return form.form in (Form.TABLE_CAPTION, Form.FIGURE_CAPTION) and bool(form.number)


class _Surroundings:
    def __init__(
        self, entries: Sequence[Entry], reserved: Collection[int], contents: frozenset[str]
    ) -> None:
        self.entries = list(entries)
        self._reserved = reserved
        self._contents = contents
        self._forms: dict[int, LineForm] = {}
        self._taken: set[int] = set()
        self._inside: dict[int, SurroundingLines] = {}
        self._objects: list[_Object] = []
        for index, entry in enumerate(self.entries):
            if isinstance(entry, SourceTable):
                self.entries[index], self._inside[index] = _take_rows(entry)
                caption = any(line.role == "caption" for line in self._inside[index].above)
                self._objects.append(_Object(index, "table", [], [], has_caption=caption))
            elif isinstance(entry, SourcePicture):
                self._objects.append(_Object(index, "figure", [], []))

    def take(self) -> tuple[list[Entry], dict[int, SurroundingLines], frozenset[int]]:
        sides = {kind: self._caption_side(kind) for kind in ("table", "figure")}
        for item in self._objects:
            self._scan_below(item, with_caption=sides[item.kind] == "below")
            self._scan_above(item, with_caption=sides[item.kind] == "above")
        for item in self._objects:  # a caption on the other side that is nobody else's
            if not item.has_caption and sides[item.kind] == "below":
                self._scan_above(item, with_caption=True)
            elif not item.has_caption:
                self._scan_below(item, with_caption=True)
        surroundings = {
            item.index: SurroundingLines(
                above=(*self._part_lines(item.above), *self._inside_of(item).above),
                below=(*self._inside_of(item).below, *self._part_lines(item.below)),
            )
            for item in self._objects
        }
        for index in self._taken:
            line = self.entries[index]
            if isinstance(line, Line):
                self.entries[index] = replace(line, role="caption", decided="caption")
        return self.entries, surroundings, frozenset(self._taken)

    def _inside_of(self, item: _Object) -> SurroundingLines:
        return self._inside.get(item.index, SurroundingLines())

    def _form(self, index: int) -> LineForm | None:
        """Return the form of a line that may belong to a table; ``None`` for anything else."""
        if not 0 <= index < len(self.entries) or index in self._taken:
            return None
        line = self.entries[index]
        if not isinstance(line, Line) or line.role == "list-item":
            return None
        if line.role == "heading" and not _is_numbered_caption(line):
            return None
        if line.decided not in ("", "caption") or line.text.locator.offset in self._reserved:
            return None
        if index not in self._forms:
            form = line_form(line.string)
            if line.role == "caption":
                form = replace(form, form=self._marked_form(form))
            elif form.form is Form.TITLE and entry_words(line.string) in self._contents:
                form = LineForm(form=Form.OTHER)
            self._forms[index] = form
        return self._forms[index]

    @staticmethod
    def _marked_form(form: LineForm) -> Form:
        """Return the form of a line that the markup or a person calls a caption."""
        known = (Form.FIGURE_CAPTION, Form.TABLE_CAPTION, Form.UNIT, Form.SOURCE, Form.NOTE)
        return form.form if form.form in known else Form.TABLE_CAPTION

    def _is_marked(self, index: int) -> bool:
        line = self.entries[index]
        return isinstance(line, Line) and line.role == "caption"

    def _is_caption(self, index: int, item: _Object) -> bool:
        """Return whether a line is a caption that this object may have."""
        form = self._form(index)
        if form is None:
            return False
        if item.kind == "table":
            return form.form is Form.TABLE_CAPTION
        entry, line = self.entries[item.index], self.entries[index]
        is_alt = (
            isinstance(entry, SourcePicture)
            and isinstance(line, Line)
            and form.form is Form.TITLE
            and line.string.strip() == entry.alt.strip()
        )
        return form.form is Form.FIGURE_CAPTION or is_alt or self._is_marked(index)

    def _caption_side(self, kind: Kind) -> Side:
        """Return on which side of the objects of a kind more captions find theirs."""
        counts: dict[Side, int] = defaultdict(int)
        for item in self._objects:
            if item.kind == kind:
                counts["above"] += self._is_caption(self._beyond(item.index, -1, Form.UNIT), item)
                counts["below"] += self._is_caption(self._beyond(item.index, 1, Form.SOURCE), item)
        if kind == "figure":
            return "above" if counts["above"] > counts["below"] else "below"
        return "below" if counts["below"] > counts["above"] else "above"

    def _beyond(self, index: int, step: int, passed: Form) -> int:
        """Return the index of the first line neighbour an object that is neither of a form nor a field or a note."""
        index += step
        while (form := self._form(index)) and form.form in (passed, Form.FIELDS):
            index += step
        return index

    def _scan_below(self, item: _Object, *, with_caption: bool) -> None:
        """Take the lines below an object: its caption if it is there, sources and notes."""
        index = item.below[-1] + 1 if item.below else item.index + 1
        item_number = 0
        while (form := self._form(index)) is not None:
            if with_caption and not item.has_caption and self._is_caption(index, item):
                item.has_caption = True
            elif item.below and form.is_bare is False and self._is_translation(index, item.below):
                pass
            elif form.form in (Form.SOURCE, Form.NOTE):
                item_number = form.item
            elif form.form is Form.UNIT and self._is_unit_below(index, item):
                pass
            elif form.form is Form.LONE_NOTE and self._begins_items(index + 1):
                item_number = 0
            elif (
                item.below
                and form.item
                and form.item == item_number + 1
                and self._is_note_item(item)
            ):
                item_number = form.item
            else:
                break
            self._take(index, item.below)
            index += 1

    def _is_unit_below(self, index: int, item: _Object) -> bool:
        """Return whether a unit below a table is its own: it has none above, and no table follows."""
        above = item.index - 1
        while (form := self._form(above)) and form.form is Form.FIELDS:
            above -= 1
        has_unit = form is not None and (form.form is Form.UNIT or bool(form.unit_start))
        beyond = index + 1
        of_a_table = (Form.FIELDS, Form.TABLE_CAPTION, Form.TITLE)
        while (form := self._form(beyond)) and form.form in of_a_table:
            beyond += 1
        is_above_table = any(
            isinstance(entry, SourceTable) for entry in self.entries[beyond : beyond + 1]
        )
        return item.kind == "table" and not (item.below or has_unit or is_above_table)

    def _begins_items(self, index: int) -> bool:
        form = self._form(index)
        return form is not None and form.item == 1

    def _is_note_item(self, item: _Object) -> bool:
        """Return whether the last line below an object is a note, whose items may go on."""
        form = self._forms.get(item.below[-1])
        return form is not None and (form.form in (Form.NOTE, Form.LONE_NOTE) or bool(form.item))

    def _scan_above(self, item: _Object, *, with_caption: bool) -> None:
        """Take the lines above an object: unit, what else is said about it, its caption."""
        index = item.index - 1
        lines: list[int] = []
        has_unit = False
        while (form := self._form(index)) and form.form in (Form.UNIT, Form.FIELDS):
            has_unit |= form.form is Form.UNIT
            lines.append(index)
            index -= 1
        if with_caption and not item.has_caption:
            lines += self._captions_above(item, index)
        if not item.has_caption and not has_unit:
            return
        for line in lines:
            self._take(line, item.above)
        item.above.sort()

    def _captions_above(self, item: _Object, index: int) -> list[int]:
        """Return the line of a caption that ends at an index, and those above it that belong to it."""
        form = self._form(index)
        if form is None:
            return []
        is_caption = self._is_caption(index, item) or (
            item.kind == "figure" and form.form is Form.TABLE_CAPTION
        )
        if is_caption:
            item.has_caption = True
            return [index, index - 1] if self._is_translation(index - 1, [index]) else [index]
        if form.form is not Form.TITLE:
            return []
        above = self._form(index - 1)
        if above and above.is_bare and self._is_caption(index - 1, item):
            item.has_caption = True
            return [index, index - 1]
        if item.kind == "figure":
            return []
        item.has_caption = True
        return [index]

    def _is_translation(self, index: int, captions: list[int]) -> bool:
        """Return whether a line is the caption neighbour it in another language, with the same number."""
        form, other = self._form(index), self._forms.get(captions[-1])
        if form is None or other is None or not form.number or form.number != other.number:
            return False
        if form.form is not other.form:
            return False
        line, neighbour = self.entries[index], self.entries[captions[-1]]
        return (
            isinstance(line, Line)
            and isinstance(neighbour, Line)
            and has_han(line.string) != has_han(neighbour.string)
        )

    def _take(self, index: int, lines: list[int]) -> None:
        lines.append(index)
        self._taken.add(index)

    def _part_lines(self, indices: list[int]) -> tuple[PartLine, ...]:
        parts: list[PartLine] = []
        for index in indices:
            line, form = self.entries[index], self._forms[index]
            if isinstance(line, Line):
                parts += _parts(line, form)
        return tuple(parts)


_ROLES: dict[Form, PartRole] = {
    Form.TABLE_CAPTION: "caption",
    Form.FIGURE_CAPTION: "caption",
    Form.TITLE: "caption",
    Form.UNIT: "unit",
}


def _parts(line: Line, form: LineForm) -> tuple[PartLine, ...]:
    """Return a line with its role; a caption and the unit behind it are two lines."""
    role = _ROLES.get(form.form, "note")
    if not form.unit_start:
        return (PartLine(role=role, text=line.text),)
    return (
        PartLine(role=role, text=line.text.slice(0, form.unit_start).strip()),
        PartLine(role="unit", text=line.text.slice(form.unit_start).strip()),
    )


def _take_rows(table: SourceTable) -> tuple[SourceTable, SurroundingLines]:
    """Return a table without the rows at its ends that hold its caption, its unit or its notes alone."""
    rows = list(table.rows)
    above: list[PartLine] = []
    below: list[PartLine] = []
    while len(rows) > 2 and (cell := _only_cell(rows[0])):
        form = line_form(cell.text.string)
        if form.form not in (Form.TABLE_CAPTION, Form.UNIT):
            break
        above += _parts(Line(text=cell.text), form)
        rows.pop(0)
    while len(rows) > 2 and (cell := _only_cell(rows[-1])):
        form = line_form(cell.text.string)
        if form.form not in (Form.SOURCE, Form.NOTE):
            break
        below.insert(0, PartLine(role="note", text=cell.text))
        rows.pop()
    if not above and not below:
        return table, SurroundingLines()
    return (
        replace(table, rows=tuple(rows)),
        SurroundingLines(above=tuple(above), below=tuple(below)),
    )


def _only_cell(row: Sequence[SourceCell]) -> SourceCell | None:
    """Return the cell of a row that alone has text; ``None`` if the row is cut by other rows or has several."""
    filled = [cell for cell in row if cell.text.string.strip()]
    if len(filled) != 1 or any(cell.row_span > 1 for cell in row):
        return None
    cell = filled[0]
    return cell if cell is row[0] or cell.col_span > 1 else None
