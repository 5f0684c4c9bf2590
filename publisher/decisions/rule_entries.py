"""What is reported about decisions that do not fit a source, for ``publisher rules``."""

from __future__ import annotations

from publisher.model import Example, FindingRule, Severity

KIND = "decision finding"
CLAUSE = "decisions"
_LIST_HINT = "publisher review lists the edits with their places; correct or remove the entry"

DECISION_OF_OTHER_SOURCE = FindingRule(
    name="decision-of-other-source",
    kind=KIND,
    summary="Report that the source has changed since its decisions were made.",
    reason="The offsets of the decisions are those of the earlier source, so their places are searched for.",
    examples=(
        Example(
            before=f'source.sha256 = "{"0" * 64}"',
            after="the source has changed since its decisions were made; 0 places were searched for by their text",
        ),
    ),
    exceptions="decisions without a digest, and those whose digest is that of the source",
    clause=CLAUSE,
    severity=Severity.NOTE,
    message="the source has changed since its decisions were made; {count} places were searched for by "
    "their text",
    hint="publisher review --write stores the new digest and the new places",
)
DECISION_WITHOUT_PLACE = FindingRule(
    name="decision-without-place",
    kind=KIND,
    summary="Report a decision whose text is not in the source, or is there more than once.",
    reason="A decision is never applied at a place that only may be the right one.",
    examples=(
        Example(
            before='line = [{ text = "二、没有这一行", role = "heading" }]',
            after=(
                "a decision no longer fits: heading in the line 二、没有这一行: "
                "the text is not in the source, or more than once"
            ),
        ),
    ),
    exceptions="texts that are in the source once, and those at the offset of the entry",
    clause=CLAUSE,
    severity=Severity.WARNING,
    message="a decision no longer fits: {label} {text}: the text is not in the source, or more than once",
    hint="in the decisions file, correct text, preceding and following, or remove the entry",
)
DECISION_OF_UNKNOWN_RULE = FindingRule(
    name="decision-of-unknown-rule",
    kind=KIND,
    summary="Report a decision about a rule that does not exist.",
    reason="The rule has another name in this version, or the name has a slip.",
    examples=(
        Example(
            before='edit = [{ rule = "bracket", decision = "reject" }]',
            after="a decision no longer fits: no rule is called bracket",
        ),
    ),
    exceptions="the names that ``publisher rules`` lists",
    clause=CLAUSE,
    severity=Severity.WARNING,
    message="a decision no longer fits: no rule is called {rule}",
    hint="{hint}",
)
DECISION_OF_ESSENTIAL_RULE = FindingRule(
    name="decision-of-essential-rule",
    kind=KIND,
    summary="Report a decision to reject edits without which the text cannot be set.",
    reason="Control characters, for instance, have no form in print.",
    examples=(
        Example(
            before='edit = [{ rule = "invisible-characters", decision = "reject" }]',
            after="the edits of the rule invisible-characters cannot be rejected: the text cannot be set without them",
        ),
    ),
    exceptions="all other rules",
    clause=CLAUSE,
    severity=Severity.WARNING,
    message="the edits of the rule {rule} cannot be rejected: the text cannot be set without them",
    hint="correct the source, or remove the entry from the decisions file",
)
UNUSED_EDIT_DECISION = FindingRule(
    name="unused-edit-decision",
    kind=KIND,
    summary="Report a decision about an edit that its rule does not find.",
    reason="Another decision, another version or another conversion of the file has changed what the rule sees.",
    examples=(
        Example(
            before='edit = [{ rule = "brackets", decision = "accept", before = "办结" }]',
            after="a decision no longer fits: the rule brackets finds no such edit of 办结",
        ),
    ),
    exceptions="decisions about all edits of a rule",
    clause=CLAUSE,
    severity=Severity.WARNING,
    message="a decision no longer fits: the rule {rule} finds no such edit of {before}",
    hint=_LIST_HINT,
)
ENTRIES = (
    DECISION_OF_OTHER_SOURCE,
    DECISION_WITHOUT_PLACE,
    DECISION_OF_UNKNOWN_RULE,
    DECISION_OF_ESSENTIAL_RULE,
    UNUSED_EDIT_DECISION,
)
