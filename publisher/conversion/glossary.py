"""Glossaries: words that dictionaries alone convert wrongly, each with its reason.

Input: tab-separated files with source, target, scripts and a note in each line. Output: entries, and
where a text has them. A source that begins with ``re:`` is a regular expression, for words that only
their context decides. Of two sources at the same place the longer one is used.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from publisher.conversion.figure_guard import changes_figure_around, figures_in
from publisher.conversion.unconverted_spans import without_overlaps
from publisher.errors import ConfigurationError
from publisher.messages import join_texts, translatable
from publisher.system.ordinary_file import SETTINGS_LIMIT, read_ordinary_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PATTERN_PREFIX = "re:"
EVERY_TRADITIONAL = "*"
"""In the column of scripts: every Traditional script."""
SCRIPTS = ("zh-Hant-TW", "zh-Hant-HK", "zh-Hant", "zh-Hans-CN")
_NESTED_REPETITION = re.compile(r"\([^()]*(?:[+*]|\{\d*,|\|)[^()]*\)(?:[+*]|\{\d*,)")
COLUMNS = 3
"""Source, target and scripts; the note is optional in a user's file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a glossary."""

    where: str
    """Its file and line, for messages about errors that only show when it is used."""

    source: str
    target: str
    scripts: tuple[str, ...]
    note: str

    @property
    def is_pattern(self) -> bool:
        """Whether the source is a regular expression."""
        return self.source.startswith(PATTERN_PREFIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry at a place of a text."""

    start: int
    end: int
    entry: Entry


class Glossary:
    """The entries for one script, ready for search."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Compile the entries; the longest source is tried first."""
        words = [entry for entry in entries if not entry.source.startswith(PATTERN_PREFIX)]
        self._words = {entry.source: entry for entry in reversed(words)}
        ordered = sorted(self._words, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, ordered))) if ordered else None
        self._patterns = [
            (re.compile(entry.source.removeprefix(PATTERN_PREFIX)), entry)
            for entry in entries
            if entry.source.startswith(PATTERN_PREFIX)
        ]

    def find(self, text: str, _starts: Sequence[int] = ()) -> list[Match]:
        """Return the entries in a text, in order and without overlaps; where its characters are does not matter.

        Raises:
            ConfigurationError: A regular expression matches figures, Latin text or a line end that
                its target would change.

        """
        matches = [
            Match(start=match.start(), end=match.end(), entry=entry)
            for pattern, entry in self._patterns
            for match in pattern.finditer(text)
            if match[0]
        ]
        for match in matches:
            require_figures_unchanged(
                text[match.start : match.end], match.entry.target, match.entry.where
            )
        if self._pattern is not None:
            matches += [
                Match(start=match.start(), end=match.end(), entry=self._words[match[0]])
                for match in self._pattern.finditer(text)
            ]
        for match in matches:
            if changes_figure_around(text, match.start, match.end, match.entry.target):
                raise ConfigurationError(
                    translatable(
                        "{text!r} may not become {target!r}: it is a sign of the figure {figure!r}",
                        text=text[match.start : match.end],
                        target=match.entry.target,
                        figure=text[max(0, match.start - 3) : match.end + 3],
                    ),
                    where=match.entry.where,
                    hint="leave the sign out of the glossary, or give it a context in which it is no sign of a figure",
                )
        return list(without_overlaps(matches))


@cache
def project_glossary(script: str) -> Glossary:
    """Return the project's own glossary for a script."""
    text = (files("publisher.conversion") / "glossary.tsv").read_text(encoding="utf-8")
    return Glossary(
        [entry for entry in parse_glossary(text, "glossary.tsv") if script in entry.scripts]
    )


def load_glossary(path: Path, script: str) -> Glossary:
    """Return a user's glossary for a script.

    Raises:
        ConfigurationError: The file cannot be read, or one of its lines is wrong.

    """
    try:
        text = read_ordinary_file(path, SETTINGS_LIMIT).decode("utf-8-sig")
    except OSError as error:
        raise ConfigurationError(
            translatable("the glossary cannot be read: {strerror}", strerror=error.strerror),
            where=str(path),
            hint="check --glossary",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            translatable(
                "the glossary is not UTF-8: {reason} at byte {position}",
                reason=error.reason,
                position=error.start,
            ),
            where=str(path),
            hint="save it as UTF-8",
        ) from error
    return Glossary([entry for entry in parse_glossary(text, str(path)) if script in entry.scripts])


@cache
def disputed_words(script: str) -> dict[str, tuple[tuple[str, ...], str]]:
    """Return the words that editors convert to a script differently, each with its forms and a note."""
    text = (files("publisher.conversion") / "disputed.tsv").read_text(encoding="utf-8")
    words = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            source, forms, scripts, note = line.split("\t")
            if scripts == EVERY_TRADITIONAL or script in scripts.split():
                words[source] = (tuple(forms.split("|")), note)
    return words


def parse_glossary(text: str, where: str) -> Iterator[Entry]:
    """Yield the entries of a glossary.

    Args:
        text: The content of the file.
        where: The name of the file, for messages.

    Raises:
        ConfigurationError: A line is wrong; the error has its number.

    """
    for number, line_with_end in enumerate(text.split("\n"), start=1):
        line = line_with_end.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        parts = [part.strip(" ") for part in line.split("\t")]
        if len(parts) < COLUMNS:
            parts += [EVERY_TRADITIONAL] * (len(parts) == COLUMNS - 1)
        if len(parts) < COLUMNS or not parts[0] or not parts[1]:
            raise ConfigurationError(
                "a line needs a source and a target, separated by a tab",
                where=f"{where}, line {number}",
                hint="a line looks like: 服务台⇥服務臺⇥zh-Hant-TW⇥a counter of an office",
            )
        scripts = (
            SCRIPTS[:3] if parts[2].strip() in ("", EVERY_TRADITIONAL) else tuple(parts[2].split())
        )
        unknown = [script for script in scripts if script not in SCRIPTS]
        if unknown:
            raise ConfigurationError(
                translatable(
                    "{unknown!r} is not one of {scripts}",
                    unknown=unknown[0],
                    scripts=join_texts(", ", SCRIPTS),
                ),
                where=f"{where}, line {number}",
                hint="separate several by spaces; * means every Traditional one",
            )
        _require_pattern(parts[0], f"{where}, line {number}")
        if not parts[0].startswith(PATTERN_PREFIX):
            require_figures_unchanged(parts[0], parts[1], f"{where}, line {number}")
        yield Entry(
            where=f"{where}, line {number}",
            source=parts[0],
            target=parts[1],
            scripts=scripts,
            note=parts[COLUMNS] if len(parts) > COLUMNS else "",
        )


def require_figures_unchanged(before: str, after: str, where: str) -> None:
    """Raise ``ConfigurationError`` if a word would change figures, Latin text or line ends."""
    if figures_in(before) != figures_in(after):
        raise ConfigurationError(
            translatable(
                "{before!r} may not become {after!r}: figures, Latin text and line ends never change",
                before=before,
                after=after,
            ),
            where=where,
            hint="leave them out of the word, magnitudes such as 万 and 亿 before a unit included",
        )


def _require_pattern(source: str, where: str) -> None:
    """Raise ``ConfigurationError`` if a source is a regular expression that is wrong or may be slow."""
    if not source.startswith(PATTERN_PREFIX):
        return
    pattern = source.removeprefix(PATTERN_PREFIX)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, FutureWarning) as error:
        raise ConfigurationError(
            translatable("the regular expression is wrong: {error}", error=error),
            where=where,
            hint="remove re: if it is a word",
        ) from error
    if _NESTED_REPETITION.search(pattern):
        raise ConfigurationError(
            "the regular expression nests repetitions, which can take forever",
            where=where,
            hint="remove + and * from inside a group that is itself repeated",
        )
