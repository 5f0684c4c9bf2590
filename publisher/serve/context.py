"""What the routes of a server use: its settings, its workers, the sessions of its browsers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from starlette.exceptions import HTTPException

from publisher.messages import translatable

if TYPE_CHECKING:
    from starlette.requests import Request

    from publisher.serve.jobs.manager import JobManager
    from publisher.serve.security.sessions import Session
    from publisher.serve.settings import ServerSettings
    from publisher.serve.task_pool import TaskPool


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerContext:
    """The parts of a server that its routes use."""

    settings: ServerSettings
    pool: TaskPool
    jobs: JobManager

    def session(self, request: Request) -> Session:
        """Return the session of a browser; a program with the token has none and is refused (403)."""
        session = getattr(request.state, "session", None)
        if session is None:
            raise HTTPException(
                403, translatable("the pages are for browsers; programs use the API")
            )
        return cast("Session", session)
