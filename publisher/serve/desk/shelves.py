"""The shelves of all owners: those who share the token share one, behind a reverse proxy each browser has its own.

Input: a request. Output: the ``Shelf`` of its owner. A shelf that no browser can reach any more is removed with its reports.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import time
from typing import TYPE_CHECKING

from publisher.serve.desk.shelf import Shelf, no_report, shelves_folder
from publisher.serve.security.sessions import LIFETIME

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from publisher.serve.context import ServerContext
    from publisher.serve.desk.shelf import ShelfEntry

SHARED = "shared"
"""The name of the folder of those who share the token."""
SWEEP_SECONDS = 3600.0
"""Seconds between two looks for shelves of sessions that have ended."""


class Shelves:
    """The shelf of each owner."""

    def __init__(self, context: ServerContext) -> None:
        """Begin without any."""
        self._context = context
        self._shelves: dict[str, Shelf] = {}
        self._next_sweep = 0.0
        self._sweeping: asyncio.Task[None] | None = None

    def shelf(self, request: Request) -> Shelf:
        """Return the shelf for a request: one for all who have the token, else one for each browser."""
        session = self._context.session(request)
        self._sweep_when_due()
        owner = SHARED if self._context.settings.token else session.identifier
        if owner not in self._shelves:
            self._shelves[owner] = Shelf(self._context, owner)
            self._shelves[owner].resume()
        return self._shelves[owner]

    def _sweep_when_due(self) -> None:
        """Begin to remove the shelves of sessions that have ended, once an hour."""
        if time.monotonic() >= self._next_sweep:
            self._next_sweep = time.monotonic() + SWEEP_SECONDS
            self._sweeping = asyncio.create_task(self._sweep())

    async def _sweep(self) -> None:
        folder = shelves_folder(self._context.settings.state)
        for owner in await asyncio.to_thread(remove_lost, folder, time.time()):
            self._shelves.pop(owner, None)

    async def find(self, request: Request) -> tuple[Shelf, ShelfEntry]:
        """Return the report that the address of a request names, with its shelf.

        Raises:
            HTTPException: There is no such report (404).

        """
        shelf = self.shelf(request)
        entry = await asyncio.to_thread(shelf.entry, request.path_params["identifier"])
        if entry is None:
            raise no_report()
        return shelf, entry


def remove_lost(folder: Path, now: float) -> list[str]:
    """Remove the shelves whose last change is older than a session can be; return the names of their owners.

    Args:
        folder: The folder of all shelves.
        now: The time, seconds since 1970.

    """
    lost = [path for path in _owned(folder) if _last_change(path) + LIFETIME < now]
    for path in lost:
        shutil.rmtree(path, ignore_errors=True)
    return [path.name for path in lost]


def _owned(folder: Path) -> list[Path]:
    """Return the folders of the shelves of single browsers."""
    return [path for path in folder.iterdir() if path.name != SHARED] if folder.is_dir() else []


def _last_change(folder: Path) -> float:
    """Return when a shelf was changed last; the future for one that is being removed."""
    with contextlib.suppress(FileNotFoundError):
        return max(
            path.stat().st_mtime for path in (folder, *folder.glob("*"), *folder.glob("*/*"))
        )
    return float("inf")
