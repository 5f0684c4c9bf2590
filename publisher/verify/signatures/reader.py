"""Reading of signatures with pyHanko: what each covers, its times, its level and its trust.

Input: the bytes of a file. Output: ``Signatures``. Serves ISO 32000-1, 12.8.1 (signature dictionaries, byte
ranges), RFC 5652 (signed data) and ETSI EN 319 142-1, 6.3 (levels). Raises anything that pyHanko raises if the
file as a whole is damaged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError, PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    extract_tst_data_iter,
    get_signing_cert_attr,
    message_imprint_checker,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from publisher.messages import join_texts, translatable
from publisher.verify.signatures.lost_signatures import find_lost_signatures
from publisher.verify.signatures.revision_syntax import has_irregular_end
from publisher.verify.signatures.revisions import read_revisions
from publisher.verify.signatures.signature import (
    Revision,
    Signature,
    Signatures,
    first_problem,
)
from publisher.verify.signatures.timestamps import Timestamp, read_timestamp
from publisher.verify.signatures.trust import (
    SIGNING_USAGE,
    TIMESTAMPING_USAGE,
    CertificateStatus,
    PathValidationData,
    verify_certificate,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

INSECURE_HASHES = frozenset({"md5", "sha1"})
_COMPLETE_COVERAGE = (
    SignatureCoverageLevel.ENTIRE_FILE,
    SignatureCoverageLevel.ENTIRE_REVISION,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReadSignature:
    """A signature with what pyHanko has read of it."""

    signature: Signature
    revision: int = 0
    """The revision that the signature was added in."""
    certificate: Any = None
    """The signing certificate; None if the signature cannot be read."""
    other_certificates: tuple[Any, ...] = ()
    timestamp: Timestamp | None = None
    """Its time stamp; for a document time stamp, itself."""
    allows_only_forms: bool = False
    """Whether it certifies the file and allows only that its fields are filled in and signed (DocMDP 2)."""
    may_be_filled: Callable[[str], bool] = lambda _: False
    """Says of a form field whether the signature allows that it is filled in later."""


def parse_signatures(data: bytes, trust_anchors: Sequence[Any], time: datetime) -> Signatures:
    """Read the signatures of a file and verify them.

    Args:
        data: The file.
        trust_anchors: The trusted certificates, from asn1crypto; without any, trust is not verified.
        time: The time for which certificates without a proof of an earlier time must be valid.

    """
    try:
        reader, irregularity = _open(data), ""
        if reader.xrefs.hybrid_xrefs_present:
            irregularity = "it has cross-references that not all programs read (XRefStm)"
        else:
            return _parse_revisions(reader, data, trust_anchors, time)
    except (PdfStrictReadError, SignatureValidationError) as error:
        irregularity = str(error).splitlines()[0]
    # the programs of others break rules that do not change what a signature covers
    lenient = _open(data, strict=False)
    return replace(_parse_revisions(lenient, data, trust_anchors, time), irregularity=irregularity)


def _open(data: bytes, *, strict: bool = True) -> PdfFileReader:
    """Open a file; one that is encrypted with an empty user password is read, as ``pdf.open_file`` reads it."""
    reader = PdfFileReader(BytesIO(data), strict=strict)
    if reader.encrypted:
        reader.decrypt(b"")
    return reader


def _parse_revisions(
    reader: PdfFileReader, data: bytes, trust_anchors: Sequence[Any], time: datetime
) -> Signatures:
    """Read the signatures of a file that pyHanko has opened."""
    fields = list(enumerate_sig_fields(reader, filled_status=True))
    read = [_read_signature(reader, name, field, len(data)) for name, _, field in fields]
    read.sort(key=lambda item: (item.revision, item.signature.covered_length))
    problems = list(dict.fromkeys(find_lost_signatures(reader, data, len(fields))))
    covered_length = max((item.signature.covered_length for item in read), default=0)
    revisions = read_revisions(reader, data)
    last_xref = revisions[-1].xref_offset
    # if the last update is a signature, the signature covers the end of the update
    ends_with_signature = last_xref < covered_length
    if covered_length < len(data) and (ends_with_signature or has_irregular_end(data, last_xref)):
        problems.append("there are bytes after the end of the file")
    read = [_determine_level(reader, _add_changes(item, revisions), read) for item in read]
    read = [_add_forbidden_signatures(item, read) for item in read]
    if trust_anchors:
        # what another process sent lacks what asn1crypto keeps with its classes
        anchors = tuple(x509.Certificate.load(anchor.dump()) for anchor in trust_anchors)
        read = _verify_trust(reader, read, anchors, time)
    return Signatures(
        signatures=tuple(item.signature for item in read),
        problems=tuple(problems),
        revisions=revisions,
    )


def _add_changes(item: _ReadSignature, revisions: Sequence[Revision]) -> _ReadSignature:
    """Return a signature with what later revisions changed."""
    if item.signature.problem:
        return item
    later = revisions[item.revision + 1 :]
    change = first_problem(later, item.may_be_filled)
    if not change and item.allows_only_forms and any(each.adds_visible_field for each in later):
        change = "a signature was added that is seen on a page, in a field that the certified file did not have"
    allowed = [note for revision in later for note in revision.notes]
    allowed += [
        translatable(
            "the form field {field} was filled in, which the signature allows", field=field
        )
        for revision in later
        for field in revision.filled_fields
    ]
    signature = replace(
        item.signature, disallowed_change=change, later_changes=() if change else tuple(allowed)
    )
    return replace(item, signature=signature)


def _add_forbidden_signatures(
    item: _ReadSignature, read: Iterable[_ReadSignature]
) -> _ReadSignature:
    """Return a signature with the later one that it forbids (ISO 32000-2, 12.8.2.2: DocMDP 1).

    Validation data and document time stamps are no changes.
    """
    signature = item.signature
    if not signature.forbids_signatures or signature.disallowed_change:
        return item
    later = [
        other.signature.field
        for other in read
        if other.revision > item.revision and not other.signature.is_document_timestamp
    ]
    if not later:
        return item
    change = translatable(
        "the signature {later} was added, which this certification forbids (DocMDP 1)",
        later=later[0],
    )
    return replace(item, signature=replace(signature, disallowed_change=change))


def _fields_to_fill(embedded: EmbeddedPdfSignature) -> Callable[[str], bool]:
    """Return what says of a form field whether a signature allows that it is filled in (12.8.2.2, 12.8.2.4)."""
    if _permission(embedded) not in (MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE):
        return lambda _: False
    try:
        locked = embedded.fieldmdp
        if locked is None and "/Lock" in embedded.sig_field:
            locked = FieldMDPSpec.from_pdf_object(embedded.sig_field["/Lock"])
    except (SignatureValidationError, PdfError, ValueError):  # the permissions are malformed
        return lambda _: False
    return lambda field: locked is None or not locked.is_locked(field)


def _permission(embedded: EmbeddedPdfSignature) -> MDPPerm | None:
    """Return which changes a signature allows (DocMDP); None if it does not say; none if it cannot be read."""
    try:
        return embedded.docmdp_level
    except (SignatureValidationError, ValueError):
        return MDPPerm.NO_CHANGES


def _read_signature(
    reader: PdfFileReader, name: str, field: Any, file_length: int
) -> _ReadSignature:
    try:
        return _parse(EmbeddedPdfSignature(reader, field, name), file_length)
    except PdfStrictReadError:  # what the file breaks is found by reading it leniently
        raise
    except Exception as error:  # noqa: BLE001 - pyHanko raises anything for a damaged signature
        problem = translatable(
            "cannot be read: {name}: {error}", name=type(error).__name__, error=error
        ).splitlines()[0]
        return _ReadSignature(signature=Signature(field=name, problem=problem))


def _parse(embedded: EmbeddedPdfSignature, file_length: int) -> _ReadSignature:
    embedded.compute_integrity_info(skip_diff=True)
    start, _, second_start, second_length = (int(number) for number in embedded.byte_range)
    covered_length = second_start + second_length
    certificate = embedded.signer_cert
    is_document_timestamp = embedded.sig_object_type == "/DocTimeStamp"
    timestamp = (
        read_timestamp(embedded.signed_data, embedded.compute_digest)
        if is_document_timestamp
        else _signature_timestamp(embedded)
    )
    problem = _find_problem(embedded, timestamp, is_document_timestamp=is_document_timestamp)
    signature = Signature(
        field=embedded.field_name,
        is_document_timestamp=is_document_timestamp,
        signer=_subject(certificate),
        signing_time=None if is_document_timestamp else embedded.self_reported_timestamp,
        timestamp_time=timestamp.time if timestamp and timestamp.intact else None,
        problem=problem,
        covered_length=covered_length,
        covers_whole_file=not problem and start == 0 and covered_length == file_length,
        level=_basic_level(embedded, timestamp),
        forbids_signatures=_permission(embedded) is MDPPerm.NO_CHANGES,
    )
    timestamp_certificates = timestamp.other_certificates if timestamp else ()
    return _ReadSignature(
        signature=signature,
        revision=embedded.signed_revision,
        certificate=certificate,
        other_certificates=(*embedded.other_embedded_certs, *timestamp_certificates),
        timestamp=timestamp,
        allows_only_forms=_permission(embedded) is MDPPerm.FILL_FORMS,
        may_be_filled=_fields_to_fill(embedded),
    )


def _subject(certificate: Any) -> str:
    """Return the names in the subject of a certificate, the common name first."""
    names = dict(certificate.subject.native)
    common_name = names.pop("common_name", "")
    return ", ".join(str(name) for name in (common_name, *names.values()) if name)


def _find_problem(
    embedded: EmbeddedPdfSignature, timestamp: Timestamp | None, *, is_document_timestamp: bool
) -> str:
    """Return why a signature is not valid for the bytes that it covers; empty if it is."""
    if embedded.evaluate_signature_coverage() not in _COMPLETE_COVERAGE:
        return "it covers only a part of the file as it was when the signature was made"
    insecure = INSECURE_HASHES & {embedded.md_algorithm, embedded.external_md_algorithm}
    if insecure:
        return translatable(
            "it uses {insecure}, which is not secure", insecure=join_texts(", ", insecure)
        )
    if is_document_timestamp:
        return "" if timestamp and timestamp.intact else "the time-stamped bytes were changed"
    if _encapsulates_content(embedded):
        return (
            "its CMS contains content of its own, so it does not sign the file (ISO 32000-1, 12.8.3.3.1; "
            "ETSI EN 319 142-1, 6.3)"
        )
    intact, valid = validate_sig_integrity(
        embedded.signer_info,
        embedded.signer_cert,
        expected_content_type="data",
        actual_digest=embedded.compute_digest(),
    )
    if not intact:
        return "the signed bytes were changed"
    return "" if valid else "its value was not made with the key of its certificate"


def _encapsulates_content(embedded: EmbeddedPdfSignature) -> bool:
    """Return whether the signed data contain content, which a detached signature must not."""
    content = embedded.signed_data["encap_content_info"]["content"]
    return bool(content) and content.native is not None


def _signature_timestamp(embedded: EmbeddedPdfSignature) -> Timestamp | None:
    """Return the time stamp of a signature's value; None if it has none."""
    for token in extract_tst_data_iter(embedded.signer_info, signed=False):
        return read_timestamp(token, message_imprint_checker(embedded.signer_info))
    return None


def _basic_level(embedded: EmbeddedPdfSignature, timestamp: Timestamp | None) -> str:
    """Return the level that a signature has without later updates (EN 319 142-1, 6.3)."""
    is_pades = embedded.sig_object["/SubFilter"] == SigSeedSubFilter.PADES.value
    if not is_pades or get_signing_cert_attr(embedded.signer_info["signed_attrs"]) is None:
        return ""
    return "B-T" if timestamp and timestamp.intact else "B-B"


def _determine_level(
    reader: PdfFileReader, item: _ReadSignature, read: Iterable[_ReadSignature]
) -> _ReadSignature:
    """Return a signature with the level that it has together with later updates."""
    later_timestamps = [
        other
        for other in read
        if other.signature.is_document_timestamp
        and other.signature.intact
        and other.revision > item.revision
    ]
    signature = item.signature
    if not signature.level or not signature.intact:
        return item
    if later_timestamps and not signature.timestamp_time:
        time = later_timestamps[0].signature.timestamp_time
        signature = replace(signature, timestamp_time=time, level="B-T")
    if signature.level == "B-T":
        last_revision = reader.xrefs.total_revisions - 1
        if any(
            _has_revocation_data(reader, timestamp.revision, item.certificate)
            for timestamp in later_timestamps
        ):
            signature = replace(signature, level="B-LTA")
        elif _has_revocation_data(reader, last_revision, item.certificate):
            signature = replace(signature, level="B-LT")
    return replace(item, signature=signature)


def _has_revocation_data(reader: PdfFileReader, revision: int, certificate: Any) -> bool:
    """Return whether the DSS of a revision says if a certificate was revoked."""
    dss = _read_dss(reader, revision)
    return bool(dss.other_certificates) and (
        certificate.issuer == certificate.subject
        or any(crl.issuer == certificate.issuer for crl in dss.crls)
        or any(certificate.serial_number in _serial_numbers(response) for response in dss.ocsps)
    )


def _serial_numbers(ocsp_response: Any) -> set[int]:
    """Return the serial numbers of the certificates that an OCSP response is about."""
    responses = ocsp_response.response_data["responses"]
    return {response["cert_id"]["serial_number"].native for response in responses}


def _verify_trust(
    reader: PdfFileReader,
    read: Sequence[_ReadSignature],
    trust_anchors: tuple[Any, ...],
    time: datetime,
) -> list[_ReadSignature]:
    """Return the signatures with the status of their certificates.

    The latest signature is verified first: each trusted document time stamp proves the time for those
    before it.
    """
    dss = _read_dss(reader, reader.xrefs.total_revisions - 1)
    embedded = [certificate for item in read for certificate in item.other_certificates]
    validation_data = replace(
        dss,
        trust_anchors=trust_anchors,
        other_certificates=(*dss.other_certificates, *embedded),
    )
    verified: list[_ReadSignature] = []
    for item in reversed(read):
        if item.certificate is None:
            verified.append(item)
            continue
        signature, timestamp = item.signature, item.timestamp
        if signature.is_document_timestamp:
            status = verify_certificate(item.certificate, validation_data, time, TIMESTAMPING_USAGE)
            signature = replace(signature, certificate_status=status)
            if timestamp and signature.intact and not status.problem:
                time = min(time, timestamp.time)
        else:
            timestamp_status = _verify_timestamp(timestamp, validation_data, time)
            is_time_proven = timestamp and timestamp_status and not timestamp_status.problem
            proven_time = timestamp.time if timestamp and is_time_proven else time
            status = verify_certificate(
                item.certificate, validation_data, proven_time, SIGNING_USAGE
            )
            signature = replace(
                signature, certificate_status=status, timestamp_status=timestamp_status
            )
        verified.append(replace(item, signature=signature))
    return verified[::-1]


def _verify_timestamp(
    timestamp: Timestamp | None, validation_data: PathValidationData, time: datetime
) -> CertificateStatus | None:
    if timestamp is None:
        return None
    if not timestamp.intact:
        return CertificateStatus(problem="is irrelevant: the time stamp is of other data")
    return verify_certificate(timestamp.certificate, validation_data, time, TIMESTAMPING_USAGE)


def _read_dss(reader: PdfFileReader, revision: int) -> PathValidationData:
    """Return the validation data in the DSS of a revision; empty if it has none."""
    try:
        dss = DocumentSecurityStore.read_dss(reader.get_historical_resolver(revision))
    except NoDSSFoundError:
        return PathValidationData()
    context = dss.as_validation_context({"trust_roots": [], "allow_fetching": False})
    return PathValidationData(
        other_certificates=tuple(dss.load_certs()),
        crls=tuple(context.crls),
        ocsps=tuple(context.ocsps),
    )
