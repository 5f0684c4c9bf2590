"""Verification of what was changed in a file after it was signed, revision by revision (ISO 32000-1, 7.5.6).

Input: a file from pyHanko. Output: a ``Revision`` for each, with what it changes that signing does not need.
Serves ISO 32000-1, 12.8.2 (what a signature covers) and ETSI EN 319 142-1, 5.4 (DSS).

Each revision is compared with the one before. It may add to the catalogue a form, a DSS and extensions; to
the form signature fields (``form_changes``) and defaults; to their page the widgets; to the structure tree their elements;
to the DSS validation data. The metadata and the document information may get another modification date and producer.
Every other object must say the same (``object_comparison``), and every new object must serve these or be data that nothing
refers to. pyHanko's own difference analysis is not used: it walks all paths to all objects, which fails for long
reports, and it allows changes of metadata and later signatures that are drawn over a page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import enumerate_sig_fields

from publisher.messages import translatable
from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    array_entry,
    dictionary_entry,
    entry,
    is_dictionary,
    raw_entry,
    serialise_entry,
    serialise_object,
)
from publisher.verify.signatures.dss import (
    DSS_KEYS,
    VRI_KEYS,
    verify_dss,
    verify_extensions,
    vri_entries,
)
from publisher.verify.signatures.form_changes import FormChanges, no_signature
from publisher.verify.signatures.form_fields import pages
from publisher.verify.signatures.object_comparison import ObjectComparison
from publisher.verify.signatures.ordinary_changes import (
    is_inert,
    is_unused_cross_reference,
    raises_version,
)
from publisher.verify.signatures.revision_dates import is_only_dates, updates_dates
from publisher.verify.signatures.revision_references import (
    TRAILER,
    References,
    object_streams,
    written_objects,
)
from publisher.verify.signatures.revision_syntax import end_of_revision, verify_update_syntax
from publisher.verify.signatures.signature import Revision
from publisher.verify.signatures.structure_changes import StructureChanges, allows_page_entry
from publisher.verify.signatures.visible_signatures import notes_on_visible_signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

    from publisher.verify.signatures.revision_references import Referrer

CATALOGUE_KEYS = frozenset({"/AcroForm", "/DSS", "/Extensions"})
"""The entries of the catalogue that may change."""
_NESTED_KEYS: dict[tuple[str, ...], frozenset[str]] = {
    ("/AcroForm",): frozenset({"/Fields", "/DR"}),
    ("/DSS",): DSS_KEYS,
}
"""The entries, inside an entry of the catalogue, that may be objects of their own and may change."""


def read_revisions(reader: PdfFileReader, data: bytes) -> tuple[Revision, ...]:
    """Return the revisions of a file, each with what it changes that signing does not need.

    Args:
        reader: The file, from pyHanko.
        data: Its bytes.

    """
    earlier_references, revisions = References(reader), []
    pending: dict[str, int] = {}
    first = first_document(reader)
    for number in range(reader.xrefs.total_revisions):
        offset = reader.xrefs.get_startxref_for_revision(number)
        revision = Revision(xref_offset=offset)
        if number > first:
            try:
                update = _Update(reader, data, number, earlier_references)
                revision = replace(update.verify(), xref_offset=offset)
                pending |= dict.fromkeys(update.empty_fields, number)
            except DisallowedModificationError as error:
                revision = replace(revision, problem=str(error))
        revisions.append(revision)
        if number + 1 < reader.xrefs.total_revisions:
            earlier_references.add(number)
    _add_unsigned_fields(reader, pending, revisions)
    return tuple(revisions)


def _add_unsigned_fields(
    reader: PdfFileReader, fields: dict[str, int], revisions: list[Revision]
) -> None:
    """Report the fields that a revision added and that no later one signed.

    Args:
        reader: The file, from pyHanko.
        fields: The names of fields that were added without a signature, each with the number of the revision.
        revisions: The revisions.

    """
    signed = {name for name, _, _ in enumerate_sig_fields(reader, filled_status=True)}
    for name, number in fields.items():
        if name not in signed and not revisions[number].problem:
            problem = str(no_signature())
            revisions[number] = replace(revisions[number], problem=problem)


def first_document(reader: PdfFileReader) -> int:
    """Return the first revision that has a catalogue; before it there is no form and so no signature.

    A linearised file (ISO 32000-1, annex F) has two cross-reference sections that only together are a document.
    """
    for number in range(reader.xrefs.total_revisions):
        try:
            _ = reader.get_historical_resolver(number).root
        except (PdfError, AssertionError, KeyError):
            continue
        return number
    return 0


class _Update:
    """A revision, compared with the one before."""

    def __init__(
        self, reader: PdfFileReader, data: bytes, revision: int, earlier_references: References
    ) -> None:
        self._reader, self._data, self._revision = reader, data, revision
        self._earlier_references = earlier_references
        self._old = reader.get_historical_resolver(revision - 1)
        self._new = reader.get_historical_resolver(revision)
        self._comparison = ObjectComparison(self._old, self._new, self._is_new)
        self._form = FormChanges(
            self._old,
            self._new,
            is_new=self._is_new,
            earlier_references=earlier_references,
            comparison=self._comparison,
        )
        self._structure = StructureChanges(
            self._old,
            self._new,
            is_new=self._is_new,
            comparison=self._comparison,
            widgets=self._form.added_widgets,
        )

    @property
    def empty_fields(self) -> list[str]:
        """The names of the signature fields that the update adds without a signature."""
        return self._form.empty_fields

    def verify(self) -> Revision:
        """Return what the update does besides signing; raise if it changes anything that signing does not need."""
        verify_update_syntax(self._reader, self._data, self._revision, self._earlier_references)
        self._verify_trailer()
        self._form.verify()
        written = sorted(
            written_objects(self._reader, self._revision), key=lambda reference: reference.idnum
        )
        added = [reference for reference in written if self._is_new(reference)]
        changed = [reference for reference in written if not self._is_new(reference)]
        allowed = (
            self._changeable_containers()
            | self._form.filled
            | self._structure.allowed_objects(changed)
        )
        self._verify_catalogue()
        for reference in changed:
            if reference in allowed or updates_dates(
                self._old, self._new, reference, self._earlier_references
            ):
                continue
            if self._is_changed(reference):
                raise DisallowedModificationError(f"{self._describe(reference)} changed")
        needed = set(self._needed_objects())
        for reference in added:
            if reference not in needed and not self._is_inert(reference):
                raise DisallowedModificationError(
                    translatable(
                        "object {number} was added, but no signature needs it",
                        number=reference.idnum,
                    )
                )
        verify_dss(self._old.root, self._new.root)
        return Revision(
            notes=tuple(self._notes()),
            adds_visible_field=any(area.is_added for area in self._form.visible),
            filled_fields=tuple(self._form.filled_in),
        )

    def _notes(self) -> Iterator[str]:
        offsets = map(
            self._reader.xrefs.get_startxref_for_revision, (self._revision - 1, self._revision)
        )
        earlier, later = (self._data[: end_of_revision(self._data, offset)] for offset in offsets)
        yield from notes_on_visible_signatures(self._form.visible, self._new, earlier, later)

    def _verify_trailer(self) -> None:
        """Raise if the trailer names other objects than new ones that say the same."""
        old, new = self._old.trailer_view, self._new.trailer_view
        for key in ("/Root", "/Info", "/Encrypt"):
            if serialise_entry(old, key) == serialise_entry(new, key):
                continue
            if key == "/Info" and self._adds_information():
                continue
            root = raw_entry(new, key)
            if key == "/Root" and isinstance(root, IndirectObject) and self._is_new(root.reference):
                continue  # its entries are compared one by one
            raise DisallowedModificationError(
                translatable("the trailer's {key} was replaced", key=key[1:])
            )

    def _is_new(self, reference: Reference) -> bool:
        """Return whether the update defines an object; raise if the file already used its number."""
        introduced = self._reader.xrefs.get_introducing_revision(reference)
        if introduced != self._revision:
            return False
        number = reference.idnum
        if self._earlier_references.defines(number) or number in self._earlier_references:
            raise DisallowedModificationError(
                translatable(
                    "object {number} was added, but the file already used its number",
                    number=reference.idnum,
                )
            )
        return True

    def _changeable_containers(self) -> set[Reference]:
        """Return the objects that may change because their entries are compared one by one.

        They must have been the form or the DSS before, and nothing else; otherwise the update could
        change the object in its other role.
        """
        new_containers = {reference for reference, _ in _containers(self._new)}
        return {
            reference
            for reference, referrer in _containers(self._old)
            if reference in new_containers and self._referrers(reference) == {referrer}
        }

    def _referrers(self, reference: Reference) -> set[Referrer]:
        """Return what refers to an object, but for signatures that name the catalogue as their data (12.8.1)."""
        referrers = self._earlier_references.referrers(reference.idnum, self._old)
        root = self._old.root_ref
        if reference != root:
            return referrers
        return {
            (number, path)
            for number, path in referrers
            if path[-1:] != ("/Data",) and (number, path) != (root.idnum, ())
        }

    def _is_inert(self, reference: Reference) -> bool:
        value = self._new(reference)
        return is_inert(value) or is_unused_cross_reference(value, self._new.trailer_view)

    def _is_changed(self, reference: Reference) -> bool:
        agrees = self._comparison.agree(self._old(reference), self._new(reference))
        return not agrees and not self._adds_only_widgets(reference)

    def _verify_catalogue(self) -> None:
        old, new = self._old.root, self._new.root
        for key in (old.keys() | new.keys()) - CATALOGUE_KEYS:
            if not self._comparison.entries_agree(old, new, key):
                if key == "/Perms" and self._adds_certification():
                    continue
                if key == "/Metadata" and self._adds_metadata():
                    continue
                if key == "/Version" and raises_version(old, new):
                    continue
                if key == "/StructTreeRoot" and self._structure.root_agrees():
                    continue
                raise DisallowedModificationError(
                    translatable("the catalogue's {key} was changed", key=key[1:])
                )
        verify_extensions(old, new, self._comparison)

    def _adds_information(self) -> bool:
        """Return whether the document information is a new object with other dates and producer only."""
        before, added = (
            entry(self._old.trailer_view, "/Info"),
            raw_entry(self._new.trailer_view, "/Info"),
        )
        is_new = isinstance(added, IndirectObject) and self._is_new(added.reference)
        return is_new and is_only_dates(before, added.get_object())

    def _adds_metadata(self) -> bool:
        """Return whether the file had no metadata, and the update adds dates and producer only."""
        added = raw_entry(self._new.root, "/Metadata")
        is_new = "/Metadata" not in self._old.root and isinstance(added, IndirectObject)
        return is_new and self._is_new(added.reference) and is_only_dates(None, added.get_object())

    def _adds_certification(self) -> bool:
        """Return whether the update adds Perms, and in it only the signature that it adds (12.8.4)."""
        permissions = dictionary_entry(self._new.root, "/Perms")
        target = raw_entry(permissions, "/DocMDP")
        fields = array_entry(dictionary_entry(self._new.root, "/AcroForm"), "/Fields")
        values = [
            raw_entry(field.get_object(), "/V")
            for field in fields
            if isinstance(field, IndirectObject) and is_dictionary(field.get_object())
        ]
        return (
            "/Perms" not in self._old.root
            and permissions.keys() == {"/DocMDP"}
            and isinstance(target, IndirectObject)
            and self._is_new(target.reference)
            and any(getattr(value, "reference", None) == target.reference for value in values)
        )

    def _needed_objects(self) -> Iterator[Reference]:
        """Yield the new objects that signing needs."""
        xref_stream = self._reader.xrefs.get_xref_container_info(self._revision).stream_ref
        if xref_stream is not None:
            yield xref_stream
        yield from object_streams(self._reader, self._revision)
        yield from self._comparison.copies
        yield from self._structure.added
        if self._is_new(self._new.root_ref):
            yield self._new.root_ref
        # existing containers are followed too, because new objects are reached through them
        dss = dictionary_entry(self._new.root, "/DSS")
        # metadata and information that the file did not have were compared before
        for holder, key in ((self._new.root, "/Metadata"), (self._new.trailer_view, "/Info")):
            added = raw_entry(holder, key)
            if isinstance(added, IndirectObject):
                yield added.reference
        roots = [raw_entry(self._new.root, key) for key in CATALOGUE_KEYS]
        roots += [entry(self._new.root, key) for key in CATALOGUE_KEYS]
        roots += [entry(dss, key) for key in DSS_KEYS]
        for vri_entry in vri_entries(dss).values():
            roots += [vri_entry, *(entry(vri_entry, key) for key in VRI_KEYS)]
        roots += [*self._form.added_fields, *self._form.added_widgets]
        # objects that were there are followed as they are now
        roots += [self._new(reference) for reference in self._form.filled]
        for root in roots:
            yield from self._new.collect_dependencies(root, since_revision=self._revision)
        for _, annots in self._pages_of_added_widgets():
            if isinstance(annots, IndirectObject):
                yield annots.reference

    def _pages_of_added_widgets(self) -> Iterator[tuple[Any, Any]]:
        """Yield the pages of the added widgets, with their lists of annotations as they are written."""
        for widget in self._form.added_widgets:
            page = raw_entry(widget.get_object(), "/P")
            if isinstance(page, IndirectObject) and isinstance(page.get_object(), DictionaryObject):
                yield page, raw_entry(page.get_object(), "/Annots")

    def _adds_only_widgets(self, reference: Reference) -> bool:
        """Return whether an object is the page of an added field, or its annotations, and gets only widgets."""
        for page, annots in self._pages_of_added_widgets():
            old, new = self._old(page.reference), self._new(page.reference)
            is_own_list = (
                isinstance(annots, IndirectObject)
                and serialise_entry(old, "/Annots") == serialise_object(annots)
                and self._earlier_references.referrers(annots.idnum, self._old)
                == {(page.idnum, ("/Annots",))}
            )
            if reference != page.reference and not (is_own_list and reference == annots.reference):
                continue
            before = list(map(serialise_object, array_entry(old, "/Annots")))
            after = list(map(serialise_object, array_entry(new, "/Annots")))
            widgets = set(map(serialise_object, self._form.added_widgets))
            return (
                all(
                    self._comparison.entries_agree(old, new, key)
                    or allows_page_entry(old, new, key)
                    for key in (old.keys() | new.keys()) - {"/Annots"}
                )
                and after[: len(before)] == before
                and set(after[len(before) :]) <= widgets
            )
        return False

    def _describe(self, reference: Reference) -> str:
        """Return what an object is, with a verb: ``page 2 was``."""
        for number, page in enumerate(pages(self._old), start=1):
            if reference == page.reference:
                return translatable("page {number} was", number=number)
            contents = raw_entry(page.get_object(), "/Contents")
            streams = contents if isinstance(contents, ArrayObject) else (contents,)
            if any(
                isinstance(stream, IndirectObject) and stream.reference == reference
                for stream in streams
            ):
                return translatable("the contents of page {number} were", number=number)
        if reference == getattr(raw_entry(self._old.root, "/Metadata"), "reference", None):
            return "the metadata were"
        value = self._old(reference)
        kind = entry(value, "/Type") if isinstance(value, DictionaryObject) else ""
        return translatable(
            "object {number}{kind} was",
            number=reference.idnum,
            kind=f" ({kind[1:]})" if kind else "",
        )


def _containers(resolver: HistoricalResolver) -> Iterator[tuple[Reference, Referrer]]:
    """Yield the objects that ``_Update`` compares entry by entry, each with its only allowed referrer."""
    yield resolver.root_ref, (TRAILER, ("/Root",))
    pending: list[tuple[Any, Referrer, tuple[str, ...]]] = [
        (resolver.root, (resolver.root_ref.idnum, (key,)), (key,)) for key in CATALOGUE_KEYS
    ]
    while pending:
        container, referrer, role = pending.pop()
        number, path = referrer
        value = raw_entry(container, role[-1])
        if isinstance(value, IndirectObject):
            yield value.reference, referrer
            number, path, value = value.idnum, (), value.get_object()
        if is_dictionary(value):
            pending += [
                (value, (number, (*path, key)), (*role, key)) for key in _nested_keys(role, value)
            ]


def _nested_keys(role: tuple[str, ...], container: Any) -> Iterable[str]:
    """Return the entries of an object in a role that may be objects of their own and may change.

    A role is the path of keys from the catalogue: ``("/DSS", "/VRI")``.
    """
    if role[:2] == ("/DSS", "/VRI"):
        return VRI_KEYS if len(role) > len(("/DSS", "/VRI")) else container.keys()
    return _NESTED_KEYS.get(role, ())
