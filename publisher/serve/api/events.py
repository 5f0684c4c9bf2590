"""The states of a job as they change, and the stages of its report, as server-sent events (WHATWG HTML, 9.2)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.responses import StreamingResponse

from publisher.serve.api.results import describe_job

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from publisher.serve.jobs.manager import JobManager
    from publisher.serve.jobs.records import JobRequest

HEARTBEAT_SECONDS = 15.0
"""Seconds after which a comment is sent, so that nothing between client and server closes the connection."""
STAGE_SECONDS = 0.25
"""Seconds between two looks at the stage of a job that is followed."""


def answer_events(
    identifier: str, job: JobRequest, manager: JobManager, language: str
) -> StreamingResponse:
    """Return the stream of a job's events; it ends when the job has ended."""

    async def stream() -> AsyncIterator[str]:
        last_stage, quiet = "", 0.0
        async for status in manager.changes(identifier, heartbeat=STAGE_SECONDS):
            if status is None:
                quiet += STAGE_SECONDS
                stage = await manager.stage(identifier)
                if stage != last_stage:
                    last_stage, quiet = stage, 0.0
                    yield f"event: progress\ndata: {json.dumps({'stage': stage})}\n\n"
                elif quiet >= HEARTBEAT_SECONDS:
                    quiet = 0.0
                    yield ":\n\n"
                continue
            described = describe_job(identifier, job, status, manager, language)
            yield f"event: {status.state}\ndata: {json.dumps(described, ensure_ascii=False)}\n\n"

    headers = {"x-accel-buffering": "no"}
    return StreamingResponse(stream(), 200, headers, "text/event-stream")
