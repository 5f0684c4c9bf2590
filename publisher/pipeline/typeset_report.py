"""A report that is typeset: the stages from reading to typesetting, before anything is verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.decisions import BoundDecisions, bind_decisions
from publisher.extensions import load_extensions
from publisher.extensions.guards import located
from publisher.messages import translatable
from publisher.model import Addition
from publisher.pipeline.declaration import create_declaration
from publisher.pipeline.prepared_report import PreparedReport, prepare_report
from publisher.pipeline.stage_cache import RUN_ALL
from publisher.pipeline.stage_log import StageLog
from publisher.readers import read_bytes
from publisher.system.document_date import timestamp
from publisher.system.sandbox import sandboxed
from publisher.text.counted_nouns import count_noun
from publisher.verify.text_comparison import remove_whitespace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.decisions import DecisionsFile
    from publisher.model import Decisions, Finding, Piece, SourceText, WordChange
    from publisher.options import Options
    from publisher.pipeline.stage_cache import StageRunner
    from publisher.typeset.engine import TypesetDocument
    from publisher.typeset.output.identification import Declaration


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundReport:
    """A report that is ready to be typeset, with its source and the decisions about it."""

    source: SourceText
    """The source as its reader returned it."""
    decisions: Decisions
    """The decisions that fit the source."""
    decision_findings: tuple[Finding, ...]
    """What is reported about those that do not."""
    prepared: PreparedReport


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetReport:
    """A PDF that nobody has verified yet, and what it declares."""

    declaration: Declaration
    typeset: TypesetDocument
    additions: tuple[Addition, ...]
    """The text that the style added, with the page numbers of the finished layout."""


def bind_report(  # noqa: PLR0913 - those of run_pipeline
    data: bytes,
    options: Options,
    *,
    name: str,
    where: str = "",
    decisions: DecisionsFile | None = None,
    recorded_decisions: Decisions | None = None,
    recorded_words: Sequence[WordChange] = (),
    runner: StageRunner = RUN_ALL,
    log: StageLog | None = None,
) -> BoundReport:
    """Run the stages from reading to rendering on the bytes of a source file.

    The arguments and the errors are those of ``run_pipeline``; ``log`` is the log of its stages.
    """
    where = where or name
    log = log or StageLog(where)
    with located(where):
        extensions = load_extensions(options.extensions)
    source, read_edits = runner.run(
        "read",
        (data, name, options.encoding, extensions.versions),
        lambda: read_bytes(
            data, name=name, where=where, encoding=options.encoding, formats=extensions.formats
        ),
    )
    log.finish_stage(
        "readers",
        translatable("read {characters}", characters=count_noun(len(source.decoded), "character")),
    )
    bound = bind_decisions(decisions, source, extensions.rules)
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
        extensions=extensions,
    )
    return BoundReport(
        source=source,
        decisions=bound.decisions,
        decision_findings=bound.findings,
        prepared=prepared,
    )


def typeset_report(
    report: BoundReport,
    options: Options,
    *,
    where: str,
    epoch: str | None = None,
    runner: StageRunner = RUN_ALL,
) -> TypesetReport:
    """Typeset a report.

    Args:
        report: The report.
        options: What to make of it.
        where: The path that error messages name.
        epoch: The value of ``SOURCE_DATE_EPOCH``; by default that of the environment.
        runner: Runs the stage, or takes its result from an earlier build of the report.

    Raises:
        PublisherError: The report cannot be typeset.

    """
    prepared = report.prepared
    declaration = declare(prepared, report.source, options, where=where, epoch=epoch)
    page, engine = prepared.page, prepared.session.engine
    with sandboxed(where):
        typeset = runner.run(
            "typeset",
            (engine, page.html, page.css, declaration),
            lambda: engine.typeset(page.html, page.css, declaration),
        )
    return TypesetReport(
        declaration=declaration,
        typeset=typeset,
        additions=_additions(page.pieces, typeset),
    )


def _additions(pieces: tuple[Piece, ...], typeset: TypesetDocument) -> tuple[Addition, ...]:
    """Return the text that the style added, with the page numbers of the finished layout."""
    additions, offset = [], 0
    for piece in pieces:
        if piece.page_of:
            number = typeset.page_of.get(piece.page_of, 0) - typeset.front_pages
            additions.append(Addition(at=offset, text=str(number)))
        elif piece.generated:
            additions.append(Addition(at=offset, text=piece.text))
        else:
            offset += len(remove_whitespace(piece.text))
    return tuple(additions)


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
