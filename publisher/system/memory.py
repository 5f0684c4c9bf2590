"""Memory and the garbage collector while a report is built, and while long files are joined and read.

The layout of a report is a million objects, all of them in use. Python's collector goes through them over and over as
they grow, for a quarter of the time that binding a volume takes. It is paused here, and runs where objects are known
to be unused. The collector belongs to the process: in a process that is not the toolkit's own it is left as it is.
"""

from __future__ import annotations

import contextlib
import gc
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from publisher.system import process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


@contextlib.contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the collector; ``collect_and_freeze`` and ``collect_all`` still collect."""
    if not (process.is_owned() and gc.isenabled()):
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def collect_and_freeze() -> None:
    """Free the unused objects made since the last call, and exempt all others from later collections."""
    if process.is_owned():
        gc.collect()
        gc.freeze()


def unfreeze() -> None:
    """Include the objects that ``collect_and_freeze`` exempted in later collections again."""
    if process.is_owned():
        gc.unfreeze()


def collect_all() -> None:
    """Free all unused objects."""
    if process.is_owned():
        gc.unfreeze()
        gc.collect()


FRAME_SIZE = 1 << 16
"""Values of eight bytes in the frame of ``large_frame_chunk``: half a megabyte; CPython doubles it for the chunk."""


def large_frame_chunk(function: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
    """Return a function whose calls, and all calls inside, have their frames in one chunk of memory.

    CPython 3.11 and later store frames in chunks of 16 KB. A loop that calls a function at the end of a chunk asks
    the system for another chunk, and returns it, at each call: layout, which is deeply nested, did so ten thousand
    times for a report, a quarter of its time. A frame that is larger than a chunk gets a chunk of its own size, and
    the frames of its calls follow in it.
    """

    def run(*arguments: _Parameters.args, **options: _Parameters.kwargs) -> _Result:
        return function(*arguments, **options)

    run.__code__ = run.__code__.replace(co_stacksize=FRAME_SIZE)
    return wraps(function)(run)
