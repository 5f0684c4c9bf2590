"""The form of a normalising rule: a function from a context to replacements, with its documentation.

A module of ``publisher.normalise.rules`` decorates each of its rules with ``rule``; the list of all
rules is derived from these modules.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from publisher.model import Example, RuleEntry
from publisher.normalise.context import Context
from publisher.text.edits import Replacement

ReplacementFinder = Callable[[Context], Iterable[Replacement]]
"""Returns the replacements in the string of a context, in order and without overlaps."""

KIND = "normalising rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class NormalisingRule(RuleEntry):
    """A rule that changes text, and the place that it has among the others."""

    order: int
    """Rules run from the lowest number to the highest."""
    find_replacements: ReplacementFinder
    whole_text: bool
    """Whether it judges a line by its neighbours; such a rule skips table cells and marked-up passages."""
    web_page: bool
    """Whether, although ``whole_text``, it also runs over the lines of a web page."""
    code: bool
    """Whether it also runs on code, which no other rule may change."""
    essential: bool
    """Whether it runs whatever a person decides, since the text cannot be set without it."""

    def __call__(self, context: Context) -> Iterable[Replacement]:
        """Return the replacements in the string of a context, in order and without overlaps."""
        return self.find_replacements(context)


def rule(  # noqa: PLR0913 - one argument for each field of the entry
    *,
    name: str,
    order: int,
    reason: str,
    evidence: str,
    examples: tuple[tuple[str, str], ...],
    exceptions: str,
    unchanged: tuple[str, ...] = (),
    whole_text: bool = False,
    web_page: bool = False,
    code: bool = False,
    essential: bool = False,
) -> Callable[[ReplacementFinder], NormalisingRule]:
    """Return a decorator that makes a function a normalising rule.

    The first line of the function's docstring is the summary of the rule.

    Args:
        name: What the record calls the rule.
        order: Its place among the rules; no two rules share a number.
        reason: Why the text is changed.
        evidence: What proves that the text is damaged.
        examples: Pairs of a text and what this rule alone makes of it; a test runs them.
        exceptions: Where the rule does not apply.
        unchanged: Texts that the rule leaves as they are; a test runs them.
        whole_text: Whether it judges a line by its neighbours.
        web_page: Whether, although ``whole_text``, it also runs over the lines of a web page.
        code: Whether it also runs on code.
        essential: Whether it runs whatever a person decides.

    """

    def decorate(find_replacements: ReplacementFinder) -> NormalisingRule:
        return NormalisingRule(
            name=name,
            kind=KIND,
            summary=(inspect.getdoc(find_replacements) or "").partition("\n")[0],
            reason=reason,
            examples=tuple(Example(before=before, after=after) for before, after in examples),
            exceptions=exceptions,
            unchanged=unchanged,
            evidence=evidence,
            order=order,
            find_replacements=find_replacements,
            whole_text=whole_text,
            web_page=web_page,
            code=code,
            essential=essential,
        )

    return decorate
