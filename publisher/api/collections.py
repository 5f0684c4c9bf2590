"""Bind volumes, make and check bags, and gather statistics: functions on several reports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.api.arguments import checked_options
from publisher.errors import PublisherError, SourceEmptyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from publisher.archive.rebuild import RebuiltReport
    from publisher.archive.verify_bag import BagVerification
    from publisher.batch.task import Task
    from publisher.export.gather import GatheredStatistics
    from publisher.options import Options
    from publisher.volume.bind import Volume


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedBag:
    """A new bag."""

    path: Path
    reports: int
    files: int
    """Payload files."""
    size: int
    """Bytes of the payload."""
    failures: tuple[PublisherError, ...]
    """Why sources are not in the bag."""


def bind_volume(
    folder: Path | str, output: Path | str | None = None, *, title: str = "", issuer: str = ""
) -> Volume:
    """Bind the publications below a folder into one tagged PDF with cover and contents.

    Args:
        folder: Where the publications are; each PDF needs its record beside it.
        output: Where to write the volume; by default it is returned only.
        title: The title of the volume; by default the folder's name.
        issuer: The office on the cover; by default that of all reports, if they have the same.

    Returns:
        The PDF, its parts, and what a person should look at.

    Raises:
        UsageError: There is no publication, or they cannot be bound together.
        VerificationError: A publication is not what its record says.

    Example:
        >>> from publisher import Options, bind_volume, publish
        >>> publication = publish("report.txt", Options(output="published"))
        >>> volume = bind_volume("published", title="年报汇编")
        >>> len(volume.parts), volume.declares
        (1, ('PDF/A-3a', 'PDF/UA-1'))
    """
    from publisher.api.finished_files import write_pdf
    from publisher.volume.bind import bind

    folder = Path(folder)
    target = Path(output) if output is not None else folder / "volume.pdf"
    volume = bind(folder, target, title=title, issuer=issuer)
    if output is not None:
        write_pdf(target, volume.data)
    return volume


def archive_reports(
    source: Path | str,
    options: Options | None = None,
    *,
    bag_info: Mapping[str, str] | None = None,
) -> ArchivedBag:
    """Publish a report, or all reports of a folder, into a BagIt bag with all that they were made from.

    The bag is written below ``options.output`` under the name of the source. It is whole or absent. The
    reports are built one after another in this process.

    Args:
        source: A file or a folder.
        options: How to publish; the profile is ``archive`` (default) or ``archive-2``.
        bag_info: Lines for ``bag-info.txt``, by label.

    Returns:
        Where the bag is, what it holds, and which reports failed.

    Raises:
        OutputError: There is a bag of that name, or it cannot be written.
        PublisherError: No report could be archived.

    Example:
        >>> from publisher import Options, archive_reports
        >>> bag = archive_reports("report.txt", Options(output="bags"), bag_info={"全宗号": "0123"})
        >>> bag.path.name, bag.reports
        ('report', 1)
    """
    from publisher.archive.bag_info import parse_info_options
    from publisher.archive.bag_plan import plan_bag
    from publisher.archive.build_bag import BagBuilder, pack_in_this_process
    from publisher.archive.write_bag import open_draft

    source, options = Path(source), checked_options(options)
    lines = parse_info_options(f"{label}={value}" for label, value in (bag_info or {}).items())
    from_folder = source.is_dir()
    tasks = list(_tasks(source, options))
    plan = plan_bag(source, tasks, from_folder=from_folder)
    builder = BagBuilder(plan)
    with open_draft(plan):
        for event in pack_in_this_process(plan.items):
            builder.add(event)
        bag = builder.finish(lines)
    errors = tuple(failure.error for failure in builder.failures)
    if bag is None:
        raise errors[0]
    return ArchivedBag(
        path=plan.draft.target,
        reports=bag.reports,
        files=bag.files,
        size=bag.size,
        failures=errors,
    )


def _tasks(source: Path, options: Options) -> Iterator[Task]:
    """Yield the reports of a file or a folder."""
    from publisher.batch.plan import plan_folder
    from publisher.batch.task import Task
    from publisher.extensions import load_extensions

    if not source.is_dir():
        name = source.stem or source.name
        yield Task(source=source, options=options, name=name, relative_path=str(source))
        return
    plan = plan_folder(
        source, options.output, suffixes=load_extensions(options.extensions).suffixes
    )
    if not plan.reports:
        raise SourceEmptyError("has no report", where=str(source), hint="check the folder")
    for report in plan.reports:
        yield Task(
            source=report.source,
            options=options,
            name=report.name,
            relative_path=report.relative_path,
            rename_reason=report.rename_reason,
        )


def verify_bag(bag: Path | str, *, trust_anchors: Sequence[Path | str] = ()) -> BagVerification:
    """Verify a bag: its files by their digests, and each report in it by its record.

    The reports are read in a process with limits of time and memory.

    Args:
        bag: The folder that ``archive_reports`` or ``publisher archive`` made.
        trust_anchors: Files with root certificates (PEM) that signatures should lead to.

    Returns:
        Findings by file, and the verdicts on each report.

    Raises:
        VerificationError: The folder is not a bag.

    Example:
        >>> from publisher import Options, archive_reports, verify_bag
        >>> verify_bag(archive_reports("report.txt", Options(output="bags")).path).passed
        True
    """
    from publisher.archive.bagit import require_bag
    from publisher.archive.verify_bag import check_bag
    from publisher.verify.signatures.validation import load_trust_anchors

    require_bag(Path(bag))
    return check_bag(Path(bag), load_trust_anchors([Path(path) for path in trust_anchors]))


def rebuild_bag(bag: Path | str) -> tuple[RebuiltReport, ...]:
    """Build the PDFs of a bag again from what it holds and compare them byte by byte; write nothing.

    Args:
        bag: The folder of the bag.

    Returns:
        For each report whether the PDF is the same, and the reasons if it is not.

    Raises:
        VerificationError: The folder is not a bag, holds no report, or has a file that is a link or a device.

    Example:
        >>> from publisher import Options, archive_reports, rebuild_bag
        >>> bag = archive_reports("report.txt", Options(output="bags"))
        >>> [report.identical for report in rebuild_bag(bag.path)]
        [True]
    """
    from publisher.archive.bagit import require_bag
    from publisher.archive.rebuild import rebuild_reports

    require_bag(Path(bag))
    return tuple(rebuild_reports(Path(bag)))


def gather_statistics(
    folder: Path | str, output: Path | str | None = None, *, bom: bool = False
) -> GatheredStatistics:
    """Gather the figures of all records below a folder, by issuer, year and measure.

    Args:
        folder: Where the records are.
        output: The table to write, ``.csv`` or ``.parquet`` (``pip install "gongwen-publisher[parquet]"``), with
            ``NAME.changes.csv``, ``NAME.carried-over.csv`` and ``NAME.datapackage.json`` beside it; by default
            nothing is written, nor if no record can be read.
        bom: Whether the CSV files begin with a byte order mark, which Excel needs to read UTF-8.

    Returns:
        The rows, the changes from year to year, the carry-overs that disagree, and the records that
        could not be read.

    Raises:
        SourceEmptyError: There is no record.
        SourceUnreadableError: The folder cannot be read.

    Example:
        >>> from publisher import Options, gather_statistics, publish
        >>> publication = publish("report.txt", Options(output="published"))
        >>> table = gather_statistics("published")
        >>> [(row["measure"], row["value"], row["unit"]) for row in table.rows]
        [('受理申请', '13', '件'), ('办结申请', '12', '件'), ('结转', '1', '件')]
    """
    from publisher.export.gather import gather_records
    from publisher.export.statistics_files import encode_statistics, require_table_name
    from publisher.system.atomic_write import write_atomically

    target = Path(output) if output is not None else None
    if target:
        require_table_name(target)
    gathered = gather_records(Path(folder))
    if not gathered.records and not gathered.unreadable:
        raise SourceEmptyError(
            "no record was found below it",
            where=str(folder),
            hint="publisher build writes a NAME.record.json beside each PDF",
        )
    if target and gathered.records:
        write_atomically(encode_statistics(gathered, target, bom=bom))
    return gathered
