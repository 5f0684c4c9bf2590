"""Electronic signatures of finished PDFs: PAdES baseline signatures (ETSI EN 319 142-1).

Input: the bytes of a finished PDF and ``SigningOptions``. Output: the same bytes followed by incremental updates with the
signature (``ETSI.CAdES.detached``); from B-T on also with a time stamp of the signature (RFC 3161); at B-LTA also
with validation data (DSS) and a time stamp of the document. The signing time is taken from the clock.
``incremental_update`` explains how conformance to PDF/A and PDF/UA is kept.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from publisher.errors import PublisherError, SigningError, UsageError
from publisher.messages import translatable
from publisher.system import signing_extra

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from publisher.signing.identity import Identity


class SignatureLevel(StrEnum):
    """The PAdES baseline levels that this package creates (ETSI EN 319 142-1, 6.1)."""

    B_B = "B-B"
    """Identifies the signer and proves that the file was not changed."""
    B_T = "B-T"
    """Adds a time stamp: an authority confirms that the signature existed at a time."""
    B_LTA = "B-LTA"
    """Adds the data needed to validate the signature after the certificates have expired."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningOptions:
    """The key, the level and the sources of time stamps and certificates for a signature."""

    identity: Identity
    level: SignatureLevel = SignatureLevel.B_B
    tsa_url: str = ""
    """The URL of a time-stamping authority (RFC 3161); needed for B-T and B-LTA."""
    validation: tuple[Path, ...] = ()
    """Files with certificates and revocation lists (CRL) to embed; for B-LTA."""
    signing_time: datetime | None = None
    """The signing time with its time zone; by default the current time."""

    def __post_init__(self) -> None:
        """Raise ``UsageError`` for options that contradict each other."""
        require_valid_level(self.level, self.tsa_url, self.validation)

    @property
    def signer(self) -> str:
        """The name of the signer in the certificate."""
        from publisher.signing.identity import subject_name

        return subject_name(self.identity.certificate)


def load_signing(
    key: Path,
    *,
    passphrase: str | None = None,
    level: SignatureLevel | str | None = None,
    tsa_url: str = "",
    validation: Sequence[Path] = (),
) -> SigningOptions:
    """Return signing options with the key of a file.

    Args:
        key: The file with the key and its certificates.
        passphrase: The passphrase of the key; by default it is read from the environment or the terminal.
        level: The level; by default B-T with ``tsa_url``, otherwise B-B.
        tsa_url: The URL of a time-stamping authority.
        validation: Files with certificates and revocation lists, for B-LTA.

    Raises:
        SigningError: The key cannot be used.
        UsageError: The level does not fit the other arguments.
    """
    signing_extra.require()
    from publisher.signing.identity import load_identity, prompt_passphrase

    level = SignatureLevel(level or (SignatureLevel.B_T if tsa_url else SignatureLevel.B_B))
    require_valid_level(level, tsa_url, validation)  # before the passphrase is read
    if passphrase is None:
        identity = load_identity(key, prompt_passphrase)
    else:
        password = passphrase.encode()
        identity = load_identity(key, lambda _: password)
    return SigningOptions(
        identity=identity, level=level, tsa_url=tsa_url, validation=tuple(validation)
    )


def require_valid_level(level: SignatureLevel, tsa_url: str, validation: Sequence[Path]) -> None:
    """Raise ``UsageError`` if a level lacks an option that it needs, or has one that it does not use."""
    from publisher.signing.http_request import require_address

    if level != SignatureLevel.B_B and not tsa_url:
        raise UsageError(
            translatable("level {level} needs a time-stamping authority", level=level),
            hint="name it with --tsa-url",
        )
    if level == SignatureLevel.B_B and tsa_url:
        raise UsageError(
            "level B-B uses no time-stamping authority", hint="choose --level B-T or B-LTA"
        )
    if level != SignatureLevel.B_LTA and validation:
        raise UsageError(
            translatable("level {level} embeds no certificates and revocation lists", level=level),
            hint="choose --level B-LTA, or omit --validation",
        )
    if tsa_url:
        require_address(tsa_url)


def sign_pdf(pdf: bytes, options: SigningOptions) -> bytes:
    """Return the PDF with a signature appended; the signature is verified first.

    Network connections are made only to the time-stamping authority and, at B-LTA, to the addresses in the
    certificates.

    Raises:
        SigningError: If the key, the certificate or the authority cannot be used, or the file cannot be signed.
    """
    signing_extra.require()
    _require_pdf(pdf)
    _require_allowed(pdf)
    with signing_extra.suppress_logs():
        try:
            signed_pdf = asyncio.run(_sign(pdf, options, options.signing_time or datetime.now(UTC)))
        except PublisherError:
            raise
        except Exception as error:
            raise SigningError(
                translatable(
                    "the file cannot be signed: {name}: {error}",
                    name=type(error).__name__,
                    error=error,
                ),
                hint="run publisher verify to check the file",
            ) from error
    _require_valid(pdf, signed_pdf, options)
    return signed_pdf


async def _sign(pdf: bytes, options: SigningOptions, signing_time: datetime) -> bytes:
    from publisher.signing.identity import require_valid_certificate
    from publisher.signing.incremental_update import (
        add_document_timestamp,
        add_signature,
        to_asn1,
    )
    from publisher.signing.timestamp_authority import TimestampAuthority
    from publisher.signing.validation_data import collect_validation_data, read_validation_input
    from publisher.verify.signatures.trust import SIGNING_USAGE, TIMESTAMPING_USAGE

    require_valid_certificate(options.identity, signing_time)
    authority = TimestampAuthority(options.tsa_url, signing_time) if options.tsa_url else None
    validation_input = read_validation_input(options.validation)
    signed_pdf = await add_signature(pdf, options.identity, signing_time, authority)
    if authority is None or options.level != SignatureLevel.B_LTA:
        return signed_pdf
    tsa_certificates = {
        stamp.certificate.sha256: stamp.certificate for stamp in authority.timestamps
    }
    tsa_chain = [
        certificate for stamp in authority.timestamps for certificate in stamp.other_certificates
    ]
    validation_data = await collect_validation_data(
        [
            (to_asn1(options.identity.certificate), SIGNING_USAGE),
            *((certificate, TIMESTAMPING_USAGE) for certificate in tsa_certificates.values()),
        ],
        [*map(to_asn1, options.identity.chain), *tsa_chain],
        validation_input,
        signing_time,
    )
    return await add_document_timestamp(signed_pdf, authority, validation_data)


def _require_pdf(pdf: bytes) -> None:
    """Raise ``SigningError`` for a file of another kind, such as the report itself."""
    from publisher.pdf.open_file import is_pdf

    if not is_pdf(pdf):
        raise SigningError(
            "the file cannot be signed: it is no PDF",
            hint="sign the PDF that publisher build makes from the report: out/report.pdf",
        )


def _require_allowed(pdf: bytes) -> None:
    """Raise ``SigningError`` if a certification in the file forbids later signatures (DocMDP 1)."""
    from publisher.verify.signatures.validation import has_signatures, read_signatures

    if not has_signatures(pdf):
        return
    for signature in read_signatures(pdf).signatures:
        if signature.forbids_signatures:
            raise SigningError(
                translatable(
                    "the signature {field} certifies the file and forbids any change, signatures too "
                    "(DocMDP 1)",
                    field=signature.field,
                ),
                hint="sign the file that was certified, or ask its signer for a certification that "
                "allows signatures",
            )


def _require_valid(pdf: bytes, signed_pdf: bytes, options: SigningOptions) -> None:
    """Raise ``SigningError`` if the new signature is not valid or has another level than requested."""
    from publisher.verify.signatures.signature import LEVELS
    from publisher.verify.signatures.validation import read_signatures

    new_signatures = [
        signature
        for signature in read_signatures(signed_pdf).signatures
        if signature.covered_length > len(pdf)
    ]
    all_valid = new_signatures and all(
        signature.intact and not signature.disallowed_change for signature in new_signatures
    )
    level = LEVELS.index(new_signatures[0].level) if new_signatures else 0
    if not signed_pdf.startswith(pdf) or not all_valid or level < LEVELS.index(options.level):
        raise SigningError(
            "the signed file fails verification",
            hint="nothing was written; run publisher verify to check the unsigned file",
        )


__all__ = ["SignatureLevel", "SigningOptions", "load_signing", "require_valid_level", "sign_pdf"]
