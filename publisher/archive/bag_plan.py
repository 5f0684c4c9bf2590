"""The plan of a bag: what each report of a source is called in it, before anything is built.

Enters: the reports that a source names, as tasks. Leaves: the bag's place and its items. Names are NFC, fit every
system, and no two are one where case does not count; a source keeps its own name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from publisher.archive.bag_layout import SOURCES, name_in_bag
from publisher.archive.draft import Draft
from publisher.archive.pack_report import Item
from publisher.archive.style_materials import Materials, gather
from publisher.errors import UsageError
from publisher.readers import printable_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from publisher.batch.task import Task
    from publisher.options import Options

PROFILES = ("archive", "archive-2")
"""The profiles that a bag may be made with: those that hold their source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagPlan:
    """A bag to make."""

    source: Path
    """The file or folder that was named."""
    draft: Draft
    items: tuple[Item, ...]
    materials: Materials
    of_folder: bool


def plan_bag(source: Path, tasks: Sequence[Task], *, of_folder: bool) -> BagPlan:
    """Plan the bag of a source; raise ``UsageError`` for options that no archive can take."""
    for task in tasks:
        _require_profile(task.options)
    materials = gather(dict.fromkeys(task.options for task in tasks))
    called = source.resolve().name if of_folder else source.stem or source.name
    draft = Draft(tasks[0].options.output / name_in_bag(called))
    draft.require_free()
    names: set[str] = set()
    sources: set[str] = set()
    items = []
    for task in tasks:
        places, name = _placed(task.name)
        own = _placed(printable_name(task.source))[1]
        items.append(
            Item(
                task=task,
                name=_free(places, name, "", names),
                source=f"{SOURCES}/{_free(places, *_parted(own), sources)}",
                draft=draft.folder,
                style=materials.styles.get(task.options.style, ""),
                glossary=materials.glossaries.get(task.options.glossary, ""),
            )
        )
    return BagPlan(
        source=source, draft=draft, items=tuple(items), materials=materials, of_folder=of_folder
    )


def _require_profile(options: Options) -> None:
    if options.profile not in PROFILES:
        raise UsageError(
            f"profile: {options.profile!r} is not for an archive: its file does not hold its source",
            hint=f"leave it out, or name one of {', '.join(PROFILES)}",
        )


def _placed(name: str) -> tuple[str, str]:
    """Return the folders of a name, with a slash at their end, and its last part."""
    *folders, last = (name_in_bag(part) for part in name.split("/"))
    return "".join(f"{folder}/" for folder in folders), last


def _parted(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    return (stem, f".{suffix}") if dot and stem else (name, "")


def _free(folder: str, stem: str, suffix: str, taken: set[str]) -> str:
    """Return a path that no other has, with a number where it must be."""
    path, number = f"{folder}{stem}{suffix}", 1
    while normalize("NFC", path).casefold() in taken:
        number += 1
        path = f"{folder}{stem}~{number}{suffix}"
    taken.add(normalize("NFC", path).casefold())
    return path
