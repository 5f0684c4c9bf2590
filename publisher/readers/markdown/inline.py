"""The marks inside a paragraph of Markdown, found by markdown-it-py's own rules.

Enters: what a block says, its lines as the block parser cut them. Leaves: the marks with their
places. The library's tokens have no places, so each of its rules is wrapped by one that notes
the stretch it consumed; what no rule consumed is text. Serves CommonMark 0.31, 6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.readers.markdown.commonmark import configured, scan
from publisher.readers.markdown.html import Mark, Picture, tag_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline.state_inline import StateInline
    from markdown_it.token import Token

INLINE_DEPTH = 20
"""Brackets within brackets: deeper ones are text, as CommonMark's own parsers have it."""
_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\[\]\s^]{1,40})\](?P<colon>:[ \t]*)?")
_PRINTED = re.compile("(?:https?://|mailto:)", re.IGNORECASE)
_TRIGGERS = {
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
"""The rules that are noted, and the characters that each begins with."""
_ANY = re.compile(f"[{re.escape(''.join(_TRIGGERS.values()))}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """What the rules found in one block, in the order of its text."""

    marks: tuple[Mark, ...]
    pictures: tuple[Picture, ...]
    struck: tuple[int, ...]
    """Where text begins that its author struck out."""
    addresses: tuple[str, ...]
    """What its links and pictures point to."""


@dataclass(slots=True)
class _Found:
    """A stretch that one rule consumed, and the tokens that it made of it."""

    rule: str
    start: int
    end: int
    tokens: list[Token]
    label_end: int = 0
    inner: list[_Found] = field(default_factory=list)


@cache
def _parser() -> MarkdownIt:
    parser = configured(INLINE_DEPTH).disable("fragments_join")
    ruler = parser.inline.ruler
    ruler.before("link", "footnote", _footnote)
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        if name in _TRIGGERS:
            ruler.at(name, _noted(name, rule))
    return parser


def find_marks(content: str, environment: dict[str, Any]) -> Inline:
    """Return the marks in ``content``; ``environment`` has the references and the notes' labels.

    Marks are in order and do not overlap.
    """
    if not _ANY.search(content):
        return Inline(marks=(), pictures=(), struck=(), addresses=())
    parser = _parser()
    found: list[_Found] = []
    parser.inline.parse(content, parser, {**environment, "found": found}, [])
    marks, pictures = _told(found, content, environment)
    ends = [(one, token) for one in found for token in one.tokens]
    struck = [o.start for o, t in ends if o.rule == "strikethrough" and t.type == "s_open"]
    addresses = [
        str(t.attrs.get("href", t.attrs.get("src", "")))
        for o, t in ends
        if o.rule in ("link", "image") and t.type in ("link_open", "image")
    ]
    return Inline(
        marks=tuple(marks),
        pictures=tuple(pictures),
        struck=tuple(struck),
        addresses=tuple(addresses),
    )


def _told(
    found: list[_Found], content: str, environment: dict[str, Any]
) -> tuple[list[Mark], list[Picture]]:
    """Return the marks and the pictures that the notes tell of, each in order."""
    marks: list[Mark] = []
    pictures: list[Picture] = []
    for one in found:
        if one.rule == "image":
            pictures.append(_picture(one, environment))
        elif one.rule == "html_inline":
            mark, picture = tag_mark(content, one.start, one.end)
            if picture:
                pictures.append(picture)
            else:
                marks.append(mark)
        elif one.rule in _MARKS:
            marks.extend(_MARKS[one.rule](one, content, environment))
    marks.sort(key=lambda mark: mark.start)
    pictures.sort(key=lambda one: one.start)
    return marks, pictures


def _noted(
    name: str, rule: Callable[[StateInline, bool], bool]
) -> Callable[[StateInline, bool], bool]:
    """Return the rule, noting what it consumes wherever it makes tokens."""
    triggers = _TRIGGERS[name]

    def noted(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's signature
        start, first = state.pos, len(state.tokens)
        if state.src[start] not in triggers:
            return False
        if silent:
            return rule(state, silent)
        if name in ("emphasis", "strikethrough"):
            state.scanDelims = lambda start, canSplitWord: scan(  # type: ignore[method-assign]  # noqa: N803
                state, start, canSplitWord
            )
        outer = state.env["found"]
        one = _Found(rule=name, start=start, end=start, tokens=[])
        if name == "image":
            state.env["found"] = one.inner
        try:
            matched = rule(state, silent)
        finally:
            state.env["found"] = outer
        if matched:
            one.end = state.pos
            # a rule's first token may be the text before it; a link's inner ones have notes of their own
            one.tokens = state.tokens[first : first + 2] if name == "link" else state.tokens[first:]
            if name == "link":
                one.label_end = state.md.helpers.parseLinkLabel(state, start, True)  # noqa: FBT003
            outer.append(one)
        return matched

    return noted


def _footnote(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Consume a note's mark, with the colon behind it where the note itself begins."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if not match or match["label"] not in state.env.get("notes", ()):
        return False
    begins = state.pos == 0 or state.src[state.pos - 1] == "\n"
    if not silent:
        state.push("footnote", "", 0)
    state.pos = match.end() if begins else match.end("label") + 1
    return True


def _delimiters(one: _Found, _content: str, _environment: dict[str, Any]) -> Iterator[Mark]:
    """Yield the marks that the pairing made of a run; the rest of the run is text."""
    width = 1 if one.rule == "emphasis" else 2
    place = one.end
    for token in reversed(one.tokens):
        size = len(token.content) or width
        place -= size
        if place < one.start:
            break
        if not token.content:
            yield Mark(start=place, end=place + size)


def _code(one: _Found, content: str, _environment: dict[str, Any]) -> Iterator[Mark]:
    token = one.tokens[-1] if one.tokens else None
    if token is None or token.type != "code_inline":
        return
    size = len(token.markup)
    spaced = len(content[one.start : one.end]) - 2 * size - len(token.content) == 2
    yield Mark(start=one.start, end=one.start + size + spaced)
    yield Mark(start=one.end - size - spaced, end=one.end)


def _escape(one: _Found, content: str, _environment: dict[str, Any]) -> Iterator[Mark]:
    if one.tokens[-1].type == "hardbreak" or one.tokens[-1].content != content[one.start : one.end]:
        yield Mark(start=one.start, end=one.start + 1)


def _entity(one: _Found, _content: str, _environment: dict[str, Any]) -> Iterator[Mark]:
    reason = "the character that an entity of HTML stands for"
    yield Mark(start=one.start, end=one.end, after=one.tokens[-1].content, reason=reason)


def _autolink(one: _Found, _content: str, _environment: dict[str, Any]) -> Iterator[Mark]:
    yield Mark(start=one.start, end=one.start + 1)
    yield Mark(start=one.end - 1, end=one.end)


def _link(one: _Found, content: str, _environment: dict[str, Any]) -> Iterator[Mark]:
    href = next(str(token.attrs["href"]) for token in one.tokens if token.type == "link_open")
    label = content[one.start + 1 : one.label_end].strip()
    printed = _PRINTED.match(href)
    shown = href[printed.end() :] if printed and printed[0].lower() == "mailto:" else href
    after = f"（{shown}）" if printed and label not in (href, shown) else ""
    reason = "a link's address is printed beside its words" if printed else "leads nowhere on paper"
    if printed and not after:
        reason = "the words of the link are its address"
    yield Mark(start=one.start, end=one.start + 1)
    yield Mark(start=one.label_end, end=one.end, after=after, reason=reason)


def _note(one: _Found, content: str, environment: dict[str, Any]) -> Iterator[Mark]:
    match = _FOOTNOTE.match(content, one.start)
    if match is None:
        return
    yield Mark(start=one.start + 1, end=one.start + 2)
    number = environment["notes"][match["label"]]
    if number != match["label"]:
        start, end = match.span("label")
        yield Mark(start=start, end=end, after=number, reason="notes have numbers")
    if one.end > match.end("label") + 1:
        yield Mark(start=match.end("label") + 1, end=one.end)


_MARKS = {
    "emphasis": _delimiters,
    "strikethrough": _delimiters,
    "backticks": _code,
    "escape": _escape,
    "entity": _entity,
    "autolink": _autolink,
    "link": _link,
    "footnote": _note,
}


def _picture(one: _Found, environment: dict[str, Any]) -> Picture:
    """Return a picture and its words, without the marks that stand in them."""
    token = one.tokens[-1]
    marks, pictures = _told(one.inner, token.content, environment)
    words, done = [], 0
    inner = [(p.start, p.end, p.alt) for p in pictures] + [(m.start, m.end, m.after) for m in marks]
    for start, end, after in sorted(inner):
        words += [token.content[done:start], after]
        done = max(done, end)
    words.append(token.content[done:])
    return Picture(
        start=one.start,
        end=one.end,
        alt=" ".join("".join(words).split()),
        address=str(token.attrs.get("src", "")),
    )
