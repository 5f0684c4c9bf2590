"""The spans of a text that are formulas, which no rule for prose may change.

Input: a text and the marks of its source. Output: the spans, or the replacements that are outside of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.text.mark_spans import MarkIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Mark, Text
    from publisher.text.edits import Replacement


_NUMBER = re.compile(
    r"<math[^<>]*>(?:<mrow>)?(?:<mo>[-−]</mo>)?<mn>[^<>]*</mn>(?:<m[io]>[%‰]</m[io]>)?(?:</mrow>)?</math>"
)
"""The MathML of a number, with a sign or a percent sign."""


def is_calculation(mark: Mark) -> bool:
    """Return whether a mark is a formula, and more than a number."""
    return mark.kind == "formula" and not _NUMBER.fullmatch(mark.value)


class FormulaSpans:
    """The formulas of a source."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        """Take the marks of the source, in the order of their offsets."""
        formulas = tuple(mark for mark in marks if mark.kind == "formula")
        self._index = MarkIndex(formulas) if formulas else None

    def outside(self, text: Text, replacements: Iterable[Replacement]) -> Iterator[Replacement]:
        """Yield the replacements that change no part of a formula; one may remove a formula as a whole."""
        spans = [(start, end) for start, end, _ in self._index.spans(text)] if self._index else []
        for change in replacements:
            if not any(_cuts(change, start, end) for start, end in spans):
                yield change


def _cuts(change: Replacement, start: int, end: int) -> bool:
    """Return whether a replacement changes a part of a span and not all of it."""
    is_outside = change.end <= start or change.start >= end
    return not is_outside and not (change.start <= start and end <= change.end)
