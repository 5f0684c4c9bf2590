"""Fields that repeat the text around them, as LibreOffice writes the input fields of other formats.

LibreOffice writes the text of an input field as runs, and before, between and behind these runs the
whole field again with its result: for 收到36项 the results 收到36项, and between them 收到, 36 and 项.
Word shows all of it. The runs have the formatting, so the results are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.readers.docx.alternate_content import walk_outside_text_boxes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.readers.docx.fields import Field
    from publisher.readers.docx.package import Element

_REPEATED_KINDS = ("FILLIN", "FORMTEXT", "REF")
"""How LibreOffice writes input fields (17.16.5.20), text form fields (17.16.5.23) and variables."""


@dataclass(slots=True)
class _Piece:
    """A piece of a paragraph: text between fields, or the result of a field."""

    text: str
    field: Field | None


def mark_repetitions(story: Element, fields: Mapping[int, Field]) -> None:
    """Set ``is_repetition`` for the fields of a story whose results repeat the text between them.

    Args:
        story: The root of the story.
        fields: The field of each field character, by ``id()`` of the character's element.

    """
    count = sum(field.kind in _REPEATED_KINDS for field in fields.values())
    if count < 4:  # one field has two characters or three
        return
    for pieces in _paragraphs(story, fields):
        index = 0
        while index < len(pieces):
            end = _repetition_end(pieces, index)
            for piece in pieces[index:end]:
                if piece.field is not None:
                    piece.field.is_repetition = True
            index = max(end, index + 1)


def _paragraphs(story: Element, fields: Mapping[int, Field]) -> Iterator[list[_Piece]]:
    """Yield the pieces of each paragraph."""
    pieces: list[_Piece] = []
    open_fields: list[Field] = []
    for element in walk_outside_text_boxes(story):
        if element.name == "w:p":
            yield pieces
            pieces = []
        elif element.name == "w:fldChar" and id(element) in fields:
            current = fields[id(element)]
            if element.attributes.get("w:fldCharType") == "begin":
                if not open_fields and current.is_shown:
                    pieces.append(_Piece("", current))
                open_fields.append(current)
            elif element.attributes.get("w:fldCharType") == "end" and open_fields:
                open_fields.pop()
        elif element.name == "w:t":
            outermost = open_fields[0] if open_fields else None
            if pieces and pieces[-1].field is outermost:
                pieces[-1].text += element.run_text()
            elif outermost is None:
                pieces.append(_Piece(element.run_text(), None))
    yield pieces


def _repetition_end(pieces: Sequence[_Piece], index: int) -> int:
    """Return where a repeated field that begins at an index ends; 0 if none begins there.

    Behind its text there are one or two results; the second may be the first of the next field.
    """
    end = _last_result(pieces, index)
    is_behind = end and end < len(pieces) and _is_same(pieces[end], pieces[index])
    return end + 1 if is_behind and not _last_result(pieces, end) else end


def _last_result(pieces: Sequence[_Piece], index: int) -> int:
    """Return the index behind the result that follows the repeated text; 0 if no text is repeated."""
    first = pieces[index]
    if first.field is None or first.field.kind not in _REPEATED_KINDS or not first.text:
        return 0
    remainder = first.text
    while remainder:
        if index + 2 >= len(pieces):
            return 0
        piece, result = pieces[index + 1], pieces[index + 2]
        is_part = piece.field is None and piece.text and remainder.startswith(piece.text)
        if not is_part or not _is_same(result, first):
            return 0
        remainder = remainder.removeprefix(piece.text)
        index += 2
    return index + 1


def _is_same(piece: _Piece, first: _Piece) -> bool:
    """Return whether a piece is the result of a field of the same kind with the same text."""
    return (
        piece.field is not None
        and first.field is not None
        and piece.field.kind == first.field.kind
        and piece.text == first.text
    )
