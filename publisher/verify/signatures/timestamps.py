"""Time stamps as data (RFC 3161; ETSI EN 319 422).

Input: the signed data of a time-stamp token. Output: a ``Timestamp`` with its time, its authority, and
whether it is valid for the data that it was made for. Trust in the authority is verified in ``trust``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asn1crypto import tsp
from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """A time stamp."""

    time: datetime
    certificate: Any
    """The certificate of the authority, from asn1crypto."""
    other_certificates: tuple[Any, ...]
    """The other certificates in the token."""
    intact: bool
    """Whether its signature is valid and its imprint is that of the stamped data."""


def read_timestamp(signed_data: Any, compute_digest: Callable[[str], bytes]) -> Timestamp:
    """Read a time-stamp token.

    Args:
        signed_data: The CMS signed data of the token, from asn1crypto.
        compute_digest: Returns the digest of the stamped data for the name of a hash.

    Raises:
        Exception: Anything that asn1crypto and pyHanko raise for what is not a time stamp.

    """
    content = signed_data["encap_content_info"]["content"]
    info = content.parsed
    if not isinstance(info, tsp.TSTInfo):
        raise TypeError("the token has no time")
    certificates = extract_certificate_info(signed_data)
    signer = extract_signer_info(signed_data)
    algorithm = signer["digest_algorithm"]["algorithm"].native
    intact, valid = validate_sig_integrity(
        signer,
        certificates.signer_cert,
        expected_content_type="tst_info",
        actual_digest=hashlib.new(algorithm, bytes(content)).digest(),
    )
    imprint = info["message_imprint"]
    expected_digest = compute_digest(imprint["hash_algorithm"]["algorithm"].native)
    return Timestamp(
        time=info["gen_time"].native,
        certificate=certificates.signer_cert,
        other_certificates=tuple(certificates.other_certs),
        intact=bool(intact and valid and imprint["hashed_message"].native == expected_digest),
    )
