"""Validation data for long-term signatures (ETSI EN 319 142-1, 5.4: DSS).

Input: the certificate chains of the signer and of the time-stamping authority, the user's files, and the addresses in
the certificates: revocation lists (CRL; RFC 5280, 4.2.1.13) and OCSP responders (RFC 6960). Output: ``ValidationData`` that
proves without network that no certificate was revoked. A revocation list is preferred to an OCSP response.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from asn1crypto import core, crl, ocsp, pem
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.ocsp import OCSPRequestBuilder
from pyhanko_certvalidator.errors import PathBuildingError, RevokedError, ValidationError
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO

from publisher.errors import SigningError
from publisher.messages import translatable
from publisher.signing.http_request import MAX_RESPONSE_BYTES, fetch
from publisher.verify.signatures.trust import (
    PathValidationData,
    parse_certificates,
    validate_path,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

QUERY_TYPE = "application/ocsp-request"
MAX_CHAIN_LENGTH = 16
_PARSE_ERRORS = (ValueError, TypeError, KeyError)
_HINT = "add the missing certificates or revocation lists (CRL) with --validation FILE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationData:
    """Certification paths from root certificates, with the revocation information of each certificate."""

    paths: tuple[Any, ...]
    crls: tuple[Any, ...]
    ocsps: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationInput:
    """The certificates and revocation lists from the user's files."""

    certificates: tuple[Any, ...] = ()
    crls: tuple[Any, ...] = ()


def read_validation_input(paths: Iterable[Path]) -> ValidationInput:
    """Read certificates and revocation lists (PEM or DER); raise ``SigningError`` for any other file."""
    certificates: list[Any] = []
    crls: list[Any] = []
    for path in paths:
        try:
            with path.open("rb") as file:
                data = file.read(MAX_RESPONSE_BYTES)
        except OSError as error:
            raise SigningError(
                translatable("cannot be read: {strerror}", strerror=error.strerror),
                where=str(path),
                hint="check the name",
            ) from error
        file_certificates, file_crls = _read_certificates(data), _read_crls(data)
        if not file_certificates and not file_crls:
            raise SigningError(
                "contains neither certificates nor a revocation list",
                where=str(path),
                hint="name a PEM or DER file",
            )
        certificates += file_certificates
        crls += file_crls
    return ValidationInput(certificates=tuple(certificates), crls=tuple(crls))


def _read_certificates(data: bytes) -> list[Any]:
    try:
        return [certificate for certificate in parse_certificates(data) if certificate.native]
    except _PARSE_ERRORS:
        return []


def _read_crls(data: bytes) -> list[Any]:
    try:
        if not pem.detect(data):
            return [_parsed(crl.CertificateList.load(data, strict=True))]
        blocks = pem.unarmor(data, multiple=True)
        return [
            _parsed(crl.CertificateList.load(der))
            for label, _, der in blocks
            if label == "X509 CRL"
        ]
    except _PARSE_ERRORS:
        return []


def _parsed(revocation_list: Any) -> Any:
    """Return a revocation list after parsing the fields that are used; asn1crypto parses lazily."""
    _ = revocation_list["tbs_cert_list"]["this_update"].native, revocation_list.issuer.native
    return revocation_list


async def collect_validation_data(
    leaves: Iterable[tuple[Any, frozenset[str]]],
    intermediates: Iterable[Any],
    validation_input: ValidationInput,
    validation_time: datetime,
) -> ValidationData:
    """Return the paths and the revocation information for certificates.

    Revocation information that the user did not supply is fetched from the addresses in the certificates.

    Args:
        leaves: The certificates to validate, each with the key usages of which it needs one.
        intermediates: Other known certificates, such as the signer's chain.
        validation_input: The certificates and revocation lists from the user's files.
        validation_time: The time at which the certificates must be valid.

    Raises:
        SigningError: If the root of a chain is missing, a certificate is revoked, or its status is not available.
    """
    leaf_usages = list(leaves)
    known = [
        *validation_input.certificates,
        *intermediates,
        *(leaf for leaf, _ in leaf_usages),
    ]
    chains = [_build_chain(leaf, known) for leaf, _ in leaf_usages]
    crls, ocsp_responses = list(validation_input.crls), []
    checked: set[bytes] = set()
    for certificate, issuer in (pair for chain in chains for pair in pairwise(chain)):
        if certificate.sha256 in checked or any(
            revocation_list.issuer == issuer.subject for revocation_list in crls
        ):
            continue
        checked.add(certificate.sha256)
        information = _fetch_revocation_information(certificate, issuer)
        if isinstance(information, ocsp.OCSPResponse):
            ocsp_responses.append(information)
        else:
            crls.append(information)
    path_data = PathValidationData(
        trust_anchors=tuple(chain[-1] for chain in chains),
        other_certificates=tuple(known),
        crls=tuple(crls),
        ocsps=tuple(ocsp_responses),
    )
    context = path_data.context(validation_time, REQUIRE_REVINFO)
    paths = []
    for leaf, usage in leaf_usages:
        try:
            paths.append(await validate_path(leaf, context, usage))
        except RevokedError as error:
            raise SigningError(
                translatable("the certificate of {name} is revoked", name=_name(leaf))
            ) from error
        except (ValidationError, PathBuildingError) as error:
            raise SigningError(
                translatable(
                    "the certificate of {name} is not valid: {reason}",
                    name=_name(leaf),
                    reason=str(error).splitlines()[0],
                ),
                hint=_HINT,
            ) from error
    return ValidationData(paths=tuple(paths), crls=path_data.crls, ocsps=path_data.ocsps)


def _build_chain(leaf: Any, known: list[Any]) -> list[Any]:
    """Return the certificates from a leaf to its root."""
    chain = [leaf]
    while chain[-1].subject != chain[-1].issuer:
        issuers = [
            certificate
            for certificate in known
            if certificate.subject == chain[-1].issuer and certificate.ca
        ]
        if not issuers or len(chain) > MAX_CHAIN_LENGTH:
            raise SigningError(
                translatable(
                    "the chain of {name} ends before a root: the certificate of {subject} is "
                    "missing",
                    name=_name(leaf),
                    subject=chain[-1].issuer.human_friendly,
                ),
                hint=_HINT,
            )
        chain.append(
            next(
                (certificate for certificate in issuers if certificate.self_signed != "no"),
                issuers[0],
            )
        )
    return chain


def _name(certificate: Any) -> str:
    subject = certificate.subject.native
    return str(subject.get("common_name") or certificate.subject.human_friendly)


def _fetch_revocation_information(certificate: Any, issuer: Any) -> Any:
    """Return a revocation list or an OCSP response from the addresses in a certificate."""
    errors: list[SigningError] = []
    for fetch_from, address in _revocation_sources(certificate, issuer):
        try:
            return fetch_from(address)
        except SigningError as error:
            errors.append(error)
    if errors:
        raise errors[0]
    raise SigningError(
        translatable(
            "the certificate of {name} has no address of a revocation list or OCSP responder",
            name=_name(certificate),
        ),
        hint=_HINT,
    )


def _revocation_sources(certificate: Any, issuer: Any) -> Iterator[tuple[Any, str]]:
    """Yield functions and the URLs to call them with: first revocation lists, then OCSP responders."""
    for point in certificate.crl_distribution_points:
        if (point.url or "").startswith(("http://", "https://")):
            yield _fetch_crl, point.url
    for url in certificate.ocsp_urls:
        if url.startswith(("http://", "https://")):
            yield (lambda address: _fetch_ocsp_response(address, certificate, issuer)), url


def _fetch_crl(address: str) -> Any:
    crls = _read_crls(fetch(address))
    if not crls:
        raise SigningError("returns no revocation list", where=address, hint=_HINT)
    return crls[0]


def _fetch_ocsp_response(address: str, certificate: Any, issuer: Any) -> Any:
    builder = OCSPRequestBuilder().add_certificate(
        x509.load_der_x509_certificate(certificate.dump()),
        x509.load_der_x509_certificate(issuer.dump()),
        SHA1(),  # noqa: S303 - only identifies the certificate; every responder supports it
    )
    request = builder.build().public_bytes(Encoding.DER)
    data = fetch(address, body=request, media_type=QUERY_TYPE)
    try:
        response = ocsp.OCSPResponse.load(data, strict=True)
        content = response["response_status"].native == "successful" and response["response_bytes"]
        if isinstance(content, core.Sequence) and content["response"].parsed.native:
            return response
    except _PARSE_ERRORS:
        pass
    raise SigningError("returns no OCSP response for a certificate", where=address, hint=_HINT)
