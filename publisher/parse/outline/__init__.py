"""The outline of a text: which of its lines are headings, items and numbered paragraphs, chosen together.

Input: the entries of a body. Output: the role of each entry, with its number and level. The unit of the choice is the
series: lines whose numbers in one style count on from each other below one heading. ``numbers`` reads the numbers,
``unnumbered`` finds headings without one, ``series`` nests them all, ``forms`` judges each line by its form, and
``choice`` takes for all series together the roles that contradict the evidence least.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.parse.outline.choice import choose_roles
from publisher.parse.outline.decided_levels import decided_level
from publisher.parse.outline.forms import line_forms
from publisher.parse.outline.levels import heading_levels
from publisher.parse.outline.numbers import read_numbers
from publisher.parse.outline.roles import OutlineRole, outline_roles
from publisher.parse.outline.series import build_series
from publisher.parse.outline.unnumbered import find_unnumbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.model import Mark
    from publisher.parse.entries import Entry


def choose_outline(
    entries: Sequence[Entry], marks: Sequence[Mark] = (), contents: frozenset[str] = frozenset()
) -> list[OutlineRole]:
    """Return the role of each entry.

    Args:
        entries: The entries of a body, in order.
        marks: The inline marks of the source; a line that is strong as a whole may be a heading.
        contents: The words of the printed table of contents, as ``contents_list.entry_words`` gives them.

    """
    numbers = read_numbers(entries)
    headings = find_unnumbered(entries, numbers, marks, contents)
    all_series = build_series(entries, numbers, headings)
    forms = line_forms(entries, all_series, contents)
    choose_roles(all_series, forms)
    roles = heading_levels(outline_roles(entries, all_series, forms))
    return [
        OutlineRole(kind="heading", depth=level, level=level) if level else role
        for role, level in zip(roles, map(decided_level, entries), strict=True)
    ]


__all__ = ["OutlineRole", "choose_outline"]
