"""What a library logs while it works for us, gathered to be reported in our own words.

A handler of our own is added to the library's logger and removed again. It takes the records of its own thread
only; handlers, level and propagation of the logger stay as the host has set them.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class TooManyWarningsError(Exception):
    """A library goes on and on: what it reads is not what it takes it for."""


@contextlib.contextmanager
def gathered(library: str, *, most: int = 0) -> Iterator[list[str]]:
    """Gather a library's warnings in this thread while the context lasts.

    After ``most`` of them, where a number is given, the next one raises ``TooManyWarningsError``.
    """
    messages: list[str] = []

    class Gather(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if most and len(messages) >= most:
                raise TooManyWarningsError(f"{most} warnings, such as: {messages[0]}")
            messages.append(record.getMessage())

    thread = threading.get_ident()
    handler = Gather(level=logging.WARNING)
    handler.addFilter(lambda record: record.thread == thread)
    logger = logging.getLogger(library)
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
