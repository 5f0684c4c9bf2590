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
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject
from pyhanko.sign.fields import enumerate_sig_fields

from publisher.verify.signatures import Revision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

OF_CATALOGUE = frozenset({"/AcroForm", "/DSS", "/Extensions"})
OF_FORM = frozenset({"/Fields", "/SigFlags"})
OF_FIELD = frozenset(
    "/Type /Subtype /FT /T /TU /F /Ff /Rect /P /V /Lock /SV /AP /MK /Border".split()
)
"""What a signature field, which is its own widget, may have: no action, no kids."""
OF_STORE = frozenset({"/Type", "/VRI", "/Certs", "/CRLs", "/OCSPs"})
SIGNATURES = ("/Sig", "/DocTimeStamp")
_OF_A_SIGNATURE = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+\d+\s+\d+\s*\]")
_END = re.compile(rb"\s*(?:endobj)?\s*startxref\s+\d+\s+%%EOF\s*\Z")


class _MoreThanSigningError(Exception):
    """A revision does what signing does not."""


def read_revisions(reader: PdfFileReader) -> tuple[Revision, ...]:
    """Return the revisions of a file, each with what it does besides signing."""
    xrefs = reader.xrefs
    return tuple(
        Revision(
            place=xrefs.get_startxref_for_revision(number),
            problem=_problem(reader, number) if number else "",
        )
        for number in range(xrefs.total_revisions)
    )


def _problem(reader: PdfFileReader, revision: int) -> str:
    try:
        _Step(reader, revision).check()
    except _MoreThanSigningError as error:
        return str(error)
    return ""


class _Step:
    """A revision and the one before it."""

    def __init__(self, reader: PdfFileReader, revision: int) -> None:
        self._reader, self._revision = reader, revision
        self._old = reader.get_historical_resolver(revision - 1)
        self._new = reader.get_historical_resolver(revision)
        self._fields: list[Any] = []
        """References to the fields that were added."""

    def check(self) -> None:
        """Raise where the revision does more than signing."""
        if self._new.refs_freed_in_revision():
            raise _MoreThanSigningError("an object was deleted")
        for key in ("/Root", "/Info", "/Encrypt"):
            trailers = (self._old.trailer_view, self._new.trailer_view)
            if len({_raw(trailer, key) for trailer in trailers}) > 1:
                raise _MoreThanSigningError(f"another {key[1:]} was put in its place")
        self._catalogue()
        self._form()
        self._store()
        # only what was the form, or the store, already before: else it takes another's place
        may_change = set(_containers(self._old)) & set(_containers(self._new))
        served = set(self._served())
        for reference in sorted(self._new.explicit_refs_in_revision(), key=lambda one: one.idnum):
            if self._is_new(reference):
                if reference not in served:
                    raise _MoreThanSigningError(
                        f"object {reference.idnum} was added, which no signature needs"
                    )
            elif reference not in may_change and self._changed(reference):
                raise _MoreThanSigningError(f"{self._called(reference)} changed")

    def _is_new(self, reference: Reference) -> bool:
        introduced = self._reader.xrefs.get_introducing_revision(reference)
        return introduced == self._revision and self._old.is_ref_unassignable(reference)

    def _changed(self, reference: Reference) -> bool:
        same = _bytes(self._old(reference)) == _bytes(self._new(reference))
        return not same and not self._widgets_only(reference)

    def _catalogue(self) -> None:
        old, new = self._old.root, self._new.root
        for key in (old.keys() | new.keys()) - OF_CATALOGUE:
            if _raw(old, key) != _raw(new, key):
                raise _MoreThanSigningError(f"the catalogue's {key[1:]} was changed")
        if _lost(_value(old, "/Extensions"), _value(new, "/Extensions")):
            raise _MoreThanSigningError("the catalogue's Extensions were changed")

    def _form(self) -> None:
        old, new = _entry(self._old.root, "/AcroForm"), _entry(self._new.root, "/AcroForm")
        for key in (old.keys() | new.keys()) - OF_FORM:
            if _raw(old, key) != _raw(new, key):
                raise _MoreThanSigningError(f"the form's {key[1:]} was changed")
        before, after = list(_value(old, "/Fields") or ()), list(_value(new, "/Fields") or ())
        if [_bytes(one) for one in after[: len(before)]] != [_bytes(one) for one in before]:
            raise _MoreThanSigningError("a field of the form was taken away")
        for field in after[len(before) :]:
            self._field(field)

    def _field(self, field: Any) -> None:
        """Take a field that was added, where it is one that a signature needs."""
        value = field.get_object() if isinstance(field, IndirectObject) else None
        if not isinstance(value, DictionaryObject) or not self._is_new(field.reference):
            raise _MoreThanSigningError("a field was added that is no signature's")
        signature = _value(value, "/V")
        signed = (
            isinstance(signature, DictionaryObject) and _value(signature, "/Type") in SIGNATURES
        )
        if _value(value, "/FT") != "/Sig" or not value.keys() <= OF_FIELD or not signed:
            raise _MoreThanSigningError("a field was added that is no signature's")
        left, bottom, right, top = (
            float(number) for number in _value(value, "/Rect") or (0, 0, 0, 0)
        )
        if left != right and bottom != top:
            raise _MoreThanSigningError("a later signature was drawn over a page")
        self._fields.append(field)

    def _store(self) -> None:
        if not _entry(self._new.root, "/DSS").keys() <= OF_STORE:
            raise _MoreThanSigningError("the store of proof (DSS) has what is no proof")

    def _served(self) -> Iterator[Reference]:
        """Yield the new objects that signing needs."""
        yield from self._new.object_streams_used()
        stream = self._reader.xrefs.get_xref_container_info(self._revision).stream_ref
        if stream is not None:
            yield stream
        # what was there before is looked into, since the new hangs on it
        store = _entry(self._new.root, "/DSS")
        roots = [_raw_object(self._new.root, key) for key in OF_CATALOGUE]
        roots += [_value(self._new.root, key) for key in OF_CATALOGUE]
        roots += [_value(store, key) for key in OF_STORE]
        for root in (*self._fields, *roots):
            yield from self._new.collect_dependencies(root, since_revision=self._revision)
        for _, widgets in self._pages():
            if isinstance(widgets, IndirectObject):
                yield widgets.reference

    def _pages(self) -> Iterator[tuple[Any, Any]]:
        """Yield the pages of the added fields, and their lists of annotations, as they are written."""
        for field in self._fields:
            page = _raw_object(field.get_object(), "/P")
            if isinstance(page, IndirectObject) and isinstance(page.get_object(), DictionaryObject):
                yield page, _raw_object(page.get_object(), "/Annots")

    def _widgets_only(self, reference: Reference) -> bool:
        """Return whether an object is the page of an added field, or its list, and has new widgets only."""
        for page, widgets in self._pages():
            old, new = self._old(page.reference), self._new(page.reference)
            own = isinstance(widgets, IndirectObject) and _raw(old, "/Annots") == _bytes(widgets)
            if reference != page.reference and not (own and reference == widgets.reference):
                continue
            keys = (old.keys() | new.keys()) - {"/Annots"}
            before = [_bytes(one) for one in _value(old, "/Annots") or ()]
            after = [_bytes(one) for one in _value(new, "/Annots") or ()]
            added = {_bytes(field) for field in self._fields}
            return (
                all(_raw(old, key) == _raw(new, key) for key in keys)
                and after[: len(before)] == before
                and set(after[len(before) :]) <= added
            )
        return False

    def _called(self, reference: Reference) -> str:
        """Return what an object is to a person."""
        for number, page in enumerate(_pages(self._old), start=1):
            if reference == page.reference:
                return f"page {number} was"
            raw = _raw_object(page.get_object(), "/Contents")
            streams = raw if isinstance(raw, ArrayObject) else (raw,)
            if any(
                isinstance(one, IndirectObject) and one.reference == reference for one in streams
            ):
                return f"the contents of page {number} were"
        if reference == getattr(_raw_object(self._old.root, "/Metadata"), "reference", None):
            return "the metadata were"
        value = self._old(reference)
        kind = _value(value, "/Type") if isinstance(value, DictionaryObject) else ""
        return f"object {reference.idnum}{f' ({kind[1:]})' if kind else ''} was"


def _containers(resolver: HistoricalResolver) -> Iterator[Reference]:
    """Yield the objects that ``_Step`` compares entry by entry."""
    root = resolver.root
    form, store = _entry(root, "/AcroForm"), _entry(root, "/DSS")
    yield resolver.root_ref
    for raw in (
        _raw_object(root, "/AcroForm"),
        _raw_object(form, "/Fields"),
        _raw_object(root, "/DSS"),
        *(_raw_object(store, key) for key in OF_STORE),
    ):
        if isinstance(raw, IndirectObject):
            yield raw.reference


def _pages(resolver: HistoricalResolver) -> Iterator[Any]:
    """Yield the references of the pages, in order."""
    pending, seen = [_raw_object(resolver.root, "/Pages")], set()
    while pending:
        node = pending.pop()
        if not isinstance(node, IndirectObject) or node.reference in seen:
            continue
        seen.add(node.reference)
        if "/Kids" in node.get_object():
            pending.extend(reversed(list(node.get_object()["/Kids"])))
        else:
            yield node


def _value(holder: Any, key: str) -> Any:
    """Return an entry, wherever it is written; None where there is none."""
    return holder[key] if key in holder else None  # noqa: SIM401 - get gives a reference as it is


def _raw_object(holder: Any, key: str) -> Any:
    """Return an entry as it is written; None where there is none."""
    return holder.raw_get(key) if key in holder else None


def _raw(holder: Any, key: str) -> bytes:
    return _bytes(_raw_object(holder, key))


def _bytes(value: Any) -> bytes:
    """Return how an object is written; nothing for none."""
    if value is None:
        return b""
    if isinstance(value, IndirectObject):
        return b"%d %d R" % (value.idnum, value.generation)
    out = BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()


def _entry(holder: Any, key: str) -> Any:
    """Return a dictionary that is an entry; an empty one where there is none."""
    value = _value(holder, key)
    if value is not None and not isinstance(value, DictionaryObject):
        raise _MoreThanSigningError(f"the {key[1:]} is no dictionary")
    return value or DictionaryObject()


def _lost(old: Any, new: Any) -> bool:
    """Return whether entries of a dictionary are no longer what they were."""
    if not isinstance(old, DictionaryObject):
        return old is not None
    return not isinstance(new, DictionaryObject) or any(
        _raw(old, key) != _raw(new, key) for key in old
    )


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


def loose_end(reader: PdfFileReader, data: bytes) -> bool:
    """Return whether something follows the last revision, which no reader was to see."""
    last = reader.xrefs.get_xref_container_info(reader.xrefs.total_revisions - 1)
    return not _END.match(data, last.end_location)
