"""The log of ``--verbose``: the messages of the loggers below ``publisher``, on standard error."""

from __future__ import annotations

import contextlib
import logging
import sys
import warnings
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.messages.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.cli.console import Console
    from publisher.options import Options


@contextlib.contextmanager
def shown_log(language: str) -> Iterator[None]:
    """Write the messages of the package's loggers to standard error inside the context, in a language."""
    logger = logging.getLogger("publisher")
    level, propagate = logger.level, logger.propagate
    handler = _show_log(language)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagate


@contextlib.contextmanager
def json_log(console: Console) -> Iterator[None]:
    """Write what libraries log or warn inside the context as JSON events, so that nothing else is printed."""

    class JsonHandler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            console.message(
                translatable("{name}: {message}", name=record.name, message=record.getMessage())
            )

    root, handler = logging.getLogger(), JsonHandler(level=logging.WARNING)
    show_warning = warnings.showwarning
    root.addHandler(handler)
    logging.captureWarnings(True)  # noqa: FBT003 - the only form of this function
    try:
        yield
    finally:
        logging.captureWarnings(False)  # noqa: FBT003
        warnings.showwarning = show_warning
        root.removeHandler(handler)


class _Formatter(logging.Formatter):
    """Formats the messages of the log in the language of the user."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._catalogue = Catalogue(language)

    def format(self, record: logging.LogRecord) -> str:
        """Return the logger's name and the message."""
        is_message = isinstance(record.args, tuple) and len(record.args) == 1
        text = record.args[0] if is_message and record.msg == "%s" else record.getMessage()  # type: ignore[index]
        return self._catalogue.translate(
            translatable("{name}: {message}", name=record.name, message=text)
        )


def _show_log(language: str) -> logging.Handler:
    """Add a handler for standard error; return it."""
    logger = logging.getLogger("publisher")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter(language))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    return handler


def prepare_worker(options: Options, *, verbose: bool, language: str) -> None:
    """Prepare a worker process: show the log if wanted, and load what reports with these options need."""
    from publisher.pipeline import warm_up

    warm_up(options)
    if verbose:
        _show_log(language)
