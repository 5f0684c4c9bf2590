"""No file and no address but what the toolkit itself packs.

Charts go into a page as inline SVG, the source's pictures as data, fonts come from the font
configuration and styles as text, so the typesetter has nothing left to fetch: every request but
for such data is refused, whatever its scheme.
"""

from __future__ import annotations

from base64 import b64decode
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable

PACKED = ("data:image/png;base64,", "data:image/jpeg;base64,")
"""What ``render`` makes of a picture that a reader has decoded."""

if TYPE_CHECKING:
    from publisher._weasyprint.urls import URLFetcher


@cache
def refusing_fetcher() -> URLFetcher:
    """Return the fetcher that refuses; the typesetter logs what it was refused."""
    from publisher._weasyprint.urls import URLFetcher, URLFetcherResponse

    class RefusingFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
        """Answers no to everything but a picture that is its own address."""

        def fetch(self, url: str, headers: object = None) -> Any:
            """Return what a picture's address holds; raise, whatever else is asked for."""
            del headers
            if url.startswith(PACKED):
                kind, _, body = url.removeprefix("data:").partition(";base64,")
                return URLFetcherResponse(url, b64decode(body), {"Content-Type": kind})
            message = translatable(
                "nothing is fetched while a report is typeset: {url}", url=url[:80]
            )
            raise ValueError(message)

    return RefusingFetcher()
