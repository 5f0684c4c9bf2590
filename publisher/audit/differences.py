"""The differences between two records, leaf by leaf.

Input: two values of JSON. Output: a ``Difference`` for each leaf in which they differ, with its path
(``report.sections[2].title``). Items that only one list has are one difference each.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_ALIGNED: Final = 2_000
"""Items of a list that are aligned; longer ones are compared in their order."""


class _Absent:
    def __repr__(self) -> str:
        return "nothing"


ABSENT: Final = _Absent()
"""The value of a key or an item that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A leaf in which two records differ."""

    path: str
    recorded: Any
    """``ABSENT`` if the record does not have it."""
    remade: Any
    """``ABSENT`` if only the record has it."""


def differences(recorded: Any, remade: Any, path: str = "") -> Iterator[Difference]:
    """Yield the differences between a value of the record and the same value made again.

    Args:
        recorded: A value of JSON, or ``ABSENT``.
        remade: The same.
        path: Its path in the record.

    """
    if isinstance(recorded, dict) and isinstance(remade, dict):
        yield from _table_differences(recorded, remade, path)
    elif isinstance(recorded, list) and isinstance(remade, list):
        yield from _list_differences(recorded, remade, path)
    elif recorded != remade or isinstance(recorded, bool) != isinstance(remade, bool):
        yield Difference(path=path, recorded=recorded, remade=remade)


def _table_differences(
    recorded: Mapping[str, Any], remade: Mapping[str, Any], path: str
) -> Iterator[Difference]:
    for key in sorted({*recorded, *remade}):
        below = f"{path}.{key}" if path else key
        yield from differences(recorded.get(key, ABSENT), remade.get(key, ABSENT), below)


def _list_differences(
    recorded: Sequence[Any], remade: Sequence[Any], path: str
) -> Iterator[Difference]:
    start = 0
    while start < min(len(recorded), len(remade)) and recorded[start] == remade[start]:
        start += 1
    end = 0
    while end < min(len(recorded), len(remade)) - start and recorded[-1 - end] == remade[-1 - end]:
        end += 1
    left, right = recorded[start : len(recorded) - end], remade[start : len(remade) - end]
    for first, last, other_first, other_last in _blocks(left, right):
        for number in range(max(last - first, other_last - other_first)):
            here, there = first + number, other_first + number
            yield from differences(
                left[here] if here < last else ABSENT,
                right[there] if there < other_last else ABSENT,
                f"{path}[{start + (here if here < last else there)}]",
            )


def _blocks(left: Sequence[Any], right: Sequence[Any]) -> list[tuple[int, int, int, int]]:
    """Return the ranges of two lists that differ."""
    if max(len(left), len(right)) > MAX_ALIGNED:
        return [(0, len(left), 0, len(right))]
    keys, other_keys = (
        [json.dumps(item, sort_keys=True) for item in items] for items in (left, right)
    )
    matcher = SequenceMatcher(None, keys, other_keys, autojunk=False)
    return [block[1:] for block in matcher.get_opcodes() if block[0] != "equal"]
