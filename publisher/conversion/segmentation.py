"""Which parts of a text the engine gets, and what becomes of the others.

Enters: a text. Leaves: its pieces in order: kept to the letter, settled by a glossary, or to be
converted with one configuration or another. What goes first in the order of the stage goes before
what follows: letters and names, surnames, a person's glossary, the project's, official words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from publisher.conversion.glossary import Entry, Glossary
from publisher.conversion.protected import named, surnames, to_the_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text, and how it is to be converted."""

    start: int
    end: int
    configuration: str = ""
    """Empty where it is settled already."""
    after: str = ""
    rule: str = ""
    """Empty where it stays to the letter."""
    note: str = ""


class Plan:
    """Parts texts into pieces, and remembers what it protected."""

    def __init__(
        self,
        *,
        configuration: str,
        plain: str,
        names: tuple[str, ...],
        users: Glossary | None,
        own: Glossary,
    ) -> None:
        """Take OpenCC's configuration, and ``plain``, the same without an exchange of words."""
        self.protected: dict[str, None] = {}
        self._configuration, self._plain = configuration, plain
        self._names, self._users, self._own = names, users, own

    def pieces(self, string: str) -> Iterator[Piece]:
        """Yield a text piece by piece."""
        done = 0
        for settled in self._settled(string):
            if settled.start > done:
                yield Piece(start=done, end=settled.start, configuration=self._configuration)
            yield settled
            done = settled.end
        if done < len(string):
            yield Piece(start=done, end=len(string), configuration=self._configuration)

    def _settled(self, string: str) -> list[Piece]:
        claims = _Claims(len(string))
        titles = [(span.start, span.end) for span in named(string)]
        for span in to_the_letter(string, self._names):
            claims.take(Piece(start=span.start, end=span.end))
            self.protected[string[span.start : span.end]] = None
        for start, end in titles:
            self.protected[string[start:end]] = None
        if self._plain.startswith("s2"):
            for place, form in surnames(string):
                piece = Piece(
                    start=place, end=place + 1, after=form, rule=GLOSSARY, note="a surname"
                )
                claims.take(piece)
        for piece in self._words(string, titles):
            claims.take(piece)
        if self._configuration != self._plain:
            for hit in _official_words().hits(string):
                claims.take(Piece(start=hit.start, end=hit.end, configuration=self._plain))
            for start, end in titles:
                for a, b in claims.free(start, end):
                    claims.take(Piece(start=a, end=b, configuration=self._plain))
        return claims.pieces()

    def _words(self, string: str, titles: list[tuple[int, int]]) -> Iterator[Piece]:
        """Yield what glossaries settle; a person's words do not reach into titles."""
        for glossary in (self._users, self._own):
            for hit in glossary.hits(string) if glossary else ():
                titled = any(a < hit.end and hit.start < b for a, b in titles)
                if glossary is self._own or not titled:
                    yield Piece(
                        start=hit.start,
                        end=hit.end,
                        after=hit.entry.target,
                        rule=GLOSSARY,
                        note=hit.entry.note,
                    )


class _Claims:
    """Pieces of a text, none over another: the first that asks for a place gets it."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)
        self._pieces: list[Piece] = []

    def take(self, piece: Piece) -> None:
        """Keep a piece, unless another lies there already."""
        if not any(self._taken[piece.start : piece.end]):
            self._taken[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
            self._pieces.append(piece)

    def free(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the stretches between two places that nothing has claimed."""
        found, place = [], start
        while place < end:
            if self._taken[place]:
                place += 1
                continue
            stop = self._taken.find(1, place, end)
            stop = end if stop < 0 else stop
            found.append((place, stop))
            place = stop
        return found

    def pieces(self) -> list[Piece]:
        """Return what was claimed, in order."""
        return sorted(self._pieces, key=lambda one: one.start)


@cache
def _official_words() -> Glossary:
    """Return the words of the PRC's official language, whose characters alone are converted."""
    text = (files("publisher.conversion") / "official_names.txt").read_text(encoding="utf-8")
    words = [line for line in text.splitlines() if line and not line.startswith("#")]
    return Glossary(
        [Entry(where="", source=word, target=word, scripts=(), note="") for word in words]
    )
