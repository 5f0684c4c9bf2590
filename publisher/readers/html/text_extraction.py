"""The text of a page out of its source: every stretch of markup an edit, every character in place.

Enters: the source, the pieces that are kept and the spans that are left out. Leaves: one ``Text``,
the edits that make it of the source, and where each kept line lies in it. White space is HTML's
(one space for any run), except that none comes between Chinese characters that the source broke
over two lines.
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from publisher.model import Edit, Locator, Text
from publisher.readers.html.tokens import REFERENCE
from publisher.text.characters import is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.readers.html.flow import Line, Silent

MARKUP = "markup, not text"
_RUNS = re.compile(rf"[ \t\r\n\f]+|{REFERENCE.pattern}")


class Writer:
    """A text while it is made; ``finish`` when every kept line has been written."""

    def __init__(self, source: str, left_out: Sequence[Silent]) -> None:
        """Begin; ``left_out`` is in order, none inside another."""
        self.source = source
        self.edits: list[Edit] = []
        self._left_out = left_out
        self._next = 0
        self._done = 0
        """How much of the source is accounted for."""
        self._parts: list[str] = []
        self._length = 0
        self._starts, self._ends = array("l"), array("l")
        self._gap = ""
        """What has been passed since the last kept character: a space, a line end, or nothing."""
        self._last = ""

    def line(self, line: Line) -> tuple[int, int]:
        """Write a line on a line of its own; return where it begins and ends in the text."""
        self._gap = "\n"
        first = -1
        for piece in line.pieces:
            if piece.after is None:
                began = self._text(piece.start, piece.end, preformatted=line.preformatted)
            elif piece.after == "\n":
                self._gap, began = "\n", -1
            else:
                began = self._instead(piece.start, piece.end, piece.after, piece.rule, piece.reason)
            first = began if first < 0 else first
        return max(first, 0), self._length

    def instead(self, start: int, end: int, after: str, rule: str, reason: str) -> tuple[int, int]:
        """Write words of our own, on a line of their own, for a span of the source."""
        self._gap = "\n"
        first = self._instead(start, end, after, rule, reason)
        return first, self._length

    def finish(self) -> Text:
        """Account for the rest of the source; return the text."""
        self._gap = ""
        self._pass(len(self.source))
        return Text(string="".join(self._parts), starts=self._starts, ends=self._ends)

    def _text(self, start: int, end: int, *, preformatted: bool) -> int:
        """Write source text; return where it begins, or -1 where it is but white space."""
        first, place = -1, start
        for match in _RUNS.finditer(self.source, start, end):
            if match.start() > place:
                began = self._keep(place, match.start())
                first = began if first < 0 else first
            place = match.end()
            run = match[0]
            if run[0] == "&":
                shown = html.unescape(run)
                if shown == run:
                    began = self._keep(*match.span())
                else:
                    reason = "a character reference"
                    began = self._instead(*match.span(), shown, "html-reference", reason)
                first = began if first < 0 else first
            elif preformatted:
                if first >= 0 or "\n" not in run:
                    began = self._keep(*match.span())
                    first = began if first < 0 else first
            else:
                self._see_space(run)
        if place < end:
            began = self._keep(place, end)
            first = began if first < 0 else first
        return first

    def _see_space(self, run: str) -> None:
        if not self._gap:
            self._gap = "\r" if "\n" in run else " "

    def _keep(self, start: int, end: int) -> int:
        self._pass(start, self.source[start])
        began = self._length
        self._add(self.source[start:end], range(start, end), range(start + 1, end + 1))
        self._done = end
        return began

    def _instead(self, start: int, end: int, after: str, rule: str, reason: str) -> int:
        self._pass(start, after[:1])
        began = self._length
        self._add(after, [start] * len(after), [end] * len(after))
        self._edit(start, end, after, rule, reason)
        self._done = end
        return began

    def _add(self, string: str, starts: Iterable[int], ends: Iterable[int]) -> None:
        self._parts.append(string)
        self._length += len(string)
        self._starts.extend(starts)
        self._ends.extend(ends)
        self._last = string[-1:] or self._last

    def _pass(self, place: int, following: str = "") -> None:
        """Account for the source up to ``place``, with what stands there for a reader."""
        space = "\n" if self._gap == "\n" and self._parts else ""
        if self._gap == " " or (
            self._gap == "\r"
            and not (following and is_cjk(self._last or " ") and is_cjk(following))
        ):
            space = " "
        self._gap = ""
        start = self._done
        if start >= place:
            return
        if self.source[start:place] == space:
            self._add(space, [start], [place])
            return
        for begin, end, rule, reason in self._spans(start, place):
            self._add(space, [begin] * len(space), [end] * len(space))
            self._edit(begin, end, space, rule, reason)
            space = ""
        self._done = place

    def _spans(self, start: int, end: int) -> Iterable[tuple[int, int, str, str]]:
        """Part a stretch without text into what is left out, each with its reason, and markup."""
        place = start
        while self._next < len(self._left_out) and self._left_out[self._next].start < end:
            one = self._left_out[self._next]
            begin, stop = max(one.start, place), min(one.end, end)
            if begin > place:
                yield place, begin, "html-markup", MARKUP
            if stop > begin:
                yield begin, stop, one.rule, one.reason
                place = stop
            if one.end > end:
                break
            self._next += 1
        if place < end:
            yield place, end, "html-markup", MARKUP

    def _edit(self, start: int, end: int, after: str, rule: str, reason: str) -> None:
        self.edits.append(
            Edit(
                stage="read",
                rule=rule,
                locator=Locator(offset=start, length=end - start),
                before=self.source[start:end],
                after=after,
                reason=reason,
            )
        )


def by_rule(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits rule by rule, each rule's in the order of the source.

    They touch different places, so their order makes no difference to the text; it makes one to
    whoever makes the text again, a rule at a time.
    """
    return tuple(sorted(edits, key=lambda one: (one.rule, one.locator.offset)))


def at(text: Text, place: int) -> int:
    """Return the index of the first character that comes from ``place`` or behind it."""
    return bisect_left(text.starts, place)
