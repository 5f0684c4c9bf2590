"""Places where a document may begin inside a source, and what speaks for each.

Input: the entries of a source. Output: the candidates with their evidence, as points. A label alone in its line, a signature
above, a title that the text above names, and what follows are counted; ``numbering_evidence`` adds the numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from publisher.model import SourceTable
from publisher.parse.entries import Entry, Line
from publisher.parse.foot.attachment_lists import listed_labels
from publisher.parse.foot.labels import annex_label
from publisher.parse.foot.line_forms import foot_role, is_date_line, is_dated_name, is_person_line
from publisher.parse.foot.named_texts import NamedTexts, plain_name
from publisher.parse.foot.signature import signs
from publisher.reference.foot_labels import CARRIED_ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.parse.foot.labels import AnnexLabel
    from publisher.parse.foot.numbering_evidence import NumberSeries

NEEDED_WITH_LABEL = 4
NEEDED_WITHOUT_LABEL = 5
"""The points without which a place is no boundary."""
LABEL_ALONE, LABEL_WITH_NUMBER, LABEL_WITHOUT_NUMBER = 3, 2, 1
"""The points of a label: 附件1 alone in its line, 附件1 with its title behind it, 附件： with its title."""
LABEL_AS_HEADING = 3
"""The points of a label that the markup makes a heading."""
TABLE_BELOW = 2
"""The points of a label with a table below it or below its title."""
BELOW_SIGNATURE = {True: 3, False: 2}
"""The points of a place directly below a signature, with a label and without one."""
NAMED_ABOVE, NAMED_IN_PART = 3, 2
"""The points of a title that the text above names, and below a signature of one that it names in part."""
LONGEST_TITLE_LINE = 60
SHORTEST_CARRIED_TITLE = 4
"""Characters of the shortest line that begins the title of a text without a label."""
MOST_TITLE_LINES = 4
_SENTENCE = re.compile("[。；！？]|[：:]$|[a-z][.]$")
_NO_TITLE = re.compile("[。；！？]|[：:，,、]$|^[《（(●○■□◆◇▲△▪•·※＊*—-]")
_PASSED = re.compile(
    "[（(].{0,40}(?:通过|通過|公布|发布|發布|修订|修正|批准|印发|施行|草案|试行|年).{0,60}[）)]$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place where a document may begin."""

    index: int
    evidence: int
    needed: int
    label: AnnexLabel | None = None
    title_lines: int = 0
    """How many lines its title seems to have below the label."""


def find_candidates(entries: Sequence[Entry], series: NumberSeries) -> list[Candidate]:
    """Return the places where a document may begin, in order."""
    first_text = _first_text(entries)
    labels = {
        index: label
        for index, entry in enumerate(entries)
        if index > first_text and isinstance(entry, Line) and entry.decided in ("", "heading")
        if (label := annex_label(entry.string))
    }
    listed = listed_labels(entries, labels)
    labels = {index: label for index, label in labels.items() if index not in listed}
    evidence = _Evidence(entries, series, labels, NamedTexts(entries, listed, labels), first_text)
    candidates: list[Candidate] = []
    covered = -1
    for index in range(first_text + 1, len(entries)):
        candidate = None
        if index in labels:
            candidate = evidence.labelled(index)
            covered = index + candidate.title_lines
        elif index > covered and evidence.is_title[index]:
            candidate = evidence.carried(index)
        if candidate:
            candidates.append(candidate)
    return candidates


def _first_text(entries: Sequence[Entry]) -> int:
    """Return the first line of running text; another document begins only below it."""
    return next(
        (
            index
            for index, entry in enumerate(entries)
            if isinstance(entry, Line) and _SENTENCE.search(entry.string.strip())
        ),
        len(entries),
    )


class _Evidence:
    """What speaks for the places of a source."""

    def __init__(
        self,
        entries: Sequence[Entry],
        series: NumberSeries,
        labels: dict[int, AnnexLabel],
        names: NamedTexts,
        first_text: int,
    ) -> None:
        self._entries = entries
        self._series = series
        self._labels = labels
        self._names = names
        self._numbers = {label.number for label in labels.values()}
        self._signed = _below_signatures(entries, first_text)
        self._first_annex = min(self._signed & labels.keys(), default=len(entries))
        self.is_title = [
            _is_title_line(entry) and series.at(index) is None
            for index, entry in enumerate(entries)
        ]
        """For each entry, whether it may be a line of a title."""

    def labelled(self, index: int) -> Candidate:
        """Return a line with a label as a candidate."""
        line, label = self._line(index), self._labels[index]
        points = LABEL_WITHOUT_NUMBER
        if label.is_caption:
            points = BELOW_SIGNATURE[True] * (self._first_annex < index)
        elif label.is_alone:
            points = LABEL_WITH_NUMBER if label.has_colon else LABEL_ALONE
        elif label.number or label.is_appendix:
            points = LABEL_WITH_NUMBER
        points += LABEL_AS_HEADING * (line.role == "heading")
        points += BELOW_SIGNATURE[True] * (index in self._signed)
        title, title_lines = line.string[label.title_start :], 0
        if label.is_alone and index + 1 < len(self._entries) and self.is_title[index + 1]:
            title_lines, title = self._title(index + 1)
            points += 1
        following = index + 1 + title_lines
        if isinstance(self._entry(following), SourceTable) and not label.is_caption:
            points += TABLE_BELOW
        points += bool(title) and bool(_ending().search(plain_name(title)))
        points += NAMED_ABOVE * self._names.names(title, index)
        points += self._names.mentions(line.string[: label.end], index)
        neighbours = {label.number - 1, label.number + 1} & self._numbers
        points += label.number > 0 and bool(neighbours - {0})
        return Candidate(
            index=index,
            evidence=points,
            needed=NEEDED_WITH_LABEL,
            label=label,
            title_lines=title_lines,
        )

    def carried(self, index: int) -> Candidate | None:
        """Return a line that may be the title of a carried text as a candidate; ``None`` if nothing speaks for it."""
        line = self._line(index)
        count, title = self._title(index)
        is_signed = index in self._signed
        points = BELOW_SIGNATURE[False] * is_signed
        if self._names.names(title, index):
            points += NAMED_ABOVE
        elif is_signed and self._names.names_part(title, index):
            points += NAMED_IN_PART
        is_short = len(line.string.strip()) < SHORTEST_CARRIED_TITLE
        if not points or is_short or foot_role(line.string):
            return None
        points += bool(_ending().search(plain_name(title)))
        points += self._series.begins_with_article(index + count)
        points += (line.role == "heading") * (2 if line.level == 1 else 1)
        below = self._entry(index + count)
        points += isinstance(below, Line) and bool(_PASSED.match(below.string.strip()))
        points += line.decided == "title"
        return Candidate(
            index=index, evidence=points, needed=NEEDED_WITHOUT_LABEL, title_lines=count
        )

    def _entry(self, index: int) -> Entry | None:
        return self._entries[index] if index < len(self._entries) else None

    def _line(self, index: int) -> Line:
        entry = self._entries[index]
        if not isinstance(entry, Line):
            raise TypeError("a document begins with a line")
        return entry

    def _title(self, start: int) -> tuple[int, str]:
        """Return how many lines from ``start`` on are a title, and its words.

        The lines are joined until they are a title that the text above names, or end as titles do.
        """
        joined: list[str] = []
        first_end = 0
        for string in self._title_lines(start):
            joined.append(string)
            title = "".join(joined)
            if self._names.names(title, start):
                return len(joined), title
            if not first_end and _ending().search(plain_name(title)):
                first_end = len(joined)
        count = first_end or 1
        return count, "".join(joined[:count])

    def _title_lines(self, start: int) -> Iterator[str]:
        for index in range(start, min(start + MOST_TITLE_LINES, len(self._entries))):
            if not self.is_title[index]:
                return
            yield self._line(index).string.strip()


def _is_title_line(entry: Entry) -> bool:
    if not isinstance(entry, Line):
        return False
    string = entry.string.strip()
    return (
        entry.decided in ("", "title", "heading")
        and entry.role in ("lines", "paragraph", "heading")
        and 2 <= len(string) <= LONGEST_TITLE_LINE
        and not _NO_TITLE.search(string)
        and "\t" not in string
        and not is_date_line(string)
    )


def _below_signatures(entries: Sequence[Entry], first_text: int) -> set[int]:
    """Return the places directly below a signature with its remarks."""
    starts: set[int] = set()
    index = first_text + 1
    while index < len(entries):
        entry = entries[index]
        index += 1
        if not isinstance(entry, Line) or not _proves_signature(entry):
            continue
        while index < len(entries):
            below = entries[index]
            if isinstance(below, SourceTable) or (
                isinstance(below, Line) and not foot_role(below.string) and not signs(below)
            ):
                break
            index += 1
        starts.add(index)
    return starts


def _proves_signature(line: Line) -> bool:
    return line.role in ("lines", "paragraph") and (
        line.decided == "signature"
        or is_date_line(line.string)
        or is_dated_name(line.string)
        or is_person_line(line.string)
    )


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(CARRIED_ENDINGS)})$")
