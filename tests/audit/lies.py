"""Lies about a record: another value for each leaf, entries taken away and entries added."""

import copy
import re
from collections import Counter

from publisher.model import record_types
from publisher.record import validate_record

_INDEX = re.compile(r"\[\d+\]")


def leaf_keys(kind=record_types.Record, path=""):
    """Yield the key of each leaf of a type, as ``publisher.audit.claims`` writes it."""
    import typing

    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated or origin is typing.NotRequired:
        yield from leaf_keys(arguments[0], path)
    elif origin is list:
        yield from leaf_keys(arguments[0], f"{path}[]")
    elif origin is dict:
        yield f"{path}.{{}}"
    elif typing.is_typeddict(kind):
        for key, value in typing.get_type_hints(kind, include_extras=True).items():
            yield from leaf_keys(value, f"{path}.{key}" if path else key)
    elif origin is not None and any(typing.is_typeddict(item) for item in arguments):
        yield from leaf_keys(next(item for item in arguments if typing.is_typeddict(item)), path)
    else:
        yield path


def leaves(value, path=()):
    """Yield the path and the value of each leaf of a value of JSON."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for number, item in enumerate(value):
            yield from leaves(item, (*path, number))
    else:
        yield path, value


def key_of(path):
    """The key of a path, numbers left out."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return _INDEX.sub("[]", text.removeprefix("."))


def lists(value, path=()):
    """Yield the path of each list of a value."""
    if isinstance(value, list):
        yield path
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, item in parts:
        yield from lists(item, (*path, key))


_WORDS = {
    "severity": ("error", "warning", "note"),
    "stage": ("read", "normalise", "convert"),
    "origin": ("source", "derived"),
    "form": ("2021-3", "2019-2"),
    "value": ("77", "78"),
    "date": ("2001-02-03", "2001-02-04"),
    "language": ("zh-Hant-HK", "zh-Hans"),
    "sha256": ("0" * 64, "1" * 64),
    "decision": ("accept", "reject"),
    "role": ("title", "body"),
    "encoding": ("gb18030", "utf-8"),
    "style": ("reader", "book"),
    "align": ("left", "style"),
    "script": ("zh-Hant-TW", "keep"),
    "forms": ("standard", "office"),
    "vocabulary": ("tw", "none"),
    "profile": ("archive-2", "archive"),
    "edits": ("all", "none"),
    "tables": ("none", "inline"),
    "wide_tables": ("fold-out", "parts"),
    "engine": ("stock", "fast"),
}
_KINDS = {
    "relations": ("part", "change", "rate", "repetition"),
    "checks": ("sum", "percentage", "growth", "enumeration"),
    "kinds": ("figure", "blank", "words", "none"),
}


def other_value(path, value):  # noqa: PLR0911 - one for each type
    """Another value of the same type, plausible where the record allows few."""
    name = next(part for part in reversed(path) if isinstance(part, str))
    if path[0] in _KINDS and name in ("kind", "kinds"):
        return next(item for item in _KINDS[name if name == "kinds" else path[0]] if item != value)
    if name in _WORDS and isinstance(value, str):
        return next(item for item in _WORDS[name] if item != value)
    if isinstance(value, bool):
        return not value
    if value is None:
        return True if name == "holds" else 1
    if isinstance(value, float) and name == "encoding_confidence":
        return 0.5 if value != 0.5 else 1.0
    if isinstance(value, int | float):
        return value + 1
    if value == {}:
        return {"title": "另一个"}
    if isinstance(value, list):
        return None
    return f"{value}假"


def lies(record, *, per_key=1):
    """Yield the name of each lie, its path and the record with it; ``per_key`` lies about each key.

    A lie that is no valid record, which is not read, is left out, and so is one that says nothing else.
    """
    seen = Counter()
    for path, lie, name in (*_changed_leaves(record), *_changed_lists(record)):
        if seen[name.partition(":")[0]] >= per_key or lie == record:
            continue
        if is_valid(lie):
            seen[name.partition(":")[0]] += 1
            yield name, path, lie


def _changed_leaves(record):
    for path, value in leaves(record):
        changed = other_value(path, value)
        if changed is not None and path not in (("record_version",), ("decisions",)):
            lie = _copy_to(record, path[:-1])
            _at(lie, path[:-1])[path[-1]] = changed
            yield path, lie, f"{key_of(path)}: {value!r:.20} → {changed!r:.20}"


def _changed_lists(record):
    for path in lists(record):
        items = _at(record, path)
        if not items:
            continue
        changes = {"without its last item": items[:-1], "its last item twice": [*items, items[-1]]}
        if path == ("options", "names"):
            del changes["its last item twice"]  # which says the same
        for words, changed in changes.items():
            lie = _copy_to(record, path[:-1])
            _at(lie, path[:-1])[path[-1]] = changed
            yield path, lie, f"{key_of(path)} {words}:"


def _copy_to(record, path):
    """A copy of a record in which what is on a path may be changed."""
    lie = copy.copy(record)
    part = lie
    for name in path:
        part[name] = copy.copy(part[name])
        part = part[name]
    return lie


def _at(value, path):
    for part in path:
        value = value[part]
    return value


def is_valid(record):
    """Whether a record has the types of one, so that it is read."""
    try:
        validate_record(record)
    except ValueError:
        return False
    return True
