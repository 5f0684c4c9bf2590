"""Changes to a text that keep track of the source.

A stage that changes text lists its replacements. ``apply_edits`` makes the new text, in which every
character still has its span of the source, and the edits for the record. ``replay_edits`` does the
reverse for a verifier: it makes the text from the decoded source and the recorded edits.
"""

from __future__ import annotations

import operator
from array import array
from dataclasses import dataclass
from functools import cache
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
    return Text(
        string="".join(text.string for text in texts),
        starts=starts,
        ends=ends,
        preceding=next((text.preceding for text in texts if text.string), 0),
    )


def span_in_source(text: Text, start: int, end: int) -> Locator:
    """Return the span of the source of a part of a text that is not empty.

    White space that a stage put between two parts is in no source; its length counts as 1, as that of all edits.
    """
    first, last = text.starts[start], text.ends[end - 1]
    return Locator(offset=first, length=max(last - first, 1))


def make_edit(
    text: Text, change: Replacement, *, stage: Stage, rule: str, preceding: int | None = None
) -> Edit:
    """Return the edit that a replacement in a text is for the record, whether it is made or proposed.

    Args:
        text: The text before the replacement.
        change: The replacement.
        stage: The stage of the edit.
        rule: The rule of the edit.
        preceding: The edit's ``preceding`` if edits before it in the text change it; ``None`` to count in ``text``.

    """
    return Edit(
        stage=stage,
        rule=rule,
        locator=span_in_source(text, change.start, change.end),
        before=text.string[change.start : change.end],
        after=change.after,
        reason=change.reason,
        preceding=text.count_preceding(change.start) if preceding is None else preceding,
    )


def apply_edits(
    text: Text, replacements: Iterable[Replacement], *, stage: Stage, rule: str
) -> tuple[Text, tuple[Edit, ...]]:
    """Return the text after some replacements, and an edit for each that changes something.

    A replacement of equal length with white space at the same indexes keeps the span of each character; any
    other gives all its characters the span of the replaced text.

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
        edits.append(
            make_edit(
                text,
                change,
                stage=stage,
                rule=rule,
                preceding=_count_preceding(text, pieces, starts, source_start),
            )
        )
        pieces.append(change.after)
        if _keeps_spans(before, change.after):
            starts.extend(text_starts[change.start : change.end])
            ends.extend(text_ends[change.start : change.end])
        else:
            starts.extend([source_start] * len(change.after))
            ends.extend([source_end] * len(change.after))
        copied_to = change.end
    if not edits:
        return text, ()
    pieces.append(text.string[copied_to:])
    starts.extend(text_starts[copied_to:])
    ends.extend(text_ends[copied_to:])
    has_first_start = bool(starts) and starts[0] == text_starts[0]
    result = Text(
        string="".join(pieces),
        starts=starts,
        ends=ends,
        preceding=text.preceding if has_first_start else 0,
    )
    return result, tuple(edits)


def _count_preceding(text: Text, pieces: list[str], starts: array[int], start: int) -> int:
    """Return how many characters that start at ``start`` are before the next edit of a text, white space aside.

    ``pieces`` and ``starts`` are the text up to that edit, with the edits before it.
    """
    count = text.preceding if text.starts[0] == start else 0
    index = len(starts)
    for piece in reversed(pieces):
        for character in reversed(piece):
            index -= 1
            if starts[index] != start:
                return count
            count += not character.isspace()
    return count


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


def replay_edits(source: str, edits: Iterable[Edit]) -> str:
    """Return the text that the edits make from the decoded source.

    White space aside it is the text of the stages, whatever parts the edits were made in and whatever
    white space stages put between these parts or left out there.

    Args:
        source: The decoded source.
        edits: In the order of the record.

    Raises:
        ReplayError: The text does not have what an edit replaces.

    """
    return "".join(replay_by_offset(source, edits))


def replay_by_offset(source: str, edits: Iterable[Edit]) -> list[str]:
    """Return the text that the edits make from the decoded source, as the characters that start at each offset.

    The arguments and the error are those of ``replay_edits``.

    Example:
        >>> edit = Edit(stage="read", rule="r", locator=Locator(offset=1, length=2), before="bc", after="X", reason="")
        >>> replay_by_offset("abcd", [edit])
        ['a', 'X', '', 'd']

    """
    text = _ReplayedText(source)
    for edit in edits:
        text.apply(edit)
    return text.cells()


class _ReplayedText:
    """A text as cells: one for each offset of the source, with the characters that start there.

    Offsets and the order of characters never fall, so the cells in order are the text. An edit says with its
    offset and ``preceding`` which character it begins with; its characters that are not white space follow
    one another. The cost of an edit is its length.
    """

    def __init__(self, source: str) -> None:
        characters = {character: character for character in set(source)}
        self._cells = [characters[character] for character in source]

    def cells(self) -> list[str]:
        """Return the characters that start at each offset."""
        return self._cells

    def apply(self, edit: Edit) -> None:
        """Apply an edit; raise ``ReplayError`` if the text does not have what it replaces."""
        first, end = edit.locator.offset, edit.locator.offset + max(edit.locator.length, 1)
        cells = self._cells[first:end]
        if not cells:
            raise _no_such_text(edit)
        keeps_spans = _keeps_spans(edit.before, edit.after)
        is_whole = not edit.preceding and "".join(cells) == edit.before
        if is_whole and not keeps_spans:
            self._cells[first:end] = [edit.after, *[""] * (len(cells) - 1)]
        elif is_whole and all(len(cell) == 1 for cell in cells):
            self._cells[first:end] = edit.after
        else:
            self._apply_to_part(edit, first + len(cells), keeps_spans=keeps_spans)

    def _apply_to_part(self, edit: Edit, end: int, *, keeps_spans: bool) -> None:
        first = edit.locator.offset
        positions = [
            (cell, index) for cell in range(first, end) for index in range(len(self._cells[cell]))
        ]
        string = "".join(self._cells[first:end])
        start = _index_after(string, edit.preceding)
        aligned, between = _align(string, start, edit)
        if keeps_spans:
            for position, character in zip(aligned, edit.after, strict=True):
                if position is not None:
                    self._put(*positions[position], character)
            return
        removed = sorted([*between, *(position for position in aligned if position is not None)])
        index = removed[0] if removed else start
        for position in reversed(removed):
            self._put(*positions[position], "")
        cell = self._cells[first]
        self._cells[first] = cell[:index] + edit.after + cell[index:]

    def _put(self, cell: int, index: int, characters: str) -> None:
        """Replace one character."""
        string = self._cells[cell]
        self._cells[cell] = string[:index] + characters + string[index + 1 :]


def _keeps_spans(before: str, after: str) -> bool:
    """Return whether each character after an edit has the span of the one that it replaces.

    White space must then replace white space: a verifier knows the spans of other characters only.
    """
    return len(before) == len(after) and all(
        map(operator.eq, map(str.isspace, before), map(str.isspace, after))
    )


def _index_after(string: str, count: int) -> int:
    """Return the index after the first ``count`` characters of a string, white space aside."""
    solid = [index for index, character in enumerate(string) if not character.isspace()]
    return 0 if not count else solid[count - 1] + 1 if count <= len(solid) else len(string)


def _align(string: str, start: int, edit: Edit) -> tuple[list[int | None], list[int]]:
    """Align the characters that an edit replaces with a string, from ``start`` on.

    Returns:
        The index of each; None for white space that only the edit has. And the indexes of white space
        between them that only the string has.

    """
    aligned: list[int | None] = []
    between: list[int] = []
    position = start
    for character in edit.before:
        while not character.isspace() and string[position : position + 1].isspace():
            between += [position] if aligned else []
            position += 1
        following = string[position : position + 1]
        if following == character or (character.isspace() and following.isspace()):
            aligned.append(position)
            position += 1
        elif character.isspace():
            aligned.append(None)
        else:
            raise _no_such_text(edit)
    return aligned, between


def _no_such_text(edit: Edit) -> ReplayError:
    return ReplayError(f"rule {edit.rule}: no {edit.before!r} at offset {edit.locator.offset}")
