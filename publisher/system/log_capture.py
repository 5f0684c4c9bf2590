"""Warnings that a library logs while it works for us, captured to be reported in our own words.

A handler of our own is added to the library's logger and removed again. It takes only the records of its own thread;
the logger's handlers, level and propagation stay as the host has set them.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from typing import TYPE_CHECKING

from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Iterator


class TooManyWarningsError(Exception):
    """A library logs warnings without end: its input is probably not of the expected format."""


@contextlib.contextmanager
def capture_logs(logger_name: str, *, limit: int = 0) -> Iterator[list[str]]:
    """Capture the warnings that a library logs in this thread while the context lasts.

    After ``limit`` of them, if it is not 0, the next one raises ``TooManyWarningsError``.
    """
    messages: list[str] = []

    class CapturingHandler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if limit and len(messages) >= limit:
                raise TooManyWarningsError(
                    translatable(
                        "{limit} warnings, such as: {messages}", limit=limit, messages=messages[0]
                    )
                )
            messages.append(record.getMessage())

    thread = threading.get_ident()
    handler = CapturingHandler(level=logging.WARNING)
    handler.addFilter(lambda record: record.thread == thread)
    logger = logging.getLogger(logger_name)
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
