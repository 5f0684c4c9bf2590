"""The signature of a document: offices, persons and a date in lines one above the other (GB/T 9704-2012, 7.3.5).

Input: entries and where the signature would end. Output: where it begins. The date may stand above the office, behind its
name, or be absent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from publisher.parse.entries import Entry, Line
from publisher.parse.foot.line_forms import (
    is_date_line,
    is_dated_name,
    is_name_line,
    is_office_line,
    is_person_line,
    is_post_line,
    is_seal_line,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_SIGNATURE_LINES = 12
"""Lines of the longest signature, its date included."""
_Sign = Literal["date", "person", "office", "seal"]
"""What a line of a signature is; a post alone is as the seal."""
_UNMARKED = ("lines", "paragraph")


def signature_start(entries: Sequence[Entry], end: int, *, is_annex: bool = False) -> int:
    """Return where the signature that ends at ``end`` begins; ``end`` if there is none.

    Args:
        entries: The entries of a document.
        end: One past the last line of the signature.
        is_annex: Whether the document is an annex, whose last lines may be a list of offices: only a date or a person
            shows that they sign it.

    """
    start = end
    signs: set[_Sign] = set()
    while start and end - start < MOST_SIGNATURE_LINES:
        sign = _sign(entries, start - 1, signs)
        if sign is None or (sign == "date" and "date" in signs):
            break
        signs.add(sign)
        start -= 1
    proof: set[_Sign] = {"date", "person"} if is_annex else {"date", "person", "office"}
    return start if signs & proof else end


def _sign(entries: Sequence[Entry], index: int, below: set[_Sign]) -> _Sign | None:
    """Return what a line is in a signature; ``None`` if it is no line of one.

    Args:
        entries: The entries of a document.
        index: The line.
        below: What the lines below it are.

    """
    line = entries[index]
    if not isinstance(line, Line) or line.role not in _UNMARKED:
        return None
    if line.decided:
        return "office" if line.decided == "signature" else None
    if is_dated_name(line.string) or is_date_line(line.string):
        return "date"
    if is_person_line(line.string) or _is_name_of_signer(entries, index, below):
        return "person"
    if is_office_line(line.string):
        return "office"
    is_post = is_post_line(line.string) and "person" in below
    return "seal" if is_post or is_seal_line(line.string) else None


def signs(line: Line) -> bool:
    """Return whether a line has a form that signatures have: a date, an office, a post with a person."""
    return (
        is_date_line(line.string)
        or is_dated_name(line.string)
        or is_office_line(line.string)
        or is_person_line(line.string)
    )


def _is_name_of_signer(entries: Sequence[Entry], index: int, below: set[_Sign]) -> bool:
    """Return whether a line is a name alone, below a post, or with gaps above a date."""
    line = entries[index]
    if not isinstance(line, Line) or not is_name_line(line.string):
        return False
    above = entries[index - 1] if index else None
    if isinstance(above, Line) and is_post_line(above.string):
        return True
    return "date" in below and any(gap in line.string.strip() for gap in " \u3000")
