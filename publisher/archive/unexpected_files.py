"""Detection of files that do not belong in a bag.

Input: the inventory of a bag and its reports. Output: a finding for each file that neither the format nor a report
accounts for, such as a file that was added before the bag was sealed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.archive import bagit
from publisher.archive.bag_layout import (
    DECISIONS,
    FAILURES,
    GLOSSARIES,
    PREMIS,
    REPORTS,
    SOURCES,
    STYLES,
    TABLE,
    VALIDATION,
    report_path,
    verdict_path,
)
from publisher.archive.fixity import bag_finding
from publisher.model import Severity
from publisher.output_names import PDF, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.archive.bag_reports import BagReport
    from publisher.archive.fixity import BagFinding, Inventory

_TAG_FILES = frozenset(
    (bagit.BAGIT, bagit.BAG_INFO, *bagit.MANIFESTS, *bagit.TAG_MANIFESTS, PREMIS, TABLE)
)
_FETCH = "fetch.txt"
_FOLDERS = (REPORTS, SOURCES, STYLES, GLOSSARIES, DECISIONS, VALIDATION)


def check_unexpected_files(
    inventory: Inventory, names: Iterable[str], reports: Sequence[BagReport]
) -> Iterator[BagFinding]:
    """Yield a finding for each unexpected file.

    Args:
        inventory: The inventory of the bag.
        names: The names of all reports in the bag.
        reports: Those reports that could be read.
    """
    names = list(names)
    all_readable = len(names) == len(reports)
    expected_paths = _expected_paths(names, reports)
    source_digests = {report.record["source"]["sha256"] for report in reports}
    for path, fixity in sorted(inventory.fixities.items()):
        folder = next((folder for folder in _FOLDERS if path.startswith(f"{folder}/")), "")
        if path in expected_paths or (folder not in ("", REPORTS) and not all_readable):
            continue
        if folder == SOURCES:
            if fixity.digests["sha256"] not in source_digests:
                yield bag_finding(path, "is not the source of any report in the bag")
        elif folder == REPORTS and path.endswith(PDF):
            yield bag_finding(path, "has no record beside it")
        elif folder in (STYLES, GLOSSARIES):
            if not _is_used(path, reports):
                # A source that could not be built may have been meant to use it.
                has_failures = FAILURES in inventory.fixities
                yield bag_finding(
                    path,
                    "is not used by any report in the bag",
                    severity=Severity.WARNING if has_failures else Severity.ERROR,
                )
        elif path == _FETCH:
            yield bag_finding(path, "lists files outside the bag; Publisher's bags are complete")
        else:
            yield bag_finding(path, "is not a file of a Publisher bag")


def _expected_paths(names: Iterable[str], reports: Iterable[BagReport]) -> set[str]:
    """Return all paths that a bag may contain, except sources, styles and glossaries."""
    paths = {FAILURES, *_TAG_FILES}
    paths |= {report_path(name, suffix) for name in names for suffix in SUFFIXES}
    for report in reports:
        pdf = report.record["pdf"]
        if report.decisions:
            paths.add(report.decisions.name)
        validations = [(verdict["profile"], verdict["validator"]) for verdict in pdf["verdicts"]]
        validations += [(standard, "veraPDF") for standard in pdf["declares"]]
        validations += [("signatures", "publisher")]
        paths |= {
            verdict_path(report.name, profile, validator) for profile, validator in validations
        }
    return paths


def _is_used(path: str, reports: Iterable[BagReport]) -> bool:
    """Return whether a file is the glossary of a report, or in the folder of its style and the styles below that."""
    for report in reports:
        options = report.record["options"]
        style_folder = "/".join(options["style"].split("/")[:3])
        if path == options.get("glossary"):
            return True
        if report.has_own_style and path.startswith(f"{style_folder}/"):
            return True
    return False
