"""What a conversion reports: why it was not made, and what an editor should look at.

Input: a ``Conversion`` and the option ``--script``. Output: findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Example, FindingRule, Severity

if TYPE_CHECKING:
    from publisher.model import Conversion, Finding

KIND = "conversion finding"

MIXED_SCRIPT = FindingRule(
    name="mixed-script",
    kind=KIND,
    summary="Report a text that mixes Simplified and Traditional.",
    reason=(
        "A conversion cannot tell a Traditional form in a Simplified text from a quotation or an error."
    ),
    examples=(
        Example(
            before="政府信息公开報告，公開12條，其他机关",
            after="the text mixes Simplified and Traditional; nothing was converted",
            options="--script zh-Hant-TW",
        ),
    ),
    exceptions=(
        "texts in which one script has less than a tenth of the characters that belong to only one of the two scripts"
    ),
    unchanged=("政府信息公开报告，公开12条",),
    clause="script",
    severity=Severity.WARNING,
    message="the text mixes Simplified and Traditional; nothing was converted",
    hint="bring the source into one script first",
)
ALREADY_IN_SCRIPT = FindingRule(
    name="already-in-script",
    kind=KIND,
    summary="Report that a text is in the wanted script already.",
    reason="The option ``--script`` has no effect then.",
    examples=(
        Example(
            before="政府信息公開報告",
            after="the text is in zh-Hant already; nothing was converted",
            options="--script zh-Hant-TW",
        ),
    ),
    exceptions="texts in the other script, which are converted",
    unchanged=("政府信息公开报告",),
    clause="script",
    severity=Severity.NOTE,
    message="the text is in {script} already; nothing was converted",
)
NOT_CHINESE = FindingRule(
    name="not-chinese",
    kind=KIND,
    summary="Report that a text is in English, so that there is no script to convert.",
    reason="The option ``--script`` has no effect then.",
    examples=(
        Example(
            before="The Office handled 12 requests in the year, and all of them were settled within the time of the law.",
            after="the text is in English; nothing was converted",
            options="--script zh-Hant-TW",
        ),
    ),
    exceptions="Chinese texts with English sentences in them, whose Chinese part is converted",
    unchanged=("政府信息公開報告",),
    clause="script",
    severity=Severity.NOTE,
    message="the text is in English; nothing was converted",
)
AMBIGUOUS_CHARACTERS = FindingRule(
    name="ambiguous-characters",
    kind=KIND,
    summary="Report characters and words that have more than one form in the wanted script.",
    reason=(
        "No word or phrase decides between the forms, or where a word ends is in doubt, so an editor should decide."
    ),
    examples=(
        Example(
            before="政府信息公开报告，行政复议3件",
            after="ambiguous characters and words: 1",
            options="--script zh-Hant-TW",
        ),
    ),
    exceptions=(
        "characters that a phrase of the dictionaries or a glossary decides, or whose neighbours settle their form"
    ),
    unchanged=("政府信息公开报告，头发",),
    clause="script",
    severity=Severity.NOTE,
    message="ambiguous characters and words: {count}",
    hint="publisher check SOURCE --script {script} lists them",
)
UNPAIRED_QUOTATION_MARKS = FindingRule(
    name="unpaired-quotation-marks",
    kind=KIND,
    summary="Report quotation marks that were not converted because they have no counterpart.",
    reason="Whether a mark becomes 「 or 『 depends on the pairs around it.",
    examples=(
        Example(
            before="政府信息公开报告，“互联网+政务",
            after="quotation marks without a counterpart, which stay as they are: 1",
            options="--script zh-Hant-TW",
        ),
    ),
    exceptions="marks that pair within their line; apostrophes",
    unchanged=("政府信息公开报告，“互联网+政务”",),
    clause="quotation marks",
    severity=Severity.WARNING,
    message="quotation marks without a counterpart, which stay as they are: {count}",
    hint="add the missing mark in the source",
)
FINDING_RULES = (
    MIXED_SCRIPT,
    NOT_CHINESE,
    ALREADY_IN_SCRIPT,
    AMBIGUOUS_CHARACTERS,
    UNPAIRED_QUOTATION_MARKS,
)


def conversion_findings(conversion: Conversion, script: str) -> tuple[Finding, ...]:
    """Return what a conversion to ``script`` reports; nothing for ``keep``."""
    if script == "keep":
        return ()
    if conversion.source_script == "mixed":
        return (MIXED_SCRIPT.finding(),)
    if conversion.source_script == "en":
        return (NOT_CHINESE.finding(),)
    if not conversion.configuration:
        return (ALREADY_IN_SCRIPT.finding(script=conversion.source_script),)
    findings = []
    if conversion.ambiguous:
        findings.append(
            AMBIGUOUS_CHARACTERS.finding(count=len(conversion.ambiguous), script=script)
        )
    if conversion.unpaired_quotation_marks:
        findings.append(
            UNPAIRED_QUOTATION_MARKS.finding(count=len(conversion.unpaired_quotation_marks))
        )
    return tuple(findings)
