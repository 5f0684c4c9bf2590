"""The state of the server for what watches over it: ``/healthz``, ``/readyz``, ``/metrics``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from publisher.serve.api.metrics import Metrics
    from publisher.serve.context import ServerContext


def status_routes(context: ServerContext, metrics: Metrics) -> Sequence[BaseRoute]:
    """Return the routes."""
    return [
        Route("/healthz", _healthz),
        Route("/readyz", partial(_readyz, context)),
        Route("/metrics", partial(_metrics, metrics)),
    ]


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _readyz(context: ServerContext, _request: Request) -> Response:
    """Answer whether a job would be accepted and worked on now."""
    if not context.pool.state.ready:
        return PlainTextResponse("starting\n", 503)
    if context.jobs.waiting >= context.settings.max_waiting:
        return PlainTextResponse("full\n", 503)
    return PlainTextResponse("ready\n")


async def _metrics(metrics: Metrics, _request: Request) -> Response:
    return Response(metrics.encode(), media_type=metrics.media_type)
