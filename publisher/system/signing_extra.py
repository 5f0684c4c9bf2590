"""The extra ``sign``: pyHanko where it is installed, and without words of its own.

Modules that import pyHanko at their head are imported by others only after ``require``, or where
``installed`` says so.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from publisher.errors import SigningError

if TYPE_CHECKING:
    from collections.abc import Iterator

HINT = 'pip install "gongwen-publisher[sign]"'
_LOGGERS = ("pyhanko", "pyhanko_certvalidator")


def installed() -> bool:
    """Return whether signatures can be made and read."""
    return find_spec("pyhanko") is not None


def require() -> None:
    """Raise ``SigningError`` where the extra is missing."""
    if not installed():
        raise SigningError("pyHanko, which signs, is not installed", hint=HINT)


@contextmanager
def silenced() -> Iterator[None]:
    """Keep pyHanko's log from standard error: what it has to say is said by our errors."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.propagate for logger in loggers]
    quiet = logging.NullHandler()
    for logger in loggers:
        logger.addHandler(quiet)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(quiet)
            logger.propagate = propagate
