"""The blocks of a Markdown text, each with the places of its lines in the source.

markdown-it-py says which lines are a heading, a paragraph, an item, code or a table, and what each
says without the marks before its lines. A block's line is the end of the source's own line, so
that every character's place is known; what stands before it is drawing. Serves CommonMark 0.31, 4
and 5, with three differences that Chinese reports ask for: an indent makes no code, ``#标题``
without a space is a heading, and ``[^1]:`` begins a note.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from publisher.errors import LimitError
from publisher.readers.limits import LIMITS, require
from publisher.readers.markdown.commonmark import configured
from publisher.text.characters import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

Kind = Literal["heading", "paragraph", "item", "code", "html", "table", "rule"]

TRIM = " \t\n\v\f\r\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space at a block's edges (CommonMark 2.1 and Unicode's Zs)."""
_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_CLOSE_HEADING = re.compile("(#{1,6})(?=[" + HAN + "（《“〔])")
_LONGEST_UNDERLINED = 60
_SENTENCE_END = tuple("。；，！？.;")


@dataclass(slots=True, kw_only=True)
class Place:
    """A line of a block: where its words stand in the block and in the source."""

    content: int
    source: int
    length: int
    end: int
    """Where in the source the next line begins: behind the line's end."""


@dataclass(slots=True, kw_only=True)
class Block:
    """Lines that belong together."""

    kind: Kind
    first: int
    last: int
    """One past the last line of the source."""
    begin: int = 0
    """The line of the source that holds the first place: a fence stands before it."""
    content: str = ""
    places: list[Place] = field(default_factory=list)
    level: int = 0
    """A heading's depth, an item's nesting."""
    quoted: bool = False
    run: int = -1
    """Which list it is an item of."""

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of the source that a stretch of the block is, line by line."""
        first_place = bisect_right(self.places, start, key=lambda place: place.content) - 1
        for index in range(max(first_place, 0), len(self.places)):
            place = self.places[index]
            if place.content >= end:
                break
            first = place.source + min(max(start - place.content, 0), place.length)
            last = place.source + min(end - place.content, place.length)
            if end > place.content + place.length and index + 1 < len(self.places):
                last = place.end  # the line's own end lies inside
            if last > first:
                yield first, last


@dataclass(slots=True, kw_only=True)
class Run:
    """A list: whether it is numbered, and whether it looks like one rather than like headings."""

    ordered: bool
    start: int
    items: int = 0
    blocks: int = 0
    plain: bool = True

    @property
    def is_list(self) -> bool:
        """Tell a list from numbered headings, which stand alone or have text running in."""
        if not self.ordered:
            return True
        return self.start == 1 and self.items > 1 and self.blocks == self.items and self.plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The blocks of a text in order, and what its lines and references are."""

    lines: list[tuple[int, int, int]]
    """Start, end, and where the next one starts."""
    blocks: list[Block]
    runs: list[Run]
    environment: dict[str, Any]
    definitions: dict[int, str]
    """The address that a line defines, by the line's number."""


def outline(text: str, lines: list[tuple[int, int, int]], *, where: str, skip: int = 0) -> Outline:
    """Return the blocks of a text after its first ``skip`` lines; raise ``LimitError``."""
    source = "\n".join(
        "" if number < skip else text[start:end].rstrip(TRIM)
        for number, (start, end, _) in enumerate(lines)
    )
    environment: dict[str, Any] = {}
    parser = _parser()
    tokens = parser.parse(source, environment)
    require("markup", len(tokens), where=where)
    depth = LIMITS["depth"].most
    if any(token.level + (token.nesting > 0) >= depth for token in tokens):
        raise LimitError(
            f"has more than {depth} {LIMITS['depth'].of}, the limit 'depth'",
            where=where,
            hint=f"{LIMITS['depth'].reason}; take away quotation marks and indents",
        )
    walker = _Walker(text=text, lines=lines)
    walker.walk(tokens)
    defined = [*environment.get("references", {}).values(), *environment.get("duplicate_refs", ())]
    return Outline(
        lines=lines,
        blocks=walker.blocks,
        runs=walker.runs,
        environment=environment,
        definitions={line: one["href"] for one in defined for line in range(*one["map"])},
    )


def split_lines(text: str) -> list[tuple[int, int, int]]:
    """Return of each line where it starts, where it ends, and where the next one starts."""
    lines = []
    start = 0
    for match in _LINE_END.finditer(text):
        lines.append((start, match.start(), match.end()))
        start = match.end()
    lines.append((start, len(text), len(text)))
    return lines


@cache
def _parser() -> MarkdownIt:
    from markdown_it import rules_block

    def reference(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if state.src.startswith("[^", state.bMarks[line] + state.tShift[line]):
            return False
        return rules_block.reference(state, line, end, silent)

    parser = configured(LIMITS["depth"].most).disable(["code", "inline", "text_join"])
    ruler = parser.block.ruler
    ruler.at("reference", reference, {"alt": []})
    ruler.before(
        "heading",
        "close_heading",
        _close_heading,
        {"alt": ["paragraph", "reference", "blockquote"]},
    )
    return parser


def _close_heading(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """Take ``#标题`` for the heading that it is meant to be."""
    start = state.bMarks[line] + state.tShift[line]
    match = _CLOSE_HEADING.match(state.src, start, state.eMarks[line])
    if not match:
        return False
    if not silent:
        state.line = line + 1
        for kind, nesting in (("heading_open", 1), ("inline", 0), ("heading_close", -1)):
            token = state.push(kind, "" if kind == "inline" else f"h{len(match[1])}", nesting)  # type: ignore[arg-type]
            token.map = [line, line + 1]
            token.markup = match[1]
            token.content = (
                state.src[match.end() : state.eMarks[line]].strip(TRIM) if kind == "inline" else ""
            )
    return True


@dataclass(slots=True, kw_only=True)
class _Walker:
    """Goes through the block tokens and puts each block on its lines."""

    text: str
    lines: list[tuple[int, int, int]]
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    quotes: int = 0
    lists: list[int] = field(default_factory=list)
    """The lists that are open, as indexes into ``runs``."""
    fresh: bool = False
    """Whether the innermost item has no block yet."""

    def walk(self, tokens: list[Token]) -> None:
        for index, token in enumerate(tokens):
            kind = token.type
            if kind in ("blockquote_open", "blockquote_close"):
                self.quotes += token.nesting
                self.fresh = False
            elif kind in ("bullet_list_open", "ordered_list_open"):
                start = int(token.attrs.get("start", 1))
                self.lists.append(len(self.runs))
                self.runs.append(Run(ordered=kind[0] == "o", start=start))
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
            elif kind == "list_item_open":
                self.runs[self.lists[-1]].items += 1
                self.fresh = True
            elif token.map and kind in ("paragraph_open", "heading_open"):
                self._block(token, tokens[index + 1].content)
            elif token.map and kind in ("fence", "html_block", "hr", "table_open"):
                self._block(token, token.content)

    def _block(self, token: Token, content: str) -> None:
        first, last = token.map or (0, 0)
        block = Block(
            kind=_KINDS[token.type],
            first=first,
            last=last,
            content=content,
            quoted=self.quotes > 0,
        )
        if block.kind == "heading":
            underlined = token.markup in ("=", "-")
            block.level = int(token.tag[1])
            if underlined and (
                len(content) > _LONGEST_UNDERLINED or content.rstrip().endswith(_SENTENCE_END)
            ):
                block.kind = "paragraph"
        if self.lists and block.kind != "rule":
            run = self.runs[self.lists[-1]]
            run.blocks += 1
            run.plain = run.plain and "。" not in content.rstrip(TRIM)[:-1]
            if self.fresh and block.kind == "paragraph":
                block.kind, block.run, block.level = "item", self.lists[-1], len(self.lists)
        self.fresh = False
        if block.kind not in ("table", "rule"):
            self._place(block, fenced=token.type == "fence", hashed=token.markup[:1] == "#")
        self.blocks.append(block)

    def _place(self, block: Block, *, fenced: bool, hashed: bool) -> None:
        """Find each line of the block at the end of the source's own line."""
        offset = 0
        number = block.begin = block.first + fenced
        content = (
            block.content.removesuffix("\n") if block.kind in ("code", "html") else block.content
        )
        if fenced and not block.content:
            return
        for piece in content.split("\n"):
            start, end, after = self.lines[number]
            line = self.text[start:end]
            lead = len(piece) - len(piece.lstrip(TRIM))
            core = piece.strip(TRIM)
            if hashed:
                place = line.index("#")
                place += len(line[place:]) - len(line[place:].lstrip("#"))
                place += len(line[place:]) - len(line[place:].lstrip(TRIM))
            else:
                place = len(line.rstrip(TRIM)) - len(core)
                if block.kind == "code" and line.endswith(piece):
                    place, lead, core = len(line) - len(piece), 0, piece
            block.places.append(
                Place(content=offset + lead, source=start + place, length=len(core), end=after)
            )
            offset += len(piece) + 1
            number += 1


_KINDS: dict[str, Kind] = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "fence": "code",
    "html_block": "html",
    "hr": "rule",
    "table_open": "table",
}
