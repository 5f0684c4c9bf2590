"""The blocks of a Markdown text (CommonMark 0.31, 4 and 5), with the offsets of their lines.

markdown-it-py finds the headings, paragraphs, items, code blocks and tables, and their content
without the marks before each line. The content of a line is the end of the source's line, which gives
the offset of each character; what is before it is marks. There are four differences for Chinese
reports: an indent makes a code block only of lines that look like code (``indented_code``), ``#标题`` without a space is a heading, ``[^1]:``
begins a note, and ``>100万元`` is no quotation but a comparison.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from publisher.errors import LimitError
from publisher.messages import translatable
from publisher.readers.limits import LIMITS, require
from publisher.readers.markdown.commonmark import create_parser
from publisher.readers.markdown.formulas import formula_block_rule
from publisher.readers.markdown.indented_code import indented_code_rule
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
_UNSPACED_HEADING = re.compile("(#{1,6})(?=[" + HAN + "（《“〔])")
_COMPARISON = re.compile(">(?:=|(?!(?:19|20)[0-9]{2}[年./-])[0-9])")
"""A line that begins with a comparison; a quotation may begin with a year."""
_QUOTATION = re.compile(r"[ \t]*>(?![=0-9])")
_DRAWN_LINE = re.compile("={3,}[ \t]*(?=\n|$)")
"""A line above a title, or between paragraphs."""
_MAX_SETEXT_HEADING = 60
_SENTENCE_END = tuple("。；，！？.;")


@dataclass(slots=True, kw_only=True)
class LineSpan:
    """A line of a block: its position in the block's content and in the source."""

    content: int
    """The offset of its text in the content of the block."""
    source: int
    """The offset of its text in the source."""
    length: int
    end: int
    """The offset in the source of the next line, after the line end."""


@dataclass(slots=True, kw_only=True)
class Block:
    """A block of lines: a heading, a paragraph, a list item, code, HTML, a table or a rule."""

    kind: Kind
    first: int
    """The index of its first line in the source."""
    last: int
    """The index of the line after its last one."""
    first_content_line: int = 0
    """The index of the line of the first line span, which is after the fence of a code block."""
    content: str = ""
    """Its text without the marks before each line."""
    line_spans: list[LineSpan] = field(default_factory=list)
    level: int = 0
    """The depth of a heading, or the nesting level of a list item, from 1."""
    quotation: int = 0
    """The number of the outermost block quotation that it is in; 0 for none."""
    list_index: int = -1
    """The index of the list that it is an item of; -1 for none."""

    def begins_line(self, span: LineSpan) -> bool:
        """Return whether a span of a code block has the spaces at the beginning of its line."""
        start = span.content
        return self.kind == "code" and (not start or self.content[start - 1] == "\n")

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the spans of the source, line by line, for a span of the block's content."""
        first_index = bisect_right(self.line_spans, start, key=lambda span: span.content) - 1
        for index in range(max(first_index, 0), len(self.line_spans)):
            line_span = self.line_spans[index]
            if line_span.content >= end:
                break
            length = line_span.length
            first = line_span.source + min(max(start - line_span.content, 0), length)
            last = line_span.source + min(end - line_span.content, length)
            if end > line_span.content + length and index + 1 < len(self.line_spans):
                last = line_span.end  # the span includes the line end
            if last > first:
                yield first, last


@dataclass(slots=True, kw_only=True)
class ListOutline:
    """A list, with what distinguishes it from numbered headings."""

    ordered: bool
    start: int
    """The number of its first item."""
    outer: ListOutline | None = None
    """The list that it is inside of."""
    items: int = 0
    blocks: int = 0
    only_single_sentences: bool = True
    """Whether no item has more than one sentence."""

    @property
    def is_list(self) -> bool:
        """Whether it is a list, and not numbered headings alone or followed by running text."""
        if not self.ordered or (self.outer and self.outer.is_list):
            return True
        is_uniform = self.blocks == self.items and self.only_single_sentences
        return self.start == 1 and self.items > 1 and is_uniform


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The blocks of a text in order, with its lines, lists and reference definitions."""

    lines: list[tuple[int, int, int]]
    """For each line its start, its end, and the start of the next line, as offsets."""
    blocks: list[Block]
    lists: list[ListOutline]
    environment: dict[str, Any]
    """The environment of markdown-it-py, with the reference definitions."""
    definitions: dict[int, str]
    """The address that a line defines, by the index of the line."""


def read_outline(
    text: str, lines: list[tuple[int, int, int]], *, where: str, skip: int = 0
) -> Outline:
    """Return the blocks of a text.

    Args:
        text: The decoded source.
        lines: Its lines, from ``split_lines``.
        where: The name of the file in error messages.
        skip: How many lines at the top are not Markdown.

    Raises:
        LimitError: The text has too many blocks, or they are nested too deeply.

    """
    source = "\n".join(
        "" if number < skip else text[start:end].rstrip(TRIM)
        for number, (start, end, _) in enumerate(lines)
    )
    environment: dict[str, Any] = {}
    parser = _parser()
    tokens = parser.parse(source, environment)
    require("markup", len(tokens), where=where)
    depth = LIMITS["depth"].maximum
    if any(token.level + (token.nesting > 0) >= depth for token in tokens):
        raise LimitError(
            translatable(
                "has more than {depth} {unit}, the limit 'depth'",
                depth=depth,
                unit=LIMITS["depth"].unit,
            ),
            where=where,
            hint=translatable(
                "{reason}; remove block quotes and indents", reason=LIMITS["depth"].reason
            ),
        )
    builder = _OutlineBuilder(text=text, lines=lines)
    builder.read(tokens)
    references = [
        *environment.get("references", {}).values(),
        *environment.get("duplicate_refs", ()),
    ]
    return Outline(
        lines=lines,
        blocks=builder.blocks,
        lists=builder.lists,
        environment=environment,
        definitions={
            line: reference["href"] for reference in references for line in range(*reference["map"])
        },
    )


def split_lines(text: str) -> list[tuple[int, int, int]]:
    """Return for each line its start, its end, and the start of the next line, as offsets."""
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

    def blockquote(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if _is_comparison(state, line):
            return False
        return rules_block.blockquote(state, line, end, silent)

    parser = create_parser(LIMITS["depth"].maximum).disable(["code", "inline", "text_join"])
    ruler = parser.block.ruler
    ruler.at("reference", reference, {"alt": []})
    ruler.at("blockquote", blockquote, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.before(
        "fence", "formula", formula_block_rule, {"alt": ["paragraph", "blockquote", "list"]}
    )
    ruler.before("fence", "indented_code", indented_code_rule)
    ruler.before(
        "heading",
        "unspaced_heading",
        _unspaced_heading,
        {"alt": ["paragraph", "reference", "blockquote"]},
    )
    return parser


def _is_comparison(state: StateBlock, line: int) -> bool:
    """Return whether a line begins with a comparison: no line beside it is a quotation."""
    if not _COMPARISON.match(state.src, state.bMarks[line] + state.tShift[line]):
        return False
    neighbours = (number for number in (line - 1, line + 1) if 0 <= number < state.lineMax)
    return not any(_QUOTATION.match(state.src, state.bMarks[number]) for number in neighbours)


def _unspaced_heading(state: StateBlock, line: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """Parse ``#标题`` as a heading, although there is no space after the mark."""
    start = state.bMarks[line] + state.tShift[line]
    match = _UNSPACED_HEADING.match(state.src, start, state.eMarks[line])
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
class _OutlineBuilder:
    """Builds the blocks from the tokens of markdown-it-py, and locates their lines."""

    text: str
    lines: list[tuple[int, int, int]]
    blocks: list[Block] = field(default_factory=list)
    lists: list[ListOutline] = field(default_factory=list)
    quote_depth: int = 0
    quotations: int = 0
    """The outermost block quotations so far."""
    open_lists: list[int] = field(default_factory=list)
    """The lists that are open, as indexes into ``lists``."""
    at_item_start: bool = False
    """Whether the innermost item has no block yet."""

    def read(self, tokens: list[Token]) -> None:
        for index, token in enumerate(tokens):
            kind = token.type
            if kind in ("blockquote_open", "blockquote_close"):
                self.quotations += token.nesting == 1 and not self.quote_depth
                self.quote_depth += token.nesting
                self.at_item_start = False
            elif kind in ("bullet_list_open", "ordered_list_open"):
                start = int(token.attrs.get("start", 1))
                outer = self.lists[self.open_lists[-1]] if self.open_lists else None
                self.open_lists.append(len(self.lists))
                self.lists.append(ListOutline(ordered=kind[0] == "o", start=start, outer=outer))
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.open_lists.pop()
            elif kind == "list_item_open":
                self.lists[self.open_lists[-1]].items += 1
                self.at_item_start = True
            elif token.map and kind in ("paragraph_open", "heading_open"):
                self._add_block(token, tokens[index + 1].content)
            elif token.map and kind in ("fence", "code_block", "html_block", "hr", "table_open"):
                self._add_block(token, token.content)

    def _add_block(self, token: Token, content: str) -> None:
        first, last = token.map or (0, 0)
        block = Block(
            kind=_KINDS[token.type],
            first=first,
            last=last,
            content=content,
            quotation=self.quotations if self.quote_depth else 0,
        )
        if block.kind in ("paragraph", "heading") and _DRAWN_LINE.match(content):
            _, line_end, rest = content.partition("\n")
            if line_end:
                content = block.content = rest
                block.first += 1
            elif block.kind == "paragraph":
                block.kind = "rule"
        if block.kind == "heading":
            is_setext = token.markup in ("=", "-")
            block.level = int(token.tag[1])
            if is_setext and (
                len(content) > _MAX_SETEXT_HEADING or content.rstrip().endswith(_SENTENCE_END)
            ):
                block.kind = "paragraph"
        if self.open_lists and block.kind != "rule":
            innermost = self.lists[self.open_lists[-1]]
            innermost.blocks += 1
            if "。" in content.rstrip(TRIM)[:-1]:
                innermost.only_single_sentences = False
            if self.at_item_start and block.kind == "paragraph":
                block.kind, block.list_index = "item", self.open_lists[-1]
                block.level = len(self.open_lists)
        self.at_item_start = False
        if block.kind not in ("table", "rule"):
            self._locate_lines(
                block, is_fenced=token.type == "fence", is_atx=token.markup[:1] == "#"
            )
        self.blocks.append(block)

    def _locate_lines(self, block: Block, *, is_fenced: bool, is_atx: bool) -> None:
        """Find each line of a block at the end of the corresponding line of the source."""
        offset = 0
        number = block.first_content_line = block.first + is_fenced
        content = (
            block.content.removesuffix("\n") if block.kind in ("code", "html") else block.content
        )
        if is_fenced and not block.content:
            return
        for piece in content.split("\n"):
            start, end, after = self.lines[number]
            line = self.text[start:end]
            leading = len(piece) - len(piece.lstrip(TRIM))
            stripped = piece.strip(TRIM)
            if is_atx:
                column = line.index("#")
                column += len(line[column:]) - len(line[column:].lstrip("#"))
                column += len(line[column:]) - len(line[column:].lstrip(TRIM))
            else:
                column = len(line.rstrip(TRIM)) - len(stripped)
                if block.kind == "code" and line.endswith(piece):
                    column, leading, stripped = len(line) - len(piece), 0, piece
            block.line_spans.append(
                LineSpan(
                    content=offset + leading,
                    source=start + column,
                    length=len(stripped),
                    end=after,
                )
            )
            offset += len(piece) + 1
            number += 1


_KINDS: dict[str, Kind] = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
    "table_open": "table",
}
