"""The list of reports: files are dropped or a text is pasted; states are shown while the workers are busy."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from publisher.errors import UsageError
from publisher.extensions import load_extensions
from publisher.messages import translatable
from publisher.messages.catalogue import LANGUAGES, Catalogue
from publisher.serve.desk.pages import render_page
from publisher.serve.desk.uploads import (
    MAX_FILES,
    ReceivedFile,
    ReceivedReport,
    sort_files,
)
from publisher.serve.file_names import clean_name
from publisher.serve.problems import LANGUAGE_COOKIE, page_language

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from publisher.serve.context import ServerContext
    from publisher.serve.desk.shelf import Shelf
    from publisher.serve.desk.shelves import Shelves

KEEP_ALIVE = 15.0
"""Seconds after which a browser hears that the connection is still there."""
MAX_TEXT = 4 << 20
"""Bytes of a pasted text."""
YEAR = 365 * 24 * 3600
LEFT_OUT = "left-out"
"""The query that says what was left out of an upload."""
MAX_LEFT_OUT = 8
"""Files left out that the page names."""


@dataclass(frozen=True, slots=True)
class ListRoutes:
    """The routes of the list."""

    context: ServerContext
    shelves: Shelves

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        return [
            Route("/", self.show),
            Route("/events", self.events),
            Route("/reports", self.receive_files, methods=["POST"]),
            Route("/reports/text", self.receive_text, methods=["POST"]),
            Route("/publish", self.publish, methods=["POST"]),
            Route("/language", self.choose_language, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the reports and their states."""
        shelf = self.shelves.shelf(request)
        entries = await asyncio.to_thread(shelf.entries)
        return render_page(
            request,
            self.context.session(request),
            "list.html.j2",
            entries=entries,
            work=shelf.work,
            changes=shelf.change_count,
            left_out=request.query_params.getlist(LEFT_OUT),
            can_publish=any(entry.stored.state in ("ready", "published") for entry in entries),
        )

    async def events(self, request: Request) -> Response:
        """Send an event whenever the list has changed (server-sent events)."""
        shelf = self.shelves.shelf(request)
        last = request.headers.get("last-event-id") or request.query_params.get("after", "")
        count = int(last) if last.isascii() and last.isdecimal() and len(last) < 16 else 0
        return StreamingResponse(
            change_events(shelf, min(count, shelf.change_count)), media_type="text/event-stream"
        )

    async def receive_files(self, request: Request) -> Response:
        """Take files that were dropped or chosen."""
        async with request.form(max_files=MAX_FILES, max_fields=20, max_part_size=MAX_TEXT) as form:
            files = await _read_files(form)
        if not files:
            raise UsageError("no file was chosen", hint="choose or drop a file")
        suffixes = load_extensions(self.context.settings.extensions).suffixes
        received = await asyncio.to_thread(sort_files, files, suffixes)
        shelf = self.shelves.shelf(request)
        await shelf.add(received.reports, {})
        translate = Catalogue(page_language(request)).translate
        notes = [
            (LEFT_OUT, f"{name}: {translate(reason)}")
            for name, reason in received.left_out[:MAX_LEFT_OUT]
        ]
        return RedirectResponse(f"/?{urlencode(notes)}" if notes else "/", 303)

    async def receive_text(self, request: Request) -> Response:
        """Take a text that was pasted."""
        async with request.form(max_files=0, max_fields=20, max_part_size=MAX_TEXT) as form:
            text, name = str(form.get("text", "")), str(form.get("name", ""))
        if not text.strip():
            raise UsageError("no text was pasted", hint="paste the text of the report")
        stem = clean_name(f"{name.strip()}.txt").removesuffix(".txt")
        default = Catalogue(page_language(request)).translate(translatable("pasted text"))
        report = ReceivedReport(
            name=f"{stem if name.strip() else default}.txt", data=text.encode("utf-8", "replace")
        )
        (identifier,) = await self.shelves.shelf(request).add([report], {"encoding": "utf-8"})
        return RedirectResponse(f"/reports/{identifier}", 303)

    async def publish(self, request: Request) -> Response:
        """Begin to publish all reports that are ready."""
        shelf = self.shelves.shelf(request)
        entries = await asyncio.to_thread(shelf.entries)
        await shelf.publish(
            entry.identifier
            for entry in entries
            if entry.stored.state == "ready"
            or (entry.stored.state == "published" and not entry.stored.is_current)
        )
        return RedirectResponse("/results", 303)

    async def choose_language(self, request: Request) -> Response:
        """Show the pages in another language from now on."""
        async with request.form(max_files=0, max_fields=4) as form:
            language, target = str(form.get("language", "")), str(form.get("path", "/"))
        is_own = target.startswith("/") and not target.startswith(("//", "/\\"))
        response = RedirectResponse(target if is_own else "/", 303)
        if language in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE, language, max_age=YEAR, httponly=True, samesite="strict"
            )
        return response


async def _read_files(form: FormData) -> list[ReceivedFile]:
    return [
        ReceivedFile(name=item.filename or "", data=await item.read())
        for _, item in form.multi_items()
        if isinstance(item, UploadFile) and item.filename
    ]


async def change_events(shelf: Shelf, count: int) -> AsyncIterator[str]:
    """Yield an event for each change of a shelf after the first ``count``, and a comment now and then."""
    yield "retry: 2000\n\n"
    while True:
        try:
            count = await asyncio.wait_for(shelf.wait_for_change(count), KEEP_ALIVE)
        except TimeoutError:
            yield ": still here\n\n"
        else:
            yield f"id: {count}\nevent: change\ndata: {count}\n\n"
