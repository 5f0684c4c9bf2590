"""Sessions of browsers: a signed cookie, and a CSRF token that belongs to it. The server stores nothing."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

LIFETIME = 7 * 24 * 3600
"""Seconds after which a browser has to show the token again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The session of a browser."""

    identifier: str
    """A random name of this browser."""
    csrf_token: str
    """What a request that changes something must show."""


class SessionSigner:
    """Makes the cookies of sessions and reads them."""

    def __init__(self, secret: str, *, port: int = 0) -> None:
        """Derive the key from the secret of the server; browsers send a cookie to every port of a host."""
        self._key = hashlib.sha256(f"session {secret}".encode()).digest()
        self.cookie_name = f"publisher-{port}" if port else "publisher"

    def create(self) -> str:
        """Return the cookie of a new session."""
        body = f"{secrets.token_hex(16)}.{int(time.time())}"
        return f"{body}.{self._sign(body)}"

    def read(self, cookie: str) -> Session | None:
        """Return the session of a cookie; ``None`` if it was not signed here or is too old."""
        body, _, signature = cookie.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(body).encode()):
            return None
        identifier, _, created = body.partition(".")
        if not 0 <= time.time() - int(created) <= LIFETIME:
            return None
        return Session(identifier=identifier, csrf_token=self._sign(f"csrf {identifier}"))

    def _sign(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


def is_same(shown: str, expected: str) -> bool:
    """Compare secrets in a time that does not depend on where they differ."""
    return hmac.compare_digest(shown.encode(), expected.encode())
