"""Python's collector while a stage works: at rest.

A stage makes many objects and nearly all of them stay in use until it ends. The collector would walk
them over and over, with everything that a warm process keeps; what is left in rings of references
goes when it is next awake.
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def at_rest() -> Iterator[None]:
    """Let nothing in a ring of references be looked for."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
