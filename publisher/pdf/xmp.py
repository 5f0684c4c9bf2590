"""The properties of an XMP packet, in either of the forms in which programs write them.

Input: the bytes of a metadata stream. Output: each property by its namespace and name, with a value that is equal
for equal properties: an attribute of ``rdf:Description`` and an element are the same, and so are the ways to write
a structure. Serves ISO 16684-1, 7 (XMP) and RDF/XML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_CONTAINERS: Final = frozenset({f"{_RDF}Alt", f"{_RDF}Bag", f"{_RDF}Seq"})
MAX_DEPTH: Final = 32
MAX_BYTES: Final = 16_000_000


def xmp_properties(packet: bytes) -> dict[str, Any] | None:
    """Return the properties of a packet by ``{namespace}name``; None if it is not XML that can be trusted.

    A value is a text, a mapping (a structure), or a tuple of pairs of language and value (a list).
    """
    if len(packet) > MAX_BYTES or b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return None
    try:
        root = ET.fromstring(packet.strip(b"\0 \t\r\n"))  # noqa: S314 - without entities
        properties: dict[str, Any] = {}
        for description in root.iter(f"{_RDF}RDF"):
            for node in description.findall(f"{_RDF}Description"):
                properties |= _properties(node, 0)
    except (ET.ParseError, ValueError, LookupError, RecursionError):
        return None
    return properties


def text_property(properties: dict[str, Any] | None, key: str) -> str:
    """Return a property that is a text; empty if it is not there or something else."""
    value = (properties or {}).get(key)
    return value if isinstance(value, str) else ""


def _properties(node: Any, depth: int) -> dict[str, Any]:
    """Return the properties that a description has as attributes and as elements."""
    if depth > MAX_DEPTH:
        raise ValueError("the metadata are nested too deep")
    attributes = {key: value.strip() for key, value in node.items() if _is_property(key)}
    return attributes | {child.tag: _value(child, depth + 1) for child in node}


def _is_property(key: str) -> bool:
    return key.startswith("{") and not key.startswith(_RDF) and key != _LANGUAGE


def _value(node: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise ValueError("the metadata are nested too deep")
    children: list[Any] = list(node)
    if children and children[0].tag in _CONTAINERS:
        items: Iterable[Any] = children[0]
        return tuple((item.get(_LANGUAGE, ""), _value(item, depth + 1)) for item in items)
    if children and children[0].tag == f"{_RDF}Description":
        return _properties(children[0], depth + 1)
    if children or any(_is_property(key) for key in node.keys()):  # noqa: SIM118 - not a mapping
        return _properties(node, depth + 1)
    return (node.get(f"{_RDF}resource") or node.text or "").strip()
