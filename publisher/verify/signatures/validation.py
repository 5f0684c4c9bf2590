"""The signatures of a finished file: who signed what, when, and whether that still holds.

Enters: the bytes of a file, and roots that a person trusts. Leaves: frozen data, and a verdict. Serves
ETSI EN 319 142-1 (levels of PAdES) and EN 319 102-1, 5 (validation). Nothing is fetched: what the file
does not hold is said to be unknown. A time stamp proves a time where it is intact and, with roots,
where its authority is trusted; each is judged at the moment that the next later one proves.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.model import Finding, Severity, Verdict
from publisher.system import signing_extra
from publisher.verify.signatures.signature import Signatures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from asn1crypto.x509 import Certificate

    from publisher.verify.signatures.signature import Signature

PROFILE = "signatures"
UNSIGNED = "signatures (none)"
"""The profile of the verdict on a file without any: it says so wherever verdicts are listed."""
_MARKS = (b"/ByteRange", b"/SigFlags", b"/SubFilter")
"""What a signed file shows, each; one that was defaced still shows the others."""
_HINT = "do not rely on it: ask the office that signed it for the file"


def read_signatures(
    data: bytes, trusted: Sequence[Certificate] = (), moment: datetime | None = None
) -> Signatures:
    """Return the signatures of a file, judged by its own bytes and the trusted certificates.

    ``moment`` is now by default. Needs the extra ``sign``; whatever is wrong with a file is a problem
    in the result.
    """
    signing_extra.require()
    from publisher.verify.signatures.reader import parse_signatures

    with signing_extra.silenced():
        try:
            return parse_signatures(data, trusted, moment or datetime.now(UTC))
        except Exception as error:  # noqa: BLE001 - pyHanko raises anything over a damaged file
            words = f"its signatures cannot be read: {type(error).__name__}: {error}"
            return Signatures(problems=(words.splitlines()[0],))


def load_trust_anchors(paths: Sequence[Path]) -> tuple[Certificate, ...]:
    """Read the roots that a person trusts; raise ``UsageError`` where a file has none."""
    if not paths:
        return ()
    signing_extra.require()
    from publisher.verify.signatures.trust import read_certificates

    return read_certificates(paths)


def has_signatures(data: bytes) -> bool:
    """Return whether a file shows a signature; for files that nobody here can judge."""
    return any(mark in data for mark in _MARKS)


def verify_signatures(
    data: bytes, trusted: Sequence[Certificate] = (), moment: datetime | None = None
) -> Verdict:
    """Judge the signatures of a file; one without any gets a note."""
    if not has_signatures(data):
        return _verdict([_finding("the file has no signature", Severity.NOTE)], UNSIGNED)
    if not signing_extra.installed():
        unread = _finding("the file has signatures, which were not checked", Severity.WARNING)
        return _verdict([unread], PROFILE, passed=False)
    found = read_signatures(data, trusted, moment)
    findings = [_finding(one, Severity.ERROR) for one in found.problems]
    for signature in found.signatures:
        findings += _findings(signature)
    if not found.signatures and not findings:
        return _verdict([_finding("the file has no signature", Severity.NOTE)], UNSIGNED)
    return _verdict([*findings, *_not_asked(found.signatures)], PROFILE)


def _verdict(findings: Iterable[Finding], profile: str, *, passed: bool = True) -> Verdict:
    found = tuple(findings)
    return Verdict(
        profile=profile,
        validator="publisher",
        version=__version__,
        passed=passed and all(one.severity is not Severity.ERROR for one in found),
        findings=found,
    )


def _findings(one: Signature) -> Iterator[Finding]:
    """Yield what is to be said of one signature: what is wrong, then what it is."""
    name = f"{'time stamp' if one.is_document_timestamp else 'signature'} {one.field} ({one.signer or 'unknown'})"
    if one.problem:
        yield _finding(f"{name}: {one.problem}", Severity.ERROR)
        return
    if one.changed:
        yield _finding(f"{name}: after it, {one.changed}", Severity.ERROR)
    if one.trust and one.trust.problem:
        severity = Severity.WARNING if one.is_document_timestamp else Severity.ERROR
        yield _finding(f"{name}: its certificate {one.trust.problem}", severity)
    if one.timestamp_trust and one.timestamp_trust.problem:
        yield _finding(
            f"{name}: its time is not proven: the certificate of the time stamp "
            f"{one.timestamp_trust.problem}",
            Severity.WARNING,
        )
    yield _finding(f"{name}: {', '.join(_facts(one))}", Severity.NOTE)


def _facts(one: Signature) -> Iterator[str]:
    """Yield what a signature is, in words."""
    yield "intact"
    if not one.is_document_timestamp:
        yield f"level {one.level}" if one.level else "no PAdES"
    if one.signing_time:
        yield f"signed {_moment(one.signing_time)} by its own word"
    if one.timestamp_time:
        yield f"there before {_moment(one.timestamp_time)} by that of an authority"
    if one.covers_whole_file:
        yield "covers the whole file"
    elif not one.changed:
        yield "after it only signatures and their proof were added"
    if one.trust and not one.trust.problem:
        yield f"trusted: its certificate {one.trust.revocation}"


def _moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"


def _not_asked(signatures: Iterable[Signature]) -> Iterator[Finding]:
    """Yield that nobody said whom to trust, where nobody did."""
    names = [
        one.signer
        for one in signatures
        if one.intact and not one.is_document_timestamp and not one.trust
    ]
    if names:
        yield Finding(
            clause=PROFILE,
            severity=Severity.WARNING,
            message=f"intact; whether {', '.join(dict.fromkeys(names))} is to be trusted was not asked",
            hint="give the root certificates with --trust-anchor FILE",
        )


def _finding(message: str, severity: Severity) -> Finding:
    hint = {Severity.ERROR: _HINT, Severity.WARNING: "", Severity.NOTE: ""}[severity]
    if "not checked" in message:
        hint = signing_extra.HINT
    return Finding(clause=PROFILE, severity=severity, message=message, hint=hint)
