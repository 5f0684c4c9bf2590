"""Superscripts, subscripts and struck-out figures of a paragraph: the changes that publish them.

Input: a paragraph whose runs were read, and the marks of its runs. Output: changes of the paragraph, and the marks that
remain: runs that Word divided are one text, and Unicode's superscripts are not raised again.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from publisher.model import Locator, Mark
from publisher.readers.docx.text_builder import Change, EditRule
from publisher.readers.finding_rules import RAISED_TEXT
from publisher.readers.raised_text import LEAST_SMALLER, Shift, describe_doubtful, judge_shift
from publisher.readers.small_text_draft import SmallTextDraft
from publisher.text.mark_spans import sort_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import MarkKind
    from publisher.readers.docx.finding_collector import FindingCollector
    from publisher.readers.docx.text_builder import Paragraph, Run
    from publisher.readers.small_text_draft import ChangeKind


def publish_small_texts(
    paragraph: Paragraph,
    string: str,
    marks: Sequence[Mark],
    runs: Sequence[Run],
    findings: FindingCollector,
) -> list[Mark]:
    """Add the changes of a paragraph's small texts; return its marks, joined where they are adjacent.

    Args:
        paragraph: The paragraph.
        string: The whole text of the file.
        marks: The marks that begin in the paragraph, in order.
        runs: Its runs, in order.
        findings: Receives those about text that may be a superscript or a subscript.

    """
    draft = SmallTextDraft(string, paragraph.start, paragraph.end, paragraph.changes, _make_change)
    resulting = []
    shifted = list(_shifted_marks(draft, string, runs, findings))
    for mark in _join_adjacent(sort_marks([*marks, *shifted]) if shifted else marks):
        start, end = mark.locator.offset, mark.locator.offset + mark.locator.length
        if mark.kind == "strikethrough":
            draft.separate_figures(start, end)
        is_small = mark.kind in ("superscript", "subscript")
        position: Literal["superscript", "subscript"] = (
            "superscript" if mark.kind == "superscript" else "subscript"
        )
        if not is_small or draft.publish(start, end, position):
            resulting.append(mark)
    return resulting


def _shifted_marks(
    draft: SmallTextDraft[Change],
    string: str,
    runs: Sequence[Run],
    findings: FindingCollector,
) -> Iterator[Mark]:
    """Yield the marks of runs that are raised or lowered from the line of the others."""
    sizes: dict[int, Counter[int]] = {}
    for run in runs:
        length = len(string[run.start : run.end].strip())
        sizes.setdefault(run.shift, Counter())[run.size] += length
    baseline = 0 if 0 in sizes else max(sizes, key=lambda shift: sizes[shift].total(), default=0)
    if len(sizes) < 2 or not sizes[baseline].total():
        return
    size = sizes[baseline].most_common(1)[0][0]
    for (distance, own_size), group in groupby(runs, key=lambda run: (run.shift, run.size)):
        if distance == baseline:
            continue
        spans = list(group)
        start, end = spans[0].start, spans[-1].end
        shift = Shift((distance - baseline) / size, own_size < LEAST_SMALLER * size)
        text, context = string[start:end], draft.context(start, end)
        judgement = judge_shift(shift, text, *context)
        locator = Locator(offset=start, length=end - start)
        if judgement == "doubtful":
            findings.add(RAISED_TEXT, locator, **describe_doubtful(shift, text, context[0]))
        elif judgement:
            yield Mark(kind=judgement, locator=locator)


def _join_adjacent(marks: Sequence[Mark]) -> list[Mark]:
    """Return marks with those of one kind joined where one ends as the next begins, except links, ruby and formulas."""
    joined: list[Mark] = []
    last_of_kind: dict[MarkKind, int] = {}
    for mark in marks:
        index = last_of_kind.get(mark.kind, -1)
        previous = joined[index].locator if index >= 0 else None
        if (
            previous
            and mark.kind not in ("link", "ruby", "formula")
            and mark.locator.offset <= previous.offset + previous.length
        ):
            end = max(previous.offset + previous.length, mark.locator.offset + mark.locator.length)
            locator = Locator(offset=previous.offset, length=end - previous.offset)
            joined[index] = Mark(kind=mark.kind, locator=locator)
        else:
            last_of_kind[mark.kind] = len(joined)
            joined.append(mark)
    return joined


def _make_change(start: int, end: int, after: str, kind: ChangeKind, reason: str) -> Change:
    return Change(start, end, after, EditRule(kind, reason))
