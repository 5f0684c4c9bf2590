"""Signatures read with pyHanko: each with what it covers, its time, its level and its trust.

Enters: the bytes of a file. Leaves: ``Signatures``. Serves ISO 32000-1, 12.8.1 (signature dictionaries,
byte ranges), RFC 5652 (signed data), ETSI EN 319 142-1, 6.3. Raises whatever pyHanko raises where the
file as a whole is not sound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import (
    extract_tst_data_iter,
    get_signing_cert_attr,
    message_imprint_checker,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from publisher.verify.signatures.revision_syntax import loose_end
from publisher.verify.signatures.revisions import (
    lost_signatures,
    read_revisions,
)
from publisher.verify.signatures.signature import (
    Revision,
    Signature,
    Signatures,
    first_problem,
)
from publisher.verify.signatures.timestamps import Timestamp, read_timestamp
from publisher.verify.signatures.trust import (
    SIGNING,
    STAMPING,
    Evidence,
    Trust,
    verify_certificate,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

WEAK = frozenset({"md5", "sha1"})
"""Hashes that prove nothing any more."""
_WHOLE = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A signature with what pyHanko has of it."""

    signature: Signature
    revision: int = 0
    certificate: Any = None
    others: tuple[Any, ...] = ()
    stamp: Timestamp | None = None
    """Its time stamp; of a document time stamp, itself."""


def parse_signatures(data: bytes, trusted: Sequence[Any], moment: datetime) -> Signatures:
    """Read the signatures of a file and judge them at a moment."""
    reader = PdfFileReader(BytesIO(data))
    fields = list(enumerate_sig_fields(reader, filled_status=True))
    found = [_read(reader, name, field, len(data)) for name, _, field in fields]
    found.sort(key=lambda one: (one.revision, one.signature.covered_length))
    problems = list(dict.fromkeys(lost_signatures(reader, data, len(fields))))
    covered = max((one.signature.covered_length for one in found), default=0)
    revisions = read_revisions(reader, data)
    sealed = (
        revisions[-1].place < covered
    )  # the last update is a signature, which covers its own end
    if covered < len(data) and (sealed or loose_end(data, revisions[-1].place)):
        problems.append("something that is no part of the file follows its end")
    levelled = [_levelled(reader, _followed(one, revisions), found) for one in found]
    if trusted:
        levelled = _trusted(reader, levelled, tuple(trusted), moment)
    return Signatures(
        signatures=tuple(one.signature for one in levelled),
        problems=tuple(problems),
        revisions=revisions,
    )


def _followed(one: _Read, revisions: Sequence[Revision]) -> _Read:
    """Return a signature with what was done to the file after it."""
    if one.signature.problem:
        return one
    changed = first_problem(revisions[one.revision + 1 :])
    return replace(one, signature=replace(one.signature, changed=changed))


def _read(reader: PdfFileReader, name: str, field: Any, size: int) -> _Read:
    try:
        return _parsed(EmbeddedPdfSignature(reader, field, name), size)
    except Exception as error:  # noqa: BLE001 - pyHanko raises anything over a damaged signature
        words = f"cannot be read: {type(error).__name__}: {error}".splitlines()[0]
        return _Read(signature=Signature(field=name, problem=words))


def _parsed(embedded: EmbeddedPdfSignature, size: int) -> _Read:
    embedded.compute_integrity_info(skip_diff=True)
    start, _, rest, length = (int(number) for number in embedded.byte_range)
    certificate = embedded.signer_cert
    is_document_timestamp = embedded.sig_object_type == "/DocTimeStamp"
    stamp = (
        read_timestamp(embedded.signed_data, embedded.compute_digest)
        if is_document_timestamp
        else _stamp(embedded)
    )
    problem = _problem(embedded, stamp, is_document_timestamp=is_document_timestamp)
    whole = not problem and start == 0
    signature = Signature(
        field=embedded.field_name,
        is_document_timestamp=is_document_timestamp,
        signer=_who(certificate),
        signing_time=None if is_document_timestamp else embedded.self_reported_timestamp,
        timestamp_time=stamp.time if stamp and stamp.intact else None,
        problem=problem,
        covered_length=rest + length,
        covers_whole_file=whole and rest + length == size,
        level=_level(embedded, stamp),
    )
    return _Read(
        signature=signature,
        revision=embedded.signed_revision,
        certificate=certificate,
        others=(*embedded.other_embedded_certs, *(stamp.others if stamp else ())),
        stamp=stamp,
    )


def _who(certificate: Any) -> str:
    """Return the subject of a certificate: its names, most telling first."""
    names = dict(certificate.subject.native)
    first = names.pop("common_name", "")
    return ", ".join(str(one) for one in (first, *names.values()) if one)


def _problem(
    embedded: EmbeddedPdfSignature, stamp: Timestamp | None, *, is_document_timestamp: bool
) -> str:
    """Return why a signature does not stand for what it covers."""
    if embedded.evaluate_signature_coverage() not in _WHOLE:
        return "it covers only a part of what was there when it was made"
    weak = WEAK & {embedded.md_algorithm, embedded.external_md_algorithm}
    if weak:
        return f"it is made with {', '.join(weak)}, which proves nothing any more"
    if is_document_timestamp:
        return "" if stamp and stamp.intact else "the file is not what it was made for"
    intact, valid = validate_sig_integrity(
        embedded.signer_info,
        embedded.signer_cert,
        expected_content_type="data",
        actual_digest=embedded.compute_digest(),
    )
    if not intact:
        return "the file is not what was signed"
    return "" if valid else "its value was not made with the key of its certificate"


def _stamp(embedded: EmbeddedPdfSignature) -> Timestamp | None:
    """Return the time stamp of a signature's value."""
    for token in extract_tst_data_iter(embedded.signer_info, signed=False):
        return read_timestamp(token, message_imprint_checker(embedded.signer_info))
    return None


def _level(embedded: EmbeddedPdfSignature, stamp: Timestamp | None) -> str:
    """Return the level that a signature has by itself (EN 319 142-1, 6.3)."""
    pades = embedded.sig_object["/SubFilter"] == SigSeedSubFilter.PADES.value
    if not pades or get_signing_cert_attr(embedded.signer_info["signed_attrs"]) is None:
        return ""
    return "B-T" if stamp and stamp.intact else "B-B"


def _levelled(reader: PdfFileReader, one: _Read, all_of_them: Iterable[_Read]) -> _Read:
    """Return a signature with the level that it has by what was added after it."""
    later = [
        other
        for other in all_of_them
        if other.signature.is_document_timestamp
        and other.signature.intact
        and other.revision > one.revision
    ]
    signature = one.signature
    if not signature.level or not signature.intact:
        return one
    if later and not signature.timestamp_time:
        signature = replace(
            signature, timestamp_time=later[0].signature.timestamp_time, level="B-T"
        )
    if signature.level == "B-T":
        if any(_proof_in(reader, other.revision, one.certificate) for other in later):
            signature = replace(signature, level="B-LTA")
        elif _proof_in(reader, reader.xrefs.total_revisions - 1, one.certificate):
            signature = replace(signature, level="B-LT")
    return replace(one, signature=signature)


def _proof_in(reader: PdfFileReader, revision: int, certificate: Any) -> bool:
    """Return whether a revision holds what says of a certificate whether it was revoked."""
    store = _store(reader, revision)
    return bool(store.others) and (
        certificate.issuer == certificate.subject
        or any(one.issuer == certificate.issuer for one in store.crls)
        or any(certificate.serial_number in _serials(one) for one in store.ocsps)
    )


def _serials(answer: Any) -> set[int]:
    """Return the numbers of the certificates that an answer of a responder is about."""
    told = answer.response_data["responses"]
    return {one["cert_id"]["serial_number"].native for one in told}


def _trusted(
    reader: PdfFileReader, found: Sequence[_Read], roots: tuple[Any, ...], moment: datetime
) -> list[_Read]:
    """Judge certificates, the latest first: each time stamp proves the moment for those before."""
    store = _store(reader, reader.xrefs.total_revisions - 1)
    others = [certificate for one in found for certificate in one.others]
    evidence = replace(store, roots=roots, others=(*store.others, *others))
    judged: list[_Read] = []
    for one in reversed(found):
        if one.certificate is None:
            judged.append(one)
            continue
        signature, stamp = one.signature, one.stamp
        if signature.is_document_timestamp:
            trust = verify_certificate(one.certificate, evidence, moment, STAMPING)
            signature = replace(signature, trust=trust)
        else:
            timestamp_trust = _of_stamp(stamp, evidence, moment)
            proven = (
                stamp.time if stamp and timestamp_trust and not timestamp_trust.problem else moment
            )
            trust = verify_certificate(one.certificate, evidence, proven, SIGNING)
            signature = replace(signature, trust=trust, timestamp_trust=timestamp_trust)
        if signature.is_document_timestamp and stamp and signature.intact and not trust.problem:
            moment = min(moment, stamp.time)
        judged.append(replace(one, signature=signature))
    return judged[::-1]


def _of_stamp(stamp: Timestamp | None, evidence: Evidence, moment: datetime) -> Trust | None:
    if stamp is None:
        return None
    if not stamp.intact:
        return Trust(problem="is of no matter: the time stamp does not fit the signature")
    return verify_certificate(stamp.certificate, evidence, moment, STAMPING)


def _store(reader: PdfFileReader, revision: int) -> Evidence:
    """Return what a revision holds to judge certificates by (DSS); nothing where it has none."""
    try:
        store = DocumentSecurityStore.read_dss(reader.get_historical_resolver(revision))
    except NoDSSFoundError:
        return Evidence()
    context = store.as_validation_context({"trust_roots": [], "allow_fetching": False})
    return Evidence(
        others=tuple(store.load_certs()), crls=tuple(context.crls), ocsps=tuple(context.ocsps)
    )
