"""``publisher archive``: a BagIt bag for each source, a folder's reports together in one."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from publisher.archive.bag_info import parse_info_options
from publisher.archive.bag_plan import BagPlan, plan_bag
from publisher.archive.pack_report import BagItem, PackedReport, pack_report
from publisher.archive.sign_report import sign_report
from publisher.archive.write_bag import (
    Failure,
    add_verapdf_verdicts,
    finish_bag,
    open_draft,
)
from publisher.batch.workers import Finished, WorkerPool
from publisher.cli.commands.sign import signing_of
from publisher.cli.console import count_noun
from publisher.cli.limits import jobs_of, limits_of, require_numbers
from publisher.cli.outcome import Told
from publisher.cli.sources import Given, is_folder, planned
from publisher.errors import PublisherError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from publisher.cli.console import Console
    from publisher.signing import SigningOptions


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Archive; return 0, the cause's exit code, or 1 where there were several causes."""
    require_numbers(arguments)
    given = parse_info_options(arguments.info)
    signing = _signing(arguments)
    walks = any(map(is_folder, arguments.sources))
    told = Told(replace(console, persistent=True), many=walks)
    options = Given.by(arguments)
    plans = [_planned(source, arguments, options, told) for source in arguments.sources]
    _refuse_collisions([plan for plan, _ in plans])
    alone = jobs_of(arguments) == 1 or sum(len(plan.items) for plan, _ in plans) == 1
    for plan, unreadable in plans:
        events = _packed_here(plan.items) if alone else _packed(plan.items, arguments)
        try:
            with open_draft(plan):
                _Making(plan, unreadable, told, signing).make(events, given)
        except PublisherError as error:
            told.fail(error)
    return told.exit_code


def _signing(arguments: argparse.Namespace) -> SigningOptions | None:
    """Return how PDFs are to be signed; none where no key is named."""
    if arguments.key:
        return signing_of(arguments)
    if arguments.level or arguments.tsa_url or arguments.validation:
        raise UsageError(
            "--level, --tsa-url and --validation have no effect without a key",
            hint="name the key file with --sign",
        )
    return None


def _planned(
    source: Path, arguments: argparse.Namespace, options: Given, told: Told
) -> tuple[BagPlan, list[PublisherError]]:
    """Return the plan of a source's bag, and what of the folder could not be read or was passed over."""
    before, passed = len(told.unreadable), len(told.passed_over)
    tasks = list(planned(source, arguments, options, told))
    plan = plan_bag(source, tasks, from_folder=is_folder(source))
    return plan, [*told.unreadable[before:], *told.passed_over[passed:]]


def _refuse_collisions(plans: Sequence[BagPlan]) -> None:
    taken: dict[Path, Path] = {}
    for plan in plans:
        target = plan.draft.target
        other = taken.setdefault(target.resolve(), plan.source)
        if other is not plan.source:
            raise UsageError(
                f"{other} and {plan.source} would both become {target}",
                hint="archive them into different folders with -o",
            )


class _Making:
    """A bag in the making, told as it goes on."""

    def __init__(
        self,
        plan: BagPlan,
        unreadable: Sequence[PublisherError],
        told: Told,
        signing: SigningOptions | None,
    ) -> None:
        self._plan, self._told, self._signing = plan, told, signing
        self._packed: list[PackedReport] = []
        self._failures = [
            Failure(source=os.path.relpath(one.where, plan.source), error=one) for one in unreadable
        ]

    def make(
        self, events: Iterable[Finished[BagItem, PackedReport]], given: Sequence[tuple[str, str]]
    ) -> None:
        """Take every report that could be packed, and end the bag where there is one."""
        for event in events:
            self._take(event)
        if not self._packed:
            if self._plan.from_folder:
                self._told.console.say(f"{self._plan.source}: no report, so no bag")
            return
        bag = finish_bag(self._plan, self._packed, self._failures, given)
        target = str(self._plan.draft.target)
        counts = f"{count_noun(bag.reports, 'report')}, {bag.files} files, {bag.size:,} bytes"
        failed = f"; {len(self._failures)} failed" if self._failures else ""
        self._told.console.result(
            f"{target}  {counts}{failed}",
            source=str(self._plan.source),
            bag=target,
            reports=bag.reports,
            files=bag.files,
            bytes=bag.size,
            failed=[one.source for one in self._failures],
        )

    def _take(self, event: Finished[BagItem, PackedReport]) -> None:
        task, outcome = event.task.task, event.outcome
        if not isinstance(outcome, PublisherError):
            try:
                if self._signing:  # a key crosses no border between processes
                    outcome = sign_report(outcome, self._signing)
                outcome = add_verapdf_verdicts(outcome)
            except PublisherError as error:
                outcome = error
        if isinstance(outcome, PublisherError):
            self._told.fail(outcome)
            self._failures.append(Failure(source=task.relative_path, error=outcome))
            return
        self._packed.append(outcome)
        if not self._plan.from_folder or self._told.console.verbose:
            for finding in outcome.findings:
                self._told.console.finding(finding, where=str(task))
        self._told.check(task, dict(outcome.summary))


def _packed(
    items: Sequence[BagItem], arguments: argparse.Namespace
) -> Iterator[Finished[BagItem, PackedReport]]:
    """Pack reports in processes of their own."""
    from publisher.pipeline import require_resources, warm_up

    options = items[0].task.options
    require_resources(options)
    workers = WorkerPool(
        pack_report,
        jobs=min(len(items), jobs_of(arguments)),
        limits=limits_of(arguments),
        prepare=partial(warm_up, options),
    )
    yield from (event for event in workers.run(items) if isinstance(event, Finished))


def _packed_here(items: Sequence[BagItem]) -> Iterator[Finished[BagItem, PackedReport]]:
    """Pack reports in this process, one after another."""
    for item in items:
        try:
            yield Finished(item, pack_report(item))
        except PublisherError as error:
            yield Finished(item, error)
