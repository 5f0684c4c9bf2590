"""What each key of the record claims, and how verification judges the claim.

``CLAIMS`` has a line for each leaf of ``publisher.model.record_types.Record``; a list is written ``[]`` and a table
with any keys ``{}``. A key without a line fails ``tests/audit/test_claims.py``, so that no new key is forgotten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Evidence = Literal["source", "pdf", "format", "effect", "machine", "decisions"]
"""What a claim is judged by.

``source``: it is made again from the source. ``pdf``: the file itself proves it, with or without the source.
``format``: a record with another value is not read. ``effect``: an option, judged by all that it changes.
``machine``: compared with the software here. ``decisions``: made again from the decisions file.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """How a claim of the record is judged."""

    evidence: Evidence
    shown: bool = False
    """Whether the PDF shows it too, so that it is compared even without the source."""
    layout: bool = False
    """Whether it depends on the style and the fonts, and not on the source and the other options alone."""


_SOURCE = Claim(evidence="source")
_SHOWN = Claim(evidence="source", shown=True)
_PDF = Claim(evidence="pdf", shown=True, layout=True)
_LAYOUT = Claim(evidence="source", layout=True)
_SHOWN_LAYOUT = Claim(evidence="source", shown=True, layout=True)
_EFFECT = Claim(evidence="effect")
_MACHINE = Claim(evidence="machine")
_DECISIONS = Claim(evidence="decisions")

_EDIT = ("stage", "rule", "offset", "length", "before", "after", "reason", "preceding")
_FINDING = ("clause", "severity", "message", "hint", "offset", "length")
_WORD = ("offset", "before", "after", "note")


def _below(prefix: str, keys: tuple[str, ...], claim: Claim) -> dict[str, Claim]:
    return {f"{prefix}.{key}": claim for key in keys}


CLAIMS: Mapping[str, Claim] = MappingProxyType(
    {
        "record_version": Claim(evidence="format"),
        **_below("source", ("encoding", "encoding_confidence", "characters"), _SOURCE),
        **_below("source", ("name", "bytes", "media_type"), _SHOWN),
        "source.sha256": Claim(evidence="pdf", shown=True),
        "source.facts.{}": _SOURCE,
        **_below("options", ("style", "names[]", "bleed", "glossary", "extensions[]"), _EFFECT),
        **_below("report", ("title", "issuer", "date", "document_number", "period"), _SHOWN),
        "report.language": _SHOWN,
        **_below("report", ("subtitle", "speaker", "source", "issuers[]"), _SOURCE),
        **_below("report.kind", ("name", "evidence"), _SOURCE),
        **_below("report.sections[]", ("number", "title"), _SHOWN),
        "report.sections[].page": _SHOWN_LAYOUT,
        "report.sections[].level": _SOURCE,
        **_below("report.annexes[]", ("label", "title"), _SOURCE),
        "report.annexes[].page": _LAYOUT,
        **_below("report.annexes[].sections[]", ("level", "number", "title"), _SOURCE),
        "report.annexes[].sections[].page": _LAYOUT,
        **_below("edits[]", _EDIT, _SOURCE),
        **_below("proposals[]", _EDIT, _SOURCE),
        **_below("decisions", ("file", "sha256", "title", "subtitle", "issuer"), _DECISIONS),
        "decisions.date": _DECISIONS,
        **_below("decisions.edits[]", ("rule", "decision", *_EDIT[2:6]), _DECISIONS),
        **_below("decisions.lines[]", ("offset", "length", "role", "level"), _DECISIONS),
        **_below("decisions.captions[]", ("offset", "length", "caption"), _DECISIONS),
        **_below("observations[]", ("section", "subject", "value", "unit", "qualifier"), _SHOWN),
        **_below("observations[]", ("period", "quote", "offset", "part_of"), _SHOWN),
        **_below(
            "observations[]", ("measure", "scope", "kind", "direction", "status", "doubt"), _SOURCE
        ),
        "observations[].page": _LAYOUT,
        **_below("relations[]", ("kind", "offset", "base"), _SOURCE),
        **_below("checks[]", ("kind", "statement", "subject", "stated", "computed"), _SOURCE),
        **_below("checks[]", ("holds", "reason", "quote", "offset"), _SOURCE),
        **_below("tables[]", ("form", "caption", "section", "origin"), _SOURCE),
        **_below("tables[]", ("columns[][]", "rows[][]", "kinds[][]", "spans[][][]"), _SOURCE),
        **_below("conversion", ("from", "to", "configuration", "protected[]"), _SOURCE),
        **_below("conversion", ("forms", "second_reading"), _SOURCE),
        "conversion.unpaired_quotation_marks[]": _SOURCE,
        **_below("conversion.glossary[]", _WORD, _SOURCE),
        **_below("conversion.vocabulary[]", _WORD, _SOURCE),
        **_below("conversion.ambiguous[]", ("offset", "before", "after", "why"), _SOURCE),
        "conversion.ambiguous[].alternatives[]": _SOURCE,
        "conversion.ambiguous[].more[]": _SOURCE,
        "fonts[].family": _SHOWN_LAYOUT,
        **_below("fonts[]", ("style", "version", "licence", "characters"), _LAYOUT),
        "text": Claim(evidence="pdf", shown=True),
        "additions[].at": _LAYOUT,
        "additions[].text": _PDF,
        **_below("findings[]", _FINDING, _LAYOUT),
        **_below("pdf", ("sha256", "bytes", "pages", "profile", "declares[]"), _PDF),
        **_below("pdf.verdicts[]", ("profile", "validator", "version", "passed"), _LAYOUT),
        **_below("pdf.verdicts[].findings[]", _FINDING, _LAYOUT),
        **_below("software", ("publisher", "weasyprint"), Claim(evidence="machine", shown=True)),
        **_below("software", ("code", "pango", "harfbuzz", "pypdf", "dictionary"), _MACHINE),
        **_below("software", ("ziamath", "latex2mathml", "words", "second_reading"), _MACHINE),
        "software.extensions": _MACHINE,
    }
)
"""How each leaf of the record is judged, by its key."""

_INDEX = re.compile(r"\[\d+\]")


def claim_of(path: str) -> Claim | None:
    """Return how the claim at a path such as ``edits[3].after`` is judged; None for a key that is not known."""
    key = _INDEX.sub("[]", path)
    if key.startswith("source.facts."):
        key = "source.facts.{}"
    if key.startswith("options."):
        return _EFFECT
    return CLAIMS.get(key)


def depends_on_layout(path: str) -> bool:
    """Return whether any claim at or below a path depends on the style and the fonts."""
    key = _INDEX.sub("[]", path)
    return any(
        claim.layout
        for name, claim in CLAIMS.items()
        if name == key or name.startswith((f"{key}.", f"{key}["))
    )


def uncompared_keys(*, shown_only: bool) -> tuple[str, ...]:
    """Return the keys of the claims that need the source, up to their first list.

    Args:
        shown_only: Whether to leave out those that the PDF shows.

    """
    keys = (
        key
        for key, claim in CLAIMS.items()
        if claim.evidence in ("source", "decisions", "effect") and not (shown_only and claim.shown)
    )
    names = (key.partition("[")[0].removesuffix(".{}") for key in keys)
    return tuple(
        dict.fromkeys("options" if name.startswith("options.") else name for name in names)
    )
