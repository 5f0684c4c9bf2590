"""Web pages as offices publish and people save them: the report, without the site around it.

``tokens`` parts the source, ``tree`` nests it, ``flow`` lays it out as lines, tables and pictures,
``content`` tells the report from the site, ``page`` makes segments of what stays, ``text`` their
text, with an edit for all that is none. Styles are dropped with scripts; nothing is fetched.
"""

from __future__ import annotations

from publisher.readers.encoding import decode
from publisher.readers.html.content import judge
from publisher.readers.html.flow import Flow
from publisher.readers.html.metadata import declared_encoding, facts_of
from publisher.readers.html.page import Page
from publisher.readers.html.text import by_rule
from publisher.readers.html.tree import tree
from publisher.readers.limits import require
from publisher.readers.reading import Reading


def read_data(data: bytes, *, encoding: str, where: str) -> Reading:
    """Return the report of a page; raise the ``SourceError`` that fits where there is none."""
    declared = declared_encoding(data)
    decoded = decode(data, encoding=encoding, declared=declared, where=where)
    source = decoded.text
    require("characters", len(source), where=where)
    root = tree(source, where=where)
    facts = dict(facts_of(root, source))
    flow = Flow(source, root, where=where)
    judged = judge(flow.blocks, root, source, facts.get("title", ""))
    page = Page(source, judged, flow.silent, facts, where)
    segments = page.segments()
    return Reading(
        decoded=source,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        segments=segments,
        edits=by_rule(page.writer.edits),
        facts=tuple(page.facts.items()),
        findings=(*decoded.findings, *page.findings),
    )
