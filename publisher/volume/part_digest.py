"""The digest of a part, by which a part in a volume is compared with the original part.

Input: the structure of a part by itself, or below its element in a volume. Output: a ``PartDigest``, which is the same for
both if nothing was lost. It covers every element with its type, language, texts, attributes and content, in order,
and the text of tables of contents, which is not in any record.
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
class PartDigest:
    """The properties of a part that binding must not change."""

    structure: str
    """A digest of all structure elements (SHA-256, hexadecimal)."""
    contents: str
    """The text of the tables of contents."""


def digest_part(catalog: Any, reader: PdfReader) -> PartDigest:
    """Return the digest of a part; call this before any of its objects is changed."""
    pages = list(reader.pages)
    page_indices = {
        object_number(page.indirect_reference): index for index, page in enumerate(pages)
    }
    structure = read_structure(catalog, pages=page_indices, annotations={})
    if structure is None or len(structure.children) != 1:
        raise VerificationError("its structure does not have exactly one root element")
    top = structure.children[0]
    contents_pages = {
        child.page
        for toc in _contents_lists(top)
        for element in toc.walk()
        for child in element.children
        if isinstance(child, MarkedContent)
    }
    fonts: dict[object, Font] = {}
    runs = [
        glyph_runs(page.get("/Contents"), page.get("/Resources"), fonts=fonts)
        if index in contents_pages
        else ()
        for index, page in enumerate(pages)
    ]
    return digest_element(top, index_content(runs))


def digest_element(
    top: Element,
    content: Mapping[MarkedContent, Sequence[GlyphRun]],
    *,
    first_page: int = 0,
    prefix: str = "",
) -> PartDigest:
    """Return the digest of the part below an element.

    Args:
        top: The top element of the part.
        content: The glyph runs of marked content.
        first_page: The index of the part's first page in the volume.
        prefix: The prefix of the part's names in the volume.
    """
    digest = hashlib.sha256()
    for element in top.walk():
        properties = tuple(_properties(element, first_page, prefix, is_top=element is top))
        digest.update(repr(properties).encode("utf-8", "backslashreplace"))
    return PartDigest(
        structure=digest.hexdigest(),
        contents="".join(logical_text(toc, content) for toc in _contents_lists(top)),
    )


def _contents_lists(top: Element) -> Iterator[Element]:
    return (element for element in top.walk() if element.role == "TOC")


def _properties(
    element: Element, first_page: int, prefix: str, *, is_top: bool
) -> Iterator[object]:
    """Yield the properties of an element; the volume sets the type and the title of a part's top element."""
    if not is_top:
        yield element.role, element.namespace, element.title
    yield element.id.removeprefix(prefix), element.language
    yield element.alt, element.actual_text, element.expansion
    for key, value in sorted(element.attributes.items()):
        is_headers = isinstance(value, tuple) and key == "Headers"
        yield key, tuple(header.removeprefix(prefix) for header in value) if is_headers else value
    for child in element.children:
        if isinstance(child, MarkedContent):
            yield child.page - first_page, child.mcid
        elif isinstance(child, ObjectReference):
            yield "object", child.page - first_page
        else:
            yield "element"
