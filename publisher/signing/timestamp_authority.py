"""A time-stamping authority (RFC 3161; ETSI EN 319 422), asked by HTTP.

Enters: the digest of a signature or of a file. Leaves: a token that is whole, stands for that digest,
is signed by a certificate for time stamps, and tells the time that the clock here tells.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from asn1crypto import core, tsp
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from publisher.errors import SigningError
from publisher.signing.http_request import fetch
from publisher.verify.signatures.timestamps import Timestamp, read_timestamp

GRANTED = ("granted", "granted_with_mods")
QUERY = "application/timestamp-query"
TOLERANCE = timedelta(hours=1)
"""What the authority's clock and the one here may differ by."""
_UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError)
"""What asn1crypto and pyHanko raise over bytes that are no answer."""


class Authority(TimeStamper):
    """pyHanko's time stamper, with one address and an eye on the answers."""

    def __init__(self, address: str, moment: datetime) -> None:
        """Keep the address, and the moment at which it is asked."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._address, self._moment = address, moment
        self.stamps: list[Timestamp] = []
        """What was answered."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask, and take what is answered as an answer, where it is not a refusal."""
        data = fetch(self._address, body=req.dump(), kind=QUERY)
        # a refusal has no token, which asn1crypto would miss
        status = tsp.PKIStatusInfo.load(core.Sequence.load(data, strict=True)[0].dump())
        if status["status"].native not in GRANTED:
            words = "; ".join([*(status["status_string"].native or ()), *_reasons(status)])
            raise self._refuse(f"refuses: {words or status['status'].native}")
        return tsp.TimeStampResp.load(data, strict=True)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """Return a token for a digest; raise ``SigningError`` for any that does not fit."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            stamp = read_timestamp(
                token["content"], lambda name: message_digest if name == md_algorithm else b""
            )
            usage = stamp.certificate.extended_key_usage_value
            for_time = usage is not None and "time_stamping" in usage.native
        except TimestampRequestError as error:
            raise self._refuse(f"gives no time stamp: {error}") from error
        except _UNREADABLE as error:
            raise self._refuse("answers what is no time stamp for this request") from error
        if not stamp.intact:
            raise self._refuse("answers with a time stamp that does not fit")
        if not for_time:
            raise self._refuse("signs with a certificate that is not for time stamps")
        if abs(stamp.time - self._moment) > TOLERANCE:
            raise self._refuse(
                f"says that it is {stamp.time:%Y-%m-%d %H:%M}Z, and the clock here "
                f"{self._moment:%Y-%m-%d %H:%M}Z"
            )
        self.stamps.append(stamp)
        return token

    def _refuse(self, message: str) -> SigningError:
        return SigningError(message, where=self._address, hint="name another authority")


def _reasons(status: Any) -> list[str]:
    """Return what a refusal gives as its reasons, in RFC 3161's words."""
    return sorted(status["fail_info"].native or ())
