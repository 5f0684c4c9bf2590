"""One report: its page with text, pages and what to look at; decisions, options, pictures, places."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from publisher.errors import PublisherError, UsageError
from publisher.messages import translatable
from publisher.serve.desk import commands, labels
from publisher.serve.desk.page_images import ZOOMS
from publisher.serve.desk.pages import render_page
from publisher.serve.desk.report_view import TextLine
from publisher.serve.desk.stored_report import parse_options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from publisher.serve.context import ServerContext
    from publisher.serve.desk.report_view import ReportView
    from publisher.serve.desk.shelf import Shelf, ShelfEntry
    from publisher.serve.desk.shelves import Shelves

ACTIONS = ("edit", "rule", "line", "settings", "undo")
"""What a form of the page can change."""
FIT, FIT_ZOOM = "fit", 100
"""The zoom that fits the window, and the size that its pictures have."""
MOST_LISTED = 1000
"""Changes that are listed one by one, those that wait for a decision not counted."""
TEXT_SUFFIXES = (".txt", ".md", ".htm", ".html", ".csv")
"""Endings of the names of files that have an encoding."""
_CACHED = "private, max-age=86400, immutable"


@dataclass(frozen=True, slots=True)
class ReportRoutes:
    """The routes of a report."""

    context: ServerContext
    shelves: Shelves

    def routes(self) -> list[BaseRoute]:
        """Return the routes."""
        report = "/reports/{identifier}"
        return [
            Route(report, self.show),
            Route(f"{report}/change/{{action}}", self.change, methods=["POST"]),
            Route(f"{report}/publish", self.publish, methods=["POST"]),
            Route(f"{report}/remove", self.remove, methods=["POST"]),
            Route(f"{report}/pages/{{page:int}}.png", self.page_image),
            Route(f"{report}/rectangles", self.rectangles),
            Route(f"{report}/lines", self.line_places),
            Route(f"{report}/decisions", self.decisions),
        ]

    async def show(self, request: Request) -> Response:
        """Show a report."""
        shelf, entry = await self.shelves.find(request)
        return await self._page(request, shelf, entry)

    async def _page(
        self,
        request: Request,
        shelf: Shelf,
        entry: ShelfEntry,
        error: PublisherError | None = None,
    ) -> Response:
        session = self.context.session(request)
        try:
            view: ReportView = await shelf.run(
                entry, commands.view_report, commands.ReportRequest(folder=entry.folder)
            )
        except PublisherError as failure:
            return render_page(
                request,
                session,
                "unreadable.html.j2",
                entry=entry,
                failure=error or failure,
                can_have_encoding=entry.stored.name.lower().endswith(TEXT_SUFFIXES),
            )
        offset = _query_number(request, "at")
        line = _line_at(view, _query_number(request, "line"))
        if line is not None:
            offset = line.offset
        rectangles: tuple[Any, ...] = ()
        if offset is not None and view.pages:
            rectangles = await shelf.run(
                entry,
                commands.find_places,
                commands.PlaceRequest(
                    folder=entry.folder, offset=offset, length=line.length if line else 1
                ),
            )
        zoom = request.query_params.get("zoom", FIT)
        current = await asyncio.to_thread(shelf.entry, entry.identifier) or entry
        return await asyncio.to_thread(
            render_page,
            request,
            session,
            "report.html.j2",
            status=400 if error else 200,
            entry=current,
            work=shelf.work,
            view=view,
            most_listed=MOST_LISTED,
            numbers={edit.identifier: n for n, edit in enumerate(view.edits, 1)},
            options=parse_options(current.stored.options),
            styles=labels.style_choices(current.stored.extensions),
            error=error,
            line=line,
            rectangles=rectangles,
            zoom=zoom if zoom in map(str, ZOOMS) else FIT,
            zooms=(FIT, *map(str, ZOOMS)),
            image_zoom=zoom if zoom in map(str, ZOOMS) else FIT_ZOOM,
        )

    async def change(self, request: Request) -> Response:
        """Follow a decision or another choice of options, and lead back to the page."""
        shelf, entry = await self.shelves.find(request)
        action = request.path_params["action"]
        if action not in ACTIONS:
            raise HTTPException(404, translatable("there is no such change"))
        values = await _form_values(request)
        fragment = values.pop("fragment", "")
        query = values.pop("query", "")
        try:
            await shelf.run(
                entry,
                commands.change_report,
                commands.ChangeRequest(
                    folder=entry.folder, action=action, values=_split_choice(values)
                ),
            )
        except PublisherError as error:
            return await self._page(request, shelf, entry, error)
        await shelf.report_change()
        target = f"/reports/{entry.identifier}"
        return RedirectResponse(f"{target}{_safe('?', query)}{_safe('#', fragment)}", 303)

    async def publish(self, request: Request) -> Response:
        """Begin to publish a report with the options and fields that its page shows, whether stored before or not."""
        shelf, entry = await self.shelves.find(request)
        if values := await _form_values(request):
            try:
                await shelf.run(
                    entry,
                    commands.change_report,
                    commands.ChangeRequest(folder=entry.folder, action="settings", values=values),
                )
            except PublisherError as error:
                return await self._page(request, shelf, entry, error)
        await shelf.publish([entry.identifier])
        return RedirectResponse(f"/results#r-{entry.identifier}", 303)

    async def remove(self, request: Request) -> Response:
        """Remove a report from the desk."""
        shelf, entry = await self.shelves.find(request)
        await shelf.remove(entry.identifier)
        return RedirectResponse("/", 303)

    async def page_image(self, request: Request) -> Response:
        """Send a page as a picture."""
        shelf, entry = await self.shelves.find(request)
        zoom = _query_number(request, "zoom")
        data: bytes = await shelf.run(
            entry,
            commands.render_image,
            commands.ImageRequest(
                folder=entry.folder,
                page=request.path_params["page"],
                zoom=FIT_ZOOM if zoom is None else zoom,
            ),
        )
        headers = {}
        if entry.stored.version and request.query_params.get("v") == entry.stored.version:
            headers["cache-control"] = _CACHED
        return Response(data, media_type="image/png", headers=headers)

    async def rectangles(self, request: Request) -> Response:
        """Send where a span of the source is on the pages."""
        shelf, entry = await self.shelves.find(request)
        offset, length = _query_number(request, "offset"), _query_number(request, "length")
        rectangles = await shelf.run(
            entry,
            commands.find_places,
            commands.PlaceRequest(folder=entry.folder, offset=offset or 0, length=length or 1),
        )
        return JSONResponse([asdict(rectangle) for rectangle in rectangles])

    async def line_places(self, request: Request) -> Response:
        """Send where each line of the text begins on the pages: offset, page, distance from its top."""
        shelf, entry = await self.shelves.find(request)
        lines = await shelf.run(
            entry, commands.find_line_places, commands.ReportRequest(folder=entry.folder)
        )
        return JSONResponse([list(line) for line in lines])

    async def decisions(self, request: Request) -> Response:
        """Send the decisions file, which the command line uses as it is."""
        _, entry = await self.shelves.find(request)
        if not entry.stored.decisions:
            raise HTTPException(404, translatable("nothing was decided about this report"))
        from publisher.serve.desk.result_routes import attachment

        return attachment(
            entry.stored.decisions.encode(), f"{entry.stored.stem}.decisions.toml", "text/plain"
        )


async def _form_values(request: Request) -> dict[str, str]:
    async with request.form(max_files=0, max_fields=40, max_part_size=1 << 16) as form:
        return {name: str(value) for name, value in form.items()}


def _split_choice(values: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a form; a button ``accept:EDIT`` says the choice and what it is about."""
    fields = dict(values)
    if "decide" in fields:
        choice, _, about = fields.pop("decide").partition(":")
        kind, _, name = about.partition(":")
        if kind not in ("edit", "rule"):
            raise UsageError("there is no such change", hint="load the page again")
        fields |= {"choice": choice, kind: name}
    return fields


def _query_number(request: Request, name: str) -> int | None:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _line_at(view: ReportView, offset: int | None) -> TextLine | None:
    return next((b for b in view.blocks if isinstance(b, TextLine) and b.offset == offset), None)


def _safe(mark: str, text: str) -> str:
    """Return a query or a fragment for an address; empty if it has other characters than those of our own."""
    allowed = text.isascii() and all(c.isalnum() or c in "-_.=&" for c in text)
    return f"{mark}{text}" if text and allowed else ""
