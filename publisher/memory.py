"""Memory while a report is built, and while long files are joined and read again.

A report's layout or a volume is a million objects, all of them in use. Python's collector walks them over and
over as they grow, for a quarter of the time that binding takes; it is kept at rest, and asked where it is known
that something can go.
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def collector_at_rest() -> Iterator[None]:
    """Free nothing that is in a ring of references but where ``let_go`` or ``sweep`` asks for it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def let_go() -> None:
    """Free what came into being since the last time and is not needed; keep the rest aside."""
    gc.collect()
    gc.freeze()


def take_back() -> None:
    """Let the collector look again at what ``let_go`` kept aside."""
    gc.unfreeze()


def sweep() -> None:
    """Free everything that is not needed."""
    gc.unfreeze()
    gc.collect()
