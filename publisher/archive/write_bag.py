"""Completion of a bag: the metadata and the manifests are written, and the draft is renamed.

Input: the plan of a bag and its packed reports. Output: the complete bag under its name, or nothing. The manifests contain
the digests of the data in memory, so an error of the disk is found when the bag is verified.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from publisher.archive import bagit
from publisher.archive.bag_info import (
    DATE,
    EPOCH,
    OXUM,
    describe_bag,
    describe_packed,
    encode_table,
)
from publisher.archive.bag_layout import FAILURES, PREMIS, TABLE, report_path
from publisher.archive.clock import archiving_time, source_date_epoch
from publisher.archive.pack_report import verdict_files, write_files
from publisher.archive.premis_events import encode_premis
from publisher.archive.style_materials import require_self_contained
from publisher.batch.plan import printable_path
from publisher.errors import PublisherError, VerificationError
from publisher.export.csv_table import encode_csv
from publisher.messages import translatable
from publisher.output_names import PDF
from publisher.verify.verapdf import validate_with_verapdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from publisher.archive.bag_plan import BagPlan
    from publisher.archive.bagit import Fixity
    from publisher.archive.pack_report import PackedReport

_FAILURE_COLUMNS = ("source", "error", "exit_code", "message", "hint")
"""The columns of ``data/failures.csv``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source that could not be archived."""

    source: str
    """Its path below the archived folder."""
    error: PublisherError


@dataclass(frozen=True, slots=True, kw_only=True)
class BagSummary:
    """The numbers of a finished bag."""

    reports: int
    files: int
    """The number of payload files."""
    size: int
    """The size of the payload in bytes."""


@contextmanager
def open_draft(plan: BagPlan) -> Iterator[None]:
    """Create the draft of a bag with its styles and glossaries; discard it at the end if it is not finished."""
    plan.draft.begin()
    try:
        write_files(plan.draft.folder, plan.materials.files)
        for style in plan.materials.styles.values():
            require_self_contained(str(plan.draft.folder / style), plan.draft.folder)
        yield
    finally:
        plan.draft.discard()


def add_verapdf_verdicts(packed: PackedReport) -> PackedReport:
    """Add the verdicts of veraPDF if it is configured; raise ``VerificationError`` if one is not passed."""
    item = packed.item
    pdf = item.draft / report_path(item.name, PDF)
    verdicts = validate_with_verapdf(pdf, packed.record["pdf"]["declares"])
    for verdict in verdicts:
        if not verdict.passed:
            first = verdict.findings[0].message if verdict.findings else "no reason given"
            raise VerificationError(
                translatable(
                    "the finished PDF fails {profile} (veraPDF): {first}",
                    profile=verdict.profile,
                    first=first,
                ),
                where=str(item),
                hint="it is not in the bag; this is a bug in Publisher or an error in the style",
            )
    files = verdict_files(item.name, verdicts)
    write_files(item.draft, files)
    return replace(
        packed,
        verdicts=(*packed.verdicts, *verdicts),
        files={
            **packed.files,
            **{path: bagit.compute_fixity(data) for path, data in files.items()},
        },
    )


def finish_bag(
    plan: BagPlan,
    packed: Iterable[PackedReport],
    failures: Sequence[Failure],
    supplied: Sequence[tuple[str, str]],
) -> BagSummary:
    """Write the metadata and the manifests, and rename the draft to the bag.

    ``supplied`` are the elements set with ``--info``.
    """
    order = {item.name: number for number, item in enumerate(plan.items)}
    reports = sorted(packed, key=lambda report: order[report.item.name])
    folder = plan.draft.folder
    failure_table = (
        {FAILURES: encode_csv(_FAILURE_COLUMNS, map(_failure_row, failures))} if failures else {}
    )
    shared_files = {**plan.materials.files, **failure_table}
    payload = {path: bagit.compute_fixity(data) for path, data in shared_files.items()}
    payload |= {path: fixity for report in reports for path, fixity in report.files.items()}
    timestamp = archiving_time()
    manifests = _manifests(bagit.MANIFESTS, payload)
    computed = {
        DATE: timestamp[:10],
        OXUM: bagit.format_oxum(fixity.size for fixity in payload.values()),
        EPOCH: source_date_epoch(),
    }
    elements = describe_bag(
        reports,
        failed=len(failures),
        folder_name=plan.draft.target.name if plan.from_folder else "",
        payload_manifest=manifests["manifest-sha256.txt"],
        supplied=supplied,
        computed=computed,
    )
    tags = {
        bagit.BAGIT: bagit.DECLARATION,
        bagit.BAG_INFO: bagit.encode_info(elements),
        PREMIS: encode_premis(reports, payload, timestamp=timestamp),
        TABLE: _table(reports),
        **manifests,
    }
    tags |= _manifests(
        bagit.TAG_MANIFESTS, {path: bagit.compute_fixity(data) for path, data in tags.items()}
    )
    _remove_other_files(plan, {*payload, *tags})
    write_files(folder, {**failure_table, **tags})
    plan.draft.finish()
    return BagSummary(
        reports=len(reports),
        files=len(payload),
        size=sum(fixity.size for fixity in payload.values()),
    )


def _manifests(names: Mapping[str, str], fixities: Mapping[str, Fixity]) -> dict[str, bytes]:
    return {
        name: bagit.encode_manifest(
            {path: fixity.digests[algorithm] for path, fixity in fixities.items()}
        )
        for name, algorithm in names.items()
    }


def _failure_row(failure: Failure) -> dict[str, Any]:
    error = failure.error
    return {
        "source": printable_path(failure.source),
        "error": type(error).__name__,
        "exit_code": error.exit_code,
        "message": error.message,
        "hint": error.hint,
    }


def _table(reports: Sequence[PackedReport]) -> bytes:
    """Return the table of the reports."""
    return encode_table([dict(describe_packed(report)) for report in reports])


def _remove_other_files(plan: BagPlan, bag_paths: set[str]) -> None:
    """Remove the files of reports that failed after they were partly written, and empty folders."""
    folder = plan.draft.folder
    for root, subfolders, names in os.walk(folder, topdown=False):
        for name in names:
            path = os.path.join(root, name)  # noqa: PTH118 - os.walk yields text
            if os.path.relpath(path, folder) not in bag_paths:
                os.unlink(path)  # noqa: PTH108
        for name in subfolders:
            subfolder = os.path.join(root, name)  # noqa: PTH118
            if not os.listdir(subfolder):  # noqa: PTH208
                os.rmdir(subfolder)  # noqa: PTH106
