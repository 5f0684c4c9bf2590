"""Questions that layout asks thousands of times, answered at one go.

The seams are ``weasyprint.formatting_structure.boxes.Box.is_in_normal_flow``, which asks five other
questions of a box, and ``copy.deepcopy`` in ``weasyprint.layout.page``, which learns anew for each of a page's
counters that it is a list of numbers.
"""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.typeset.seams import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def answered_at_once() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import page

    yield Seam(boxes.Box, "is_in_normal_flow", _is_in_normal_flow)
    yield Seam(page, "copy", SimpleNamespace(copy=copy.copy, deepcopy=_deepcopy))


def _is_in_normal_flow(box: Any) -> bool:
    """Return whether a box is neither floated nor placed by itself, nor a note or a running title."""
    position = box.style["position"]
    return (
        box.style["float"] not in _ASIDE
        and position not in _BY_ITSELF
        and position[0] not in _ELSEWHERE
    )


_ASIDE = frozenset({"left", "right", "inline-start", "inline-end", "footnote"})
_BY_ITSELF = ("absolute", "fixed")
_ELSEWHERE = ("running()", "note()")


def _deepcopy(value: Any) -> Any:
    """Return a copy of nested lists, sets and tables."""
    kind = type(value)
    if kind is list:
        return [_deepcopy(one) for one in value]
    if kind is dict:
        return {name: _deepcopy(one) for name, one in value.items()}
    if kind is set:
        return set(value)
    return value if kind in _PLAIN else copy.deepcopy(value)


_PLAIN = frozenset({int, str, type(None)})
