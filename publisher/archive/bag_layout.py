"""What is where in a bag of ours, and the names that files may have there.

Paths are below the bag, with ``/``. A report that is called NAME has its results in ``data/reports/``, its source
under its own name in ``data/sources/``, the validators' verdicts in ``data/validation/NAME/``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from publisher.batch.plan import safe_name
from publisher.output_names import DATA_SUFFIXES, PAGE, PDF, RECORD

if TYPE_CHECKING:
    from publisher.model import Verdict

REPORTS, SOURCES, VALIDATION = "data/reports", "data/sources", "data/validation"
STYLES, GLOSSARIES = "data/styles", "data/glossaries"
FAILURES = "data/failures.csv"
PREMIS, TABLE = "metadata/premis.xml", "metadata/reports.csv"
CSV = DATA_SUFFIXES["csv"]
ALWAYS = (PDF, RECORD, CSV, PAGE)
"""The results that every report has in a bag."""
_OTHERWISE = frozenset({"Cc", "Zl", "Zp"})
_NEVER = frozenset({"%", "\ufffe", "\uffff"})
"""What readers of bags do not agree about, and what no XML may hold."""


def name_in_bag(name: str) -> str:
    """Return a name that every system and every reader of bags takes, as near to ``name`` as may be.

    Readers in use do not agree on how a manifest writes ``%``, and break lines at every sign that may
    end one.
    """
    plain = "".join(
        "_" if one in _NEVER or unicodedata.category(one) in _OTHERWISE else one
        for one in safe_name(name)
    )
    return plain.strip() or "_"


def report_path(name: str, suffix: str) -> str:
    """Return where a result of a report is."""
    return f"{REPORTS}/{name}{suffix}"


def verdict_path(name: str, verdict: Verdict) -> str:
    """Return where a verdict on a report is."""
    words = (verdict.profile, verdict.validator)
    profile, validator = (re.sub(r"[^a-z0-9]+", "-", word.lower()) for word in words)
    return f"{VALIDATION}/{name}/{profile}.{validator}.json"
