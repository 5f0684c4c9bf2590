"""The review of a report's edits: what normalising proposes and makes, and what a person decided about it.

Input: the source, its decisions file and new decisions. Output: the edits under numbers that depend on nothing but the
source, each with what happens to it, and the new content of the decisions file. Nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, cast

from publisher.decisions import (
    DecisionEntries,
    bind_entries,
    encode_entries,
    unused_edit_findings,
    update_entries,
)
from publisher.decisions.places import CONTEXT
from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.normalise import RULES, normalise
from publisher.normalise.selection import DecisionLookup
from publisher.text.line_index import LineIndex
from publisher.text.name_suggestions import suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publisher.decisions import DecisionsFile
    from publisher.decisions.entries import Choice
    from publisher.model import Edit, EditDecision, EditSelection, Finding, Locator, SourceText
    from publisher.normalise import NormaliseResult
    from publisher.normalise.rule import NormalisingRule


class Normaliser(Protocol):
    """What ``publisher.normalise.normalise`` is."""

    def __call__(
        self,
        source: SourceText,
        /,
        *,
        selection: EditSelection = ...,
        decisions: tuple[EditDecision, ...] = ...,
        rules: tuple[NormalisingRule, ...] = ...,
    ) -> NormaliseResult:
        """Normalise a source."""


_Key = tuple[str, int, int, str, str]
_ESSENTIAL = {rule.name for rule in RULES if rule.essential}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedEdit:
    """An edit, and what happens to it."""

    number: int
    """From 1. Edits that follow from decisions only come last; the others have the same number for the same source."""
    rule: str
    locator: Locator
    """Its place in the decoded source."""
    line: int
    """The line of the decoded source, from 1."""
    character: int
    """The number of its first character in the line, from 1."""
    before: str
    after: str
    preceding: str
    """The text before it in the decoded source."""
    following: str
    """The text after it in the decoded source."""
    reason: str
    is_certain: bool
    """Whether the text proves it; otherwise it is a proposal."""
    is_made: bool
    """Whether a build makes it."""
    decision: Literal["", "accept", "reject"]
    """What a person decided about it or about its rule; empty if nobody did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditReview:
    """The edits of a report that a person can decide about."""

    edits: tuple[ReviewedEdit, ...]
    """Proposals first, then the edits that the text proves, each in the order of the source."""
    other_edits: tuple[Edit, ...]
    """The edits that nobody decides about: those of the reader, and those without which the text cannot be set."""
    findings: tuple[Finding, ...]
    """Decisions that do not fit the source."""
    text: str
    """The decoded source."""
    decisions: bytes
    """The content of the decisions file, new decisions included."""


def review_source(  # noqa: PLR0913 - the three kinds of decisions
    source: SourceText,
    file: DecisionsFile | None,
    *,
    selection: str,
    read_edits: Iterable[Edit] = (),
    accept: Iterable[str] = (),
    reject: Iterable[str] = (),
    clear: Iterable[str] = (),
    normaliser: Normaliser = normalise,
    rules: tuple[NormalisingRule, ...] = RULES,
) -> EditReview:
    """Return the edits of a source, and its decisions file with new decisions.

    Args:
        source: The source as its reader returned it.
        file: Its decisions file; ``None`` if it has none.
        selection: Which edits are made where nobody decided (the option ``edits``).
        read_edits: The edits of its reader.
        accept: Rules and numbers of edits that are accepted.
        reject: Rules and numbers of edits that are rejected.
        clear: Rules and numbers of edits whose decision is removed.
        normaliser: Normalises the source, or knows the result of an earlier time.
        rules: The normalising rules.

    Raises:
        UsageError: There is no such rule or number, or it is accepted and rejected.
        ConfigurationError: The decisions file cannot be used.

    """
    undecided = normaliser(source, rules=rules)
    entries = file.entries() if file else DecisionEntries()

    def decide(entries: DecisionEntries) -> _Outcome:
        bound = bind_entries(entries, source, rules)
        result = normaliser(
            source,
            selection=cast("EditSelection", selection),
            decisions=bound.decisions.edits,
            rules=rules,
        )
        return _Outcome(result=result, decisions=bound.decisions.edits, findings=bound.findings)

    outcomes = [undecided, decide(entries).result]
    numbered = list(_numbered(outcomes).values())
    choices = _choices(accept, reject, clear)
    entries = update_entries(
        entries,
        source,
        rules=[
            (_require_rule(word, rules), choices[word]) for word in choices if not word.isdecimal()
        ],
        edits=[
            (_require_edit(word, numbered), choices[word]) for word in choices if word.isdecimal()
        ],
    )
    outcome = decide(entries)
    edits = _numbered([*outcomes, outcome.result])
    made_keys = _distinct(outcome.result.edits)
    certain = _distinct(undecided.edits)
    decisions = DecisionLookup(outcome.decisions)
    lister = _EditLister(source.decoded)
    proposed = _distinct([*undecided.proposals, *outcome.result.proposals])
    return EditReview(
        edits=tuple(
            lister.review(
                number,
                edit,
                is_certain=key in certain or key not in proposed,
                is_made=key in made_keys,
                decision=decisions.decision(edit),
            )
            for number, (key, edit) in enumerate(edits.items(), 1)
        ),
        other_edits=(
            *read_edits,
            *(edit for edit in outcome.result.edits if edit.rule in _ESSENTIAL),
        ),
        findings=(*outcome.findings, *unused_edit_findings(outcome.result.unused_decisions)),
        text=source.decoded,
        decisions=encode_entries(entries),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What normalising does with some decisions."""

    result: NormaliseResult
    decisions: tuple[EditDecision, ...]
    """The decisions that fit the source."""
    findings: tuple[Finding, ...]


def _numbered(outcomes: Iterable[NormaliseResult]) -> dict[_Key, Edit]:
    """Return all edits in the order of their numbers.

    The first outcome depends on the source only; what the others add follows from decisions.
    """
    edits: dict[_Key, Edit] = {}
    for outcome in outcomes:
        for key, edit in (*_distinct(outcome.proposals).items(), *_distinct(outcome.edits).items()):
            edits.setdefault(key, edit)
    return edits


def _choices(
    accept: Iterable[str], reject: Iterable[str], clear: Iterable[str]
) -> dict[str, Choice | None]:
    """Return the new decision about each rule or number; raise ``UsageError`` if there are two."""
    choices: dict[str, Choice | None] = dict.fromkeys(accept, "accept")
    for word in reject:
        if choices.setdefault(word, "reject") == "accept":
            raise UsageError(
                translatable("{word} is both accepted and rejected", word=word),
                hint="give it one decision",
            )
    return {**choices, **dict.fromkeys(clear)}


def _distinct(edits: Iterable[Edit]) -> Mapping[_Key, Edit]:
    """Return the edits that a person can decide about, in the order of the source."""
    ordered = sorted(edits, key=lambda edit: edit.locator.offset)
    return {
        (edit.rule, edit.locator.offset, edit.locator.length, edit.before, edit.after): edit
        for edit in ordered
        if edit.rule not in _ESSENTIAL
    }


def _require_rule(word: str, rules: tuple[NormalisingRule, ...]) -> str:
    decidable = {rule.name for rule in rules if not rule.essential}
    if word in decidable:
        return word
    if word in _ESSENTIAL:
        raise UsageError(
            translatable(
                "{word}: the text cannot be set without the edits of this rule", word=word
            ),
            hint="correct the source instead",
        )
    raise UsageError(
        translatable("{word}: no rule has this name", word=word),
        hint=suggest_name(
            word, tuple(sorted(decidable)), translatable("publisher rules lists them")
        ),
    )


def _require_edit(word: str, edits: list[Edit]) -> Edit:
    number = int(word)
    if 1 <= number <= len(edits):
        return edits[number - 1]
    hint = (
        translatable("the numbers are 1 to {edit_count}", edit_count=len(edits))
        if edits
        else "there is nothing to decide"
    )
    raise UsageError(translatable("{word}: no edit has this number", word=word), hint=hint)


class _EditLister:
    """Describes the edits of a source for a person."""

    def __init__(self, decoded: str) -> None:
        self._decoded = decoded
        self._lines = LineIndex(decoded)

    def review(
        self,
        number: int,
        edit: Edit,
        *,
        is_certain: bool,
        is_made: bool,
        decision: EditDecision | None,
    ) -> ReviewedEdit:
        """Return an edit with its place and what happens to it."""
        start, end = edit.locator.offset, edit.locator.offset + edit.locator.length
        return ReviewedEdit(
            number=number,
            rule=edit.rule,
            locator=edit.locator,
            line=self._lines.line(start),
            character=self._lines.character(start),
            before=edit.before,
            after=edit.after,
            preceding=self._decoded[max(start - CONTEXT, 0) : start],
            following=self._decoded[end : end + CONTEXT],
            reason=edit.reason,
            is_certain=is_certain,
            is_made=is_made,
            decision="" if decision is None else "accept" if decision.accepted else "reject",
        )
