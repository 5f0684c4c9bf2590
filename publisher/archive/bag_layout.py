"""The paths in a bag, and the file names that a bag may contain.

Paths are relative to the bag and use ``/``. The results of a report NAME are in ``data/reports/``, its source is
in ``data/sources/`` under its own name, its decisions in ``data/decisions/NAME.decisions.toml``, the verdicts of the validators are in ``data/validation/NAME/``.
"""

from __future__ import annotations

import re

from publisher.batch.plan import safe_name
from publisher.decisions import SUFFIX as DECISIONS_SUFFIX
from publisher.output_names import DATA_SUFFIXES, PAGE, PDF, RECORD
from publisher.text import unicode_data

REPORTS, SOURCES, VALIDATION = "data/reports", "data/sources", "data/validation"
STYLES, GLOSSARIES, DECISIONS = "data/styles", "data/glossaries", "data/decisions"
FAILURES = "data/failures.csv"
PREMIS, TABLE = "metadata/premis.xml", "metadata/reports.csv"
CSV = DATA_SUFFIXES["csv"]
REQUIRED_SUFFIXES = (PDF, RECORD, CSV, PAGE)
"""The results that every report has in a bag."""
_REPLACED_CATEGORIES = frozenset({"Cc", "Zl", "Zp"})
"""Unicode categories of characters that some readers of bags treat as a line end."""
_REPLACED_CHARACTERS = frozenset({"%", "\ufffe", "\uffff"})
"""Characters that readers of bags encode differently, or that XML 1.0 forbids."""


def name_in_bag(name: str) -> str:
    """Return the name closest to ``name`` that every system and every reader of bags accepts.

    Readers in use disagree about how a manifest writes ``%``, and end a line at every character that may end one.
    """
    replaced = "".join(
        "_"
        if character in _REPLACED_CHARACTERS
        or unicode_data.category(character) in _REPLACED_CATEGORIES
        else character
        for character in safe_name(name)
    )
    return replaced.strip() or "_"


def report_path(name: str, suffix: str) -> str:
    """Return the path of a result of a report."""
    return f"{REPORTS}/{name}{suffix}"


def decisions_path(name: str) -> str:
    """Return the path of the decisions file of a report."""
    return f"{DECISIONS}/{name}{DECISIONS_SUFFIX}"


def verdict_path(name: str, profile: str, validator: str) -> str:
    """Return the path of a verdict on a report."""
    profile_slug, validator_slug = (
        re.sub(r"[^a-z0-9]+", "-", text.lower()) for text in (profile, validator)
    )
    return f"{VALIDATION}/{name}/{profile_slug}.{validator_slug}.json"
