"""Reports lines that are left out, so that nothing is dropped silently."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from publisher.model import Example, FindingRule, Severity
from publisher.text.counted_nouns import count_noun
from publisher.text.quoted_passages import quote_passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from publisher.model import Edit, Finding, Locator

MOST_QUOTED = 6
"""Lines that a finding quotes at most: the longest, which most likely hold a sentence."""
_MARKUP = re.compile("<[^<>]*>")

LINES_REMOVED = FindingRule(
    name="lines-removed",
    kind="normalising finding",
    summary="Report lines that are left out of the publication.",
    reason="Nothing is dropped silently: a person should see that what was removed is not the report's.",
    examples=(
        Example(
            before="首页 > 政务公开 > 年度报告\n某市2017年年度报告\n一、概述\n正文。",
            after="removed by the rule web-boilerplate: 1 line (“首页 > 政务公开 > 年度报告”)",
        ),
    ),
    exceptions="indents and empty lines",
    unchanged=("某市2017年年度报告\n\n一、概述\n正文。",),
    clause="removed-lines",
    severity=Severity.NOTE,
    message="removed by the rule {rule}: {lines} ({quoted})",
    hint="publisher review FILE --made lists them; --reject {rule} --write keeps them",
)


def find_removals(edits: Iterable[Edit]) -> Iterator[Finding]:
    """Yield a finding for each rule that removed lines with words in them; it quotes the longest lines."""
    removals: dict[str, list[tuple[Locator, str]]] = {}
    for edit in edits:
        words = " ".join(unescape(_MARKUP.sub(" ", edit.before)).split()) if not edit.after else ""
        if any(map(str.isalnum, words)):
            removals.setdefault(edit.rule, []).append((edit.locator, words))
    for rule, removed in removals.items():
        yield LINES_REMOVED.finding(
            removed[0][0],
            rule=rule,
            lines=count_noun(len(removed), "line"),
            quoted=_quote([words for _, words in removed]),
        )


def _quote(lines: Sequence[str]) -> str:
    """Return the longest lines in their order."""
    longest = sorted(range(len(lines)), key=lambda index: (-len(lines[index]), index))
    quoted = [lines[index] for index in sorted(longest[:MOST_QUOTED])]
    return quote_passages(quoted, are_all=len(lines) <= MOST_QUOTED)
