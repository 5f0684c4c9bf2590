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

from publisher.model import Finding, Severity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FLAVOURS: Mapping[str, str] = MappingProxyType({"PDF/A-3a": "3a", "PDF/UA-1": "ua1"})
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
    result = subprocess.run(  # noqa: S603 - the person's own command, no shell
        [command(), ",".join(wanted), str(path)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    verdicts: list[Verdict] = []
    for line in result.stdout.splitlines():
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
    return tuple(verdicts)
