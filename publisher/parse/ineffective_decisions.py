"""Decisions about lines and tables that a report does not follow.

Input: the finished report and the decisions. Output: a finding for each decision without effect, for instance a
title below the first heading, or a caption of a text that is no table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Example, FindingRule, ItemList, PartLine, Severity, Table
from publisher.parse.decided_parts import spans_overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import (
        Block,
        Decisions,
        Finding,
        LineDecision,
        LineRole,
        Report,
        Text,
    )

INEFFECTIVE_DECISION = FindingRule(
    name="ineffective-decision",
    kind="parse finding",
    summary="Report a decision about a line or a table that the report cannot follow.",
    reason="A title below the first heading, or a caption without a table, has no meaning.",
    examples=(
        Example(
            before='line = [{ text = "收到申请2件", role = "caption" }]',
            after="a decision has no effect: 收到申请2件 cannot be the caption there",
        ),
    ),
    exceptions="lines that have the role that was decided",
    clause="decisions",
    severity=Severity.WARNING,
    message="a decision has no effect: {text} cannot be the {role} there",
    hint="title and subtitle are together above the first heading, a caption is above its table, a signature ends "
    "the text; correct or remove the entry",
)
LONGEST_QUOTE = 20
"""Characters of a line that a message quotes."""


def find_ineffective_decisions(
    report: Report, decisions: Decisions, decoded: str
) -> Iterator[Finding]:
    """Yield a finding for each decision about a line or a table that the report does not follow.

    Args:
        report: The finished report.
        decisions: The decisions about its source.
        decoded: The decoded source.

    """
    if not (decisions.lines or decisions.captions or decisions.subtitle):
        return
    texts = _texts_by_role(report)
    for line in decisions.lines:
        if not _is_followed(line, texts):
            start = line.locator.offset
            quote = decoded[start : start + min(line.locator.length, LONGEST_QUOTE)]
            yield INEFFECTIVE_DECISION.finding(line.locator, text=quote, role=line.role)
    captions = {caption.string for caption in texts["caption"]}
    for table in decisions.captions:
        if table.caption not in captions:
            yield INEFFECTIVE_DECISION.finding(table.locator, text=table.caption, role="caption")
    if decisions.subtitle and not report.subtitle:
        yield INEFFECTIVE_DECISION.finding(text=decisions.subtitle, role="subtitle")


def _is_followed(decision: LineDecision, texts: dict[LineRole, list[Text]]) -> bool:
    """Return whether a line has the decided role; body text is what has no other role."""

    def has_role(role: LineRole) -> bool:
        return any(spans_overlap(decision.locator, text.locator) for text in texts[role])

    if decision.role == "body":
        return not any(map(has_role, texts))
    return has_role(decision.role)


def _texts_by_role(report: Report) -> dict[LineRole, list[Text]]:
    """Return the texts of a report that have a role other than body text."""
    blocks = [
        *(block for block in report.masthead if not isinstance(block, PartLine)),
        *report.blocks(),
    ]
    return {
        "title": list(report.title),
        "subtitle": list(report.subtitle),
        "heading": [section.heading.text for section in report.all_sections()],
        "list-item": list(_item_texts(blocks)),
        "caption": [
            block.caption for block in blocks if isinstance(block, Table) and block.caption
        ],
        "signature": list(report.sign_off),
    }


def _item_texts(blocks: Iterable[Block]) -> Iterator[Text]:
    """Yield the texts of all list items, inner ones included."""
    for block in blocks:
        if isinstance(block, ItemList):
            for item in block.items:
                yield item.text
                yield from _item_texts((item.inner,) if item.inner else ())
