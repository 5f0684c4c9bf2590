"""What a library logs, gathered instead of printed: people are told in our own words."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class TooManyWarningsError(Exception):
    """A library goes on and on: what it reads is not what it takes it for."""


@contextlib.contextmanager
def gathered(library: str, *, most: int = 0) -> Iterator[list[str]]:
    """Gather a library's warnings while the context lasts; nothing of them is printed.

    After ``most`` of them, where a number is given, the next one raises ``TooManyWarningsError``.
    """
    messages: list[str] = []

    class Gather(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if most and len(messages) >= most:
                raise TooManyWarningsError(f"{most} warnings, such as: {messages[0]}")
            messages.append(record.getMessage())

    logger = logging.getLogger(library)
    handler = Gather(level=logging.WARNING)
    handlers, propagate = logger.handlers[:], logger.propagate
    logger.handlers[:], logger.propagate = [handler], False
    try:
        yield messages
    finally:
        logger.handlers[:], logger.propagate = handlers, propagate
