"""Packing of one report: it is built, and written to the bag with its source and its verdicts.

Input: an item of a bag's plan. Output: its files in the draft of the bag, and a ``PackedReport`` with the data that the
tag files need, small enough to pass from a worker process. The PDF is built with the copies of the style and the
glossary in the bag, so that the bag holds exactly what the PDF was made from.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from publisher.archive.bag_layout import decisions_path, report_path, verdict_path
from publisher.archive.bagit import compute_fixity
from publisher.archive.clock import archiving_time
from publisher.batch.task import read_request, summarize_result
from publisher.output_names import RECORD
from publisher.record import encode_json, encode_record
from publisher.record.describe import describe_verdict
from publisher.system.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from publisher.archive.bagit import Fixity
    from publisher.batch.task import Task
    from publisher.model import Finding, Verdict
    from publisher.model.record_types import OptionsRecord, Record
    from publisher.options import Options
    from publisher.text.line_index import LineIndex

EMIT_KINDS = ("html", "csv")
"""The results that a bag contains in addition to the PDF and the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagItem:
    """A report to put into a bag."""

    task: Task
    name: str
    """The name of its results in the bag, with ``/`` and without a suffix."""
    source_path: str
    """The path of its source in the bag."""
    draft: Path
    """The folder that becomes the bag."""
    style_path: str = ""
    """The path of its style in the bag; empty for a style of the package."""
    glossary_path: str = ""
    """The path of its glossary in the bag; empty if it has none."""

    def __str__(self) -> str:
        """Return the source's path, as messages print it."""
        return str(self.task)

    @property
    def options(self) -> Options:
        """The task's options, with the style and the glossary of the draft."""
        options = self.task.options
        return replace(
            options,
            emit=tuple(dict.fromkeys((*EMIT_KINDS, *options.emit))),
            style=str(self.draft / self.style_path) if self.style_path else options.style,
            glossary=self.draft / self.glossary_path if self.glossary_path else options.glossary,
        )

    @property
    def recorded_paths(self) -> dict[str, str]:
        """The options whose values in the record are paths in the bag."""
        paths = {"style": self.style_path, "glossary": self.glossary_path}
        return {option: path for option, path in paths.items() if path}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedReport:
    """A report in a bag."""

    item: BagItem
    timestamp: str
    """The time at which it was built (ISO 8601)."""
    files: Mapping[str, Fixity]
    """The fixity of each of its files, by path in the bag."""
    record: Mapping[str, Any]
    """The parts of the record that the tag files need, and the number of edits of each stage."""
    summary: Mapping[str, Any]
    """The report's data for messages; see ``summarize_result``."""
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    lines: LineIndex
    """The lines of the decoded source, in which findings have their place."""
    signature_detail: str = ""
    """The level of the signature and the signer; empty if the PDF is not signed."""


def pack_report(item: BagItem) -> PackedReport:
    """Build a report and write its files to the draft; raise ``PublisherError`` on failure."""
    from publisher.pipeline import run_pipeline
    from publisher.readers import printable_name

    task = item.task
    request = read_request(task)
    data, decisions = request.data, request.decisions
    result = run_pipeline(
        data,
        item.options,
        name=printable_name(task.source),
        where=str(task),
        decisions=decisions,
    )
    options = cast("OptionsRecord", {**result.record["options"], **item.recorded_paths})
    record: Record = {**result.record, "options": options}
    files: dict[str, bytes] = {}
    if decisions and record["decisions"]:
        path = decisions_path(item.name)
        files[path] = decisions.data
        record["decisions"] = {**record["decisions"], "file": path}
    report_files = {**result.files, RECORD: encode_record(record)}
    files |= {report_path(item.name, suffix): content for suffix, content in report_files.items()}
    files |= {item.source_path: data, **verdict_files(item.name, result.verdicts)}
    write_files(item.draft, files)
    return PackedReport(
        item=item,
        timestamp=archiving_time(),
        files={path: compute_fixity(content) for path, content in files.items()},
        record=record_excerpt(record),
        summary=summarize_result(result),
        verdicts=result.verdicts,
        findings=result.findings,
        lines=result.lines,
    )


def verdict_files(name: str, verdicts: Iterable[Verdict]) -> dict[str, bytes]:
    """Return the files of verdicts, by path in the bag."""
    return {
        verdict_path(name, verdict.profile, verdict.validator): encode_json(
            describe_verdict(verdict)
        )
        for verdict in verdicts
    }


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder; ``files`` are by relative path with ``/``."""
    for _, paths in groupby(sorted(files), key=os.path.dirname):
        write_atomically({folder / path: files[path] for path in paths})


def record_excerpt(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of a record that the tag files of a bag need."""
    conversion = record["conversion"]
    return {
        **{key: record[key] for key in ("source", "options", "pdf", "software")},
        "report": {key: value for key, value in record["report"].items() if key != "sections"},
        "conversion": {key: conversion[key] for key in ("from", "to", "configuration")},
        "edits": dict(Counter(edit["stage"] for edit in record["edits"])),
    }
