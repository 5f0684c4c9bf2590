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
from types import MappingProxyType
from typing import TYPE_CHECKING
from unicodedata import normalize

from publisher.errors import SourceUnreadableError
from publisher.output_names import PAGE, RUN_FILES, SUFFIXES, TEXT
from publisher.readers import READERS
from publisher.system.atomic_write import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LONGEST_SUFFIX = 40
"""Bytes that are left for what is written beside a result: .normalised.txt and its like."""
LEADS_OUT = "it is a link to a file outside the folder"
_PAGES = (".html", ".htm")
_OWN_RESULTS = (TEXT, PAGE)
"""Ends of names of results that a reader would take."""
IN_THE_WAY = "it lies in the folder for the results, where no source is looked for"
"""Said of files that would be reports elsewhere."""
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"|?*\\\x7f]')
"""What a name may not hold on some file system in use."""
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
"""Names that are devices on some systems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A report to build."""

    source: Path
    name: str
    """Of the results, below the folder for them, with ``/`` and without a suffix."""
    below: str
    """The source's path below the folder that is walked, as it can be printed."""
    note: str = ""
    """Why the name is not the source's own; empty where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run will do."""

    jobs: tuple[Job, ...]
    passed_over: tuple[tuple[Path, str], ...]
    """Files that are no report, and why."""
    unreadable: tuple[SourceUnreadableError, ...]
    """Folders that could not be looked into."""


def plan_folder(
    folder: Path,
    output: Path,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    given: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """Plan the reports below a folder, in the order of their paths.

    Globs are of the path below ``folder``, with ``/``; ``*`` goes over folders. Without ``include``,
    every file that a reader takes by its name is a report. ``given`` are the names that sources had
    before, by their paths: a name stays with its source, whatever else is there and is built.
    """
    unreadable: list[SourceUnreadableError] = []
    inside: list[str] = []
    passed, jobs = [], []
    taken = {_key(name): below for below, name in given.items()}
    found = sorted(_walk(folder, output, exclude, unreadable, inside))
    pages = frozenset(path.rpartition(".")[0] for path in found if path.endswith(_PAGES))
    for below in found:
        reason = _reason(below, include, exclude)
        if not reason and _leads_out(folder, below):
            reason = LEADS_OUT
        if not reason and not include and _of_a_page(below, pages):
            reason = "it belongs to the saved page beside its folder"
        if not reason or not _reason(below, (), ()):
            job = _job(folder, below, taken, given)
        if reason:
            passed.append((folder / below, reason))
        else:
            jobs.append(job)
    passed += [
        (folder / below, IN_THE_WAY)
        for below in sorted(inside)
        if not _reason(below, include, exclude)
    ]
    return Plan(jobs=tuple(jobs), passed_over=tuple(passed), unreadable=tuple(unreadable))


def _walk(
    folder: Path,
    output: Path,
    exclude: Sequence[str],
    unreadable: list[SourceUnreadableError],
    inside: list[str],
) -> Iterator[str]:
    """Yield the files below a folder: no hidden ones, no folder that is a link, no results.

    Paths are below the folder, with ``/``; those in the folder for the results go to ``inside``.
    """

    def tell(error: OSError) -> None:
        if excluded(Path(error.filename).relative_to(folder).as_posix()):
            return
        unreadable.append(
            SourceUnreadableError(
                f"is a folder that cannot be read: {error.strerror}",
                where=printable(error.filename),
                hint="give yourself the right to read it, or --exclude it",
            )
        )

    def excluded(path: str) -> bool:
        forms = (path, f"{path}/", f"{path}/x")
        return any(fnmatchcase(form, pattern) for pattern in exclude for form in forms)

    results = os.path.realpath(output)
    within = results.startswith(f"{os.path.realpath(folder)}/")
    for place, below, names in os.walk(folder, onerror=tell):
        below[:] = sorted(
            name
            for name in below
            if not name.startswith(".") and not os.path.islink(os.path.join(place, name))  # noqa: PTH114, PTH118
        )
        here = Path(place).relative_to(folder).as_posix()
        start = "" if here == "." else f"{here}/"
        if within and f"{os.path.realpath(place)}/".startswith(f"{results}/"):
            inside += (start + name for name in names if not name.startswith("."))
            continue
        of_run = RUN_FILES if os.path.realpath(place) == results else ()
        yield from (
            start + name for name in names if not name.startswith(".") and name not in of_run
        )


def printable(path: Path | str) -> str:
    """Return a path as it can be printed, whatever its bytes; what would not show is written out."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _reason(path: str, include: Sequence[str], exclude: Sequence[str]) -> str:
    """Return why a file is passed over; empty where it is a report."""
    for pattern in exclude:
        if fnmatchcase(path, pattern):
            return f"excluded by {pattern}"
    if include:
        return "" if any(fnmatchcase(path, one) for one in include) else "not included"
    if path.endswith(_OWN_RESULTS):
        return "it is a result of an earlier run"
    if PurePosixPath(path).name.startswith("~$"):
        return "Word left it behind"
    suffix = PurePosixPath(path).suffix.lower()
    known = any(suffix and suffix in kind.suffixes for kind in READERS)
    return "" if known else f"no reader takes {suffix or 'files without a suffix'}"


def _leads_out(folder: Path, below: str) -> bool:
    """Tell a link to a file that is not in the folder."""
    path = folder / below
    if not path.is_symlink():
        return False
    inside = f"{os.path.realpath(folder)}{os.sep}"
    return not os.path.realpath(path).startswith(inside)


def _of_a_page(path: str, pages: frozenset[str]) -> bool:
    """Tell a file in the folder that a browser saves beside a page."""
    return any(
        str(place).removesuffix(ending) in pages
        for place in PurePosixPath(path).parents
        for ending in ("_files", ".files")
        if str(place).endswith(ending)
    )


def _key(name: str) -> str:
    """Return what two names share that are one on some disk."""
    return normalize("NFC", name).casefold()


def _job(folder: Path, below: str, taken: dict[str, str], given: Mapping[str, str]) -> Job:
    kept = given.get(printable(below), "")
    mine = kept and taken[_key(kept)] == printable(below)
    if mine and all(part == safe_name(part) for part in kept.split("/")):
        return Job(source=folder / below, name=kept, below=printable(below))
    *folders, last = below.split("/")
    stem, dot, _ = last.rpartition(".")
    own = "/".join((*folders, stem if dot and stem else last))
    *places, safe = [safe_name(part) for part in own.split("/")]
    places = [f"{place}_" if _like_a_result(place) else place for place in places]
    name = "/".join((*places, safe))
    notes = [] if name == own else [f"{printable(own)} {_why_not(own)}"]
    number = 1
    while (key := _key(name)) in taken:
        number += 1
        notes = [f"{taken[key]} has the name already"]
        name = "/".join((*places, f"{_cut(safe, 8)}~{number}"))
    taken[key] = printable(below)
    return Job(source=folder / below, name=name, below=printable(below), note="; ".join(notes))


def safe_name(part: str) -> str:
    """Return a name that every file system takes, as near to ``part`` as may be."""
    text = os.fsencode(part).decode("utf-8", "replace")
    name = _FORBIDDEN.sub("_", normalize("NFC", text)).rstrip(". ") or "_"
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    if len(name.encode()) <= LONGEST_NAME - LONGEST_SUFFIX:
        return name
    return f"{_cut(name, 9)}~{sha256(name.encode()).hexdigest()[:8]}"


def _why_not(own: str) -> str:
    most = LONGEST_NAME - LONGEST_SUFFIX
    if any(len(os.fsencode(part)) > most for part in own.split("/")):
        return f"has more than {most} bytes, which leaves no room for what results end in"
    return "is no name on every system, or one that results have"


def _like_a_result(folder: str) -> bool:
    name = folder.casefold()
    return name.endswith(SUFFIXES) or name in RUN_FILES


def _cut(name: str, room: int) -> str:
    """Return the beginning of a name that leaves room for so many bytes more."""
    most = LONGEST_NAME - LONGEST_SUFFIX - room
    return name.encode()[:most].decode(errors="ignore")
