"""No file and no address but what the toolkit itself packs.

Pictures go into a page as inline SVG, fonts come from the font configuration and styles as text,
so the typesetter has nothing left to fetch: every request is refused, whatever its scheme.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher


@cache
def refusing_fetcher() -> URLFetcher:
    """Return the fetcher that refuses; the typesetter logs what it was refused."""
    from weasyprint.urls import URLFetcher

    class RefusingFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
        """Answers no to everything."""

        def fetch(self, url: str, headers: object = None) -> NoReturn:
            """Raise, whatever is asked for."""
            del headers
            message = f"nothing is fetched while a report is typeset: {url[:80]}"
            raise ValueError(message)

    return RefusingFetcher()
