"""Whether a certificate leads to a root that a person trusts, judged offline.

Enters: certificates, what a file has of revocation, a moment. Leaves: a frozen ``Trust``. Serves RFC
5280, 6 (paths) and ETSI EN 319 102-1, 5.2.6: a path is valid at the moment that a time stamp proves,
or now. Nothing is ever fetched.
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

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

SIGNING = frozenset({"digital_signature", "non_repudiation"})
"""The key usages of which a signer has one at least."""
STAMPING = frozenset({"time_stamping"})
_ANOTHER = ("self-signed", "signature of the")
"""What pyHanko says where no root, or one of the same name with another key, issued a certificate."""
LARGEST = 4 << 20
"""Bytes of a file of certificates."""


class Revocation(StrEnum):
    """What the file itself says of the revocation of a certificate."""

    GOOD = "was not revoked, as the file proves"
    UNKNOWN = "has no proof in the file that it was not revoked"
    REVOKED = "was revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What is to be thought of a certificate at a moment."""

    problem: str = ""
    """Why it is not to be trusted; empty where it is."""
    revocation: Revocation = Revocation.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is at hand to judge certificates by, as asn1crypto has it."""

    roots: tuple[Any, ...] = ()
    others: tuple[Any, ...] = ()
    crls: tuple[Any, ...] = ()
    ocsps: tuple[Any, ...] = ()

    def context(self, moment: datetime, policy: RevocationCheckingPolicy) -> ValidationContext:
        """Return pyHanko's form of it, which fetches nothing."""
        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=list(self.others),
            crls=list(self.crls),
            ocsps=list(self.ocsps),
            moment=moment,
            allow_fetching=False,
            # proof that was got after the moment counts for it
            revinfo_policy=CertRevTrustPolicy(policy, retroactive_revinfo=True),
        )


def read_certificates(paths: Iterable[Path]) -> tuple[x509.Certificate, ...]:
    """Read the certificates of PEM or DER files; raise ``UsageError`` where there are none."""
    return tuple(one for path in paths for one in _of_file(path))


def _of_file(path: Path) -> list[x509.Certificate]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST)
    except OSError as error:
        raise UsageError(
            f"cannot be read: {error.strerror}", where=str(path), hint="check the name"
        ) from error
    try:
        found = certificates_in(data)
        for one in found:
            _ = one.native  # whole, or not at all
    except (ValueError, TypeError):
        found = []
    if not found:
        raise UsageError(
            "holds no certificate", where=str(path), hint="name a file with root certificates (PEM)"
        )
    return found


def certificates_in(data: bytes) -> list[x509.Certificate]:
    """Return the certificates of a PEM file, or the one of a DER file."""
    if not pem.detect(data):
        return [x509.Certificate.load(data, strict=True)]
    return [
        x509.Certificate.load(der, strict=True)
        for label, _, der in pem.unarmor(data, multiple=True)
        if label == "CERTIFICATE"
    ]


def verify_certificate(
    certificate: Any, evidence: Evidence, moment: datetime, usage: frozenset[str]
) -> Trust:
    """Judge a certificate at a moment, for signing or for stamping the time."""
    problem = ""
    for policy, revocation in (
        (REQUIRE_REVINFO, Revocation.GOOD),
        (NO_REVOCATION, Revocation.UNKNOWN),
    ):
        try:
            asyncio.run(validated(certificate, evidence.context(moment, policy), usage))
        except RevokedError:
            return Trust(
                problem=f"was revoked before {moment:%Y-%m-%d}", revocation=Revocation.REVOKED
            )
        except InsufficientRevinfoError:
            continue
        except ValidationError as error:
            problem = _problem(error, moment)
        except PathBuildingError as error:
            problem = _problem(error, moment)
        else:
            return Trust(revocation=revocation)
    return Trust(problem=problem or "cannot be judged")


def _problem(error: Exception, moment: datetime) -> str:
    if isinstance(error, ExpiredError):
        return f"had expired, itself or one above it, on {moment:%Y-%m-%d}"
    if isinstance(error, NotYetValidError):
        return f"was not yet valid on {moment:%Y-%m-%d}"
    words = str(error).splitlines()[0]
    if isinstance(error, PathBuildingError) or any(one in words for one in _ANOTHER):
        return "leads to none of the roots that are trusted"
    if isinstance(error, InvalidCertificateError):
        return "is not for this use"
    return f"does not hold: {words}"


async def validated(certificate: Any, context: ValidationContext, usage: frozenset[str]) -> Any:
    """Return the path from a root to a certificate that may do this; raise where there is none."""
    path = await CertificateValidator(certificate, validation_context=context).async_validate_path()
    extended = certificate.extended_key_usage_value
    if usage == STAMPING and "time_stamping" not in (extended.native if extended else ()):
        raise InvalidCertificateError("no certificate of a time-stamping authority")
    allowed = certificate.key_usage_value
    if usage == SIGNING and allowed is not None and not SIGNING & allowed.native:
        raise InvalidCertificateError("no certificate for signing")
    return path
