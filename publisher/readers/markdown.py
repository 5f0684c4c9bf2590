"""CommonMark with tables: blocks by markdown-it-py, every character kept in its place.

The parser says which lines are a heading, a paragraph, a list item or a table; the text of each is
then read from the source's own lines, and marks that are drawing (``#``, ``*``, ``>``, rules, link
addresses) are taken away with an edit each. Raw HTML is text: nothing of it is interpreted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.editing import Replacement, locate, rewrite
from publisher.model import Edit, Passage, SourceTable
from publisher.readers.encoding import decode
from publisher.readers.pipes import split_tables
from publisher.readers.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from publisher.model import Text

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+(?=\S))?")
_HEADING_TAIL = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*")
_INLINE = re.compile(
    r"\[(?P<caret>\^)[0-9]{1,3}\](?P<colon>:[ \t]*)?"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<strong_text>[^\n]+?)(?<=\S)(?P=strong)"
    r"|(?<![0-9A-Za-z*_])(?P<mark>[*_])(?=[^\s*_])(?P<text>[^\n*_]+?)(?<=\S)(?P=mark)(?![0-9A-Za-z*_])"
    r"|(?P<code>`+)(?P<code_text>[^`\n]+)(?P=code)"
    r"|!?\[(?P<label>[^\]\n]*)\]\((?P<address>[^)\s]*)(?:\s+\"[^\"\n]*\")?\)"
)
_DRAWING = "Markdown's mark, not text"
_NOTE = re.compile(r" {0,3}\[\^[0-9]{1,3}\]:")
_SEPARATOR = re.compile(r"[ \t]*(?:[-*_][ \t]*){3,}")


def read_data(data: bytes, *, encoding: str, where: str) -> Reading:
    """Return what a Markdown text says; raise ``SourceEncodingError`` where it is no text."""
    decoded = decode(data, encoding=encoding, where=where)
    segments, edits = read_text(decoded.text)
    return Reading(
        decoded=decoded.text,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        segments=segments,
        edits=edits,
    )


def read_text(text: str) -> tuple[tuple[Passage | SourceTable, ...], tuple[Edit, ...]]:
    """Return the passages and tables of a Markdown text, and what was drawing in it."""
    from markdown_it import MarkdownIt

    source = text.replace("\r\n", " \n").replace("\r", "\n")
    lines = _line_spans(source)
    whole = locate(text)
    segments: list[Passage | SourceTable] = []
    edits: list[Edit] = []
    done = 0
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        kind = _role(token)
        if kind is None or token.map is None or token.map[0] < done:
            continue
        first, last = token.map
        first = max(first, done)
        _gap(whole, lines[done:first], edits, segments)
        span = whole.slice(lines[first][0], lines[last - 1][1])
        done = last
        if kind == "table":
            found, changes = split_tables(span)
            segments.extend(found)
        else:
            level = int(token.tag[1]) if kind == "heading" else 0
            passage, changes = _passage(span, kind, level)
            segments.append(passage)
        edits.extend(changes)
    _gap(whole, lines[done:], edits, segments)
    return tuple(segments), tuple(edits)


def _role(token: Token) -> str | None:
    if token.type == "heading_open":
        return "heading"
    if token.type == "table_open":
        return "table"
    if token.type in ("paragraph_open", "html_block"):
        return "lines"
    return "code" if token.type in ("fence", "code_block") else None


def _line_spans(source: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in source.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _gap(
    whole: Text,
    spans: list[tuple[int, int]],
    edits: list[Edit],
    segments: list[Passage | SourceTable],
) -> None:
    """Account for lines that belong to no block: rules are drawing, the rest is kept."""
    for start, end in spans:
        line = whole.slice(start, end)
        if not line.string.strip():
            continue
        if _SEPARATOR.fullmatch(line.string.rstrip("\r ")):
            change = Replacement(start=0, end=len(line), after="", reason=_DRAWING)
            edits.extend(rewrite(line, [change], stage="read", rule="markdown")[1])
        elif _NOTE.match(line.string):
            passage, changes = _passage(line, "lines", 0)
            segments.append(passage)
            edits.extend(changes)
        else:
            segments.append(Passage(text=line))


def _passage(span: Text, kind: str, level: int) -> tuple[Passage, tuple[Edit, ...]]:
    changes = [] if kind == "code" else list(_drawing(span.string, heading=kind == "heading"))
    text, edits = rewrite(span, changes, stage="read", rule="markdown")
    if kind == "heading":
        return Passage(text=text, role="heading", level=level), edits
    return Passage(text=text, role="code" if kind == "code" else "lines"), edits


def _drawing(string: str, *, heading: bool) -> Iterator[Replacement]:
    start = 0
    for number, line in enumerate(string.split("\n")):
        end = len(line.rstrip("\r "))
        prefix = _PREFIX.match(line)
        begin = prefix.end() if prefix else 0
        if heading and number and _UNDERLINE.fullmatch(line.rstrip("\r ")):
            yield _away(start, start + end)
        else:
            if line[:begin].strip():
                yield _away(start, start + begin)
            else:
                begin = 0
            tail = _HEADING_TAIL.search(line, begin, end) if heading else None
            stop = tail.start() if tail else end
            for match in _INLINE.finditer(line, begin, stop):
                yield from _inline(match, start)
            if tail:
                yield _away(start + tail.start(), start + end)
        start += len(line) + 1


def _inline(match: re.Match[str], offset: int) -> Iterator[Replacement]:
    if match["caret"]:
        for name in ("caret", "colon"):
            if match[name]:
                yield _away(offset + match.start(name), offset + match.end(name))
        return
    for name in ("escaped", "strong_text", "text", "code_text", "label"):
        inner = match.span(name)
        if inner != (-1, -1):
            break
    if match["address"] is not None:
        yield _away(offset + match.start(), offset + inner[0])
        shown = match["label"] == match["address"] or not match["address"]
        after = "" if shown else f"（{match['address']}）"
        yield Replacement(
            start=offset + inner[1],
            end=offset + match.end(),
            after=after,
            reason="a link's address is printed beside its words",
        )
        return
    if inner[0] > match.start():
        yield _away(offset + match.start(), offset + inner[0])
    if match.end() > inner[1]:
        yield _away(offset + inner[1], offset + match.end())


def _away(start: int, end: int) -> Replacement:
    return Replacement(start=start, end=end, after="", reason=_DRAWING)
