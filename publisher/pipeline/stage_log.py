"""The log of a report's stages: what each did and how long it took, for ``publisher --verbose``.

Each stage logs one message at level ``INFO`` to the logger of its package (``publisher.readers`` …).
"""

from __future__ import annotations

import logging
import time

from publisher.messages import translatable


class StageLog:
    """Measures the stages of one report one after another."""

    def __init__(self, where: str) -> None:
        """Start the clock for a report, which messages call ``where``."""
        self._where = where
        self._started = self._stage_started = time.perf_counter()

    def finish_stage(self, package: str, done: str) -> None:
        """Log what the stage did that ends now; the next stage starts.

        Args:
            package: The package of the stage, such as ``readers``.
            done: What the stage did.

        """
        now = time.perf_counter()
        seconds, self._stage_started = now - self._stage_started, now
        self._log(package, done, seconds)

    def finish(self) -> None:
        """Log how long all stages took."""
        seconds = time.perf_counter() - self._started
        self._log("pipeline", translatable("built"), seconds)

    def _log(self, package: str, done: str, seconds: float) -> None:
        message = translatable(
            "{where}: {done} in {seconds:.3f} s", where=self._where, done=done, seconds=seconds
        )
        logging.getLogger(f"publisher.{package}").info("%s", message)
