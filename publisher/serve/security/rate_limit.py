"""The limit of the rate of requests of each client (token bucket)."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from publisher.serve.problems import Problem, answer_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

MAX_CLIENTS = 10_000
"""Clients whose rate is known; the one that was away longest is forgotten."""


class RateLimit:
    """Refuses the requests of a client that sends more than a number a minute."""

    def __init__(
        self, app: ASGIApp, *, per_minute: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Wrap an application; with ``per_minute`` 0 nothing is refused."""
        self._app = app
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """For each address the requests that it may still send, and when that was computed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and self._per_minute:
            client = scope.get("client") or ("", 0)
            if wait := self._take(client[0]):
                problem = Problem(
                    status=429,
                    message="too many requests in a short time",
                    hint="repeat the request later",
                    headers={"retry-after": str(math.ceil(wait))},
                )
                await answer_problem(problem, scope)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _take(self, client: str) -> float:
        """Count a request of a client; return the seconds after which it may be repeated, 0 if it is allowed."""
        now, rate = self._clock(), self._per_minute / 60
        left, earlier = self._buckets.pop(client, (float(self._per_minute), now))
        left = min(self._per_minute, left + (now - earlier) * rate)
        allowed = left >= 1
        self._buckets[client] = (left - 1 if allowed else left, now)
        if len(self._buckets) > MAX_CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - left) / rate
