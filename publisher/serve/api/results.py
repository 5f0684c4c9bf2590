"""A job as an answer: its description, its files, its failure."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response, StreamingResponse

from publisher.messages import translatable
from publisher.messages.catalogue import Catalogue
from publisher.serve.file_names import attachment, media_type, stem_of
from publisher.serve.jobs.texts import decode_texts
from publisher.serve.problems import (
    API_PREFIX,
    Problem,
    answer_problem,
    problem_of,
    request_language,
)
from publisher.serve.zip_download import MEDIA_TYPE as ZIP
from publisher.serve.zip_download import read_chunks, write_zip

if TYPE_CHECKING:
    from starlette.requests import Request

    from publisher.serve.jobs.manager import JobManager
    from publisher.serve.jobs.records import JobRequest, JobStatus, ResultFile


def job_path(identifier: str) -> str:
    """Return the path of a job."""
    return f"{API_PREFIX}jobs/{identifier}"


def describe_job(
    identifier: str, request: JobRequest, status: JobStatus, manager: JobManager, language: str
) -> dict[str, Any]:
    """Return a job for JSON, with its texts in a language."""
    catalogue, path = Catalogue(language), job_path(identifier)
    described: dict[str, Any] = {
        "id": identifier,
        "kind": request.kind,
        "state": status.state,
        "source": request.title,
        "options": request.options,
        "accepted": _iso(status.accepted),
        "links": {"self": path, "events": f"{path}/events"},
    }
    if status.started:
        described["started"] = _iso(status.started)
    if status.is_final:
        described |= {"finished": _iso(status.finished), "expires": _iso(manager.expiry(status))}
    if status.state == "done":
        described["links"]["result"] = f"{path}/result"
        described |= {
            "summary": decode_texts(status.summary, catalogue),
            "findings": decode_texts(status.findings, catalogue),
            "results": [
                {
                    "name": file.name,
                    "type": media_type(file.name),
                    "size": file.size,
                    "sha256": file.sha256,
                }
                for file in status.results
            ],
        }
    if status.failure:
        problem = _problem(status)
        described["problem"] = problem.to_json(language, path)
    return described


def _iso(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(timespec="milliseconds")


def _problem(status: JobStatus) -> Problem:
    """Return the problem of a job that failed or was lost."""
    assert status.failure is not None  # noqa: S101 - of every job that is not done
    return problem_of(status.failure.restore())


async def answer_result(
    request: Request, identifier: str, job: JobRequest, status: JobStatus, manager: JobManager
) -> Response:
    """Return the result of a job that has ended: one file, a ZIP file, or a problem."""
    path = job_path(identifier)
    if status.state != "done":
        return answer_problem(_problem(status), request.scope, instance=path)
    headers = {"content-location": f"{path}/result", "link": f'<{path}>; rel="describedby"'}
    wanted = request.query_params.get("file")
    if wanted is not None:
        file = next((item for item in status.results if item.name == wanted), None)
        if file is None:
            raise HTTPException(404, translatable("the job has no such result"))
        return _answer_file(file, identifier, manager, headers)
    if len(status.results) == 1 or not _wants_all(request, job):
        return _answer_file(status.results[0], identifier, manager, headers)
    name = f"{stem_of(job.title)}.zip"
    paths = [(file.name, manager.result_path(identifier, file.suffix)) for file in status.results]
    archive = await run_sync(write_zip, paths)
    headers["content-disposition"] = attachment(name)
    return StreamingResponse(read_chunks(archive), 200, headers, ZIP)


def _wants_all(request: Request, job: JobRequest) -> bool:
    """Return whether a client that gets one file wants all of them in it."""
    accepted = request.headers.get("accept", "*/*")
    if ZIP in accepted:
        return True
    return "emit" in job.options and "application/pdf" not in accepted


def _answer_file(
    file: ResultFile, identifier: str, manager: JobManager, headers: dict[str, str]
) -> Response:
    headers = {**headers, "content-disposition": attachment(file.name)}
    path = manager.result_path(identifier, file.suffix)
    return FileResponse(path, headers=headers, media_type=media_type(file.name))


def answer_accepted(
    request: Request, identifier: str, job: JobRequest, status: JobStatus, manager: JobManager
) -> Response:
    """Return the answer for a job that has been accepted: where it can be followed (202)."""
    from starlette.responses import JSONResponse

    described = describe_job(identifier, job, status, manager, request_language(request))
    path = job_path(identifier)
    headers = {"location": path, "preference-applied": "respond-async", "retry-after": "1"}
    return JSONResponse(described, 202, headers)
