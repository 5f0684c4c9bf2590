"""PREMIS 3.0 as XML: objects, events and agents written in the order of its schema, and read back.

Enters: frozen values. Leaves: UTF-8 bytes, the same for the same values. Serves PREMIS 3.0, the units
object (1.1 to 1.13, category file), event (2) and agent (3) of its data dictionary.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from publisher.archive.bagit import Fixity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publisher.archive.pronom_formats import FileFormat

NAMESPACE = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ALGORITHMS: Mapping[str, str] = MappingProxyType({"sha256": "SHA-256", "sha512": "SHA-512"})
"""What PREMIS's vocabulary calls the algorithms of the manifests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileObject:
    """A file, and what it is to others."""

    path: str
    fixity: Fixity
    form: FileFormat
    original_name: str = ""
    creator: tuple[str, str] | None = None
    """The program that made it, and its version."""
    relations: tuple[tuple[str, str, str], ...] = ()
    """Kind and kind of kind, and the path of the other file."""
    events: tuple[str, ...] = ()
    """The names of the events that it had a part in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that was done."""

    name: str
    kind: str
    """A term of PREMIS's vocabulary of event types."""
    when: str
    detail: str
    outcome: str = "success"
    note: str = ""
    agents: tuple[str, ...] = ("Publisher",)
    objects: tuple[tuple[str, str], ...] = ()
    """Paths, and the part that each had."""


def encode(
    objects: Iterable[FileObject], events: Iterable[Event], agents: Mapping[str, str]
) -> bytes:
    """Return the document; ``agents`` are programs with their versions."""
    ET.register_namespace("premis", NAMESPACE)
    ET.register_namespace("xsi", XSI)
    root = ET.Element(_tag("premis"), {"version": "3.0"})
    for one in objects:
        _write_object(root, one)
    for event in events:
        _write_event(root, event)
    for name, version in agents.items():
        agent = _add(root, "agent")
        _identifier(agent, "agentIdentifier", name)
        _add(agent, "agentName", name)
        _add(agent, "agentType", "software")
        if version:
            _add(agent, "agentVersion", version)
    ET.indent(root, " ")
    text = ET.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def read_fixities(data: bytes) -> dict[str, Fixity]:
    """Return the fixity that a document gives each of its objects; raise ``ValueError``."""
    if b"<!" in data:
        raise ValueError("it has a document type or a comment, which no such file has")
    try:
        root = ET.fromstring(data)  # noqa: S314 - without a document type there are no entities
    except ET.ParseError as error:
        raise ValueError(f"it is no XML: {error}") from error
    known = {name: algorithm for algorithm, name in _ALGORITHMS.items()}
    found: dict[str, Fixity] = {}
    for entry in root.iter(_tag("object")):
        path = entry.findtext(f"{_tag('objectIdentifier')}/{_tag('objectIdentifierValue')}", "")
        if path in found:
            raise ValueError(f"it describes {path} twice")
        digests = {
            known.get(one.findtext(_tag("messageDigestAlgorithm"), ""), "?"): one.findtext(
                _tag("messageDigest"), ""
            )
            for one in entry.iter(_tag("fixity"))
        }
        size = entry.findtext(f"{_tag('objectCharacteristics')}/{_tag('size')}", "")
        found[path] = Fixity(size=int(size), digests=digests)
    return found


def _write_object(root: ET.Element, one: FileObject) -> None:
    entry = _add(root, "object")
    entry.set(f"{{{XSI}}}type", "premis:file")
    _identifier(entry, "objectIdentifier", one.path)
    characteristics = _add(entry, "objectCharacteristics")
    for algorithm, name in _ALGORITHMS.items():
        digest = _add(characteristics, "fixity")
        _add(digest, "messageDigestAlgorithm", name)
        _add(digest, "messageDigest", one.fixity.digests[algorithm])
        _add(digest, "messageDigestOriginator", "Publisher")
    _add(characteristics, "size", str(one.fixity.size))
    described = _add(characteristics, "format")
    _add(_add(described, "formatDesignation"), "formatName", one.form.name)
    if one.form.key:
        registry = _add(described, "formatRegistry")
        _add(registry, "formatRegistryName", "PRONOM")
        _add(registry, "formatRegistryKey", one.form.key)
    if one.creator:
        name, version = one.creator
        application = _add(characteristics, "creatingApplication")
        _add(application, "creatingApplicationName", name)
        _add(application, "creatingApplicationVersion", version)
    if one.original_name:
        _add(entry, "originalName", one.original_name)
    for kind, sub_kind, other in one.relations:
        relation = _add(entry, "relationship")
        _add(relation, "relationshipType", kind)
        _add(relation, "relationshipSubType", sub_kind)
        _identifier(relation, "relatedObjectIdentifier", other)
    for event in one.events:
        _identifier(entry, "linkingEventIdentifier", event)


def _write_event(root: ET.Element, event: Event) -> None:
    entry = _add(root, "event")
    _identifier(entry, "eventIdentifier", event.name)
    _add(entry, "eventType", event.kind)
    _add(entry, "eventDateTime", event.when)
    _add(_add(entry, "eventDetailInformation"), "eventDetail", event.detail)
    outcome = _add(entry, "eventOutcomeInformation")
    _add(outcome, "eventOutcome", event.outcome)
    if event.note:
        _add(_add(outcome, "eventOutcomeDetail"), "eventOutcomeDetailNote", event.note)
    for agent in event.agents:
        _identifier(entry, "linkingAgentIdentifier", agent)
    for path, role in event.objects:
        linked = _identifier(entry, "linkingObjectIdentifier", path)
        _add(linked, "linkingObjectRole", role)


def _identifier(parent: ET.Element, name: str, value: str) -> ET.Element:
    entry = _add(parent, name)
    _add(entry, f"{name}Type", "local")
    _add(entry, f"{name}Value", value)
    return entry


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    entry = ET.SubElement(parent, _tag(name))
    entry.text = text
    return entry


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
