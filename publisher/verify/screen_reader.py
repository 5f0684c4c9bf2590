"""A finished file as a screen reader speaks it: its structure in order, with the roles.

Enters: a PDF as read. Leaves: lines. What is an artifact is not spoken; a figure is its words; a cell
is spoken with the heads that it names, so that a wrong association can be heard.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.pdf.structure_tree import NOTES, Element, ObjectReference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.pdf.document import PdfDocument

SPOKEN: Mapping[str, str] = {
    "P": "paragraph",
    **{f"H{level}": f"heading {level}" for level in range(1, 7)},
    "Caption": "caption",
    "Note": "note",
    "FENote": "note",
    "TOCI": "entry",
    "Lbl": "label",
}
"""The elements that are spoken whole, with what a reader says of them."""
_STEP = "  "


def read_aloud(pdf: PdfDocument) -> Iterator[str]:
    """Yield the lines of a file, in the order in which they are spoken."""
    yield f"[document, {pdf.language}, {len(pdf.pages)} pages]"
    for element in pdf.structure.children if pdf.structure else ():
        yield from _spoken(pdf, element, 0, pdf.language)


def _spoken(pdf: PdfDocument, element: Element, depth: int, language: str) -> Iterator[str]:
    margin = _STEP * depth
    tongue = f", {element.language}" if element.language != language else ""
    if element.role in SPOKEN:
        yield from _whole(pdf, element, f"{margin}[{SPOKEN[element.role]}{tongue}]", depth)
        return
    if element.role == "Figure":
        yield f"{margin}[figure{tongue}] {element.alt or 'without words'}"
        return
    if element.role == "Table":
        yield from _table(pdf, element, margin)
        return
    inside = [child for child in element.children if isinstance(child, Element)]
    if element.role == "L":
        yield f"{margin}[list, {len(inside)} items]"
        for item in inside:
            yield from _whole(pdf, item, f"{margin}{_STEP}[item]", depth + 1)
        return
    if element.role == "TOC":
        yield f"{margin}[contents, {len(inside)} entries]"
        depth += 1
    for child in inside:
        yield from _spoken(pdf, child, depth, element.language)


def _whole(pdf: PdfDocument, element: Element, said: str, depth: int) -> Iterator[str]:
    """Yield an element in one breath, then the notes inside it."""
    notes = [one for one in element.walk() if one is not element and one.role in NOTES]
    alone = _without(element, notes)
    yield f"{said} {_text(pdf, alone)}{_expansions(pdf, alone)}{_links(alone)}"
    for note in notes:
        yield from _spoken(pdf, note, depth + 1, element.language)


def _table(pdf: PdfDocument, table: Element, margin: str) -> Iterator[str]:
    ids = pdf.structure.ids if pdf.structure else {}
    rows = [one for one in table.walk() if one.role == "TR"]
    widest = max((len(row.children) for row in rows), default=0)
    caption = next((_text(pdf, one) for one in table.walk() if one.role == "Caption"), "")
    yield f"{margin}[table, {len(rows)} rows, {widest} columns] {caption}".rstrip()
    for row in rows:
        told = []
        for cell in (child for child in row.children if isinstance(child, Element)):
            names = [
                _text(pdf, ids[name]) for name in cell.attributes.get("Headers", ()) if name in ids
            ]
            heads = f"{' / '.join(names)}: " if names and cell.role == "TD" else ""
            told.append(f"{heads}{_text(pdf, cell) or 'blank'}{_links(cell)}")
        yield f"{margin}{_STEP}[row] {'; '.join(told)}"


def _text(pdf: PdfDocument, element: Element) -> str:
    return " ".join(pdf.logical_text(element).split())


def _without(element: Element, left_out: Sequence[Element]) -> Element:
    if not left_out:
        return element
    kept = [
        _without(child, left_out) if isinstance(child, Element) else child
        for child in element.children
        if child not in left_out
    ]
    return replace(element, children=tuple(kept))


def _expansions(pdf: PdfDocument, element: Element) -> str:
    """Return what the abbreviations inside an element stand for."""
    told = [f"{_text(pdf, one)}: {one.expansion}" for one in element.walk() if one.expansion]
    return "".join(f" (short: {text})" for text in dict.fromkeys(told))


def _links(element: Element) -> str:
    """Return what the links inside an element say."""
    told = [
        child.annotation.contents
        for one in element.walk()
        for child in one.children
        if isinstance(child, ObjectReference) and child.annotation and child.annotation.contents
    ]
    return "".join(f" (link: {text})" for text in dict.fromkeys(told))
