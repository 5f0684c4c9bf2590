"""The plan of a bag: the name of each report in it, chosen before anything is built.

Input: the reports of a source, as tasks. Output: the draft of the bag and its items. Names are normalised to NFC, are
valid on every system, and differ in more than case; the source file of a report keeps its own name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import SOURCES, name_in_bag
from publisher.archive.draft import Draft
from publisher.archive.pack_report import BagItem
from publisher.archive.style_materials import Materials, collect_materials
from publisher.batch.task import refuse_shared_decisions
from publisher.errors import UsageError
from publisher.messages import join_texts, translatable
from publisher.profiles import PROFILES
from publisher.readers import printable_name
from publisher.text.unicode_data import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from publisher.batch.task import Task
    from publisher.options import Options

ARCHIVABLE_PROFILES = tuple(name for name, profile in PROFILES.items() if profile.attachments)
"""The profiles that a bag accepts: those whose PDFs embed their source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagPlan:
    """A bag to write."""

    source: Path
    """The file or folder to archive."""
    draft: Draft
    items: tuple[BagItem, ...]
    materials: Materials
    from_folder: bool
    """Whether ``source`` is a folder."""


def plan_bag(source: Path, tasks: Sequence[Task], *, from_folder: bool) -> BagPlan:
    """Plan the bag of a source; raise ``UsageError`` for a profile that a bag does not accept."""
    for task in tasks:
        _require_profile(task.options)
    refuse_shared_decisions(tasks)
    materials = collect_materials(dict.fromkeys(task.options for task in tasks))
    bag_name = source.resolve().name if from_folder else source.stem or source.name
    draft = Draft(tasks[0].options.output / name_in_bag(bag_name))
    draft.require_free_target()
    used_names: set[str] = set()
    used_sources: set[str] = set()
    items = []
    for task in tasks:
        parents, name = _split_folders(task.name)
        stem, suffix = _split_suffix(_split_folders(printable_name(task.source))[1])
        items.append(
            BagItem(
                task=task,
                name=_unused_path(parents, name, "", used_names),
                source_path=f"{SOURCES}/{_unused_path(parents, stem, suffix, used_sources)}",
                draft=draft.folder,
                style_path=materials.styles.get(task.options.style, ""),
                glossary_path=materials.glossaries.get(task.options.glossary, ""),
            )
        )
    return BagPlan(
        source=source,
        draft=draft,
        items=tuple(items),
        materials=materials,
        from_folder=from_folder,
    )


def _require_profile(options: Options) -> None:
    if options.profile not in ARCHIVABLE_PROFILES:
        raise UsageError(
            translatable(
                "profile: {profile!r} is not for archiving: its PDFs do not embed their source",
                profile=options.profile,
            ),
            hint=translatable(
                "omit it, or choose one of {archivable_profiles}",
                archivable_profiles=join_texts(", ", ARCHIVABLE_PROFILES),
            ),
        )


def _split_folders(name: str) -> tuple[str, str]:
    """Return the folders of a name, each followed by a slash, and the last part, as names in a bag."""
    *folders, last = (name_in_bag(part) for part in name.split("/"))
    return "".join(f"{folder}/" for folder in folders), last


def _split_suffix(name: str) -> tuple[str, str]:
    stem, dot, suffix = name.rpartition(".")
    return (stem, f".{suffix}") if dot and stem else (name, "")


def _unused_path(folder: str, stem: str, suffix: str, used_paths: set[str]) -> str:
    """Return a path that is not in use, with a number if necessary, and add it to ``used_paths``."""
    path, number = f"{folder}{stem}{suffix}", 1
    while normalize("NFC", path).casefold() in used_paths:
        number += 1
        path = f"{folder}{stem}~{number}{suffix}"
    used_paths.add(normalize("NFC", path).casefold())
    return path
