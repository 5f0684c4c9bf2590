"""Mistakes in a decisions file in plain words: the entry, the key, what it has and what is expected.

Input: the content of the file and the error of its validation. Output: a message and a hint. Entries are counted from 1.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from publisher.messages import translatable

if TYPE_CHECKING:
    from msgspec import ValidationError

LISTS = ("edit", "line", "table")
"""Tables that a file may have several times, each begun by its name in double brackets."""
_PATH = re.compile("\\$\\.(?P<table>\\w+)(?:\\[(?P<index>\\d+)\\])?(?:\\.(?P<key>\\w+))?")
_MISSING = re.compile("Object missing required field `(?P<key>\\w+)`")
_TEXT = "a text in quotation marks"
_EXPECTED = {
    "offset": "a whole number from 0 on",
    "level": "a whole number from 0 to 6",
    "sha256": "a digest of 64 hexadecimal digits",
}
"""What a key must have as its value; all others have a text."""
_EXAMPLES = {
    "rule": 'rule = "punctuation"',
    "decision": 'decision = "reject"',
    "before": 'before = ","',
    "after": 'after = "，"',
    "offset": "offset = 25",
    "text": 'text = "一、概况"',
    "role": 'role = "heading"',
    "level": "level = 2",
    "caption": 'caption = "表1 公开渠道"',
    "file": 'file = "report.txt"',
    "title": 'title = "某市2019年工作报告"',
    "subtitle": 'subtitle = "（摘要）"',
    "issuer": 'issuer = "某市人民政府"',
    "date": "date = 2020-01-08",
    "preceding": 'preceding = "申请"',
    "following": 'following = "办结"',
    "note": 'note = "与原件核对"',
}
"""A possible line for each key but the digest."""


def describe_mistake(content: dict[str, Any], error: ValidationError) -> tuple[str, str]:
    """Return what is wrong in a decisions file, and what to write.

    Args:
        content: The file as its TOML says, with known names of tables and keys.
        error: The first mistake in it.

    """
    reason, _, path = str(error).partition(" - at ")
    match = _PATH.fullmatch(path.strip("`"))
    if match is None:
        return reason, "docs/review.md describes the file"
    table, index, key = match.group("table", "index", "key")
    value = content[table]
    label = table
    if index is not None:
        value, label = value[int(index)], f"{table} {int(index) + 1}"
    if missing := _MISSING.fullmatch(reason):
        return translatable(
            "{label}: the key '{key}' is missing", label=label, key=missing["key"]
        ), _example(missing["key"])
    if key is None:
        brackets = f"[[{table}]]" if table in LISTS else f"[{table}]"
        entry = "each entry" if table in LISTS else "the only entry"
        return (
            translatable("{label}: {shown} is not an entry", label=label, shown=_shown(value)),
            translatable(
                "begin {entry} with a line {brackets}, and write its keys below",
                entry=entry,
                brackets=brackets,
            ),
        )
    if value[key] == "":
        return translatable("{label}, {key}: is empty", label=label, key=key), _example(key)
    expected = _EXPECTED.get(key, _TEXT)
    return translatable(
        "{label}, {key}: {shown} is not {expected}",
        label=label,
        key=key,
        shown=_shown(value[key]),
        expected=expected,
    ), _example(key)


def _example(key: str) -> str:
    if key == "sha256":
        return "leave it out; publisher review --write stores it"
    return translatable("for example: {examples}", examples=_EXAMPLES[key])


def _shown(value: Any) -> str:
    """Return a value as a message shows it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return str(value) if isinstance(value, int | float | dt.date | dt.time) else repr(value)
