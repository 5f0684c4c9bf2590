"""Verification of a bag: whether it is complete, and whether its contents agree with each other.

Input: a bag. Output: findings, each with the file that it is about, and the verdicts on every report. The bytes are
checked first (``fixity``), then the contents: each PDF is verified against its record as ``publisher verify`` does;
the source, the figures, the page and the verdicts must be those of the record; PREMIS must describe the files,
and the metadata must agree with the records.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from publisher.archive import bagit
from publisher.archive.bag_info import EPOCH
from publisher.archive.bag_layout import (
    CSV,
    PREMIS,
    REQUIRED_SUFFIXES,
    SOURCES,
    report_path,
    verdict_path,
)
from publisher.archive.bag_reports import read_bag_report, report_names
from publisher.archive.fixity import MISSING, BagFinding, bag_finding, check_fixity, take_inventory
from publisher.archive.metadata_check import check_metadata
from publisher.archive.premis_check import check_premis
from publisher.archive.premis_xml import read_fixities
from publisher.archive.unexpected_files import check_unexpected_files
from publisher.audit import Evidence, audit_publication
from publisher.audit.other_versions import has_other_code
from publisher.audit.source_files import SourceFile
from publisher.batch.limited_process import judge_each
from publisher.errors import PublisherError
from publisher.export import encode_dataset
from publisher.messages import translatable
from publisher.model import Finding, Severity, Verdict
from publisher.output_names import BILINGUAL, DATA_SUFFIXES, PAGE, PDF, RECORD, TEXT
from publisher.record import encode_json
from publisher.record.describe import describe_verdict
from publisher.verify.signatures.validation import verify_signatures
from publisher.verify.validators import unverified_standards
from publisher.verify.verapdf import validate_with_verapdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from asn1crypto.x509 import Certificate

    from publisher.archive.bag_reports import BagReport
    from publisher.archive.fixity import Inventory
    from publisher.audit import AuditResult


EMITTED = {"html": PAGE, "txt": TEXT, "bilingual": BILINGUAL, **DATA_SUFFIXES}
"""The suffix of each result that ``--emit`` adds."""
VERAPDF = "veraPDF"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVerification:
    """The verdicts on a report of a bag."""

    pdf: str
    """The path of its PDF in the bag."""
    verdicts: tuple[Verdict, ...]

    @property
    def passed(self) -> bool:
        """Whether every verdict is passed."""
        return all(verdict.passed for verdict in self.verdicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class BagVerification:
    """The result of the verification of a bag."""

    files: int
    """The number of regular files in the bag."""
    findings: tuple[BagFinding, ...]
    reports: tuple[ReportVerification, ...]

    @property
    def passed(self) -> bool:
        """Whether there is no finding of severity error and every report passed."""
        errors = (item.finding.severity is Severity.ERROR for item in self.findings)
        return not any(errors) and all(report.passed for report in self.reports)


def check_bag(bag: Path, trusted: Sequence[Certificate] = ()) -> BagVerification:
    """Verify a bag, which may come from anybody: what reads its files runs in a process with limits.

    The end of that process is a finding about the report that it was reading; the others are still verified.

    Args:
        bag: The folder.
        trusted: Root certificates to which signatures must lead; without any, trust is not checked.

    Raises:
        VerificationError: If veraPDF is configured and cannot be run. Problems of the bag are findings.
    """
    inventory = take_inventory(bag)
    names = report_names(inventory.fixities)
    tasks = [_Task(where=str(bag), function=_judge_tags, arguments=(inventory,))]
    tasks += [
        _Task(
            where=str(bag / report_path(name, PDF)),
            function=_judge_report,
            arguments=(inventory, name, trusted),
            path=report_path(name, RECORD),
        )
        for name in names
        if report_path(name, PDF) in inventory.fixities  # check_fixity reports it
    ]
    judgements = _perform_each(tasks)
    reports = [judgement.report for judgement in judgements if judgement.report]
    together = _Task(
        where=str(bag), function=_judge_together, arguments=(inventory, names, reports)
    )
    judgements += _perform_each([together])
    return BagVerification(
        files=len(inventory.fixities),
        findings=tuple(finding for judgement in judgements for finding in judgement.findings),
        reports=tuple(judgement.verification for judgement in judgements if judgement.verification),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """What one step of the verification says."""

    findings: tuple[BagFinding, ...]
    report: BagReport | None = None
    """The report that was read."""
    verification: ReportVerification | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One step of the verification; it can be pickled."""

    where: str
    function: Callable[..., _Judgement]
    arguments: tuple[Any, ...]
    path: str = "."
    """The path in the bag that a failure of the step is reported about."""

    def __str__(self) -> str:
        """Return the file that is verified, as messages print it."""
        return self.where


def _perform(task: _Task) -> _Judgement:
    """Perform a step; called in a process with limits."""
    return task.function(*task.arguments)


def _perform_each(tasks: Sequence[_Task]) -> list[_Judgement]:
    """Return what each step says; the failure of a step is its finding."""
    return [
        _Judgement(findings=(bag_finding(task.path, outcome.message, outcome.hint),))
        if isinstance(outcome, PublisherError)
        else outcome
        for task, outcome in judge_each(_perform, tasks)
    ]


def _judge_tags(inventory: Inventory) -> _Judgement:
    """Compare the files with the manifests and with PREMIS."""
    return _Judgement(findings=(*check_fixity(inventory), *_check_premis(inventory)))


def _judge_report(inventory: Inventory, name: str, trusted: Sequence[Certificate]) -> _Judgement:
    """Read a report and verify it."""
    report = None
    try:
        report = read_bag_report(inventory, name)
        verification, findings = _verify_report(inventory, report, trusted)
    except PublisherError as error:
        finding = bag_finding(report_path(name, RECORD), error.message, error.hint)
        return _Judgement(findings=(finding,), report=report)
    return _Judgement(findings=tuple(findings), report=report, verification=verification)


def _judge_together(
    inventory: Inventory, names: Sequence[str], reports: Sequence[BagReport]
) -> _Judgement:
    """Compare the reports of a bag with its metadata, and its files with the reports."""
    findings = [*check_unexpected_files(inventory, names, reports)]
    if len(reports) == len(names):
        findings += check_metadata(inventory, reports)
        if PREMIS in inventory.fixities and reports:
            findings += check_premis(inventory, reports)
    return _Judgement(findings=tuple(findings))


def _evidence(inventory: Inventory, report: BagReport) -> Evidence:
    """Return what the bag has besides the PDF of a report: the source, the decisions, the time."""
    source = None
    if report.source:
        name = report.record["source"]["name"]
        source = SourceFile(name=name, data=inventory.read(report.source))
    info = inventory.fixities.get(bagit.BAG_INFO)
    epoch = bagit.read_info(inventory.read(bagit.BAG_INFO)).value(EPOCH) if info else None
    options = replace(
        report.options,
        emit=tuple(
            kind
            for kind, suffix in EMITTED.items()
            if report_path(report.name, suffix) in inventory.fixities
        ),
    )
    return Evidence(
        source=source,
        decisions=report.decisions,
        options=options,
        epoch=epoch,
        style_is_limited=True,
        missing_source="its source is not in the bag",
    )


def _verify_report(
    inventory: Inventory, report: BagReport, trusted: Sequence[Certificate]
) -> tuple[ReportVerification, list[BagFinding]]:
    """Return the verdicts on a report, and the findings about its PDF and the files that belong to it."""
    pdf = report_path(report.name, PDF)
    audit = audit_publication(
        report.data, report.record, where=report.where, evidence=_evidence(inventory, report)
    )
    declares = report.record["pdf"]["declares"]
    verdicts = (*audit.verdicts, *validate_with_verapdf(inventory.bag / pdf, declares))
    verdicts = (
        *verdicts,
        *unverified_standards(declares, verdicts),
        verify_signatures(report.data, trusted),
    )
    findings = [
        BagFinding(path=pdf, finding=finding)
        for verdict in verdicts
        for finding in verdict.findings
    ]
    findings += _check_companions(inventory, report, audit)
    if not trusted:
        findings += _check_signature_verdict(inventory, report, verdicts[-1])
    findings += _check_verapdf_verdicts(inventory, report, verdicts)
    return ReportVerification(pdf=pdf, verdicts=verdicts), findings


def _check_companions(
    inventory: Inventory, report: BagReport, audit: AuditResult
) -> Iterator[BagFinding]:
    """Yield the differences between the files that accompany a PDF and its record and source."""
    record, page = report.record, audit.page
    for suffix in REQUIRED_SUFFIXES:
        path = report_path(report.name, suffix)
        if path not in inventory.fixities:
            yield bag_finding(path, "is missing, though its report is in the bag")
    if not report.source:
        yield bag_finding(
            report_path(report.name, RECORD),
            translatable(
                "its source is missing: no file in {sources} has its digest", sources=SOURCES
            ),
        )
    yield from _compare(
        inventory,
        report_path(report.name, CSV),
        encode_dataset("csv", record),
        "its figures are not those of the record",
    )
    is_by_other_code = has_other_code(record)
    html = report_path(report.name, PAGE)
    if page:
        yield from _compare_page(
            inventory, html, page.standalone().encode(), is_by_other_code=is_by_other_code
        )
    else:
        yield BagFinding(path=html, finding=_page_not_compared())
    for suffix in EMITTED.values():
        path = report_path(report.name, suffix)
        if suffix in (CSV, PAGE) or path not in inventory.fixities:
            continue
        made_again = audit.files.get(suffix) if page and audit.files else None
        if made_again is None or (is_by_other_code and inventory.read(path) != made_again):
            yield BagFinding(path=path, finding=_page_not_compared())
        else:
            yield from _compare(inventory, path, made_again, "is not the one that the source gives")
    for verdict in record["pdf"]["verdicts"]:
        path = verdict_path(report.name, verdict["profile"], verdict["validator"])
        yield from _compare(
            inventory, path, encode_json(verdict), "is not the verdict that the record contains"
        )


def _compare_page(
    inventory: Inventory, path: str, expected: bytes, *, is_by_other_code: bool
) -> Iterator[BagFinding]:
    """Yield what is wrong with a page in a bag.

    Another version of this program has other style sheets, so that only the text of its page is compared.
    """
    if is_by_other_code and path in inventory.fixities:
        stored = inventory.read(path)
        if stored != expected and _words_of(stored) == _words_of(expected):
            yield BagFinding(path=path, finding=_page_not_compared())
            return
    yield from _compare(
        inventory, path, expected, "is not the page that is rendered from the source"
    )


def _words_of(page: bytes) -> str:
    """Return the text of a page without its white space."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    tree.strip_tags(["style", "script"])
    return "".join(tree.root.text().split()) if tree.root else ""


def _page_not_compared() -> Finding:
    return Finding(
        clause="bag",
        severity=Severity.NOTE,
        message="was not compared with the source: other software made it, or it cannot be read here",
        hint="its digest was checked",
    )


def _compare(
    inventory: Inventory, path: str, expected: bytes, message: str
) -> Iterator[BagFinding]:
    """Yield a finding if a file is missing or has other content than expected."""
    if path not in inventory.fixities:
        yield bag_finding(path, MISSING)
    elif inventory.read(path) != expected:
        yield bag_finding(path, message)


def _check_signature_verdict(
    inventory: Inventory, report: BagReport, verdict: Verdict
) -> Iterator[BagFinding]:
    """Yield where the verdict on the signatures in the bag is not the one that the PDF gives."""
    path = verdict_path(report.name, verdict.profile, verdict.validator)
    if path not in inventory.fixities:
        return
    if inventory.read(path) != encode_json(describe_verdict(verdict)):
        yield bag_finding(path, "is not the verdict that the signatures give")


def _check_verapdf_verdicts(
    inventory: Inventory, report: BagReport, current: Sequence[Verdict]
) -> Iterator[BagFinding]:
    """Yield where the verdicts of veraPDF in the bag are not those made here, or that nothing here makes them."""
    here = {verdict.profile: verdict for verdict in current if verdict.validator == VERAPDF}
    for standard in report.record["pdf"]["declares"]:
        path = verdict_path(report.name, standard, VERAPDF)
        if path not in inventory.fixities:
            continue
        verdict = here.get(standard)
        if verdict is None:
            yield BagFinding(
                path=path,
                finding=Finding(
                    clause="bag",
                    severity=Severity.NOTE,
                    message="was not compared: veraPDF is not configured here",
                    hint="name its command in PUBLISHER_VERAPDF",
                ),
            )
        elif inventory.read(path) != encode_json(describe_verdict(verdict)):
            yield bag_finding(path, "is not the verdict that veraPDF gives here")


def _check_premis(inventory: Inventory) -> Iterator[BagFinding]:
    """Yield the differences between PREMIS and the payload files."""
    fixities = inventory.fixities
    if PREMIS not in fixities:
        yield bag_finding(PREMIS, MISSING)
        return
    try:
        described = read_fixities(inventory.read(PREMIS))
    except ValueError as error:
        yield bag_finding(PREMIS, translatable("cannot be read: {error}", error=error))
        return
    payload = {path: fixity for path, fixity in fixities.items() if path.startswith("data/")}
    for path in sorted({*payload, *described}):
        if path not in described:
            yield bag_finding(PREMIS, translatable("does not describe {path}", path=path))
        elif path not in payload:
            yield bag_finding(
                PREMIS, translatable("describes {path}, which does not exist", path=path)
            )
        elif described[path] != payload[path]:
            yield bag_finding(
                PREMIS, translatable("gives another size or digest for {path}", path=path)
            )
