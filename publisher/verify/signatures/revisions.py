"""Verification of what was changed in a file after it was signed, revision by revision (ISO 32000-1, 7.5.6).

Input: a file from pyHanko. Output: a ``Revision`` for each, with what it changes that signing does not need.
Serves ISO 32000-1, 12.8.2 (what a signature covers) and ETSI EN 319 142-1, 5.4 (DSS).

Each revision is compared with the one before. It may add to the catalogue a form, a DSS and extensions; to
the form signature fields (``form_changes``) and defaults; to their page the widgets; to the DSS
validation data. The metadata and the document information may get another modification date and producer. Every other
object must stay the same to the byte, and every new object must serve these or be data that nothing refers to. pyHanko's own
difference analysis is not used: it walks all paths to all objects, which fails for long reports, and it allows
changes of metadata and later signatures that are drawn over a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import enumerate_sig_fields

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
from publisher.verify.signatures.form_changes import FormChanges, pages
from publisher.verify.signatures.ordinary_changes import (
    is_inert,
    is_unused_cross_reference,
    raises_version,
)
from publisher.verify.signatures.revision_dates import is_only_dates, updates_dates
from publisher.verify.signatures.revision_references import TRAILER, References
from publisher.verify.signatures.revision_syntax import end_of_revision, verify_update_syntax
from publisher.verify.signatures.signature import Revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

    from publisher.verify.signatures.revision_references import Referrer

CATALOGUE_KEYS = frozenset({"/AcroForm", "/DSS", "/Extensions"})
"""The entries of the catalogue that may change."""
_NESTED_KEYS: dict[tuple[str, ...], frozenset[str]] = {
    ("/AcroForm",): frozenset({"/Fields"}),
    ("/DSS",): DSS_KEYS,
}
"""The entries, inside an entry of the catalogue, that may be objects of their own and may change."""
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+\d+\s+\d+\s*\]")


def read_revisions(reader: PdfFileReader, data: bytes) -> tuple[Revision, ...]:
    """Return the revisions of a file, each with what it changes that signing does not need.

    Args:
        reader: The file, from pyHanko.
        data: Its bytes.

    """
    xrefs = reader.xrefs
    earlier_references, revisions = References(reader), []
    first = first_document(reader)
    for number in range(xrefs.total_revisions):
        is_update = number > first
        problem = _find_problem(reader, data, number, earlier_references) if is_update else ""
        revisions.append(
            Revision(xref_offset=xrefs.get_startxref_for_revision(number), problem=problem)
        )
        if number + 1 < xrefs.total_revisions:
            earlier_references.add(number)
    return tuple(revisions)


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


def _find_problem(
    reader: PdfFileReader, data: bytes, revision: int, earlier_references: References
) -> str:
    try:
        verify_update_syntax(reader, data, revision)
        previous_offset = reader.xrefs.get_startxref_for_revision(revision - 1)
        earlier_file = data[: end_of_revision(data, previous_offset)]
        _Update(reader, revision, earlier_references, earlier_file).verify()
    except DisallowedModificationError as error:
        return str(error)
    return ""


class _Update:
    """A revision, compared with the one before."""

    def __init__(
        self,
        reader: PdfFileReader,
        revision: int,
        earlier_references: References,
        earlier_file: bytes,
    ) -> None:
        self._reader, self._revision = reader, revision
        self._earlier_references = earlier_references
        self._old = reader.get_historical_resolver(revision - 1)
        self._new = reader.get_historical_resolver(revision)
        self._form = FormChanges(
            self._old,
            self._new,
            is_new=self._is_new,
            earlier_references=earlier_references,
            earlier_file=earlier_file,
        )

    def verify(self) -> None:
        """Raise if the update changes anything that signing does not need."""
        if self._new.refs_freed_in_revision():
            raise DisallowedModificationError("an object was deleted")
        for key in ("/Root", "/Info", "/Encrypt"):
            trailers = (self._old.trailer_view, self._new.trailer_view)
            if len({serialise_entry(trailer, key) for trailer in trailers}) > 1:
                if key == "/Info" and self._adds_information():
                    continue
                raise DisallowedModificationError(f"the trailer's {key[1:]} was replaced")
        self._verify_catalogue()
        self._form.verify()
        containers = self._changeable_containers()
        needed = set(self._needed_objects())
        for reference in sorted(
            self._new.explicit_refs_in_revision(), key=lambda reference: reference.idnum
        ):
            if self._is_new(reference):
                if reference not in needed and not self._is_inert(reference):
                    raise DisallowedModificationError(
                        f"object {reference.idnum} was added, but no signature needs it"
                    )
            elif (
                reference in containers
                or reference in self._form.filled
                or updates_dates(self._old, self._new, reference, self._earlier_references)
            ):
                continue
            elif self._is_changed(reference):
                raise DisallowedModificationError(f"{self._describe(reference)} changed")
        verify_dss(self._old.root, self._new.root)

    def _is_new(self, reference: Reference) -> bool:
        """Return whether the update defines an object; raise if the file already used its number."""
        introduced = self._reader.xrefs.get_introducing_revision(reference)
        if introduced != self._revision:
            return False
        unused = self._old.is_ref_unassignable(reference)
        if not unused or reference.idnum in self._earlier_references:
            raise DisallowedModificationError(
                f"object {reference.idnum} was added, but the file already used its number"
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
            if reference in new_containers
            and self._earlier_references.referrers(reference.idnum, self._old) == {referrer}
        }

    def _is_inert(self, reference: Reference) -> bool:
        value = self._new(reference)
        return is_inert(value) or is_unused_cross_reference(value, self._new.trailer_view)

    def _is_changed(self, reference: Reference) -> bool:
        old, new = (serialise_object(resolver(reference)) for resolver in (self._old, self._new))
        return old != new and not self._adds_only_widgets(reference)

    def _verify_catalogue(self) -> None:
        old, new = self._old.root, self._new.root
        for key in (old.keys() | new.keys()) - CATALOGUE_KEYS:
            if serialise_entry(old, key) != serialise_entry(new, key):
                if key == "/Perms" and self._adds_certification():
                    continue
                if key == "/Metadata" and self._adds_metadata():
                    continue
                if key == "/Version" and raises_version(old, new):
                    continue
                raise DisallowedModificationError(f"the catalogue's {key[1:]} was changed")
        verify_extensions(old, new)

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
        yield from self._new.object_streams_used()
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
        roots += [*self._form.signed_fields, *self._form.added_widgets]
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
            keys = (old.keys() | new.keys()) - {"/Annots"}
            before = list(map(serialise_object, array_entry(old, "/Annots")))
            after = list(map(serialise_object, array_entry(new, "/Annots")))
            widgets = set(map(serialise_object, self._form.added_widgets))
            return (
                all(serialise_entry(old, key) == serialise_entry(new, key) for key in keys)
                and after[: len(before)] == before
                and set(after[len(before) :]) <= widgets
            )
        return False

    def _describe(self, reference: Reference) -> str:
        """Return what an object is, with a verb: ``page 2 was``."""
        for number, page in enumerate(pages(self._old), start=1):
            if reference == page.reference:
                return f"page {number} was"
            contents = raw_entry(page.get_object(), "/Contents")
            streams = contents if isinstance(contents, ArrayObject) else (contents,)
            if any(
                isinstance(stream, IndirectObject) and stream.reference == reference
                for stream in streams
            ):
                return f"the contents of page {number} were"
        if reference == getattr(raw_entry(self._old.root, "/Metadata"), "reference", None):
            return "the metadata were"
        value = self._old(reference)
        kind = entry(value, "/Type") if isinstance(value, DictionaryObject) else ""
        return f"object {reference.idnum}{f' ({kind[1:]})' if kind else ''} was"


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


def find_lost_signatures(reader: PdfFileReader, data: bytes, signature_count: int) -> Iterator[str]:
    """Yield the signatures that an earlier revision had and the last one lost.

    Args:
        reader: The file, from pyHanko.
        data: Its bytes.
        signature_count: The number of signatures in the last revision.

    """
    current = {name: value for name, value, _ in enumerate_sig_fields(reader)}
    for revision in range(first_document(reader), reader.xrefs.total_revisions - 1):
        earlier = reader.get_historical_resolver(revision)
        for name, value, _ in enumerate_sig_fields(earlier, filled_status=True):
            if current.get(name) is None:
                yield f"the signature {name} was removed"
            elif current[name].reference != value.reference:
                yield f"the signature {name} was replaced"
    if len(_BYTE_RANGE.findall(data)) > signature_count:
        yield "there is a signature that no field refers to"
