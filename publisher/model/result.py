"""What comes of a source: its conversion, the fonts, the verdicts and the publication."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from publisher.model.statistics import Statistics
    from publisher.model.text import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguity:
    """A character or a word with more than one counterpart, for an editor to look at."""

    offset: int
    before: str
    after: str
    reason: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """A word that a glossary, or a change of vocabulary, settled."""

    offset: int
    before: str
    after: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What the conversion of the script did, for an editor to check."""

    source_script: str
    """BCP 47 script of the source: zh-Hans, zh-Hant or mixed."""
    target: str
    """BCP 47 of the result; the source's own where nothing was converted."""
    configuration: str = ""
    """OpenCC's name for what was done; empty where nothing was."""
    protected: tuple[str, ...] = ()
    """What was left to the letter, or taken character by character."""
    glossary: tuple[WordChange, ...] = ()
    vocabulary: tuple[WordChange, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    unpaired_quotation_marks: tuple[int, ...] = ()
    """Offsets of quotation marks without a counterpart, which stay as they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontUse:
    """A font that a publication embeds."""

    family: str
    style: str
    version: str
    licence: str
    characters: int
    """How many different characters it supplies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one validator says of one file."""

    profile: str
    validator: str
    version: str
    passed: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A finished publication."""

    source: Path
    pdf: Path
    record: Path
    pages: int
    title: str
    findings: tuple[Finding, ...]
    statistics: Statistics
    verdicts: tuple[Verdict, ...]
    written: tuple[Path, ...] = field(default=())
    """Every file written, the PDF and the record included."""
