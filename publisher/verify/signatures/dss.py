"""What updates may add to the store of proof (DSS) and to the extensions.

Enters: the catalogues before and after an update. Leaves: nothing, or an error where something was added
that proves nothing. Serves ETSI EN 319 142-1, 5.4.2 (DSS, VRI) and ISO 32000-1, 7.12 (extensions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.pdf_utils.generic import ArrayObject, IndirectObject, StreamObject, TextStringObject

from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    array,
    as_bytes,
    content,
    dictionary,
    is_dictionary,
    raw,
    raw_object,
    references,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_STORE = frozenset({"/Type", "/VRI", "/Certs", "/CRLs", "/OCSPs"})
_LISTS = {
    "/Certs": x509.Certificate,
    "/CRLs": crl.CertificateList,
    "/OCSPs": ocsp.OCSPResponse,
}
_OF_SIGNATURE = {
    "/Cert": x509.Certificate,
    "/CRL": crl.CertificateList,
    "/OCSP": ocsp.OCSPResponse,
}
OF_EXTENSION = frozenset({"/Type", "/BaseVersion", "/ExtensionLevel", "/ExtensionRevision", "/URL"})
OF_STREAM = frozenset({"/Length", "/Filter", "/DecodeParms"})
_LONGEST = 32
"""More characters than a name or a moment of a store has."""


def check_store(old: Any, new: Any) -> None:
    """Raise ``DisallowedModificationError`` where a catalogue's store lost something, or got what is no proof."""
    before, after = dictionary(old, "/DSS"), dictionary(new, "/DSS")
    if not after.keys() <= OF_STORE or raw(after, "/Type") not in (b"", b"/DSS"):
        raise _no_proof()
    for key, kind in _LISTS.items():
        known = {as_bytes(one) for one in array(before, key)}
        now = array(after, key)
        if not known <= {as_bytes(one) for one in now}:
            raise DisallowedModificationError("something was taken from the store of proof (DSS)")
        _check_list([one for one in now if as_bytes(one) not in known], kind)
    for key, value in _added(dictionary(before, "/VRI"), dictionary(after, "/VRI")).items():
        if len(key) > 2 * _LONGEST:
            raise _no_proof()
        _check_signature(value)


def check_extensions(old: Any, new: Any) -> None:
    """Raise ``DisallowedModificationError`` where a catalogue's extensions changed, or got what is none."""
    before, after = dictionary(old, "/Extensions"), dictionary(new, "/Extensions")
    for value in _added(before, after).values():
        for one in value if isinstance(value, ArrayObject) else (value,):
            if not is_dictionary(one) or not one.keys() <= OF_EXTENSION or any(references(value)):
                raise DisallowedModificationError("the catalogue's Extensions got what is none")


def _added(before: Any, after: Any) -> Mapping[str, Any]:
    """Return the entries that were added, as they are written; raise where others changed."""
    if any(raw(before, key) != raw(after, key) for key in before):
        raise DisallowedModificationError(
            "entries of the store of proof or of the extensions changed"
        )
    return {key: raw_object(after, key) for key in after if key not in before and key != "/Type"}


def _check_signature(entry: Any) -> None:
    """Take what is added for one signature (VRI)."""
    entry = entry.get_object() if isinstance(entry, IndirectObject) else entry
    if not is_dictionary(entry) or not entry.keys() <= {*_OF_SIGNATURE, "/Type", "/TU", "/TS"}:
        raise _no_proof()
    for key, kind in _OF_SIGNATURE.items():
        _check_list(array(entry, key), kind)
    if "/TS" in entry:
        _check_list([raw_object(entry, "/TS")], cms.ContentInfo)
    moment = value_of(entry, "/TU")
    known = moment is None or (isinstance(moment, TextStringObject) and len(moment) <= _LONGEST)
    if not known or raw(entry, "/Type") not in (b"", b"/VRI"):
        raise _no_proof()


def _check_list(entries: list[Any], kind: Any) -> None:
    """Take streams that hold values of a kind, to the byte."""
    for one in entries:
        stream = one.get_object() if isinstance(one, IndirectObject) else None
        if not isinstance(stream, StreamObject) or not stream.keys() <= OF_STREAM:
            raise _no_proof()
        data = content(stream)
        try:
            _ = kind.load(data, strict=True).native
        except (TypeError, ValueError) as error:
            raise _no_proof() from error


def _no_proof() -> DisallowedModificationError:
    return DisallowedModificationError("the store of proof (DSS) has what is no proof")
