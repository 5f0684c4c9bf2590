"""Electronic signatures of finished files: PAdES baseline (ETSI EN 319 142-1).

Enters: the bytes of a finished PDF and a ``SigningOptions``. Leaves: the same bytes, with incremental
updates after them that hold the signature (``ETSI.CAdES.detached``), from B-T on a time stamp of it
(RFC 3161), at B-LTA also what proves that the certificates were good, and a time stamp of all that.
The signing time is that of the clock. ``incremental_update`` says what keeps PDF/A and PDF/UA.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from publisher.errors import PublisherError, SigningError, UsageError
from publisher.system import signing_extra

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from publisher.signing.identity import Identity


class SignatureLevel(StrEnum):
    """The levels of PAdES that are made (ETSI EN 319 142-1, 6.1)."""

    BASIC = "B-B"
    """Who signed, and that nothing was changed."""
    TIME = "B-T"
    """And that it was signed before a moment, by the word of an authority."""
    ARCHIVE = "B-LTA"
    """And what is needed to judge all that when the certificates have expired."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningOptions:
    """How a file is to be signed."""

    identity: Identity
    level: SignatureLevel = SignatureLevel.BASIC
    tsa_url: str = ""
    """The URL of a time-stamping authority (RFC 3161); needed for B-T and B-LTA."""
    validation: tuple[Path, ...] = ()
    """Files with certificates and lists of revoked ones, for B-LTA."""
    moment: datetime | None = None
    """When it is signed, with its zone; by default the clock is asked, which tells the truth."""

    def __post_init__(self) -> None:
        """Refuse what does not go together."""
        require_sense(self.level, self.tsa_url, self.validation)

    @property
    def signer(self) -> str:
        """Whom the certificate names."""
        from publisher.signing.identity import name_of

        return name_of(self.identity.certificate)


def load_signing(
    key: Path,
    *,
    passphrase: str | None = None,
    level: SignatureLevel | str | None = None,
    tsa_url: str = "",
    validation: Sequence[Path] = (),
) -> SigningOptions:
    """Return how to sign, with the key of a file.

    Args:
        key: The key with its certificates.
        passphrase: Of the key; by default it is read from the environment or asked for.
        level: By default B-T with ``tsa_url``, else B-B.
        tsa_url: The URL of a time-stamping authority.
        validation: Files with certificates and revocation lists, for B-LTA.

    Raises:
        SigningError: The key cannot be used.
        UsageError: The level does not fit the other arguments.
    """
    signing_extra.require()
    from publisher.signing.identity import ask_passphrase, load_identity

    level = SignatureLevel(level or (SignatureLevel.TIME if tsa_url else SignatureLevel.BASIC))
    require_sense(level, tsa_url, validation)  # before a passphrase is asked for
    if passphrase is None:
        identity = load_identity(key, ask_passphrase)
    else:
        password = passphrase.encode()
        identity = load_identity(key, lambda _: password)
    return SigningOptions(
        identity=identity, level=level, tsa_url=tsa_url, validation=tuple(validation)
    )


def require_sense(level: SignatureLevel, tsa_url: str, validation: Sequence[Path]) -> None:
    """Refuse a level without what it needs, or with what it does not use."""
    from publisher.signing.http_request import require_address

    if level != SignatureLevel.BASIC and not tsa_url:
        raise UsageError(
            f"level {level} needs a time-stamping authority", hint="name it with --tsa-url"
        )
    if level == SignatureLevel.BASIC and tsa_url:
        raise UsageError(
            "level B-B uses no time-stamping authority", hint="choose --level B-T or B-LTA"
        )
    if level != SignatureLevel.ARCHIVE and validation:
        raise UsageError(
            f"level {level} embeds no certificates and lists", hint="--level B-LTA does"
        )
    if tsa_url:
        require_address(tsa_url)


def sign_pdf(pdf: bytes, wish: SigningOptions) -> bytes:
    """Return the file with a signature after it, checked.

    Raises ``SigningError`` where key, certificate or authority do not serve, or the file cannot be
    signed. Only an authority makes a connection, and at B-LTA those whom certificates name.
    """
    signing_extra.require()
    with signing_extra.silenced():
        try:
            done = asyncio.run(_signed(pdf, wish, wish.moment or datetime.now(UTC)))
        except PublisherError:
            raise
        except Exception as error:
            raise SigningError(
                f"the file cannot be signed: {type(error).__name__}: {error}",
                hint="publisher verify says whether it is sound",
            ) from error
    _require_sound(pdf, done, wish)
    return done


async def _signed(pdf: bytes, wish: SigningOptions, moment: datetime) -> bytes:
    from publisher.signing.identity import require_fit
    from publisher.signing.incremental_update import (
        add_signature,
        add_time_stamp,
        as_asn1,
    )
    from publisher.signing.timestamp_authority import Authority
    from publisher.signing.validation_data import prove, read_given
    from publisher.verify.signatures.trust import SIGNING, STAMPING

    require_fit(wish.identity, moment)
    stamper = Authority(wish.tsa_url, moment) if wish.tsa_url else None
    given = read_given(wish.validation)
    done = await add_signature(pdf, wish.identity, moment, stamper)
    if stamper is None or wish.level != SignatureLevel.ARCHIVE:
        return done
    authorities = {stamp.certificate.sha256: stamp.certificate for stamp in stamper.stamps}
    others = [one for stamp in stamper.stamps for one in stamp.others]
    proof = await prove(
        [
            (as_asn1(wish.identity.certificate), SIGNING),
            *((one, STAMPING) for one in authorities.values()),
        ],
        [*map(as_asn1, wish.identity.chain), *others],
        given,
        moment,
    )
    return await add_time_stamp(done, stamper, proof)


def _require_sound(pdf: bytes, done: bytes, wish: SigningOptions) -> None:
    """Refuse to hand out a signed file that is not what was asked for."""
    from publisher.verify.signatures.signature import LEVELS
    from publisher.verify.signatures.validation import read_signatures

    ours = [one for one in read_signatures(done).signatures if one.covered_length > len(pdf)]
    good = ours and all(one.intact and not one.changed for one in ours)
    reached = LEVELS.index(ours[0].level) if ours else 0
    if not done.startswith(pdf) or not good or reached < LEVELS.index(wish.level):
        raise SigningError(
            "the signed file fails its own check",
            hint="nothing was written; publisher verify says whether the file was sound before",
        )


__all__ = ["SignatureLevel", "SigningOptions", "load_signing", "require_sense", "sign_pdf"]
