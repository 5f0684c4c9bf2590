"""Pictures of the pages of a PDF, for the screen."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.serve.desk.report_view import PageSize

if TYPE_CHECKING:
    from collections.abc import Iterator

ZOOMS = (50, 75, 100, 150, 200, 300)
"""Per cent of the size on paper that a page can be shown at, at 96 pixels an inch."""
PIXELS_PER_POINT = 96 / 72


def draw_page(pdf: bytes, page: int, zoom: int) -> bytes:
    """Return a page, from 1, as a PNG picture in shades of its own colours.

    Raises:
        UsageError: There is no such page, or no such zoom.

    """
    import pypdfium2

    if zoom not in ZOOMS:
        raise UsageError(
            translatable("{zoom} % is not a possible zoom", zoom=zoom),
            hint=translatable("one of {zooms}", zooms=", ".join(map(str, ZOOMS))),
        )
    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 1 <= page <= len(document):
            raise UsageError(
                translatable("there is no page {page}", page=page),
                hint=translatable("the report has {page_count} pages", page_count=len(document)),
            )
        image = document[page - 1].render(scale=PIXELS_PER_POINT * zoom / 100).to_pil()
    finally:
        document.close()
    stream = BytesIO()
    image.save(stream, format="PNG", compress_level=1)
    return stream.getvalue()


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """Return the sizes of the pages of a PDF."""
    import pypdfium2

    def sizes() -> Iterator[PageSize]:
        for page in document:
            width, height = page.get_size()
            yield PageSize(width=round(width, 2), height=round(height, 2))

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(sizes())
    finally:
        document.close()
