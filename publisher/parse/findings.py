"""What parsing reports: parts of a report that are missing or out of order.

Input: the report and its source. Output: findings. A report without order is still published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Example, FindingRule, Passage, Severity
from publisher.reference.document_kinds import KINDS, NO_REPORTS
from publisher.reference.squashed_forms import is_squashed_form
from publisher.text.dates import impossible_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Finding, Report, SourceText

KIND = "parse finding"
SHORTEST_WITH_HEADINGS = 800
"""Characters outside of tables from which a report of any kind should have headings."""
LONGEST_PARAGRAPH = 2000
"""Characters of the longest paragraph in a regular report (the model report's has 1,700)."""

_BODY = "某市2017年政府信息公开年度报告\n一、概述\n正文。"
_LONG_LINE = "本市认真落实条例。" * (LONGEST_PARAGRAPH // 9 + 1)

MISSING_TITLE = FindingRule(
    name="missing-title",
    kind=KIND,
    summary="Report that no title was found.",
    reason="A PDF needs a title (ISO 14289-1, 7.1), and the name of the file says little to a reader.",
    examples=(
        Example(
            before="一、概述\n正文。\n二、情况\n正文。",
            after="no title was found; the file is called report",
        ),
    ),
    exceptions="reports with a title in their first lines, or with ``--title``",
    unchanged=(_BODY,),
    clause="title",
    severity=Severity.WARNING,
    message="no title was found; the file is called {name}",
    hint="set one with --title",
)
MISSING_HEADINGS = FindingRule(
    name="missing-headings",
    kind=KIND,
    summary="Report that no numbered heading was found in a report that should have some.",
    reason="Without headings the PDF has neither bookmarks nor a table of contents.",
    examples=(
        Example(
            before="某市2017年政府信息公开年度报告\n正文。",
            after="no numbered heading was found; the text is published without sections",
        ),
    ),
    exceptions=(
        "reports with at least one heading, in an annex or a carried text too; documents that are no reports, such as letters, "
        f"notices and announcements; texts under {SHORTEST_WITH_HEADINGS} characters, except annual and work reports"
    ),
    unchanged=(_BODY, "松河县水务局关于停水的公告\n明日停水。", "松河县河道情况说明\n河道畅通。"),
    clause="numbering",
    severity=Severity.WARNING,
    message="no numbered heading was found; the text is published without sections",
    hint="headings are lines such as 一、概述 or （一）收到申请情况。",
)
LONG_LINE = FindingRule(
    name="long-line",
    kind=KIND,
    summary=f"Report a line of more than {LONGEST_PARAGRAPH} characters in a report without headings.",
    reason="A report on one line has lost its headings and paragraphs.",
    examples=(
        Example(
            before=f"某市2017年政府信息公开年度报告\n{_LONG_LINE}",
            after=(
                f"a line has {len(_LONG_LINE)} characters: the report may have lost its line ends"
            ),
        ),
    ),
    exceptions="reports with headings, whatever the length of their lines",
    unchanged=(f"{_BODY}\n{_LONG_LINE}",),
    clause="lines",
    severity=Severity.WARNING,
    message="a line has {length} characters: the report may have lost its line ends",
    hint="break the source's lines where its headings and paragraphs begin",
)
NUMBERING_GAP = FindingRule(
    name="numbering-gap",
    kind=KIND,
    summary="Report a heading whose number does not follow the one before.",
    reason="The source may have lost a heading, or used one number twice.",
    examples=(
        Example(before=f"{_BODY}\n三、问题\n正文。", after="三 does not follow 1"),
        Example(
            before="某市2017年政府信息公开年度报告\n二、情况\n正文。",
            after="二 does not follow the beginning",
        ),
    ),
    exceptions="consecutive numbers; numbers that start again, or run on, under another heading",
    unchanged=(f"{_BODY}\n二、问题\n正文。",),
    clause="numbering",
    severity=Severity.WARNING,
    message="{number} does not follow {previous}",
    hint="the source may have lost a heading, or used a number twice",
)
_PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJ"
    "RU5ErkJggg=="
)

MISSING_DESCRIPTION = FindingRule(
    name="missing-description",
    kind=KIND,
    summary="Report a picture without a description.",
    reason="ISO 14289-1, 7.3: without one, a reader who cannot see the picture gets no information.",
    examples=(
        Example(
            before=f"# 报告\n\n![][1]\n\n[1]: {_PICTURE}", after="a picture has no description"
        ),
    ),
    exceptions="pictures with an alternative text, or with a caption such as 图1 above or below",
    unchanged=(f"# 报告\n\n![办理流程][1]\n\n[1]: {_PICTURE}",),
    clause="ISO 14289-1, 7.3",
    severity=Severity.WARNING,
    message="a picture has no description",
    hint="write an alternative text in the source; it is all that a blind reader gets of the picture",
)
EMPTY_CELLS = FindingRule(
    name="empty-cells",
    kind=KIND,
    summary="Leave out columns and rows of a table in which nothing is written, but not those of a form to be filled in, and report them.",
    reason="They only set other columns apart; a screen reader would read a blank cell for each of their rows.",
    examples=(
        Example(
            before=f"{_BODY}\n指标||数量||比重\n粮食||12||40\n油料||18||60",
            after="a table has 2 columns and 0 rows without any text; they are left out",
        ),
    ),
    exceptions="the official forms, and rows to be filled in",
    unchanged=(f"{_BODY}\n指标|数量|比重\n粮食|12|40\n油料|18|60",),
    clause="tables",
    severity=Severity.NOTE,
    message="a table has {columns} columns and {rows} rows without any text; they are left out",
)
SQUASHED_FORM = FindingRule(
    name="squashed-form",
    kind=KIND,
    summary="Report a table that was copied as one line, without the borders of its cells.",
    reason="Nobody can say where one figure ends and the next begins; its figures are in no list of figures.",
    examples=(
        Example(
            before=f"{_BODY}\n指标名称计量单位2018年度受理申请总数条120当面申请数条20网上申请数条100",
            after="a line holds a table without the borders of its cells; its figures are not read",
        ),
    ),
    exceptions="lines in which figures are before their units, as in sentences",
    unchanged=(f"{_BODY}\n全年受理申请120条，其中当面申请20条，网上申请100条。",),
    clause="tables",
    severity=Severity.WARNING,
    message="a line holds a table without the borders of its cells; its figures are not read",
    hint="copy the table from the source again, as a table or with a tab between its cells",
)
IMPOSSIBLE_DATE = FindingRule(
    name="impossible-date",
    kind=KIND,
    summary="Report a date that no calendar has.",
    reason="It is a slip of the pen, and no date of the report is read from it.",
    examples=(
        Example(before=f"{_BODY}\n截至2024年2月30日。", after="there is no date 2024年2月30日"),
    ),
    exceptions="dates that are possible, and dates without a day",
    unchanged=(f"{_BODY}\n截至2024年2月29日。",),
    clause="dates",
    severity=Severity.WARNING,
    message="there is no date {date}",
    hint="correct it in the source; set the date of the report with --date",
)
FINDING_RULES = (
    EMPTY_CELLS,
    IMPOSSIBLE_DATE,
    SQUASHED_FORM,
    MISSING_TITLE,
    MISSING_HEADINGS,
    LONG_LINE,
    NUMBERING_GAP,
    MISSING_DESCRIPTION,
)


def find_missing_parts(report: Report, source: SourceText) -> Iterator[Finding]:
    """Yield findings about a missing title, missing headings and line ends, tables on one line, impossible dates."""
    if not report.title:
        yield MISSING_TITLE.finding(name=report.metadata.title)
    has_headings = bool(report.sections) or any(annex.sections for annex in report.annexes)
    if not has_headings and _should_have_headings(report.metadata.kind, source):
        yield MISSING_HEADINGS.finding()
    longest = max((len(line) for text in source.texts() for line in text.lines()), default=0)
    if longest > LONGEST_PARAGRAPH and not has_headings:
        yield LONG_LINE.finding(length=longest)
    for segment in source.segments:
        if isinstance(segment, Passage):
            for line in segment.text.lines():
                if is_squashed_form(line.string):
                    yield SQUASHED_FORM.finding(line.locator)
                for start, end in impossible_dates(line.string):
                    span = line.slice(start, end)
                    yield IMPOSSIBLE_DATE.finding(span.locator, date=span.string)


def _should_have_headings(kind: str, source: SourceText) -> bool:
    """Return whether documents of a kind have numbered headings, the short ones too or only long ones."""
    if kind in NO_REPORTS:
        return False
    length = sum(len(part.text.string) for part in source.segments if isinstance(part, Passage))
    has_sections = any(row.has_sections for row in KINDS if row.name == kind)
    return has_sections or length >= SHORTEST_WITH_HEADINGS
