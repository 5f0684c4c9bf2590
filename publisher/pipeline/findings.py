"""What the pipeline itself reports: options without effect, and checks of the finished file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.errors import VerificationError
from publisher.messages import join_texts, translatable
from publisher.model import Example, FindingRule, Severity
from publisher.options import REPORTED_BY_BUILDS, find_ineffective
from publisher.profiles import PDF_X4, PROFILES
from publisher.text.dates import date_in
from publisher.verify.validators import unverified_standards

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Conversion, Finding, Report, Verdict
    from publisher.options import Options
    from publisher.parse import MetadataOverrides

KIND = "option finding"

PRINT_OPTION_WITHOUT_EFFECT = FindingRule(
    name="print-option-without-effect",
    kind=KIND,
    summary="Report ``--icc`` and ``--marks`` with a profile that is not for a print shop.",
    reason="Colour profile and printer's marks are part of a PDF/X file only.",
    examples=(
        Example(
            before="any report",
            after="icc and marks have no effect with the profile archive",
            options="--marks",
        ),
    ),
    exceptions="the profile ``print``",
    clause="print",
    severity=Severity.WARNING,
    message="icc and marks have no effect with the profile {profile}",
    hint="use --profile print to make a file for a print shop",
)
NO_CONVERSION_TO_SHOW = FindingRule(
    name="no-conversion-to-show",
    kind=KIND,
    summary="Report ``--emit bilingual`` for a report that was not converted.",
    reason="The proof shows source and converted text side by side; without a conversion they are the same.",
    examples=(
        Example(
            before="any report",
            after="nothing was converted, so there is no bilingual proof",
            options="--emit bilingual",
        ),
    ),
    exceptions="reports that ``--script`` converts",
    clause="bilingual",
    severity=Severity.WARNING,
    message="nothing was converted, so there is no bilingual proof",
    hint="name the script to convert to with --script",
)
SIGNATURE_UNCHANGED = FindingRule(
    name="signature-unchanged",
    kind=KIND,
    summary="Report that ``--issuer`` or ``--date`` differs from the printed signature block.",
    reason="The options change the metadata and the cover; the text of a report is never rewritten.",
    examples=(
        Example(
            before="云坪市2019年工作报告\n\n一、工作情况\n全年收到申请12件。\n\n云坪市人民政府\n2020年1月15日\n",
            after="the signature block still says 2020年1月15日",
            options="--date 2020-02-03",
        ),
    ),
    exceptions="reports without a signature block",
    clause="signature",
    severity=Severity.WARNING,
    message="the signature block still says {printed}",
    hint="correct it in the source; --issuer and --date change the metadata and the cover only",
)
FINDING_RULES = (PRINT_OPTION_WITHOUT_EFFECT, NO_CONVERSION_TO_SHOW, SIGNATURE_UNCHANGED)
_STYLE_HINT = (
    "nothing was written; your own style must mark added text with data-generated, call "
    "{{ title() }} if it has contents, and keep the id cover (docs/styles.md); with a style of the "
    "toolkit this is a fault of the program"
)


def option_findings(options: Options) -> Iterator[Finding]:
    """Yield findings about options that have no effect."""
    if find_ineffective(options, REPORTED_BY_BUILDS):
        yield PRINT_OPTION_WITHOUT_EFFECT.finding(profile=options.profile)


def signature_findings(report: Report, overrides: MetadataOverrides) -> Iterator[Finding]:
    """Yield a finding if the printed signature block has another issuer or date than the user gives."""
    lines = [text.string.strip() for text in report.sign_off]
    days = {line: day for line in lines if (day := date_in(line))}
    offices = [line for line in lines if line not in days]
    printed = []
    if (
        overrides.issuer
        and offices
        and not any(overrides.issuer in "".join(line.split()) for line in offices)
    ):
        printed += offices
    if overrides.date and days and overrides.date not in days.values():
        printed += days
    if printed:
        yield SIGNATURE_UNCHANGED.finding(printed=join_texts(", ", printed))


def output_findings(
    verdicts: Sequence[Verdict], options: Options, conversion: Conversion
) -> Iterator[Finding]:
    """Yield what a person should know about the finished files.

    These are the warnings of the preflight, standards that nothing validated, and a missing proof of the conversion.
    """
    for verdict in verdicts:
        if verdict.profile == PDF_X4:
            yield from (
                finding for finding in verdict.findings if finding.severity is Severity.WARNING
            )
    for verdict in unverified_standards(PROFILES[options.profile].declares, verdicts):
        yield from verdict.findings
    if "bilingual" in options.emit and not conversion.configuration:
        yield NO_CONVERSION_TO_SHOW.finding()


def require_passed(verdicts: Sequence[Verdict], where: str) -> None:
    """Raise ``VerificationError`` for the first verdict that failed."""
    for verdict in verdicts:
        if not verdict.passed:
            finding = next(
                finding for finding in verdict.findings if finding.severity is Severity.ERROR
            )
            raise VerificationError(
                translatable(
                    "the finished PDF fails {profile} ({validator}, {clause}): {message}",
                    profile=verdict.profile,
                    validator=verdict.validator,
                    clause=finding.clause,
                    message=finding.message,
                ),
                where=where,
                hint=_STYLE_HINT
                if verdict.profile == "text"
                else finding.hint or "nothing was written; this is a fault of the program",
            )
