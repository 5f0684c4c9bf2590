"""How the public interface is used, for mypy: this file is type-checked and never run."""

from __future__ import annotations

from pathlib import Path

import publisher
from publisher import (
    ArchivedBag,
    BagVerification,
    Check,
    Comparison,
    EditReview,
    FigureCheck,
    Finding,
    GatheredStatistics,
    ImposedPdf,
    ImpositionOptions,
    LayoutItem,
    OfficialLayout,
    Options,
    Outcome,
    PipelineResult,
    PreflightResult,
    Publication,
    PublisherError,
    RebuiltReport,
    ReviewedEdit,
    Severity,
    SignatureLevel,
    SignedPublication,
    SourceError,
    Verdict,
    Volume,
    archive_reports,
    bind_volume,
    build,
    check_figures,
    check_official_layout,
    compare,
    gather_statistics,
    impose_pdf,
    preflight_pdf,
    publish,
    rebuild_bag,
    review_edits,
    sign_publication,
    verify_bag,
    verify_publication,
)


def publish_a_report() -> list[Path]:
    try:
        publication: Publication = publish("report.txt", Options(style="reader"), name="r")
    except SourceError as error:
        hint: str = error.hint
        print(error.where, error.message, hint, error.exit_code)  # noqa: T201
        return []
    except PublisherError:
        return []
    findings: tuple[Finding, ...] = publication.findings
    errors = [item.message for item in findings if item.severity is Severity.ERROR]
    title: str = publication.title
    print(errors, title, publisher.__version__)  # noqa: T201
    return [publication.pdf, publication.record, *publication.written]


def build_in_memory(data: bytes) -> bytes:
    result: PipelineResult = build(data, name="report.html")
    pages: int = result.record["pdf"]["pages"]
    written: tuple[Path, ...] = result.write("out", "report")
    print(pages, result.title, result.files[".record.json"], written)  # noqa: T201
    return result.pdf


def check_layout() -> list[str]:
    layout: OfficialLayout = check_official_layout(b"%PDF-1.7", Options(), name="report.pdf")
    items: tuple[LayoutItem, ...] = layout.items
    return [item.clause for item in items if not item.met]


def check() -> list[str]:
    checked: FigureCheck = check_figures(Path("report.txt"), Options(encoding="gb18030"))
    failed: list[Check] = [
        item for item in checked.statistics.checks if item.outcome is Outcome.FAILS
    ]
    return [item.computed for item in failed]


def decide() -> bytes:
    review: EditReview = review_edits("report.txt", accept=["spaces", 3], reject=[4], write=True)
    proposals: list[ReviewedEdit] = [edit for edit in review.edits if not edit.is_certain]
    print([(edit.number, edit.rule, edit.locator.offset) for edit in proposals])  # noqa: T201
    return review.decisions


def finished_files(pdf: Path) -> None:
    verdicts: tuple[Verdict, ...] = verify_publication(pdf, trust_anchors=["root.pem"])
    preflight: PreflightResult = preflight_pdf(pdf, icc="press.icc", max_ink=280)
    imposed: ImposedPdf = impose_pdf(pdf, ImpositionOptions(scheme="booklet"), "sheets.pdf")
    signed: SignedPublication = sign_publication(pdf, "key.p12", level=SignatureLevel.B_B)
    print(verdicts, preflight.verdict.passed, imposed.sheets, signed.data)  # noqa: T201


def several_reports(folder: Path) -> None:
    volume: Volume = bind_volume(folder, folder / "volume.pdf", title="年报汇编")
    bag: ArchivedBag = archive_reports(folder, Options(profile="archive-2"))
    verified: BagVerification = verify_bag(bag.path)
    rebuilt: tuple[RebuiltReport, ...] = rebuild_bag(bag.path)
    gathered: GatheredStatistics = gather_statistics(folder, "statistics.csv")
    print(volume.pages, verified.passed, rebuilt[0].identical, gathered.records)  # noqa: T201


def compare_two_reports() -> list[str]:
    comparison: Comparison = compare("draft.txt", b"...", names=("", "report.txt"))
    return [change.measure for change in comparison.figures if change.difference]
