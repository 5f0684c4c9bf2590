"""Verification of a PDF of any maker that has no record beside it.

Input: the bytes of a PDF. Output: the standards that it declares, and verdicts on them; that there is no record,
so that text, source and figures are not compared, is a verdict of its own. Serves the standards in
``publisher.profiles.STANDARDS``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.errors import PublisherError, VerificationError
from publisher.messages import translatable
from publisher.model import Severity
from publisher.pdf.document import read_pdf
from publisher.pdf.library_errors import describe_error
from publisher.pdf.open_file import open_file
from publisher.pdf.syntax import painted_data, resolve
from publisher.profiles import STANDARDS
from publisher.system.log_capture import capture_logs
from publisher.verify.declared_standards import declared_standards
from publisher.verify.matterhorn import verify_matterhorn
from publisher.verify.preflight.requirements import PrintRequirements
from publisher.verify.rule import VerdictRules, VerificationRule
from publisher.verify.validators import PAGE_VALIDATION, validate_in_process
from publisher.verify.visibility.verification import verify_visibility

if TYPE_CHECKING:
    from publisher.model import Verdict

RULES = VerdictRules(
    profile="provenance (no record)",
    summary="a file without a record beside it",
    validator="none",
    rules=(
        VerificationRule(
            clause="no-record",
            problem="There is no record beside the file, so its text, source and figures are not compared.",
            remedy="keep the record beside its PDF to have them compared",
            standard="this program: a comparison that is left out is reported",
            severity=Severity.WARNING,
        ),
    ),
)
MAX_SYNTAX_WARNINGS = 1_000
"""Broken rules of PDF in one file that are tolerated; with more, the file is not read."""


def verify_unrecorded(data: bytes, *, version: str) -> tuple[tuple[str, ...], list[Verdict]]:
    """Verify what a file declares of itself.

    Args:
        data: The PDF.
        version: The version of this program, for the verdicts.

    Returns:
        The declared standards, and the verdicts on those that are verified here.

    Raises:
        SourceUnreadableError: The file needs a password.
        VerificationError: It cannot be read.

    """
    declares = tuple(sorted(declared_standards(_metadata(data))))
    message = "there is no record beside it: its text, source and figures are not compared"
    verdicts = [RULES.verdict([RULES.finding("no-record", message)], version=version)]
    verdicts += [validate_in_process(data, name) for name in declares if name in PAGE_VALIDATION]
    if any(name.startswith("PDF/UA") for name in declares):
        try:
            verdicts.append(verify_matterhorn(read_pdf(data), version=version))
        except VerificationError as error:
            from publisher.verify import text_comparison

            unreadable = text_comparison.RULES.finding("readable", error.text, hint=error.hint)
            verdicts.append(text_comparison.RULES.verdict([unreadable], version=version))
    if any(name in STANDARDS and STANDARDS[name].preflight for name in declares):
        from publisher.verify.preflight.inspection import preflight

        verdicts.append(preflight(data, PrintRequirements(), version=version).verdict)
    verdicts.append(verify_visibility(data, version=version, is_recorded=False))
    return declares, verdicts


def _metadata(data: bytes) -> bytes:
    """Return the metadata stream of a file, decoded; empty if there is none."""
    try:
        with capture_logs("pypdf", limit=MAX_SYNTAX_WARNINGS):
            reader = open_file(data, strict=False)
            metadata = resolve(resolve(reader.trailer["/Root"]).get("/Metadata"))
            return painted_data(metadata) if hasattr(metadata, "get_data") else b""
    except PublisherError:
        raise
    except Exception as error:  # pypdf raises anything for a damaged file
        raise VerificationError(
            translatable("the PDF is damaged: {error}", error=describe_error(error)),
            hint="ask for the file again",
        ) from error
