"""Binding the publications of a folder into one volume with a cover and a table of contents.

Input: a folder of publications. Output: one tagged PDF that declares the standards that all its parts declare, with their
structure, bookmarks, links, page labels and attachments. It is verified before it is returned. The same parts give the
same bytes: the date is the latest date of a part, or ``SOURCE_DATE_EPOCH``.
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
from publisher.messages import translatable
from publisher.model import Metadata
from publisher.options import Options
from publisher.pdf.object_copy import ObjectCopier
from publisher.pdf.syntax import resolve
from publisher.pdf.writer import IndirectObjects, dictionary, name
from publisher.system.document_date import timestamp
from publisher.system.memory import collect_all, collect_and_freeze, gc_paused, unfreeze
from publisher.system.software import software
from publisher.typeset.output.identification import Declaration
from publisher.volume.cover_and_contents import SCHEME, typeset_front_matter
from publisher.volume.merged_outlines import MergedOutline
from publisher.volume.merged_structure_tree import MergedStructureTree
from publisher.volume.name_trees import Attachments, Destinations, PageLabels
from publisher.volume.part_digest import digest_part
from publisher.volume.parts import (
    common_issuer,
    common_language,
    common_profile,
    find_parts,
)
from publisher.volume.verification import require_passed, verify_front_matter, verify_volume

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from publisher.model import Finding, Verdict
    from publisher.volume.part_digest import PartDigest
    from publisher.volume.parts import Part

CREATOR_SUFFIX = "volume"
"""The end of the creator tool's name in the metadata of a volume."""
_KNOWN_ENTRIES = frozenset(
    {
        "/Type", "/Pages", "/Outlines", "/Lang", "/Names", "/StructTreeRoot", "/MarkInfo",
        "/OutputIntents", "/Metadata", "/ViewerPreferences", "/PageMode", "/PageLabels", "/AF",
        "/Version",
    }
)  # fmt: skip
"""The entries of the catalogues that this package writes; other entries would be lost."""
_FRONT_MATTER_ENTRIES = (
    "/Lang", "/MarkInfo", "/OutputIntents", "/Metadata", "/ViewerPreferences", "/PageMode",
)  # fmt: skip
"""The entries of the catalogue that the volume takes from its front matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A volume, in memory."""

    data: bytes
    parts: tuple[Part, ...]
    pages: int
    """The number of pages, including cover and contents."""
    title: str
    declares: tuple[str, ...]
    """The standards that the volume declares."""
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]


def bind(folder: Path, output: Path, *, title: str = "", issuer: str = "") -> Volume:
    """Bind the publications below a folder.

    Args:
        folder: The folder; its name is the default title.
        output: The path of the volume; a file at this path is not bound.
        title: The title of the volume.
        issuer: The office on the cover; by default the issuer of all parts, if they have the same.

    Raises:
        UsageError: If there is no publication, or they cannot be bound together.
        VerificationError: If a part does not agree with its record, or the volume fails verification.
    """
    title = title or _name_of(folder)
    Options(title=title, issuer=issuer)  # raises UsageError for unprintable characters
    parts, findings = find_parts(folder, output)
    declaration = _declaration(parts, title, issuer)
    with gc_paused():
        try:
            return _bind_parts(parts, findings, declaration)
        finally:
            unfreeze()


def _bind_parts(
    parts: tuple[Part, ...], findings: tuple[Finding, ...], declaration: Declaration
) -> Volume:
    builder = _VolumeBuilder(declaration.profile.pdf_version)
    for part in parts:
        builder.add_part(part, declaration.metadata.language)
        collect_and_freeze()
    front, page = typeset_front_matter(parts, builder.first_page_labels, declaration)
    require_passed(verify_front_matter(front.pdf, page, declaration.profile))
    builder.add_front_matter(front.pdf)
    data = builder.write()
    pages, digests = builder.pages, builder.digests
    del builder  # verification reads the file only; this frees memory
    collect_all()
    verdicts = verify_volume(data, parts, digests, page, declaration.profile)
    require_passed(verdicts)
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
    issuer = issuer or common_issuer(parts)
    return Declaration(
        profile=common_profile(parts),
        metadata=Metadata(
            title=title,
            publishers=(issuer,) if issuer else (),
            date=latest,
            language=common_language(parts),
        ),
        timestamp=timestamp(latest),
        producer=f"Publisher {__version__} (WeasyPrint {software()['weasyprint']})",
        creator=f"Publisher {__version__} {CREATOR_SUFFIX}",
    )


class _VolumeBuilder:
    """Joins the objects of all parts and of the front matter in one file."""

    def __init__(self, version: str) -> None:
        self.first_page_labels: list[str] = []
        """The label of the first page of each part."""
        self.digests: list[PartDigest] = []
        """The digest of each part before it was bound."""
        self.pages = 0
        """The number of pages added so far."""
        self._version = version
        self._objects = IndirectObjects()
        self._shared: dict[bytes, IndirectObject] = {}
        self._root = self._objects.reserve()
        self._page_root = self._objects.reserve()
        self._page_tree_nodes: list[IndirectObject] = []
        self._top_elements: list[IndirectObject] = []
        self._structure = MergedStructureTree(self._objects, version)
        self._outline = MergedOutline(self._objects)
        self._destinations = Destinations()
        self._attachments = Attachments()
        self._labels = PageLabels()

    def add_part(self, part: Part, language: str) -> None:
        """Add a part; ``language`` is that of the volume."""
        try:
            self._add(part, language)
        except VerificationError as error:
            raise VerificationError(
                error.message, hint="build the report again", where=str(part.path)
            ) from error
        except Exception as error:  # pypdf raises many kinds of exceptions for a damaged file
            raise VerificationError(
                translatable(
                    "cannot be bound: {name}: {error}", name=type(error).__name__, error=error
                ),
                hint="build the report again",
                where=str(part.path),
            ) from error

    def _add(self, part: Part, language: str) -> None:
        reader = PdfReader(BytesIO(part.data), strict=True)
        catalog: Any = resolve(reader.trailer["/Root"])
        unknown = sorted(set(catalog) - _KNOWN_ENTRIES)
        if unknown:
            raise VerificationError(
                translatable("its catalogue has {unknown}, which would be lost", unknown=unknown[0])
            )
        self.digests.append(digest_part(catalog, reader))
        first = len(self._objects)
        self.first_page_labels.append(f"{part.prefix}{reader.page_labels[0]}")
        self._labels.add_part(catalog, part.prefix, self.pages)
        copy = ObjectCopier(self._objects, self._shared, reader, part.prefix)
        top = self._structure.add_part(copy, catalog.raw_get("/StructTreeRoot"))
        pages = self._add_pages(copy, list(reader.pages))
        self._page_tree_nodes.append(pages[0])
        self._top_elements.append(top)
        self._destinations.add_part(copy, resolve(catalog.get("/Names")) or {})
        self._destinations.add(f"part-{part.number}", self._top_of_page(pages[1]))
        unfinished = self._attachments.add_part(copy, catalog, part.number)
        outlines = catalog.raw_get("/Outlines") if "/Outlines" in catalog else None
        target = self._link_target(self._top_of_page(pages[1]), top)
        unfinished += self._outline.add_part(copy, outlines, part.title, target)
        copy.copy_pending()
        other_language = "" if part.language == language else part.language
        self._structure.name_part(top, part.title, other_language)
        self._objects.freeze(first, unfinished)

    def add_front_matter(self, data: bytes) -> None:
        """Add the cover and the contents, and link the entries to the parts."""
        reader = PdfReader(BytesIO(data), strict=True)
        catalog: Any = resolve(reader.trailer["/Root"])
        copy = ObjectCopier(self._objects, self._shared, reader, "0-")
        self._structure.add_front_matter(copy, catalog.raw_get("/StructTreeRoot"))
        pages = self._add_pages(copy, list(reader.pages))
        self._page_tree_nodes.insert(0, pages[0])
        self._outline.add_front_matter(copy, catalog.raw_get("/Outlines"))
        self._catalog = DictionaryObject(
            {
                key: copy.copy(catalog.raw_get(key))
                for key in catalog
                if key in _FRONT_MATTER_ENTRIES
            }
        )
        info = reader.trailer.get("/Info")
        self._info = copy.copy(reader.trailer.raw_get("/Info")) if info else None
        self._front_pages = len(reader.pages)
        copy.copy_pending()
        for reference in pages[1:]:
            page: Any = reference.get_object()
            for annotation in resolve(page.get("/Annots")) or ():
                self._link_entry(resolve(annotation))

    def _add_pages(self, copy: ObjectCopier, pages: Sequence[Any]) -> list[IndirectObject]:
        """Add pages below a page tree node of their own; return the node and the pages."""
        node = self._objects.reserve()
        references = []
        for page in pages:
            reference = self._objects.reserve()
            copy.remap(page.indirect_reference, reference)
            references.append(reference)
        for page, reference in zip(pages, references, strict=True):
            entries = DictionaryObject(page)
            del entries["/Parent"]
            copied = copy.copy(entries)
            copied[name("Parent")] = node
            self._objects.put(reference, copied)
        node_entries = dictionary(
            Type=name("Pages"),
            Parent=self._page_root,
            Kids=ArrayObject(references),
            Count=NumberObject(len(references)),
        )
        self._objects.put(node, node_entries)
        self.pages += len(references)
        return [node, *references]

    def _top_of_page(self, page: IndirectObject) -> ArrayObject:
        """Return a destination at the upper left corner of a page."""
        entries: Any = page.get_object()
        left, _, _, top = entries["/MediaBox"]
        corner = (FloatObject(left), FloatObject(top), NumberObject(0))
        return ArrayObject([page, name("XYZ"), *corner])

    def _link_target(self, destination: Any, top: IndirectObject) -> DictionaryObject:
        """Return the entries that link to a destination, in PDF 2.0 also to the element (ISO 14289-2, 8.8)."""
        if self._version != "2.0":
            return dictionary(Dest=destination)
        structure_destination = ArrayObject(
            [top, name("XYZ"), NullObject(), NullObject(), NullObject()]
        )
        action = dictionary(
            Type=name("Action"), S=name("GoTo"), D=destination, SD=structure_destination
        )
        return dictionary(A=action)

    def _link_entry(self, annotation: Any) -> None:
        """Link an entry of the contents to its part."""
        address = str((resolve(annotation.get("/A")) or {}).get("/URI", ""))
        if not address.startswith(SCHEME):
            return
        number = int(address.removeprefix(SCHEME))
        top = self._top_elements[number - 1]
        del annotation["/A"]
        annotation.update(self._link_target(TextStringObject(f"part-{number}"), top))
        if self._version == "2.0":
            self._structure.add_reference(int(annotation["/StructParent"]), top)

    def write(self) -> bytes:
        """Return the file."""
        self._structure.write()
        self._outline.write()
        catalog = self._catalog
        self._objects.put(
            self._page_root,
            dictionary(
                Type=name("Pages"),
                Kids=ArrayObject(self._page_tree_nodes),
                Count=NumberObject(self.pages),
            ),
        )
        names = dictionary(Dests=self._objects.add(self._destinations.tree(self._objects)))
        attachments = self._attachments.write(self._objects, len(self._top_elements))
        if attachments:
            names[name("EmbeddedFiles")] = self._objects.add(attachments[0])
            catalog[name("AF")] = attachments[1]
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
