"""Notes at the foot of the page that has their marks (CSS GCPM 3, footnotes).

In: the boxes of a document before layout. Out: the same boxes; each note with ``float: footnote`` that names its mark
(``data-reference``) is called by the box of that mark, wherever the note itself is in the document. The elements of the
page thus stay in the order of the source, and WeasyPrint sets each note on the page of the line with its mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REFERENCE = "data-reference"
"""The attribute of a note that has the id of its mark."""


def call_notes_by_marks(root: Any) -> None:
    """Make each mark in a document call its note; a note whose mark is not in the text stays where it is called."""
    names = {
        box.element.get(REFERENCE, "") for box in root.descendants() if box.footnote is not None
    }
    marks: dict[str, Any] = {}
    for box in root.descendants():
        is_own = box.element is not None and box.element_tag == box.element.tag
        identifier = box.element.get("id", "") if is_own else ""
        if identifier and identifier in names:
            marks.setdefault(identifier, box)
    if marks:
        _move_calls(root, marks)


def _move_calls(box: Any, marks: Mapping[str, Any]) -> bool:
    """Move the calls below a box to their marks; return whether the box held nothing else."""
    children = []
    for child in box.children:
        if child.footnote is not None and child.element.get(REFERENCE) in marks:
            mark = marks[child.element.get(REFERENCE)]
            if mark.footnote is None:
                mark.footnote = child.footnote
                continue
        is_anonymous = child.element is box.element
        if not (child.children and _move_calls(child, marks) and is_anonymous):
            children.append(child)
    has_moved = len(children) < len(box.children)
    if has_moved:
        box.children = children
    return has_moved and not children


def defer_forgotten_notes(context: Any, lines: Sequence[Any]) -> list[Any]:
    """Move the notes of lines on this page that have no place yet to the next page; return them.

    WeasyPrint forgets the notes of a line that it keeps on a page by moving other notes to the next one.
    """
    forgotten = [
        box.footnote
        for line in lines
        for box in line.descendants()
        if box.footnote in context.footnotes
    ]
    for note in forgotten:
        context.footnotes.remove(note)
        context.reported_footnotes.append(note)
    return forgotten
