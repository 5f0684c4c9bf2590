"""The signing key and its certificates.

Input: a PKCS#12 file (RFC 7292), or a PEM file (RFC 7468) with a key and its certificate chain. Output: an ``Identity``.
The private key stays in memory: it has no ``repr``, cannot be pickled, and never appears in an error. Which certificates
may sign follows RFC 5280 (4.2.1.3 key usage, 4.2.1.12 extended key usage).
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
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, PublicKeyAlgorithmOID

from publisher.errors import SigningError
from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes

PASSPHRASE = "PUBLISHER_KEY_PASSWORD"  # noqa: S105 - the name of the variable
MAX_KEY_FILE_BYTES = 1 << 20
"""The size limit of a key file; a file with a long chain has about ten thousand bytes."""
MIN_RSA_BITS = 2048
CURVES = ("secp256r1", "secp384r1")
HASHES = ("sha256", "sha384", "sha512")
"""The hash algorithms that are accepted in the signature of a certificate."""
NOT_FOR_DOCUMENTS = frozenset(
    {
        ExtendedKeyUsageOID.SERVER_AUTH,
        ExtendedKeyUsageOID.TIME_STAMPING,
        ExtendedKeyUsageOID.OCSP_SIGNING,
    }
)
"""Extended key usages; a certificate with no other usage must not sign documents."""
_OPENSSH = b"OPENSSH PRIVATE KEY"
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", re.DOTALL)
_KEY_HINT = "use an RSA key of 2048 bits or more, or one on the curve P-256 or P-384"
_FILE_HINT = "name a .p12, .pfx or .pem file with key and certificate chain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A private key with its certificate and the certificate chain."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = field(repr=False)

    def __reduce__(self) -> NoReturn:
        """Raise ``TypeError``: a private key must stay in the process that read it."""
        raise TypeError("a private key cannot be pickled")


def subject_name(certificate: x509.Certificate) -> str:
    """Return the common name, the organisation or the whole subject of a certificate."""
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if attributes := certificate.subject.get_attributes_for_oid(oid):
            return str(attributes[0].value)
    return certificate.subject.rfc4514_string()


def prompt_passphrase(path: Path) -> bytes:
    """Return the passphrase of a key file, from the environment variable or from the terminal."""
    if PASSPHRASE in os.environ:
        return os.fsencode(os.environ[PASSPHRASE])
    if sys.stdin is None or not sys.stdin.isatty():
        raise SigningError(
            "is protected by a passphrase, and there is no terminal to ask for it",
            where=str(path),
            hint=translatable("set the environment variable {variable}", variable=PASSPHRASE),
        )
    try:
        return os.fsencode(getpass.getpass(f"Passphrase of {path}: "))
    except EOFError:
        raise SigningError("no passphrase was entered", where=str(path)) from None


def load_identity(
    path: Path, read_passphrase: Callable[[Path], bytes] = prompt_passphrase
) -> Identity:
    """Read a key file; ``read_passphrase`` is called if the key is encrypted.

    Raises ``SigningError`` if the file cannot be read, or does not contain a key that can sign.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_KEY_FILE_BYTES + 1)
    except OSError as error:
        raise SigningError(
            translatable("cannot be read: {strerror}", strerror=error.strerror),
            where=str(path),
            hint="check the name",
        ) from error
    try:
        if len(data) <= MAX_KEY_FILE_BYTES and _PEM.search(data):
            return _from_pem(data, path, read_passphrase)
        if data[:1] == b"\x30" and len(data) <= MAX_KEY_FILE_BYTES:
            return _from_pkcs12(data, path, read_passphrase)
    except UnsupportedAlgorithm:
        raise SigningError(
            "uses an algorithm that is not supported", where=str(path), hint=_KEY_HINT
        ) from None
    raise SigningError(
        "is not a key file",
        where=str(path),
        hint=_FILE_HINT,
    )


def _from_pem(data: bytes, path: Path, read_passphrase: Callable[[Path], bytes]) -> Identity:
    blocks = [(match[1], match[0]) for match in _PEM.finditer(data)]
    keys = [block for label, block in blocks if label.endswith(b"PRIVATE KEY")]
    if len(keys) != 1:
        raise SigningError(
            translatable("contains {keys_count} keys instead of one", keys_count=len(keys)),
            where=str(path),
            hint="put one key and its certificates into one file",
        )
    if _OPENSSH in keys[0]:
        raise SigningError(
            "is a key of OpenSSH, which cannot sign documents", where=str(path), hint=_FILE_HINT
        )
    is_encrypted = b"ENCRYPTED" in keys[0]
    passphrase = read_passphrase(path) if is_encrypted else None
    try:
        key = load_pem_private_key(keys[0], passphrase)
        chain = [
            x509.load_pem_x509_certificate(block)
            for label, block in blocks
            if label == b"CERTIFICATE"
        ]
    except (ValueError, TypeError):
        raise _decryption_error(path, is_encrypted=is_encrypted) from None
    return _identity(key, chain, path)


def _from_pkcs12(data: bytes, path: Path, read_passphrase: Callable[[Path], bytes]) -> Identity:
    data = _der(data)
    try:
        content = pkcs12.load_pkcs12(data, None)
    except (ValueError, TypeError):
        try:
            content = pkcs12.load_pkcs12(data, _pkcs12_passphrase(data, path, read_passphrase))
        except (ValueError, TypeError):
            raise _decryption_error(path, is_encrypted=True) from None
    if content.key is None:
        raise SigningError("contains no key", where=str(path), hint="export it with its key")
    chain = [entry.certificate for entry in (content.cert, *content.additional_certs) if entry]
    return _identity(content.key, chain, path)


def _der(data: bytes) -> bytes:
    """Return a PKCS#12 file without bytes after its end; if its outer structure is BER, in DER (X.690, 10.1)."""
    from asn1crypto.pkcs12 import Pfx

    try:
        return bytes(Pfx.load(data).dump(force=True))
    except (ValueError, TypeError):
        return data


def _pkcs12_passphrase(data: bytes, path: Path, read_passphrase: Callable[[Path], bytes]) -> bytes:
    """Return the passphrase of a file whose outer structure is PKCS#12; raise ``SigningError`` for others."""
    from asn1crypto.pkcs12 import Pfx

    try:
        is_pkcs12 = Pfx.load(data, strict=True)["version"].native == "v3"
    except (ValueError, TypeError):
        is_pkcs12 = False
    if not is_pkcs12:
        raise SigningError(
            "is not a key file, or is damaged",
            where=str(path),
            hint=_FILE_HINT,
        )
    return read_passphrase(path)


def _decryption_error(path: Path, *, is_encrypted: bool) -> SigningError:
    if not is_encrypted:
        return SigningError("its key or a certificate is damaged", where=str(path))
    return SigningError(
        "the passphrase is wrong, or the file is damaged",
        where=str(path),
        hint=translatable(
            "check the variable {variable}, or enter the passphrase again", variable=PASSPHRASE
        ),
    )


def _identity(key: PrivateKeyTypes, chain: list[x509.Certificate], path: Path) -> Identity:
    """Return a key with the certificate that has its public key, and the other certificates."""
    public_key = _public_key(key.public_key())
    own_certificate = next(
        (
            certificate
            for certificate in chain
            if _public_key(certificate.public_key()) == public_key
        ),
        None,
    )
    if own_certificate is None:
        raise SigningError(
            translatable(
                "the key matches none of its {certificate_count} certificates",
                certificate_count=len(chain),
            )
            if chain
            else "has no certificate",
            where=str(path),
            hint="put the key's certificate, and the chain above it, into the file",
        )
    if own_certificate.public_key_algorithm_oid == PublicKeyAlgorithmOID.RSASSA_PSS:
        raise SigningError(
            "its key is limited to RSA-PSS, which is not supported",
            where=str(path),
            hint="use a key of the type RSA without this limit, or one on the curve P-256 or P-384",
        )
    is_strong_rsa = isinstance(key, rsa.RSAPrivateKey) and key.key_size >= MIN_RSA_BITS
    is_known_curve = isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in CURVES
    if not is_strong_rsa and not is_known_curve:
        raise SigningError(
            "its key is too weak, or of a type that is not supported",
            where=str(path),
            hint=_KEY_HINT,
        )
    return Identity(
        certificate=own_certificate,
        chain=tuple(certificate for certificate in chain if certificate != own_certificate),
        key=cast("rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey", key),
    )


def _public_key(key: PublicKeyTypes) -> object:
    """Return the numbers of an RSA key, whatever algorithm it is limited to; of others SubjectPublicKeyInfo (DER)."""
    if isinstance(key, rsa.RSAPublicKey):
        return key.public_numbers()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def require_valid_certificate(identity: Identity, signing_time: datetime) -> None:
    """Raise ``SigningError`` if the certificate must not sign a document at a time."""
    certificate, name = identity.certificate, subject_name(identity.certificate)
    valid_from, valid_until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if signing_time < valid_from:
        raise SigningError(
            translatable(
                "the certificate of {name} is not valid before {valid_from:%Y-%m-%d %H:%M}Z",
                name=name,
                valid_from=valid_from,
            )
        )
    if signing_time > valid_until:
        raise SigningError(
            translatable(
                "the certificate of {name} expired on {valid_until:%Y-%m-%d %H:%M}Z",
                name=name,
                valid_until=valid_until,
            ),
            hint="use the renewed certificate",
        )
    algorithm = certificate.signature_hash_algorithm
    if algorithm is None or algorithm.name not in HASHES:
        algorithm_name = algorithm.name if algorithm else "no known hash"
        raise SigningError(
            translatable(
                "the certificate of {name} is weak: it is signed with {algorithm_name}",
                name=name,
                algorithm_name=algorithm_name,
            ),
            hint="have it issued again, with SHA-256 or better",
        )
    reason = _forbidden_use(certificate)
    if reason:
        raise SigningError(
            translatable("the certificate of {name} is not for signing documents", name=name),
            hint=reason,
        )


def _forbidden_use(certificate: x509.Certificate) -> str:
    """Return what a certificate must have to sign documents; empty if its key usages permit it."""
    try:
        extensions = certificate.extensions
    except ValueError:
        return "have it issued again: its extensions are damaged"
    for extension in extensions:
        value = extension.value
        if isinstance(value, x509.KeyUsage) and not (
            value.digital_signature or value.content_commitment
        ):
            return "its key usage must have digitalSignature or nonRepudiation"
        if isinstance(value, x509.ExtendedKeyUsage) and NOT_FOR_DOCUMENTS.issuperset(value):
            return (
                "its extended key usage must have more than servers, time stamps and OCSP; "
                "use a certificate for documents"
            )
    return ""
