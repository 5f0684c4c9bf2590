"""The running server: its socket, the browser that it opens, and its end."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import signal
import socket
import threading
import webbrowser
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import uvicorn

from publisher.errors import BusyError, OutputError
from publisher.messages import translatable
from publisher.serve.application import create_application
from publisher.system.platform_features import lock_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from publisher.serve.jobs.manager import JobManager
    from publisher.serve.settings import ServerSettings

LOCK = "server.lock"
MAX_CONNECTIONS = 500
"""Connections at the same time; a further one is answered with 503."""


def serve(
    settings: ServerSettings, *, on_start: Callable[[str], None], open_browser: bool = False
) -> None:
    """Run a server until SIGINT or SIGTERM.

    Args:
        settings: What the server does and for whom.
        on_start: Called with the address of the page, token included, once the socket is open.
        open_browser: Whether the page is opened in the browser of this machine.

    Raises:
        OutputError: The port or the folder of state cannot be used.
        BusyError: Another server uses the port or the folder.

    """
    with _locked_folder(settings.state), _listening_socket(settings) as listener:
        settings = replace(settings, port=listener.getsockname()[1])
        application = create_application(settings)
        server = _Server(
            uvicorn.Config(
                application,
                log_level="error",
                ws="none",
                access_log=False,
                server_header=False,
                limit_concurrency=MAX_CONNECTIONS,
                proxy_headers=settings.behind_proxy,
                forwarded_allow_ips="*" if settings.behind_proxy else None,
                timeout_graceful_shutdown=int(settings.shutdown_grace) + 1,
            ),
            application.state.context.jobs,
        )
        # What clients send wrongly is answered, and is no matter of the log.
        logging.getLogger("python_multipart").setLevel(logging.ERROR)
        address = page_address(settings)
        on_start(address)
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that lets those go who follow a job when it is asked to end."""

    def __init__(self, config: uvicorn.Config, jobs: JobManager) -> None:
        super().__init__(config)
        self._jobs = jobs

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End the server at the first signal; unlike its parent, do not raise the signal again after that."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        previous = {number: signal.signal(number, self.handle_exit) for number in numbers}
        try:
            yield
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the server: streams of events end first, so that their connections can be closed."""
        self._jobs.end()
        await super().shutdown(sockets)


def page_address(settings: ServerSettings) -> str:
    """Return the address of the first page, with the token."""
    host = f"[{settings.address}]" if ":" in settings.address else settings.address
    if settings.address in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        host = "localhost"
    query = f"?{urlencode({'token': settings.token})}" if settings.token else ""
    return f"http://{host}:{settings.port}/{query}"


@contextlib.contextmanager
def _listening_socket(settings: ServerSettings) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in settings.address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.address, settings.port))
        except OSError as error:
            kind = BusyError if error.errno == errno.EADDRINUSE else OutputError
            raise kind(
                translatable("cannot be listened on: {strerror}", strerror=error.strerror),
                where=f"{settings.address}:{settings.port}",
                hint="choose another with --port and --listen",
            ) from error
        listener.listen(128)
        yield listener


@contextlib.contextmanager
def _locked_folder(folder: Path) -> Iterator[None]:
    """Make the folder of state, and keep other servers out of it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise OutputError(
            translatable("cannot be written: {strerror}", strerror=error.strerror),
            where=str(folder),
            hint="check the folder's permissions, or choose another with --state",
        ) from error
    try:
        lock_file(handle)
    except OSError as error:
        os.close(handle)
        raise BusyError(
            "another server uses this folder",
            where=str(folder),
            hint="use the page of that server, or choose another folder with --state",
        ) from error
    try:
        yield
    finally:
        os.close(handle)
