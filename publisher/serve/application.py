"""The application of a server: its middleware, its routes, and what starts and ends with it."""

from __future__ import annotations

import contextlib
import importlib.util
import secrets
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from publisher.batch.limited_process import discard_output
from publisher.errors import CrashError, PublisherError
from publisher.messages import translatable
from publisher.serve.api.metrics import Metrics, RequestCounter
from publisher.serve.api.routes import api_routes
from publisher.serve.api.status_routes import status_routes
from publisher.serve.context import ServerContext
from publisher.serve.form_problems import form_problem
from publisher.serve.jobs.manager import JobManager
from publisher.serve.jobs.store import JobStore
from publisher.serve.problems import Problem, answer_problem, problem_of
from publisher.serve.security.access import AccessControl
from publisher.serve.security.headers import SecurityHeaders
from publisher.serve.security.host_check import HostCheck
from publisher.serve.security.rate_limit import RateLimit
from publisher.serve.security.sessions import SessionSigner
from publisher.serve.security.size_limit import HINT as SIZE_HINT
from publisher.serve.security.size_limit import SizeLimit
from publisher.serve.task_pool import PoolStoppedError, QueueFullError, TaskPool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from publisher.serve.settings import ServerSettings

DESK = "publisher.serve.desk"
"""The package of the pages."""


def create_application(settings: ServerSettings, *, pool: TaskPool | None = None) -> Starlette:
    """Return the ASGI application of a server.

    Args:
        settings: What it does and for whom.
        pool: The workers; by default processes with the limits of the settings.

    """
    pool = pool or TaskPool(
        workers=settings.workers,
        limits=settings.limits,
        max_waiting=settings.max_waiting,
        prepare=prepare_worker,
    )
    jobs = JobManager(
        JobStore(settings.state / "jobs"),
        pool,
        workers=settings.workers,
        max_waiting=settings.max_waiting,
        retention=settings.retention,
    )
    context = ServerContext(settings=settings, pool=pool, jobs=jobs)
    metrics = Metrics(jobs, pool)
    jobs.on_finished = metrics.count_job
    signer = SessionSigner(settings.token or secrets.token_hex(32), port=settings.port)
    application = Starlette(
        routes=[
            *status_routes(context, metrics),
            *api_routes(context),
            *_desk_routes(context),
        ],
        middleware=[
            Middleware(RequestCounter, metrics=metrics),
            Middleware(SecurityHeaders),
            Middleware(HostCheck, host_names=settings.host_names),
            Middleware(RateLimit, per_minute=settings.requests_per_minute),
            Middleware(SizeLimit, max_bytes=settings.max_request_bytes),
            Middleware(AccessControl, token=settings.token, signer=signer),
        ],
        exception_handlers={
            HTTPException: _answer_http_error,
            PublisherError: _answer_publisher_error,
            QueueFullError: _answer_full_queue,
            PoolStoppedError: _answer_stopped,
            ClientDisconnect: _answer_nobody,
            Exception: _answer_internal_error,
        },
        lifespan=partial(_lifespan, context),
    )
    application.router.redirect_slashes = False
    application.state.context = context
    return application


def prepare_worker() -> None:
    """Discard what libraries print and load what an ordinary report needs; called once in each worker process."""
    from publisher.options import Options
    from publisher.pipeline import warm_up

    discard_output()
    warm_up(Options())


@contextlib.asynccontextmanager
async def _lifespan(context: ServerContext, _app: Starlette) -> AsyncIterator[None]:
    """Start the workers before the first request and end them after the last one."""
    context.settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    context.pool.start()
    await context.jobs.start()
    try:
        yield
    finally:
        context.jobs.end()
        await anyio.to_thread.run_sync(context.pool.stop, context.settings.shutdown_grace)
        await context.jobs.close()


def _desk_routes(context: ServerContext) -> Sequence[BaseRoute]:
    """Return the routes of the pages, if they are installed."""
    if importlib.util.find_spec(DESK) is None:
        return []
    routes: Sequence[BaseRoute] = import_module(f"{DESK}.routes").routes(context)
    return routes


async def _answer_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    message, hint = error.detail, SIZE_HINT if error.status_code == 413 else ""
    if error.status_code == 400:  # Publisher's own are UsageError
        message, hint = form_problem(error.detail)
    problem = Problem(
        status=error.status_code, message=message, hint=hint, headers=error.headers or {}
    )
    return answer_problem(problem, request.scope)


async def _answer_publisher_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, PublisherError)  # noqa: S101 - registered for it
    return answer_problem(problem_of(error), request.scope)


async def _answer_full_queue(request: Request, error: Exception) -> Response:
    assert isinstance(error, QueueFullError)  # noqa: S101 - registered for it
    problem = Problem(
        status=429,
        message="too many reports are waiting",
        hint="repeat the request later",
        headers={"retry-after": str(error.retry_after)},
    )
    return answer_problem(problem, request.scope)


async def _answer_stopped(request: Request, _error: Exception) -> Response:
    problem = Problem(
        status=503,
        message="the server is being ended",
        hint="repeat the request later; accepted jobs continue at its next start",
        headers={"retry-after": "10"},
    )
    return answer_problem(problem, request.scope)


async def _answer_nobody(_request: Request, _error: Exception) -> Response:
    """Return what a client does not read any more that left in the middle of its request."""
    return Response(status_code=400)


async def _answer_internal_error(request: Request, error: Exception) -> Response:
    problem = Problem(
        status=500,
        message=translatable("the server failed ({name})", name=type(error).__name__),
        hint="this is a bug in Publisher; other reports are not affected",
        error=CrashError.__name__,
        exit_code=CrashError.exit_code,
    )
    return answer_problem(problem, request.scope)
