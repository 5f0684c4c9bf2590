"""What a walk through a Word file writes down: its text in order, and what becomes of each piece.

Every character that a person wrote is on the tape once; a paragraph is a span of it, with the
changes that make of the span what is published. An object that is no character, such as the mark of
a note, stands on the tape as U+FFFC.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from publisher.text.edits import Replacement, apply_edits, locate

if TYPE_CHECKING:
    from publisher.model import Edit, SourcePicture, Text

OBJECT = "\ufffc"
_TAIL = 4


@dataclass(frozen=True, slots=True)
class Fate:
    """Why a text is not published: the rule's name and the reason in words."""

    rule: str
    reason: str


DELETED = Fate("tracked-deletion", "a tracked deletion, taken as accepted")
MOVED = Fate("tracked-deletion", "moved elsewhere, as a tracked change says")
HIDDEN = Fate("hidden-text", "hidden text, which Word does not print")
STRUCK = Fate("struck-out", "struck out: taken back")
FIELD = Fate("field-code", "the instruction of a field, not its result")
CONTENTS = Fate("contents", "a table of contents, which the publication makes of its own")
COMMENT = Fate("comment", "a comment beside the text")
HEADER = Fate("page-header", "a header or footer of Word's pages")
PLACEHOLDER = Fate("placeholder", "the prompt of a form that nobody filled in")
READING = Fate("ruby", "the reading above a character")
COVERED = Fate("covered-cell", "it stands in a cell that a merged one covers")
UNUSED = Fate("unused-note", "a note that nothing in the text refers to")

INLINE_RULES = ("note-mark", "form-field", "symbol-font", "superscript", "formula")
"""Rules that put something else in the place of a piece."""
BREAK, ONE_LINE = "line-break", "a heading is one line"
LATER_RULES = (BREAK, "word-numbering", "note-label")
"""Rules that look at a whole paragraph when all else is done."""
RULES = (
    *dict.fromkeys(
        one.rule
        for one in (
            DELETED,
            HIDDEN,
            STRUCK,
            FIELD,
            CONTENTS,
            COMMENT,
            HEADER,
            PLACEHOLDER,
            READING,
            COVERED,
            UNUSED,
        )
    ),
    *INLINE_RULES,
    *LATER_RULES,
)
"""The order in which the changes are recorded; none but the last touch what another changed."""


@dataclass(slots=True)
class Change:
    """A span of the tape and what is published in its place."""

    start: int
    end: int
    after: str
    fate: Fate


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the file."""

    start: int
    end: int = 0
    changes: list[Change] = field(default_factory=list)
    heading: int | None = None
    """Its level as a heading, 0 for a title; ``None`` of other text."""
    bullet: int = 0
    """The level of an item with a bullet, from 1; 0 of other text."""
    labels: list[tuple[str, Fate]] = field(default_factory=list)
    """What is printed before it: each text, and the rule that puts it there."""
    opens_contents: bool = False
    tail: str = ""
    """The last characters that are kept."""
    kept: bool = False
    """Whether anything in it is published."""
    gone: bool = False
    """Whether it met its fate as a whole, its end included."""


@dataclass(slots=True, kw_only=True)
class Cell:
    """A cell of a table, by its place on the grid of Word."""

    column: int
    span: int
    rows: int = 1
    blocks: list[Block] = field(default_factory=list)
    header: bool = False


@dataclass(slots=True, kw_only=True)
class Grid:
    """A table: its rows, each cell where it begins."""

    rows: list[list[Cell]]
    start: int
    end: int


Block: TypeAlias = "Paragraph | Grid | SourcePicture"


class Tape:
    """The text of a file as it is walked through."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: list[str] = []
        self.length = 0
        self.paragraphs: list[Paragraph] = []

    @property
    def string(self) -> str:
        """All that was written."""
        return "".join(self._pieces)

    def begin(self) -> Paragraph:
        """Begin a paragraph."""
        paragraph = Paragraph(start=self.length)
        self.paragraphs.append(paragraph)
        return paragraph

    def end(self, paragraph: Paragraph, fate: Fate | None = None) -> None:
        """End it with a line feed, which is not part of it, and which shares its fate."""
        if fate is not None and paragraph.start < self.length:
            self.write(paragraph, "\n", fate)
        paragraph.end = self.length
        paragraph.gone = fate is not None
        if fate is None:
            self._append("\n")

    def write(self, paragraph: Paragraph, string: str, fate: Fate | None) -> None:
        """Write text that is published, or that meets the fate given."""
        if not string:
            return
        start = self._append(string)
        if fate is None:
            self._keep(paragraph, string)
            return
        last = paragraph.changes[-1] if paragraph.changes else None
        if last and last.end == start and last.fate == fate and not last.after:
            last.end = self.length
        else:
            paragraph.changes.append(Change(start, self.length, "", fate))

    def put(self, paragraph: Paragraph, after: str, fate: Fate, *, before: str = OBJECT) -> None:
        """Write an object that stands for ``after`` in the publication."""
        start = self._append(before)
        paragraph.changes.append(Change(start, self.length, after, fate))
        self._keep(paragraph, after)

    def _append(self, string: str) -> int:
        start = self.length
        self._pieces.append(string)
        self.length += len(string)
        return start

    def _keep(self, paragraph: Paragraph, string: str) -> None:
        paragraph.tail = (paragraph.tail + string)[-_TAIL:]
        paragraph.kept = paragraph.kept or bool(string.strip())


def published(paragraph: Paragraph, tape: str) -> tuple[Text, list[Edit]]:
    """Return what a paragraph is in the publication, and the edits that make it so."""
    start = paragraph.start
    whole = locate(tape[start : paragraph.end], start)
    changes = [one for one in paragraph.changes if tape[one.start : one.end] != one.after]
    replacements = [
        Replacement(start=c.start - start, end=c.end - start, after=c.after, reason=c.fate.reason)
        for c in changes
    ]
    text, edits = apply_edits(whole, replacements, stage="read", rule="")
    named = [
        replace(edit, rule=change.fate.rule) for edit, change in zip(edits, changes, strict=True)
    ]
    return text, named


def on_one_line(text: Text) -> tuple[Text, tuple[Edit, ...]]:
    """Return a heading's text without the line feeds that Word broke it with."""
    return apply_edits(text, _breaks(text.string), stage="read", rule=BREAK)


def labelled(paragraph: Paragraph, text: Text) -> tuple[Text, list[Edit]]:
    """Return the text of a paragraph, which is not empty, with what is printed before it."""
    edits: list[Edit] = []
    for label, fate in paragraph.labels:
        place = len(text.string) - len(text.string.lstrip())
        after = f"{label}{text.string[place]}"
        change = Replacement(start=place, end=place + 1, after=after, reason=fate.reason)
        text, more = apply_edits(text, [change], stage="read", rule=fate.rule)
        edits.extend(more)
    return text, edits


def _breaks(string: str) -> list[Replacement]:
    found = []
    for place, character in enumerate(string):
        if character != "\n":
            continue
        around = string[:place].rstrip()[-1:] + string[place + 1 :].lstrip()[:1]
        after = " " if around.isascii() and len(around) == 2 else ""
        found.append(Replacement(start=place, end=place + 1, after=after, reason=ONE_LINE))
    return found
