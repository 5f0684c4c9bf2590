"""The shape of a record: the types of all that is used of one that lies in a bag.

Enters: a record as read. Leaves: where it is not of the shape that ``record.schema.json`` has, if it is not. A record in a
bag may come from anybody; what is used of it later is checked once, here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_FINDING = {"clause": str, "severity": str, "message": str, "hint": str}
_VERDICT = {
    "profile": str, "validator": str, "version": str, "passed": bool, "findings": [_FINDING],
}  # fmt: skip
_EDIT = {"stage": str, "rule": str, "offset": int, "length": int, "before": str, "after": str, "reason": str}  # fmt: skip
_REPORT = {
    "title": str, "issuer": str, "date": str, "document_number": str, "period": str, "language": str,
}  # fmt: skip
_SHAPE: dict[str, Any] = {
    "source": {"name": str, "sha256": str, "encoding": str},
    "options": {"style": str, "names": [str]},
    "report": _REPORT,
    "edits": [_EDIT],
    "observations": [{}],
    "fonts": [{"family": str, "style": str, "version": str}],
    "text": str,
    "additions": [{"at": int, "text": str}],
    "pdf": {"sha256": str, "pages": int, "declares": [str], "verdicts": [_VERDICT]},
    "software": {"publisher": str},
}
"""A dictionary is an object with at least these keys, a list of one an array of such."""
_DEEPEST = 32
"""What nests deeper is no record, and exhausts whoever writes it down again."""
_NAMES = {str: "a text", int: "a whole number", bool: "true or false"}


def misshapen(record: dict[str, Any]) -> str:
    """Return what is first wrong with a record's shape; empty where nothing is."""
    return next(_problems(record, _SHAPE, ""), "") or next(_strange(record), "")


def _problems(value: Any, shape: Any, at: str) -> Iterator[str]:
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            yield f"{at} is not an object"
            return
        for key, inner in shape.items():
            below = f"{at}.{key}" if at else key
            if key not in value:
                yield f"{below} is missing"
            else:
                yield from _problems(value[key], inner, below)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{at} is not an array"
            return
        for number, one in enumerate(value):
            yield from _problems(one, shape[0], f"{at}[{number}]")
    elif type(value) is not shape:
        yield f"{at} is not {_NAMES[shape]}"


def _strange(record: dict[str, Any]) -> Iterator[str]:
    """Yield what no file could hold or no program compare: half characters, and versions that are no text."""
    if not all(isinstance(one, str) for one in record["software"].values()):
        yield "software has a version that is not a text"
    waiting: list[tuple[str, Any, int]] = [(top, value, 1) for top, value in record.items()]
    while waiting:
        top, value, depth = waiting.pop()
        if depth > _DEEPEST:
            yield f"{top} is nested too deeply"
        elif isinstance(value, dict):
            waiting += [(top, one, depth + 1) for pair in value.items() for one in pair]
        elif isinstance(value, list):
            waiting += [(top, one, depth + 1) for one in value]
        elif isinstance(value, str) and any("\ud800" <= one <= "\udfff" for one in value):
            yield f"{top} holds half a character, which no text has"
