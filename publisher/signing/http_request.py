"""HTTP requests to time-stamping and certificate authorities.

Input: a URL from the user or from a certificate. Output: the bytes of the response. Only ``http`` and ``https`` are used,
also after a redirect; proxies are taken from the environment. No other module opens a connection for a signature, and
none is opened without ``--tsa-url``.
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
from publisher.messages import translatable

TIMEOUT_SECONDS = 30
"""The time limit for each network operation."""
MAX_RESPONSE_BYTES = 64 << 20
"""The size limit of a response; the longest revocation lists have about ten million bytes."""
_HANDLERS = (
    ProxyHandler,
    HTTPHandler,
    HTTPSHandler,
    HTTPDefaultErrorHandler,
    HTTPRedirectHandler,
    HTTPErrorProcessor,
)


def require_address(address: str) -> None:
    """Raise ``UsageError`` for a URL that is not an HTTP URL, or has a user name or a password.

    The message does not repeat a URL with a password.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "the URL of an authority must not contain a user name or a password",
            hint="leave them out of the URL",
        )
    if not address.isascii():
        raise UsageError(
            translatable("{address!r} has characters that no URL can have", address=address),
            hint="copy the URL from the browser, which writes such characters as %XX, and the host as xn--",
        )
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise UsageError(
            translatable("{address!r} is not the URL of an authority", address=address),
            hint="the URL begins with https:// or http://",
        )


def fetch(address: str, *, body: bytes | None = None, media_type: str = "") -> bytes:
    """Return the response to a GET request, or to a POST request with a body of a media type.

    Raises ``SigningError`` if there is no response, an error status, or a response that is too large.
    """
    opener = OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    headers = {"User-Agent": "Publisher"} | ({"Content-Type": media_type} if media_type else {})
    try:
        request = Request(address, data=body, headers=headers)  # noqa: S310 - see _HANDLERS
        with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
            data: bytes = response.read(MAX_RESPONSE_BYTES + 1)
    except HTTPError as error:
        error.close()
        raise SigningError(
            translatable(
                "responds with HTTP status {code} {reason}", code=error.code, reason=error.reason
            ),
            where=address,
            hint="check the URL, or use another authority",
        ) from error
    except (OSError, HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, URLError) else error
        raise SigningError(
            translatable("does not respond: {value}", value=str(reason) or type(error).__name__),
            where=address,
            hint="try again later, or use another authority",
        ) from error
    if len(data) > MAX_RESPONSE_BYTES:
        raise SigningError(
            translatable(
                "responds with more than {max_response_bytes} MB",
                max_response_bytes=MAX_RESPONSE_BYTES >> 20,
            ),
            where=address,
        )
    return data
