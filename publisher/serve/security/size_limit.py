"""The limit of the size of a request, by its header and by the bytes that arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from publisher.messages import translatable
from publisher.serve.problems import Problem, answer_problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HINT = "a report has at most 32 MB; split it, or leave out what is no part of it"


class SizeLimit:
    """Refuses a request whose body is longer than a number of bytes."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        """Wrap an application."""
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > self._max_bytes:
            problem = Problem(status=413, message=self._detail(), hint=HINT)
            await answer_problem(problem, scope)(scope, receive, send)
            return
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_bytes:
                raise HTTPException(413, self._detail())
            return message

        await self._app(scope, receive_counted, send)

    def _detail(self) -> str:
        return translatable(
            "the request has more than {megabytes} MB", megabytes=self._max_bytes >> 20
        )
