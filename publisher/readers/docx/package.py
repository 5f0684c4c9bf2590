"""The package of a Word file (ECMA-376, part 2): a zip archive in, its parts and XML trees out.

The archive's directory is checked against the limits before anything is unpacked, and the sizes
again while it is unpacked, because the directory may be wrong. XML with entity declarations is
refused. Strict and transitional namespaces have the same prefixes in the trees.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from xml.parsers import expat

from publisher.errors import SourceDamagedError, SourceUnsafeError, UnsupportedFormatError
from publisher.messages import translatable
from publisher.readers.docx.flat_package import is_flat_package, unflatten
from publisher.readers.limits import LIMITS, require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CHUNK_SIZE = 1 << 16
_RATIO_EXEMPT_SIZE = 1 << 20
"""Bytes up to which a part is exempt from the limit ``ratio``."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_RESAVE_HINT = "ask the office to send it again, or open it in Word and save it again"

_OFFICE_NAMESPACES = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
_OFFICE_PREFIXES = {
    "wordprocessingml/2006/main": "w",
    "wordprocessingml/main": "w",
    "officeDocument/2006/relationships": "r",
    "officeDocument/relationships": "r",
    "officeDocument/2006/math": "m",
    "officeDocument/math": "m",
    "drawingml/2006/wordprocessingDrawing": "wp",
    "drawingml/wordprocessingDrawing": "wp",
    "drawingml/2006/main": "a",
    "drawingml/main": "a",
    "drawingml/2006/picture": "pic",
    "drawingml/picture": "pic",
    "drawingml/2006/chart": "c",
    "drawingml/chart": "c",
    "drawingml/2006/diagram": "dgm",
    "drawingml/diagram": "dgm",
    "markup-compatibility/2006": "mc",
    "package/2006/relationships": "rel",
    "package/2006/content-types": "ct",
    "package/2006/metadata/core-properties": "cp",
}
"""Prefixes by the part of a namespace after one of ``_OFFICE_NAMESPACES``."""
_OTHER_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing": "wp14",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""Prefixes by namespace."""

_CONTENT_WITHOUT_TEXT = frozenset(("w:sym", "a:blip", "v:imagedata", "v:textpath"))
"""Elements that show something without having text."""


@dataclass(slots=True)
class Element:
    """An XML element; names have the prefixes of this module, for example ``w:p``."""

    name: str
    attributes: Mapping[str, str]
    children: list[Element]
    text: str
    """The character data of an element without children; empty for any other."""
    has_content: bool = False
    """Whether there is text or a picture in it, at any depth."""

    def child(self, name: str) -> Element | None:
        """Return the first child with a name."""
        return next((child for child in self.children if child.name == name), None)

    def value(self, *path: str) -> str | None:
        """Return ``w:val`` of the descendant at a path of child names; None if there is none."""
        element: Element | None = self
        for name in path:
            element = element.child(name) if element else None
        return element.attributes.get("w:val", "") if element else None

    def flag(self, name: str) -> bool | None:
        """Return whether a toggle property (ECMA-376, 17.17.4) is on; None if it is not given."""
        value = self.value(name)
        return None if value is None else value not in ("0", "false", "off")

    def walk(self) -> Iterator[Element]:
        """Yield the element and its descendants in document order, without recursion."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.children))

    def run_text(self) -> str:
        """Return the text; outer white space counts only under ``xml:space="preserve"``."""
        text = self.text
        if self.attributes.get("xml:space") != "preserve":
            text = text.strip(" \t\r\n")
        return text.replace("\r", " ").replace("\n", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """A relationship from a part to another part or to an external resource."""

    kind: str
    """The last segment of the relationship type, for example image, footnotes or hyperlink."""
    target: str
    """The name of a part, or an address if ``external``."""
    external: bool


class Package:
    """An opened Word file; parts are unpacked on request."""

    def __init__(self, data: bytes, *, where: str) -> None:
        """Check the archive's directory against the limits.

        Raises:
            SourceDamagedError: The archive cannot be read, or has two parts with one name.
            UnsupportedFormatError: The archive is encrypted.
            LimitError: The archive is beyond the limits ``parts``, ``unpacked`` or ``ratio``.

        """
        self.where = where
        self._unpacked = 0
        self._elements = 0
        try:
            if is_flat_package(data):
                data = unflatten(data)
            require("parts", data.count(_DIRECTORY_ENTRY), where=where)
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (
            zipfile.BadZipFile,
            expat.ExpatError,
            ValueError,
            OSError,
            NotImplementedError,
        ) as error:
            raise SourceDamagedError(
                "is not a complete Word file",
                where=where,
                hint=_RESAVE_HINT,
            ) from error
        self._entries = self._check_entries(self._archive.infolist())

    def _check_entries(self, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        """Return the entries by their names in lower case."""
        require("parts", len(entries), where=self.where)
        require("unpacked", sum(entry.file_size for entry in entries), where=self.where)
        entries_by_name: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or name.endswith("/"):
                continue
            if name.lower() in entries_by_name:
                raise SourceDamagedError(
                    translatable(
                        "contains {name!r} twice, so its content is ambiguous", name=name[:80]
                    ),
                    where=self.where,
                    hint=_RESAVE_HINT,
                )
            if entry.flag_bits & _ENCRYPTED:
                raise UnsupportedFormatError(
                    "is an Office file with a password",
                    where=self.where,
                    hint="save it without the password",
                )
            if entry.file_size > _RATIO_EXEMPT_SIZE:
                require("ratio", entry.file_size // max(entry.compress_size, 1), where=self.where)
            entries_by_name[name.lower()] = entry
        return entries_by_name

    @property
    def part_names(self) -> tuple[str, ...]:
        """The names of the parts in lower case; names are not case-sensitive (OPC, 6.3.5)."""
        return tuple(self._entries)

    def read_part(self, name: str) -> bytes | None:
        """Return the content of a part; None if there is no such part."""
        entry = self._entries.get(name.lower())
        if entry is None:
            return None
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SourceDamagedError(
                translatable(
                    "{name}: has a compression method that Word files do not use", name=name
                ),
                where=self.where,
                hint=_RESAVE_HINT,
            )
        pieces = []
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_CHUNK_SIZE):
                    self._unpacked += len(piece)
                    require("unpacked", self._unpacked, where=self.where)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
            raise SourceDamagedError(
                translatable("{name}: cannot be unpacked: {error}", name=name, error=error),
                where=self.where,
                hint=_RESAVE_HINT,
            ) from error
        return b"".join(pieces)

    def read_tree(self, name: str) -> Element | None:
        """Return the root element of a part; None if there is no such part."""
        data = self.read_part(name)
        return None if data is None else self._parse_xml(data, name)

    def _parse_xml(self, data: bytes, name: str) -> Element:
        builder = _TreeBuilder(self.where, name, LIMITS["markup"].maximum - self._elements)
        parser = builder.parser
        try:
            for start in range(0, len(data), _CHUNK_SIZE):
                parser.Parse(data[start : start + _CHUNK_SIZE], False)  # noqa: FBT003
            parser.Parse(b"", True)  # noqa: FBT003
        except (expat.ExpatError, LookupError, ValueError) as error:
            line = getattr(error, "lineno", parser.ErrorLineNumber)
            problem = str(error).partition(":")[0]
            raise SourceDamagedError(
                translatable(
                    "{name}, line {line}: is not XML: {problem}",
                    name=name,
                    line=line,
                    problem=problem,
                ),
                where=self.where,
                hint=_RESAVE_HINT,
            ) from error
        self._elements += builder.element_count
        return builder.root

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Return the relationships of a part by id; those of the package for ``""``."""
        folder, name = posixpath.split(part)
        root = self.read_tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        relationships = {}
        for child in root.children if root else ():
            attributes = child.attributes
            external = attributes.get("TargetMode", "").lower() == "external"
            target = attributes.get("Target", "")
            relationships[attributes.get("Id", "")] = Relationship(
                kind=attributes.get("Type", "").rpartition("/")[2],
                target=target if external else _resolve_target(folder, target),
                external=external,
            )
        return relationships

    @cached_property
    def main_part(self) -> str:
        """The name of the main document part (ECMA-376, part 1, 11.3.10)."""
        targets = (
            relationship.target
            for relationship in self.relationships("").values()
            if relationship.kind == "officeDocument" and not relationship.external
        )
        for name in (*targets, "word/document.xml"):
            if name.lower() in self._entries:
                return name
        raise SourceDamagedError("has no main document", where=self.where, hint=_RESAVE_HINT)


def find_target(relationships: Mapping[str, Relationship], kind: str) -> str | None:
    """Return the part that the first internal relationship of a kind refers to, if any."""
    for relationship in relationships.values():
        if relationship.kind == kind and not relationship.external:
            return relationship.target
    return None


def _resolve_target(folder: str, target: str) -> str:
    """Return the name of the part at a target; it is always inside the package."""
    target = target.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


class _TreeBuilder:
    """Builds a tree from the events of expat, within the limits for XML."""

    def __init__(self, where: str, part: str, max_elements: int) -> None:
        self.element_count = 0
        self._max_elements = max_elements
        self._where = where
        self._part = part
        self._document = Element("", {}, [], "")
        self._open_elements = [self._document]
        self._character_data: list[str] = []
        self._prefixed_names: dict[str, str] = {}
        self._attribute_cache: dict[tuple[str, ...], Mapping[str, str]] = {(): {}}
        self._namespaces: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start_element
        self.parser.EndElementHandler = self._end_element
        self.parser.CharacterDataHandler = self._character_data.append
        self.parser.StartNamespaceDeclHandler = self._declare_namespace
        self.parser.StartDoctypeDeclHandler = self._refuse_declaration
        self.parser.EntityDeclHandler = self._refuse_declaration

    @property
    def root(self) -> Element:
        return self._document.children[0]

    def _declare_namespace(self, prefix: str | None, address: str) -> None:
        self._namespaces[prefix or ""] = address

    def _start_element(self, name: str, names_and_values: list[str]) -> None:
        self.element_count += 1
        if self.element_count > self._max_elements:
            require("markup", LIMITS["markup"].maximum + 1, where=self._where)
        require("xml-depth", len(self._open_elements), where=self._where)
        key = tuple(names_and_values)
        attributes = self._attribute_cache.get(key)
        if attributes is None:
            attributes = {
                self._prefixed_name(attribute): value
                for attribute, value in zip(key[::2], key[1::2], strict=True)
            }
            self._attribute_cache[key] = attributes
        prefixed = self._prefixed_name(name)
        if prefixed == "mc:Choice":
            attributes = {"Requires": self._required_prefixes(attributes.get("Requires", ""))}
        element = Element(prefixed, attributes, [], "")
        self._open_elements[-1].children.append(element)
        self._open_elements.append(element)
        self._character_data.clear()

    def _end_element(self, _: str) -> None:
        element = self._open_elements.pop()
        if self._character_data:
            if not element.children:
                element.text = "".join(self._character_data)
            self._character_data.clear()
        if element.has_content or element.text.strip() or element.name in _CONTENT_WITHOUT_TEXT:
            self._open_elements[-1].has_content = element.has_content = True

    def _prefixed_name(self, name: str) -> str:
        """Return a name with its prefix, or after its namespace if that has no prefix here."""
        prefixed = self._prefixed_names.get(name)
        if prefixed is None:
            address, _, local = name.rpartition(" ")
            prefix = _prefix_of(address) if address else ""
            prefixed = f"{prefix}:{local}" if prefix else f"{address} {local}" if address else local
            self._prefixed_names[name] = prefixed
        return prefixed

    def _required_prefixes(self, prefixes: str) -> str:
        """Return the namespaces that a choice requires, by the prefixes of this module."""
        return " ".join(
            _prefix_of(self._namespaces.get(prefix, "")) or "?" for prefix in prefixes.split()
        )

    def _refuse_declaration(self, *_: object) -> None:
        raise SourceUnsafeError(
            translatable(
                "{part}: declares a document type or entities, which Word files never do",
                part=self._part,
            ),
            where=self._where,
            hint="open it in Word and save it again",
        )


def _prefix_of(address: str) -> str:
    for start in _OFFICE_NAMESPACES:
        if address.startswith(start):
            return _OFFICE_PREFIXES.get(address.removeprefix(start), "")
    return _OTHER_PREFIXES.get(address, "")
