"""The documentation of a rule: a change to the text, a finding or a check, with its reason and examples.

The command ``publisher rules`` and the page ``docs/rules.md`` print these entries, and tests run
their examples. A package offers its entries in a module ``rule_entries`` (see ``cli.rule_catalogue``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from publisher.messages import translatable
from publisher.model.text import Finding, Locator, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An input of a rule and what the rule makes of it."""

    before: str
    """The source text, or the part of it that the rule reads."""
    after: str
    """The text after the rule has run; for a finding, its message."""
    options: str = ""
    """The options of ``publisher build`` that the example needs, as on the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """A rule under the name that users meet in the record or in messages."""

    EXAMPLE_LABEL: ClassVar[str] = "Example"
    UNCHANGED_LABEL: ClassVar[str] = "Unchanged"
    """How the lists of rules introduce ``examples`` and ``unchanged``."""

    name: str
    """Lower-case words with hyphens; unique within its kind."""
    kind: str
    """The group it is listed in, such as ``normalising rule`` or ``parse finding``."""
    summary: str
    """What the rule does: one sentence in the imperative."""
    reason: str
    """Why: the clause of the standard, or the harm that the rule prevents."""
    examples: tuple[Example, ...]
    exceptions: str
    """Where the rule does not apply."""
    evidence: str = ""
    """What proves to the rule that it applies; empty if its summary says so."""
    unchanged: tuple[str, ...] = ()
    """Inputs that show the exceptions: the rule leaves them as they are and reports nothing."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Return what the record or a message may call the rule, its name first."""
        return (self.name,)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRule(RuleEntry):
    """A rule that reports and changes nothing; it makes the findings that it documents."""

    clause: str
    """The clause that its findings carry in the record; several rules may share one."""
    severity: Severity
    message: str
    """A template for ``str.format``, filled from the values of a finding."""
    hint: str = ""
    """What a person should do; a template like ``message``."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the name and the clause."""
        return (self.name, self.clause)

    def finding(self, locator: Locator | None = None, **values: object) -> Finding:
        """Return a finding of this rule.

        Args:
            locator: The place in the source, if there is one.
            values: What the templates ``message`` and ``hint`` need.

        """
        return Finding(
            clause=self.clause,
            severity=self.severity,
            message=translatable(self.message, **values),
            hint=translatable(self.hint, **values),
            locator=locator,
        )
