"""The publications of a folder bound into one volume: cover, contents, and every part as it was.

Enters: a folder of publications. Leaves: one tagged PDF that declares what all its parts declare, with
their structure, bookmarks, links, page labels and attachments, verified before anyone sees it. The
same parts give the same bytes: the date is the latest of theirs, or ``SOURCE_DATE_EPOCH``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from publisher._version import __version__
from publisher.errors import UsageError, VerificationError
from publisher.model import Metadata
from publisher.options import Options
from publisher.pdf.object_copy import ObjectCopier
from publisher.pdf.syntax import resolve
from publisher.pdf.writer import IndirectObjects, dictionary, name
from publisher.system.document_date import timestamp
from publisher.system.memory import collector_at_rest, let_go, sweep, take_back
from publisher.system.software import software
from publisher.typeset.output.identification import Declaration
from publisher.volume.front_matter import SCHEME, typeset_front
from publisher.volume.merged_outlines import Outline
from publisher.volume.merged_structure_tree import StructureTree
from publisher.volume.name_trees import Attachments, Destinations, Labels
from publisher.volume.part_digest import kept_of_part
from publisher.volume.parts import (
    common_issuer,
    common_language,
    common_profile,
    find_parts,
)
from publisher.volume.verification import judge_front, judge_volume, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from publisher.model import Finding, Verdict
    from publisher.volume.part_digest import Kept
    from publisher.volume.parts import Part

MARK = "volume"
"""What the tool that made a volume is called, after its version."""
_KNOWN = frozenset(
    {
        "/Type", "/Pages", "/Outlines", "/Lang", "/Names", "/StructTreeRoot", "/MarkInfo",
        "/OutputIntents", "/Metadata", "/ViewerPreferences", "/PageMode", "/PageLabels", "/AF",
        "/Version",
    }
)  # fmt: skip
"""What a catalogue of ours has; binding anything else would lose it."""
_OF_FRONT = (
    "/Lang", "/MarkInfo", "/OutputIntents", "/Metadata", "/ViewerPreferences", "/PageMode",
)  # fmt: skip
"""What the volume has from the file of its front matter, which declares what the volume is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A finished volume, not yet written."""

    data: bytes
    parts: tuple[Part, ...]
    pages: int
    title: str
    declares: tuple[str, ...]
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]


def bind(folder: Path, output: Path, *, title: str = "", issuer: str = "") -> Volume:
    """Bind the publications below ``folder`` into the volume that is to be ``output``.

    Raises ``UsageError`` where there is none or they do not go together, ``VerificationError`` for a
    part that is not what its record says, and where the volume is not what it should be.
    """
    title = title or _name_of(folder)
    Options(title=title, issuer=issuer)  # refuses what cannot be printed
    parts, findings = find_parts(folder, output)
    declaration = _declaration(parts, title, issuer)
    with collector_at_rest():
        try:
            return _bound(parts, findings, declaration)
        finally:
            take_back()


def _bound(
    parts: tuple[Part, ...], findings: tuple[Finding, ...], declaration: Declaration
) -> Volume:
    binding = _Binding(declaration.profile.pdf_version)
    for part in parts:
        binding.take(part, declaration.metadata.language)
        let_go()
    front, page = typeset_front(parts, binding.first_labels, declaration)
    require(judge_front(front.pdf, page, declaration.profile))
    binding.take_front(front.pdf)
    data = binding.write()
    pages, kept = binding.pages, binding.kept
    del binding  # what is judged is the file alone
    sweep()
    verdicts = judge_volume(data, parts, kept, page, declaration.profile)
    require(verdicts)
    return Volume(
        data=data,
        parts=parts,
        pages=pages,
        title=declaration.metadata.title,
        declares=declaration.profile.declares,
        findings=(*findings, *front.findings),
        verdicts=verdicts,
    )


def _name_of(folder: Path) -> str:
    text = os.fsencode(folder.resolve().name).decode("utf-8", "replace")
    if not text.strip():
        raise UsageError("the folder has no name", hint="give the volume a title: --title")
    return text


def _declaration(parts: Sequence[Part], title: str, issuer: str) -> Declaration:
    latest = max(part.date for part in parts)
    return Declaration(
        profile=common_profile(parts),
        metadata=Metadata(
            title=title,
            publisher=issuer or common_issuer(parts),
            date=latest,
            language=common_language(parts),
        ),
        timestamp=timestamp(latest),
        producer=f"Publisher {__version__} (WeasyPrint {software()['weasyprint']})",
        creator=f"Publisher {__version__} {MARK}",
    )


class _Binding:
    """A volume in the making."""

    def __init__(self, version: str) -> None:
        self.first_labels: list[str] = []
        """The page label of the first page of each part."""
        self.kept: list[Kept] = []
        """What each part was."""
        self.pages = 0
        self._version = version
        self._objects = IndirectObjects()
        self._shared: dict[bytes, IndirectObject] = {}
        self._root = self._objects.reserve()
        self._page_root = self._objects.reserve()
        self._page_nodes: list[IndirectObject] = []
        self._tops: list[IndirectObject] = []
        self._structure = StructureTree(self._objects, version)
        self._outline = Outline(self._objects)
        self._destinations = Destinations()
        self._attachments = Attachments()
        self._labels = Labels()

    def take(self, part: Part, language: str) -> None:
        """Take a part in; ``language`` is the volume's."""
        try:
            self._take(part, language)
        except VerificationError as error:
            raise VerificationError(
                error.message, hint="build the report again", where=str(part.path)
            ) from error
        except Exception as error:  # pypdf raises anything over a damaged file
            raise VerificationError(
                f"cannot be bound: {type(error).__name__}: {error}",
                hint="build the report again",
                where=str(part.path),
            ) from error

    def _take(self, part: Part, language: str) -> None:
        reader = PdfReader(BytesIO(part.data), strict=True)
        catalog: Any = resolve(reader.trailer["/Root"])
        strange = sorted(set(catalog) - _KNOWN)
        if strange:
            raise VerificationError(f"its catalogue has {strange[0]}, which would be lost")
        self.kept.append(kept_of_part(catalog, reader))
        first = len(self._objects)
        self.first_labels.append(f"{part.prefix}{reader.page_labels[0]}")
        self._labels.take(catalog, part.prefix, self.pages)
        copy = ObjectCopier(self._objects, self._shared, reader, part.prefix)
        top = self._structure.take(copy, catalog.raw_get("/StructTreeRoot"))
        pages = self._take_pages(copy, list(reader.pages))
        self._page_nodes.append(pages[0])
        self._tops.append(top)
        self._destinations.take(copy, resolve(catalog.get("/Names")) or {})
        self._destinations.add(f"part-{part.number}", self._top_of(pages[1]))
        changing = self._attachments.take(copy, catalog, part.number)
        outlines = catalog.raw_get("/Outlines") if "/Outlines" in catalog else None
        place = self._leading(self._top_of(pages[1]), top)
        changing += self._outline.take(copy, outlines, part.title, place)
        copy.finish()
        own = "" if part.language == language else part.language
        self._structure.name_part(top, part.title, own)
        self._objects.freeze(first, changing)

    def take_front(self, data: bytes) -> None:
        """Take the cover and the contents in, and lead the entries to the parts."""
        reader = PdfReader(BytesIO(data), strict=True)
        catalog: Any = resolve(reader.trailer["/Root"])
        copy = ObjectCopier(self._objects, self._shared, reader, "0-")
        self._structure.take_front(copy, catalog.raw_get("/StructTreeRoot"))
        pages = self._take_pages(copy, list(reader.pages))
        self._page_nodes.insert(0, pages[0])
        self._outline.take_front(copy, catalog.raw_get("/Outlines"))
        self._catalog = DictionaryObject(
            {key: copy.value(catalog.raw_get(key)) for key in catalog if key in _OF_FRONT}
        )
        info = reader.trailer.get("/Info")
        self._info = copy.value(reader.trailer.raw_get("/Info")) if info else None
        self._front_pages = len(reader.pages)
        copy.finish()
        for reference in pages[1:]:
            page: Any = reference.get_object()
            for annotation in resolve(page.get("/Annots")) or ():
                self._lead(resolve(annotation))

    def _take_pages(self, copy: ObjectCopier, leaves: Sequence[Any]) -> list[IndirectObject]:
        """Take pages in, below a node of their own; return that node and the pages."""
        node = self._objects.reserve()
        numbered = []
        for page in leaves:
            new = self._objects.reserve()
            copy.remap(page.indirect_reference, new)
            numbered.append((page, new))
        for page, new in numbered:
            page[name("Parent")] = NullObject()
            copy.value(page)
            page[name("Parent")] = node
            self._objects.put(new, page)
        references = [new for _, new in numbered]
        entries = dictionary(
            Type=name("Pages"),
            Parent=self._page_root,
            Kids=ArrayObject(references),
            Count=NumberObject(len(references)),
        )
        self._objects.put(node, entries)
        self.pages += len(references)
        return [node, *references]

    def _top_of(self, page: IndirectObject) -> ArrayObject:
        entries: Any = page.get_object()
        left, _, _, top = entries["/MediaBox"]
        corner = (FloatObject(left), FloatObject(top), NumberObject(0))
        return ArrayObject([page, name("XYZ"), *corner])

    def _leading(self, place: Any, top: IndirectObject) -> DictionaryObject:
        """Return what leads to a place; in PDF 2.0 to the element too (ISO 14289-2, 8.8)."""
        if self._version != "2.0":
            return dictionary(Dest=place)
        element = ArrayObject([top, name("XYZ"), NullObject(), NullObject(), NullObject()])
        action = dictionary(Type=name("Action"), S=name("GoTo"), D=place, SD=element)
        return dictionary(A=action)

    def _lead(self, annotation: Any) -> None:
        """Lead an entry of the contents to its part."""
        address = str((resolve(annotation.get("/A")) or {}).get("/URI", ""))
        if not address.startswith(SCHEME):
            return
        number = int(address.removeprefix(SCHEME))
        top = self._tops[number - 1]
        del annotation["/A"]
        annotation.update(self._leading(TextStringObject(f"part-{number}"), top))
        if self._version == "2.0":
            self._structure.refer(int(annotation["/StructParent"]), top)

    def write(self) -> bytes:
        """Return the file."""
        self._structure.write()
        self._outline.write()
        catalog = self._catalog
        self._objects.put(
            self._page_root,
            dictionary(
                Type=name("Pages"),
                Kids=ArrayObject(self._page_nodes),
                Count=NumberObject(self.pages),
            ),
        )
        names = dictionary(Dests=self._objects.add(self._destinations.tree(self._objects)))
        attached = self._attachments.write(self._objects, len(self._tops))
        if attached:
            names[name("EmbeddedFiles")] = self._objects.add(attached[0])
            catalog[name("AF")] = attached[1]
        catalog.update(
            dictionary(
                Type=name("Catalog"),
                Pages=self._page_root,
                Outlines=self._outline.root,
                Names=names,
                StructTreeRoot=self._structure.root,
                PageLabels=self._labels.tree(self._front_pages),
            )
        )
        self._objects.put(self._root, catalog)
        return self._objects.write(self._version, self._root, self._info)
