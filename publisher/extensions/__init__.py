"""Extensions: installed packages with readers, normalising rules, arithmetic checks and styles of their own.

A package declares them as entry points (``loading.GROUPS``, docs/extensions.md). It is used for the reports whose
options name it, and changes nothing for any other. ``registry`` has the readers, rules, checks and styles of a report
as one value, ``loading`` makes it from the names of packages, ``guards`` turns the faults of a package into errors with
its name. An extension imports what it needs from this module; the names in ``__all__`` are the interface.
"""

from publisher.extensions.loading import load_extensions, load_style_of
from publisher.extensions.registry import NO_EXTENSIONS, Extension, Extensions
from publisher.model import Check, Finding, Locator, Outcome, Passage, Reason, Severity
from publisher.model import SourceCell as Cell
from publisher.model import SourceTable as Table
from publisher.normalise.context import Context
from publisher.normalise.rule import NormalisingRule, rule
from publisher.readers.encoding import decode
from publisher.readers.formats import Format
from publisher.readers.result import ReaderResult
from publisher.statistics.checks.arithmetic_check import (
    ArithmeticCheck,
    ReportStatements,
    arithmetic_check,
)
from publisher.statistics.statement import Statement
from publisher.text.edits import Replacement, apply_edits, locate

__all__ = [
    "NO_EXTENSIONS",
    "ArithmeticCheck",
    "Cell",
    "Check",
    "Context",
    "Extension",
    "Extensions",
    "Finding",
    "Format",
    "Locator",
    "NormalisingRule",
    "Outcome",
    "Passage",
    "ReaderResult",
    "Reason",
    "Replacement",
    "ReportStatements",
    "Severity",
    "Statement",
    "Table",
    "apply_edits",
    "arithmetic_check",
    "decode",
    "load_extensions",
    "load_style_of",
    "locate",
    "rule",
]
