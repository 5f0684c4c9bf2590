"""One request to an authority, by HTTP.

Enters: an address that the person, or a certificate, names. Leaves: the bytes of the answer. Nothing
but ``http`` and ``https`` is spoken, also where an answer leads elsewhere; proxies are those of the
environment. No other module opens a connection for a signature, and only ``--tsa-url`` leads here.
"""

from __future__ import annotations

from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from publisher.errors import SigningError, UsageError

PATIENCE = 30
"""Seconds that an authority may be silent."""
LARGEST = 64 << 20
"""Bytes of an answer; the longest lists of revoked certificates have some ten million."""
_HANDLERS = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPDefaultErrorHandler,
    HTTPRedirectHandler,
    HTTPErrorProcessor,
)


def require_address(address: str) -> None:
    """Refuse what is no address of an authority; one with a password in it is not repeated."""
    try:
        parts = urlsplit(address)
        named, port = parts.hostname, parts.port
    except ValueError:
        named, port, parts = None, None, urlsplit("")
    if parts.username is not None or parts.password is not None:
        raise UsageError("an authority's address cannot have a name or password in it")
    if parts.scheme not in ("http", "https") or not named or port == 0:
        raise UsageError(
            f"{address!r} is no address of an authority", hint="it begins with https:// or http://"
        )


def fetch(address: str, *, body: bytes | None = None, kind: str = "") -> bytes:
    """Return what stands at an address, or answers a ``body`` of a media type."""
    opener = OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    headers = {"User-Agent": "Publisher"} | ({"Content-Type": kind} if kind else {})
    try:
        request = Request(address, data=body, headers=headers)  # noqa: S310 - see _HANDLERS
        with opener.open(request, timeout=PATIENCE) as answer:
            data: bytes = answer.read(LARGEST + 1)
    except HTTPError as error:
        error.close()
        raise SigningError(
            f"answers {error.code} {error.reason}",
            where=address,
            hint="check the address, or name another authority",
        ) from error
    except (OSError, HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise SigningError(
            f"does not answer: {str(reason) or type(error).__name__}",
            where=address,
            hint="try again later, or name another authority",
        ) from error
    if len(data) > LARGEST:
        raise SigningError(f"answers with more than {LARGEST >> 20} MB", where=address)
    return data
