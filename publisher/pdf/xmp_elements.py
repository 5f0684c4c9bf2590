"""An XMP packet with its properties as elements only, for programs that read no other form.

Input: the bytes of a metadata stream. Output: the same properties, each simple value as an element instead of an
attribute, each structure in the element itself instead of in an ``rdf:Description`` below it, and each address as
text. Prefixes stay as they are, because rules of PDF/A and PDF/UA are about them. Serves ISO 16684-1, 7.9.2
(equivalent RDF forms).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.dom import XMLNS_NAMESPACE
from xml.dom.minidom import parseString
from xml.parsers.expat import ExpatError

from publisher.pdf.xmp import MAX_BYTES, MAX_DEPTH

if TYPE_CHECKING:
    from xml.dom.minidom import Document, Element

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_NO_PROPERTIES: Final = frozenset({None, "", _RDF, _XML, XMLNS_NAMESPACE})
"""The namespaces of attributes that are no properties."""
_CONTAINERS: Final = frozenset({"RDF", "Alt", "Bag", "Seq"})


def element_form(packet: bytes) -> bytes | None:
    """Return a packet with its properties as elements; None if it is in this form or is not XML that can be read."""
    if len(packet) > MAX_BYTES or b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return None
    try:
        document = parseString(packet.strip(b"\0 \t\r\n"))  # noqa: S318 - without entities
        roots = document.getElementsByTagNameNS(_RDF, "RDF")
        changes = [_expand(document, root, 0) for root in list(roots)]
        return document.toxml(encoding="utf-8") if any(changes) else None
    except (ExpatError, ValueError, LookupError, RecursionError):
        return None


def _expand(document: Document, node: Element, depth: int) -> bool:
    """Write the properties of an element and of those below it as elements; return whether any was not."""
    if depth > MAX_DEPTH:
        raise ValueError("the metadata are nested too deep")
    is_rdf = node.namespaceURI == _RDF
    is_changed = False
    if not is_rdf or node.localName == "li":
        is_changed = _inline_description(node)
        is_changed |= _write_address(document, node)
    for attribute in _property_attributes(node):
        child = document.createElementNS(attribute.namespaceURI, attribute.name)
        child.appendChild(document.createTextNode(attribute.value))
        node.removeAttributeNode(attribute)
        node.appendChild(child)
        if not (is_rdf and node.localName == "Description"):
            node.setAttributeNS(_RDF, f"{_rdf_prefix(node)}:parseType", "Resource")
        is_changed = True
    for element in _elements(node):
        is_changed |= _expand(document, element, depth + 1)
    return is_changed


def _inline_description(node: Element) -> bool:
    """Move what a single ``rdf:Description`` says into the property around it; return whether there was one."""
    children = _elements(node)
    if len(children) != 1 or (children[0].namespaceURI, children[0].localName) != (
        _RDF,
        "Description",
    ):
        return False
    description = children[0]
    for item in list(node.childNodes):
        node.removeChild(item)
    for name, value in list(description.attributes.items()):
        attribute = description.getAttributeNode(name)
        if attribute is not None and attribute.namespaceURI != _RDF:
            node.setAttributeNS(attribute.namespaceURI, name, value)
    for item in list(description.childNodes):
        node.appendChild(item)
    node.setAttributeNS(_RDF, f"{_rdf_prefix(node)}:parseType", "Resource")
    return True


def _write_address(document: Document, node: Element) -> bool:
    """Write the address that a property refers to as its text; return whether it had one."""
    if not node.hasAttributeNS(_RDF, "resource") or node.childNodes:
        return False
    node.appendChild(document.createTextNode(node.getAttributeNS(_RDF, "resource")))
    node.removeAttributeNS(_RDF, "resource")
    return True


def _rdf_prefix(node: Element) -> str:
    """Return a prefix that stands for RDF at an element."""
    current: Any = node
    while current is not None and getattr(current, "attributes", None) is not None:
        for name, value in current.attributes.items():
            if value == _RDF and name.startswith("xmlns:"):
                return str(name.removeprefix("xmlns:"))
        current = current.parentNode
    raise ValueError("no prefix stands for RDF")


def _property_attributes(node: Element) -> list[Any]:
    """Return the attributes that are properties."""
    if node.namespaceURI == _RDF and node.localName in _CONTAINERS:
        return []
    attributes = [node.getAttributeNode(name) for name, _ in node.attributes.items()]
    return [
        attribute
        for attribute in attributes
        if attribute is not None and attribute.namespaceURI not in _NO_PROPERTIES
    ]


def _elements(node: Element) -> list[Any]:
    return [child for child in node.childNodes if child.nodeType == child.ELEMENT_NODE]
