"""The documented edits and findings of this package, for ``publisher rules``."""

from publisher.model import Example, RuleEntry
from publisher.parse.contents_list import CONTENTS_FINDING, PRINTED_CONTENTS
from publisher.parse.decided_parts import DECIDED_TEXT
from publisher.parse.findings import FINDING_RULES
from publisher.parse.form_grid import TABLE_SPANS
from publisher.parse.head.title_overrides import TITLE_OVERRIDE
from publisher.parse.heading_stops import HEADING_STOP
from publisher.parse.ineffective_decisions import INEFFECTIVE_DECISION

KIND = "parse rule"

ENTRIES = (
    RuleEntry(
        name=TITLE_OVERRIDE,
        kind=KIND,
        summary="Use the title of ``--title`` instead of the printed one.",
        reason="The user's title overrides the detected one; the record shows what was printed.",
        examples=(
            Example(
                before="某市2017年政府信息公开年度报告",
                after="某市政府信息公开年报",
                options="--title 某市政府信息公开年报",
            ),
        ),
        exceptions="reports built without ``--title``, or whose printed title is the same",
    ),
    RuleEntry(
        name=TABLE_SPANS,
        kind=KIND,
        summary="Remove words that a table repeats in each cell which one head spans.",
        reason=(
            "The official forms of 国办公开办函〔2021〕30号 have heads over several columns; a table without "
            "spans repeats their words, and a screen reader would read them again and again."
        ),
        examples=(Example(before="申请人情况|申请人情况", after="申请人情况"),),
        exceptions="tables that are not one of the official forms, or that have spans and heads already",
    ),
    RuleEntry(
        name=DECIDED_TEXT,
        kind=KIND,
        summary="Print the subtitle or the caption of the decisions file.",
        reason="A person's decision outweighs the source; the record shows what was printed there.",
        examples=(
            Example(
                before='report.subtitle = "（送审稿）"',
                after="（送审稿）",
            ),
        ),
        exceptions="reports without decisions, or whose subtitle and captions are the decided ones already",
    ),
    RuleEntry(
        name=PRINTED_CONTENTS,
        kind=KIND,
        summary="Leave out the printed table of contents; an example shows the text and the lines that are left out.",
        reason="Each style makes its own; the printed one has the pages of another publication.",
        examples=(
            Example(
                before="某市应急预案\n目录\n一、总则\n二、组织\n一、总则\n正文。\n二、组织\n正文。",
                after="目录\n一、总则\n二、组织",
            ),
        ),
        exceptions="lists below 目录 whose lines do not come again as headings",
    ),
    RuleEntry(
        name=HEADING_STOP,
        kind=KIND,
        summary="Remove the full stop at the end of a run-in heading in a style that sets headings on lines of their own.",
        reason="The stop parts the heading from the text in its line; on a line of its own it parts nothing.",
        examples=(
            Example(
                before="某市2017年工作报告\n一、概况\n（一）加强领导。成立工作小组，全年开会4次。",
                after="（一）加强领导",
                options="--style reader",
            ),
        ),
        exceptions="styles with run-in headings (``gongwen``), headings that are a whole line of the source, ``--edits none``",
    ),
    *FINDING_RULES,
    CONTENTS_FINDING,
    INEFFECTIVE_DECISION,
)
