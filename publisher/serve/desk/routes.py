"""The addresses of the desk.

``list_routes`` has the list of reports, ``report_routes`` one report, ``result_routes`` what was published. Every form works without
script: it posts, and the answer leads back to a page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from publisher.serve.desk.list_routes import ListRoutes
from publisher.serve.desk.report_routes import ReportRoutes
from publisher.serve.desk.result_routes import ResultRoutes
from publisher.serve.desk.shelf import Shelves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import BaseRoute

    from publisher.serve.context import ServerContext

STATIC = Path(__file__).with_name("static")


def routes(context: ServerContext) -> Sequence[BaseRoute]:
    """Return the routes of the desk."""
    shelves = Shelves(context)
    return [
        *ListRoutes(context, shelves).routes(),
        *ReportRoutes(context, shelves).routes(),
        *ResultRoutes(context, shelves).routes(),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
