"""The log of ``--verbose``: the messages of the loggers below ``publisher``, on standard error."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.options import Options


def show_log() -> None:
    """Write the messages of the toolkit's loggers to standard error from now on."""
    logger = logging.getLogger("publisher")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
        logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def prepare_worker(options: Options, *, verbose: bool) -> None:
    """Prepare a worker process: show the log if wanted, and load what reports with these options need."""
    from publisher.pipeline import warm_up

    warm_up(options)
    if verbose:
        show_log()
