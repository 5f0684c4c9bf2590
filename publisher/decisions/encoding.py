"""Writing of a decisions file: TOML with a comment at its head, keys and entries in a fixed order.

Input: ``DecisionEntries``. Output: bytes in UTF-8 that ``parse_entries`` reads as the same entries.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msgspec import Struct

    from publisher.decisions.entries import DecisionEntries

HEAD = """\
# Decisions about a report: which edits are made, its metadata, the roles of its lines, captions of its tables.
# publisher build reads this file beside the source; publisher review --write changes it (docs/review.md).
# Remarks of your own belong into the key note of an entry; comments are not preserved.
"""
_STRING = re.compile(r'"""(?:.|\n)*?"""|\'\'\'(?:.|\n)*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'')


def encode_entries(entries: DecisionEntries) -> bytes:
    """Return a decisions file with these entries."""
    blocks = [
        *_block("[source]", entries.source),
        *_block("[report]", entries.report),
        *(block for entry in entries.edit for block in _block("[[edit]]", entry)),
        *(block for entry in entries.line for block in _block("[[line]]", entry)),
        *(block for entry in entries.table for block in _block("[[table]]", entry)),
    ]
    return "\n".join([HEAD, *blocks]).encode()


def has_comments(data: bytes) -> bool:
    """Return whether a decisions file has comments other than those of its head."""
    text = _STRING.sub('""', data.decode("utf-8-sig"))
    head = HEAD.splitlines()
    return any("#" in line and line not in head for line in text.splitlines())


def _block(header: str, entry: Struct) -> Iterator[str]:
    """Yield a table with the keys that differ from their defaults, if there are any."""
    defaults = dict(
        zip(entry.__struct_fields__[::-1], entry.__struct_defaults__[::-1], strict=False)
    )
    lines = [
        f"{name} = {_value(getattr(entry, name))}"
        for name in entry.__struct_fields__
        if name not in defaults or getattr(entry, name) != defaults[name]
    ]
    if lines:
        yield "\n".join([header, *lines, ""])


def _value(value: str | int) -> str:
    """Return a value as TOML; characters that cannot be seen are escaped."""
    if isinstance(value, int):
        return str(value)
    return f'"{"".join(map(_escape, value))}"'


def _escape(character: str) -> str:
    named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    if character in named:
        return named[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
