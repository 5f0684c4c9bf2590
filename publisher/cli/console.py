"""How the commands speak: results on standard output, diagnostics on standard error.

With ``--json`` each is one JSON object a line, with the same words.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

from publisher.model import Severity

if TYPE_CHECKING:
    from publisher.errors import PublisherError
    from publisher.model import Finding

MARKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """Where a command's words go."""

    quiet: bool = False
    verbose: bool = False
    as_json: bool = False
    persistent: bool = False
    """Whether the work goes on where nobody reads any more."""

    def _print(self, text: str) -> None:
        self._write(sys.stdout, text)

    def _diagnose(self, text: str) -> None:
        self._write(sys.stderr, text)

    def _write(self, stream: TextIO, text: str) -> None:
        try:
            print(text, file=stream, flush=True)
        except BrokenPipeError:
            if not self.persistent:
                raise
            discard(stream)

    def result(self, text: str, /, **facts: Any) -> None:
        """Say what came of it."""
        if self.as_json:
            self._print(_line({"event": "result", **facts}))
        elif not self.quiet:
            self._print(text)

    def say(self, text: str) -> None:
        """Tell what is being done, where more is wanted than results."""
        if self.as_json:
            self._diagnose(_line({"event": "message", "message": text}))
        else:
            self._diagnose(text)

    def summary(self, text: str, **facts: Any) -> None:
        """Say what came of the whole."""
        if self.as_json:
            self._print(_line({"event": "finished", **facts}))
        elif not self.quiet:
            self._print(text)

    def started(self, source: str) -> None:
        """Say that a report is being built, to a program."""
        self._diagnose(_line({"event": "started", "source": source}))

    def progress(self, text: str, **facts: Any) -> None:
        """Say how far it is."""
        if self.as_json:
            self._diagnose(_line({"event": "progress", **facts}))
        else:
            self._diagnose(text)

    def finding(self, finding: Finding, *, where: str) -> None:
        """Show a finding; notes only where more is wanted."""
        if self.as_json:
            facts: dict[str, Any] = {
                "event": "finding",
                "where": where,
                "clause": finding.clause,
                "severity": finding.severity.value,
                "message": finding.message,
                "hint": finding.hint,
            }
            if finding.locator:
                facts["offset"] = finding.locator.offset
            self._diagnose(_line(facts))
            return
        if finding.severity is Severity.NOTE and not self.verbose:
            return
        if finding.severity is Severity.WARNING and self.quiet:
            return
        place = f"{where}, character {finding.locator.offset}" if finding.locator else where
        self._diagnose(f"{MARKS[finding.severity]}: {place}: {finding.message} ({finding.clause})")
        if finding.hint:
            self._diagnose(f" hint: {finding.hint}")

    def error(self, error: PublisherError) -> None:
        """Say what went wrong and what to do about it."""
        if self.as_json:
            self._diagnose(
                _line(
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
        self._diagnose(f"error: {error}")
        if error.hint:
            self._diagnose(f" hint: {error.hint}")


def discard(stream: TextIO) -> None:
    """Send to nowhere what a stream still holds: nobody reads it, and Python writes it at its end."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())


def _line(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def count_noun(count: int, word: str) -> str:
    """Return a count with its word, in the plural where it is one."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
