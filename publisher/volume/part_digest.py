"""What a part is, in a form that can be compared with what it is in the volume.

Enters: the structure of a part by itself, or below its element in a volume. Leaves: a ``Kept``, the same for
both where nothing was lost: every element with its type, language, words, spans, scopes, heads and
content, in order; and the text of the contents lists, which no record has.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publisher.errors import VerificationError
from publisher.pdf.content_stream import glyph_runs
from publisher.pdf.marked_content import index_content, logical_text
from publisher.pdf.structure_tree import (
    Element,
    MarkedContent,
    ObjectReference,
    read_structure,
)
from publisher.pdf.syntax import object_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pypdf import PdfReader

    from publisher.pdf.font_encoding import Font
    from publisher.pdf.glyph_run import GlyphRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What must be the same."""

    structure: str
    """A digest of the elements."""
    contents: str
    """The text of the contents lists."""


def kept_of_part(catalog: Any, reader: PdfReader) -> Kept:
    """Return what a part is, before any of its objects is changed."""
    leaves = list(reader.pages)
    pages = {object_number(page.indirect_reference): index for index, page in enumerate(leaves)}
    structure = read_structure(catalog, pages=pages, annotations={})
    if structure is None or len(structure.children) != 1:
        raise VerificationError("its structure does not have one root")
    top = structure.children[0]
    listed = {
        one.page
        for toc in _contents_lists(top)
        for element in toc.walk()
        for one in element.children
        if isinstance(one, MarkedContent)
    }
    fonts: dict[object, Font] = {}
    runs = [
        glyph_runs(page.get("/Contents"), page.get("/Resources"), fonts=fonts)
        if index in listed
        else ()
        for index, page in enumerate(leaves)
    ]
    return kept_of(top, index_content(runs))


def kept_of(
    top: Element,
    content: Mapping[MarkedContent, Sequence[GlyphRun]],
    *,
    first_page: int = 0,
    prefix: str = "",
) -> Kept:
    """Return what a part is; in a volume it begins at a page and its names have a prefix."""
    digest = hashlib.sha256()
    for element in top.walk():
        said = tuple(_said(element, first_page, prefix, topmost=element is top))
        digest.update(repr(said).encode("utf-8", "backslashreplace"))
    return Kept(
        structure=digest.hexdigest(),
        contents="".join(logical_text(toc, content) for toc in _contents_lists(top)),
    )


def _contents_lists(top: Element) -> Iterator[Element]:
    return (element for element in top.walk() if element.role == "TOC")


def _said(element: Element, first_page: int, prefix: str, *, topmost: bool) -> Iterator[object]:
    """Yield all that is said of an element; its type and title are the volume's where topmost."""
    if not topmost:
        yield element.role, element.namespace, element.title
    yield element.id.removeprefix(prefix), element.language
    yield element.alt, element.actual_text, element.expansion
    for key, value in sorted(element.attributes.items()):
        heads = isinstance(value, tuple) and key == "Headers"
        yield key, tuple(one.removeprefix(prefix) for one in value) if heads else value
    for child in element.children:
        if isinstance(child, MarkedContent):
            yield child.page - first_page, child.mcid
        elif isinstance(child, ObjectReference):
            yield "object", child.page - first_page
        else:
            yield "element"
