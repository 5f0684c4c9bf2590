"""Reader for web pages: extracts the report, without the web site around it.

``tokens`` splits the source, ``tree`` builds the elements, ``page_flow`` lists the lines, tables and
pictures, ``report_selection`` selects the report, and ``report_segments`` builds its segments from
the text that ``text_extraction`` extracts, with an edit for everything that is left out. Styles and
scripts are left out; links are never followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.readers.alignments import aligned_spans
from publisher.readers.encoding import decode
from publisher.readers.finding_rules import HIDDEN_TEXT_READ
from publisher.readers.html.alignments import line_alignments
from publisher.readers.html.class_styles import add_class_styles
from publisher.readers.html.head_metadata import declared_encoding, read_metadata
from publisher.readers.html.omitted_elements import HIDDEN_RULE, OMITTED_RULE
from publisher.readers.html.page_flow import PageFlow
from publisher.readers.html.report_segments import SegmentBuilder
from publisher.readers.html.report_selection import select_report
from publisher.readers.html.text_extraction import order_by_rule
from publisher.readers.html.tree import build_tree
from publisher.readers.limits import require
from publisher.readers.quotations import block_quotations
from publisher.readers.result import ReaderResult, segment_texts
from publisher.readers.struck_out import find_struck_out
from publisher.text.mark_spans import marks_of_texts
from publisher.text.removals import find_removals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Finding, Segment
    from publisher.readers.html.tree import Element


def read_data(data: bytes, *, encoding: str, where: str) -> ReaderResult:
    """Read the report on a web page.

    Args:
        data: The bytes of the file.
        encoding: The encoding that the user gives; empty to detect it.
        where: The name of the file in error messages.

    Raises:
        SourceEncodingError: The bytes cannot be decoded.
        LimitError: The page is beyond a limit.

    """
    declared = declared_encoding(data)
    decoded = decode(data, encoding=encoding, declared=declared, where=where)
    source = decoded.text
    require("characters", len(source), where=where)
    root = build_tree(source, where=where)
    add_class_styles(root, source)
    metadata = dict(read_metadata(root, source))
    flow = _read_flow(source, root, where)
    selections = select_report(flow.items, root, source, metadata.get("title", ""))
    builder = SegmentBuilder(source, selections, flow.omitted, metadata, where)
    segments = builder.build()
    flow_findings = (HIDDEN_TEXT_READ.finding(),) if flow.show_hidden else ()
    marks = marks_of_texts(flow.marks, segment_texts(segments))
    return ReaderResult(
        decoded=source,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        segments=segments,
        edits=(*order_by_rule(builder.writer.edits), *builder.table_edits),
        source_metadata=tuple(builder.source_metadata.items()),
        findings=(
            *decoded.findings,
            *flow_findings,
            *_findings_inside(flow.findings, segments),
            *builder.findings,
            *find_struck_out(marks, source),
            *find_removals(edit for edit in builder.writer.edits if edit.rule == OMITTED_RULE),
        ),
        marks=marks,
        quotations=block_quotations(
            (
                (element.start, element.end)
                for element in root.walk()
                if element.name == "blockquote"
            ),
            segments,
        ),
        alignments=aligned_spans(line_alignments(flow.lines()), segments),
    )


def _findings_inside(findings: Sequence[Finding], segments: Sequence[Segment]) -> Iterator[Finding]:
    """Yield the findings about the report, and not about the web site around it."""
    texts = [text for text in segment_texts(segments) if text.string] if findings else []
    first = min((text.starts[0] for text in texts), default=0)
    last = max((text.ends[-1] for text in texts), default=0)
    for finding in findings:
        span = finding.locator
        if span and span.offset < last and span.offset + span.length > first:
            yield finding


def _read_flow(source: str, root: Element, where: str) -> PageFlow:
    """Return the flow of a page, with its hidden elements if they have most of its sentences.

    Such a page was saved before its script showed the text.
    """
    flow = PageFlow(source, root, where=where)
    texts = [line.text(source) for line in flow.lines()]
    visible_characters = sum(len(text) for text in texts if "。" in text)
    hidden_characters = sum(
        span.hidden_characters for span in flow.omitted if span.rule == HIDDEN_RULE
    )
    if hidden_characters <= visible_characters:
        return flow
    return PageFlow(source, root, where=where, show_hidden=True)
