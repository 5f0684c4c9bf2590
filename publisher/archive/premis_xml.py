"""PREMIS 3.0 as XML: writing objects, events and agents in the order of the schema, and reading fixities.

The same values give the same bytes (UTF-8). The module implements the units object (1.1 to 1.13, category file), event
(2) and agent (3) of the PREMIS 3.0 data dictionary.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from publisher.archive.bagit import Fixity
from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publisher.archive.pronom_formats import FileFormat

NAMESPACE = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ALGORITHMS: Mapping[str, str] = MappingProxyType({"sha256": "SHA-256", "sha512": "SHA-512"})
"""The terms of the PREMIS vocabulary for the algorithms of the manifests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileObject:
    """A file object with its relationships and events."""

    path: str
    fixity: Fixity
    file_format: FileFormat
    original_name: str = ""
    creator: tuple[str, str] | None = None
    """The name and the version of the creating application."""
    relations: tuple[tuple[str, str, str], ...] = ()
    """Relationship type, relationship subtype and path of the related file."""
    events: tuple[str, ...] = ()
    """The identifiers of the linked events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event."""

    name: str
    """The identifier."""
    kind: str
    """A term of the PREMIS vocabulary of event types."""
    timestamp: str
    """The time of the event (ISO 8601)."""
    detail: str
    outcome: str = "success"
    outcome_note: str = ""
    agents: tuple[str, ...] = ("Publisher",)
    objects: tuple[tuple[str, str], ...] = ()
    """The paths of the linked objects, each with its role."""


def encode_document(
    objects: Iterable[FileObject], events: Iterable[Event], agents: Mapping[str, str]
) -> bytes:
    """Return a PREMIS document; ``agents`` are names of software with their versions."""
    ET.register_namespace("premis", NAMESPACE)
    ET.register_namespace("xsi", XSI)
    root = ET.Element(_tag("premis"), {"version": "3.0"})
    for file_object in objects:
        _write_object(root, file_object)
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
    """Return the fixity of each object of a document, by path; raise ``ValueError``."""
    if b"<!" in data:
        raise ValueError("it has a document type or a comment, which Publisher does not write")
    try:
        root = ET.fromstring(data)  # noqa: S314 - without a document type there are no entities
    except ET.ParseError as error:
        raise ValueError(translatable("it is not well-formed XML: {error}", error=error)) from error
    algorithms = {name: algorithm for algorithm, name in _ALGORITHMS.items()}
    fixities: dict[str, Fixity] = {}
    for entry in root.iter(_tag("object")):
        path = entry.findtext(f"{_tag('objectIdentifier')}/{_tag('objectIdentifierValue')}", "")
        if path in fixities:
            raise ValueError(translatable("it describes {path} twice", path=path))
        digests = {
            algorithms.get(element.findtext(_tag("messageDigestAlgorithm"), ""), "?"): (
                element.findtext(_tag("messageDigest"), "")
            )
            for element in entry.iter(_tag("fixity"))
        }
        size = entry.findtext(f"{_tag('objectCharacteristics')}/{_tag('size')}", "")
        fixities[path] = Fixity(size=int(size), digests=digests)
    return fixities


def document_texts(data: bytes) -> dict[str, dict[str, str]]:
    """Return the texts of each object, event and agent, by its kind and identifier, then by the path of the element.

    Raises ``ValueError`` for a document that is not XML, or that has an entry twice.
    """
    try:
        root = ET.fromstring(data)  # noqa: S314 - the caller has refused document types
    except ET.ParseError as error:
        raise ValueError(translatable("it is not well-formed XML: {error}", error=error)) from error
    entries: dict[str, dict[str, str]] = {"document": _texts(root, "", below=False)}
    for entry in root:
        kind = entry.tag.rpartition("}")[2]
        tag = _tag(f"{kind}Identifier")
        name = f"{kind} {entry.findtext(f'{tag}/{tag}Value', '')}"
        if name in entries:
            raise ValueError(translatable("it describes the {name} twice", name=name))
        entries[name] = _texts(entry, "", below=True)
    return entries


def event_text(texts: Mapping[str, str]) -> str:
    """Return the detail of an event from its texts."""
    return next((text for key, text in texts.items() if key.endswith("/eventDetail")), "")


def _texts(element: ET.Element, path: str, *, below: bool) -> dict[str, str]:
    """Return the text and the attributes of an element and those below it, by their paths with numbers."""
    texts = {f"{path}/@{key.rpartition('}')[2]}": value for key, value in element.items()}
    for label, text in (("", element.text), ("/after", element.tail if path else "")):
        if text and text.strip():
            texts[f"{path}{label}"] = text
    counts: dict[str, int] = {}
    for child in element if below else ():
        tag = child.tag.rpartition("}")[2]
        counts[tag] = counts.get(tag, 0) + 1
        number = f"[{counts[tag]}]" if counts[tag] > 1 else ""
        texts |= _texts(child, f"{path}/{tag}{number}", below=True)
    return texts


def _write_object(root: ET.Element, file_object: FileObject) -> None:
    entry = _add(root, "object")
    entry.set(f"{{{XSI}}}type", "premis:file")
    _identifier(entry, "objectIdentifier", file_object.path)
    characteristics = _add(entry, "objectCharacteristics")
    for algorithm, name in _ALGORITHMS.items():
        digest = _add(characteristics, "fixity")
        _add(digest, "messageDigestAlgorithm", name)
        _add(digest, "messageDigest", file_object.fixity.digests[algorithm])
        _add(digest, "messageDigestOriginator", "Publisher")
    _add(characteristics, "size", str(file_object.fixity.size))
    format_entry = _add(characteristics, "format")
    _add(_add(format_entry, "formatDesignation"), "formatName", file_object.file_format.name)
    if file_object.file_format.puid:
        registry = _add(format_entry, "formatRegistry")
        _add(registry, "formatRegistryName", "PRONOM")
        _add(registry, "formatRegistryKey", file_object.file_format.puid)
    if file_object.creator:
        name, version = file_object.creator
        application = _add(characteristics, "creatingApplication")
        _add(application, "creatingApplicationName", name)
        _add(application, "creatingApplicationVersion", version)
    if file_object.original_name:
        _add(entry, "originalName", file_object.original_name)
    for kind, subtype, related_path in file_object.relations:
        relation = _add(entry, "relationship")
        _add(relation, "relationshipType", kind)
        _add(relation, "relationshipSubType", subtype)
        _identifier(relation, "relatedObjectIdentifier", related_path)
    for event in file_object.events:
        _identifier(entry, "linkingEventIdentifier", event)


def _write_event(root: ET.Element, event: Event) -> None:
    entry = _add(root, "event")
    _identifier(entry, "eventIdentifier", event.name)
    _add(entry, "eventType", event.kind)
    _add(entry, "eventDateTime", event.timestamp)
    _add(_add(entry, "eventDetailInformation"), "eventDetail", event.detail)
    outcome = _add(entry, "eventOutcomeInformation")
    _add(outcome, "eventOutcome", event.outcome)
    if event.outcome_note:
        _add(_add(outcome, "eventOutcomeDetail"), "eventOutcomeDetailNote", event.outcome_note)
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
