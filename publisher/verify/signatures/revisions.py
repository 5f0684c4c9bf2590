"""What was added to a file after it was signed, revision by revision (ISO 32000-1, 7.5.6).

Enters: a file as pyHanko reads it. Leaves: words for each revision that does more than signing does.
Serves ISO 32000-1, 12.8.2 (what a signature covers) and ETSI EN 319 142-1, 5.4 (DSS).

Each revision is compared with the one before. It may give the catalogue a form, proof (DSS) and
extensions; the form signature fields that have no area, each with its signature; their page the
widgets; the store of proof what it likes. Every other object stays what it was, to the byte, and every
new one serves these. pyHanko's own analysis is not used: it walks all paths to all objects, which long
reports do not survive, and lets metadata change and later signatures be drawn over a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject
from pyhanko.sign.fields import enumerate_sig_fields

from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    array,
    as_bytes,
    dictionary,
    is_dictionary,
    raw,
    raw_object,
    value_of,
)
from publisher.verify.signatures.dss import (
    OF_STORE,
    check_extensions,
    check_store,
)
from publisher.verify.signatures.revision_references import TRAILER, References
from publisher.verify.signatures.revision_syntax import check_bytes
from publisher.verify.signatures.signature import Revision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

    from publisher.verify.signatures.revision_references import Owner

OF_CATALOGUE = frozenset({"/AcroForm", "/DSS", "/Extensions"})
OF_FORM = frozenset({"/Fields", "/SigFlags"})
OF_FIELD = frozenset(
    "/Type /Subtype /FT /T /TU /F /Ff /Rect /P /V /Lock /SV /AP /MK /Border".split()
)
"""What a signature field, which is its own widget, may have: no action, no kids."""
_INNER = {"/AcroForm": frozenset({"/Fields"}), "/DSS": OF_STORE}
"""What of the entries of the catalogue is compared entry by entry too."""
SIGNATURES = ("/Sig", "/DocTimeStamp")
_OF_A_SIGNATURE = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+\d+\s+\d+\s*\]")


def read_revisions(reader: PdfFileReader, data: bytes) -> tuple[Revision, ...]:
    """Return the revisions of a file, each with what it does besides signing."""
    xrefs = reader.xrefs
    known, revisions = References(reader), []
    for number in range(xrefs.total_revisions):
        revisions.append(
            Revision(
                place=xrefs.get_startxref_for_revision(number),
                problem=_problem(reader, data, number, known) if number else "",
            )
        )
        if number + 1 < xrefs.total_revisions:
            known.add(number)
    return tuple(revisions)


def _problem(reader: PdfFileReader, data: bytes, revision: int, known: References) -> str:
    try:
        check_bytes(reader, data, revision)
        _Step(reader, revision, known).check()
    except DisallowedModificationError as error:
        return str(error)
    return ""


class _Step:
    """A revision and the one before it."""

    def __init__(self, reader: PdfFileReader, revision: int, known: References) -> None:
        self._reader, self._revision, self._known = reader, revision, known
        self._old = reader.get_historical_resolver(revision - 1)
        self._new = reader.get_historical_resolver(revision)
        self._fields: list[Any] = []
        """References to the fields that were added."""

    def check(self) -> None:
        """Raise where the revision does more than signing."""
        if self._new.refs_freed_in_revision():
            raise DisallowedModificationError("an object was deleted")
        for key in ("/Root", "/Info", "/Encrypt"):
            trailers = (self._old.trailer_view, self._new.trailer_view)
            if len({raw(trailer, key) for trailer in trailers}) > 1:
                raise DisallowedModificationError(f"another {key[1:]} was put in its place")
        self._catalogue()
        self._form()
        may_change = self._may_change()
        served = set(self._served())
        for reference in sorted(self._new.explicit_refs_in_revision(), key=lambda one: one.idnum):
            if self._is_new(reference):
                if reference not in served:
                    raise DisallowedModificationError(
                        f"object {reference.idnum} was added, which no signature needs"
                    )
            elif reference not in may_change and self._changed(reference):
                raise DisallowedModificationError(f"{self._called(reference)} changed")
        check_store(self._old.root, self._new.root)

    def _is_new(self, reference: Reference) -> bool:
        introduced = self._reader.xrefs.get_introducing_revision(reference)
        if introduced != self._revision:
            return False
        free = self._old.is_ref_unassignable(reference)
        if not free or reference.idnum in self._known:
            raise DisallowedModificationError(
                f"object {reference.idnum} was added, for which the file had a place already"
            )
        return True

    def _may_change(self) -> set[Reference]:
        """Return the objects that are compared entry by entry.

        Only what was the form, or the store, already before, and nothing else: else it takes another's
        place.
        """
        now = {reference for reference, _ in _containers(self._new)}
        return {
            reference
            for reference, owner in _containers(self._old)
            if reference in now and self._known.owners(reference.idnum, self._old) == {owner}
        }

    def _changed(self, reference: Reference) -> bool:
        same = as_bytes(self._old(reference)) == as_bytes(self._new(reference))
        return not same and not self._widgets_only(reference)

    def _catalogue(self) -> None:
        old, new = self._old.root, self._new.root
        for key in (old.keys() | new.keys()) - OF_CATALOGUE:
            if raw(old, key) != raw(new, key):
                raise DisallowedModificationError(f"the catalogue's {key[1:]} was changed")
        check_extensions(old, new)

    def _form(self) -> None:
        old, new = dictionary(self._old.root, "/AcroForm"), dictionary(self._new.root, "/AcroForm")
        for key in (old.keys() | new.keys()) - OF_FORM:
            if raw(old, key) != raw(new, key):
                raise DisallowedModificationError(f"the form's {key[1:]} was changed")
        before, after = array(old, "/Fields"), array(new, "/Fields")
        if [as_bytes(one) for one in after[: len(before)]] != [as_bytes(one) for one in before]:
            raise DisallowedModificationError("a field of the form was taken away")
        for field in after[len(before) :]:
            self._field(field)

    def _field(self, field: Any) -> None:
        """Take a field that was added, where it is one that a signature needs."""
        value: Any = field.get_object() if isinstance(field, IndirectObject) else None
        if not is_dictionary(value) or not self._is_new(field.reference):
            raise DisallowedModificationError("a field was added that is no signature's")
        signature = value_of(value, "/V")
        signed = is_dictionary(signature) and value_of(signature, "/Type") in SIGNATURES
        if value_of(value, "/FT") != "/Sig" or not value.keys() <= OF_FIELD or not signed:
            raise DisallowedModificationError("a field was added that is no signature's")
        left, bottom, right, top = (
            float(number) for number in value_of(value, "/Rect") or (0, 0, 0, 0)
        )
        if left != right and bottom != top:
            raise DisallowedModificationError("a later signature was drawn over a page")
        self._fields.append(field)

    def _served(self) -> Iterator[Reference]:
        """Yield the new objects that signing needs."""
        stream = self._reader.xrefs.get_xref_container_info(self._revision).stream_ref
        if stream is not None:
            yield stream
        # what was there before is looked into, since the new hangs on it
        store = dictionary(self._new.root, "/DSS")
        roots = [raw_object(self._new.root, key) for key in OF_CATALOGUE]
        roots += [value_of(self._new.root, key) for key in OF_CATALOGUE]
        roots += [value_of(store, key) for key in OF_STORE]
        for root in (*self._fields, *roots):
            yield from self._new.collect_dependencies(root, since_revision=self._revision)
        for _, widgets in self._pages():
            if isinstance(widgets, IndirectObject):
                yield widgets.reference

    def _pages(self) -> Iterator[tuple[Any, Any]]:
        """Yield the pages of the added fields, and their lists of annotations, as they are written."""
        for field in self._fields:
            page = raw_object(field.get_object(), "/P")
            if isinstance(page, IndirectObject) and isinstance(page.get_object(), DictionaryObject):
                yield page, raw_object(page.get_object(), "/Annots")

    def _widgets_only(self, reference: Reference) -> bool:
        """Return whether an object is the page of an added field, or its list, and has new widgets only."""
        for page, widgets in self._pages():
            old, new = self._old(page.reference), self._new(page.reference)
            own = (
                isinstance(widgets, IndirectObject)
                and raw(old, "/Annots") == as_bytes(widgets)
                and self._known.owners(widgets.idnum, self._old) == {(page.idnum, ("/Annots",))}
            )
            if reference != page.reference and not (own and reference == widgets.reference):
                continue
            keys = (old.keys() | new.keys()) - {"/Annots"}
            before = [as_bytes(one) for one in array(old, "/Annots")]
            after = [as_bytes(one) for one in array(new, "/Annots")]
            added = {as_bytes(field) for field in self._fields}
            return (
                all(raw(old, key) == raw(new, key) for key in keys)
                and after[: len(before)] == before
                and set(after[len(before) :]) <= added
            )
        return False

    def _called(self, reference: Reference) -> str:
        """Return what an object is to a person."""
        for number, page in enumerate(_pages(self._old), start=1):
            if reference == page.reference:
                return f"page {number} was"
            raw = raw_object(page.get_object(), "/Contents")
            streams = raw if isinstance(raw, ArrayObject) else (raw,)
            if any(
                isinstance(one, IndirectObject) and one.reference == reference for one in streams
            ):
                return f"the contents of page {number} were"
        if reference == getattr(raw_object(self._old.root, "/Metadata"), "reference", None):
            return "the metadata were"
        value = self._old(reference)
        kind = value_of(value, "/Type") if isinstance(value, DictionaryObject) else ""
        return f"object {reference.idnum}{f' ({kind[1:]})' if kind else ''} was"


def _containers(resolver: HistoricalResolver) -> Iterator[tuple[Reference, Owner]]:
    """Yield the objects that ``_Step`` compares entry by entry, each with what should refer to it."""
    yield resolver.root_ref, (TRAILER, ("/Root",))
    pending: list[tuple[Any, Owner]] = [
        (resolver.root, (resolver.root_ref.idnum, (key,))) for key in OF_CATALOGUE
    ]
    while pending:
        holder, owner = pending.pop()
        number, path = owner
        found = raw_object(holder, path[-1])
        inner = _INNER.get(path[-1], frozenset())
        if isinstance(found, IndirectObject):
            yield found.reference, owner
            number, path, found = found.idnum, (), found.get_object()
        if is_dictionary(found):
            pending += [(found, (number, (*path, key))) for key in inner]


def _pages(resolver: HistoricalResolver) -> Iterator[Any]:
    """Yield the references of the pages, in order."""
    pending, seen = [raw_object(resolver.root, "/Pages")], set()
    while pending:
        node = pending.pop()
        if not isinstance(node, IndirectObject) or node.reference in seen:
            continue
        seen.add(node.reference)
        if "/Kids" in node.get_object():
            pending.extend(reversed(list(node.get_object()["/Kids"])))
        else:
            yield node


def lost_signatures(reader: PdfFileReader, data: bytes, found: int) -> Iterator[str]:
    """Yield what was a signature once, and is none any more."""
    now = {name: value for name, value, _ in enumerate_sig_fields(reader)}
    for name, value in now.items():
        if value is None:
            yield f"the field {name} has no signature in it"
    for revision in range(reader.xrefs.total_revisions - 1):
        before = reader.get_historical_resolver(revision)
        for name, value, _ in enumerate_sig_fields(before, filled_status=True):
            if name not in now:
                yield f"the signature {name} was taken away"
            elif now[name] is not None and now[name].reference != value.reference:
                yield f"the signature {name} was replaced"
    if len(_OF_A_SIGNATURE.findall(data)) > found:
        yield "there is a signature to which no field leads"
