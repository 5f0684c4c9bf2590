"""The metadata of an imposed PDF: the XMP packet of its source without claims that are no longer true.

Input: an XMP packet. Output: the packet without the identification of standards that sheets do not meet, and with its own
identifiers. The module implements ISO 16684-1 (XMP), ISO 19005-3, 6.6.4 and ISO 14289-1, 5 (identification), and ISO
15930-7, 6 (PDF/X-4).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.dom.minidom import Element, parseString
from xml.parsers.expat import ExpatError

from publisher.profiles import PDF_X4

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
"""Namespaces of removed properties with the standard that they claim; extension schemas belong to PDF/A."""
_PDF_X = "http://www.npes.org/pdfx/ns/id/"
_PDF_X_3 = "http://ns.adobe.com/pdfx/1.3/"
"""The namespace with the identification of PDF/X-1a and PDF/X-3, and with other properties that are kept."""
_VERSION = "GTS_PDFXVersion"
PDF_X_3_PROPERTIES = (_VERSION, "GTS_PDFXConformance")
"""The names of the identification of PDF/X-1a and PDF/X-3, here and in the document information."""
_REQUIRED_BY_PDF_X4 = frozenset({"CreateDate", "ModifyDate", "MetadataDate", "title", "DocumentID"})
"""Properties that PDF/X-4 requires."""
_MEDIA = "http://ns.adobe.com/xap/1.0/mm/"
_IDENTIFIERS = ("DocumentID", "InstanceID")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XMLNS = "http://www.w3.org/2000/xmlns/"


@dataclass(frozen=True, slots=True, kw_only=True)
class XmpPacket:
    """The XMP packet of an imposed PDF."""

    data: bytes
    removed_claims: tuple[str, ...]
    """The standards that the source claims and the sheets do not."""
    has_invalid_pdf_x_claim: bool
    """Whether the source claims PDF/X-4 without meeting its requirements."""


def adapt_metadata(packet: bytes, identity: bytes, *, pdf_x: bool) -> XmpPacket | None:
    """Return the packet for the sheets; ``None`` if the packet is not well-formed or has entities.

    Args:
        packet: The XMP packet of the source.
        identity: A digest of the source and the options, from which the identifiers are made.
        pdf_x: Whether the source meets the requirements of PDF/X-4 outside the metadata.
    """
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return None
    try:
        document = parseString(packet)  # noqa: S318 - it has no entities
    except (ExpatError, LookupError, ValueError):
        return None
    pdf_x_versions = {
        _text(node).strip() for node in _properties(document) if _is(node, _PDF_X, _VERSION)
    }
    claims_pdf_x_4 = pdf_x_versions == {PDF_X4}
    property_names = {str(node.localName) for node in _properties(document)}
    is_pdf_x_4 = claims_pdf_x_4 and pdf_x and property_names >= _REQUIRED_BY_PDF_X4
    removed_claims = []
    for node in list(_properties(document)):
        claim = _claim(node, keep_pdf_x=is_pdf_x_4)
        if claim is not None:
            removed_claims.append(claim)
            _remove(node)
        elif node.namespaceURI == _MEDIA and node.localName in _IDENTIFIERS:
            _set_text(document, node, f"uuid:{uuid.UUID(bytes=identity[:16], version=5)}")
    for description in list(document.getElementsByTagNameNS(_RDF, "Description")):
        if not _has_properties(description):
            _remove(description)
    return XmpPacket(
        data="\n".join(node.toxml() for node in document.childNodes).encode(),
        removed_claims=tuple(sorted({claim for claim in removed_claims if claim})),
        has_invalid_pdf_x_claim=claims_pdf_x_4 and not is_pdf_x_4,
    )


def _properties(document: Document) -> Iterator[Element | Attr]:
    """Yield every element and every attribute, including namespace declarations."""
    for element in document.getElementsByTagName("*"):
        yield element
        yield from list(element.attributes.values())


def _is(node: Element | Attr, namespace: str, name: str) -> bool:
    return node.namespaceURI == namespace and node.localName == name


def _claim(node: Element | Attr, *, keep_pdf_x: bool) -> str | None:
    """Return the standard that a property claims and sheets do not meet.

    Empty for a property that belongs to a claim, such as a namespace declaration; ``None`` for any other property.
    """
    namespace = node.namespaceURI
    if namespace == _XMLNS:
        declared = str(node.nodeValue)
        return "" if declared in _CLAIMS or (declared == _PDF_X and not keep_pdf_x) else None
    if namespace == _PDF_X and not keep_pdf_x:
        return "PDF/X"
    if namespace == _PDF_X_3 and node.localName in PDF_X_3_PROPERTIES:
        return "PDF/X"
    return _CLAIMS.get(str(namespace))


def _text(node: Element | Attr) -> str:
    if isinstance(node, Element):
        return "".join(str(child.nodeValue or "") for child in node.childNodes)
    return str(node.nodeValue)


def _set_text(document: Document, node: Element | Attr, text: str) -> None:
    if isinstance(node, Element):
        for child in list(node.childNodes):
            node.removeChild(child)
        node.appendChild(document.createTextNode(text))
    else:
        node.nodeValue = text


def _remove(node: Element | Attr) -> None:
    if isinstance(node, Element):
        if node.parentNode is not None:
            node.parentNode.removeChild(node)
    elif node.ownerElement is not None:
        node.ownerElement.removeAttributeNode(node)


def _has_properties(description: Element) -> bool:
    """Return whether a description has properties, as elements or as attributes."""
    if any(isinstance(node, Element) for node in description.childNodes):
        return True
    return any(
        attribute.namespaceURI not in (_XMLNS, _RDF)
        for attribute in description.attributes.values()
    )
