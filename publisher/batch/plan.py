"""The plan of a run: which files of a folder are reports, and the names of their results.

Input: a folder, glob patterns and the output folder. Output: the reports in a fixed order, each with a name below
the output folder, and the skipped files with the reason. All names are chosen before anything is built. Names keep
the folder's structure, are normalised to NFC, are valid on every common file system, differ in more than case, and
never lead out of the output folder.
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

from publisher.decisions import SUFFIX as DECISIONS_SUFFIX
from publisher.errors import SourceUnreadableError
from publisher.messages import join_texts, translatable
from publisher.output_names import COMPARISON, JOURNAL, PAGE, RUN_FILES, SUFFIXES, TEXT
from publisher.readers import REPORT_SUFFIXES
from publisher.system.atomic_write import MAX_NAME_BYTES
from publisher.text.unicode_data import normalize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

LONGEST_SUFFIX = 40
"""Bytes reserved for the suffixes of results, such as ``.normalised.txt``."""
OUTSIDE_FOLDER = "it is a link to a file outside the folder"
"""Reason to skip a file that is a symbolic link to another place."""
IN_OUTPUT_FOLDER = "it is in the output folder, which is not searched for sources"
"""Reason to skip a file that would be a report in another folder."""
_PAGE_SUFFIXES = (".html", ".htm")
_RESULT_SUFFIXES = (TEXT, PAGE, COMPARISON)
"""Suffixes of results whose format a reader would accept."""
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"|?*\\\x7f]')
"""Characters that are not allowed in a name on some common file system."""
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
"""Names that are devices on Windows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedReport:
    """A report to build."""

    source: Path
    name: str
    """The name of its results below the output folder, with ``/`` and without a suffix."""
    relative_path: str
    """The source's path below the folder, in printable form."""
    rename_reason: str = ""
    """Why the name is not the source's own; empty if it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The reports of a folder, and the files and folders that are left out."""

    reports: tuple[PlannedReport, ...]
    skipped: tuple[tuple[Path, str], ...]
    """Files that are not reports, each with the reason."""
    unreadable: tuple[SourceUnreadableError, ...]
    """Folders that could not be listed."""


def plan_folder(
    folder: Path,
    output: Path,
    *,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    previous_names: Mapping[str, str] = MappingProxyType({}),
    suffixes: Collection[str] = REPORT_SUFFIXES,
) -> Plan:
    """Plan the reports below a folder, in the order of their paths.

    Args:
        folder: The folder to search.
        output: The output folder; no source is searched for in it.
        include: Patterns (``fnmatch``) of the relative path with ``/``; ``*`` also matches ``/``. If empty, every
            file whose suffix a reader accepts is a report.
        exclude: Patterns of files and folders to skip.
        previous_names: Names that earlier runs gave, by relative path. A source keeps its name, whatever other
            sources are added or removed.
        suffixes: Those that a reader accepts.

    """
    unreadable: list[SourceUnreadableError] = []
    in_output: list[str] = []
    skipped, reports = [], []
    used_names = {_comparison_key(name): path for path, name in previous_names.items()}
    paths = sorted(_walk(folder, output, exclude, unreadable, in_output))
    page_stems = frozenset(
        path.rpartition(".")[0] for path in paths if path.endswith(_PAGE_SUFFIXES)
    )
    for path in paths:
        reason = _skip_reason(path, include, exclude, suffixes)
        if not reason and _links_outside(folder, path):
            reason = OUTSIDE_FOLDER
        if not reason and not include and _is_part_of_page(path, page_stems):
            reason = "it belongs to the web page that was saved beside its folder"
        if not reason or not _skip_reason(path, (), (), suffixes):
            report = _plan_report(folder, path, used_names, previous_names)
        if reason:
            skipped.append((folder / path, reason))
        else:
            reports.append(report)
    skipped += [
        (folder / path, IN_OUTPUT_FOLDER)
        for path in sorted(in_output)
        if not _skip_reason(path, include, exclude, suffixes)
    ]
    return Plan(reports=tuple(reports), skipped=tuple(skipped), unreadable=tuple(unreadable))


def _walk(
    folder: Path,
    output: Path,
    exclude: Sequence[str],
    unreadable: list[SourceUnreadableError],
    in_output: list[str],
) -> Iterator[str]:
    """Yield the files below a folder, as relative paths with ``/``.

    Hidden files, folders that are symbolic links and the results of runs are left out. Files in the output folder
    are appended to ``in_output``, errors to ``unreadable``.
    """

    def record_error(error: OSError) -> None:
        if is_excluded(Path(error.filename).relative_to(folder).as_posix()):
            return
        unreadable.append(
            SourceUnreadableError(
                translatable("the folder cannot be read: {strerror}", strerror=error.strerror),
                where=printable_path(error.filename),
                hint="change its permissions, or skip it with --exclude",
            )
        )

    def is_excluded(path: str) -> bool:
        forms = (path, f"{path}/", f"{path}/x")
        return any(fnmatchcase(form, pattern) for pattern in exclude for form in forms)

    real_output = os.path.realpath(output)
    output_is_below = real_output.startswith(f"{os.path.realpath(folder)}/")
    for root, subfolders, names in os.walk(folder, onerror=record_error):
        subfolders[:] = sorted(
            name
            for name in subfolders
            if not name.startswith(".") and not os.path.islink(os.path.join(root, name))  # noqa: PTH114, PTH118
        )
        relative_root = Path(root).relative_to(folder).as_posix()
        prefix = "" if relative_root == "." else f"{relative_root}/"
        if output_is_below and f"{os.path.realpath(root)}/".startswith(f"{real_output}/"):
            in_output += (prefix + name for name in names if not name.startswith("."))
            continue
        is_output = JOURNAL in names or os.path.realpath(root) == real_output
        run_files = RUN_FILES if is_output else ()
        yield from (
            prefix + name for name in names if not name.startswith(".") and name not in run_files
        )


def printable_path(path: Path | str) -> str:
    """Return a path in printable form; undecodable bytes are replaced, invisible characters escaped."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )


def _skip_reason(
    path: str, include: Sequence[str], exclude: Sequence[str], suffixes: Collection[str]
) -> str:
    """Return why a file is skipped; empty if it is a report."""
    for pattern in exclude:
        if fnmatchcase(path, pattern):
            return translatable("excluded by {pattern}", pattern=pattern)
    if path.endswith(DECISIONS_SUFFIX):
        return "it holds decisions about a report"
    if include:
        return "" if any(fnmatchcase(path, pattern) for pattern in include) else "not included"
    if path.endswith(_RESULT_SUFFIXES):
        return "it is a result of an earlier run"
    if PurePosixPath(path).name.startswith("~$"):
        return "it is a lock file of Word"
    suffix = PurePosixPath(path).suffix.lower()
    is_known = suffix in suffixes
    return (
        ""
        if is_known
        else translatable("no reader accepts {value}", value=suffix or "files without a suffix")
    )


def _links_outside(folder: Path, relative_path: str) -> bool:
    """Return whether a file is a symbolic link to a file outside the folder."""
    path = folder / relative_path
    if not path.is_symlink():
        return False
    prefix = f"{os.path.realpath(folder)}{os.sep}"
    return not os.path.realpath(path).startswith(prefix)


def _is_part_of_page(path: str, page_stems: frozenset[str]) -> bool:
    """Return whether a file is in a folder that a browser saved together with a page (``NAME_files``)."""
    return any(
        str(parent).removesuffix(ending) in page_stems
        for parent in PurePosixPath(path).parents
        for ending in ("_files", ".files")
        if str(parent).endswith(ending)
    )


def _comparison_key(name: str) -> str:
    """Return the form in which two names are equal if some file system treats them as one name."""
    return normalize("NFC", name).casefold()


def _plan_report(
    folder: Path,
    relative_path: str,
    used_names: dict[str, str],
    previous_names: Mapping[str, str],
) -> PlannedReport:
    """Return a report with an unused name, and add the name to ``used_names``."""
    source, printed = folder / relative_path, printable_path(relative_path)
    previous = previous_names.get(printed, "")
    is_owner = previous and used_names[_comparison_key(previous)] == printed
    if is_owner and all(part == safe_name(part) for part in previous.split("/")):
        return PlannedReport(source=source, name=previous, relative_path=printed)
    *folders, file_name = relative_path.split("/")
    stem, dot, _ = file_name.rpartition(".")
    own_name = "/".join((*folders, stem if dot and stem else file_name))
    *parents, safe_stem = [safe_name(part) for part in own_name.split("/")]
    parents = [f"{parent}_" if _looks_like_result(parent) else parent for parent in parents]
    name = "/".join((*parents, safe_stem))
    reasons = [] if name == own_name else [f"{printable_path(own_name)} {_problem_of(own_name)}"]
    number = 1
    while (key := _comparison_key(name)) in used_names:
        number += 1
        reasons = [translatable("{owner} already has the name", owner=used_names[key])]
        name = "/".join((*parents, f"{_truncate(safe_stem, 8)}~{number}"))
    used_names[key] = printed
    return PlannedReport(
        source=source, name=name, relative_path=printed, rename_reason=join_texts("; ", reasons)
    )


def safe_name(part: str) -> str:
    """Return the name closest to ``part`` that is valid on every common file system."""
    text = os.fsencode(part).decode("utf-8", "replace")
    name = _FORBIDDEN.sub("_", normalize("NFC", text)).rstrip(". ") or "_"
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    if len(name.encode()) <= MAX_NAME_BYTES - LONGEST_SUFFIX:
        return name
    return f"{_truncate(name, 9)}~{sha256(name.encode()).hexdigest()[:8]}"


def _problem_of(name: str) -> str:
    """Return why a name cannot be used as it is."""
    limit = MAX_NAME_BYTES - LONGEST_SUFFIX
    if any(len(os.fsencode(part)) > limit for part in name.split("/")):
        return translatable(
            "has more than {limit} bytes, which leaves no room for the suffixes of results",
            limit=limit,
        )
    return "is not valid on every system, or is the name of a result"


def _looks_like_result(folder: str) -> bool:
    name = folder.casefold()
    return name.endswith(SUFFIXES) or name in RUN_FILES


def _truncate(name: str, reserved: int) -> str:
    """Return the beginning of a name that leaves ``reserved`` bytes for an addition."""
    limit = MAX_NAME_BYTES - LONGEST_SUFFIX - reserved
    return name.encode()[:limit].decode(errors="ignore")
