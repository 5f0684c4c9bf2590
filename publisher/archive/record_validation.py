"""Further checks of a record that comes with a bag, which anybody may have written.

Input: a record with the types of ``publisher.model.record_types``. Output: what else is wrong with it:
nesting too deep or an integer too large to be written again, half of a surrogate pair, a software version
that is not a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.messages import translatable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model.record_types import Record

MAX_DEPTH = 32
"""Levels of nesting; writing a deeper value could exhaust the stack."""

MAX_BITS = 63
"""The largest integer that JSON libraries write."""


def find_record_problem(record: Record) -> str:
    """Return the first problem of a record; empty if there is none."""
    return next(_problems(record), "")


def _problems(record: Record) -> Iterator[str]:
    if not all(isinstance(version, str) for version in record["software"].values()):
        yield "software has a version that is not a text"
    pending: list[tuple[str, Any, int]] = [(key, value, 1) for key, value in record.items()]
    while pending:
        key, value, depth = pending.pop()
        if depth > MAX_DEPTH:
            yield translatable("{key} is nested too deeply", key=key)
        elif isinstance(value, dict):
            pending += [(key, part, depth + 1) for item in value.items() for part in item]
        elif isinstance(value, list):
            pending += [(key, part, depth + 1) for part in value]
        elif isinstance(value, int) and value.bit_length() > MAX_BITS:
            yield translatable(
                "{key} contains an integer of more than {max_bits} bits", key=key, max_bits=MAX_BITS
            )
        elif isinstance(value, str) and any("\ud800" <= code <= "\udfff" for code in value):
            yield translatable("{key} contains half of a surrogate pair", key=key)
