"""The words of Markdown's blocks: marks at their places in the source, taken away with an edit each.

Enters: a block with its places. Leaves: its text, and the pictures in it. Everything that a page
cannot show, or shows otherwise, is told as a finding.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publisher.model import Edit, Finding, Locator, Severity
from publisher.readers.limits import require
from publisher.readers.markdown.html import Mark, Picture, html_marks
from publisher.readers.markdown.inline import find_marks
from publisher.readers.picture_decoding import PictureError, safe_picture
from publisher.text.edits import Replacement, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import SourcePicture, Text
    from publisher.readers.markdown.blocks import Block

_KEPT = re.compile(r"[0-9]{1,9}[.)](?=[ \t]|$)")
"""The label of a numbered item, which is text."""
_ATTRIBUTES = re.compile(r"(?<=[^ \t])[ \t]+\{[#.][^{}\n]*\}$")
_DATA = re.compile(r"data:image/[a-z0-9.+-]+;base64,", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Words:
    """Takes the marks away, and keeps what was done and noticed."""

    whole: Text
    lines: list[tuple[int, int, int]]
    environment: dict[str, Any]
    where: str
    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    """What the text's links and pictures point to."""
    pictures: int = 0

    def of(self, block: Block) -> tuple[Text, list[SourcePicture]]:
        """Return what a block says, and its pictures; lines that only draw it are taken away."""
        last = block.begin + len(block.places)
        for number in range(block.first, block.last):
            if not block.begin <= number < last:
                self.drop(*self.lines[number][:2])
        if not block.places:
            return self.whole.slice(0, 0), []
        around: list[Mark] = []
        for number, place in enumerate(block.places, start=block.begin):
            start, end, _ = self.lines[number]
            around.extend(self._around(start, place.source))
            if block.kind == "heading":
                around.extend(self._around(place.source + place.length, end))
        marks, pictures = self._marks(block)
        start, end = self.lines[block.begin][0], self.lines[last - 1][1]
        return self.without(start, end, [*around, *marks]), pictures

    def of_cell(self, cell: Block) -> tuple[Text, list[SourcePicture]]:
        """Return what a cell of a table says, and its pictures."""
        marks, pictures = self._marks(cell)
        for before, after in zip(cell.places, cell.places[1:], strict=False):
            marks.append(Mark(start=before.source + before.length, end=after.source))
        start = cell.places[0].source
        return self.without(start, cell.places[-1].end, marks), pictures

    def drop(self, start: int, end: int, reason: str = "") -> None:
        """Take a stretch of the source away, but for the white space around it."""
        string = self.whole.string[start:end]
        if string.strip():
            first = start + len(string) - len(string.lstrip())
            last = start + len(string.rstrip())
            mark = (
                Mark(start=first, end=last, reason=reason)
                if reason
                else Mark(start=first, end=last)
            )
            self.without(first, last, [mark])

    def without(self, start: int, end: int, marks: Iterable[Mark]) -> Text:
        """Return a stretch of the source without the marks, which may stand in any order."""
        changes: list[Replacement] = []
        for mark in sorted(marks, key=lambda mark: mark.start):
            first = mark.start - start
            joined = changes[-1] if changes else None
            if (
                joined
                and joined.end == first
                and (joined.after, joined.reason) == ("", mark.reason)
            ):
                first = changes.pop().start
            changes.append(
                Replacement(start=first, end=mark.end - start, after=mark.after, reason=mark.reason)
            )
        text, edits = apply_edits(
            self.whole.slice(start, end), changes, stage="read", rule="markdown"
        )
        self.edits.extend(edits)
        return text

    def warn(self, clause: str, message: str, span: tuple[int, int], hint: str) -> None:
        """Tell of something that a person should look at."""
        locator = Locator(offset=span[0], length=span[1] - span[0])
        self.findings.append(
            Finding(
                clause=clause,
                severity=Severity.WARNING,
                message=message,
                hint=hint,
                locator=locator,
            )
        )

    def _around(self, start: int, end: int) -> Iterator[Mark]:
        """Yield what stands around a line's words: all of it drawing, but for an item's number."""
        string = self.whole.string[start:end]
        place = 0
        for kept in [*_KEPT.finditer(string), None]:
            piece = string[place : kept.start() if kept else len(string)]
            if piece.strip():
                first = start + place + len(piece) - len(piece.lstrip())
                yield Mark(start=first, end=start + place + len(piece.rstrip()))
            place = kept.end() if kept else len(string)

    def _marks(self, block: Block) -> tuple[list[Mark], list[SourcePicture]]:
        """Return a block's marks at their places in the source, and its pictures."""
        if block.kind == "code":
            return [], []
        found: list[Mark | Picture]
        if block.kind == "html":
            found = list(html_marks(block.content))
        else:
            inline = find_marks(block.content, self.environment)
            found = [*inline.marks, *inline.pictures]
            self.addresses.update(inline.addresses)
            for struck in inline.struck:
                self.warn(
                    "strikethrough",
                    "text that its author struck out is printed like any other",
                    next(block.spans(struck, struck + 1)),
                    "take it out of the source if it is not to be published",
                )
        attributes = _ATTRIBUTES.search(block.content) if block.kind == "heading" else None
        if attributes and not any(one.end > attributes.start() for one in found):
            found.append(Mark(start=attributes.start(), end=attributes.end()))
        marks: list[Mark] = []
        pictures: list[SourcePicture] = []
        for one in found:
            spans = list(block.spans(one.start, one.end))
            if not spans:
                continue
            if isinstance(one, Picture):
                after, reason, picture = self._picture(one, (spans[0][0], spans[-1][1]))
                pictures += [picture] if picture else []
            else:
                after, reason = one.after, one.reason
            marks += [Mark(start=start, end=end, reason=reason) for start, end in spans[:-1]]
            marks.append(Mark(start=spans[-1][0], end=spans[-1][1], after=after, reason=reason))
        return marks, pictures

    def _picture(
        self, one: Picture, span: tuple[int, int]
    ) -> tuple[str, str, SourcePicture | None]:
        """Return what stands for a picture in the text, why, and the picture if it is at hand."""
        self.pictures += 1
        require("pictures", self.pictures, where=self.where)
        why = "is not in the file"
        if _DATA.match(one.address):
            locator = Locator(offset=span[0], length=span[1] - span[0])
            try:
                data = base64.b64decode(one.address.partition(",")[2])
                picture = safe_picture(data, alt=one.alt, locator=locator, where=self.where)
            except (PictureError, ValueError) as error:
                why = f"cannot be shown: {error}"
            else:
                return "", "the picture is shown in its place", picture
        self.warn(
            "pictures",
            f"the picture {one.alt or one.address[:60]!r} {why}; its words stand for it",
            span,
            "put it into the text as data, or send the report as a Word file",
        )
        after = f"［图：{one.alt}］" if one.alt else ""
        return after, "nothing is fetched for a picture; its words stand for it", None
