"""The check of the host and of the origin: a page of another site cannot reach the server through a browser."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from starlette.requests import Request

from publisher.messages import translatable
from publisher.serve.problems import Problem, answer_problem

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Receive, Scope, Send

SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
"""Methods that change nothing (RFC 9110, 9.2.1)."""


class HostCheck:
    """Refuses a request for another host, and a change that a page of another origin asks for."""

    def __init__(self, app: ASGIApp, *, host_names: Collection[str]) -> None:
        """Wrap an application that is called ``localhost``, by an IP address, or by one of ``host_names``."""
        self._app = app
        self._names = frozenset(("localhost", *(name.lower() for name in host_names)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and (problem := self._problem(Request(scope))):
            await answer_problem(problem, scope)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _problem(self, request: Request) -> Problem | None:
        host = request.headers.get("host", "")
        name = _host_name(host)
        if name not in self._names and not _is_address(name):
            return Problem(
                status=421,
                message=translatable("the server is not called {name!r}", name=name[:80]),
                hint="start it with --allow-host NAME, or use its address",
            )
        if request.method in SAFE_METHODS:
            return None
        origin = request.headers.get("origin")
        own = f"{request.url.scheme}://{host}".lower()
        site = request.headers.get("sec-fetch-site", "none")
        if (origin is not None and origin.lower() != own) or site not in ("same-origin", "none"):
            return Problem(
                status=403,
                message="a page of another site asked for this",
                hint="open the page of this server itself and do it there",
            )
        return None


def _host_name(host: str) -> str:
    """Return the name or address of a ``Host`` header without its port."""
    host = host.lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] or host if host.count(":") == 1 else host


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
