"""A client of a time-stamping authority (RFC 3161; ETSI EN 319 422) over HTTP.

Input: the digest of a signature or of a file. Output: a token that is intact, covers that digest, is signed by a
certificate for time stamping, and agrees with the local clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from asn1crypto import core, tsp
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from publisher.errors import SigningError
from publisher.messages import join_texts, translatable
from publisher.signing.http_request import fetch
from publisher.verify.signatures.timestamps import Timestamp, read_timestamp

GRANTED = ("granted", "granted_with_mods")
QUERY_TYPE = "application/timestamp-query"
CLOCK_TOLERANCE = timedelta(hours=1)
"""The largest accepted difference between the authority's clock and the local clock."""
_PARSE_ERRORS = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError)
"""The exceptions that asn1crypto and pyHanko raise for an invalid response."""


class TimestampAuthority(TimeStamper):
    """A pyHanko time stamper for one URL that checks every response."""

    def __init__(self, address: str, request_time: datetime) -> None:
        """Store the URL and the time of the request."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._address, self._request_time = address, request_time
        self.timestamps: list[Timestamp] = []
        """The time stamps that were received."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Send a request; return the response, or raise ``SigningError`` for a rejection."""
        data = fetch(self._address, body=req.dump(), media_type=QUERY_TYPE)
        # A rejection has no token, so asn1crypto cannot parse it as a response.
        status = tsp.PKIStatusInfo.load(core.Sequence.load(data, strict=True)[0].dump())
        if status["status"].native not in GRANTED:
            reasons = join_texts(
                "; ", [*(status["status_string"].native or ()), *_failure_reasons(status)]
            )
            raise self._error(
                translatable(
                    "rejects the request: {value}", value=reasons or status["status"].native
                )
            )
        return tsp.TimeStampResp.load(data, strict=True)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        """Return a token for a digest; raise ``SigningError`` if the token is not acceptable."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            stamp = read_timestamp(
                token["content"], lambda name: message_digest if name == md_algorithm else b""
            )
            usage = stamp.certificate.extended_key_usage_value
            may_stamp = usage is not None and "time_stamping" in usage.native
        except TimestampRequestError as error:
            raise self._error(
                translatable("returns no time stamp: {error}", error=error)
            ) from error
        except _PARSE_ERRORS as error:
            raise self._error("returns an invalid response to the request") from error
        if not stamp.intact:
            raise self._error("returns a time stamp that does not match the request")
        if not may_stamp:
            raise self._error("signs with a certificate that is not for time stamping")
        if abs(stamp.time - self._request_time) > CLOCK_TOLERANCE:
            raise self._error(
                translatable(
                    "gives the time {time:%Y-%m-%d %H:%M}Z; the local clock gives {request_time:%Y-%m-%d "
                    "%H:%M}Z",
                    time=stamp.time,
                    request_time=self._request_time,
                )
            )
        self.timestamps.append(stamp)
        return token

    def _error(self, message: str) -> SigningError:
        return SigningError(message, where=self._address, hint="use another authority")


def _failure_reasons(status: Any) -> list[str]:
    """Return the reasons of a rejection, as RFC 3161 names them."""
    return sorted(status["fail_info"].native or ())
