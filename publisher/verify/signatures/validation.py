"""The verdict on the signatures of a finished file: who signed, when, and whether they are still valid.

Input: the bytes of a file, and trust anchors. Output: immutable data, and a verdict. Serves ETSI EN 319 142-1
(PAdES levels) and EN 319 102-1, 5 (validation). Nothing is fetched: what the file does not contain is reported
as unknown. A time stamp proves a time if it is intact and, with trust anchors, if its authority is trusted;
each time stamp is verified for the time that the next later one proves.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.messages import join_texts, translatable
from publisher.model import Severity
from publisher.system import signing_extra
from publisher.verify.rule import VerdictRules, VerificationRule
from publisher.verify.signatures.signature import Signatures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from asn1crypto.x509 import Certificate

    from publisher.model import Finding, Verdict
    from publisher.verify.signatures.signature import Signature

CLAUSE = "signatures"
RULES = VerdictRules(
    profile="signatures",
    summary="the signatures of a signed file",
    rules=(
        VerificationRule(
            clause=CLAUSE,
            problem="A signature is invalid, was removed or replaced, or does not chain to a trust anchor; or "
            "the file was changed after it was signed. Warnings: trust or time is not proven; a later signature "
            "is seen, or a field was filled in where a signature allows it. Notes: what each valid signature says.",
            remedy="do not rely on this file; ask the office that signed it for the original",
            standard="ISO 32000-1, 12.8; ETSI EN 319 142-1; ETSI EN 319 102-1, 5",
        ),
    ),
)
_IRREGULAR_HINT = "compare what another program shows with this file; it may read it otherwise"
_LATER_CHANGE_HINT = "look at it before you rely on the page; only the later signer answers for it"
UNSIGNED = "signatures (none)"
"""The profile of the verdict on a file without signatures, so that lists of verdicts show it."""
_SIGNATURE_KEYS = (b"/ByteRange", b"/SigFlags", b"/SubFilter")
"""Keys that a signed file contains; if one was overwritten, the others are still there."""


def read_signatures(
    data: bytes, trust_anchors: Sequence[Certificate] = (), time: datetime | None = None
) -> Signatures:
    """Read and verify the signatures of a file; needs the extra ``sign``.

    Args:
        data: The file; whatever is wrong with it is a problem in the result, never an exception.
        trust_anchors: The trusted root certificates; without any, trust is not verified.
        time: When certificates must be valid; now by default.

    """
    signing_extra.require()
    from publisher.verify.signatures.reader import parse_signatures

    with signing_extra.suppress_logs():
        try:
            return parse_signatures(data, trust_anchors, time or datetime.now(UTC))
        except Exception as error:  # noqa: BLE001 - pyHanko raises anything for a damaged file
            problem = translatable(
                "the signatures cannot be read: {name}: {error}",
                name=type(error).__name__,
                error=error,
            )
            return Signatures(problems=(problem.splitlines()[0],))


def load_trust_anchors(paths: Sequence[Path]) -> tuple[Certificate, ...]:
    """Read the trusted root certificates.

    Raises:
        UsageError: A file cannot be read or contains no certificate.
        SigningError: The extra ``sign`` is not installed.

    """
    if not paths:
        return ()
    signing_extra.require()
    from publisher.verify.signatures.trust import read_certificates

    return read_certificates(paths)


def has_signatures(data: bytes) -> bool:
    """Return whether a file contains a key of a signature; works without the extra ``sign``."""
    return any(key in data for key in _SIGNATURE_KEYS)


def verify_signatures(
    data: bytes, trust_anchors: Sequence[Certificate] = (), time: datetime | None = None
) -> Verdict:
    """Verify the signatures of a file; a file without any passes with a note.

    Args:
        data: The file.
        trust_anchors: The trusted root certificates.
        time: When certificates must be valid; now by default.

    """
    if not has_signatures(data):
        return _unsigned_verdict()
    if not signing_extra.is_installed():
        message = "the file has signatures, which were not verified"
        finding = _finding(message, Severity.WARNING, hint=signing_extra.HINT)
        return RULES.verdict([finding], version=__version__, fails_at=Severity.WARNING)
    result = read_signatures(data, trust_anchors, time)
    findings = [_finding(problem, Severity.ERROR) for problem in result.problems]
    for signature in result.signatures:
        findings += _signature_findings(signature)
    later_changes = [change for item in result.signatures for change in item.later_changes]
    for change in dict.fromkeys(later_changes):
        findings.append(_finding(change, Severity.WARNING, hint=_LATER_CHANGE_HINT))
    if not result.signatures and not findings:
        return _unsigned_verdict()
    if result.irregularity:
        message = translatable(
            "the signed file breaks a rule of PDF: {irregularity}", irregularity=result.irregularity
        )
        findings.append(_finding(message, Severity.WARNING, hint=_IRREGULAR_HINT))
    findings += _unverified_trust(result.signatures)
    return RULES.verdict(findings, version=__version__)


def _unsigned_verdict() -> Verdict:
    note = _finding("the file has no signature", Severity.NOTE)
    return replace(RULES, profile=UNSIGNED).verdict([note], version=__version__)


def _signature_findings(signature: Signature) -> Iterator[Finding]:
    """Yield what is wrong with a signature, then what it says."""
    name = translatable(
        "time stamp {field} ({signer})"
        if signature.is_document_timestamp
        else "signature {field} ({signer})",
        field=signature.field,
        signer=signature.signer or translatable("unknown"),
    )
    if signature.problem:
        yield _finding(
            translatable("{name}: {problem}", name=name, problem=signature.problem), Severity.ERROR
        )
        return
    if signature.disallowed_change:
        message = translatable(
            "{name}: after signing, {disallowed_change}",
            name=name,
            disallowed_change=signature.disallowed_change,
        )
        yield _finding(message, Severity.ERROR)
    status, timestamp_status = signature.certificate_status, signature.timestamp_status
    if status and status.problem:
        severity = Severity.WARNING if signature.is_document_timestamp else Severity.ERROR
        yield _finding(
            translatable("{name}: its certificate {problem}", name=name, problem=status.problem),
            severity,
        )
    if timestamp_status and timestamp_status.problem:
        yield _finding(
            translatable(
                "{name}: its time is not proven: the certificate of the time stamp {problem}",
                name=name,
                problem=timestamp_status.problem,
            ),
            Severity.WARNING,
        )
    statement = join_texts(", ", _describe(signature))
    yield _finding(
        translatable("{name}: {statement}", name=name, statement=statement), Severity.NOTE
    )


def _describe(signature: Signature) -> Iterator[str]:
    """Yield what a valid signature says, in words."""
    yield translatable("intact")
    if not signature.is_document_timestamp:
        yield (
            translatable("level {level}", level=signature.level)
            if signature.level
            else translatable("not PAdES")
        )
    if signature.signing_time:
        yield translatable(
            "signing time {time} (claimed by the signer)", time=_format_time(signature.signing_time)
        )
    if signature.timestamp_time:
        yield translatable(
            "time-stamped {time} by an authority", time=_format_time(signature.timestamp_time)
        )
    if signature.covers_whole_file:
        yield "covers the whole file"
    elif not signature.disallowed_change:
        yield "later updates add only signatures and validation data"
    status = signature.certificate_status
    if status and not status.problem:
        yield translatable("trusted: its certificate {revocation}", revocation=status.revocation)


def _format_time(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"


def _unverified_trust(signatures: Sequence[Signature]) -> Iterator[Finding]:
    """Yield a warning if trust was not verified, because there were no trust anchors."""
    signers = [
        signature.signer
        for signature in signatures
        if signature.intact
        and not signature.is_document_timestamp
        and not signature.certificate_status
    ]
    if signers:
        yield _finding(
            translatable(
                "intact, but trust in {names} was not verified",
                names=join_texts(", ", dict.fromkeys(signers)),
            ),
            Severity.WARNING,
            hint="give the root certificates with --trust-anchor FILE",
        )


def _finding(message: str, severity: Severity, *, hint: str = "") -> Finding:
    """Return a finding; errors have the remedy of the rule as their hint."""
    return RULES.finding(
        CLAUSE, message, severity=severity, hint=None if severity is Severity.ERROR else hint
    )
