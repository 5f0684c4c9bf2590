"""A report of the desk as files: its source, its options and decisions, its state, and its published files.

The folder of a report has a random name. ``source`` has the bytes as they were received, ``report.json`` the rest, ``results`` the
files of the publication. The names that a person gave are values in ``report.json``, never names of files here.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.serve.jobs.records import Failure  # noqa: TC001 - msgspec reads the types of fields
from publisher.serve.option_values import changed_values, options_of
from publisher.system.atomic_write import write_atomically
from publisher.text.name_suggestions import suggest_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from publisher.options import Options

SOURCE, STATE, RESULTS = "source", "report.json", "results"
BAG = ".bag.zip"
"""The suffix of the archive of a report's bag."""
OPTION_NAMES = (
    "style",
    "script",
    "forms",
    "vocabulary",
    "profile",
    "tables",
    "with_checks",
    "edits",
    "encoding",
)
"""The options that the page of a report offers."""
ReportState = Literal["waiting", "ready", "failed", "published"]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What the list of reports says about one."""

    title: str
    pages: int
    proposed: int
    failed_checks: int
    warnings: int
    edits_made: int | None = None
    """Edits that are made; ``None`` in a state that was stored before they were counted."""


class StoredReport(msgspec.Struct, frozen=True, kw_only=True):
    """The content of ``report.json``."""

    name: str
    """The name of the file, without a folder."""
    created: float
    """Seconds since 1970."""
    options: dict[str, Any] = {}
    """The options that differ from their defaults."""
    extensions: tuple[str, ...] = ()
    """The extensions of the server when the report was received."""
    decisions: str = ""
    """The content of the decisions file; empty for none."""
    history: tuple[str, ...] = ()
    """Earlier contents of the decisions file, the latest last."""
    state: ReportState = "waiting"
    summary: Summary | None = None
    failure: Failure | None = None
    version: str = ""
    """The version (``ReportSession.version``) of options and decisions."""
    published: str = ""
    """The version that was published last; empty if none was."""
    is_publishing: bool = False
    """Whether a person asked for its publication, which is not finished."""
    results: tuple[str, ...] = ()
    """The suffixes of the published files."""

    @property
    def stem(self) -> str:
        """The name of the results, without a suffix."""
        stem, _, suffix = self.name.rpartition(".")
        return stem if stem and suffix else self.name

    @property
    def build_options(self) -> Options:
        """The options with which it is built."""
        return replace(parse_options(self.options), extensions=self.extensions)

    @property
    def is_current(self) -> bool:
        """Whether the published files have the present options and decisions."""
        return bool(self.published) and self.published == self.version

    def with_state(self, **changes: object) -> StoredReport:
        """Return the report with other values."""
        return msgspec.structs.replace(self, **changes)


def read_stored(folder: Path) -> StoredReport:
    """Return the report of a folder; raise ``OSError`` or ``msgspec.DecodeError`` if there is none."""
    return msgspec.json.decode((folder / STATE).read_bytes(), type=StoredReport)


def write_stored(folder: Path, report: StoredReport) -> None:
    """Store the state of a report; raise ``OutputError`` if it cannot be written."""
    write_atomically({folder / STATE: msgspec.json.encode(report)})


def create_stored(folder: Path, report: StoredReport, data: bytes) -> None:
    """Make the folder of a report with its source."""
    folder.mkdir(parents=True, mode=0o700)
    write_atomically({folder / SOURCE: data, folder / STATE: msgspec.json.encode(report)})


def result_path(folder: Path, suffix: str) -> Path:
    """Return where a published file with a suffix is stored."""
    return folder / RESULTS / f"report{suffix}"


def store_results(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the files of a publication in the place of earlier ones; by suffix."""
    target = folder / RESULTS
    shutil.rmtree(target, ignore_errors=True)
    write_atomically({result_path(folder, suffix): data for suffix, data in files.items()})


def parse_options(values: Mapping[str, object]) -> Options:
    """Return the options of a stored report or a form; raise ``UsageError`` for what is not possible."""
    for name in values:
        if name not in OPTION_NAMES:
            raise UsageError(
                translatable("{name}: there is no such option", name=name),
                hint=suggest_name(name, OPTION_NAMES),
            )
    return options_of(values)


def options_to_json(options: Options) -> dict[str, Any]:
    """Return the options of the page that differ from their defaults."""
    changed = changed_values(options)
    return {name: value for name, value in changed.items() if name in OPTION_NAMES}
