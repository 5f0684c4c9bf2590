"""The work of ``publisher archive``: plan the bags, pack the reports, report the results."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.archive.bag_info import parse_info_options
from publisher.archive.bag_plan import BagPlan, plan_bag
from publisher.archive.build_bag import BagBuilder, pack_in_this_process
from publisher.archive.pack_report import BagItem, PackedReport, pack_report
from publisher.archive.write_bag import open_draft
from publisher.batch.workers import Finished
from publisher.cli.limits import job_count, require_limits
from publisher.cli.outcome import Reporter
from publisher.cli.report_workers import report_workers
from publisher.cli.sources import OptionSources, is_folder, plan_source
from publisher.errors import PublisherError, UsageError
from publisher.messages import translatable
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from publisher.cli.console import Console
    from publisher.signing import SigningOptions


def archive_bags(arguments: argparse.Namespace, console: Console) -> int:
    """Make a bag of each source; return the exit code."""
    require_limits(arguments)
    bag_info = parse_info_options(arguments.info)
    signing = _load_signing(arguments)
    has_folder = any(map(is_folder, arguments.sources))
    reporter = Reporter(replace(console, survives_closed_pipe=True), many=has_folder)
    options = OptionSources.from_arguments(arguments, console, lists_findings=not has_folder)
    plans = [_plan(source, arguments, options, reporter) for source in arguments.sources]
    _refuse_collisions([plan for plan, _ in plans])
    in_process = job_count(arguments) == 1 or sum(len(plan.items) for plan, _ in plans) == 1
    for plan, errors in plans:
        events = (
            pack_in_this_process(plan.items)
            if in_process
            else _pack_in_workers(plan.items, arguments)
        )
        try:
            with open_draft(plan):
                builder = BagBuilder(plan, signing, errors)
                for event in events:
                    _report_item(event, builder, reporter)
                _report_bag(builder, bag_info, console)
        except PublisherError as error:
            reporter.fail(error)
    return reporter.exit_code


def _load_signing(arguments: argparse.Namespace) -> SigningOptions | None:
    """Return how to sign the PDFs; None if no key is named."""
    if arguments.key:
        from publisher.signing import load_signing

        return load_signing(
            arguments.key,
            level=arguments.level,
            tsa_url=arguments.tsa_url,
            validation=arguments.validation,
        )
    if arguments.level or arguments.tsa_url or arguments.validation:
        raise UsageError(
            "--level, --tsa-url and --validation have no effect without a key",
            hint="name the key file with --sign",
        )
    return None


def _plan(
    source: Path, arguments: argparse.Namespace, options: OptionSources, reporter: Reporter
) -> tuple[BagPlan, list[PublisherError]]:
    """Return the plan of a source's bag, and the errors of files that could not be read or were skipped."""
    unreadable, skipped = len(reporter.unreadable), len(reporter.skipped)
    tasks = list(plan_source(source, arguments, options, reporter))
    plan = plan_bag(source, tasks, from_folder=is_folder(source))
    return plan, [*reporter.unreadable[unreadable:], *reporter.skipped[skipped:]]


def _refuse_collisions(plans: Sequence[BagPlan]) -> None:
    source_by_target: dict[Path, Path] = {}
    for plan in plans:
        target = plan.draft.target
        earlier_source = source_by_target.setdefault(target.resolve(), plan.source)
        if earlier_source is not plan.source:
            raise UsageError(
                translatable(
                    "{earlier_source} and {source} would both become {target}",
                    earlier_source=earlier_source,
                    source=plan.source,
                    target=target,
                ),
                hint="archive them into different folders with -o",
            )


def _pack_in_workers(
    items: Sequence[BagItem], arguments: argparse.Namespace
) -> Iterator[Finished[BagItem, PackedReport]]:
    """Pack reports in worker processes."""
    from publisher.pipeline import require_resources

    options = items[0].task.options
    require_resources(options)
    workers = report_workers(pack_report, len(items), options, arguments)
    yield from (event for event in workers.run(items) if isinstance(event, Finished))


def _report_item(
    event: Finished[BagItem, PackedReport], builder: BagBuilder, reporter: Reporter
) -> None:
    """Add a report to the bag, and report its findings or its error."""
    task, outcome = event.task.task, builder.add(event)
    if isinstance(outcome, PublisherError):
        reporter.fail(outcome)
        return
    if not builder.plan.from_folder or reporter.console.verbose:
        for finding in outcome.findings:
            reporter.console.finding(finding, where=str(task), lines=outcome.lines)
    reporter.require_figures(task, dict(outcome.summary))


def _report_bag(builder: BagBuilder, bag_info: Sequence[tuple[str, str]], console: Console) -> None:
    """Finish the bag and report it."""
    plan, bag = builder.plan, builder.finish(bag_info)
    if bag is None:
        if plan.from_folder:
            console.message(translatable("{source}: no report, so no bag", source=plan.source))
        return
    target = str(plan.draft.target)
    counts = translatable(
        "{reports}, {files}, {size:,} bytes",
        reports=count_noun(bag.reports, "report"),
        files=count_noun(bag.files, "file"),
        size=bag.size,
    )
    failed = (
        translatable("; {failures_count} failed", failures_count=len(builder.failures))
        if builder.failures
        else ""
    )
    console.result(
        translatable("{target}  {counts}{failed}", target=target, counts=counts, failed=failed),
        source=str(plan.source),
        bag=target,
        reports=bag.reports,
        files=bag.files,
        bytes=bag.size,
        failed=[failure.source for failure in builder.failures],
    )
