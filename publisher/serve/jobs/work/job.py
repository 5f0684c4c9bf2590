"""A job as a worker sees it: its request, its files, and what it returns."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publisher.decisions import DecisionsFile
from publisher.record.describe import describe_finding
from publisher.serve.jobs.records import stored_name
from publisher.serve.option_values import OPTION_FIELDS, options_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from publisher.model import Finding
    from publisher.options import Options
    from publisher.serve.jobs.records import JobRequest
    from publisher.text.line_index import LineIndex

FILE_OPTIONS = ("decisions", "glossary", "icc")
"""Options that name a file, which a client sends instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job."""

    files: dict[str, bytes]
    """The results by suffix."""
    summary: dict[str, Any] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The folder of a job, and what is asked for."""

    folder: Path
    request: JobRequest

    @property
    def names(self) -> dict[str, str]:
        """The client's name of each path in the folder, longer paths first."""
        names = {
            str(self.folder / stored_name(file.role)): file.name for file in self.request.files
        }
        longest = sorted(names, key=len, reverse=True)
        return {**{path: names[path] for path in longest}, str(self.folder): ""}

    def path(self, role: str) -> Path | None:
        """Return the path of the file of a field; ``None`` if it was not sent."""
        return self.folder / stored_name(role) if self.request.file(role) else None

    def required_path(self, role: str) -> Path:
        """Return the path of the file of a field that every request of the kind has."""
        return self.folder / stored_name(role)

    def name(self, role: str) -> str:
        """Return what the client calls the file of a field; empty if it was not sent."""
        file = self.request.file(role)
        return file.name if file else ""

    def data(self, role: str) -> bytes:
        """Return the content of the file of a field that every request of the kind has."""
        return self.required_path(role).read_bytes()

    def options(self) -> Options:
        """Return the options, with the files that were sent."""
        files = {role: path for role in FILE_OPTIONS if (path := self.path(role))}
        values = {
            name: value for name, value in self.request.options.items() if name in OPTION_FIELDS
        }
        return options_of(values, **files)

    def decisions(self) -> DecisionsFile | None:
        """Return the decisions file; ``None`` if none was sent."""
        if not (path := self.path("decisions")):
            return None
        name = self.name("decisions")
        return DecisionsFile(name=name, data=path.read_bytes(), where=name)


def to_json(value: Any) -> bytes:
    """Return a value as a file of JSON."""
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode(
        "utf-8", "backslashreplace"
    )


def describe_findings(findings: Iterable[Finding], lines: LineIndex) -> list[dict[str, Any]]:
    """Return findings for JSON, each with its line and character if it has a place in the source."""
    described = []
    for finding in findings:
        entry: dict[str, Any] = {**describe_finding(finding)}
        if finding.locator:
            offset = finding.locator.offset
            entry |= {"line": lines.line(offset), "character": lines.character(offset)}
        described.append(entry)
    return described
