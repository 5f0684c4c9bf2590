"""The package of a Word file (ECMA-376, part 2): a zip archive in, its parts and XML trees out.

Nothing is unpacked before the archive's directory has been held against the limits, and nothing
beyond them while it is: a directory can lie. XML may declare no entities, and is walked without
recursion. The strict and the transitional namespaces come out under the same prefixes.
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
from publisher.readers.limits import LIMITS, require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CHUNK = 1 << 16
_LARGE = 1 << 20
"""A part this small may pack as tightly as it likes."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_AGAIN = "let the office send it again, or open it in Word and save it anew"

_OFFICE = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
_PREFIXES = {
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
"""What follows the beginning that Office's own namespaces share, and the prefix it is given."""
_NAMESPACES = {
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


@dataclass(slots=True)
class Element:
    """An element of a part, its names under the prefixes of this module."""

    name: str
    attributes: Mapping[str, str]
    children: list[Element]
    text: str

    def child(self, name: str) -> Element | None:
        """Return the first child of that name."""
        return next((one for one in self.children if one.name == name), None)

    def value(self, *path: str) -> str | None:
        """Return ``w:val`` of the element down that path of names; ``None`` where there is none."""
        here: Element | None = self
        for name in path:
            here = here.child(name) if here else None
        return here.attributes.get("w:val", "") if here else None

    def flag(self, name: str) -> bool | None:
        """Return whether a property (ECMA-376, 17.17.4) is on, off, or not said."""
        value = self.value(name)
        return None if value is None else value not in ("0", "false", "off")

    def walk(self) -> Iterator[Element]:
        """Yield the element and all inside it in document order, without recursion."""
        waiting = [self]
        while waiting:
            here = waiting.pop()
            yield here
            waiting.extend(reversed(here.children))


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """What a part refers to."""

    kind: str
    """The last step of the type's address: image, footnotes, hyperlink."""
    target: str
    """A part's name, or an address where ``external``."""
    external: bool


class Package:
    """An opened Word file; its parts are unpacked when they are asked for."""

    def __init__(self, data: bytes, *, where: str) -> None:
        """Hold the archive's directory against the limits; raise the ``SourceError`` that fits."""
        self.where = where
        self._unpacked = 0
        self._elements = 0
        require("parts", data.count(_DIRECTORY_ENTRY), where=where)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise SourceDamagedError(
                f"is no whole Word file: {error}", where=where, hint=_AGAIN
            ) from error
        self._entries = self._checked(self._archive.infolist())

    def _checked(self, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        require("parts", len(entries), where=self.where)
        require("unpacked", sum(one.file_size for one in entries), where=self.where)
        found: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or name.endswith("/"):
                continue
            if name.lower() in found:
                raise SourceDamagedError(
                    f"holds {name[:80]!r} twice: which of them counts is not told",
                    where=self.where,
                    hint=_AGAIN,
                )
            if entry.flag_bits & _ENCRYPTED:
                raise UnsupportedFormatError(
                    "is an Office file under a password",
                    where=self.where,
                    hint="save it without the password",
                )
            if entry.file_size > _LARGE:
                require("ratio", entry.file_size // max(entry.compress_size, 1), where=self.where)
            found[name.lower()] = entry
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names, in small letters: they are the same in either case (OPC, 6.3.5)."""
        return tuple(self._entries)

    def part(self, name: str) -> bytes | None:
        """Return what a part holds, ``None`` where there is no such part."""
        entry = self._entries.get(name.lower())
        if entry is None:
            return None
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SourceDamagedError(
                f"{name}: is packed in a way that no Word file is", where=self.where, hint=_AGAIN
            )
        pieces = []
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_CHUNK):
                    self._unpacked += len(piece)
                    require("unpacked", self._unpacked, where=self.where)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
            raise SourceDamagedError(
                f"{name}: cannot be unpacked: {error}", where=self.where, hint=_AGAIN
            ) from error
        return b"".join(pieces)

    def tree(self, name: str) -> Element | None:
        """Return the root of a part of XML, ``None`` where there is no such part."""
        data = self.part(name)
        return None if data is None else self._parsed(data, name)

    def _parsed(self, data: bytes, name: str) -> Element:
        builder = _Builder(self.where, name, LIMITS["markup"].most - self._elements)
        parser = builder.parser
        try:
            for start in range(0, len(data), _CHUNK):
                parser.Parse(data[start : start + _CHUNK], False)  # noqa: FBT003
            parser.Parse(b"", True)  # noqa: FBT003
        except (expat.ExpatError, LookupError, ValueError) as error:
            line = getattr(error, "lineno", parser.ErrorLineNumber)
            what = str(error).partition(":")[0]
            raise SourceDamagedError(
                f"{name}, line {line}: is no XML: {what}", where=self.where, hint=_AGAIN
            ) from error
        self._elements += builder.count
        return builder.root

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Return what a part refers to, by the relationship's id; the package's own for ``""``."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for one in root.children if root else ():
            said = one.attributes
            external = said.get("TargetMode", "").lower() == "external"
            target = said.get("Target", "")
            found[said.get("Id", "")] = Relationship(
                kind=said.get("Type", "").rpartition("/")[2],
                target=target if external else _resolved(folder, target),
                external=external,
            )
        return found

    @cached_property
    def main(self) -> str:
        """The name of the main document part (ECMA-376, part 1, 11.3.10)."""
        named = (
            one.target
            for one in self.relationships("").values()
            if one.kind == "officeDocument" and not one.external
        )
        for name in (*named, "word/document.xml"):
            if name.lower() in self._entries:
                return name
        raise SourceDamagedError("has no main document", where=self.where, hint=_AGAIN)


def _resolved(folder: str, target: str) -> str:
    """Return the name of the part that a target means; it cannot lead out of the package."""
    target = target.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


class _Builder:
    """Makes a tree of what expat reports."""

    def __init__(self, where: str, part: str, most: int) -> None:
        self.count = 0
        self._most = most
        self._where = where
        self._part = part
        self._top = Element("", {}, [], "")
        self._path = [self._top]
        self._words: list[str] = []
        self._names: dict[str, str] = {}
        self._shared: dict[tuple[str, ...], Mapping[str, str]] = {(): {}}
        self._spaces: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words.append
        self.parser.StartNamespaceDeclHandler = self._space
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    @property
    def root(self) -> Element:
        return self._top.children[0]

    def _space(self, prefix: str | None, address: str) -> None:
        self._spaces[prefix or ""] = address

    def _start(self, name: str, said: list[str]) -> None:
        self.count += 1
        if self.count > self._most:
            require("markup", LIMITS["markup"].most + 1, where=self._where)
        require("xml-depth", len(self._path), where=self._where)
        key = tuple(said)
        attributes = self._shared.get(key)
        if attributes is None:
            attributes = {
                self._short(one): value for one, value in zip(said[::2], said[1::2], strict=True)
            }
            self._shared[key] = attributes
        short = self._short(name)
        if short == "mc:Choice":
            attributes = {"Requires": self._required(attributes.get("Requires", ""))}
        element = Element(short, attributes, [], "")
        self._path[-1].children.append(element)
        self._path.append(element)
        self._words.clear()

    def _end(self, _: str) -> None:
        element = self._path.pop()
        if self._words:
            if not element.children:
                element.text = "".join(self._words)
            self._words.clear()

    def _short(self, name: str) -> str:
        """Return a name with its prefix here; one of an unknown namespace keeps it in front."""
        known = self._names.get(name)
        if known is None:
            address, _, local = name.rpartition(" ")
            prefix = _prefix(address) if address else ""
            known = f"{prefix}:{local}" if prefix else f"{address} {local}" if address else local
            self._names[name] = known
        return known

    def _required(self, prefixes: str) -> str:
        """Return the namespaces that a choice requires, under their prefixes here."""
        return " ".join(_prefix(self._spaces.get(one, "")) or "?" for one in prefixes.split())

    def _refuse(self, *_: object) -> None:
        raise SourceUnsafeError(
            f"{self._part}: declares a document type or entities, which no Word file does",
            where=self._where,
            hint="open it in Word and save it anew",
        )


def _prefix(address: str) -> str:
    for start in _OFFICE:
        if address.startswith(start):
            return _PREFIXES.get(address.removeprefix(start), "")
    return _NAMESPACES.get(address, "")
