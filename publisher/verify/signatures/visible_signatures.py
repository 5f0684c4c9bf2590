"""Signatures that are seen on a page: whether they leave visible what was printed.

Input: the areas of an update's signatures, and the file before and after it. Output: notes for the reader. Raises
``DisallowedModificationError`` if something is covered. PDFium renders the pages (``blank_areas``).
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from pyhanko.pdf_utils.generic import DictionaryObject

from publisher.messages import translatable
from publisher.pdf.raw_objects import DisallowedModificationError
from publisher.verify.signatures.blank_areas import Ground, grounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyhanko.pdf_utils.generic import Reference
    from pyhanko.pdf_utils.reader import HistoricalResolver

DRAWN_OVER = "a later signature was drawn over a page"


class VisibleArea(NamedTuple):
    """An area of a page where a signature is seen."""

    field: str
    """The name of its field."""
    page: int
    """The index of the page."""
    box: list[float]
    """Left, bottom, right and top in points."""
    widget: Reference
    is_added: bool
    """Whether the field was added with the signature."""


def notes_on_visible_signatures(
    areas: Sequence[VisibleArea], resolver: HistoricalResolver, earlier: bytes, later: bytes
) -> Iterator[str]:
    """Yield what is to be said about signatures that are seen, and cover nothing.

    A field that was there before is where its signature is expected, so nothing is said of one on a blank area.

    Args:
        areas: Where the signatures are seen.
        resolver: The revision that adds them.
        earlier: The file before it.
        later: The file with it.

    Raises:
        DisallowedModificationError: A signature covers a part of a page, or may do so.

    """
    if not areas:
        return
    if find_spec("pypdfium2") is None:
        raise DisallowedModificationError(
            translatable(
                "{change}; without pypdfium2 what it covers is not known", change=DRAWN_OVER
            )
        )
    covered = grounds(earlier, later, [(area.page, area.box) for area in areas])
    for area, ground in zip(areas, covered, strict=True):
        position = translatable(
            "the later signature {field} is seen on page {page}",
            field=area.field,
            page=area.page + 1,
        )
        if ground is Ground.BLANK:
            if area.is_added:
                yield translatable(
                    "{position}, where the page was blank; who signed before has not signed what it shows",
                    position=position,
                )
        elif ground is Ground.KEPT and not area.is_added and not _is_optional(resolver, area):
            yield translatable(
                "{position} beside what is printed there, which stays visible", position=position
            )
        else:
            raise DisallowedModificationError(DRAWN_OVER)


def _is_optional(resolver: HistoricalResolver, area: VisibleArea) -> bool:
    """Return whether an appearance has parts that only some programs show (8.11)."""
    widget: Any = resolver(area.widget)
    appearances = widget.raw_get("/AP") if "/AP" in widget else None
    needed = (
        () if appearances is None else resolver.collect_dependencies(appearances, resolver.revision)
    )
    return "/OC" in widget or any(
        isinstance(value, DictionaryObject) and "/OC" in value for value in map(resolver, needed)
    )
