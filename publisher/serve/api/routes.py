"""The routes of the API: operations, and the jobs that they make."""

from __future__ import annotations

import re
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from publisher.messages import translatable
from publisher.messages.catalogue import LANGUAGES
from publisher.serve.api.events import answer_events
from publisher.serve.api.form import parse_form, read_form
from publisher.serve.api.openapi import describe_api
from publisher.serve.api.operations import OPERATIONS
from publisher.serve.api.reference import write_reference
from publisher.serve.api.results import answer_accepted, answer_result, describe_job
from publisher.serve.problems import API_PREFIX, page_language, request_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from publisher.serve.api.operations import Operation
    from publisher.serve.context import ServerContext
    from publisher.serve.jobs.manager import JobManager
    from publisher.serve.jobs.records import JobRequest, JobStatus

_WAIT = re.compile(r"\bwait=(\d{1,6})\b")
RESPOND_ASYNC = "respond-async"


def api_routes(context: ServerContext) -> Sequence[BaseRoute]:
    """Return the routes of the API."""
    jobs = context.jobs
    operations = [
        Route(f"{API_PREFIX}{kind}", partial(_operate, context, operation), methods=["POST"])
        for kind, operation in OPERATIONS.items()
    ]
    job = f"{API_PREFIX}jobs/{{identifier}}"
    return [
        *operations,
        Route(API_PREFIX, _show_reference, methods=["GET"]),
        Route(f"{API_PREFIX}reference.css", _style_reference, methods=["GET"]),
        Route(f"{API_PREFIX}openapi.json", _show_openapi, methods=["GET"]),
        Route(job, partial(_show, jobs), methods=["GET"]),
        Route(job, partial(_remove, jobs), methods=["DELETE"]),
        Route(f"{job}/events", partial(_follow, jobs), methods=["GET"]),
        Route(f"{job}/result", partial(_fetch, jobs), methods=["GET"]),
    ]


async def _show_reference(request: Request) -> Response:
    chosen = request.query_params.get("lang", "")
    language = chosen if chosen in LANGUAGES else page_language(request)
    return HTMLResponse(await run_sync(write_reference, language, str(request.base_url)))


async def _style_reference(_request: Request) -> Response:
    sheet = files("publisher.serve.api") / "templates" / "reference.css"
    return Response(sheet.read_bytes(), media_type="text/css")


async def _show_openapi(request: Request) -> Response:
    return JSONResponse(await run_sync(describe_api, request_language(request)))


async def _operate(context: ServerContext, operation: Operation, request: Request) -> Response:
    """Accept a job; answer with its result, or, if the client prefers it (RFC 7240), at once."""
    jobs = context.jobs
    jobs.require_room()
    form = await read_form(request)
    try:
        parsed = parse_form(operation, form, context.settings.extensions)
        identifier = await jobs.submit(operation.kind, parsed.options, parsed.uploads)
    finally:
        await form.close()
    preference = ",".join(request.headers.getlist("prefer")).lower()
    wait = _WAIT.search(preference)
    seconds = float(wait[1]) if wait else 0.0 if RESPOND_ASYNC in preference else None
    try:
        status = await jobs.wait(identifier, seconds)
        job = await jobs.request(identifier)
    except KeyError as error:  # another client has sent the same, and removed it
        raise _no_job() from error
    if status.is_final:
        return await answer_result(request, identifier, job, status, jobs)
    return answer_accepted(request, identifier, job, status, jobs)


async def _find(jobs: JobManager, request: Request) -> tuple[str, JobRequest, JobStatus]:
    identifier = request.path_params["identifier"]
    try:
        return identifier, await jobs.request(identifier), await jobs.status(identifier)
    except KeyError as error:
        raise _no_job() from error


def _no_job() -> HTTPException:
    return HTTPException(
        404, translatable("there is no such job; finished ones are removed after a time")
    )


async def _show(jobs: JobManager, request: Request) -> Response:
    identifier, job, status = await _find(jobs, request)
    return JSONResponse(describe_job(identifier, job, status, jobs, request_language(request)))


async def _remove(jobs: JobManager, request: Request) -> Response:
    """Remove a job with its files; one that has not ended is not removed (409)."""
    identifier, _, _ = await _find(jobs, request)
    if not await jobs.remove(identifier):
        raise HTTPException(409, translatable("the job has not ended"))
    return Response(status_code=204)


async def _follow(jobs: JobManager, request: Request) -> Response:
    identifier, job, _ = await _find(jobs, request)
    return answer_events(identifier, job, jobs, request_language(request))


async def _fetch(jobs: JobManager, request: Request) -> Response:
    """Answer with the result of a job; one that has not ended has none (409)."""
    identifier, job, status = await _find(jobs, request)
    if not status.is_final:
        raise HTTPException(
            409, translatable("the job has not ended"), headers={"retry-after": "1"}
        )
    return await answer_result(request, identifier, job, status, jobs)
