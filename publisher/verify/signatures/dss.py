"""Verification of what an update adds to the document security store (DSS) and to the extensions.

Input: the catalogues before and after an update. Raises ``DisallowedModificationError`` if something was
added that is not validation data. Serves ETSI EN 319 142-1, 5.4.2 (DSS, VRI) and ISO 32000-1, 7.12
(extensions).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from asn1crypto import cms, crl, ocsp, x509
from cryptography.x509 import load_der_x509_crl
from cryptography.x509.ocsp import load_der_ocsp_response
from pyhanko.pdf_utils.generic import ArrayObject, IndirectObject, StreamObject, TextStringObject
from pyhanko.pdf_utils.misc import PdfError

from publisher.pdf.raw_objects import (
    DisallowedModificationError,
    array_entry,
    decode_added_stream,
    dictionary_entry,
    entry,
    is_dictionary,
    raw_entry,
    references,
    serialise_entry,
    serialise_object,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from publisher.verify.signatures.object_comparison import ObjectComparison

DSS_KEYS = frozenset({"/Type", "/VRI", "/Certs", "/CRLs", "/OCSPs"})
_DSS_LISTS = {
    "/Certs": x509.Certificate,
    "/CRLs": crl.CertificateList,
    "/OCSPs": ocsp.OCSPResponse,
}
"""The lists of the DSS, with the type of the values in their streams."""
_VRI_LISTS = {
    "/Cert": x509.Certificate,
    "/CRL": crl.CertificateList,
    "/OCSP": ocsp.OCSPResponse,
}
"""The lists of an entry for one signature (VRI), with the type of the values in their streams."""
VRI_KEYS = frozenset({*_VRI_LISTS, "/Type", "/TU", "/TS"})
"""The keys of an entry for one signature."""
EXTENSION_KEYS = frozenset(
    {"/Type", "/BaseVersion", "/ExtensionLevel", "/ExtensionRevision", "/URL"}
)
_LOADERS: dict[Any, Callable[[bytes], object]] = {
    crl.CertificateList: load_der_x509_crl,
    ocsp.OCSPResponse: load_der_ocsp_response,
}
"""Strict readers that leave extensions unread: some authorities put into them what is no DER, or unknown reasons."""
STREAM_KEYS = frozenset({"/Length", "/Filter", "/DecodeParms"})
_MAX_DATE_LENGTH = 32
"""Characters; more than any date of the DSS has."""
_MAX_VRI_KEY_LENGTH = 65
"""Characters: the hexadecimal digest that names an entry of VRI; SHA-1, though some programs take SHA-256."""


def verify_dss(old_catalogue: Any, new_catalogue: Any) -> None:
    """Raise if the DSS lost validation data or got something else.

    Programs write the DSS again in their own order, and the entries for signatures (VRI) with more data or another
    date; so the data are compared, not how they are listed.
    """
    before, after = (dictionary_entry(root, "/DSS") for root in (old_catalogue, new_catalogue))
    if not after.keys() <= DSS_KEYS or serialise_entry(after, "/Type") not in (b"", b"/DSS"):
        raise _no_validation_data()
    known = {serialise_object(item) for _, item in _listed_data(before)}
    for value_type, item in _listed_data(after):
        if serialise_object(item) not in known:
            _verify_stream(item, value_type)
    for key, vri_entry in vri_entries(after).items():
        if len(key) > _MAX_VRI_KEY_LENGTH:
            raise _no_validation_data()
        _verify_vri_entry(vri_entry)
    is_complete = vri_entries(before).keys() <= vri_entries(after).keys()
    if not is_complete or not _data_digests(before) <= _data_digests(after):
        raise DisallowedModificationError("an entry of the DSS was removed")


def vri_entries(dss: Any) -> dict[str, Any]:
    """Return the entries for single signatures, references followed."""
    vri = dictionary_entry(dss, "/VRI")
    entries = {key: entry(vri, key) for key in vri if key != "/Type"}
    if not all(map(is_dictionary, entries.values())):
        raise _no_validation_data()
    return entries


def _listed_data(dss: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the type and the reference of each value that a DSS lists."""
    for key, value_type in _DSS_LISTS.items():
        yield from ((value_type, item) for item in array_entry(dss, key))
    for vri_entry in vri_entries(dss).values():
        for key, value_type in _VRI_LISTS.items():
            yield from ((value_type, item) for item in array_entry(vri_entry, key))
        if "/TS" in vri_entry:
            yield cms.ContentInfo, raw_entry(vri_entry, "/TS")


def _data_digests(dss: Any) -> set[bytes]:
    """Return the digests of all values that a DSS lists; a damaged one is identified by its reference."""
    digests = set()
    for _, item in _listed_data(dss):
        stream = item.get_object() if isinstance(item, IndirectObject) else item
        try:
            value = bytes(stream.data)
        except (AttributeError, ValueError, PdfError):
            value = serialise_object(item)
        digests.add(hashlib.sha256(value).digest())
    return digests


def verify_extensions(old_catalogue: Any, new_catalogue: Any, comparison: ObjectComparison) -> None:
    """Raise if the extensions changed or got something that is not an extension."""
    before, after = (
        dictionary_entry(root, "/Extensions") for root in (old_catalogue, new_catalogue)
    )
    if not all(comparison.entries_agree(before, after, key) for key in before):
        raise DisallowedModificationError("an entry of the Extensions was changed")
    added = [raw_entry(after, key) for key in after if key not in before and key != "/Type"]
    for value in added:
        for extension in value if isinstance(value, ArrayObject) else (value,):
            if (
                not is_dictionary(extension)
                or not extension.keys() <= EXTENSION_KEYS
                or any(references(value))
            ):
                raise DisallowedModificationError(
                    "the Extensions of the catalogue got an entry that is not an extension"
                )


def _verify_vri_entry(vri_entry: Any) -> None:
    """Verify the keys and the date of the validation data for one signature."""
    if not vri_entry.keys() <= VRI_KEYS:
        raise _no_validation_data()
    date = entry(vri_entry, "/TU")
    is_date = date is None or (isinstance(date, TextStringObject) and len(date) <= _MAX_DATE_LENGTH)
    if not is_date or serialise_entry(vri_entry, "/Type") not in (b"", b"/VRI"):
        raise _no_validation_data()


def _verify_stream(item: Any, value_type: Any) -> None:
    """Verify that an item is a stream which contains exactly one value of a type."""
    stream = item.get_object() if isinstance(item, IndirectObject) else None
    if not isinstance(stream, StreamObject) or not stream.keys() <= STREAM_KEYS:
        raise _no_validation_data()
    data = decode_added_stream(stream)
    try:
        _ = value_type.load(data, strict=True).native
    except (TypeError, ValueError, KeyError) as error:
        if value_type not in _LOADERS:
            raise _no_validation_data() from error
        try:
            _LOADERS[value_type](data)
        except ValueError:
            raise _no_validation_data() from error


def _no_validation_data() -> DisallowedModificationError:
    return DisallowedModificationError(
        "the document security store (DSS) contains something other than validation data"
    )
