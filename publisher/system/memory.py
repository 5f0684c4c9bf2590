"""Memory while a report is built, and while long files are joined and read again.

A report's layout or a volume is a million objects, all of them in use. Python's collector walks them over and
over as they grow, for a quarter of the time that binding takes; it is kept at rest, and asked where it is known
that something can go. The collector is the process's: in a process of somebody else's it stays as it is.
"""

from __future__ import annotations

import contextlib
import gc
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from publisher.system import process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


@contextlib.contextmanager
def collector_at_rest() -> Iterator[None]:
    """Free nothing that is in a ring of references but where ``let_go`` or ``sweep`` asks for it."""
    if not (process.is_owned() and gc.isenabled()):
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def let_go() -> None:
    """Free what came into being since the last time and is not needed; keep the rest aside."""
    if process.is_owned():
        gc.collect()
        gc.freeze()


def take_back() -> None:
    """Let the collector look again at what ``let_go`` kept aside."""
    if process.is_owned():
        gc.unfreeze()


def sweep() -> None:
    """Free everything that is not needed."""
    if process.is_owned():
        gc.unfreeze()
        gc.collect()


FRAMES = 1 << 16
"""Places for values, of eight bytes: half a megabyte of frames and as much again beside it."""


def in_one_stack(function: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Return a function that runs with all the frames of its calls in one piece of memory.

    CPython 3.11 and later keep the frames of calls in chunks of 16 KB. A loop that happens to call at the end
    of a chunk asks the system for the next one, and gives it back, with every call: layout, which is
    deep, did so ten thousand times a report, for a quarter of its time. A frame that is larger than a
    chunk gets one of its own size, and what it calls goes on in what is left of that.
    """

    def run(*arguments: _Given.args, **named: _Given.kwargs) -> _Made:
        return function(*arguments, **named)

    run.__code__ = run.__code__.replace(co_stacksize=FRAMES)
    return wraps(function)(run)
