"""The documented findings of verification, for ``publisher rules``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.model import FindingRule, RuleEntry
from publisher.verify import (
    glyph_widths,
    matterhorn,
    provenance_rules,
    record_rules,
    semantics,
    table_semantics,
    text_comparison,
    uncompared_structure,
    unrecorded,
    validators,
    verapdf,
)
from publisher.verify.preflight import rules as preflight_rules
from publisher.verify.signatures import validation as signature_validation
from publisher.verify.visibility import rules as visibility_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.verify.rule import VerdictRules

TABLES: dict[str, VerdictRules] = {
    "provenance": provenance_rules.RULES,
    "record": record_rules.RULES,
    "text": text_comparison.RULES,
    "matterhorn": matterhorn.RULES,
    "semantics": semantics.RULES,
    "tables": table_semantics.RULES,
    "visibility": visibility_rules.RULES,
    "widths": glyph_widths.RULES,
    "page-validation": validators.RULES,
    "verapdf": verapdf.RULES,
    "unverified-standard": validators.UNVERIFIED_RULES,
    "uncompared-structure": uncompared_structure.RULES,
    "unrecorded": unrecorded.RULES,
    "preflight": preflight_rules.RULES,
    "signatures": signature_validation.RULES,
}
"""The rules of each verdict, by a name for the documentation."""

_KINDS = {
    "matterhorn": "Matterhorn",
    "semantics": "structure",
    "tables": "table structure",
    "widths": "glyph width",
    "page-validation": "PDF conformance",
    "verapdf": "veraPDF",
    "unverified-standard": "unchecked standard",
    "uncompared-structure": "uncompared structure",
    "unrecorded": "missing record",
    "visibility": "visible text",
    "signatures": "signature",
}
"""How the headings of the documentation call the findings of a verdict, if not by its name."""


def _entries(name: str, table: VerdictRules) -> Iterator[RuleEntry]:
    kind = f"{_KINDS.get(name, name)} finding"
    for rule in table.rules:
        slug = re.sub("[^a-z0-9]+", "-", rule.clause.lower()).strip("-")
        yield FindingRule(
            name=slug if slug.startswith(name) else f"{name}-{slug}",
            kind=kind,
            summary=rule.problem,
            reason=f"{rule.standard}.",
            examples=(),
            exceptions="",
            clause=rule.clause,
            severity=rule.severity,
            message="",
            hint=rule.remedy,
        )
    if table.external_clauses:
        yield RuleEntry(
            name=f"{name}-rules",
            kind=kind,
            summary=f"A rule of {table.validator} fails; the clauses are {table.external_clauses}.",
            reason=f"The file declares a standard that {table.validator} verifies.",
            examples=(),
            exceptions="",
        )


ENTRIES = tuple(entry for name, table in TABLES.items() for entry in _entries(name, table))
