"""Names of WeasyPrint that stand for our own while a document is set, and are put back after it.

A seam is a function or a class that WeasyPrint looks up by name: whoever changes what the name stands
for changes WeasyPrint, without an edited copy of it. A name that other modules have imported is changed
in each of them.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Seam(NamedTuple):
    """A name, where it is looked up, and what it stands for meanwhile."""

    owner: Any
    name: str
    own: Any


def everywhere(owner: Any, name: str, own: Any) -> Iterator[Seam]:
    """Yield a seam for each module of WeasyPrint that knows what ``owner`` calls ``name``."""
    for module in _knowing(getattr(owner, name), name):
        yield Seam(module, name, own)


@cache
def _knowing(stock: Any, name: str) -> tuple[Any, ...]:
    modules = list(sys.modules.items())
    return tuple(
        module
        for path, module in modules
        if path.partition(".")[0] == "weasyprint" and getattr(module, name, None) is stock
    )


@contextmanager
def held(seams: Iterable[Seam]) -> Iterator[None]:
    """Let names stand for our own inside the context; the last one put in is taken out first."""
    before: list[Seam] = []
    try:
        for owner, name, own in seams:
            before.append(Seam(owner, name, getattr(owner, name)))
            setattr(owner, name, own)
        yield
    finally:
        for owner, name, stock in reversed(before):
            setattr(owner, name, stock)
