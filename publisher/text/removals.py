"""Reports lines that are left out, so that nothing is dropped silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Example, FindingRule, Severity
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Edit, Finding, Locator

LINES_REMOVED = FindingRule(
    name="lines-removed",
    kind="normalising finding",
    summary="Report lines that are left out of the publication.",
    reason="Nothing is dropped silently: a person should see that what was removed is not the report's.",
    examples=(
        Example(
            before="首页 > 政务公开 > 年度报告\n某市2017年年度报告\n一、概述\n正文。",
            after="removed by the rule web-boilerplate: 1 line",
        ),
    ),
    exceptions="indents and empty lines",
    unchanged=("某市2017年年度报告\n\n一、概述\n正文。",),
    clause="removed-lines",
    severity=Severity.NOTE,
    message="removed by the rule {rule}: {lines}",
    hint="publisher review FILE --made lists them; --reject {rule} --write keeps them",
)


def find_removals(edits: Iterable[Edit]) -> Iterator[Finding]:
    """Yield a finding for each rule that removed lines with words in them."""
    locators: dict[str, list[Locator]] = {}
    for edit in edits:
        if not edit.after and any(map(str.isalnum, edit.before)):
            locators.setdefault(edit.rule, []).append(edit.locator)
    for rule, rule_locators in locators.items():
        yield LINES_REMOVED.finding(
            rule_locators[0], rule=rule, lines=count_noun(len(rule_locators), "line")
        )
