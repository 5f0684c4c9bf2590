"""Divide a source into the document and what it carries: annexes with a label, and texts such as the 办法 of a 通知.

Input: the entries of a source. Output: its parts. Places where a document may begin are lines with the label of an annex and
lines that may be titles; for each it is counted what speaks for it (``boundary_evidence``), and the places are chosen together,
because the numbers of a document go on or begin anew only in relation to where it began.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.parse.entries import Entry, Line
from publisher.parse.foot.boundary_evidence import find_candidates
from publisher.parse.foot.labels import annex_label
from publisher.parse.foot.numbering_evidence import NumberSeries
from publisher.text.edits import concatenate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.parse.foot.boundary_evidence import Candidate
    from publisher.parse.foot.labels import AnnexLabel

_NUMBER_ALONE = re.compile("[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}")
MOST_EARLIER = 40
"""The documents before a place that are considered as the one before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPart:
    """A document in a source."""

    entries: tuple[Entry, ...]
    label: AnnexLabel | None = None
    """The label that its first line has or begins with."""
    title_lines: int = 0
    """How many lines its title seems to have; 0 for the first document."""


def split_documents(entries: tuple[Entry, ...]) -> tuple[DocumentPart, ...]:
    """Return the document that a source begins with, and those below it; all entries are in them, in order."""
    entries = tuple(_join_divided_labels(entries))
    series = NumberSeries(entries)
    chosen = choose_boundaries(find_candidates(entries, series), series)
    ends = [*(candidate.index for candidate in chosen), len(entries)]
    parts = [DocumentPart(entries=entries[: ends[0]])]
    for candidate, end in zip(chosen, ends[1:], strict=True):
        parts.append(
            DocumentPart(
                entries=entries[candidate.index : end],
                label=candidate.label,
                title_lines=candidate.title_lines,
            )
        )
    return tuple(parts)


def _join_divided_labels(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the entries, those of a label on two lines (附件, 1) as one."""
    index = 0
    while index < len(entries):
        entry = entries[index]
        following = entries[index + 1] if index + 1 < len(entries) else None
        if (
            isinstance(entry, Line)
            and isinstance(following, Line)
            and _NUMBER_ALONE.fullmatch(following.string.strip())
            and (label := annex_label(entry.string))
            and label.is_alone
            and not label.number
            and not label.has_colon
        ):
            entry = replace(entry, text=concatenate([entry.text, following.text]))
            index += 1
        yield entry
        index += 1


def choose_boundaries(candidates: Sequence[Candidate], series: NumberSeries) -> list[Candidate]:
    """Return the candidates that together have the most evidence for them beyond what each needs."""
    best: list[tuple[int, int]] = []
    for position, candidate in enumerate(candidates):
        surplus = candidate.evidence - candidate.needed
        options = [(surplus + series.evidence(0, candidate.index), -1)]
        for earlier in range(max(0, position - MOST_EARLIER), position):
            begin = candidates[earlier].index
            gain = surplus + series.evidence(begin, candidate.index)
            options.append((best[earlier][0] + gain, earlier))
        best.append(max(options))
    chosen: list[Candidate] = []
    index = max(range(len(best)), key=lambda position: (best[position][0], position), default=-1)
    if index < 0 or best[index][0] < 0:
        return []
    while index >= 0:
        chosen.insert(0, candidates[index])
        index = best[index][1]
    return [candidate for candidate in chosen if candidate.index]
