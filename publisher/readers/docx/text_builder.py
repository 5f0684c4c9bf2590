"""The text of a Word file while it is read, and the changes that make the published text of it.

Every character that a person wrote is written once, in document order. A paragraph is a span of
this text with a list of changes: what is left out, and what is replaced. An object that is no
character, such as the mark of a note, is written as U+FFFC.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from publisher.model import Locator, Mark
from publisher.text.edits import Replacement, apply_edits, locate

if TYPE_CHECKING:
    from publisher.model import Edit, MarkKind, SourcePicture, Text

OBJECT = "\ufffc"
_TAIL_LENGTH = 4


@dataclass(frozen=True, slots=True)
class EditRule:
    """The name and the reason that an edit is recorded under."""

    name: str
    reason: str


DELETED = EditRule("tracked-deletion", "a tracked deletion, taken as accepted")
MOVED_AWAY = EditRule("tracked-deletion", "moved elsewhere, as a tracked change says")
HIDDEN = EditRule("hidden-text", "hidden text, which Word does not print")
FIELD_INSTRUCTION = EditRule("field-code", "the instruction of a field, not its result")
TABLE_OF_CONTENTS = EditRule("contents", "a table of contents; the publication has its own")
COMMENT = EditRule("comment", "a comment, not part of the text")
HEADER = EditRule("page-header", "a header or footer of Word's pages")
REPEATED_FIELD = EditRule(
    "repeated-field", "an input field that repeats the text beside it, as LibreOffice writes it"
)
PLACEHOLDER = EditRule("placeholder", "the prompt of a form field that nobody filled in")
RUBY_READING = EditRule("ruby", "a ruby annotation, which is set above its base")
COVERED_CELL = EditRule("covered-cell", "text in a cell that a merged cell covers")
UNUSED_NOTE = EditRule("unused-note", "a note that nothing in the text refers to")

INLINE_RULES = (
    "note-mark",
    "form-field",
    "drawn-brackets",
    "capitals",
    "object-gap",
    "symbol-font",
    "superscript",
    "struck-out",
    "ruby-brackets",
    "formula",
)
"""Rules that replace a piece of text by another."""
LINE_BREAK, LINE_BREAK_REASON = "line-break", "a heading is one line"
PARAGRAPH_RULES = (LINE_BREAK, "word-numbering", "note-label")
"""Rules that change a whole paragraph after all other rules."""
RULES = (
    *dict.fromkeys(
        rule.name
        for rule in (
            DELETED,
            HIDDEN,
            FIELD_INSTRUCTION,
            TABLE_OF_CONTENTS,
            COMMENT,
            HEADER,
            REPEATED_FIELD,
            PLACEHOLDER,
            RUBY_READING,
            COVERED_CELL,
            UNUSED_NOTE,
        )
    ),
    *INLINE_RULES,
    *PARAGRAPH_RULES,
)
"""The order in which edits are recorded; only ``PARAGRAPH_RULES`` change what others changed."""


@dataclass(slots=True)
class Change:
    """A span of the text, and what is published instead of it."""

    start: int
    end: int
    after: str
    rule: EditRule


@dataclass(frozen=True, slots=True)
class Run:
    """A run: its span of the text, and how it is set."""

    start: int
    end: int
    shift: int
    """How far it is raised, or lowered if negative, in half points."""
    size: int
    """The size of its characters in half points."""


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the file, as a span of the text."""

    start: int
    end: int = 0
    changes: list[Change] = field(default_factory=list)
    heading: int | None = None
    """The level of a heading, 0 for a title; None for other text."""
    bullet: int = 0
    """The level of a list item with a bullet or inside one, from 1; 0 for other text."""
    labels: list[tuple[str, EditRule]] = field(default_factory=list)
    """Texts that are printed before it, each with the rule of its edit."""
    indent: float = 0.0
    """How far its first line is from the left edge, by its formatting (em)."""
    alignment: str = ""
    """How its lines are aligned, as Word calls it (``center``, ``right``, ``end``); empty if nothing says so."""
    tail: str = ""
    """The last characters that are published, at most ``_TAIL_LENGTH``."""
    is_quotation: bool = False
    """Whether its style is for block quotations."""
    preformatted_role: Literal["", "code", "preformatted"] = ""
    """The role that its style has: code; ``preformatted`` for the style Plain Text; empty for other text."""
    has_text: bool = False
    """Whether anything but white space in it is published."""
    omitted: bool = False
    """Whether all of it is left out, together with its end."""

    @property
    def has_contents(self) -> bool:
        """Whether lines of a table of contents are left out in it."""
        return any(change.rule == TABLE_OF_CONTENTS for change in self.changes)


@dataclass(slots=True, kw_only=True)
class Cell:
    """A cell of a table."""

    column: int
    """The grid column in which it begins, from 0."""
    column_span: int
    row_span: int = 1
    blocks: list[Block] = field(default_factory=list)
    header: bool = False
    height: float = 0.0
    """The least height of its row, in points; 0 for none, and in all cells but the last of a row."""


@dataclass(slots=True, kw_only=True)
class Table:
    """A table: the cells that begin in each row, and its span of the text."""

    rows: list[list[Cell]]
    start: int
    end: int


Block: TypeAlias = "Paragraph | Table | SourcePicture"


class TextBuilder:
    """Builds the text of a file, paragraph by paragraph."""

    def __init__(self) -> None:
        """Start with an empty text."""
        self._pieces: list[str] = []
        self.length = 0
        """The length of the text in code points."""
        self.paragraphs: list[Paragraph] = []
        self.marks: list[Mark] = []
        """The inline marks of the runs, in any order."""
        self.runs: list[Run] = []
        """The runs with text, in order of their ends."""

    @property
    def string(self) -> str:
        """The whole text, with everything that is left out."""
        return "".join(self._pieces)

    def begin_paragraph(self) -> Paragraph:
        """Begin a paragraph at the end of the text."""
        paragraph = Paragraph(start=self.length)
        self.paragraphs.append(paragraph)
        return paragraph

    def end_paragraph(self, paragraph: Paragraph, omission: EditRule | None = None) -> None:
        """End a paragraph with a line feed, which belongs to it only if it is left out."""
        if omission is not None and paragraph.start < self.length:
            self.write(paragraph, "\n", omission)
        paragraph.end = self.length
        paragraph.omitted = omission is not None
        if omission is None:
            self._append("\n")

    def add_paragraph(self, string: str, omission: EditRule | None = None) -> Paragraph:
        """Add a whole paragraph, and return it."""
        paragraph = self.begin_paragraph()
        self.write(paragraph, string, omission)
        self.end_paragraph(paragraph, omission)
        return paragraph

    def write(self, paragraph: Paragraph, string: str, omission: EditRule | None) -> None:
        """Write text that is published, or that is left out under the rule ``omission``."""
        if not string:
            return
        start = self._append(string)
        if omission is None:
            self._update_tail(paragraph, string)
            return
        last = paragraph.changes[-1] if paragraph.changes else None
        if last and last.end == start and last.rule == omission and not last.after:
            last.end = self.length
        else:
            paragraph.changes.append(Change(start, self.length, "", omission))

    def write_replaced(
        self, paragraph: Paragraph, after: str, rule: EditRule, *, before: str = OBJECT
    ) -> None:
        """Write ``before``, which is published as ``after``."""
        start = self._append(before)
        paragraph.changes.append(Change(start, self.length, after, rule))
        self._update_tail(paragraph, after)

    def mark(self, kind: MarkKind, start: int, value: str = "") -> None:
        """Mark the text from ``start`` on; a link or a ruby without a value is none."""
        locator = Locator(offset=start, length=self.length - start)
        if locator.length and (value or kind not in ("link", "ruby")):
            self.marks.append(Mark(kind=kind, locator=locator, value=value))

    def _append(self, string: str) -> int:
        """Append to the text; return where the string begins."""
        start = self.length
        self._pieces.append(string)
        self.length += len(string)
        return start

    def _update_tail(self, paragraph: Paragraph, string: str) -> None:
        paragraph.tail = (paragraph.tail + string)[-_TAIL_LENGTH:]
        paragraph.has_text = paragraph.has_text or bool(string.strip())


def published_text(paragraph: Paragraph, string: str) -> tuple[Text, list[Edit]]:
    """Return the published text of a paragraph and its edits; ``string`` is the whole text."""
    start = paragraph.start
    source = locate(string[start : paragraph.end], start)
    changes = [
        change for change in paragraph.changes if string[change.start : change.end] != change.after
    ]
    replacements = [
        Replacement(start=c.start - start, end=c.end - start, after=c.after, reason=c.rule.reason)
        for c in changes
    ]
    text, edits = apply_edits(source, replacements, stage="read", rule="")
    named_edits = [
        replace(edit, rule=change.rule.name) for edit, change in zip(edits, changes, strict=True)
    ]
    return text, named_edits


def join_heading_lines(text: Text) -> tuple[Text, tuple[Edit, ...]]:
    """Return a heading's text without its line feeds, and the edits."""
    return apply_edits(text, _line_feed_replacements(text.string), stage="read", rule=LINE_BREAK)


def add_labels(paragraph: Paragraph, text: Text) -> tuple[Text, list[Edit]]:
    """Return the text of a paragraph with its labels, and the edits; the text is not blank."""
    edits: list[Edit] = []
    for label, rule in paragraph.labels:
        first = len(text.string) - len(text.string.lstrip())
        after = f"{label}{text.string[first]}"
        change = Replacement(start=first, end=first + 1, after=after, reason=rule.reason)
        text, label_edits = apply_edits(text, [change], stage="read", rule=rule.name)
        edits.extend(label_edits)
    return text, edits


def _line_feed_replacements(string: str) -> list[Replacement]:
    """Return a replacement for each line feed: a space between ASCII characters, else nothing."""
    replacements = []
    for index, character in enumerate(string):
        if character != "\n":
            continue
        neighbours = string[:index].rstrip()[-1:] + string[index + 1 :].lstrip()[:1]
        after = " " if neighbours.isascii() and len(neighbours) == 2 else ""
        replacements.append(
            Replacement(start=index, end=index + 1, after=after, reason=LINE_BREAK_REASON)
        )
    return replacements
