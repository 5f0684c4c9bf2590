"""The signature of a document: who signs, the day, and the room for seals (GB/T 9704-2012, 7.3.5).

Input: the lines of a signature and how the style sets them. Output: a ``Signature``: boxes with places. Each box is as wide as
its anchor, which is the date, the widest office or the name of a person, so that what is centred over the date is centred
exactly. Heights are in lines of the grid, widths in em.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.reference.foot_labels import SIGNING_POSTS
from publisher.render.text_width import ems
from publisher.text.dates import is_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.model import Text

CENTRED, SEALED, UNSEALED = "centred", "sealed", "unsealed"
"""How a style sets signatures: centred over the date without regard to seals, with room for seals (7.3.5.1), without (7.3.5.2)."""
SIGNATURES = (CENTRED, SEALED, UNSEALED)
_PERSON = re.compile(f"\\s*(.{{0,20}}?(?:{'|'.join(SIGNING_POSTS)}))[\\s　]+(\\S[\\S\\s　]*?)\\s*")
SEAL = 8.5
"""Em: the width of a seal of 45 mm and a gap."""
SEAL_LINES = 5
"""Lines between two rows of seals."""
RIGHT_OF_DATE = 4.0
"""Em that are empty at the right of the date below a seal (7.3.5.1)."""
RIGHT_OF_OFFICE = 2.0
"""Em that are empty at the right of the office without a seal (7.3.5.2)."""
INDENT_OF_DATE = 2.0
"""Em by which the date is indented below the office without a seal."""
LINE = 28.0
"""Em: the width of the type area."""
FAR = 30
"""Em: half the width of the box in which an office is centred; wider than any office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """A line in a box, or its anchor."""

    text: Text
    style: str
    """Its place in the box; empty for the anchor, which gives the box its width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBox:
    """A box at the right of the type area with its lines."""

    top: float
    """Lines from the end of the text."""
    right: float
    """Em."""
    lines: tuple[SignatureLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature with the places of its lines."""

    boxes: tuple[SignatureBox, ...]
    lines: float
    """Its height, the lines above it included."""


def place_signature(texts: Sequence[Text], manner: str) -> Signature | None:
    """Return the places of a signature; ``None`` for one that is centred in a box as wide as its widest line.

    Args:
        texts: The lines of the signature.
        manner: One of ``SIGNATURES``.

    """
    if manner == CENTRED or len(texts) < 2:
        return None
    *signers, date = texts
    if not is_date("".join(date.string.split())):
        return None
    persons = [match for text in signers if (match := _PERSON.fullmatch(text.string))]
    if len(persons) == len(signers):
        return _stamped(signers, persons, date)
    if persons or max(ems(text.string.strip()) for text in texts) > LINE - RIGHT_OF_DATE:
        return None
    offices = [text.strip() for text in signers]
    return _sealed(offices, date) if manner == SEALED else _unsealed(offices, date)


def _sealed(signers: Sequence[Text], date: Text) -> Signature:
    """Place offices centred over the date; several beside one another, two in a row, with room for their seals."""
    widths = [ems(text.string) for text in signers]
    day = ems(date.string.strip())
    right = max(RIGHT_OF_DATE, (widths[-1] - day) / 2)
    column = (
        max(SEAL, max((a + b) / 2 for a in widths for b in widths) + 1) if len(widths) > 1 else 0
    )
    two = right + day / 2 + column + max(SEAL, *widths) / 2 <= LINE
    rows = (len(signers) + 1) // 2 if two else len(signers)
    lines = []
    for index, text in enumerate(signers):
        if two:
            slot = index + (len(signers) % 2 and index == len(signers) - 1)
            row, left = slot // 2, column if slot % 2 == 0 else 0.0
        else:
            row, left = index, 0.0
        above = (rows - 1 - row) * SEAL_LINES + 1
        style = f"left: {-FAR - left:g}em; right: {left - FAR:g}em; top: calc({-above:g} * var(--line-pitch)); text-align: center"
        lines.append(SignatureLine(text=text, style=style))
    lines.append(SignatureLine(text=date, style=""))
    top = 2 + (rows - 1) * SEAL_LINES + 1
    return Signature(boxes=(SignatureBox(top=top, right=right, lines=tuple(lines)),), lines=top + 1)


def _unsealed(signers: Sequence[Text], date: Text) -> Signature:
    """Place offices one below another, two characters from the right, and the date two characters in from them."""
    widest = max(signers, key=lambda text: ems(text.string))
    width, day, count = ems(widest.string), ems(date.string.strip()), len(signers)
    lines = []
    if width >= day + INDENT_OF_DATE:
        for index, text in enumerate(signers):
            above = index - signers.index(widest)
            style = "" if text is widest else f"left: 0; top: calc({above:g} * var(--line-pitch))"
            lines.append(SignatureLine(text=text, style=style))
        below = count - signers.index(widest)
        style = f"left: {INDENT_OF_DATE:g}em; top: calc({below} * var(--line-pitch))"
        lines.append(SignatureLine(text=date, style=style))
        top = 1 + signers.index(widest)
    else:
        for index, text in enumerate(signers):
            style = f"left: {-INDENT_OF_DATE:g}em; top: calc({index - count} * var(--line-pitch))"
            lines.append(SignatureLine(text=text, style=style))
        lines.append(SignatureLine(text=date, style=""))
        top = 1 + count
    box = SignatureBox(top=top, right=RIGHT_OF_OFFICE, lines=tuple(lines))
    return Signature(boxes=(box,), lines=count + 2)


def _stamped(signers: Sequence[Text], persons: Sequence[re.Match[str]], date: Text) -> Signature:
    """Place posts and names of persons, for whose stamps there is room, and the date below them (7.3.5.3)."""
    boxes, top = [], 2.0
    for text, person in zip(signers, persons, strict=True):
        post, name = text.slice(*person.span(1)), text.slice(*person.span(2))
        lines = (
            SignatureLine(text=post, style="right: 100%; margin-right: 2em; top: 0"),
            SignatureLine(text=name, style=""),
        )
        boxes.append(SignatureBox(top=top, right=RIGHT_OF_DATE, lines=lines))
        top += 2
    boxes.append(
        SignatureBox(top=top, right=RIGHT_OF_DATE, lines=(SignatureLine(text=date, style=""),))
    )
    return Signature(boxes=tuple(boxes), lines=top + 1)
