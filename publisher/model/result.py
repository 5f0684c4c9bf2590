"""Results of the later stages: conversion, fonts, verdicts and the publication."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from publisher.model.statistics import Statistics
    from publisher.model.text import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguity:
    """A character or word with more than one possible conversion, for an editor to check."""

    offset: int
    before: str
    after: str
    reason: str
    alternatives: tuple[str, ...] = ()
    more: tuple[int, ...] = ()
    """Offsets of further places with the same text around them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """A word that a glossary or a vocabulary replaced."""

    offset: int
    before: str
    after: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """The result of the conversion between Simplified and Traditional Chinese, for an editor to check."""

    source_script: str
    """The script of the source: zh-Hans, zh-Hant or mixed."""
    target: str
    """The language of the result (BCP 47); that of the source if nothing was converted."""
    configuration: str = ""
    """The name of the OpenCC configuration; empty if nothing was converted."""
    forms: str = ""
    """The forms of Traditional characters: those of the option; empty if nothing was converted to Traditional."""
    second_reading: str = ""
    """The package that read a Simplified text a second time; empty if none did."""
    protected: tuple[str, ...] = ()
    """Words that stayed unchanged or were converted character by character."""
    glossary: tuple[WordChange, ...] = ()
    vocabulary: tuple[WordChange, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    unpaired_quotation_marks: tuple[int, ...] = ()
    """Offsets of quotation marks without a counterpart, which stay unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontUse:
    """An embedded font."""

    family: str
    style: str
    version: str
    licence: str
    characters: int
    """The number of different characters that it supplies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The result of one validator for one file."""

    profile: str
    validator: str
    version: str
    passed: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A publication that was written."""

    source: Path
    pdf: Path
    record: Path
    pages: int
    title: str
    findings: tuple[Finding, ...]
    """What a person should look at."""
    statistics: Statistics
    """The figures of the report and their checks."""
    verdicts: tuple[Verdict, ...]
    """The result of each validator; all passed."""
    written: tuple[Path, ...] = field(default=())
    """All files that were written, the PDF and the record among them."""
