"""The front matter of a report: the lines above its title, the title, the lines below it, the addressees.

Input: the entries of a report. Output: its head by parts, and the remaining entries. ``head`` labels the first lines of the
document as a whole; what the user gives (``MetadataOverrides``) overrides what is detected, and a replaced title is recorded
as an edit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.model import Edit, PartLine, Text
from publisher.parse.decided_parts import decided_range, set_subtitle
from publisher.parse.entries import Entry, Line
from publisher.parse.head.kind import recognise_kind
from publisher.parse.head.labelling import label_lines
from publisher.parse.head.line_features import read_features
from publisher.parse.head.parts import facts_in, joined_string, part_lines
from publisher.parse.head.title_overrides import insert_title, replace_title
from publisher.reference.title_endings import plain_title
from publisher.text.numbering import read_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.parse.head.labelling import Label
    from publisher.parse.head.line_features import LineFeatures

LONGEST_PLAIN_TITLE = 40
"""Characters of the longest line that can be the title of an annex."""
MOST_HEAD_LINES = 40
"""The head ends within so many entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataOverrides:
    """What the user says about the report; empty fields are detected from its text."""

    title: str = ""
    subtitle: str = ""
    issuer: str = ""
    date: str = ""
    """ISO 8601, such as 2018-02-26."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The parts of a report above its body."""

    masthead: tuple[Entry | PartLine, ...]
    """Everything above the title: lines with a role, other entries."""
    title: tuple[Text, ...]
    """The lines of the title, as overridden."""
    below_title: tuple[PartLine, ...]
    """The lines between title and text: subtitle, document number, by-line, date."""
    addressee: Text | None
    """The line of the addressees."""
    printed_title: str
    """The title as the source has it, even if it is overridden."""
    page_titles: tuple[str, ...] = ()
    """The titles that a page prints above that of the document."""
    facts: tuple[tuple[str, str], ...] = ()
    """Label and value of the fields in the lines above and below the title."""

    @property
    def title_string(self) -> str:
        """Return the title as one string."""
        return joined_string(self.title)

    @property
    def part_lines_above(self) -> tuple[PartLine, ...]:
        """Return the lines above the title that have a role."""
        return tuple(line for line in self.masthead if isinstance(line, PartLine))


def split_front_matter(
    lines: tuple[Entry, ...],
    overrides: MetadataOverrides,
    title_facts: Iterable[str] = (),
) -> tuple[FrontMatter, tuple[Entry, ...], tuple[Edit, ...]]:
    """Return the parts of the head, the remaining entries, and edits of the title.

    Args:
        lines: The entries of the report.
        overrides: What the user says.
        title_facts: The titles that the page or the file names.

    """
    labels = _labels(lines, overrides, title_facts)
    head = list(zip(lines, labels, strict=False))
    first = next((index for index, (_, label) in enumerate(head) if label == "title"), len(head))
    has_title = first < len(head)
    masthead = [part for entry, label in head[:first] for part in _parts(entry, label)]
    below = [part for entry, label in head[first:] for part in _parts(entry, label)]
    title = tuple(
        entry.text for entry, label in head if label == "title" and isinstance(entry, Line)
    )
    addressee = _addressee(below if has_title else masthead)
    masthead = [part for part in masthead if part is not addressee]
    below_lines = [part for part in below if isinstance(part, PartLine) and part is not addressee]
    remaining: tuple[Entry, ...] = lines[len(head) :]
    edits: tuple[Edit, ...] = ()
    printed_title = joined_string(title)
    if overrides.title and overrides.title != printed_title and title:
        title, edits = replace_title(title, overrides.title)
    elif overrides.title and not title and addressee is None:
        title, edits, masthead, remaining = _insert_above(masthead, remaining, overrides.title)
    subtitle = tuple(part.text for part in below_lines if part.role == "subtitle")
    title, subtitle, subtitle_edits = set_subtitle(title, subtitle, overrides.subtitle)
    front = FrontMatter(
        masthead=tuple(masthead),
        title=title,
        below_title=_with_subtitle(below_lines, subtitle),
        addressee=addressee.text if addressee else None,
        printed_title=printed_title,
        page_titles=tuple(
            entry.string.strip()
            for entry, label in head
            if label == "page-title" and isinstance(entry, Line)
        ),
        facts=tuple(
            facts_in([entry for entry, label in head if label not in ("title", "subtitle")])
        ),
    )
    return front, remaining, (*edits, *subtitle_edits)


def _labels(
    lines: tuple[Entry, ...], overrides: MetadataOverrides, title_facts: Iterable[str]
) -> list[Label]:
    """Return the labels of the lines of the head; the first line of the text is not among them."""
    _, decided_end = decided_range(lines, "title") or (0, 0)
    window = _with_decided_subtitle(lines[: max(MOST_HEAD_LINES, decided_end + 1)], overrides)
    facts = [plain for fact in title_facts if (plain := plain_title(fact))]
    features = read_features(window, facts)
    features = features[: max(_window_end(features), decided_end)]
    labels = label_lines(features)
    title = "".join(
        line.plain for line, label in zip(features, labels, strict=True) if label == "title"
    )
    kind, _ = recognise_kind([title], ())
    if kind:
        labels = label_lines(features, kind.parts)
    return labels[: _end_of_head(lines, labels)]


def _end_of_head(lines: Sequence[Entry], labels: Sequence[Label]) -> int:
    """Return one past the last label of the head: it ends before the text, and below its title before what has no role."""
    is_below_title = False
    for index, (entry, label) in enumerate(zip(lines, labels, strict=False)):
        has_role = isinstance(entry, Line) and label != "plain"
        if label == "body" or (is_below_title and not has_role):
            return index
        is_below_title = is_below_title or label == "title"
    return len(labels)


def _with_decided_subtitle(
    lines: tuple[Entry, ...], overrides: MetadataOverrides
) -> tuple[Entry, ...]:
    """Return the lines; the one with the words that a person decided for the subtitle is marked as such."""
    words = plain_title(overrides.subtitle)
    for index, line in enumerate(lines[1:], 1):
        if words and isinstance(line, Line) and plain_title(line.string) == words:
            return (*lines[:index], replace(line, decided="subtitle"), *lines[index + 1 :])
    return lines


def _window_end(features: Sequence[LineFeatures]) -> int:
    """Return one past the first line that can only be running text."""
    for index, line in enumerate(features):
        if line.has("decided-title", "decided-subtitle", "note"):
            continue
        is_text = line.has("sentence") and not line.has("label-run", "bracketed", "bracket-open")
        if is_text or line.has("numbered", "contents", "subject", "decided-body"):
            return index + 1
    return len(features)


def _parts(entry: Entry, label: Label) -> Iterator[Entry | PartLine]:
    """Yield an entry of the head as its parts; a title is none of them."""
    if label == "plain" or not isinstance(entry, Line):
        yield entry
    elif label != "title":
        yield from part_lines(entry, label)


def _addressee(parts: Sequence[Entry | PartLine]) -> PartLine | None:
    """Return the line of the addressees, if it is the last of some lines."""
    last = parts[-1] if parts else None
    return last if isinstance(last, PartLine) and last.role == "addressee" else None


def _with_subtitle(lines: Sequence[PartLine], subtitle: tuple[Text, ...]) -> tuple[PartLine, ...]:
    """Return the lines below the title with the lines of a decided subtitle in place of the printed ones."""
    parts = [PartLine(role="subtitle", text=text) for text in subtitle]
    first = next((i for i, line in enumerate(lines) if line.role == "subtitle"), 0)
    printed = [line for line in lines if line.role == "subtitle"]
    if [line.text for line in printed] == list(subtitle):
        return tuple(lines)
    others = [line for line in lines if line.role != "subtitle"]
    return (*others[:first], *parts, *others[first:])


def _insert_above(
    masthead: list[Entry | PartLine], remaining: tuple[Entry, ...], new_title: str
) -> tuple[tuple[Text, ...], tuple[Edit, ...], list[Entry | PartLine], tuple[Entry, ...]]:
    """Insert a title above the first line of the text; what is above that line is then above the title."""
    index = next((i for i, entry in enumerate(remaining) if isinstance(entry, Line)), None)
    line = remaining[index] if index is not None else None
    if index is None or not isinstance(line, Line):
        return (), (), masthead, remaining
    text, line, edits = insert_title(line, new_title)
    return (text,), edits, [*masthead, *remaining[:index]], (line, *remaining[index + 1 :])


def is_title(line: Line) -> bool:
    """Return whether a line can only be a title: short, not numbered, without punctuation of sentences."""
    return (
        not line.decided
        and len(line.string) <= LONGEST_PLAIN_TITLE
        and not re.search("[。；：，！？]", line.string)
        and not read_number(line.string)
    )
