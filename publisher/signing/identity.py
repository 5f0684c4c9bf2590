"""The key that signs, and its certificates.

Enters: a PKCS#12 file (RFC 7292), or a PEM file (RFC 7468) with a key and its chain. Leaves: an
``Identity``, whose key is in memory alone: it has no ``repr``, cannot be pickled, and is part of no
error. What may sign follows RFC 5280 (4.2.1.3 key usage, 4.2.1.12 extended key usage).
"""

from __future__ import annotations

import getpass
import os
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn, cast

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from publisher.errors import SigningError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes

PASSPHRASE = "PUBLISHER_KEY_PASSWORD"  # noqa: S105 - the name of the variable
LARGEST = 1 << 20
"""Bytes of a key file; one with a long chain has some ten thousand."""
LEAST_RSA_BITS = 2048
CURVES = ("secp256r1", "secp384r1")
HASHES = ("sha256", "sha384", "sha512")
"""What a certificate may be signed with."""
NOT_FOR_DOCUMENTS = frozenset(
    {
        ExtendedKeyUsageOID.SERVER_AUTH,
        ExtendedKeyUsageOID.TIME_STAMPING,
        ExtendedKeyUsageOID.OCSP_SIGNING,
    }
)
"""A certificate that names these uses and no other is not for documents."""
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", re.DOTALL)
_CANNOT = "use an RSA key of 2048 bits or more, or one on the curve P-256 or P-384"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A key with its certificate and what leads to a root."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = field(repr=False)

    def __reduce__(self) -> NoReturn:
        """Refuse: a key stays in the process that read it."""
        raise TypeError("a key is not sent to another process")


def name_of(certificate: x509.Certificate) -> str:
    """Return whom a certificate names, as a person would say it."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := certificate.subject.get_attributes_for_oid(kind):
            return str(found[0].value)
    return certificate.subject.rfc4514_string()


def ask_passphrase(path: Path) -> bytes:
    """Return the passphrase of a key file: the variable's, or what is typed at the terminal."""
    if PASSPHRASE in os.environ:
        return os.fsencode(os.environ[PASSPHRASE])
    if sys.stdin is None or not sys.stdin.isatty():
        raise SigningError(
            "is locked by a passphrase, and there is no terminal to ask for it",
            where=str(path),
            hint=f"put the passphrase into the variable {PASSPHRASE}",
        )
    try:
        return os.fsencode(getpass.getpass(f"Passphrase of {path}: "))
    except EOFError:
        raise SigningError("no passphrase was given", where=str(path)) from None


def load_identity(path: Path, ask: Callable[[Path], bytes] = ask_passphrase) -> Identity:
    """Read a key file; ``ask`` is called where it is locked.

    Raises ``SigningError`` where it cannot be read, holds no key, or one that cannot sign.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise SigningError(
            f"cannot be read: {error.strerror}", where=str(path), hint="check the name"
        ) from error
    try:
        if len(data) <= LARGEST and _PEM.search(data):
            return _from_pem(data, path, ask)
        if data[:1] == b"\x30" and len(data) <= LARGEST:
            return _from_pkcs12(data, path, ask)
    except UnsupportedAlgorithm:
        raise SigningError(
            "is of a kind that is not known here", where=str(path), hint=_CANNOT
        ) from None
    raise SigningError(
        "is no key file", where=str(path), hint="name a .p12, .pfx or .pem file with key and chain"
    )


def _from_pem(data: bytes, path: Path, ask: Callable[[Path], bytes]) -> Identity:
    blocks = [(match[1], match[0]) for match in _PEM.finditer(data)]
    keys = [block for label, block in blocks if label.endswith(b"PRIVATE KEY")]
    if len(keys) != 1:
        raise SigningError(
            f"holds {len(keys)} keys, not one",
            where=str(path),
            hint="put one key and its certificates into one file",
        )
    locked = b"ENCRYPTED" in keys[0]
    passphrase = ask(path) if locked else None
    try:
        key = load_pem_private_key(keys[0], passphrase)
        chain = [
            x509.load_pem_x509_certificate(one) for label, one in blocks if label == b"CERTIFICATE"
        ]
    except (ValueError, TypeError):
        raise _closed(path, locked=locked) from None
    return _identity(key, chain, path)


def _from_pkcs12(data: bytes, path: Path, ask: Callable[[Path], bytes]) -> Identity:
    try:
        content = pkcs12.load_pkcs12(data, None)
    except (ValueError, TypeError):
        try:
            content = pkcs12.load_pkcs12(data, _passphrase(data, path, ask))
        except (ValueError, TypeError):
            raise _closed(path, locked=True) from None
    if content.key is None:
        raise SigningError("holds no key", where=str(path), hint="export it with its key")
    chain = [one.certificate for one in (content.cert, *content.additional_certs) if one]
    return _identity(content.key, chain, path)


def _passphrase(data: bytes, path: Path, ask: Callable[[Path], bytes]) -> bytes:
    """Ask for the passphrase of what is a PKCS#12 file at least by its frame."""
    from asn1crypto.pkcs12 import Pfx

    try:
        framed = Pfx.load(data, strict=True)["version"].native == "v3"
    except (ValueError, TypeError):
        framed = False
    if not framed:
        raise SigningError(
            "is no key file, or a damaged one",
            where=str(path),
            hint="name a .p12, .pfx or .pem file with key and chain",
        )
    return ask(path)


def _closed(path: Path, *, locked: bool) -> SigningError:
    if not locked:
        return SigningError("its key or a certificate is damaged", where=str(path))
    return SigningError(
        "the passphrase does not open it, or the file is damaged",
        where=str(path),
        hint=f"check {PASSPHRASE}, or what was typed",
    )


def _identity(key: PrivateKeyTypes, chain: list[x509.Certificate], path: Path) -> Identity:
    """Find the key's own certificate; the others lead from it to a root."""
    ours = _spki(key.public_key())
    own = next((one for one in chain if _spki(one.public_key()) == ours), None)
    if own is None:
        raise SigningError(
            f"the key fits none of its {len(chain)} certificates"
            if chain
            else "has no certificate",
            where=str(path),
            hint="put the key's certificate, and the chain above it, into the file",
        )
    rsa_key = isinstance(key, rsa.RSAPrivateKey) and key.key_size >= LEAST_RSA_BITS
    curve = isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in CURVES
    if not rsa_key and not curve:
        raise SigningError("its key is weak, or of another kind", where=str(path), hint=_CANNOT)
    return Identity(
        certificate=own,
        chain=tuple(one for one in chain if one != own),
        key=cast("rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey", key),
    )


def _spki(key: PublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def require_fit(identity: Identity, moment: datetime) -> None:
    """Refuse a certificate that must not sign a document at a moment."""
    certificate, name = identity.certificate, name_of(identity.certificate)
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if moment < begin:
        raise SigningError(f"the certificate of {name} is not valid before {begin:%Y-%m-%d %H:%M}Z")
    if moment > end:
        raise SigningError(
            f"the certificate of {name} expired on {end:%Y-%m-%d %H:%M}Z", hint="use its successor"
        )
    used = certificate.signature_hash_algorithm
    if used is None or used.name not in HASHES:
        raise SigningError(
            f"the certificate of {name} is weak: it is signed with {used.name if used else 'no known hash'}",
            hint="have it issued again, with SHA-256 or better",
        )
    if not _may_sign(certificate):
        raise SigningError(
            f"the certificate of {name} is not for signing documents",
            hint="its key usage must have digitalSignature or nonRepudiation",
        )


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        extensions = certificate.extensions
    except ValueError:
        return False
    for extension in extensions:
        value = extension.value
        if isinstance(value, x509.KeyUsage) and not (
            value.digital_signature or value.content_commitment
        ):
            return False
        if isinstance(value, x509.ExtendedKeyUsage) and NOT_FOR_DOCUMENTS.issuperset(value):
            return False
    return True
