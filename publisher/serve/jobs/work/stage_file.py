"""The stage that a worker is at, in a file of its job, for those who follow the job.

Input: the stages of the pipeline as they begin. Output: ``STAGE`` in the folder of the job, which has the name of the last one.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

from publisher.pipeline.stage_cache import StageRunner
from publisher.serve.jobs.store import PARTIAL, STAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Result = TypeVar("Result")


class ReportingRunner(StageRunner):
    """Runs each stage, and writes its name into the folder of a job before."""

    def __init__(self, folder: Path) -> None:
        """Store the folder of the job."""
        self._folder = folder

    def run(self, stage: str, _inputs: tuple[object, ...], compute: Callable[[], Result]) -> Result:
        """Return the result of a stage; a disk that is full does not end the job here."""
        with contextlib.suppress(OSError):
            part = self._folder / f"{STAGE}{PARTIAL}"
            part.write_text(stage, encoding="ascii")
            part.replace(self._folder / STAGE)
        return compute()
