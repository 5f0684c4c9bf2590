"""The stage that a worker is at, in a file of its job, for those who follow the job.

Input: the stages of the pipeline as they begin. Output: ``STAGE`` in the folder of the job, which has the name of the last one.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

from publisher.pipeline.stage_cache import StageRunner
from publisher.serve.jobs.store import STAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

Result = TypeVar("Result")
_WIDTH = 16
"""Bytes of the file: a name and blanks, written at once, so that a reader never sees a part of it."""


class ReportingRunner(StageRunner):
    """Runs each stage, and writes its name into an open file before.

    The file is opened beforehand, since a stage that reads a stranger's report may open none.
    """

    def __init__(self, file: BinaryIO | None) -> None:
        """Store the file, which is not buffered; None to report nothing."""
        self._file = file

    def run(self, stage: str, _inputs: tuple[object, ...], compute: Callable[[], Result]) -> Result:
        """Return the result of a stage; a disk that is full does not end the job here."""
        if self._file:
            with contextlib.suppress(OSError):
                self._file.seek(0)
                self._file.write(stage.encode().ljust(_WIDTH))
        return compute()


@contextlib.contextmanager
def reporting_runner(folder: Path) -> Iterator[ReportingRunner]:
    """Yield a runner that writes into the folder of a job; it reports nothing if that is not possible."""
    try:
        file = (folder / STAGE).open("wb", buffering=0)
    except OSError:
        yield ReportingRunner(None)
        return
    with file:
        yield ReportingRunner(file)
