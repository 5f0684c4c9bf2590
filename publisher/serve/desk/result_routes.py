"""What was published: the results page, downloads, the archive of all."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from publisher.messages import translatable
from publisher.serve import file_names
from publisher.serve.desk import commands
from publisher.serve.desk.labels import FILES
from publisher.serve.desk.pages import render_page
from publisher.serve.desk.stored_report import BAG, result_path
from publisher.serve.zip_download import MEDIA_TYPE, read_chunks, write_zip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from publisher.serve.context import ServerContext
    from publisher.serve.desk.shelf import ShelfEntry
    from publisher.serve.desk.shelves import Shelves

KINDS = {suffix.removeprefix(".").replace(".", "-"): suffix for suffix in FILES}
"""The suffix of each file by the word for it in addresses."""


@dataclass(frozen=True, slots=True)
class ResultRoutes:
    """The routes of what was published."""

    context: ServerContext
    shelves: Shelves

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        report = "/reports/{identifier}"
        return [
            Route("/results", self.show),
            Route("/results.zip", self.all_files),
            Route(f"{report}/bag", self.make_bag, methods=["POST"]),
            Route(f"{report}/files/{{kind}}", self.file),
        ]

    async def show(self, request: Request) -> Response:
        """Show what was published, is being published, or failed."""
        shelf = self.shelves.shelf(request)
        entries = [
            entry
            for entry in await asyncio.to_thread(shelf.entries)
            if entry.stored.results
            or entry.stored.failure
            or shelf.work(entry.identifier) == "publishing"
        ]
        return render_page(
            request,
            self.context.session(request),
            "results.html.j2",
            entries=entries,
            work=shelf.work,
            changes=shelf.change_count,
            kinds={suffix: kind for kind, suffix in KINDS.items()},
            bag=BAG,
            has_files=any(entry.stored.results for entry in entries),
        )

    async def make_bag(self, request: Request) -> Response:
        """Make the bag of a report for an archive."""
        shelf, entry = await self.shelves.find(request)
        await shelf.run(entry, commands.make_bag, commands.ReportRequest(folder=entry.folder))
        await shelf.report_change()
        return RedirectResponse(f"/results#r-{entry.identifier}", 303)

    async def file(self, request: Request) -> Response:
        """Send a published file."""
        _, entry = await self.shelves.find(request)
        suffix = KINDS.get(request.path_params["kind"], "")
        path = result_path(entry.folder, suffix)
        if suffix not in entry.stored.results or not await asyncio.to_thread(path.is_file):
            raise HTTPException(404, translatable("the report has no such file"))
        name = f"{entry.stored.stem}{suffix}"
        return FileResponse(
            path,
            headers={"content-disposition": file_names.attachment(name)},
            media_type=file_names.media_type(name),
        )

    async def all_files(self, request: Request) -> Response:
        """Send all published files in one archive."""
        shelf = self.shelves.shelf(request)
        entries = await asyncio.to_thread(shelf.entries)
        folder = self.context.settings.state
        archive = await asyncio.to_thread(write_zip, _published_files(entries), folder)
        headers = {"content-disposition": file_names.attachment("publications.zip")}
        return StreamingResponse(read_chunks(archive), 200, headers, MEDIA_TYPE)


def _published_files(entries: Iterable[ShelfEntry]) -> Iterator[tuple[str, Path]]:
    """Yield the published files of some reports; of equal names all but the first get a number."""
    reports = list(entries)
    stems = {_comparison_key(entry.stored.stem) for entry in reports}
    used: set[str] = set()
    for entry in reports:
        stem, number = entry.stored.stem, 1
        paths = {suffix: result_path(entry.folder, suffix) for suffix in entry.stored.results}
        files = {suffix: path for suffix, path in paths.items() if path.is_file()}
        while (number > 1 and _comparison_key(stem) in stems) or any(
            _comparison_key(f"{stem}{suffix}") in used for suffix in files
        ):
            number += 1
            stem = f"{entry.stored.stem}-{number}"
        for suffix, path in files.items():
            used.add(_comparison_key(f"{stem}{suffix}"))
            yield f"{stem}{suffix}", path


def _comparison_key(name: str) -> str:
    """Return the form in which two names are equal if some file system treats them as one name."""
    return normalize("NFC", name).casefold()


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """Return a file that the browser stores and does not show."""
    headers = {"content-disposition": file_names.attachment(name)}
    return Response(data, media_type=media_type, headers=headers)
