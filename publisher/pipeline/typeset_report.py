"""A report that is typeset: the stages from reading to typesetting, before anything is verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.decisions import BoundDecisions, bind_decisions
from publisher.pipeline.declaration import create_declaration
from publisher.pipeline.prepared_report import PreparedReport, prepare_report
from publisher.pipeline.stage_cache import RUN_ALL
from publisher.pipeline.stage_log import StageLog
from publisher.readers import read_bytes
from publisher.system.document_date import timestamp
from publisher.system.sandbox import sandboxed
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.decisions import DecisionsFile
    from publisher.model import Decisions, Finding, SourceText, WordChange
    from publisher.options import Options
    from publisher.pipeline.stage_cache import StageRunner
    from publisher.typeset.engine import TypesetDocument
    from publisher.typeset.output.identification import Declaration


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetReport:
    """A report and its PDF, which nobody has verified yet, with the results of the stages before."""

    source: SourceText
    """The source as its reader returned it."""
    decisions: Decisions
    """The decisions that fit the source."""
    decision_findings: tuple[Finding, ...]
    """What is reported about those that do not."""
    prepared: PreparedReport
    declaration: Declaration
    typeset: TypesetDocument


def typeset_report(  # noqa: PLR0913 - those of run_pipeline
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
    log: StageLog | None = None,
) -> TypesetReport:
    """Run the stages up to typesetting on the bytes of a source file.

    The arguments are those of ``run_pipeline``; ``log`` is the log of its stages.
    """
    where = where or name
    log = log or StageLog(where)
    source, read_edits = runner.run(
        "read",
        (data, name, options.encoding),
        lambda: read_bytes(data, name=name, where=where, encoding=options.encoding),
    )
    log.finish_stage("readers", "read %s", count_noun(len(source.decoded), "character"))
    bound = bind_decisions(decisions, source)
    if decisions is None and recorded_decisions is not None:
        bound = BoundDecisions(decisions=recorded_decisions)
    prepared = prepare_report(
        source,
        read_edits,
        options,
        where=where,
        log=log,
        decisions=bound.decisions,
        recorded_words=recorded_words,
        runner=runner,
    )
    declaration = declare(prepared, source, options, where=where, epoch=epoch)
    page, engine = prepared.page, prepared.session.engine
    with sandboxed(where):
        typeset = runner.run(
            "typeset",
            (engine, page.html, page.css, declaration),
            lambda: engine.typeset(page.html, page.css, declaration),
        )
    log.finish_stage("typeset", "typeset %s", count_noun(typeset.pages, "page"))
    return TypesetReport(
        source=source,
        decisions=bound.decisions,
        decision_findings=bound.findings,
        prepared=prepared,
        declaration=declaration,
        typeset=typeset,
    )


def declare(
    prepared: PreparedReport, source: SourceText, options: Options, *, where: str, epoch: str | None
) -> Declaration:
    """Return what the PDF of a report declares."""
    metadata = prepared.parsed.report.metadata
    return create_declaration(
        source,
        metadata,
        prepared.statistics,
        prepared.style,
        options,
        timestamp=timestamp(metadata.date, epoch),
        where=where,
    )
