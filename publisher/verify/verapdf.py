"""veraPDF, the reference validator, where a ``verapdf`` command is found.

One external tool, one small result. ``PUBLISHER_VERAPDF`` names the command where it is not on
the path; it is called as ``verapdf FLAVOUR,… FILE`` and answers a line ``PASS flavour file`` or
``FAIL flavour file`` for each, the rules that fail indented below.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.errors import VerificationError
from publisher.model import Finding, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FLAVOURS: Mapping[str, str] = MappingProxyType(
    {"PDF/A-3a": "3a", "PDF/UA-1": "ua1", "PDF/A-4f": "4f", "PDF/UA-2": "ua2"}
)
"""veraPDF's name for each standard that a profile can declare."""

PATIENCE = 300
"""Seconds that a run may take."""
_LINE = re.compile(r"(PASS|FAIL|ERROR) (\S+) ")
_RULE = re.compile(r"\s+(\S+) x(\d+) (.*)")


def command() -> str:
    """Return the command that runs veraPDF; empty where there is none."""
    named = os.environ.get("PUBLISHER_VERAPDF", "")
    return named or shutil.which("verapdf-flavours") or ""


def validate_with_verapdf(path: Path, standards: Iterable[str]) -> tuple[Verdict, ...]:
    """Judge a file by each of the standards that veraPDF knows."""
    wanted = {FLAVOURS[standard]: standard for standard in standards if standard in FLAVOURS}
    if not wanted or not command():
        return ()
    verdicts: list[Verdict] = []
    for line in _answer(path, wanted).splitlines():
        verdict, rule = _LINE.match(line), _RULE.match(line)
        if verdict and verdict[2] in wanted:
            verdicts.append(
                Verdict(
                    profile=wanted[verdict[2]],
                    validator="veraPDF",
                    version="",
                    passed=verdict[1] == "PASS",
                )
            )
        elif rule and verdicts:
            last = verdicts[-1]
            finding = Finding(
                clause=rule[1], severity=Severity.ERROR, message=f"{rule[3]} ({rule[2]} times)"
            )
            verdicts[-1] = Verdict(
                profile=last.profile,
                validator=last.validator,
                version=last.version,
                passed=last.passed,
                findings=(*last.findings, finding),
            )
    silent = set(wanted.values()) - {verdict.profile for verdict in verdicts}
    return (*verdicts, *map(_unanswered, sorted(silent)))


def _answer(path: Path, flavours: Iterable[str]) -> str:
    try:
        result = subprocess.run(  # noqa: S603 - the person's own command, no shell
            [command(), ",".join(flavours), str(path)],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise VerificationError(
            f"veraPDF cannot be run: {error}",
            where=str(path),
            hint="PUBLISHER_VERAPDF should name a command, or be unset",
        ) from error
    return result.stdout


def _unanswered(standard: str) -> Verdict:
    """Return the verdict on a standard that veraPDF said nothing of: it did not pass."""
    finding = Finding(
        clause="veraPDF",
        severity=Severity.ERROR,
        message=f"no answer about {standard}",
        hint="PUBLISHER_VERAPDF should name a command that answers PASS or FAIL",
    )
    return Verdict(
        profile=standard, validator="veraPDF", version="", passed=False, findings=(finding,)
    )
