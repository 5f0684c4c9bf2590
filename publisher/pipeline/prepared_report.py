"""A report that is ready to be typeset: the stages from normalising to rendering."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from publisher.conversion import conversion_findings, convert, convert_texts
from publisher.decisions import unused_edit_findings
from publisher.errors import SourceEmptyError
from publisher.extensions import Extensions, load_extensions
from publisher.extensions.guards import located
from publisher.messages import translatable
from publisher.model import Decisions
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.parse.heading_stops import remove_heading_stops
from publisher.pipeline.findings import option_findings, signature_findings
from publisher.pipeline.stage_cache import RUN_ALL
from publisher.pipeline.stage_log import StageLog
from publisher.profiles import PROFILES
from publisher.readers.limits import require
from publisher.reference.document_kinds import NO_REPORTS
from publisher.render import PageOptions, render
from publisher.render.publication_data import TextHistory
from publisher.render.style_faults import sheet_findings
from publisher.render.styles import load_style
from publisher.statistics import extract, failures
from publisher.text.counted_nouns import count_noun
from publisher.typeset.session import session_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.model import (
        Conversion,
        Edit,
        EditSelection,
        Finding,
        Page,
        SourceText,
        Statistics,
        WordChange,
    )
    from publisher.options import Options
    from publisher.parse import ParseResult
    from publisher.pipeline.stage_cache import StageRunner
    from publisher.render.styles import Style
    from publisher.typeset.session import TypesetSession

NO_DECISIONS = Decisions()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedReport:
    """A report that is ready to be typeset, with the results of the stages before."""

    normalised: SourceText
    converted: SourceText
    conversion: Conversion
    parsed: ParseResult
    edits: tuple[Edit, ...]
    """The edits of all stages, in the order in which they were made."""
    proposals: tuple[Edit, ...]
    """Edits that normalising proposes and did not make, in the order of the source."""
    statistics: Statistics
    tables: str
    """Where the tables of figures are: ``appendix``, ``inline`` or ``none``."""
    session: TypesetSession
    """The typesetter for the language and the fonts."""
    style: Style
    page: Page
    findings: tuple[Finding, ...]


def prepare_report(  # noqa: PLR0913 - what the stages need, and what a later verification has
    source: SourceText,
    read_edits: tuple[Edit, ...],
    options: Options,
    *,
    where: str,
    log: StageLog | None = None,
    decisions: Decisions = NO_DECISIONS,
    recorded_words: Sequence[WordChange] = (),
    runner: StageRunner = RUN_ALL,
    extensions: Extensions | None = None,
) -> PreparedReport:
    """Run the stages from normalising to rendering on a source that was read.

    Args:
        source: The source as its reader returned it.
        read_edits: The edits that the reader made.
        options: What to make of it.
        where: The path that error messages name.
        log: The log of the report's stages.
        decisions: What a person decided about this source; options outweigh its metadata.
        recorded_words: Instead of a glossary: the words that it replaced, as a record has them.
        runner: Runs the stages, or takes their results from earlier builds of the report.
        extensions: Those that the options name, if they are loaded already.

    """
    log = log or StageLog(where)
    extensions = extensions or load_extensions(options.extensions)
    rules, checks = extensions.rules, extensions.checks
    style = load_style(extensions.style_path(options.style))
    selection = cast("EditSelection", options.edits)
    with located(where):
        normalisation = runner.run(
            "normalise",
            (source, selection, decisions.edits, extensions.versions),
            lambda: normalise(source, selection=selection, decisions=decisions.edits, rules=rules),
        )
    normalised = normalisation.source
    log.finish_stage(
        "normalise",
        translatable("normalised with {edits}", edits=count_noun(len(normalisation.edits), "edit")),
    )
    if not normalised.plain_text().strip():
        raise SourceEmptyError("has no visible text", where=where, hint="check the file")
    conversion_options = options.conversion()
    converted, convert_edits, conversion = runner.run(
        "convert",
        (normalised, conversion_options, recorded_words),
        lambda: convert(normalised, conversion_options, recorded_words),
    )
    log.finish_stage(
        "conversion",
        translatable("converted with {edits}", edits=count_noun(len(convert_edits), "edit")),
    )
    overrides, part_decisions = _overrides(options, decisions), replace(decisions, edits=())
    title, subtitle, issuer = convert_texts(
        (overrides.title, overrides.subtitle, overrides.issuer),
        normalised,
        conversion,
        conversion_options,
        recorded_words,
    )
    overrides = replace(overrides, title=title, subtitle=subtitle, issuer=issuer)
    parsed = runner.run(
        "parse",
        (converted, overrides, part_decisions),
        lambda: parse(converted, overrides=overrides, decisions=part_decisions),
    )
    require("headings", sum(1 for _ in parsed.report.walk()), where=where)
    log.finish_stage(
        "parse",
        translatable(
            "parsed {sections}", sections=count_noun(len(parsed.report.sections), "section")
        ),
    )
    read_report = parsed.report
    with located(where):
        statistics = runner.run(
            "extract",
            (read_report, extensions.versions),
            lambda: extract(read_report, checks),
        )
    log.finish_stage(
        "statistics",
        translatable("found {figures}", figures=count_noun(len(statistics.observations), "figure")),
    )
    if not style.run_in and options.edits != "none":
        report, stop_edits = remove_heading_stops(parsed.report)
        parsed = replace(parsed, report=report, edits=(*parsed.edits, *stop_edits))
    session = session_for(
        parsed.report.metadata.language, options.fonts, stock=options.engine == "stock"
    )
    edits = (*read_edits, *normalisation.edits, *convert_edits, *parsed.edits)
    page_options = PageOptions(
        tables=_tables_position(options.tables, parsed.report.metadata.kind),
        checks=options.with_checks,
        align=options.align,
        press=bool(PROFILES[options.profile].pdf_x),
        fold_outs=options.wide_tables == "fold-out",
        history=TextHistory(edits=len(edits), is_converted=bool(convert_edits)),
    )
    report, families = parsed.report, session.families
    page = runner.run(
        "render",
        (report, style, families, statistics, page_options),
        lambda: render(
            report, style, families, statistics, page_options, session.engine.letter_width
        ),
    )
    glyph_findings = session.check_coverage(
        converted, page.pieces, where=where, missing_glyph=options.missing_glyph
    )
    log.finish_stage(
        "render", translatable("rendered {count} characters of HTML", count=len(page.html))
    )
    return PreparedReport(
        normalised=normalised,
        converted=converted,
        conversion=conversion,
        parsed=parsed,
        edits=edits,
        proposals=normalisation.proposals,
        statistics=statistics,
        tables=page_options.tables,
        session=session,
        style=style,
        page=page,
        findings=(
            *source.findings,
            *option_findings(options),
            *sheet_findings(style),
            *unused_edit_findings(normalisation.unused_decisions),
            *normalisation.findings,
            *conversion_findings(conversion, options.script),
            *parsed.findings,
            *signature_findings(parsed.report, overrides),
            *failures(statistics),
            *session.font_findings(),
            *glyph_findings,
        ),
    )


def _tables_position(tables: str, kind: str) -> str:
    """Return where the tables of figures are, ``appendix``, ``inline`` or ``none``, in a document of a kind."""
    if tables != "auto":
        return tables
    return "none" if kind in NO_REPORTS else "appendix"


def _overrides(options: Options, decisions: Decisions) -> MetadataOverrides:
    """Return the metadata that the user sets; options outweigh decisions."""
    return MetadataOverrides(
        title=options.title or decisions.title,
        subtitle=decisions.subtitle,
        issuer=options.issuer or decisions.issuer,
        date=options.date or decisions.date,
    )
