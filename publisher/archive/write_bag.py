"""A bag ended: what was packed, described, listed and put in its place.

Enters: the plan of a bag and what came of its items. Leaves: the bag, whole, under its name; or nothing. The
manifests list what was written, by the digests of what was to be written.
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
from publisher.archive.clock import epoch, now
from publisher.archive.pack_report import verdict_files, write_files
from publisher.archive.premis_events import encode_premis
from publisher.archive.style_materials import require_inside
from publisher.batch.plan import printable_path
from publisher.errors import PublisherError, VerificationError
from publisher.export.csv_table import encode_csv
from publisher.output_names import PDF
from publisher.verify.verapdf import validate_with_verapdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from publisher.archive.bag_plan import BagPlan
    from publisher.archive.bagit import Fixity
    from publisher.archive.pack_report import Packed

_FAILURE = ("source", "error", "exit_code", "message", "hint")
"""The columns of ``data/failures.csv``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source that is not in the bag, and why."""

    source: str
    """Its path below the folder that was archived."""
    error: PublisherError


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """A bag that was made."""

    reports: int
    files: int
    """Of the payload."""
    size: int
    """Of the payload, in bytes."""


@contextmanager
def begun(plan: BagPlan) -> Iterator[None]:
    """Hold the draft of a bag, its styles and glossaries inside; what is not finished leaves nothing."""
    plan.draft.begin()
    try:
        write_files(plan.draft.folder, plan.materials.files)
        for style in plan.materials.styles.values():
            require_inside(str(plan.draft.folder / style), plan.draft.folder)
        yield
    finally:
        plan.draft.discard()


def judged_by_verapdf(packed: Packed) -> Packed:
    """Add veraPDF's verdicts, where it is to be had; raise ``VerificationError`` where one fails."""
    item = packed.item
    pdf = item.draft / report_path(item.name, PDF)
    verdicts = validate_with_verapdf(pdf, packed.record["pdf"]["declares"])
    for verdict in verdicts:
        if not verdict.passed:
            first = verdict.findings[0].message if verdict.findings else "no reason given"
            raise VerificationError(
                f"the finished PDF fails {verdict.profile} (veraPDF): {first}",
                where=str(item),
                hint="it is not in the bag; this is a fault of the program, or of a style",
            )
    files = verdict_files(item.name, verdicts)
    write_files(item.draft, files)
    return replace(
        packed,
        verdicts=(*packed.verdicts, *verdicts),
        files={**packed.files, **{path: bagit.fixity_of(data) for path, data in files.items()}},
    )


def finish(
    plan: BagPlan,
    packed: Iterable[Packed],
    failures: Sequence[Failure],
    given: Sequence[tuple[str, str]],
) -> Bag:
    """Describe and list what was packed, and put the bag in its place."""
    order = {item.name: number for number, item in enumerate(plan.items)}
    reports = sorted(packed, key=lambda one: order[one.item.name])
    folder = plan.draft.folder
    own = {FAILURES: encode_csv(_FAILURE, map(_row, failures))} if failures else {}
    materials = {**plan.materials.files, **own}
    payload = {path: bagit.fixity_of(data) for path, data in materials.items()}
    payload |= {path: fixity for one in reports for path, fixity in one.files.items()}
    when = now()
    manifests = _manifests(bagit.MANIFESTS, payload)
    computed = {
        DATE: when[:10],
        OXUM: bagit.oxum(one.size for one in payload.values()),
        EPOCH: epoch(),
    }
    elements = describe_bag(
        reports,
        failed=len(failures),
        called=plan.draft.target.name if plan.of_folder else "",
        payload=manifests["manifest-sha256.txt"],
        given=given,
        computed=computed,
    )
    tags = {
        bagit.BAGIT: bagit.DECLARATION,
        bagit.BAG_INFO: bagit.encode_info(elements),
        PREMIS: encode_premis(reports, payload, when=when),
        TABLE: _table(reports),
        **manifests,
    }
    tags |= _manifests(
        bagit.TAG_MANIFESTS, {path: bagit.fixity_of(data) for path, data in tags.items()}
    )
    _prune(plan, {*payload, *tags})
    write_files(folder, {**own, **tags})
    plan.draft.finish()
    return Bag(
        reports=len(reports),
        files=len(payload),
        size=sum(one.size for one in payload.values()),
    )


def _manifests(names: Mapping[str, str], fixities: Mapping[str, Fixity]) -> dict[str, bytes]:
    return {
        name: bagit.encode_manifest(
            {path: one.digests[algorithm] for path, one in fixities.items()}
        )
        for name, algorithm in names.items()
    }


def _row(failure: Failure) -> dict[str, Any]:
    error = failure.error
    return {
        "source": printable_path(failure.source),
        "error": type(error).__name__,
        "exit_code": error.exit_code,
        "message": error.message,
        "hint": error.hint,
    }


def _table(reports: Sequence[Packed]) -> bytes:
    """Return the table of the reports."""
    return encode_table([dict(describe_packed(one)) for one in reports])


def _prune(plan: BagPlan, known: set[str]) -> None:
    """Remove what reports left that failed half-way."""
    folder = plan.draft.folder
    for place, folders, names in os.walk(folder, topdown=False):
        for name in names:
            path = os.path.join(place, name)  # noqa: PTH118 - what walk gives is text
            if os.path.relpath(path, folder) not in known:
                os.unlink(path)  # noqa: PTH108
        for name in folders:
            below = os.path.join(place, name)  # noqa: PTH118
            if not os.listdir(below):  # noqa: PTH208
                os.rmdir(below)  # noqa: PTH106
