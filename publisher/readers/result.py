"""The result of a reader; ``SourceText`` adds the name and the bytes of the file to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import Passage, SourceTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import AlignedSpan, Edit, Finding, Locator, Mark, Segment, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderResult:
    """The text of a file, its structure, and what the reader changed or noticed."""

    decoded: str
    """The whole text of the file, with everything that is left out; offsets count its code points."""
    encoding: str
    """The name of the encoding, for example utf-8 or gb18030."""
    confidence: float
    """How certain the encoding is, from 0 to 1; 1 if nothing was guessed."""
    segments: tuple[Segment, ...]
    """Passages, tables and pictures in the order of the source."""
    edits: tuple[Edit, ...] = ()
    """The changes that make the text of the segments from ``decoded``, rule by rule."""
    source_metadata: tuple[tuple[str, str], ...] = ()
    """Metadata that the file gives outside its text: Dublin Core name and value."""
    findings: tuple[Finding, ...] = ()
    marks: tuple[Mark, ...] = ()
    """The inline marks, in the order of their offsets; of marks with one offset the longer one is first."""
    quotations: tuple[Locator, ...] = ()
    """The block quotations in order; none is inside another."""
    alignments: tuple[AlignedSpan, ...] = ()
    """The lines that are centred or set flush right, in order; none is inside another."""


def segment_texts(segments: Iterable[Segment]) -> Iterator[Text]:
    """Yield every piece of text in order, cells row by row."""
    for segment in segments:
        if isinstance(segment, Passage):
            yield segment.text
        elif isinstance(segment, SourceTable):
            yield from (cell.text for row in segment.rows for cell in row)
