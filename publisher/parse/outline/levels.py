"""The levels of headings: those of their numbers where the text uses them in the usual order, otherwise their depth."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.parse.outline.roles import OutlineRole


def heading_levels(roles: Sequence[OutlineRole]) -> list[OutlineRole]:
    """Return the roles with the levels of their headings."""
    usual = [_usual_level(role) if role.kind == "heading" else 0 for role in roles]
    path: list[tuple[int, int]] = []
    is_usual = True
    for role, level in zip(roles, usual, strict=True):
        if not level:
            continue
        while path and path[-1][0] >= role.depth:
            path.pop()
        is_usual &= not path or path[-1][1] < level
        path.append((role.depth, level))
    return [
        replace(role, level=level if is_usual else role.depth) if level else role
        for role, level in zip(roles, usual, strict=True)
    ]


def _usual_level(role: OutlineRole) -> int:
    return role.number.level if role.number else role.depth
