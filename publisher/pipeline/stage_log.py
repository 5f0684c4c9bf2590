"""The log of a report's stages: what each did and how long it took, for ``publisher --verbose``.

Each stage logs one message at level ``INFO`` to the logger of its package (``publisher.readers`` …).
"""

from __future__ import annotations

import logging
import time


class StageLog:
    """Measures the stages of one report one after another."""

    def __init__(self, where: str) -> None:
        """Start the clock for a report, which messages call ``where``."""
        self._where = where
        self._started = self._stage_started = time.perf_counter()

    def finish_stage(self, package: str, message: str, *values: object) -> None:
        """Log what the stage did that ends now; the next stage starts.

        Args:
            package: The package of the stage, such as ``readers``.
            message: What the stage did, as a format for ``logging``.
            values: The values of the format.

        """
        now = time.perf_counter()
        seconds, self._stage_started = now - self._stage_started, now
        logging.getLogger(f"publisher.{package}").info(
            f"%s: {message} in %.3f s",  # noqa: G004 - the format, not the values
            self._where,
            *values,
            seconds,
        )

    def finish(self) -> None:
        """Log how long all stages took."""
        seconds = time.perf_counter() - self._started
        logging.getLogger("publisher.pipeline").info("%s: built in %.3f s", self._where, seconds)
