"""Glossaries: words that characters and dictionaries alone get wrong, each with its reason.

Enters: tab-separated files of source, target, the scripts that it is for, and a note. Leaves:
entries, and where they stand in a text. A source that begins with ``re:`` is a regular expression,
for what only its company decides; a longer source goes before a shorter one at the same place.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from publisher.conversion.protected import apart
from publisher.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PATTERN = "re:"
EVERY = "*"
"""Stands for every Traditional script."""
SCRIPTS = ("zh-Hant-TW", "zh-Hant-HK", "zh-Hant", "zh-Hans-CN")
_PLAIN = re.compile("[0-9A-Za-z\\n]")
_NESTED = re.compile(r"\([^()]*(?:[+*]|\{\d*,|\|)[^()]*\)(?:[+*]|\{\d*,)")
COLUMNS = 3
"""Source, target, scripts; the note may be left out in a person's own file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a glossary."""

    where: str
    """Its file and line, for what only its use can show."""

    source: str
    target: str
    scripts: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry in its place."""

    start: int
    end: int
    entry: Entry


class Glossary:
    """Entries for one script, ready to be looked for."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Put the longest sources first."""
        words = [one for one in entries if not one.source.startswith(PATTERN)]
        self._words = {one.source: one for one in reversed(words)}
        ordered = sorted(self._words, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None
        self._patterns = [
            (re.compile(one.source.removeprefix(PATTERN)), one)
            for one in entries
            if one.source.startswith(PATTERN)
        ]

    def hits(self, text: str) -> list[Hit]:
        """Return where entries stand in a text, in order, none over another."""
        found = [
            Hit(start=match.start(), end=match.end(), entry=entry)
            for pattern, entry in self._patterns
            for match in pattern.finditer(text)
            if match[0]
        ]
        for hit in found:
            require_figures_kept(text[hit.start : hit.end], hit.entry.target, hit.entry.where)
        if self._pattern is not None:
            found += [
                Hit(start=match.start(), end=match.end(), entry=self._words[match[0]])
                for match in self._pattern.finditer(text)
            ]
        return list(apart(found))


@cache
def own_glossary(script: str) -> Glossary:
    """Return the project's glossary for a script."""
    text = (files("publisher.conversion") / "glossary.tsv").read_text(encoding="utf-8")
    return Glossary([one for one in parse(text, "glossary.tsv") if script in one.scripts])


def users_glossary(path: Path, script: str) -> Glossary:
    """Return a person's glossary for a script; raise ``ConfigurationError`` where it is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigurationError(
            f"the glossary cannot be read: {error.strerror}",
            where=str(path),
            hint="check --glossary",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"the glossary is not UTF-8: {error.reason} at byte {error.start}",
            where=str(path),
            hint="save it as UTF-8",
        ) from error
    return Glossary([one for one in parse(text, str(path)) if script in one.scripts])


@cache
def disputed() -> dict[str, tuple[tuple[str, ...], str]]:
    """Return the words that editors settle differently, with their forms and a note."""
    text = (files("publisher.conversion") / "disputed.tsv").read_text(encoding="utf-8")
    found = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            source, forms, note = line.split("\t")
            found[source] = (tuple(forms.split("|")), note)
    return found


def parse(text: str, where: str) -> Iterator[Entry]:
    """Yield the entries of a glossary; raise ``ConfigurationError`` with the line that is wrong."""
    for number, whole in enumerate(text.split("\n"), start=1):
        line = whole.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        parts = [part.strip(" ") for part in line.split("\t")]
        if len(parts) < COLUMNS:
            parts += [EVERY] * (len(parts) == COLUMNS - 1)
        if len(parts) < COLUMNS or not parts[0] or not parts[1]:
            raise ConfigurationError(
                "a source and a target are wanted, parted by a tab",
                where=f"{where}, line {number}",
                hint="a line looks like: 服务台⇥服務臺⇥zh-Hant-TW⇥a counter of an office",
            )
        scripts = SCRIPTS[:3] if parts[2].strip() in ("", EVERY) else tuple(parts[2].split())
        unknown = [script for script in scripts if script not in SCRIPTS]
        if unknown:
            raise ConfigurationError(
                f"{unknown[0]!r} is not one of {', '.join(SCRIPTS)}",
                where=f"{where}, line {number}",
                hint="several are parted by spaces; * stands for every Traditional one",
            )
        _require_pattern(parts[0], f"{where}, line {number}")
        if not parts[0].startswith(PATTERN):
            require_figures_kept(parts[0], parts[1], f"{where}, line {number}")
        yield Entry(
            where=f"{where}, line {number}",
            source=parts[0],
            target=parts[1],
            scripts=scripts,
            note=parts[COLUMNS] if len(parts) > COLUMNS else "",
        )


def require_figures_kept(before: str, after: str, where: str) -> None:
    """Raise ``ConfigurationError`` where a word would change figures, Latin text or lines."""
    kept, become = _PLAIN.findall(before), _PLAIN.findall(after)
    if kept != become:
        raise ConfigurationError(
            f"{before!r} may not become {after!r}: figures, Latin text and line ends never change",
            where=where,
            hint="leave them out of the word",
        )


def _require_pattern(source: str, where: str) -> None:
    if not source.startswith(PATTERN):
        return
    pattern = source.removeprefix(PATTERN)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, FutureWarning) as error:
        raise ConfigurationError(
            f"the regular expression is wrong: {error}",
            where=where,
            hint="leave out re: for a word",
        ) from error
    if _NESTED.search(pattern):
        raise ConfigurationError(
            "the regular expression repeats what repeats, which can take for ever",
            where=where,
            hint="write it without a + or * inside a group that is repeated itself",
        )
