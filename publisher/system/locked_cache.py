"""A cache of results that is safe in threads: each is made once, also when several threads ask first at one time.

``functools.cache`` lets each of them make its own, which is a waste, and an error where two objects of
one library must not be mixed.
"""

from __future__ import annotations

from functools import cache, wraps
from threading import RLock
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def locked_cache(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Return the function with its results kept, for ever, by its hashable arguments."""
    kept, lock = cache(function), RLock()

    @wraps(function)
    def locked(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Result:
        with lock:
            return kept(*arguments, **named)  # type: ignore[arg-type]

    return locked
