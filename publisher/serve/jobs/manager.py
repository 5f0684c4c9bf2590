"""The jobs of a server: accepted, given to workers in the order of arrival, followed by clients, removed in the end."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from msgspec.structs import replace

from publisher.batch.worker_process import internal_error
from publisher.errors import CrashError, PublisherError
from publisher.messages import translatable
from publisher.serve.jobs.records import Failure, JobStatus
from publisher.serve.jobs.work import run_job
from publisher.serve.task_pool import PoolStoppedError, QueueFullError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path
    from typing import Any, BinaryIO

    from publisher.serve.jobs.records import JobRequest, Kind
    from publisher.serve.jobs.store import JobStore
    from publisher.serve.jobs.work import FinishedWork
    from publisher.serve.task_pool import TaskPool

MAX_INTERRUPTIONS = 2
"""How often the server may end during a job before the job is given up."""
BUSY_PAUSE = 0.5
"""Seconds after which a job asks for a worker again."""
SWEEP_SECONDS = 60.0
"""Seconds between two looks for jobs that have expired."""


class _ActiveJob:
    """A job that has not ended, and those who wait for a change of it."""

    def __init__(self, status: JobStatus) -> None:
        self.status = status
        self.changed = asyncio.Event()

    def update(self, status: JobStatus) -> None:
        """Store a new status and wake up those who wait."""
        self.status = status
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()


class JobManager:
    """Accepts jobs and has them done; belongs to one event loop."""

    def __init__(
        self,
        store: JobStore,
        pool: TaskPool,
        *,
        workers: int,
        max_waiting: int,
        retention: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Store the parts; ``start`` continues the jobs of an earlier server.

        Args:
            store: The folders of the jobs.
            pool: Does the work.
            workers: Jobs that are worked on at the same time.
            max_waiting: Jobs that may wait; see ``QueueFullError``.
            retention: Seconds after which a finished job is removed.
            clock: The time in seconds since 1970.

        """
        self._store = store
        self._pool = pool
        self._workers = workers
        self._max_waiting = max_waiting
        self._retention = retention
        self._clock = clock
        self._active: dict[str, _ActiveJob] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(workers)
        self._ending = asyncio.Event()
        self.on_finished: Callable[[Kind, JobStatus], None] = lambda _kind, _status: None
        """Called with each job that has ended."""

    @property
    def waiting(self) -> int:
        """How many jobs wait for a worker."""
        return sum(job.status.state == "accepted" for job in self._active.values())

    async def start(self) -> None:
        """Continue the jobs that an earlier server accepted and did not finish."""
        await run_sync(self._store.open)
        unfinished: list[tuple[float, str, JobStatus]] = []
        for identifier in await run_sync(lambda: list(self._store.identifiers())):
            try:
                status = await run_sync(self._store.status, identifier)
            except KeyError:
                await run_sync(self._store.remove, identifier)
                continue
            if not status.is_final:
                unfinished.append((status.accepted, identifier, status))
        for _, identifier, status in sorted(unfinished, key=lambda item: item[:2]):
            await self._restore(identifier, status)
        self._spawn(self._sweep())

    async def _restore(self, identifier: str, status: JobStatus) -> None:
        """Have a job done again, or report it as lost."""
        interruptions = status.interruptions + (status.state == "running")
        if interruptions >= MAX_INTERRUPTIONS:
            failure = Failure.of(
                CrashError(
                    translatable(
                        "the server ended {count} times during this job", count=interruptions
                    ),
                    hint="send it again; if it happens again, report the problem and attach this file",
                )
            )
            lost = replace(status, state="lost", failure=failure, finished=self._clock())
            await run_sync(self._store.write_status, identifier, lost)
            return
        self._enqueue(identifier, replace(status, state="accepted", interruptions=interruptions))

    def require_room(self) -> None:
        """Raise ``QueueFullError`` if no further job may wait, ``PoolStoppedError`` if the server ends."""
        if self._ending.is_set():
            raise PoolStoppedError
        if self.waiting >= self._max_waiting:
            raise QueueFullError(retry_after=max(1, self.waiting // self._workers))

    async def submit(
        self,
        kind: Kind,
        options: Mapping[str, Any],
        uploads: Mapping[str, tuple[str, BinaryIO]],
    ) -> str:
        """Accept a job: when this returns, it is on the disk. Return its name.

        The same request is the same job: if it has ended well, or would end alike, nothing is done again.

        Args:
            kind: What is to be done.
            options: The options that differ from their defaults.
            uploads: For each field the client's name of the file, and its content.

        Raises:
            QueueFullError: Too many jobs are waiting.
            PoolStoppedError: The server ends.
            OutputError: The job cannot be written.

        """
        self.require_room()
        accept = self._store.accept
        identifier, _ = await run_sync(lambda: accept(kind, options, uploads, now=self._clock()))
        status = await self.status(identifier)
        if self._is_active(identifier) or (status.is_final and not status.can_succeed_again):
            return identifier
        if status.is_final:
            status = JobStatus(state="accepted", accepted=self._clock())
            await run_sync(self._store.write_status, identifier, status)
        if not self._is_active(identifier):  # another client may have sent the same meanwhile
            self._enqueue(identifier, status)
        return identifier

    def _is_active(self, identifier: str) -> bool:
        """Return whether a job has not ended."""
        job = self._active.get(identifier)
        return job is not None and not job.status.is_final

    def _enqueue(self, identifier: str, status: JobStatus) -> None:
        self._active[identifier] = _ActiveJob(status)
        self._spawn(self._work(identifier))

    def _spawn(self, coroutine: Any) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work(self, identifier: str) -> None:
        """Wait for a worker and have the job done; an error of the disk ends the job."""
        job = self._active[identifier]
        async with self._slots:
            if self._ending.is_set():
                return
            try:
                await self._do(identifier, job)
            except PublisherError as error:
                failed = replace(
                    job.status, state="failed", finished=self._clock(), failure=Failure.of(error)
                )
                job.update(failed)  # stays in memory, as it cannot be written

    async def _do(self, identifier: str, job: _ActiveJob) -> None:
        """Have a job done, and store how it ended."""
        request = await run_sync(self._store.request, identifier)
        # Cleared first: whoever reads "running" must not be told the stage of an earlier run.
        await run_sync(self._store.clear_results, identifier)
        await self._set(identifier, replace(job.status, state="running", started=self._clock()))
        try:
            status = await self._run(self._store.folder(identifier), request, job.status)
        except PoolStoppedError:  # a clean end is no interruption: the job continues later
            await self._set(identifier, replace(job.status, state="accepted"))
            return
        await run_sync(self._store.clear_partial, identifier)
        await self._set(identifier, status)
        del self._active[identifier]
        self.on_finished(request.kind, status)

    async def _run(self, folder: Path, request: JobRequest, status: JobStatus) -> JobStatus:
        """Return the status of a job after a worker had it."""
        try:
            work = await self._give_to_worker(folder, request.title)
        except PoolStoppedError:
            raise
        except Exception as error:  # noqa: BLE001 - an internal error fails one job only
            known = (
                error if isinstance(error, PublisherError) else internal_error(error, request.title)
            )
            failure = Failure.of(known, {f"{folder}/": "", str(folder): ""})
            return replace(status, state="failed", finished=self._clock(), failure=failure)
        if work.failure:
            return replace(status, state="failed", finished=self._clock(), failure=work.failure)
        return replace(
            status,
            state="done",
            finished=self._clock(),
            results=work.results,
            summary=work.summary,
            findings=work.findings,
        )

    async def _give_to_worker(self, folder: Path, title: str) -> FinishedWork:
        """Return what a worker reports; wait if the pages have filled the queue of the workers."""
        while not self._ending.is_set():
            try:
                return await self._pool.run(run_job, folder, name=title)
            except QueueFullError:
                await self._wait(self._ending, BUSY_PAUSE)
        raise PoolStoppedError

    async def _set(self, identifier: str, status: JobStatus) -> None:
        await run_sync(self._store.write_status, identifier, status)
        self._active[identifier].update(status)

    async def status(self, identifier: str) -> JobStatus:
        """Return how far a job is; raise ``KeyError`` if there is no such job."""
        if job := self._active.get(identifier):
            return job.status
        return await run_sync(self._store.status, identifier)

    async def request(self, identifier: str) -> JobRequest:
        """Return what a job is to do; raise ``KeyError`` if there is no such job."""
        return await run_sync(self._store.request, identifier)

    async def changes(
        self, identifier: str, *, heartbeat: float | None
    ) -> AsyncIterator[JobStatus | None]:
        """Yield the status of a job now and after each change, until it has ended or the server ends.

        ``None`` is yielded if nothing has changed for ``heartbeat`` seconds. Raises ``KeyError`` if there is no such job.
        """
        while (job := self._active.get(identifier)) and not job.status.is_final:
            status, changed = job.status, job.changed
            yield status
            while not changed.is_set():
                if self._ending.is_set():
                    return
                await self._wait(changed, heartbeat)
                if not changed.is_set() and not self._ending.is_set():
                    yield None
        yield await self.status(identifier)

    async def wait(self, identifier: str, seconds: float | None) -> JobStatus:
        """Wait until a job has ended, the server ends, or some seconds have passed; return its status."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                async for _ in self.changes(identifier, heartbeat=None):
                    pass
        return await self.status(identifier)

    async def _wait(self, changed: asyncio.Event, seconds: float | None) -> None:
        """Wait for a change, for the end of the server, or for some seconds."""
        waiting = {asyncio.ensure_future(event.wait()) for event in (changed, self._ending)}
        try:
            await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    def end(self) -> None:
        """Start no further job, and let those who follow one go."""
        self._ending.set()

    async def close(self) -> None:
        """Wait until the running jobs have ended, or were put back; the pool must have been stopped."""
        self.end()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _sweep(self) -> None:
        """Remove jobs that have expired, again and again."""
        while not self._ending.is_set():
            await self.remove_expired()
            await self._wait(self._ending, SWEEP_SECONDS)

    async def remove_expired(self) -> None:
        """Remove the jobs that ended long ago."""
        for identifier in await run_sync(lambda: list(self._store.identifiers())):
            if self._is_active(identifier):
                continue
            with contextlib.suppress(KeyError):
                status = await run_sync(self._store.status, identifier)
                if status.is_final and self.expiry(status) <= self._clock():
                    await run_sync(self._store.remove, identifier)

    async def remove(self, identifier: str) -> bool:
        """Remove a job that has ended; return False if it has not. Raises ``KeyError`` if there is no such job."""
        if self._is_active(identifier):
            return False
        self._active.pop(identifier, None)
        await run_sync(self._store.status, identifier)
        await run_sync(self._store.remove, identifier)
        return True

    def expiry(self, status: JobStatus) -> float:
        """Return when a job that has ended is removed."""
        return status.finished + self._retention

    async def stage(self, identifier: str) -> str:
        """Return the stage that the worker of a job is at; empty if it is not known."""
        return await run_sync(self._store.stage, identifier)

    def result_path(self, identifier: str, suffix: str) -> Path:
        """Return the path of a result."""
        return self._store.result_path(identifier, suffix)
