"""The speech of a screen reader for a finished file: its structure in logical order, with the roles.

Input: a PDF as read. Output: lines. Artifacts are not spoken; a figure is spoken as its alternative
text; a data cell is spoken with the header cells that it refers to, so a wrong association is heard.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.messages import join_texts, translatable
from publisher.pdf.structure_tree import NOTES, Element, ObjectReference
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.pdf.document import PdfDocument

SPOKEN_ROLES: Mapping[str, str] = {
    "P": "paragraph",
    **{f"H{level}": f"heading {level}" for level in range(1, 7)},
    "Caption": "caption",
    "Note": "note",
    "FENote": "note",
    "TOCI": "entry",
    "Lbl": "label",
}
"""The structure types that are spoken as one line, with the word for each."""
_SPOKEN_BY_ALT = ("Formula", "Lbl")
_INDENT = "  "


def read_aloud(pdf: PdfDocument) -> Iterator[str]:
    """Yield the lines that a screen reader speaks, in logical order.

    A line begins with the role in brackets: ``[heading 2] 一、概述``.
    """
    yield translatable(
        "[document, {language}, {pages}]",
        language=pdf.language,
        pages=count_noun(len(pdf.pages), "page"),
    )
    for element in pdf.structure.children if pdf.structure else ():
        yield from _speak(pdf, element, 0, pdf.language)


def _speak(pdf: PdfDocument, element: Element, depth: int, parent_language: str) -> Iterator[str]:
    indent = _INDENT * depth
    language = f", {element.language}" if element.language != parent_language else ""
    if element.role in SPOKEN_ROLES:
        prefix = translatable(
            "{indent}[{role}{language}]",
            indent=indent,
            role=translatable(SPOKEN_ROLES[element.role]),
            language=language,
        )
        yield from _speak_whole(pdf, element, prefix, depth)
        return
    if element.role == "Figure":
        yield translatable(
            "{indent}[figure{language}] {text}",
            indent=indent,
            language=language,
            text=element.alt or translatable("without alternative text"),
        )
        return
    if element.role == "Table":
        yield from _speak_table(pdf, element, indent)
        return
    children = [child for child in element.children if isinstance(child, Element)]
    if element.role == "L":
        yield translatable(
            "{indent}[list, {items}]", indent=indent, items=count_noun(len(children), "item")
        )
        for item in children:
            yield from _speak_whole(
                pdf, item, translatable("{indent}  [item]", indent=indent), depth + 1
            )
        return
    if element.role == "TOC":
        yield translatable(
            "{indent}[contents, {count} entries]", indent=indent, count=len(children)
        )
        depth += 1
    if element.role == "BlockQuote":
        yield translatable("{indent}[quotation]", indent=indent)
        depth += 1
    for child in children:
        yield from _speak(pdf, child, depth, element.language)


def _speak_whole(pdf: PdfDocument, element: Element, prefix: str, depth: int) -> Iterator[str]:
    """Yield an element as one line, then the notes inside it."""
    notes = [child for child in element.walk() if child is not element and child.role in NOTES]
    body = _without(element, notes)
    parts = (_text(pdf, body), _expansions(pdf, body), _link_descriptions(body))
    yield join_texts("", (prefix, " ", *parts))
    for note in notes:
        yield from _speak(pdf, note, depth + 1, element.language)


def _speak_table(pdf: PdfDocument, table: Element, indent: str) -> Iterator[str]:
    ids = pdf.structure.ids if pdf.structure else {}
    rows = [element for element in table.walk() if element.role == "TR"]
    width = max((len(row.children) for row in rows), default=0)
    captions = (_text(pdf, element) for element in table.walk() if element.role == "Caption")
    caption = next(captions, "")
    head = translatable(
        "{indent}[table, {rows}, {columns}]",
        indent=indent,
        rows=count_noun(len(rows), "row"),
        columns=count_noun(width, "column"),
    )
    yield join_texts(" ", (head, caption)) if caption else head
    for row in rows:
        cells = []
        for cell in (child for child in row.children if isinstance(child, Element)):
            headers = [
                _text(pdf, ids[name]) for name in cell.attributes.get("Headers", ()) if name in ids
            ]
            prefix = (
                translatable("{headers}: ", headers=" / ".join(headers))
                if headers and cell.role == "TD"
                else ""
            )
            text = _text(pdf, cell) or translatable("blank")
            cells.append(join_texts("", (prefix, text, _link_descriptions(cell))))
        yield translatable("{indent}  [row] {cells}", indent=indent, cells=join_texts("; ", cells))


def _text(pdf: PdfDocument, element: Element) -> str:
    """Return the text of an element; a formula and the box of a task are spoken as their alternative texts."""
    return " ".join(pdf.logical_text(_with_alternatives(element)).split())


def _with_alternatives(element: Element) -> Element:
    """Return an element in which each formula and label is replaced by its alternative text, if it has one."""
    if element.role in _SPOKEN_BY_ALT and element.alt:
        return replace(
            element, actual_text=f"{element.alt} " if element.role == "Lbl" else element.alt
        )
    if not any(child.role in _SPOKEN_BY_ALT for child in element.walk()):
        return element
    children = [
        _with_alternatives(child) if isinstance(child, Element) else child
        for child in element.children
    ]
    return replace(element, children=tuple(children))


def _without(element: Element, omitted: Sequence[Element]) -> Element:
    """Return an element without some of the elements below it."""
    if not omitted:
        return element
    children = [
        _without(child, omitted) if isinstance(child, Element) else child
        for child in element.children
        if child not in omitted
    ]
    return replace(element, children=tuple(children))


def _expansions(pdf: PdfDocument, element: Element) -> str:
    """Return the expansions (E) of the abbreviations inside an element."""
    expansions = [
        f"{_text(pdf, child)}: {child.expansion}" for child in element.walk() if child.expansion
    ]
    return "".join(f" (short: {text})" for text in dict.fromkeys(expansions))


def _link_descriptions(element: Element) -> str:
    """Return the descriptions of the link annotations inside an element."""
    descriptions = [
        child.annotation.contents
        for parent in element.walk()
        for child in parent.children
        if isinstance(child, ObjectReference) and child.annotation and child.annotation.contents
    ]
    return join_texts(
        "", [translatable(" (link: {text})", text=text) for text in dict.fromkeys(descriptions)]
    )
