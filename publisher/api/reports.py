"""Publish reports, check their figures, and compare them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from publisher.api.arguments import checked_options, require_path
from publisher.errors import UsageError
from publisher.options import NO_FILE, Options

if TYPE_CHECKING:
    from publisher.comparison import Comparison
    from publisher.decisions import DecisionsFile
    from publisher.model import (
        Conversion,
        EditSelection,
        Finding,
        Publication,
        Report,
        Statistics,
    )
    from publisher.pipeline import PipelineResult
    from publisher.statistics.year_before import ReportSeries
    from publisher.verify.gb9704 import OfficialLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCheck:
    """The figures of a report and the result of recomputing them."""

    statistics: Statistics
    """The figures, their relations, and each check with its outcome."""
    series: ReportSeries
    """The office, the title without its years, and the year of the report."""
    conversion: Conversion
    """What a conversion between Simplified and Traditional Chinese would change."""
    findings: tuple[Finding, ...]
    """What a person should look at in the conversion."""
    text: str
    """The decoded source; every offset counts its code points."""


def publish(source: Path | str, options: Options | None = None, *, name: str = "") -> Publication:
    """Publish a report: write its PDF, its record and what else ``options.emit`` asks for.

    The files are written to ``options.output``, all or none. Results of an earlier call under the same name are
    replaced. A decisions file beside the source is used; no ``publisher.toml`` is read.

    Args:
        source: The file of the report.
        options: How to publish it; by default ``Options()``.
        name: What the results are called, without a suffix; by default as the source.

    Returns:
        Where the files are, and what a person should look at.

    Raises:
        PublisherError: The report cannot be published; nothing was written.

    Example:
        >>> from publisher import Options, publish
        >>> publication = publish("report.txt", Options(style="reader", output="published"))
        >>> publication.pdf.name
        'report.pdf'
        >>> [finding.message for finding in publication.findings]
        []
    """
    from publisher.model import Publication
    from publisher.output_names import PDF, RECORD

    argument: object = source
    if isinstance(argument, bytes):
        raise UsageError(
            "source: publish takes the name of a file, not its content",
            hint="build takes the content: build(data, name='report.txt').write(folder, 'report')",
        )
    path, options = require_path(source), checked_options(options)
    result = build(path, options)
    stem = name or path.stem or path.name
    return Publication(
        source=path,
        pdf=options.output / f"{stem}{PDF}",
        record=options.output / f"{stem}{RECORD}",
        pages=result.pages,
        title=result.title,
        findings=result.findings,
        statistics=result.statistics,
        verdicts=result.verdicts,
        written=result.write(options.output, stem),
    )


def build(
    source: Path | str | bytes, options: Options | None = None, *, name: str = ""
) -> PipelineResult:
    """Publish a report in memory: return its PDF, its record and the other files without writing them.

    Args:
        source: The file of the report, or its content. A decisions file beside the file is used.
        options: How to publish it; by default ``Options()``. ``output`` is not used.
        name: The file name of a source that is given as bytes, such as ``report.html``.

    Returns:
        The files by suffix, the record, and what a person should look at.

    Raises:
        PublisherError: The report cannot be published.

    Example:
        >>> from pathlib import Path
        >>> from publisher import build
        >>> result = build(Path("report.txt").read_bytes(), name="report.txt")
        >>> result.pdf[:5], result.record["pdf"]["declares"]
        (b'%PDF-', ['PDF/A-3a', 'PDF/UA-1'])
        >>> [path.name for path in result.write(Path("published"), "copy")]
        ['copy.pdf', 'copy.record.json']
    """
    from publisher.pipeline import run_pipeline

    options = checked_options(options)
    data, file_name, where = load_source(source, name)
    decisions = load_decisions(source, options)
    return run_pipeline(data, options, name=file_name, where=where, decisions=decisions)


def check_figures(
    source: Path | str | bytes, options: Options | None = None, *, name: str = ""
) -> FigureCheck:
    """Find the figures of a report and recompute its totals, rates and tables; build nothing.

    Args:
        source: The file of the report, or its content.
        options: ``encoding``, ``edits``, ``decisions``, ``extensions`` and the options of the conversion are used; by default ``Options()``.
        name: The file name of a source that is given as bytes.

    Returns:
        The figures and the checks. Failed checks are no errors.

    Raises:
        SourceError: The report cannot be read.

    Example:
        >>> from publisher import check_figures
        >>> check = check_figures("report.txt")
        >>> [(item.statement, str(item.outcome)) for item in check.statistics.checks]
        [('13 = 12 + 1', 'holds')]
    """
    from publisher.conversion import conversion_findings
    from publisher.statistics import year_of
    from publisher.statistics.year_before import series_of

    options = checked_options(options)
    analysis = _analyse(source, options, name)
    return FigureCheck(
        statistics=analysis.statistics,
        series=series_of(analysis.report, year_of(analysis.report)),
        conversion=analysis.conversion,
        findings=tuple(conversion_findings(analysis.conversion, options.script)),
        text=analysis.text,
    )


def check_official_layout(
    source: Path | str | bytes, options: Options | None = None, *, name: str = ""
) -> OfficialLayout:
    """Measure the layout of an official document against GB/T 9704-2012, clause by clause.

    A PDF of any program is measured as it is. A report is built in memory as the style ``red-head`` sets it, or the
    style of ``options`` if that extends it. The file is read in the calling process, so one made to do harm can end it;
    ``publisher check --gb9704 --json`` reads it in a process with limits.

    Args:
        source: The PDF or the report, or its content.
        options: How to build the report; by default in the style ``red-head``.
        name: The file name of a source that is given as bytes.

    Returns:
        The form of the document, and for each item what is wanted, what was measured and whether it is met.

    Raises:
        PublisherError: The file cannot be read or built.

    Example:
        >>> from publisher import check_official_layout
        >>> layout = check_official_layout("report.txt")
        >>> [item.clause for item in layout.items if not item.met]
        []
    """
    from publisher.pdf.open_file import is_pdf
    from publisher.verify.gb9704 import check_official_layout as check

    if isinstance(source, bytes) and is_pdf(source):
        return check(source)
    data, file_name, _ = load_source(source, name)
    if is_pdf(data):
        return check(data)
    options = checked_options(options)
    if options.style == Options().style:
        options = replace(options, style="red-head")
    return check(build(source, options, name=file_name if isinstance(source, bytes) else "").pdf)


def compare(
    before: Path | str | bytes,
    after: Path | str | bytes,
    options: Options | None = None,
    *,
    names: tuple[str, str] = ("", ""),
) -> Comparison:
    """Compare two versions, or two years, of a report: their text, tables and figures; build nothing.

    Args:
        before: The file of the earlier report, or its content.
        after: The file of the later one, or its content.
        options: ``encoding``, ``edits``, ``decisions``, ``extensions`` and the options of the conversion are used; by default ``Options()``.
        names: The file names of sources that are given as bytes.

    Returns:
        What became of each line, table and figure.

    Raises:
        SourceError: A report cannot be read.

    Example:
        >>> from publisher import compare
        >>> comparison = compare("report.txt", "report.txt")
        >>> {str(item.state) for item in comparison.items}
        {'same'}
    """
    from publisher.comparison import ComparedReport, compare_reports

    options = checked_options(options)
    reports = []
    for source, name in ((before, names[0]), (after, names[1])):
        analysis = _analyse(source, options, name)
        reports.append(
            ComparedReport(
                name=name or Path(cast("str", source)).name,
                report=analysis.report,
                statistics=analysis.statistics,
            )
        )
    return compare_reports(reports[0], reports[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Analysis:
    """A report as it is read, before anything is typeset."""

    report: Report
    statistics: Statistics
    conversion: Conversion
    text: str
    """The decoded source."""


def _analyse(source: Path | str | bytes, options: Options, name: str) -> _Analysis:
    """Read a report and its figures."""
    from publisher.conversion import convert
    from publisher.decisions import bind_decisions
    from publisher.extensions import load_extensions
    from publisher.extensions.guards import located
    from publisher.normalise import normalise
    from publisher.parse import MetadataOverrides, parse
    from publisher.readers import read_bytes
    from publisher.statistics import extract

    data, file_name, where = load_source(source, name)
    with located(where):
        extensions = load_extensions(options.extensions)
        rules = extensions.rules
        raw, _ = read_bytes(
            data,
            name=file_name,
            where=where,
            encoding=options.encoding,
            formats=extensions.formats,
        )
        decisions = bind_decisions(load_decisions(source, options), raw, rules).decisions
        selection = cast("EditSelection", options.edits)
        ordered = normalise(raw, selection=selection, decisions=decisions.edits, rules=rules).source
        converted, _, conversion = convert(ordered, options.conversion())
        report = parse(converted, overrides=MetadataOverrides(), decisions=decisions).report
        statistics = extract(report, extensions.checks)
    return _Analysis(report=report, statistics=statistics, conversion=conversion, text=raw.decoded)


def load_decisions(source: Path | str | bytes, options: Options) -> DecisionsFile | None:
    """Return the decisions file of a source; that of bytes is the one that ``options.decisions`` names.

    Raises:
        ConfigurationError: The file cannot be read or used.

    """
    from publisher.decisions import find_decisions, read_decisions_file

    if not isinstance(source, bytes):
        return find_decisions(Path(source), options.decisions)
    return read_decisions_file(options.decisions) if options.decisions != NO_FILE else None


_SURROGATE = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes in a file name that are not UTF-8."""


def load_source(source: Path | str | bytes, name: str) -> tuple[bytes, str, str]:
    """Return the content of a source, its file name, and how messages call it."""
    from publisher.readers import load, printable_name

    if isinstance(source, bytes):
        if not name:
            raise UsageError(
                "name: the content of a file needs the file's name",
                hint='for example name="report.txt"; the suffix helps to recognise the format',
            )
        file_name = _SURROGATE.sub("\ufffd", Path(name).name or name)
        return source, file_name, file_name
    path = require_path(source)
    return load(path), printable_name(path), str(path)
