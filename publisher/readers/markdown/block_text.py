"""The text of Markdown's blocks: removes the marks, with an edit for each.

Input is a block with the spans of its lines. Output is its text and its pictures. Content that a
page cannot show, or shows differently, is reported as a finding.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable
from publisher.model import Edit, Finding, Locator
from publisher.model import Mark as InlineMark
from publisher.readers.finding_rules import OMITTED_DELETION, PICTURE_OF_MARKDOWN, RAISED_TEXT
from publisher.readers.formulas import REASON, formula_from_tex, unset_formula
from publisher.readers.limits import require
from publisher.readers.markdown.formulas import read_delimiters
from publisher.readers.markdown.html_marks import MARK_REASON, Mark, Picture, html_marks
from publisher.readers.markdown.inline_marks import find_marks
from publisher.readers.markdown.styled_spans import (
    DELETION_REASON,
    StyledSpan,
    dialect_spans,
    html_spans,
    publish_spans,
    shifted_spans,
    without_nested,
)
from publisher.readers.picture_decoding import PictureError, safe_picture
from publisher.readers.raised_text import describe_doubtful
from publisher.text.edits import Replacement, apply_edits
from publisher.text.mathml import MathMLError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import FindingRule, SourcePicture, Text
    from publisher.readers.markdown.blocks import Block

_ITEM_NUMBER = re.compile(r"[0-9]{1,9}[.)](?=[ \t]|$)")
"""The label of a numbered item, which is text."""
_CHECK_BOX = re.compile(r"\[([ xX])\][ \t]+(?=[^ \t])")
"""The box of an item of a task list (GitHub Flavored Markdown 0.29, 5.3)."""
_CHECK_BOX_REASON = "the box of a task, empty or checked"
_HEADING_ATTRIBUTES = re.compile(r"(?<=[^ \t])[ \t]+\{[#.][^{}\n]*\}$")
_DATA_URL = re.compile(r"data:image/[a-z0-9.+-]+;base64,", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class BlockTextReader:
    """Reads the text of blocks, and collects the edits and findings."""

    source: Text
    lines: list[tuple[int, int, int]]
    """For each line its start, its end, and the start of the next line, as offsets."""
    environment: dict[str, Any]
    """The reference definitions, and the numbers of the notes by label under ``notes``."""
    where: str
    """The name of the file in error messages."""
    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    """The targets of the links and pictures that were read."""
    picture_count: int = 0
    inline_marks: list[InlineMark] = field(default_factory=list)
    """The inline marks of the blocks that were read."""

    def read_block(self, block: Block) -> tuple[Text, list[SourcePicture]]:
        """Return the text and the pictures of a block; remove its lines that are only marks."""
        last = block.first_content_line + len(block.line_spans)
        for number in range(block.first, block.last):
            if not block.first_content_line <= number < last:
                self.remove(*self.lines[number][:2])
        if not block.line_spans:
            return self.source.slice(0, 0), []
        surrounding_marks: list[Mark] = []
        for number, span in enumerate(block.line_spans, start=block.first_content_line):
            start, end, _ = self.lines[number]
            if block.begins_line(span) and start < span.source:
                surrounding_marks.append(Mark(start=start, end=span.source))
            else:
                surrounding_marks.extend(self._marks_around(start, span.source))
            if block.kind == "heading":
                surrounding_marks.extend(self._marks_around(span.source + span.length, end))
        marks, pictures = self._read_marks(block)
        start, end = self.lines[block.first_content_line][0], self.lines[last - 1][1]
        return self.remove_marks(start, end, [*surrounding_marks, *marks]), pictures

    def read_cell(self, cell: Block) -> tuple[Text, list[SourcePicture]]:
        """Return the text and the pictures of a table cell."""
        marks, pictures = self._read_marks(cell)
        for before, after in zip(cell.line_spans, cell.line_spans[1:], strict=False):
            marks.append(Mark(start=before.source + before.length, end=after.source))
        start = cell.line_spans[0].source
        return self.remove_marks(start, cell.line_spans[-1].end, marks), pictures

    def remove(self, start: int, end: int, reason: str = MARK_REASON) -> None:
        """Remove a span of the source, except white space at its ends."""
        string = self.source.string[start:end]
        if string.strip():
            first = start + len(string) - len(string.lstrip())
            last = start + len(string.rstrip())
            self.remove_marks(first, last, [Mark(start=first, end=last, reason=reason)])

    def remove_marks(self, start: int, end: int, marks: Iterable[Mark]) -> Text:
        """Return a span of the source without the marks, which may be in any order."""
        changes: list[Replacement] = []
        for mark in sorted(marks, key=lambda mark: mark.start):
            first = mark.start - start
            previous = changes[-1] if changes else None
            if (
                previous
                and previous.end == first
                and (previous.after, previous.reason) == ("", mark.reason)
            ):
                first = changes.pop().start
            changes.append(
                Replacement(start=first, end=mark.end - start, after=mark.after, reason=mark.reason)
            )
        text, edits = apply_edits(
            self.source.slice(start, end), changes, stage="read", rule="markdown"
        )
        self.edits.extend(edits)
        return text

    def warn(self, rule: FindingRule, span: tuple[int, int], **values: object) -> None:
        """Add a finding of a rule about a span of the source."""
        locator = Locator(offset=span[0], length=span[1] - span[0])
        self.findings.append(rule.finding(locator, **values))

    def _marks_around(self, start: int, end: int) -> Iterator[Mark]:
        """Yield the marks before or after a line's text: everything except an item's number."""
        string = self.source.string[start:end]
        position = 0
        for number_match in [*_ITEM_NUMBER.finditer(string), None]:
            piece = string[position : number_match.start() if number_match else len(string)]
            if piece.strip():
                first = start + position + len(piece) - len(piece.lstrip())
                yield Mark(start=first, end=start + position + len(piece.rstrip()))
            position = number_match.end() if number_match else len(string)

    def _read_marks(self, block: Block) -> tuple[list[Mark], list[SourcePicture]]:
        """Return a block's marks, with offsets in the source, and its pictures."""
        if block.kind == "code":
            return [], []
        found_marks, styled_spans = self._find_marks(block)
        box = _CHECK_BOX.match(block.content) if block.kind == "item" else None
        if box and all(mark.start >= box.end() for mark in found_marks):
            after = "☐" if box[1] == " " else "☑"
            found_marks.append(Mark(start=0, end=box.end(), after=after, reason=_CHECK_BOX_REASON))
        match = _HEADING_ATTRIBUTES.search(block.content) if block.kind == "heading" else None
        if match and all(mark.end <= match.start() for mark in found_marks):
            found_marks.append(Mark(start=match.start(), end=match.end()))
        drafts: list[Mark] = []
        pictures: list[SourcePicture] = []
        for entry in without_nested(found_marks):
            pieces = list(block.spans(entry.start, entry.end))
            if not pieces:
                continue
            if isinstance(entry, Picture):
                span = (pieces[0][0], pieces[-1][1])
                after, reason, picture = self._read_picture(entry, span)
                pictures += [picture] if picture else []
                drafts.append(Mark(start=entry.start, end=entry.end, after=after, reason=reason))
            else:
                drafts.append(entry)
        if styled_spans:
            styled_spans, drafts = publish_spans(block.content, styled_spans, drafts)
        for styled in styled_spans:
            pieces = list(block.spans(styled.start, styled.end))
            if pieces:
                start, end = pieces[0][0], pieces[-1][1]
                locator = Locator(offset=start, length=end - start)
                inline_mark = InlineMark(kind=styled.kind, locator=locator, value=styled.value)
                self.inline_marks.append(inline_mark)
        return list(_in_source(block, drafts)), pictures

    def _find_marks(self, block: Block) -> tuple[list[Mark | Picture], list[StyledSpan]]:
        """Return the spans of a block that are no text, and those that its marks style, by offsets in its content."""
        content = block.content
        if block.kind == "html":
            found_marks = list(html_marks(content))
            tags = [(mark.start, mark.end) for mark in found_marks if content[mark.start] == "<"]
            spans, removed = html_spans(content, tags)
            spans += self._shifted(block, tags)
        else:
            environment = {**self.environment, "is_heading": block.kind == "heading"}
            inline_marks = find_marks(content, environment)
            found_marks = [*inline_marks.marks, *inline_marks.pictures]
            self.addresses.update(inline_marks.addresses)
            spans, removed = html_spans(content, inline_marks.tags)
            covered = [*inline_marks.covered, *((mark.start, mark.end) for mark in found_marks)]
            small = list(dialect_spans(content, covered))
            shifted = self._shifted(block, inline_marks.tags)
            spans = [*inline_marks.spans, *spans, *shifted, *small]
            self._read_formulas(block, inline_marks.formulas, found_marks, spans)
            for span in small:
                found_marks.append(Mark(start=span.start - 1, end=span.start))
                found_marks.append(Mark(start=span.end, end=span.end + 1))
        for mark in removed:
            if mark.reason == DELETION_REASON:
                self.warn(
                    OMITTED_DELETION,
                    next(block.spans(mark.start, mark.end)),
                    reason=mark.reason,
                    text=content[mark.start : mark.end][:30],
                )
        return [*found_marks, *removed], spans

    def _shifted(self, block: Block, tags: Sequence[tuple[int, int]]) -> list[StyledSpan]:
        """Return the superscripts and subscripts that styles make; report text that may be one."""
        spans: list[StyledSpan] = []
        for span in shifted_spans(block.content, tags, where=self.where):
            if span.judgement in ("superscript", "subscript"):
                spans.append(StyledSpan(kind=span.judgement, start=span.start, end=span.end))
            else:
                values = describe_doubtful(span.shift, span.text, span.before)
                self.warn(RAISED_TEXT, next(block.spans(span.start, span.end)), **values)
        return spans

    def _read_formulas(
        self,
        block: Block,
        formulas: Iterable[tuple[int, int]],
        marks: list[Mark | Picture],
        spans: list[StyledSpan],
    ) -> None:
        """Add the mark and the styled span of each formula; report one that stays as it is written."""
        for start, end in formulas:
            source = block.content[start:end]
            tex, display = read_delimiters(source)
            try:
                formula = formula_from_tex(tex, display=display)
            except MathMLError as error:
                pieces = list(block.spans(start, end))
                locator = Locator(offset=pieces[0][0], length=pieces[-1][1] - pieces[0][0])
                self.findings.append(unset_formula(source, error, locator))
                continue
            marks.append(Mark(start=start, end=end, after=formula.text, reason=REASON))
            spans.append(StyledSpan(kind="formula", start=start, end=end, value=formula.mathml))

    def _read_picture(
        self, mark: Picture, span: tuple[int, int]
    ) -> tuple[str, str, SourcePicture | None]:
        """Return the text that replaces a picture, the reason, and the picture if it is shown."""
        self.picture_count += 1
        require("pictures", self.picture_count, where=self.where)
        problem = "is not in the file"
        if _DATA_URL.match(mark.address):
            locator = Locator(offset=span[0], length=span[1] - span[0])
            try:
                data = base64.b64decode(mark.address.partition(",")[2])
                picture = safe_picture(data, alt=mark.alt, locator=locator, where=self.where)
            except (PictureError, ValueError) as error:
                problem = translatable("cannot be shown: {error}", error=error)
            else:
                return "", "the picture is shown as a figure", picture
        self.warn(PICTURE_OF_MARKDOWN, span, name=mark.alt or mark.address[:60], problem=problem)
        after = f"［图：{mark.alt}］" if mark.alt else ""
        return after, "links are never followed; the text alternative replaces the picture", None


def _in_source(block: Block, marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield the marks of a block with offsets in the source; a mark over several lines has a part in each."""
    for mark in marks:
        pieces = list(block.spans(mark.start, mark.end))
        for start, end in pieces[:-1]:
            yield Mark(start=start, end=end, reason=mark.reason)
        for start, end in pieces[-1:]:
            yield Mark(start=start, end=end, after=mark.after, reason=mark.reason)
