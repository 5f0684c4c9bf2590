"""Web pages as offices publish and people save them: the report, without the site around it.

``tokens`` parts the source, ``tree`` nests it, ``flow`` lays it out as lines, tables and pictures,
``content`` tells the report from the site, ``page`` makes segments of what stays, ``text_extraction`` their
text, with an edit for all that is none. Styles are dropped with scripts; nothing is fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Finding, Severity
from publisher.readers.encoding import decode
from publisher.readers.html.content import judge
from publisher.readers.html.flow import HIDDEN, Flow
from publisher.readers.html.head_metadata import declared_encoding, facts_of
from publisher.readers.html.page import Page
from publisher.readers.html.text_extraction import by_rule
from publisher.readers.html.tree import tree
from publisher.readers.limits import require
from publisher.readers.result import Reading

if TYPE_CHECKING:
    from publisher.readers.html.tree import Element


_UNCOVERED = Finding(
    clause="left out",
    severity=Severity.WARNING,
    message="the page hides most of its text, which was taken as shown",
    hint="look for text that is there twice, or that no visitor sees",
)


def read_data(data: bytes, *, encoding: str, where: str) -> Reading:
    """Return the report of a page; raise the ``SourceError`` that fits where there is none."""
    declared = declared_encoding(data)
    decoded = decode(data, encoding=encoding, declared=declared, where=where)
    source = decoded.text
    require("characters", len(source), where=where)
    root = tree(source, where=where)
    facts = dict(facts_of(root, source))
    flow = _flow(source, root, where)
    judged = judge(flow.blocks, root, source, facts.get("title", ""))
    page = Page(source, judged, flow.silent, facts, where)
    segments = page.segments()
    uncovered = (_UNCOVERED,) if flow.uncovered else ()
    return Reading(
        decoded=source,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        segments=segments,
        edits=by_rule(page.writer.edits),
        facts=tuple(page.facts.items()),
        findings=(*decoded.findings, *uncovered, *page.findings),
    )


def _flow(source: str, root: Element, where: str) -> Flow:
    """Return what flows down the page; with what it hides where that is most of what it says.

    A page that a script would have uncovered was saved covered.
    """
    flow = Flow(source, root, where=where)
    texts = [line.text(source) for line in flow.lines()]
    shown = sum(len(text) for text in texts if "。" in text)
    if sum(one.characters for one in flow.silent if one.rule == HIDDEN) <= shown:
        return flow
    return Flow(source, root, where=where, uncovered=True)
