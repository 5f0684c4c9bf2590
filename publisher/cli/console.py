"""The output of the commands: results on standard output, diagnostics on standard error, in the language of the user.

With ``--json`` each is one JSON object a line, with the same texts in English.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from publisher.messages import translatable
from publisher.messages.catalogue import ENGLISH, Catalogue
from publisher.model import Severity
from publisher.text.control_characters import escape_controls

if TYPE_CHECKING:
    from publisher.errors import PublisherError
    from publisher.model import Finding
    from publisher.text.line_index import LineIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """Writes the results and diagnostics of a command."""

    quiet: bool = False
    verbose: bool = False
    as_json: bool = False
    survives_closed_pipe: bool = False
    """Whether the command continues when nobody reads its output any more."""
    language: str = ENGLISH
    """The language of what is printed, of ``publisher.messages.catalogue.LANGUAGES``."""

    def translate(self, text: str) -> str:
        """Return a text in the language of the console."""
        return Catalogue(self.language).translate(text)

    def result(self, text: str, /, **values: Any) -> None:
        """Write a result: the text, or with ``--json`` the values."""
        if self.as_json:
            self._write_output(_to_line({"event": "result", **values}))
        elif not self.quiet:
            self._write_output(self.translate(text))

    def summary(self, text: str, /, **values: Any) -> None:
        """Write the summary of a run: the text, or with ``--json`` the values."""
        if self.as_json:
            self._write_output(_to_line({"event": "finished", **values}))
        elif not self.quiet:
            self._write_output(self.translate(text))

    def message(self, text: str) -> None:
        """Write a message about what the command does."""
        if self.as_json:
            self._write_error(_to_line({"event": "message", "message": text}))
        else:
            self._write_error(self.translate(text))

    def started(self, source: str) -> None:
        """Write the event that a report is being built (``--json`` only)."""
        self._write_error(_to_line({"event": "started", "source": source}))

    def progress(self, text: str, /, **values: Any) -> None:
        """Write how many reports of a run are done: the text, or with ``--json`` the values."""
        if self.as_json:
            self._write_error(_to_line({"event": "progress", **values}))
        else:
            self._write_error(self.translate(text))

    def finding(self, finding: Finding, *, where: str, lines: LineIndex | None = None) -> None:
        """Write a finding: notes only with ``--verbose``, warnings unless ``--quiet``.

        Args:
            finding: The finding.
            where: The file that it is about.
            lines: The lines of the decoded source, if findings may have a place in it.

        """
        offset = finding.locator.offset if finding.locator else None
        if self.as_json:
            values: dict[str, Any] = {
                "event": "finding",
                "where": where,
                "clause": finding.clause,
                "severity": finding.severity.value,
                "message": finding.message,
                "hint": finding.hint,
            }
            if offset is not None:
                values["offset"] = offset
                if lines:
                    values |= {"line": lines.line(offset), "character": lines.character(offset)}
            self._write_error(_to_line(values))
            return
        if finding.severity is Severity.NOTE and not self.verbose:
            return
        if finding.severity is Severity.WARNING and self.quiet:
            return
        location = where if offset is None or lines is None else lines.location(where, offset)
        text = translatable(
            "{location}: {message} ({clause})",
            location=location,
            message=finding.message,
            clause=finding.clause,
        )
        if finding.message.startswith(f"{finding.clause} "):  # it says the same
            text = translatable("{where}: {message}", where=location, message=finding.message)
        self._write_diagnostic(finding.severity.value, text, finding.hint)

    def error(self, error: PublisherError) -> None:
        """Write an error: what happened and where, and what to do."""
        if self.as_json:
            self._write_error(
                _to_line(
                    {
                        "event": "error",
                        "error": type(error).__name__,
                        "exit_code": error.exit_code,
                        "where": error.where,
                        "message": error.message,
                        "hint": error.hint,
                    }
                )
            )
            return
        text = error.message
        if error.where:
            text = translatable("{where}: {message}", where=error.where, message=text)
        self._write_diagnostic("error", text, error.hint)

    def _write_diagnostic(self, label: str, text: str, hint: str) -> None:
        """Write two lines: what happened and where, and what to do; text out of a file adds no line of its own."""
        line = self.translate(translatable("{label}: {text}", label=translatable(label), text=text))
        self._write_error(escape_controls(line))
        if hint:
            advice = self.translate(translatable(" hint: {hint}", hint=hint))
            self._write_error(escape_controls(advice))

    def _write_output(self, text: str) -> None:
        self._write(sys.stdout, text)

    def _write_error(self, text: str) -> None:
        self._write(sys.stderr, text)

    def _write(self, stream: TextIO, text: str) -> None:
        try:
            print(text, file=stream, flush=True)
        except BrokenPipeError:
            if not self.survives_closed_pipe:
                raise
            discard(stream)


def discard(stream: TextIO) -> None:
    """Redirect a stream to the null device, so that Python can flush it when it exits."""
    with open(os.devnull, "wb") as null_device:  # noqa: PTH123
        os.dup2(null_device.fileno(), stream.fileno())


def _to_line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)
