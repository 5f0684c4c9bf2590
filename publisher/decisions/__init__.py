"""The decisions of a person about a report, as an input: read, found beside the source, bound to it, written.

Input: a decisions file (TOML, ``docs/review.md``) and a source. Output: ``publisher.model.Decisions`` for the stages, and
findings about decisions that no longer fit.
"""

from __future__ import annotations

from publisher.decisions.binding import (
    BoundDecisions,
    bind_decisions,
    bind_entries,
    unused_edit_findings,
)
from publisher.decisions.discovery import (
    SUFFIX,
    decision_paths,
    find_decisions,
    new_decisions_path,
    read_decisions_file,
)
from publisher.decisions.encoding import encode_entries, has_comments
from publisher.decisions.entries import (
    DecisionEntries,
    DecisionsFile,
    EditEntry,
    LineEntry,
    ReportEntry,
    SourceEntry,
    TableEntry,
    parse_entries,
)
from publisher.decisions.places import PlaceFinder
from publisher.decisions.updating import update_entries

__all__ = [
    "SUFFIX",
    "BoundDecisions",
    "DecisionEntries",
    "DecisionsFile",
    "EditEntry",
    "LineEntry",
    "PlaceFinder",
    "ReportEntry",
    "SourceEntry",
    "TableEntry",
    "bind_decisions",
    "bind_entries",
    "decision_paths",
    "encode_entries",
    "find_decisions",
    "has_comments",
    "new_decisions_path",
    "parse_entries",
    "read_decisions_file",
    "unused_edit_findings",
    "update_entries",
]
