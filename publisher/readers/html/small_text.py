"""Superscripts, subscripts and struck-out figures of a line: the pieces that replace them.

Input: a line of the page. Output: the line with its small text published (``text.small_text``), and the marks of what the
page raises or lowers.
"""

from __future__ import annotations

import html
import re
from itertools import groupby
from typing import TYPE_CHECKING

from publisher.model import Locator, Mark
from publisher.readers.finding_rules import RAISED_TEXT
from publisher.readers.html.flow_items import Piece
from publisher.readers.raised_text import describe_doubtful, judge_shift
from publisher.readers.small_text_draft import STRUCK_OUT_REASON
from publisher.text.small_text import (
    CONTEXT_LENGTH,
    SEPARATOR,
    PublishedSmallText,
    joins_figures,
    publish_small_text,
)

if TYPE_CHECKING:
    from publisher.model import Finding, MarkKind
    from publisher.readers.html.flow_items import Line, SmallPosition

_RULE = "superscript"
_STRUCK_OUT_RULE = "struck-out"
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")
_NOTE_NUMBER = re.compile("[0-9]{1,3}")


def publish_line(line: Line, source: str, findings: list[Finding]) -> list[Mark]:
    """Replace the small texts of a line; return the marks of those that the page raises or lowers.

    Args:
        line: The line.
        source: The decoded source of the page.
        findings: Receives the findings about text that may be a superscript or a subscript.

    """
    marks: list[Mark] = []
    if any(piece.position or piece.shift for piece in line.pieces):
        _publish_small_texts(line, source, marks, findings)
    if any(piece.struck_out for piece in line.pieces):
        _separate_struck_figures(line, source)
    return marks


def _publish_small_texts(
    line: Line, source: str, marks: list[Mark], findings: list[Finding]
) -> None:
    groups: list[tuple[SmallPosition, list[Piece]]] = [
        (position, list(pieces))
        for (position, _), pieces in groupby(
            line.pieces, key=lambda piece: (piece.position, piece.position_start)
        )
    ]
    texts = ["".join(_text(piece, source) for piece in pieces) for _, pieces in groups]
    line.pieces, before = [], ""
    for index, (element_position, pieces) in enumerate(groups):
        position = element_position
        string, shift = texts[index].strip(), pieces[0].shift
        if (position or shift) and string:
            before = before.rpartition("\n")[2]
            following = "".join(texts[index + 1 : index + 6])[:CONTEXT_LENGTH].partition("\n")[0]
        if shift and string:
            judgement = judge_shift(shift, string, before, following)
            if judgement == "doubtful":
                values = describe_doubtful(shift, string, before)
                locator = Locator(offset=pieces[0].start, length=pieces[-1].end - pieces[0].start)
                findings.append(RAISED_TEXT.finding(locator, **values))
            elif judgement:
                position = judgement
        if position and string:
            published = _publish(string, before.rstrip(), following, position)
            texts[index] = published.text
            start, end = pieces[0].start, pieces[-1].end
            if published.reason:
                piece = Piece(start, end, published.text, _RULE, published.reason)
                piece.struck_out = pieces[0].struck_out
                pieces[:] = [piece]
            if published.raised_by_page:
                kind: MarkKind = "subscript" if position == "subscript" else "superscript"
                locator = Locator(offset=start, length=end - start)
                marks.append(Mark(kind=kind, locator=locator))
        before = (before + texts[index])[-CONTEXT_LENGTH:]
        line.pieces += pieces


def _publish(
    string: str, before: str, following: str, position: SmallPosition
) -> PublishedSmallText:
    if position in ("superscript", "subscript"):
        return publish_small_text(
            string,
            before,
            following,
            position="superscript" if position == "superscript" else "subscript",
        )
    if _NOTE_NUMBER.fullmatch(string):
        reason = "the mark of a note: a link inside the page"
        return PublishedSmallText(text=f"[{string}]", reason=reason, note_mark=True)
    return PublishedSmallText(text=string, raised_by_page=False)


def _separate_struck_figures(line: Line, source: str) -> None:
    """Separate a struck-out figure from the figure that replaces it."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        previous = pieces[-1] if pieces else None
        if (
            previous
            and previous.struck_out != piece.struck_out
            and previous.end < piece.start
            and joins_figures(_text(previous, source), _text(piece, source))
        ):
            pieces.append(
                Piece(previous.end, piece.start, SEPARATOR, _STRUCK_OUT_RULE, STRUCK_OUT_REASON)
            )
        pieces.append(piece)
    line.pieces = pieces


def _text(piece: Piece, source: str) -> str:
    """Return the published text of a piece."""
    if piece.after is not None:
        return piece.after
    return _WHITE_SPACE.sub(" ", html.unescape(source[piece.start : piece.end]))
