"""One report into a bag: built, and written with its source and the verdicts on it.

Enters: an item of a bag's plan. Leaves: its files in the draft of the bag, and what the bag's tag files
must know of it, small enough to come back from a worker. The PDF is made with the bag's own
copies of style and glossary: what it was made from is what the bag holds.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from publisher.archive.bag_layout import report_path, verdict_path
from publisher.archive.bagit import fixity_of
from publisher.archive.clock import now
from publisher.batch.task import summarize_result
from publisher.output_names import RECORD
from publisher.record import encode_json, encode_record
from publisher.record.describe import describe_verdict
from publisher.system.atomic_write import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from publisher.archive.bagit import Fixity
    from publisher.batch.task import Task
    from publisher.model import Finding, Verdict
    from publisher.model.record_types import OptionsRecord, Record
    from publisher.options import Options

KINDS = ("html", "csv")
"""What is kept of every report besides the PDF and the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A report that goes into a bag."""

    task: Task
    name: str
    """What its results are called in the bag, with ``/`` and without a suffix."""
    source: str
    """Where its source goes in the bag."""
    draft: Path
    """The folder that becomes the bag."""
    style: str = ""
    """Where the style is in the bag, if it is a person's own."""
    glossary: str = ""
    """Where the glossary is in the bag, if one was given."""

    def __str__(self) -> str:
        """Return what people call it: its source's path."""
        return str(self.task)

    @property
    def options(self) -> Options:
        """The task's options, with style and glossary where the draft has them."""
        asked = self.task.options
        return replace(
            asked,
            emit=tuple(dict.fromkeys((*KINDS, *asked.emit))),
            style=str(self.draft / self.style) if self.style else asked.style,
            glossary=self.draft / self.glossary if self.glossary else asked.glossary,
        )

    @property
    def materials(self) -> dict[str, str]:
        """The options that name a file of the bag, as its record has them."""
        named = {"style": self.style, "glossary": self.glossary}
        return {option: path for option, path in named.items() if path}


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A report in a bag."""

    item: Item
    when: str
    """The moment at which it was done (ISO 8601)."""
    files: Mapping[str, Fixity]
    """By path in the bag."""
    record: Mapping[str, Any]
    """What the bag's tag files tell of it: parts of the record, and how many edits each stage made."""
    summary: Mapping[str, Any]
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    signed: str = ""
    """How its PDF was signed, and by whom; empty where it was not."""


def pack(item: Item) -> Packed:
    """Build a report into the draft of its bag; raise the ``PublisherError`` that fits."""
    from publisher.pipeline import run_pipeline
    from publisher.readers import load, printable_name

    task = item.task
    data = load(task.source)
    made = run_pipeline(data, item.options, name=printable_name(task.source), where=str(task))
    options = cast("OptionsRecord", {**made.record["options"], **item.materials})
    record: Record = {**made.record, "options": options}
    results = {**made.files, RECORD: encode_record(record)}
    files = {report_path(item.name, suffix): content for suffix, content in results.items()}
    files |= {item.source: data, **verdict_files(item.name, made.verdicts)}
    write_files(item.draft, files)
    return Packed(
        item=item,
        when=now(),
        files={path: fixity_of(content) for path, content in files.items()},
        record=_told(record),
        summary=summarize_result(made),
        verdicts=made.verdicts,
        findings=made.findings,
    )


def verdict_files(name: str, verdicts: Iterable[Verdict]) -> dict[str, bytes]:
    """Return verdicts as the files that a bag keeps of them."""
    return {verdict_path(name, one): encode_json(describe_verdict(one)) for one in verdicts}


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, by their paths with ``/``."""
    for _, paths in groupby(sorted(files), key=os.path.dirname):
        write_whole({folder / path: files[path] for path in paths})


def _told(record: Mapping[str, Any]) -> dict[str, Any]:
    conversion = record["conversion"]
    return {
        **{key: record[key] for key in ("source", "options", "pdf", "software")},
        "report": {key: value for key, value in record["report"].items() if key != "sections"},
        "conversion": {key: conversion[key] for key in ("from", "to", "configuration")},
        "edits": dict(Counter(edit["stage"] for edit in record["edits"])),
    }
