"""Which spans of a text the engine converts, and how the others are converted.

Input: a text. Output: its pieces in order: unchanged, decided by a glossary, or to be converted with a
configuration. Where several claim the same characters, the first in this order wins: unconverted spans,
surnames, the user's glossary, the project's glossary, official words, titles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING

from publisher.conversion.glossary import Entry, Glossary
from publisher.conversion.unconverted_spans import find_names, find_surnames, find_unconverted
from publisher.text.words import fits_words, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.conversion.recorded_words import RecordedWords
    from publisher.model import Text

GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A span of a text, and how it is converted."""

    start: int
    end: int
    configuration: str = ""
    """OpenCC's configuration for it; empty if it is unchanged or decided already."""
    after: str = ""
    """What it becomes, if a glossary decides."""
    rule: str = ""
    """What decides; empty if it stays unchanged."""
    note: str = ""
    """The reason, from the glossary."""


class ConversionPlan:
    """Splits texts into pieces, and collects what it protects."""

    def __init__(
        self,
        *,
        configuration: str,
        base_configuration: str,
        names: tuple[str, ...],
        user_glossary: Glossary | RecordedWords | None,
        project_glossary: Glossary,
    ) -> None:
        """Prepare for a configuration.

        Args:
            configuration: OpenCC's name of the configuration.
            base_configuration: The same without an exchange of words.
            names: What stays unchanged, from ``--names``.
            user_glossary: The glossary of ``--glossary``, or the words that it replaced in an earlier conversion.
            project_glossary: The glossary of this project.

        """
        self.protected: dict[str, None] = {}
        self._configuration, self._base_configuration = configuration, base_configuration
        self._names = names
        self._user_glossary, self._project_glossary = user_glossary, project_glossary

    def pieces(self, text: Text) -> Iterator[Piece]:
        """Yield the pieces of a text in order; together they are the whole text."""
        string = text.string
        end_of_last = 0
        for piece in self._claimed_pieces(text):
            if piece.start > end_of_last:
                yield Piece(start=end_of_last, end=piece.start, configuration=self._configuration)
            yield piece
            end_of_last = piece.end
        if end_of_last < len(string):
            yield Piece(start=end_of_last, end=len(string), configuration=self._configuration)

    def _claimed_pieces(self, text: Text) -> list[Piece]:
        """Return the pieces that are not simply converted with the configuration."""
        string = text.string
        claims = _Claims(len(string))
        titles = [(span.start, span.end) for span in find_names(string)]
        for span in find_unconverted(string, self._names):
            claims.claim(Piece(start=span.start, end=span.end))
            self.protected[string[span.start : span.end]] = None
        if self._base_configuration.startswith("s2"):
            for offset, form in find_surnames(string):
                piece = Piece(
                    start=offset, end=offset + 1, after=form, rule=GLOSSARY, note="a surname"
                )
                claims.claim(piece)
        for piece in self._glossary_pieces(text, titles):
            claims.claim(piece)
        if self._configuration != self._base_configuration:
            for match in _official_words().find(string):
                claims.claim(
                    Piece(start=match.start, end=match.end, configuration=self._base_configuration)
                )
            for start, end in titles:
                for free_start, free_end in claims.free_spans(start, end):
                    claims.claim(
                        Piece(
                            start=free_start, end=free_end, configuration=self._base_configuration
                        )
                    )
        return claims.pieces()

    def _glossary_pieces(self, text: Text, titles: list[tuple[int, int]]) -> Iterator[Piece]:
        """Yield what the glossaries decide.

        The user's glossary does not apply in titles, the project's not across a border of Simplified words.
        """
        string = text.string
        has_words = self._base_configuration.startswith("s2")
        borders: set[int] = set()
        for glossary in (self._user_glossary, self._project_glossary):
            for match in glossary.find(string, text.starts) if glossary else ():
                if glossary is self._project_glossary:
                    if has_words and not borders:
                        borders = {0, *accumulate(map(len, split_words(string)))}
                    applies = (
                        not has_words
                        or match.entry.is_pattern
                        or fits_words(match.start, match.end, borders)
                    )
                else:
                    applies = not any(
                        start < match.end and match.start < end for start, end in titles
                    )
                if applies:
                    yield Piece(
                        start=match.start,
                        end=match.end,
                        after=match.entry.target,
                        rule=GLOSSARY,
                        note=match.entry.note,
                    )


class _Claims:
    """Pieces of a text without overlaps: the first that claims a character gets it."""

    def __init__(self, length: int) -> None:
        self._is_claimed = bytearray(length)
        self._pieces: list[Piece] = []

    def claim(self, piece: Piece) -> None:
        """Add a piece, unless another one has some of its characters."""
        if not any(self._is_claimed[piece.start : piece.end]):
            self._is_claimed[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
            self._pieces.append(piece)

    def free_spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the spans between two offsets that no piece has claimed."""
        spans, offset = [], start
        while offset < end:
            if self._is_claimed[offset]:
                offset += 1
                continue
            stop = self._is_claimed.find(1, offset, end)
            stop = end if stop < 0 else stop
            spans.append((offset, stop))
            offset = stop
        return spans

    def pieces(self) -> list[Piece]:
        """Return the pieces in order."""
        return sorted(self._pieces, key=lambda piece: piece.start)


@cache
def _official_words() -> Glossary:
    """Return the words of the mainland's official language, in which only characters are converted."""
    text = (files("publisher.conversion") / "official_names.txt").read_text(encoding="utf-8")
    words = [line for line in text.splitlines() if line and not line.startswith("#")]
    return Glossary(
        [Entry(where="", source=word, target=word, scripts=(), note="") for word in words]
    )
