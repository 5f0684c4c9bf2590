"""From a report's file to its publication: the stages, top to bottom.

read → normalise → convert → parse → extract → render → typeset → verify → record → write
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.conversion import conversion_findings, convert
from publisher.errors import (
    FontMissingError,
    PublisherError,
    SourceEmptyError,
    SystemLibraryError,
    UsageError,
    VerificationError,
)
from publisher.export import encode_dataset
from publisher.model import Addition, Finding, Severity
from publisher.normalise import normalise
from publisher.options import NO_FILE, Options
from publisher.output_names import BILINGUAL, DATA_SUFFIXES, PAGE, PDF, RECORD, TEXT
from publisher.parse import MetadataOverrides, parse
from publisher.pdf.geometry import MM
from publisher.pdf.icc import load_output_profile
from publisher.profiles import PDF_X4, PROFILES
from publisher.readers import read_bytes
from publisher.record import compose_record, encode_record
from publisher.record.describe import (
    describe_observations,
    describe_pdf,
    describe_report,
    describe_statistics,
)
from publisher.render import PageOptions, render
from publisher.render.styles import load_style
from publisher.statistics import extract, failures
from publisher.system.atomic_write import write_whole
from publisher.system.document_date import timestamp
from publisher.system.memory import collector_at_rest, in_one_stack
from publisher.system.sandbox import isolated
from publisher.system.software import software
from publisher.text.edits import replay_edits
from publisher.typeset.output.identification import Attachment, Declaration
from publisher.typeset.output.pdf_x import Printing
from publisher.typeset.output.press_colours import is_grey, parse_colour
from publisher.typeset.session import require_fonts, setting_for
from publisher.typeset.weasyprint_loader import require_libraries_found
from publisher.verify import PrintRequirements, verify_pdf
from publisher.verify.text_comparison import remove_whitespace
from publisher.verify.validators import unverified_standards

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from publisher.model import Conversion, Edit, Page, Piece, SourceText, Statistics, Verdict
    from publisher.model.record_types import Record
    from publisher.parse import ParseResult
    from publisher.render.styles import Style
    from publisher.typeset.engine import Typeset
    from publisher.typeset.session import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineResult:
    """All that was made of a report, not yet written."""

    files: Mapping[str, bytes]
    """The content of each file by its suffix (``.pdf``, ``.record.json`` …), the record last."""
    record: Record
    """The record of ``docs/record.md``, as typed by ``publisher.model.record_types``."""
    findings: tuple[Finding, ...]
    """What a person should look at."""
    statistics: Statistics
    """The figures of the report and their checks."""
    verdicts: tuple[Verdict, ...]
    """The result of each validator; all passed."""

    @property
    def pdf(self) -> bytes:
        """The PDF."""
        return self.files[PDF]

    @property
    def title(self) -> str:
        """The title of the report."""
        return self.record["report"]["title"]

    @property
    def pages(self) -> int:
        """The number of pages."""
        return self.record["pdf"]["pages"]

    def write(self, folder: Path | str, name: str) -> tuple[Path, ...]:
        """Write the files as ``NAME`` and their suffixes into a folder, all or none; return their paths.

        Raises ``OutputError`` if they cannot be written.
        """
        files = {Path(folder) / f"{name}{suffix}": data for suffix, data in self.files.items()}
        write_whole(files)
        return tuple(files)


@in_one_stack
def run_pipeline(
    data: bytes, options: Options, *, name: str, where: str = "", epoch: str | None = None
) -> PipelineResult:
    """Run all stages on the bytes of a source file and return the results.

    Args:
        data: The content of the file.
        options: What to make of it.
        name: The name of the file; its suffix helps to recognise the format.
        where: The path that error messages name; by default ``name``.
        epoch: The value of ``SOURCE_DATE_EPOCH``; by default that of the environment.

    Raises:
        PublisherError: The report cannot be published; see ``publisher.errors``.

    """
    with collector_at_rest():  # all that a report needs is in use until it is finished
        return _run_stages(data, options, name=name, where=where or name, epoch=epoch)


def _run_stages(
    data: bytes, options: Options, *, name: str, where: str, epoch: str | None
) -> PipelineResult:
    profile = PROFILES[options.profile]
    raw, read_edits = read_bytes(data, name=name, where=where, encoding=options.encoding)
    ready = prepare_report(raw, read_edits, options, where=where)
    report, page, conversion = ready.parsed.report, ready.page, ready.conversion
    dated = timestamp(report.metadata.date, epoch)
    declaration = _declaration(ready, raw, options, dated, where=where)
    with isolated(where):
        done = ready.setting.engine.typeset(page.html, page.css, declaration)
    text = replay_edits(raw.decoded, ready.edits)
    additions = _additions(page.pieces, done)
    verdicts = verify_pdf(
        done.pdf,
        text=text,
        additions=additions,
        declares=profile.declares,
        version=__version__,
        html=page.html,
        print_requirements=_print_requirements(declaration.printing),
    )
    _require(verdicts, where)
    findings = (
        *ready.findings,
        *done.findings,
        *_of_press(verdicts),
        *_left_open(verdicts, options, conversion),
    )
    record = compose_record(
        source=raw,
        options=options,
        report=describe_report(report, done.page_of),
        edits=ready.edits,
        statistics=describe_statistics(ready.statistics, report, done.page_of),
        conversion=conversion,
        fonts=ready.setting.fonts_used(done.fonts),
        text=text,
        additions=additions,
        findings=findings,
        pdf=describe_pdf(done.pdf, done.pages, profile, verdicts),
    )
    files = {PDF: done.pdf}
    if "html" in options.emit:
        files[PAGE] = page.standalone().encode()
    if "txt" in options.emit:
        files[TEXT] = f"{text.strip()}\n".encode()
    if "bilingual" in options.emit and conversion.configuration:
        from publisher.proof import bilingual_proof

        files[BILINGUAL] = bilingual_proof(ready.ordered, ready.converted, conversion, options)
    for kind, suffix in DATA_SUFFIXES.items():
        if kind in options.emit:
            files[suffix] = encode_dataset(kind, record)
    files[RECORD] = encode_record(record)
    return PipelineResult(
        files=files,
        record=record,
        findings=findings,
        statistics=ready.statistics,
        verdicts=verdicts,
    )


WARM_UP_REPORT = "年度报告\n一、概况\n（一）工作。2020年公开信息12条。\n办公室\n2021年1月8日\n"


def warm_up(options: Options) -> None:
    """Load all that reports with these options need, so that the first of them takes no longer than the next.

    Raises what would stop every such report, as ``require_resources`` does.
    """
    raw, edits = read_bytes(WARM_UP_REPORT.encode(), name="warming.txt", encoding="utf-8")
    try:
        ready = prepare_report(raw, edits, options, where="")
    except (UsageError, FontMissingError, SystemLibraryError):
        raise
    except PublisherError:
        return
    dated = timestamp(ready.parsed.report.metadata.date)
    declaration = _declaration(ready, raw, options, dated, where="")
    done = ready.setting.engine.typeset(ready.page.html, ready.page.css, declaration)
    profile = PROFILES[options.profile]
    verify_pdf(
        done.pdf,
        text="",
        additions=(),
        declares=profile.declares,
        version=__version__,
        html=ready.page.html,
    )


def require_resources(options: Options) -> None:
    """Raise what would stop every report with these options: a style, a font or a library that is missing.

    Nothing is typeset, and Pango is not loaded.
    """
    load_style(options.style)
    require_libraries_found()
    require_fonts("zh-Hans" if options.script == "keep" else options.script, options.fonts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedReport:
    """A report on its way, up to the page that is to be set in type."""

    ordered: SourceText
    converted: SourceText
    conversion: Conversion
    parsed: ParseResult
    edits: tuple[Edit, ...]
    statistics: Statistics
    setting: Setting
    style: Style
    page: Page
    findings: tuple[Finding, ...]


def prepare_report(
    raw: SourceText, read_edits: tuple[Edit, ...], options: Options, *, where: str
) -> PreparedReport:
    """Take a report that was read through the stages up to its page."""
    style = load_style(options.style)
    ordered, order_edits, findings = normalise(raw)
    if not ordered.plain_text().strip():
        raise SourceEmptyError("has no text that can be seen", where=where, hint="check it")
    converted, convert_edits, conversion = convert(ordered, options.conversion())
    overrides = MetadataOverrides(title=options.title, issuer=options.issuer, date=options.date)
    parsed = parse(converted, overrides=overrides)
    statistics = extract(parsed.report)
    setting = setting_for(
        parsed.report.metadata.language, options.fonts, stock=options.engine == "stock"
    )
    page_options = PageOptions(
        tables=options.tables,
        checks=options.with_checks,
        align=options.align,
        press=bool(PROFILES[options.profile].pdf_x),
    )
    page = render(parsed.report, style, setting.families, statistics, page_options)
    setting.check_coverage(converted, page.pieces, where=where)
    return PreparedReport(
        ordered=ordered,
        converted=converted,
        conversion=conversion,
        parsed=parsed,
        edits=(*read_edits, *order_edits, *convert_edits, *parsed.edits),
        statistics=statistics,
        setting=setting,
        style=style,
        page=page,
        findings=(
            *raw.findings,
            *_unused(options),
            *findings,
            *conversion_findings(conversion, options.script),
            *parsed.findings,
            *failures(statistics),
        ),
    )


def _of_press(verdicts: Iterable[Verdict]) -> Iterator[Finding]:
    """Yield what a print shop should be asked about, though the file can be printed."""
    for verdict in verdicts:
        if verdict.profile == PDF_X4:
            yield from (one for one in verdict.findings if one.severity is Severity.WARNING)


def _left_open(
    verdicts: Sequence[Verdict], options: Options, conversion: Conversion
) -> Iterator[Finding]:
    """Yield what was asked for and not done: a standard that nobody judged, a proof of no conversion."""
    for verdict in unverified_standards(PROFILES[options.profile].declares, verdicts):
        yield from verdict.findings
    if "bilingual" in options.emit and not conversion.configuration:
        yield Finding(
            clause="bilingual",
            severity=Severity.WARNING,
            message="nothing was converted, so there is no proof of a conversion",
            hint="--script says into which script",
        )


def _unused(options: Options) -> Iterator[Finding]:
    """Tell that a profile or marks were asked for, but no file for a press."""
    if not PROFILES[options.profile].pdf_x and (options.icc != NO_FILE or options.marks):
        yield Finding(
            clause="print",
            severity=Severity.WARNING,
            message=f"icc and marks change nothing in the profile {options.profile}",
            hint="--profile print makes a file for a print shop",
        )


def _declaration(
    ready: PreparedReport, raw: SourceText, options: Options, dated: str, *, where: str
) -> Declaration:
    profile, metadata = PROFILES[options.profile], ready.parsed.report.metadata
    statistics = ready.statistics
    if profile.pdf_x and not dated:
        raise UsageError(
            "no date was found in the report, and PDF/X-4 asks for one",
            where=where,
            hint="say when it was issued: --date YYYY-MM-DD",
        )
    attachments: list[Attachment] = []
    if profile.attachments:
        attachments.append(
            Attachment(
                name=raw.name,
                data=raw.data,
                media_type=raw.media_type,
                relationship="Source",
                description="The report as it was received",
            )
        )
    if profile.attachments and statistics.observations:
        facts = describe_observations(statistics, {})
        attachments.append(
            Attachment(
                name=f"{Path(raw.name).stem}{DATA_SUFFIXES['csv']}",
                data=encode_dataset("csv", {"observations": facts}),
                media_type="text/csv",
                relationship="Data",
                description="The figures of the report",
            )
        )
    return Declaration(
        profile=profile,
        metadata=metadata,
        timestamp=dated,
        producer=f"Publisher {__version__} (WeasyPrint {software()['weasyprint']})",
        creator=f"Publisher {__version__}",
        attachments=tuple(attachments),
        printing=_printing(ready.style, options) if profile.pdf_x else None,
    )


def _printing(style: Style, options: Options) -> Printing:
    """Return what a press is told: the builds that the style names, and its charts' ink converted."""
    profile, chart = load_output_profile(options.icc), parse_colour(style.chart)
    return Printing(
        profile=profile,
        bleed=options.bleed * MM,
        marks=options.marks,
        named={
            **(profile.inks([chart]) if chart and not is_grey(chart) else {}),
            **{ink.rgb: ink.build for ink in style.inks},
        },
    )


def _print_requirements(printing: Printing | None) -> PrintRequirements | None:
    """Return what a file for a press is asked for."""
    return (
        PrintRequirements(output_profile=printing.profile, bleed=printing.bleed)
        if printing
        else None
    )


def _additions(pieces: tuple[Piece, ...], done: Typeset) -> tuple[Addition, ...]:
    """Return what the page adds to the report's text, page numbers as layout made them."""
    additions, at = [], 0
    for piece in pieces:
        if piece.page_of:
            number = done.page_of.get(piece.page_of, 0) - done.front_pages
            additions.append(Addition(at=at, text=str(number)))
        elif piece.generated:
            additions.append(Addition(at=at, text=piece.text))
        else:
            at += len(remove_whitespace(piece.text))
    return tuple(additions)


_WHAT_A_STYLE_MUST = (
    "nothing was written; a style of your own must mark what it adds with data-generated, set "
    "{{ title() }} if it has contents, and keep the id cover (docs/styles.md); with a style of the "
    "toolkit this is a fault of the program"
)


def _require(verdicts: tuple[Verdict, ...], where: str) -> None:
    """Refuse to call a file done that is not what it claims; nothing of it is written."""
    for verdict in verdicts:
        if not verdict.passed:
            first = next(one for one in verdict.findings if one.severity is Severity.ERROR)
            raise VerificationError(
                f"the finished PDF fails {verdict.profile} ({verdict.validator}, "
                f"{first.clause}): {first.message}",
                where=where,
                hint=_WHAT_A_STYLE_MUST
                if verdict.profile == "text"
                else first.hint or "nothing was written; this is a fault of the program",
            )
