"""What proves for years that certificates were good (ETSI EN 319 142-1, 5.4: DSS).

Enters: the chains of the signer and of the authority, files that a person gives, and what the
certificates name: lists of revoked certificates (RFC 5280, 4.2.1.13) and OCSP responders (RFC 6960).
Leaves: a ``Proof``, which holds by itself. The list comes first, of what the certificate names.
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
from publisher.signing.http_request import LARGEST, fetch
from publisher.verify.signatures.trust import (
    Evidence,
    certificates_in,
    validated,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

QUERY = "application/ocsp-request"
LONGEST_CHAIN = 16
_BROKEN = (ValueError, TypeError, KeyError)
_HINT = "give the missing certificates or lists (CRL) with --validation FILE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Paths from roots to certificates, and what says that none on them was revoked."""

    paths: tuple[Any, ...]
    crls: tuple[Any, ...]
    ocsps: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person gives: certificates and lists of revoked ones."""

    certificates: tuple[Any, ...] = ()
    crls: tuple[Any, ...] = ()


def read_given(paths: Iterable[Path]) -> Given:
    """Read certificates and lists, PEM or DER; raise ``SigningError`` for a file of neither."""
    certificates: list[Any] = []
    lists: list[Any] = []
    for path in paths:
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST)
        except OSError as error:
            raise SigningError(
                f"cannot be read: {error.strerror}", where=str(path), hint="check the name"
            ) from error
        found, revoked = _certificates(data), _lists(data)
        if not found and not revoked:
            raise SigningError(
                "holds neither certificates nor a list of revoked ones",
                where=str(path),
                hint="name a PEM or DER file",
            )
        certificates += found
        lists += revoked
    return Given(certificates=tuple(certificates), crls=tuple(lists))


def _certificates(data: bytes) -> list[Any]:
    try:
        return [one for one in certificates_in(data) if one.native]
    except _BROKEN:
        return []


def _lists(data: bytes) -> list[Any]:
    try:
        if not pem.detect(data):
            return [_whole(crl.CertificateList.load(data, strict=True))]
        blocks = pem.unarmor(data, multiple=True)
        return [
            _whole(crl.CertificateList.load(der)) for label, _, der in blocks if label == "X509 CRL"
        ]
    except _BROKEN:
        return []


def _whole(revoked: Any) -> Any:
    _ = revoked["tbs_cert_list"]["this_update"].native, revoked.issuer.native
    return revoked


async def prove(
    leaves: Iterable[tuple[Any, frozenset[str]]],
    others: Iterable[Any],
    given: Given,
    moment: datetime,
) -> Proof:
    """Prove that certificates are good for their uses; ask their authorities where that is needed.

    Raises ``SigningError`` where a chain does not end in a root that is at hand, something is
    revoked, or nobody says whether it is.
    """
    wanted = list(leaves)
    known = [*given.certificates, *others, *(leaf for leaf, _ in wanted)]
    chains = [_chain(leaf, known) for leaf, _ in wanted]
    lists, answers = list(given.crls), []
    asked: set[bytes] = set()
    for certificate, issuer in (pair for chain in chains for pair in pairwise(chain)):
        if certificate.sha256 in asked or any(one.issuer == issuer.subject for one in lists):
            continue
        asked.add(certificate.sha256)
        answer = _ask(certificate, issuer)
        if isinstance(answer, ocsp.OCSPResponse):
            answers.append(answer)
        else:
            lists.append(answer)
    evidence = Evidence(
        roots=tuple(chain[-1] for chain in chains),
        others=tuple(known),
        crls=tuple(lists),
        ocsps=tuple(answers),
    )
    context = evidence.context(moment, REQUIRE_REVINFO)
    paths = []
    for leaf, usage in wanted:
        try:
            paths.append(await validated(leaf, context, usage))
        except RevokedError as error:
            raise SigningError(f"the certificate of {_name(leaf)} is revoked") from error
        except (ValidationError, PathBuildingError) as error:
            raise SigningError(
                f"the certificate of {_name(leaf)} does not hold: {str(error).splitlines()[0]}",
                hint=_HINT,
            ) from error
    return Proof(paths=tuple(paths), crls=evidence.crls, ocsps=evidence.ocsps)


def _chain(leaf: Any, known: list[Any]) -> list[Any]:
    """Return the certificates from a leaf to its root."""
    chain = [leaf]
    while chain[-1].subject != chain[-1].issuer:
        above = [one for one in known if one.subject == chain[-1].issuer and one.ca]
        if not above or len(chain) > LONGEST_CHAIN:
            raise SigningError(
                f"the chain of {_name(leaf)} ends before a root: the certificate of "
                f"{chain[-1].issuer.human_friendly} is not at hand",
                hint=_HINT,
            )
        chain.append(next((one for one in above if one.self_signed != "no"), above[0]))
    return chain


def _name(certificate: Any) -> str:
    subject = certificate.subject.native
    return str(subject.get("common_name") or certificate.subject.human_friendly)


def _ask(certificate: Any, issuer: Any) -> Any:
    """Ask those whom a certificate names whether it is revoked; return a list or an answer."""
    failed: list[SigningError] = []
    for read, address in _places(certificate, issuer):
        try:
            return read(address)
        except SigningError as error:
            failed.append(error)
    if failed:
        raise failed[0]
    raise SigningError(
        f"the certificate of {_name(certificate)} does not say where its revocation is told",
        hint=_HINT,
    )


def _places(certificate: Any, issuer: Any) -> Iterator[tuple[Any, str]]:
    """Yield where revocation is told by HTTP: lists first, then responders."""
    for point in certificate.crl_distribution_points:
        if (point.url or "").startswith(("http://", "https://")):
            yield _fetch_list, point.url
    for url in certificate.ocsp_urls:
        if url.startswith(("http://", "https://")):
            yield (lambda address: _fetch_answer(address, certificate, issuer)), url


def _fetch_list(address: str) -> Any:
    found = _lists(fetch(address))
    if not found:
        raise SigningError("gives no list of revoked certificates", where=address, hint=_HINT)
    return found[0]


def _fetch_answer(address: str, certificate: Any, issuer: Any) -> Any:
    builder = OCSPRequestBuilder().add_certificate(
        x509.load_der_x509_certificate(certificate.dump()),
        x509.load_der_x509_certificate(issuer.dump()),
        SHA1(),  # noqa: S303 - names the certificate, as every responder knows it
    )
    data = fetch(address, body=builder.build().public_bytes(Encoding.DER), kind=QUERY)
    try:
        answer = ocsp.OCSPResponse.load(data, strict=True)
        told = answer["response_status"].native == "successful" and answer["response_bytes"]
        if isinstance(told, core.Sequence) and told["response"].parsed.native:
            return answer
    except _BROKEN:
        pass
    raise SigningError("gives no answer about a certificate", where=address, hint=_HINT)
