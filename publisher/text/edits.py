"""Changes to a text that keep track of the source.

A stage that changes text lists its replacements. ``apply_edits`` makes the new text, in which every
character still has its span of the source, and the edits for the record. ``replay_edits`` does the
reverse for a verifier: it makes the text from the decoded source and the recorded edits.
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
LONGEST_CACHED_RANGE = 1 << 16
"""Ranges of offsets up to this end are copied from a cached array."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A span of a text, never empty, and what replaces it."""

    start: int
    end: int
    after: str
    reason: str
    """One clause for the record, without a full stop."""
    certain: bool = True
    """Whether the text proves the change; otherwise it is only likely, and is proposed."""


def locate(string: str, offset: int = 0) -> Text:
    """Return ``string`` as text that the source has, unchanged, from ``offset`` on."""
    end = offset + len(string)
    return Text(string=string, starts=range(offset, end), ends=range(offset + 1, end + 1))


def concatenate(parts: Iterable[Text]) -> Text:
    """Return several texts as one."""
    texts = list(parts)
    if len(texts) == 1:
        return texts[0]
    starts, ends = array("l"), array("l")
    for text in texts:
        starts.extend(text.starts)
        ends.extend(text.ends)
    return Text(string="".join(text.string for text in texts), starts=starts, ends=ends)


def apply_edits(
    text: Text, replacements: Iterable[Replacement], *, stage: Stage, rule: str
) -> tuple[Text, tuple[Edit, ...]]:
    """Return the text after some replacements, and an edit for each that changes something.

    A replacement of equal length keeps the span of each character; any other gives all its characters
    the span of the replaced text.

    Args:
        text: The text to change.
        replacements: In order and without overlaps.
        stage: The stage of the edits in the record.
        rule: The rule of the edits in the record.

    """
    pieces: list[str] = []
    starts, ends = array("l"), array("l")
    text_starts, text_ends = text.starts, text.ends
    edits: list[Edit] = []
    copied_to = 0
    for change in replacements:
        before = text.string[change.start : change.end]
        if before == change.after:
            continue
        if not edits:
            text_starts, text_ends = _as_array(text_starts), _as_array(text_ends)
        pieces.append(text.string[copied_to : change.start])
        starts.extend(text_starts[copied_to : change.start])
        ends.extend(text_ends[copied_to : change.start])
        source_start, source_end = text_starts[change.start], text_ends[change.end - 1]
        pieces.append(change.after)
        if len(change.after) == len(before):
            starts.extend(text_starts[change.start : change.end])
            ends.extend(text_ends[change.start : change.end])
        else:
            starts.extend([source_start] * len(change.after))
            ends.extend([source_end] * len(change.after))
        edits.append(
            Edit(
                stage=stage,
                rule=rule,
                locator=Locator(offset=source_start, length=source_end - source_start),
                before=before,
                after=change.after,
                reason=change.reason,
            )
        )
        copied_to = change.end
    if not edits:
        return text, ()
    pieces.append(text.string[copied_to:])
    starts.extend(text_starts[copied_to:])
    ends.extend(text_ends[copied_to:])
    return Text(string="".join(pieces), starts=starts, ends=ends), tuple(edits)


def _as_array(offsets: Sequence[int]) -> array[int]:
    """Return offsets as an array, whose slices are copied fast."""
    if isinstance(offsets, array):
        return offsets
    if (
        isinstance(offsets, range)
        and offsets.step == 1
        and 0 <= offsets.start <= offsets.stop <= LONGEST_CACHED_RANGE
    ):
        return _numbers_up_to(offsets.stop.bit_length())[offsets.start : offsets.stop]
    return array("l", offsets)


@cache
def _numbers_up_to(bits: int) -> array[int]:
    """Return all numbers of up to so many bits."""
    return array("l", range(1 << bits))


class ReplayError(ValueError):
    """Edits that do not belong to the source."""


def replay_edits(source: str, edits: Sequence[Edit]) -> str:
    """Return the text that the edits make from the decoded source.

    Args:
        source: The decoded source.
        edits: In the order of the record.

    Raises:
        ReplayError: The text does not have what an edit replaces.

    """
    text = locate(source)
    for (stage, rule), group in groupby(edits, key=lambda edit: (edit.stage, edit.rule)):
        for ascending_edits in _ascending_runs(list(group)):
            replacements = _replacements(text, ascending_edits)
            text, _ = apply_edits(text, replacements, stage=stage, rule=rule)
    return text.string


def _ascending_runs(edits: Sequence[Edit]) -> Iterable[list[Edit]]:
    """Split edits where their offsets fall: there the rule ran a second time."""
    run: list[Edit] = []
    for edit in edits:
        if run and edit.locator.offset < run[-1].locator.offset:
            yield run
            run = []
        run.append(edit)
    yield run


def _replacements(text: Text, edits: Sequence[Edit]) -> Iterable[Replacement]:
    """Yield the replacements of edits whose offsets in the source ascend."""
    last_end = 0
    for edit in edits:
        first = max(last_end, bisect_left(text.starts, edit.locator.offset))
        last = bisect_left(text.starts, edit.locator.offset + max(edit.locator.length, 1))
        start = text.string.find(edit.before, first, last)
        if start < 0:
            message = f"rule {edit.rule}: no {edit.before!r} at offset {edit.locator.offset}"
            raise ReplayError(message)
        last_end = start + len(edit.before)
        yield Replacement(start=start, end=last_end, after=edit.after, reason=edit.reason)
