"""Verification with veraPDF, the reference validator, if a command for it is found.

Input: the path of a PDF, and standards. Output: a verdict for each. ``PUBLISHER_VERAPDF`` names the
command if ``verapdf-flavours`` is not on the path. It is called as ``COMMAND FLAVOUR,… FILE`` and
prints a line ``PASS flavour file`` or ``FAIL flavour file`` for each flavour, followed by the failed
rules, indented: ``CLAUSE xCOUNT DESCRIPTION``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.errors import VerificationError
from publisher.messages import translatable
from publisher.model import Finding, Severity, Verdict
from publisher.profiles import STANDARDS
from publisher.verify.rule import VerdictRules, VerificationRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FLAVOURS: Mapping[str, str] = MappingProxyType(
    {name: standard.verapdf for name, standard in STANDARDS.items() if standard.verapdf}
)
"""veraPDF's name for each standard that it knows."""
RULES = VerdictRules(
    profile=", ".join(FLAVOURS),
    summary="the declared standards, by veraPDF; one verdict for each",
    validator="veraPDF",
    rules=(
        VerificationRule(
            clause="veraPDF",
            problem="The veraPDF command reported nothing about a standard that it was asked for.",
            remedy="name a command in PUBLISHER_VERAPDF that prints PASS or FAIL for each flavour",
            standard="this program: a missing answer is a failure",
        ),
    ),
    external_clauses="the clauses of the standard, as veraPDF numbers them",
)

TIMEOUT = 300
"""Seconds that one run of veraPDF may take."""
_VERDICT_LINE = re.compile(r"(PASS|FAIL|ERROR) (\S+) ")
_RULE_LINE = re.compile(r"\s+(\S+) x(\d+) (.*)")


def verapdf_command() -> str:
    """Return the command that runs veraPDF; empty if there is none."""
    configured = os.environ.get("PUBLISHER_VERAPDF", "")
    return configured or shutil.which("verapdf-flavours") or ""


def validate_with_verapdf(path: Path, standards: Iterable[str]) -> tuple[Verdict, ...]:
    """Verify a file by each of the standards that veraPDF knows.

    Returns:
        One verdict for each of these standards, and for each whose requirements are those of one of them; nothing if
        there is no veraPDF.

    Raises:
        VerificationError: The command cannot be run.

    """
    declared = tuple(standards)
    standard_by_flavour = {
        FLAVOURS[standard]: standard for standard in declared if standard in FLAVOURS
    }
    if not standard_by_flavour or not verapdf_command():
        return ()
    verdicts: list[Verdict] = []
    for line in _run(path, standard_by_flavour).splitlines():
        verdict_line, rule_line = _VERDICT_LINE.match(line), _RULE_LINE.match(line)
        if verdict_line and verdict_line[2] in standard_by_flavour:
            verdicts.append(
                Verdict(
                    profile=standard_by_flavour[verdict_line[2]],
                    validator=RULES.validator,
                    version="",
                    passed=verdict_line[1] == "PASS",
                )
            )
        elif rule_line and verdicts:
            finding = Finding(
                clause=rule_line[1],
                severity=Severity.ERROR,
                message=translatable(
                    "{message} ({times} times)",
                    message=rule_line[3],
                    times=rule_line[2],
                ),
            )
            last = verdicts[-1]
            verdicts[-1] = replace(last, findings=(*last.findings, finding))
    missing = set(standard_by_flavour.values()) - {verdict.profile for verdict in verdicts}
    verdicts += map(_missing_verdict, sorted(missing))
    return (*verdicts, *_transferred_verdicts(verdicts, declared))


def _transferred_verdicts(
    verdicts: Iterable[Verdict], declared: Iterable[str]
) -> Iterator[Verdict]:
    """Yield the verdict on each declared standard whose requirements are those of a standard that has one."""
    by_standard = {verdict.profile: verdict for verdict in verdicts}
    for name in declared:
        equal = STANDARDS[name].same_requirements_as if name in STANDARDS else ""
        if equal in by_standard:
            yield replace(by_standard[equal], profile=name)


def _run(path: Path, flavours: Iterable[str]) -> str:
    """Run veraPDF; return its standard output."""
    command = [verapdf_command(), ",".join(flavours), str(path)]
    try:
        result = subprocess.run(  # noqa: S603 - the user's own command, without a shell
            [*_free_memory(command[0]), *command],
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise VerificationError(
            translatable("veraPDF cannot be run: {error}", error=error),
            where=str(path),
            hint="name its command in PUBLISHER_VERAPDF, or unset this variable",
        ) from error
    return result.stdout


_MEMORY_PROGRAM = """\
import os, resource, sys
hard = resource.getrlimit(resource.RLIMIT_AS)[1]
resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""A program that runs another one with all the memory that the system allows it."""


def _free_memory(command: str) -> tuple[str, ...]:
    """Return the command line before a command that needs more memory than this process may use.

    veraPDF runs in Java, which reserves gigabytes of address space; a process with limits has fewer.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return ()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == hard or not shutil.which(command):  # without a limit, or the call itself fails
        return ()
    return sys.executable, "-P", "-c", _MEMORY_PROGRAM


def _missing_verdict(standard: str) -> Verdict:
    """Return the failed verdict on a standard that veraPDF reported nothing about."""
    finding = RULES.finding("veraPDF", translatable("no result for {standard}", standard=standard))
    return replace(RULES, profile=standard).verdict([finding], version="")
