"""What an imposed file says of itself: the metadata of its source, without claims that no longer hold.

Enters: an XMP packet. Leaves: the same without identifications that sheets cannot keep, with
identifiers of its own. Serves ISO 16684-1 (XMP), ISO 19005-3, 6.6.4 and ISO 14289-1, 5 (what must not
be claimed), ISO 15930-7, 6 (what PDF/X-4 keeps).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.dom.minidom import Element, parseString
from xml.parsers.expat import ExpatError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.dom.minidom import Attr, Document

_CLAIMS: Mapping[str, str] = MappingProxyType(
    {
        "http://www.aiim.org/pdfa/ns/id/": "PDF/A",
        "http://www.aiim.org/pdfa/ns/extension/": "",
        "http://www.aiim.org/pdfua/ns/id/": "PDF/UA",
        "http://www.aiim.org/pdfe/ns/id/": "PDF/E",
        "http://www.npes.org/pdfvt/ns/id/": "PDF/VT",
        "http://pdfa.org/declarations/": "PDF declarations",
    }
)
"""Namespaces of properties that go, and what they claim; extension schemas are of PDF/A alone."""
_PDF_X = "http://www.npes.org/pdfx/ns/id/"
_PDF_X_3 = "http://ns.adobe.com/pdfx/1.3/"
"""Where PDF/X-1a and PDF/X-3 have their identification, among properties that are no claims."""
_VERSION = "GTS_PDFXVersion"
OF_PDF_X_3 = (_VERSION, "GTS_PDFXConformance")
"""Their names, which are those of the document information too."""
_KEPT = "PDF/X-4"
_NEEDED = frozenset({"CreateDate", "ModifyDate", "MetadataDate", "title", "DocumentID"})
"""Properties without which no file is PDF/X-4."""
_MEDIA = "http://ns.adobe.com/xap/1.0/mm/"
_IDENTIFIERS = ("DocumentID", "InstanceID")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XMLNS = "http://www.w3.org/2000/xmlns/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """An XMP packet for an imposed file."""

    data: bytes
    gone: tuple[str, ...]
    """Standards that the source claims and the sheets do not."""
    broken_pdf_x: bool
    """Whether the source claims PDF/X-4 and is not."""


def carried(packet: bytes, identity: bytes, *, pdf_x: bool) -> Packet | None:
    """Return a packet as the sheets have it; None where it is no XML, or has entities.

    ``identity`` is a digest of what the sheets are made of. ``pdf_x`` tells whether the rest of the
    file is what PDF/X-4 asks for.
    """
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return None
    try:
        document = parseString(packet)  # noqa: S318 - it has no entities
    except (ExpatError, LookupError, ValueError):
        return None
    claimed = {_text(one).strip() for one in _properties(document) if _is(one, _PDF_X, _VERSION)}
    claims_it = claimed == {_KEPT}
    said = {str(one.localName) for one in _properties(document)}
    keeps_it = claims_it and pdf_x and said >= _NEEDED
    gone = []
    for one in list(_properties(document)):
        claim = _claim(one, kept=keeps_it)
        if claim is not None:
            gone.append(claim)
            _remove(one)
        elif one.namespaceURI == _MEDIA and one.localName in _IDENTIFIERS:
            _say(document, one, f"uuid:{uuid.UUID(bytes=identity[:16], version=5)}")
    for one in list(document.getElementsByTagNameNS(_RDF, "Description")):
        if not _says_something(one):
            _remove(one)
    return Packet(
        data="\n".join(node.toxml() for node in document.childNodes).encode(),
        gone=tuple(sorted({claim for claim in gone if claim})),
        broken_pdf_x=claims_it and not keeps_it,
    )


def _properties(document: Document) -> Iterator[Element | Attr]:
    """Yield every element and every attribute, declarations of namespaces too."""
    for element in document.getElementsByTagName("*"):
        yield element
        yield from list(element.attributes.values())


def _is(one: Element | Attr, namespace: str, name: str) -> bool:
    return one.namespaceURI == namespace and one.localName == name


def _claim(one: Element | Attr, *, kept: bool) -> str | None:
    """Return what a property claims that sheets cannot; empty for what belongs to a claim."""
    space = one.namespaceURI
    if space == _XMLNS:
        declared = str(one.nodeValue)
        return "" if declared in _CLAIMS or (declared == _PDF_X and not kept) else None
    if space == _PDF_X and not kept:
        return "PDF/X"
    if space == _PDF_X_3 and one.localName in OF_PDF_X_3:
        return "PDF/X"
    return _CLAIMS.get(str(space))


def _text(one: Element | Attr) -> str:
    if isinstance(one, Element):
        return "".join(str(node.nodeValue or "") for node in one.childNodes)
    return str(one.nodeValue)


def _say(document: Document, one: Element | Attr, text: str) -> None:
    if isinstance(one, Element):
        for node in list(one.childNodes):
            one.removeChild(node)
        one.appendChild(document.createTextNode(text))
    else:
        one.nodeValue = text


def _remove(one: Element | Attr) -> None:
    if isinstance(one, Element):
        if one.parentNode is not None:
            one.parentNode.removeChild(one)
    elif one.ownerElement is not None:
        one.ownerElement.removeAttributeNode(one)


def _says_something(description: Element) -> bool:
    """Tell whether a description has properties, as elements or as attributes."""
    if any(isinstance(node, Element) for node in description.childNodes):
        return True
    return any(
        attribute.namespaceURI not in (_XMLNS, _RDF)
        for attribute in description.attributes.values()
    )
