"""What a person should look at: edits, rules, findings, failed checks, doubtful characters.

Input: values of the stages. Output: the items of ``report_view``.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from typing import TYPE_CHECKING

from publisher.model import Outcome
from publisher.serve.desk.report_view import (
    CheckItem,
    DoubtItem,
    EditItem,
    EditState,
    Figure,
    FindingItem,
    RuleItem,
)
from publisher.text.visible_whitespace import show_whitespace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from publisher.decisions import DecisionEntries
    from publisher.model import Conversion, Finding, Statistics
    from publisher.review import ReviewedEdit
    from publisher.text.line_index import LineIndex

CONTEXT = 10
"""Characters on each side of a doubtful character that are shown."""


def edit_identifier(edit: ReviewedEdit) -> str:
    """Return a name for an edit that depends on its rule, its place and its texts only."""
    texts = zlib.crc32(f"{edit.before}\0{edit.after}".encode("utf-8", "surrogatepass"))
    return f"{edit.rule}.{edit.locator.offset}.{edit.locator.length}.{texts:08x}"


def edit_items(edits: Iterable[ReviewedEdit], entries: DecisionEntries) -> tuple[EditItem, ...]:
    """Return the edits of a review, in the order of the source; ``entries`` are the decisions about them."""
    decided = {(entry.rule, entry.offset, entry.before) for entry in entries.edit if entry.before}
    items = [
        EditItem(
            identifier=edit_identifier(edit),
            rule=edit.rule,
            state=_state(edit),
            is_decided=(edit.rule, edit.locator.offset, edit.before) in decided,
            is_made=edit.is_made,
            before=show_whitespace(edit.before),
            after=show_whitespace(edit.after),
            preceding=edit.preceding.rpartition("\n")[2],
            following=edit.following.partition("\n")[0],
            reason=edit.reason,
            offset=edit.locator.offset,
            line=edit.line,
        )
        for edit in edits
    ]
    return tuple(sorted(items, key=lambda item: (item.offset, item.identifier)))


def _state(edit: ReviewedEdit) -> EditState:
    if edit.decision:
        return "accepted" if edit.decision == "accept" else "rejected"
    return "made" if edit.is_made else "proposed"


def rule_items(edits: Iterable[EditItem], entries: DecisionEntries) -> tuple[RuleItem, ...]:
    """Return the rules that have edits, those with proposals first."""
    by_rule: defaultdict[str, list[EditItem]] = defaultdict(list)
    for edit in edits:
        by_rule[edit.rule].append(edit)
    decided = {entry.rule: entry.decision for entry in entries.edit if not entry.before}
    items = [
        RuleItem(
            rule=rule,
            edits=len(group),
            proposed=sum(edit.state == "proposed" for edit in group),
            rejected=sum(edit.state == "rejected" for edit in group),
            decision=decided.get(rule, ""),
        )
        for rule, group in by_rule.items()
    ]
    return tuple(sorted(items, key=lambda item: (-item.proposed, -item.edits, item.rule)))


def finding_items(findings: Iterable[Finding], lines: LineIndex) -> tuple[FindingItem, ...]:
    """Return the findings, errors and warnings before notes; those of failed checks are ``check_items``."""
    items = [
        FindingItem(
            severity=finding.severity.value,
            message=finding.message,
            hint=finding.hint,
            locator=finding.locator,
            line=lines.line(finding.locator.offset) if finding.locator else 0,
        )
        for finding in findings
        if not finding.clause.startswith("statistics: ")
    ]
    order = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(items, key=lambda item: order[item.severity]))


def check_items(statistics: Statistics, decoded: str) -> tuple[CheckItem, ...]:
    """Return the statements that fail, with the figures that they are about."""
    parts: defaultdict[int, list[int]] = defaultdict(list)
    bases: dict[int, int] = {}
    for relation in statistics.relations:
        parts[relation.base].append(relation.offset)
        bases[relation.offset] = relation.base
    words = {
        observation.locator.offset: decoded[
            observation.locator.offset : observation.locator.offset + observation.locator.length
        ]
        for observation in statistics.observations
    }
    return tuple(
        CheckItem(
            kind=check.kind,
            message=check.failure,
            subject=check.subject,
            statement=check.statement,
            stated=check.stated,
            computed=check.computed,
            quote=check.quote,
            figures=tuple(
                Figure(words=words.get(offset) or check.stated, offset=offset)
                for offset in _related(check.locator.offset, parts, bases)
            ),
        )
        for check in statistics.checks
        if check.outcome is Outcome.FAILS
    )


def _related(
    offset: int, parts: Mapping[int, list[int]], bases: Mapping[int, int]
) -> tuple[int, ...]:
    """Return the offset of a figure, those of its parts, and those that it is computed from."""
    chain = [offset]
    while (base := bases.get(chain[-1], -1)) >= 0 and base not in chain:
        chain.append(base)
    return tuple(dict.fromkeys((offset, *sorted(parts.get(offset, ())), *chain)))


def doubt_items(conversion: Conversion, decoded: str) -> tuple[DoubtItem, ...]:
    """Return the characters and words that a conversion may have converted otherwise."""
    return tuple(
        DoubtItem(
            before=word.before,
            after=word.after,
            alternatives=tuple(form for form in word.alternatives if form != word.after),
            reason=word.reason,
            context=_context(decoded, word.offset, len(word.before)),
            offset=word.offset,
            occurrences=len(word.more) + 1,
        )
        for word in conversion.ambiguous
    )


def _context(decoded: Sequence[str] | str, offset: int, length: int) -> str:
    text = decoded[max(offset - CONTEXT, 0) : offset + length + CONTEXT]
    return "".join("".join(text).split())
