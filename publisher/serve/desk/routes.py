"""The addresses of the desk.

``list_routes`` has the list of reports, ``report_routes`` one report, ``result_routes`` what was published. Every form works without
script: it posts, and the answer leads back to a page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from publisher.serve.desk.list_routes import ListRoutes
from publisher.serve.desk.report_routes import ReportRoutes
from publisher.serve.desk.result_routes import ResultRoutes
from publisher.serve.desk.shelves import Shelves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from publisher.serve.context import ServerContext

STATIC = Path(__file__).with_name("static")


async def show_icon(_request: Request) -> Response:
    """Lead to the icon; browsers ask for this address where a page has not named one yet."""
    return RedirectResponse("/static/icon.svg", 301)


def routes(context: ServerContext) -> Sequence[BaseRoute]:
    """Return the routes of the desk."""
    shelves = Shelves(context)
    return [
        *ListRoutes(context, shelves).routes(),
        *ReportRoutes(context, shelves).routes(),
        *ResultRoutes(context, shelves).routes(),
        Route("/favicon.ico", show_icon),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
