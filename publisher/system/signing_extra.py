"""The extra ``sign``: whether pyHanko is installed, and its log messages.

Modules that import pyHanko at their top are imported only after ``require``, or if ``is_installed`` returns true.
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


def is_installed() -> bool:
    """Return whether signatures can be made and validated."""
    return find_spec("pyhanko") is not None


def require() -> None:
    """Raise ``SigningError`` if the extra is not installed."""
    if not is_installed():
        raise SigningError("pyHanko, which makes signatures, is not installed", hint=HINT)


@contextmanager
def suppress_logs() -> Iterator[None]:
    """Keep pyHanko's log messages from standard error, where our own errors report the same."""
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
