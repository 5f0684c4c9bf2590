"""Whether every file of a bag is one that such a bag has.

Enters: the inventory of a bag and its reports. Leaves: a finding for each file that no report and no part of the format
accounts for: somebody put it there, and sealed the bag again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.archive import bagit
from publisher.archive.bag_layout import (
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
from publisher.archive.fixity import found
from publisher.model import Severity, Verdict
from publisher.output_names import PDF, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.archive.bag_reports import Kept
    from publisher.archive.fixity import BagFinding, Inventory

_TAGS = frozenset(
    (bagit.BAGIT, bagit.BAG_INFO, *bagit.MANIFESTS, *bagit.TAG_MANIFESTS, PREMIS, TABLE)
)


def check_belonging(
    inventory: Inventory, names: Iterable[str], reports: Sequence[Kept]
) -> Iterator[BagFinding]:
    """Yield the files that belong to nothing; ``reports`` are those of ``names`` that could be read."""
    names = list(names)
    whole = len(names) == len(reports)
    known = _known(names, reports)
    origins = {one.record["source"]["sha256"] for one in reports}
    for path, fixity in sorted(inventory.fixities.items()):
        folder = next((one for one in _FOLDERS if path.startswith(f"{one}/")), "")
        if path in known or (folder not in ("", REPORTS) and not whole):
            continue
        if folder == SOURCES:
            if fixity.digests["sha256"] not in origins:
                yield found(path, "no report of the bag was made from it")
        elif folder == REPORTS and path.endswith(PDF):
            yield found(path, "no record is beside it")
        elif folder in (STYLES, GLOSSARIES):
            if not _is_used(path, reports):
                # one that could not be built may have been to use it
                lost = FAILURES in inventory.fixities
                yield found(
                    path,
                    "no report of the bag was made with it",
                    severity=Severity.WARNING if lost else Severity.ERROR,
                )
        elif path == _FETCH:
            yield found(path, "names files that are elsewhere; a bag of Publisher is whole")
        else:
            yield found(path, "is no file that a bag of Publisher has")


_FETCH = "fetch.txt"
_FOLDERS = (REPORTS, SOURCES, STYLES, GLOSSARIES, VALIDATION)


def _known(names: Iterable[str], reports: Iterable[Kept]) -> set[str]:
    """Return the paths that files of a bag may have, sources and materials apart."""
    known = {FAILURES, *_TAGS}
    known |= {report_path(name, suffix) for name in names for suffix in SUFFIXES}
    for one in reports:
        pdf = one.record["pdf"]
        judges = [(verdict["profile"], verdict["validator"]) for verdict in pdf["verdicts"]]
        judges += [(standard, "veraPDF") for standard in pdf["declares"]]
        judges += [("signatures", "publisher")]
        known |= {verdict_path(one.name, verdict_of(*judge)) for judge in judges}
    return known


def verdict_of(profile: str, validator: str) -> Verdict:
    """Return a verdict by which a file of a bag is called."""
    return Verdict(profile=profile, validator=validator, version="", passed=True)


def _is_used(path: str, reports: Iterable[Kept]) -> bool:
    """Tell a file of a style's or a glossary that a record names; a style has a folder with what it extends."""
    for one in reports:
        options = one.record["options"]
        style = "/".join(options["style"].split("/")[:3])
        if path == options.get("glossary") or (one.brings_style and path.startswith(f"{style}/")):
            return True
    return False
