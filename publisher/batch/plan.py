"""The plan of a run: which files of a folder are reports, and what each becomes.

Enters: a folder, globs and the folder for the results. Leaves: jobs in a fixed order, each with a name
below that folder, and what was passed over with its reason. Names are settled before anything is built:
the folder's structure is kept, every name is NFC and fits any file system, no two are one
name on a disk that does not tell case apart, and none leads out of the folder for the results.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize

from publisher.readers import READERS
from publisher.writing import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_SUFFIX = 40
"""Bytes that are left for what is written beside a result: .normalised.txt and its like."""
_OWN_RESULTS = (".normalised.txt", ".page.html")
"""Ends of names of results that a reader would take."""
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"|?*\\\x7f]')
"""What a name may not hold on some file system in use."""
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
"""Names that are devices on some systems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A report to build."""

    source: Path
    name: PurePosixPath
    """Of the results, below the folder for them, without a suffix."""
    note: str = ""
    """Why the name is not the source's own; empty where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run will do."""

    jobs: tuple[Job, ...]
    passed_over: tuple[tuple[Path, str], ...]
    """Files that are no report, and why."""


def plan_folder(
    folder: Path,
    output: Path,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> Plan:
    """Plan the reports below a folder, in the order of their paths.

    Globs are of the path below ``folder``, with ``/``; ``*`` goes over folders. Without ``include``,
    every file that a reader takes by its name is a report.
    """
    wanted, passed = [], []
    for path in sorted(_walk(folder, output.resolve()), key=lambda one: one.as_posix()):
        reason = _reason(path.relative_to(folder).as_posix(), include, exclude)
        if reason:
            passed.append((path, reason))
        else:
            wanted.append(path)
    taken: dict[str, Path] = {}
    jobs = tuple(_job(path, folder, taken) for path in wanted)
    return Plan(jobs=jobs, passed_over=tuple(passed))


def _walk(folder: Path, output: Path) -> Iterator[Path]:
    """Yield the files below a folder: no hidden ones, no folder that is a link, no results."""
    for place, below, names in os.walk(folder):
        here = Path(place)
        below[:] = sorted(
            name
            for name in below
            if not name.startswith(".")
            and not (here / name).is_symlink()
            and (here / name).resolve() != output
        )
        yield from (here / name for name in names if not name.startswith("."))


def _reason(path: str, include: Sequence[str], exclude: Sequence[str]) -> str:
    """Return why a file is passed over; empty where it is a report."""
    for pattern in exclude:
        if fnmatchcase(path, pattern):
            return f"excluded by {pattern}"
    if include:
        return "" if any(fnmatchcase(path, one) for one in include) else "not included"
    if path.endswith(_OWN_RESULTS):
        return "it is a result of an earlier run"
    suffix = PurePosixPath(path).suffix.lower()
    known = any(suffix and suffix in kind.suffixes for kind in READERS)
    return "" if known else f"no reader takes {suffix or 'files without a suffix'}"


def _job(path: Path, folder: Path, taken: dict[str, Path]) -> Job:
    below = path.relative_to(folder)
    parts = [_safe(part) for part in (*below.parts[:-1], below.stem or below.name)]
    name = PurePosixPath(*parts)
    own = PurePosixPath(*below.parts[:-1], below.stem or below.name)
    notes = [] if name == own else [f"{own} is no name on every system"]
    number = 1
    while (key := normalize("NFC", name.as_posix()).casefold()) in taken:
        number += 1
        notes = [f"{taken[key].relative_to(folder)} has the name already"]
        name = PurePosixPath(*parts[:-1], f"{_cut(parts[-1], 8)}~{number}")
    taken[key] = path
    return Job(source=path, name=name, note="; ".join(notes))


def _safe(part: str) -> str:
    """Return a name that every file system takes, as near to ``part`` as may be."""
    text = os.fsencode(part).decode("utf-8", "replace")
    name = _FORBIDDEN.sub("_", normalize("NFC", text)).rstrip(". ") or "_"
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    if len(name.encode()) <= LONGEST_NAME - LONGEST_SUFFIX:
        return name
    return f"{_cut(name, 9)}~{sha256(name.encode()).hexdigest()[:8]}"


def _cut(name: str, room: int) -> str:
    """Return the beginning of a name that leaves room for so many bytes more."""
    most = LONGEST_NAME - LONGEST_SUFFIX - room
    return name.encode()[:most].decode(errors="ignore")
