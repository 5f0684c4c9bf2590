"""Verification of certificates: whether one chains to a trust anchor. Nothing is fetched.

Input: certificates, revocation information, a time. Output: a ``CertificateStatus``. Serves RFC 5280, 6
(certification path validation) and ETSI EN 319 102-1, 5.2.6: a path must be valid at the time that a time
stamp proves, or now.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from asn1crypto import pem, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    REQUIRE_REVINFO,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
)

from publisher.errors import UsageError
from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

SIGNING_USAGE = frozenset({"digital_signature", "non_repudiation"})
"""The key usages for signing; a certificate needs one of them."""
TIMESTAMPING_USAGE = frozenset({"time_stamping"})
"""The extended key usage of a time-stamping authority."""
_NO_TRUST_ANCHOR = ("self-signed", "signature of the")
"""Parts of pyHanko's message if no trust anchor, or one of the same name with another key, is the issuer."""
MAX_CERTIFICATE_FILE_BYTES = 4 << 20


class Revocation(StrEnum):
    """What the revocation information in the file says about a certificate."""

    GOOD = "was not revoked, according to the file"
    UNKNOWN = "may have been revoked; the file has no information on it"
    REVOKED = "was revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateStatus:
    """The status of a certificate at a time."""

    problem: str = ""
    """Why it is not trusted; empty if it is."""
    revocation: Revocation = Revocation.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class PathValidationData:
    """What certificates are verified with, as objects of asn1crypto (ETSI EN 319 102-1, 5.2.6)."""

    trust_anchors: tuple[Any, ...] = ()
    """Root certificates that are trusted without proof."""
    other_certificates: tuple[Any, ...] = ()
    """Certificates to build paths with."""
    crls: tuple[Any, ...] = ()
    """Certificate revocation lists (RFC 5280, 5)."""
    ocsps: tuple[Any, ...] = ()
    """OCSP responses (RFC 6960)."""

    def context(self, time: datetime, policy: RevocationCheckingPolicy) -> ValidationContext:
        """Return pyHanko's validation context for a time, which fetches nothing."""
        return ValidationContext(
            trust_roots=list(self.trust_anchors),
            other_certs=list(self.other_certificates),
            crls=list(self.crls),
            ocsps=list(self.ocsps),
            moment=time,
            allow_fetching=False,
            # revocation information that was issued after the time is accepted for it
            revinfo_policy=CertRevTrustPolicy(policy, retroactive_revinfo=True),
        )


def read_certificates(paths: Iterable[Path]) -> tuple[x509.Certificate, ...]:
    """Read the certificates in PEM or DER files.

    Raises:
        UsageError: A file cannot be read or contains no certificate.

    """
    return tuple(certificate for path in paths for certificate in _read_file(path))


def _read_file(path: Path) -> list[x509.Certificate]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_CERTIFICATE_FILE_BYTES)
    except OSError as error:
        raise UsageError(
            translatable("cannot be read: {strerror}", strerror=error.strerror),
            where=str(path),
            hint="check the name",
        ) from error
    try:
        certificates = parse_certificates(data)
        for certificate in certificates:
            _ = certificate.native  # parses all of it, so that damage is found here
    except (ValueError, TypeError):
        certificates = []
    if not certificates:
        raise UsageError(
            "contains no certificate",
            where=str(path),
            hint="name a file with root certificates (PEM)",
        )
    return certificates


def parse_certificates(data: bytes) -> list[x509.Certificate]:
    """Return the certificates in a PEM file, or the one in a DER file."""
    if not pem.detect(data):
        return [x509.Certificate.load(data, strict=True)]
    return [
        x509.Certificate.load(der, strict=True)
        for label, _, der in pem.unarmor(data, multiple=True)
        if label == "CERTIFICATE"
    ]


def verify_certificate(
    certificate: Any, validation_data: PathValidationData, time: datetime, usage: frozenset[str]
) -> CertificateStatus:
    """Verify that a certificate was trusted at a time.

    Args:
        certificate: The certificate, from asn1crypto.
        validation_data: The trust anchors, and what is known about the path to them.
        time: When it must have been valid.
        usage: ``SIGNING_USAGE`` or ``TIMESTAMPING_USAGE``.

    """
    problem = ""
    for policy, revocation in (
        (REQUIRE_REVINFO, Revocation.GOOD),
        (NO_REVOCATION, Revocation.UNKNOWN),
    ):
        try:
            asyncio.run(validate_path(certificate, validation_data.context(time, policy), usage))
        except RevokedError:
            return CertificateStatus(
                problem=translatable("was revoked before {time:%Y-%m-%d}", time=time),
                revocation=Revocation.REVOKED,
            )
        except InsufficientRevinfoError:
            continue
        except (ValidationError, PathBuildingError) as error:
            problem = _describe_problem(error, time)
        else:
            return CertificateStatus(revocation=revocation)
    return CertificateStatus(problem=problem or "cannot be verified")


def _describe_problem(error: Exception, time: datetime) -> str:
    if isinstance(error, ExpiredError):
        return translatable("had expired on {time:%Y-%m-%d}, or one above it had", time=time)
    if isinstance(error, NotYetValidError):
        return translatable("was not yet valid on {time:%Y-%m-%d}", time=time)
    message = str(error).splitlines()[0]
    if isinstance(error, PathBuildingError) or any(part in message for part in _NO_TRUST_ANCHOR):
        return "does not chain to a trust anchor"
    if isinstance(error, InvalidCertificateError):
        return "is not meant for this use"
    return translatable("is not valid: {message}", message=message)


async def validate_path(certificate: Any, context: ValidationContext, usage: frozenset[str]) -> Any:
    """Return the path from a trust anchor to a certificate that may be used this way.

    Raises:
        ValidationError: The path is not valid, or the certificate may not be used this way.
        PathBuildingError: There is no path.

    """
    path = await CertificateValidator(certificate, validation_context=context).async_validate_path()
    extended_usage = certificate.extended_key_usage_value
    if usage == TIMESTAMPING_USAGE and "time_stamping" not in (
        extended_usage.native if extended_usage else ()
    ):
        raise InvalidCertificateError("no certificate of a time-stamping authority")
    key_usage = certificate.key_usage_value
    if usage == SIGNING_USAGE and key_usage is not None and not SIGNING_USAGE & key_usage.native:
        raise InvalidCertificateError("no certificate for signing")
    return path
