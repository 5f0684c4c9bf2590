"""``publisher check --gb9704``: the layout of official documents, clause by clause.

A source is built in memory in the style red-head; a PDF, of any program, is measured as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.batch.limited_process import judge_each
from publisher.cli.outcome import combined_exit_code
from publisher.errors import PublisherError, VerificationError
from publisher.messages import translatable
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from publisher.cli.console import Console
    from publisher.options import Options
    from publisher.verify.gb9704 import OfficialLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A file to measure; its text is the name of the file."""

    source: Path
    options: Options

    def __str__(self) -> str:
        return str(self.source)


def check_layouts(sources: Iterable[Path], options: Options, console: Console) -> int:
    """Print the items of each document, those that are not met first; return 0 if all are met."""
    tasks = [_Task(source=source, options=options) for source in sources]
    exit_codes: set[int] = set()
    for task, outcome in judge_each(_check, tasks):
        if isinstance(outcome, PublisherError):
            where = outcome.where or str(task.source)
            console.error(type(outcome)(outcome.message, hint=outcome.hint, where=where))
            exit_codes.add(outcome.exit_code)
            continue
        _report(task.source, outcome, console)
        if not outcome.passed:
            exit_codes.add(VerificationError.exit_code)
    return combined_exit_code(exit_codes)


def _check(task: _Task) -> OfficialLayout:
    """Measure a document; called in a worker."""
    from publisher.api.reports import check_official_layout

    return check_official_layout(task.source, task.options)


_WORDS = {word: translatable(word) for word in ("yes", "no", "none", "two", "red")} | {
    "page": translatable("page size")
}
"""Values that are a single word of ours; other words are the document's."""


def _value(text: str) -> str:
    return _WORDS.get(text, text)


def _report(source: Path, layout: OfficialLayout, console: Console) -> None:
    for item in sorted(layout.items, key=lambda item: item.met):
        page = translatable(", page {page}", page=item.page) if item.page else ""
        verdict = translatable("met" if item.met else "NOT MET")
        console.result(
            translatable(
                "{clause}{page}: {item}: wanted {wanted}, measured {measured}: {verdict}",
                clause=item.clause,
                page=page,
                item=_value(item.item),
                wanted=_value(item.wanted),
                measured=_value(item.measured),
                verdict=verdict,
            ),
            source=str(source),
            clause=item.clause,
            item=item.item,
            wanted=item.wanted,
            measured=item.measured,
            met=item.met,
            page=item.page,
        )
    failed = sum(not item.met for item in layout.items)
    console.result(
        translatable(
            "{source}: {form}, {pages}: {items} of GB/T 9704-2012, {failed} not met",
            source=source,
            form=translatable(layout.form),
            pages=count_noun(layout.pages, "page"),
            items=count_noun(len(layout.items), "item"),
            failed=failed,
        ),
        source=str(source),
        form=layout.form,
        pages=layout.pages,
        items=len(layout.items),
        not_met=failed,
        passed=layout.passed,
    )
