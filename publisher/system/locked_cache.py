"""A cache that computes each result once, even if several threads need it at the same time.

``functools.cache`` lets each thread compute its own result, which takes longer, and is wrong if two objects of a
library must not be mixed.
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
    """Return the function with its results cached, without limit, by its hashable arguments."""
    cached, lock = cache(function), RLock()

    @wraps(function)
    def locked(*arguments: _Arguments.args, **options: _Arguments.kwargs) -> _Result:
        with lock:
            return cached(*arguments, **options)  # type: ignore[arg-type]

    return locked
