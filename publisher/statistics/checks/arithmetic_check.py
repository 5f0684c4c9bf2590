"""The form of an arithmetic check: a function that yields ``Check`` values, with its documentation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Generic, ParamSpec

from publisher.model import Check, CheckKind, Example, Observation, RuleEntry, Table
from publisher.statistics.named_lists import NamedList, table_lists
from publisher.statistics.statement import Statement
from publisher.statistics.table_cells import TableCell, table_cells

if TYPE_CHECKING:
    from publisher.statistics.levels import Levels
    from publisher.statistics.passages import SectionTable
    from publisher.statistics.repeated_facts import Repetition

P = ParamSpec("P")


@dataclass(frozen=True, kw_only=True)
class ReportStatements:
    """A whole report, for a check that compares distant statements."""

    items: Sequence[Statement | SectionTable]
    """Every sentence and every table in reading order."""
    levels: Levels
    """The levels of the sentences with figures, by name and by place."""
    repetitions: Sequence[Repetition]
    observations: Sequence[Observation]
    """The figures of the sentences and the tables."""
    year: str
    """The year that the report is about; empty if it is unknown."""
    title: str
    """In Simplified characters."""

    @cached_property
    def cells(self) -> Sequence[TableCell]:
        """The figures of the tables."""
        return tuple(table_cells(self.observations))

    @cached_property
    def table_lists(self) -> Sequence[NamedList]:
        """The columns of tables that name what they list."""
        return tuple(table_lists(self.items))


@dataclass(frozen=True, slots=True, kw_only=True)
class ArithmeticCheck(RuleEntry, Generic[P]):
    """A check, called like its function; ``examples`` fail and ``unchanged`` hold."""

    EXAMPLE_LABEL: ClassVar[str] = "Fails"
    UNCHANGED_LABEL: ClassVar[str] = "Holds"

    function: Callable[P, Iterator[Check]]
    check_kinds: tuple[CheckKind, ...]
    """The kinds that the record gives to its results."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the name, the kinds in the record and the clauses of the findings."""
        clauses = (f"statistics: {kind}" for kind in self.check_kinds)
        return tuple(dict.fromkeys((self.name, *self.check_kinds, *clauses)))

    def __call__(self, *arguments: P.args, **named: P.kwargs) -> Iterator[Check]:
        """Yield the results of the check."""
        return self.function(*arguments, **named)


SentenceCheck = ArithmeticCheck[[Statement, Sequence[Statement]]]
"""Reads a sentence and the sentences before it in its section."""
ReportCheck = ArithmeticCheck[[ReportStatements]]
TableCheck = ArithmeticCheck[[Table]]


def arithmetic_check(
    *,
    name: str,
    kinds: tuple[CheckKind, ...],
    reason: str,
    fails: tuple[tuple[str, str], ...],
    holds: tuple[str, ...],
    exceptions: str,
) -> Callable[[Callable[P, Iterator[Check]]], ArithmeticCheck[P]]:
    """Return a decorator that makes a function an arithmetic check.

    The first line of the function's docstring says what the check compares.

    Args:
        name: The name of the check in ``publisher rules``.
        kinds: The kinds that the record gives to its results.
        reason: When the check fails.
        fails: Pairs of a text in Markdown and the message of the finding it leads to; a test runs them.
        holds: Texts in Markdown whose figures agree; a test runs them.
        exceptions: When a statement cannot be verified, or is not checked.
    """

    def decorate(function: Callable[P, Iterator[Check]]) -> ArithmeticCheck[P]:
        return ArithmeticCheck(
            name=name,
            kind="arithmetic check",
            summary=(inspect.getdoc(function) or "").partition("\n")[0],
            reason=reason,
            examples=tuple(Example(before=text, after=message) for text, message in fails),
            exceptions=exceptions,
            unchanged=holds,
            function=function,
            check_kinds=kinds,
        )

    return decorate
