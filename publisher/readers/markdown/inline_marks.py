"""The inline marks of Markdown (CommonMark 0.31, 6), found by the rules of markdown-it-py.

Input is the content of a block, output the marks with their offsets. The tokens of the library
have no offsets, so each of its inline rules is wrapped in one that records the span it consumed.
What no rule consumes is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.readers.html.tag_recognition import TagRecognition
from publisher.readers.markdown.commonmark import create_parser, scan_delimiters
from publisher.readers.markdown.formulas import formula_rule
from publisher.readers.markdown.html_marks import Mark, Picture, tag_mark
from publisher.readers.markdown.styled_spans import StyledSpan
from publisher.text.addresses import followable_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline.state_inline import StateInline
    from markdown_it.token import Token

    from publisher.model import MarkKind

INLINE_DEPTH = 20
"""The nesting level beyond which brackets are text, as in the reference parsers of CommonMark."""
_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\[\]\s^]{1,40})\](?P<colon>:[ \t]*)?")
_PRINTED_ADDRESS = re.compile("(?:https?://|mailto:)", re.IGNORECASE)
_TRIGGERS = {
    "formula": "$\\",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "footnote": "[",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
"""The rules that are recorded, and the characters that each begins with."""
_ANY_TRIGGER = re.compile(f"[{re.escape(''.join(_TRIGGERS.values()))}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineMarks:
    """The inline marks of one block, in the order of its text."""

    marks: tuple[Mark, ...]
    pictures: tuple[Picture, ...]
    spans: tuple[StyledSpan, ...]
    """What emphasis, strikethrough and links style."""
    tags: tuple[tuple[int, int], ...]
    """The spans of HTML's tags."""
    covered: tuple[tuple[int, int], ...]
    """The spans that rules consumed, in which no other mark begins: code, links, pictures, tags."""
    addresses: tuple[str, ...]
    """The targets of its links and pictures."""
    formulas: tuple[tuple[int, int], ...] = ()
    """The spans of its formulas, with their delimiters."""


@dataclass(slots=True)
class _RuleMatch:
    """A span that one rule consumed, and the tokens that the rule made."""

    rule: str
    start: int
    end: int
    tokens: list[Token]
    label_end: int = 0
    """The offset of the closing bracket of a link's text."""
    inner_matches: list[_RuleMatch] = field(default_factory=list)
    """The matches inside the description of a picture."""


@cache
def _parser() -> MarkdownIt:
    parser = create_parser(INLINE_DEPTH).disable("fragments_join")
    ruler = parser.inline.ruler
    ruler.before("link", "footnote", _footnote)
    ruler.before("escape", "formula", formula_rule)
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        if name in _TRIGGERS:
            ruler.at(name, _recording(name, rule))
    return parser


def find_marks(content: str, environment: dict[str, Any]) -> InlineMarks:
    """Return the inline marks of a block, sorted and without overlaps.

    Args:
        content: The content of the block.
        environment: The reference definitions, the numbers of the notes by label under ``notes``, and whether the block is a
            heading under ``is_heading``.

    """
    if not _ANY_TRIGGER.search(content):
        return InlineMarks(marks=(), pictures=(), spans=(), tags=(), covered=(), addresses=())
    parser = _parser()
    rule_matches: list[_RuleMatch] = []
    parser.inline.parse(content, parser, {**environment, "rule_matches": rule_matches}, [])
    marks, pictures = _collect_marks(rule_matches, content, environment)
    addresses = [
        str(token.attrs.get("href", token.attrs.get("src", "")))
        for rule_match in rule_matches
        for token in rule_match.tokens
        if rule_match.rule in ("link", "image") and token.type in ("link_open", "image")
    ]
    return InlineMarks(
        marks=tuple(marks),
        pictures=tuple(pictures),
        spans=(*_emphasis_spans(rule_matches), *_link_spans(rule_matches)),
        tags=tuple(
            (match.start, match.end) for match in rule_matches if match.rule == "html_inline"
        ),
        covered=tuple(
            (match.start, match.end) for match in rule_matches if match.rule in _OPAQUE_RULES
        ),
        addresses=tuple(addresses),
        formulas=tuple(
            (match.start, match.end) for match in rule_matches if match.rule == "formula"
        ),
    )


_OPAQUE_RULES = ("formula", "backticks", "link", "image", "autolink", "html_inline", "footnote")
_DELIMITERS: dict[str, MarkKind] = {"em": "emphasis", "strong": "strong", "s": "strikethrough"}
"""The mark of each kind of delimiter, by the beginning of its token's type."""


def _emphasis_spans(rule_matches: list[_RuleMatch]) -> Iterator[StyledSpan]:
    """Yield what paired delimiters style, from the first of a pair to the second."""
    delimiters: list[tuple[int, int, str]] = []
    for rule_match in rule_matches:
        if rule_match.rule in ("emphasis", "strikethrough"):
            delimiters += [
                (start, end, token.type) for start, end, token in _delimiters(rule_match)
            ]
    open_delimiters: dict[str, list[int]] = {}
    for position, end, token_type in sorted(delimiters):
        name, _, side = token_type.partition("_")
        if name not in _DELIMITERS:
            continue
        if side == "open":
            open_delimiters.setdefault(name, []).append(end)
        elif open_delimiters.get(name):
            start = open_delimiters[name].pop()
            yield StyledSpan(kind=_DELIMITERS[name], start=start, end=position)


def _link_spans(rule_matches: list[_RuleMatch]) -> Iterator[StyledSpan]:
    """Yield the links that lead to a website or a mailbox."""
    for match in rule_matches:
        if match.rule in ("link", "autolink"):
            address = next(
                (
                    followable_address(str(token.attrs["href"]))
                    for token in match.tokens
                    if token.type == "link_open"
                ),
                "",
            )
            if address:
                yield StyledSpan(kind="link", start=match.start, end=match.end, value=address)


def _collect_marks(
    rule_matches: list[_RuleMatch], content: str, environment: dict[str, Any]
) -> tuple[list[Mark], list[Picture]]:
    """Return the marks and the pictures for the matches of rules, each sorted."""
    marks: list[Mark] = []
    pictures: list[Picture] = []
    for rule_match in rule_matches:
        if rule_match.rule == "image":
            pictures.append(_picture(rule_match, environment))
        elif rule_match.rule == "html_inline":
            mark, picture = tag_mark(content, rule_match.start, rule_match.end)
            if picture:
                pictures.append(picture)
            else:
                marks.append(mark)
        elif rule_match.rule in _MARK_READERS:
            marks.extend(_MARK_READERS[rule_match.rule](rule_match, content, environment))
    marks.sort(key=lambda mark: mark.start)
    pictures.sort(key=lambda picture: picture.start)
    return marks, pictures


def _recording(
    name: str, rule: Callable[[StateInline, bool], bool]
) -> Callable[[StateInline, bool], bool]:
    """Return a rule that applies another one and records the spans for which it makes tokens."""
    triggers = _TRIGGERS[name]

    def recording_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
        start, first = state.pos, len(state.tokens)
        if state.src[start] not in triggers:
            return False
        if name == "html_inline" and _is_comparison(state):
            return False
        if silent:
            return rule(state, silent)
        if name in ("emphasis", "strikethrough"):
            state.scanDelims = lambda start, canSplitWord: scan_delimiters(  # type: ignore[method-assign]  # noqa: N803
                state, start, canSplitWord
            )
        outer_matches = state.env["rule_matches"]
        rule_match = _RuleMatch(rule=name, start=start, end=start, tokens=[])
        if name == "image":
            state.env["rule_matches"] = rule_match.inner_matches
        try:
            has_matched = rule(state, silent)
        finally:
            state.env["rule_matches"] = outer_matches
        if has_matched:
            rule_match.end = state.pos
            # The first token may be the text before the match. The tokens inside a link belong to
            # matches of their own.
            rule_match.tokens = state.tokens[first:]
            if name == "link":
                rule_match.tokens = state.tokens[first : first + 2]
                rule_match.label_end = state.md.helpers.parseLinkLabel(state, start, True)  # noqa: FBT003
            outer_matches.append(rule_match)
        return has_matched

    return recording_rule


def _is_comparison(state: StateInline) -> bool:
    """Return whether a ``<`` that Markdown reads as a start tag is a sign of a comparison."""
    if not state.src[state.pos + 1 : state.pos + 2].isalpha():
        return False
    recognitions = state.env.setdefault("tags", {})  # the label of a picture is a source of its own
    if state.src not in recognitions:
        recognitions[state.src] = TagRecognition(state.src)
    return not recognitions[state.src].is_start_tag(state.pos)


def _footnote(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Consume the mark of a note; at the start of the note itself, also the colon after it."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if not match or match["label"] not in state.env.get("notes", ()):
        return False
    starts_note = state.pos == 0 or state.src[state.pos - 1] == "\n"
    if not silent:
        state.push("footnote", "", 0)
    state.pos = match.end() if starts_note else match.end("label") + 1
    return True


def _delimiter_marks(
    rule_match: _RuleMatch, _content: str, _environment: dict[str, Any]
) -> Iterator[Mark]:
    """Yield the paired delimiters of a run; unpaired ones are text."""
    for start, end, token in _delimiters(rule_match):
        if not token.content:
            yield Mark(start=start, end=end)


def _delimiters(rule_match: _RuleMatch) -> Iterator[tuple[int, int, Token]]:
    """Yield start, end and token of each delimiter of a run, from the last one on."""
    width = 1 if rule_match.rule == "emphasis" else 2
    position = rule_match.end
    for token in reversed(rule_match.tokens):
        size = len(token.content) or width
        position -= size
        if position < rule_match.start:
            break
        yield position, position + size, token


def _code_marks(
    rule_match: _RuleMatch, content: str, _environment: dict[str, Any]
) -> Iterator[Mark]:
    token = rule_match.tokens[-1] if rule_match.tokens else None
    if token is None or token.type != "code_inline":
        return
    size = len(token.markup)
    has_padding = (
        len(content[rule_match.start : rule_match.end]) - 2 * size - len(token.content) == 2
    )
    yield Mark(start=rule_match.start, end=rule_match.start + size + has_padding)
    yield Mark(start=rule_match.end - size - has_padding, end=rule_match.end)


def _escape_marks(
    rule_match: _RuleMatch, content: str, _environment: dict[str, Any]
) -> Iterator[Mark]:
    token = rule_match.tokens[-1]
    is_escape = token.content != content[rule_match.start : rule_match.end]
    if token.type == "hardbreak" or is_escape:
        yield Mark(start=rule_match.start, end=rule_match.start + 1)


def _entity_marks(
    rule_match: _RuleMatch, _content: str, _environment: dict[str, Any]
) -> Iterator[Mark]:
    reason = "a character reference of HTML"
    yield Mark(
        start=rule_match.start,
        end=rule_match.end,
        after=rule_match.tokens[-1].content,
        reason=reason,
    )


def _autolink_marks(
    rule_match: _RuleMatch, _content: str, _environment: dict[str, Any]
) -> Iterator[Mark]:
    yield Mark(start=rule_match.start, end=rule_match.start + 1)
    yield Mark(start=rule_match.end - 1, end=rule_match.end)


def _link_marks(
    rule_match: _RuleMatch, content: str, environment: dict[str, Any]
) -> Iterator[Mark]:
    href = next(
        str(token.attrs["href"]) for token in rule_match.tokens if token.type == "link_open"
    )
    label = content[rule_match.start + 1 : rule_match.label_end].strip()
    printed = _PRINTED_ADDRESS.match(href)
    address = href[printed.end() :] if printed and printed[0].lower() == "mailto:" else href
    is_in_heading = environment.get("is_heading", False) and label
    is_after_text = printed and label not in (href, address) and not is_in_heading
    after = f"（{address}）" if is_after_text else ""
    if not printed:
        reason = "a link that cannot be followed on paper"
    elif is_in_heading:
        reason = "a heading is a link, without the address"
    elif after:
        reason = "the address of a link is printed after its text"
    else:
        reason = "the text of the link is its address"
    yield Mark(start=rule_match.start, end=rule_match.start + 1)
    yield Mark(start=rule_match.label_end, end=rule_match.end, after=after, reason=reason)


def _note_marks(
    rule_match: _RuleMatch, content: str, environment: dict[str, Any]
) -> Iterator[Mark]:
    match = _FOOTNOTE.match(content, rule_match.start)
    if match is None:
        return
    yield Mark(start=rule_match.start + 1, end=rule_match.start + 2)
    number = environment["notes"][match["label"]]
    if number != match["label"]:
        start, end = match.span("label")
        yield Mark(start=start, end=end, after=number, reason="notes have numbers")
    if rule_match.end > match.end("label") + 1:
        yield Mark(start=match.end("label") + 1, end=rule_match.end)


_MARK_READERS = {
    "emphasis": _delimiter_marks,
    "strikethrough": _delimiter_marks,
    "backticks": _code_marks,
    "escape": _escape_marks,
    "entity": _entity_marks,
    "autolink": _autolink_marks,
    "link": _link_marks,
    "footnote": _note_marks,
}


def _picture(rule_match: _RuleMatch, environment: dict[str, Any]) -> Picture:
    """Return a picture; marks in its description are removed."""
    token = rule_match.tokens[-1]
    marks, pictures = _collect_marks(rule_match.inner_matches, token.content, environment)
    pieces, position = [], 0
    replacements = [
        *((inner.start, inner.end, inner.alt) for inner in pictures),
        *((mark.start, mark.end, mark.after) for mark in marks),
    ]
    for start, end, after in sorted(replacements):
        pieces += [token.content[position:start], after]
        position = max(position, end)
    pieces.append(token.content[position:])
    return Picture(
        start=rule_match.start,
        end=rule_match.end,
        alt=" ".join("".join(pieces).split()),
        address=str(token.attrs.get("src", "")),
    )
