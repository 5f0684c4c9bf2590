"""The settings of a server: where it listens, who may use it, how much it takes on."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path

from publisher.batch.worker import Limits
from publisher.errors import UsageError
from publisher.messages import translatable

DEFAULT_ADDRESS = "127.0.0.1"
DEFAULT_PORT = 8631
MIN_TOKEN_LENGTH = 16
"""Characters; a token that is shorter can be guessed."""
_HOUR = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """The settings of a server; raises ``UsageError`` for what would leave it open to others."""

    state: Path
    """The folder of accepted jobs, their results and the reports of the desk; belongs to one server at a time."""
    address: str = DEFAULT_ADDRESS
    """The IP address to listen on."""
    port: int = DEFAULT_PORT
    """The port to listen on; 0 for any that is free."""
    token: str = field(default="", repr=False)
    """The secret of those who may use the server; empty only if a reverse proxy decides that."""
    behind_proxy: bool = False
    """Whether a reverse proxy is in front, which decides who may use the server."""
    host_names: tuple[str, ...] = ()
    """Names by which clients call the server, besides ``localhost`` and addresses."""
    extensions: tuple[str, ...] = ()
    """The extensions that all reports use."""
    workers: int = 2
    """Reports that are worked on at the same time."""
    limits: Limits = Limits()
    """The limits of one report."""
    max_request_bytes: int = 48 << 20
    """Bytes of a request: a source has at most 32 MB, and a colour profile may come with it."""
    max_waiting: int = 100
    """Tasks that wait for a worker; a further one is refused (429)."""
    requests_per_minute: int = 3000
    """Requests of one client; a further one is refused (429). 0 for any number."""
    retention: float = 24 * _HOUR
    """Seconds after which the files of a finished job are removed."""
    shutdown_grace: float = 10.0
    """Seconds that running tasks get to finish when the server ends."""

    def __post_init__(self) -> None:
        """Check what keeps others out."""
        if self.token and (len(self.token) < MIN_TOKEN_LENGTH or not self.token.isascii()):
            raise UsageError(
                translatable(
                    "the token has fewer than {count} characters, or others than ASCII",
                    count=MIN_TOKEN_LENGTH,
                ),
                hint="make one with: openssl rand -hex 24",
            )
        if self.token or self.behind_proxy:
            return
        if not self.is_local:
            raise UsageError(
                translatable(
                    "--listen {address}: other machines could use the server without a token",
                    address=self.address,
                ),
                hint="give a token with --token-file, or --behind-proxy if a reverse proxy decides who may use it",
            )
        raise UsageError("the server has no token", hint="give one with --token-file")

    @property
    def is_local(self) -> bool:
        """Whether only programs of this machine can reach the server."""
        return is_loopback(self.address)


def is_loopback(address: str) -> bool:
    """Return whether an address is one of this machine's own; raise ``UsageError`` for what is no IP address."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError as error:
        raise UsageError(
            translatable("--listen: {address!r} is not an IP address", address=address),
            hint="for instance 127.0.0.1 (this machine), 0.0.0.0 (every IPv4 address of it) or ::1",
        ) from error


def default_state_folder() -> Path:
    """Return the folder for the state of a server: ``$XDG_STATE_HOME/publisher``, by default below the home folder."""
    base = os.environ.get("XDG_STATE_HOME", "")
    folder = Path(base) if base.startswith("/") else Path.home() / ".local" / "state"
    return folder / "publisher"
