"""Convert the text of a report between Simplified and Traditional Chinese, without publishing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from publisher.serve.jobs.work.job import Outcome, describe_findings, to_json

if TYPE_CHECKING:
    from publisher.model import EditSelection
    from publisher.serve.jobs.work.job import Job

SUFFIX = ".conversion.json"


def run(job: Job) -> Outcome:
    """Read, normalise and convert the report; the result has the text and what an editor should check."""
    from publisher.conversion import conversion_findings, convert
    from publisher.decisions import bind_decisions
    from publisher.extensions import load_extensions
    from publisher.normalise import normalise
    from publisher.readers import read_bytes
    from publisher.record.describe import describe_conversion
    from publisher.text.line_index import LineIndex
    from publisher.text.row_text import text_with_rows

    options = job.options()
    extensions = load_extensions(options.extensions)
    source, _ = read_bytes(
        job.data("source"),
        name=job.name("source"),
        encoding=options.encoding,
        formats=extensions.formats,
    )
    bound = bind_decisions(job.decisions(), source, extensions.rules)
    selection = cast("EditSelection", options.edits)
    normalised = normalise(
        source, selection=selection, decisions=bound.decisions.edits, rules=extensions.rules
    ).source
    converted, _, conversion = convert(normalised, options.conversion())
    findings = (*bound.findings, *conversion_findings(conversion, options.script))
    described: dict[str, Any] = {**describe_conversion(conversion)}
    content = {"text": f"{text_with_rows(converted).strip()}\n", **described}
    return Outcome(
        files={SUFFIX: to_json(content)},
        summary={
            "from": conversion.source_script,
            "to": conversion.target,
            "ambiguous": len(conversion.ambiguous),
        },
        findings=describe_findings(findings, LineIndex(source.decoded)),
    )
