"""Changing a text without losing track of the source: what enters a change, leaves a record.

A stage that alters text lists its replacements; ``apply_edits`` makes the new text, in which every
character still knows its place in the source, and the edits that tell of it. ``replay_edits`` does the
opposite for a verifier: from the decoded source and the recorded edits it makes the text again.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from publisher.model import Edit, Locator, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Stage = Literal["read", "normalise", "convert"]
MOST = 1 << 16
"""The end of the longest text whose places are copied from numbers that were counted before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A span of a text and what is to stand in its place; the span is never empty."""

    start: int
    end: int
    after: str
    reason: str


def locate(string: str, offset: int = 0) -> Text:
    """Return ``string`` as the source has it from ``offset`` on, one code point for one."""
    end = offset + len(string)
    return Text(string=string, starts=range(offset, end), ends=range(offset + 1, end + 1))


def concatenate(parts: Iterable[Text]) -> Text:
    """Return the texts as one, in the order given."""
    pieces = list(parts)
    if len(pieces) == 1:
        return pieces[0]
    starts, ends = array("l"), array("l")
    for piece in pieces:
        starts.extend(piece.starts)
        ends.extend(piece.ends)
    return Text(string="".join(piece.string for piece in pieces), starts=starts, ends=ends)


def apply_edits(
    text: Text, replacements: Iterable[Replacement], *, stage: Stage, rule: str
) -> tuple[Text, tuple[Edit, ...]]:
    """Apply replacements that are in order and do not overlap; say what was done.

    A replacement of as many characters as it takes away keeps each one's place; another gives
    all its characters the place of the whole span.
    """
    pieces: list[str] = []
    starts, ends = array("l"), array("l")
    own_starts, own_ends = text.starts, text.ends
    edits: list[Edit] = []
    done = 0
    for change in replacements:
        before = text.string[change.start : change.end]
        if before == change.after:
            continue
        if not edits:
            own_starts, own_ends = _as_array(own_starts), _as_array(own_ends)
        pieces.append(text.string[done : change.start])
        starts.extend(own_starts[done : change.start])
        ends.extend(own_ends[done : change.start])
        first, last = own_starts[change.start], own_ends[change.end - 1]
        pieces.append(change.after)
        if len(change.after) == len(before):
            starts.extend(own_starts[change.start : change.end])
            ends.extend(own_ends[change.start : change.end])
        else:
            starts.extend([first] * len(change.after))
            ends.extend([last] * len(change.after))
        edits.append(
            Edit(
                stage=stage,
                rule=rule,
                locator=Locator(offset=first, length=last - first),
                before=before,
                after=change.after,
                reason=change.reason,
            )
        )
        done = change.end
    if not edits:
        return text, ()
    pieces.append(text.string[done:])
    starts.extend(own_starts[done:])
    ends.extend(own_ends[done:])
    return Text(string="".join(pieces), starts=starts, ends=ends), tuple(edits)


def _as_array(places: Sequence[int]) -> array[int]:
    """Return places as what is copied from array to array at once."""
    if isinstance(places, array):
        return places
    if isinstance(places, range) and places.step == 1 and 0 <= places.start <= places.stop <= MOST:
        return _counted(places.stop.bit_length())[places.start : places.stop]
    return array("l", places)


@cache
def _counted(bits: int) -> array[int]:
    """Return the numbers of so many bits."""
    return array("l", range(1 << bits))


class ReplayError(ValueError):
    """The edits do not belong to the source."""


def replay_edits(source: str, edits: Sequence[Edit]) -> str:
    """Make the text again from the decoded source and the edits in the order of the record.

    Raises ``ReplayError`` where an edit does not find what it says it replaced.
    """
    text = locate(source)
    for (stage, rule), group in groupby(edits, key=lambda edit: (edit.stage, edit.rule)):
        for ordered in _ascending(list(group)):
            text, _ = apply_edits(text, _find(text, ordered), stage=stage, rule=rule)
    return text.string


def _ascending(edits: Sequence[Edit]) -> Iterable[list[Edit]]:
    """Split where the offsets fall back: a rule that came round a second time."""
    run: list[Edit] = []
    for edit in edits:
        if run and edit.locator.offset < run[-1].locator.offset:
            yield run
            run = []
        run.append(edit)
    yield run


def _find(text: Text, edits: Sequence[Edit]) -> Iterable[Replacement]:
    done = 0
    for edit in edits:
        first = max(done, bisect_left(text.starts, edit.locator.offset))
        last = bisect_left(text.starts, edit.locator.offset + max(edit.locator.length, 1))
        start = text.string.find(edit.before, first, last)
        if start < 0:
            message = f"rule {edit.rule}: no {edit.before!r} at offset {edit.locator.offset}"
            raise ReplayError(message)
        done = start + len(edit.before)
        yield Replacement(start=start, end=done, after=edit.after, reason=edit.reason)
