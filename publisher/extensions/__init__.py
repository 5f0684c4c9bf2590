"""Extensions: installed packages with readers, normalising rules, arithmetic checks and styles of their own.

A package declares them as entry points (``loading.GROUPS``, docs/extensions.md). It is used for the reports whose
options name it, and changes nothing for any other. ``registry`` has the readers, rules, checks and styles of a report
as one value, ``loading`` reads a package, ``guards`` turns the faults of a package into errors with
its name. An extension imports what it needs from this module; the names in ``__all__`` are the interface. Those of the
normalising and of the statistics are imported when they are first used, as commands without extensions need none of them.
"""

from publisher.extensions.registry import (
    NO_EXTENSIONS,
    Extension,
    Extensions,
    installed_styles,
    load_extensions,
    load_style_of,
)
from publisher.model import Check, Finding, Locator, Outcome, Passage, Reason, Severity
from publisher.model import SourceCell as Cell
from publisher.model import SourceTable as Table
from publisher.readers.encoding import decode
from publisher.readers.formats import Format
from publisher.readers.result import ReaderResult
from publisher.text.edits import Replacement, apply_edits, locate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from publisher.normalise.context import Context
    from publisher.normalise.rule import NormalisingRule, rule
    from publisher.statistics.checks.arithmetic_check import (
        ArithmeticCheck,
        ReportStatements,
        arithmetic_check,
    )
    from publisher.statistics.statement import Statement

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
    "installed_styles",
    "load_extensions",
    "load_style_of",
    "locate",
    "rule",
]

_STAGE_EXPORTS = {
    "publisher.normalise.context": ("Context",),
    "publisher.normalise.rule": ("NormalisingRule", "rule"),
    "publisher.statistics.checks.arithmetic_check": (
        "ArithmeticCheck",
        "ReportStatements",
        "arithmetic_check",
    ),
    "publisher.statistics.statement": ("Statement",),
}
"""The names of the interface in modules of stages, whose packages take long to import."""


def __getattr__(name: str) -> object:
    """Import a name of a stage when it is first used."""
    from importlib import import_module

    for module, names in _STAGE_EXPORTS.items():
        if name in names:
            value: object = getattr(import_module(module), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
