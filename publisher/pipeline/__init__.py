"""The pipeline: the stages that turn the bytes of a report into its publication.

read → normalise → convert → parse → extract → render → typeset → verify → record → write

``run_pipeline`` runs all stages, ``prepared_report`` those before typesetting, ``typeset_report`` those before
verification. ``stage_cache`` keeps their results for the next build of a report, ``findings`` has the pipeline's own
findings, ``declaration`` what the PDF declares, ``stage_log`` the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher._version import __version__
from publisher.conversion import conversion_findings as conversion_findings
from publisher.conversion import convert as convert
from publisher.decisions import unused_edit_findings as unused_edit_findings
from publisher.errors import (
    ExtensionError,
    FontMissingError,
    PublisherError,
    SystemLibraryError,
    UsageError,
)
from publisher.errors import (
    SourceEmptyError as SourceEmptyError,
)
from publisher.export import encode_dataset
from publisher.extensions import load_style_of
from publisher.messages import join_texts, translatable
from publisher.normalise import normalise as normalise
from publisher.output_names import BILINGUAL, DATA_SUFFIXES, PAGE, PDF, RECORD, TEXT
from publisher.parse import MetadataOverrides as MetadataOverrides
from publisher.parse import parse as parse
from publisher.pipeline.declaration import print_requirements
from publisher.pipeline.findings import option_findings as option_findings
from publisher.pipeline.findings import output_findings, require_passed
from publisher.pipeline.prepared_report import PreparedReport, prepare_report
from publisher.pipeline.stage_cache import RUN_ALL
from publisher.pipeline.stage_log import StageLog
from publisher.pipeline.typeset_report import bind_report, declare, typeset_report
from publisher.profiles import PROFILES as PROFILES
from publisher.readers import read_bytes
from publisher.record import compose_record, encode_record
from publisher.record.decisions import describe_decisions
from publisher.record.describe import (
    describe_pdf,
    describe_report,
    describe_statistics,
)
from publisher.render import PageOptions as PageOptions
from publisher.render import render as render
from publisher.render.style_faults import located_findings
from publisher.statistics import extract as extract
from publisher.statistics import failures as failures
from publisher.system.atomic_write import write_atomically
from publisher.system.memory import gc_paused, large_frame_chunk
from publisher.text.counted_nouns import count_noun
from publisher.text.edits import replay_edits
from publisher.text.line_index import LineIndex
from publisher.text.row_text import text_with_rows
from publisher.typeset.session import require_fonts
from publisher.typeset.session import session_for as session_for
from publisher.typeset.system_libraries import require_libraries_found
from publisher.verify import verify_pdf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.decisions import DecisionsFile
    from publisher.model import (
        Conversion as Conversion,
    )
    from publisher.model import (
        Decisions as Decisions,
    )
    from publisher.model import (
        Edit as Edit,
    )
    from publisher.model import (
        EditSelection as EditSelection,
    )
    from publisher.model import (
        Finding,
        Statistics,
        Verdict,
        WordChange,
    )
    from publisher.model import (
        Page as Page,
    )
    from publisher.model.record_types import Record
    from publisher.options import Options
    from publisher.parse import ParseResult as ParseResult
    from publisher.pipeline.stage_cache import StageRunner
    from publisher.render.styles import Style as Style
    from publisher.typeset.session import TypesetSession as TypesetSession


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineResult:
    """The results of the pipeline for one report, in memory."""

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
    lines: LineIndex
    """The lines of the decoded source, in which findings have their place."""
    page: Page
    """The page before typesetting."""
    tables: str
    """Where the tables of figures are: ``appendix``, ``inline`` or ``none``."""

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
        write_atomically(files)
        return tuple(files)


@large_frame_chunk
def run_pipeline(  # noqa: PLR0913 - what a build needs, and what a later verification has
    data: bytes,
    options: Options,
    *,
    name: str,
    where: str = "",
    epoch: str | None = None,
    decisions: DecisionsFile | None = None,
    recorded_decisions: Decisions | None = None,
    recorded_words: Sequence[WordChange] = (),
    runner: StageRunner = RUN_ALL,
) -> PipelineResult:
    """Run all stages on the bytes of a source file and return the results.

    Args:
        data: The content of the file.
        options: What to make of it.
        name: The name of the file; its suffix helps to recognise the format.
        where: The path that error messages name; by default ``name``.
        epoch: The value of ``SOURCE_DATE_EPOCH``; by default that of the environment.
        decisions: The decisions file; none by default, whatever ``options.decisions`` names.
        recorded_decisions: Without a file: decisions with their places in this source, as a record has them.
        recorded_words: Instead of a glossary: the words that it replaced, as a record has them.
        runner: Runs the stages, or takes their results from earlier builds of the report.

    Raises:
        PublisherError: The report cannot be published; see ``publisher.errors``.

    """
    with gc_paused():  # all that a report needs is in use until it is finished
        return _run_stages(
            data,
            options,
            name=name,
            where=where or name,
            epoch=epoch,
            decisions=decisions,
            recorded_decisions=recorded_decisions,
            recorded_words=recorded_words,
            runner=runner,
        )


def _run_stages(  # noqa: PLR0913 - those of run_pipeline
    data: bytes,
    options: Options,
    *,
    name: str,
    where: str,
    epoch: str | None,
    decisions: DecisionsFile | None,
    recorded_decisions: Decisions | None,
    recorded_words: Sequence[WordChange],
    runner: StageRunner,
) -> PipelineResult:
    log = StageLog(where)
    bound = bind_report(
        data,
        options,
        name=name,
        where=where,
        decisions=decisions,
        recorded_decisions=recorded_decisions,
        recorded_words=recorded_words,
        runner=runner,
        log=log,
    )
    source, prepared, page = bound.source, bound.prepared, bound.prepared.page
    result = typeset_report(bound, options, where=where, epoch=epoch, runner=runner)
    typeset, declaration, additions = result.typeset, result.declaration, result.additions
    pages = count_noun(typeset.pages, "page")
    log.finish_stage("typeset", translatable("typeset {pages}", pages=pages))
    text = replay_edits(source.decoded, prepared.edits)
    verdicts = verify_pdf(
        typeset.pdf,
        text=text,
        additions=additions,
        declares=declaration.profile.declares,
        version=__version__,
        html=page.html,
        print_requirements=print_requirements(declaration),
    )
    profiles = join_texts(", ", (translatable(verdict.profile) for verdict in verdicts))
    log.finish_stage("verify", translatable("verified ({profiles})", profiles=profiles))
    require_passed(verdicts, where)
    findings = (
        *bound.decision_findings,
        *prepared.findings,
        *located_findings(typeset.findings, prepared.style, page.css),
        *output_findings(verdicts, options, prepared.conversion),
    )
    report = prepared.parsed.report
    record = compose_record(
        source=source,
        options=options,
        report=describe_report(report, typeset.page_of),
        edits=prepared.edits,
        proposals=prepared.proposals,
        decisions=(
            describe_decisions(decisions.name, decisions.data, bound.decisions)
            if decisions
            else None
        ),
        statistics=describe_statistics(prepared.statistics, report, typeset.page_of),
        conversion=prepared.conversion,
        fonts=prepared.session.fonts_used(typeset.fonts),
        text=text,
        additions=additions,
        findings=findings,
        pdf=describe_pdf(typeset.pdf, typeset.pages, declaration.profile, verdicts),
    )
    files = {PDF: typeset.pdf, **_extra_files(prepared, record, options)}
    files[RECORD] = encode_record(record)
    log.finish_stage("record", translatable("recorded ({files})", files=join_texts(", ", files)))
    log.finish()
    return PipelineResult(
        files=files,
        record=record,
        findings=findings,
        statistics=prepared.statistics,
        verdicts=verdicts,
        lines=LineIndex(source.decoded),
        page=page,
        tables=prepared.tables,
    )


def _extra_files(prepared: PreparedReport, record: Record, options: Options) -> dict[str, bytes]:
    """Return the files of ``options.emit`` by suffix."""
    files: dict[str, bytes] = {}
    if "html" in options.emit:
        files[PAGE] = prepared.page.standalone().encode()
    if "txt" in options.emit:
        lines = text_with_rows(prepared.converted, prepared.parsed.edits)
        files[TEXT] = f"{lines.strip()}\n".encode()
    if "bilingual" in options.emit and prepared.conversion.configuration:
        from publisher.pipeline.bilingual_proof import typeset_bilingual_proof

        files[BILINGUAL] = typeset_bilingual_proof(
            prepared.normalised, prepared.converted, prepared.conversion, options
        )
    for kind, suffix in DATA_SUFFIXES.items():
        if kind in options.emit:
            files[suffix] = encode_dataset(kind, record)
    return files


WARM_UP_REPORT = "年度报告\n一、概况\n（一）工作。2020年公开信息12条。\n办公室\n2021年1月8日\n"


def warm_up(options: Options) -> None:
    """Build a small report, so that the first report with these options takes no longer than the next.

    Raises what would stop every such report, as ``require_resources`` does.
    """
    source, edits = read_bytes(WARM_UP_REPORT.encode(), name="warm-up.txt", encoding="utf-8")
    try:
        prepared = prepare_report(source, edits, options, where="")
    except (UsageError, FontMissingError, SystemLibraryError, ExtensionError):
        raise
    except PublisherError:
        return
    declaration = declare(prepared, source, options, where="", epoch=None)
    page = prepared.page
    typeset = prepared.session.engine.typeset(page.html, page.css, declaration)
    verify_pdf(
        typeset.pdf,
        text="",
        additions=(),
        declares=declaration.profile.declares,
        version=__version__,
        html=page.html,
    )


def require_resources(options: Options) -> None:
    """Raise the error for an extension, style, font or library that is missing for all reports with these options.

    Nothing is typeset, and Pango is not loaded.
    """
    load_style_of(options)
    require_libraries_found()
    require_fonts("zh-Hans" if options.script == "keep" else options.script, options.fonts)


__all__ = [
    "PipelineResult",
    "PreparedReport",
    "prepare_report",
    "require_resources",
    "run_pipeline",
    "warm_up",
]
