"""The reports of the desk: their folders, their states, and what the workers are doing with them.

Input: what a person dropped or asked for. Output: ``ShelfEntry``s. Reports are in the folder of state of the server; ``shelves`` says
whose they are.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.exceptions import HTTPException

from publisher.errors import PublisherError, UsageError
from publisher.messages import translatable
from publisher.serve.desk import commands
from publisher.serve.desk.stored_report import (
    StoredReport,
    create_stored,
    read_stored,
    write_stored,
)
from publisher.serve.jobs.records import Failure
from publisher.serve.task_pool import QueueFullError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable
    from pathlib import Path

    from publisher.serve.context import ServerContext
    from publisher.serve.desk.uploads import ReceivedReport

MAX_REPORTS = 1000
"""Reports on a shelf."""
_IDENTIFIER = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfEntry:
    """A report of the desk."""

    identifier: str
    folder: Path
    stored: StoredReport


@dataclass(slots=True)
class _Changes:
    """Counts the changes of a shelf, and wakes those who wait for one."""

    count: int = 0
    condition: asyncio.Condition = field(default_factory=asyncio.Condition)


def shelves_folder(state: Path) -> Path:
    """Return the folder of all shelves below the state of a server."""
    return state / "desk"


class Shelf:
    """All reports of one owner."""

    def __init__(self, context: ServerContext, owner: str) -> None:
        """Use the folder of an owner below the state of the server."""
        self._context = context
        self._folder = shelves_folder(context.settings.state) / owner
        self._locks: dict[str, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._working: dict[str, str] = {}
        self._changes = _Changes()

    def entries(self) -> tuple[ShelfEntry, ...]:
        """Return the reports, the latest first."""
        folders = self._folder.iterdir() if self._folder.is_dir() else ()
        entries = (self.entry(folder.name) for folder in folders)
        return tuple(
            sorted(
                (entry for entry in entries if entry),
                key=lambda entry: (-entry.stored.created, entry.stored.name, entry.identifier),
            )
        )

    def entry(self, identifier: str) -> ShelfEntry | None:
        """Return a report; ``None`` if there is none of this name."""
        if not _IDENTIFIER.fullmatch(identifier):
            return None
        folder = self._folder / identifier
        try:
            stored = read_stored(folder)
        except (OSError, msgspec.MsgspecError):
            return None
        return ShelfEntry(identifier=identifier, folder=folder, stored=stored)

    def work(self, identifier: str) -> str:
        """Return what the workers are doing with a report: ``opening``, ``publishing`` or nothing."""
        return self._working.get(identifier, "")

    async def add(self, reports: Iterable[ReceivedReport], options: dict[str, Any]) -> list[str]:
        """Store reports that were dropped, and begin to open them; return their names.

        Raises:
            UsageError: There are too many reports.

        """
        received = list(reports)
        present = len(await asyncio.to_thread(self.entries))
        if present + len(received) > MAX_REPORTS:
            raise UsageError(
                translatable("the list has {count} reports already", count=present),
                hint="remove those that are finished",
            )
        now = time.time()
        identifiers = []
        for number, report in enumerate(received):
            identifier = secrets.token_hex(16)
            stored = StoredReport(
                name=report.name,
                created=now - number / 1000,
                options=options,
                extensions=self._context.settings.extensions,
                decisions=report.decisions.decode("utf-8", "replace"),
            )
            await asyncio.to_thread(create_stored, self._folder / identifier, stored, report.data)
            identifiers.append(identifier)
        for identifier in identifiers:
            self._begin(identifier, "opening", self._open(identifier))
        await self.report_change()
        return identifiers

    async def remove(self, identifier: str) -> None:
        """Remove a report with all its files."""
        async with self._lock(identifier):
            if entry := self.entry(identifier):
                await asyncio.to_thread(shutil.rmtree, entry.folder, ignore_errors=True)
        self._locks.pop(identifier, None)
        await self.report_change()

    async def run(self, entry: ShelfEntry, function: Callable[[Any], Any], request: object) -> Any:
        """Run a command about a report in a worker, one at a time for each report.

        Raises:
            HTTPException: The report was removed while the command waited (404).

        """
        async with self._lock(entry.identifier):
            if not await asyncio.to_thread(entry.folder.is_dir):
                raise no_report()
            return await self._context.pool.run(
                function,
                request,
                affinity=entry.identifier,
                urgent=True,
                name=entry.stored.name,
            )

    def resume(self) -> None:
        """Begin again to open and to publish the reports that were waiting when the server ended."""
        for entry in self.entries():
            if entry.stored.is_publishing:
                self._begin(entry.identifier, "publishing", self._publish(entry.identifier))
            elif entry.stored.state == "waiting":
                self._begin(entry.identifier, "opening", self._open(entry.identifier))

    async def publish(self, identifiers: Iterable[str]) -> None:
        """Begin to publish reports; they are published even if the server ends meanwhile and starts again."""
        for identifier in identifiers:
            async with self._lock(identifier):
                entry = self.entry(identifier)
                if entry is None or self.work(identifier):
                    continue
                stored = entry.stored.with_state(is_publishing=True)
                await asyncio.to_thread(write_stored, entry.folder, stored)
                self._begin(identifier, "publishing", self._publish(identifier))
        await self.report_change()

    async def _open(self, identifier: str) -> None:
        await self._work_on(identifier, commands.open_report)

    async def _publish(self, identifier: str) -> None:
        await self._work_on(identifier, commands.publish_report)

    async def _work_on(
        self, identifier: str, function: Callable[[commands.ReportRequest], None]
    ) -> None:
        """Run a command about a report, and store why it failed if its process was ended."""
        async with self._lock(identifier):
            entry = self.entry(identifier)
            if entry is None:
                return
            try:
                await self._run_when_possible(function, entry)
            except PublisherError as error:
                stored = entry.stored.with_state(
                    state="failed", failure=Failure.of(error), is_publishing=False
                )
                await asyncio.to_thread(write_stored, entry.folder, stored)

    async def _run_when_possible(
        self, function: Callable[[commands.ReportRequest], None], entry: ShelfEntry
    ) -> None:
        """Run a command as soon as the workers accept it."""
        while True:
            try:
                await self._context.pool.run(
                    function,
                    commands.ReportRequest(folder=entry.folder),
                    affinity=entry.identifier,
                    name=entry.stored.name,
                )
            except QueueFullError as error:
                await asyncio.sleep(error.retry_after)
            else:
                return

    def _begin(self, identifier: str, work: str, job: Coroutine[Any, Any, None]) -> None:
        self._working[identifier] = work

        async def run() -> None:
            try:
                await job
            finally:
                self._working.pop(identifier, None)
                await self.report_change()

        task = asyncio.create_task(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def report_change(self) -> None:
        """Wake those who wait for a change."""
        async with self._changes.condition:
            self._changes.count += 1
            self._changes.condition.notify_all()

    @property
    def change_count(self) -> int:
        """How many changes there were."""
        return self._changes.count

    async def wait_for_change(self, count: int) -> int:
        """Wait until there were more changes than ``count``; return how many."""
        async with self._changes.condition:
            await self._changes.condition.wait_for(lambda: self._changes.count > count)
            return self._changes.count

    def _lock(self, identifier: str) -> asyncio.Lock:
        return self._locks.setdefault(identifier, asyncio.Lock())


def no_report() -> HTTPException:
    """Return the error for a report that is not on the shelf."""
    return HTTPException(404, translatable("there is no such report"))
