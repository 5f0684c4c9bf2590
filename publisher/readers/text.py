"""Plain text: its lines for the parser to judge, and the tables that it draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.editing import locate
from publisher.readers.pipes import split_tables

if TYPE_CHECKING:
    from publisher.model import Edit, Passage, SourceTable


def read_text(text: str) -> tuple[tuple[Passage | SourceTable, ...], tuple[Edit, ...]]:
    """Return the whole text as it stands."""
    return split_tables(locate(text))
