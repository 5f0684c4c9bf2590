"""Time stamps as data (RFC 3161; ETSI EN 319 422).

Enters: the signed data of a token. Leaves: a frozen ``Timestamp``: when, by whom, and whether it stands
for what it is attached to. Whether its authority is to be trusted is said by ``trust``.
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
    """Of the authority, as asn1crypto has it."""
    others: tuple[Any, ...]
    """The certificates that came with it."""
    intact: bool
    """Whether its signature is good and it stands for what it is attached to."""


def read_timestamp(signed_data: Any, digest: Callable[[str], bytes]) -> Timestamp:
    """Read a token; ``digest`` gives what it should stand for, by the name of a hash.

    Raises whatever asn1crypto and pyHanko raise over what is no time stamp.
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
    expected = digest(imprint["hash_algorithm"]["algorithm"].native)
    return Timestamp(
        time=info["gen_time"].native,
        certificate=certificates.signer_cert,
        others=tuple(certificates.other_certs),
        intact=bool(intact and valid and imprint["hashed_message"].native == expected),
    )
