"""What each patch of WeasyPrint saves: instructions that typesetting executes with all patches and with all but one.

In: documents of several kinds. Out: for each patch and kind, the instructions and the file size without the patch, as
multiples of those with all. ``counted_typesetting.py`` sets the documents, each in a process of its own; valgrind
(cachegrind without its caches, which is four times as fast as callgrind) counts what each process executes. Times
would not do: those of two equal engines differ by several per cent on a machine with other work, and most patches save
as much.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from publisher.errors import PublisherError
from publisher.system.compiled_modules import PACKAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of document that patches are counted with."""

    description: str
    style: str
    characters: int = 0
    """Of its prose."""
    rows: int = 0
    """Rows of its table."""
    charts: int = 0
    drawing: bool = False
    """Whether a tree drawn with characters is in it, which is preformatted."""
    patches: tuple[str, ...] = ()
    """The only patches that are counted with it, as it takes long; all if empty."""


KINDS = {
    "gongwen": Kind(
        description="a report in the style gongwen", style="gongwen", characters=300, rows=10
    ),
    "reader": Kind(
        description="a report in the style reader", style="reader", characters=300, rows=10
    ),
    "charts": Kind(description="a text whose appendix has four charts", style="gongwen", charts=4),
    "long table": Kind(
        description="a report with a table of 200 rows", style="gongwen", characters=300, rows=200
    ),
    "page numbers": Kind(
        description="a report whose appendix refers to a page about 800 times",
        style="gongwen",
        characters=20_000,
        rows=10,
        patches=("page_counters",),
    ),
    "drawing": Kind(
        description="a report with a tree drawn with characters",
        style="gongwen",
        characters=300,
        drawing=True,
        patches=("regex_cache",),
    ),
}
"""The kinds of documents, as small as may be. Two styles: ``reader`` has a table of contents, with page numbers."""
QUICK_KINDS = {
    name: replace(
        kind,
        characters=min(kind.characters, 300),
        rows=min(kind.rows, 10),
        charts=min(kind.charts, 1),
    )
    for name, kind in KINDS.items()
}
ALL = "all patches"
"""The engine that the others are compared with."""


def find_missing_tool() -> str:
    """Return what is not installed for counting, as the start of “… is not installed”; empty if nothing is."""
    return "" if shutil.which("valgrind") else "valgrind"


def measure_patches(kinds: dict[str, Kind], folder: Path | None = None) -> dict[str, Any]:
    """Return the measurements by the name of each patch; this takes about half an hour of processor time.

    Args:
        kinds: The kinds of documents.
        folder: Keeps the counts. What an earlier run with the same program has counted there is not counted again.

    Raises:
        PublisherError: The process that is counted has failed.

    """
    if folder is None:
        with TemporaryDirectory() as temporary:
            return measure_patches(kinds, Path(temporary))
    if _write_plan(kinds, folder):
        _run(
            [
                *("valgrind", "--tool=cachegrind", "--cache-sim=no", "--branch-sim=no", "--quiet"),
                f"--cachegrind-out-file={folder / 'counts.%p'}",
                *(sys.executable, Path(__file__).with_name("counted_typesetting.py"), folder),
            ]
        )
    return summarise(kinds, folder)


def summarise(kinds: dict[str, Kind], folder: Path) -> dict[str, Any]:
    """Return the measurements by the name of each patch; those that are not counted in the folder have none."""
    from publisher.typeset.patches.registry import PATCHES

    whole = json.loads((folder / f"{ALL}.json").read_bytes())
    counts = {
        patch: json.loads(path.read_bytes())
        if (path := folder / f"{patch.name}.json").is_file()
        else {}
        for patch in PATCHES
    }
    return {
        "kinds": {name: kind.description for name, kind in kinds.items()},
        "instructions": {name: whole[name][0] for name in kinds},
        "patches": {
            patch.name: {
                "reason": patch.reason,
                "instructions": {
                    name: count[0] / whole[name][0] for name, count in without.items()
                },
                "size": {name: count[1] / whole[name][1] for name, count in without.items()},
            }
            for patch, without in counts.items()
        },
    }


def _write_plan(kinds: dict[str, Kind], folder: Path) -> list[str]:
    """Write what is counted, and return the engines that are not counted yet.

    Counts of another plan or another program are deleted.
    """
    from publisher.system.software import package_version
    from publisher.typeset.patches.registry import PATCH_NAMES

    names = sorted(PATCH_NAMES)
    plan = {
        "program": [sys.version, package_version("weasyprint"), _digest(PACKAGE)],
        "kinds": {name: asdict(kind) for name, kind in kinds.items()},
        "engines": {
            name: {
                "patches": [other for other in names if other != name],
                "kinds": [
                    kind
                    for kind, described in kinds.items()
                    if name == ALL or name in (described.patches or names)
                ],
            }
            for name in (ALL, *names)
        },
    }
    folder.mkdir(parents=True, exist_ok=True)
    path, text = folder / "plan.json", json.dumps(plan)
    if not path.is_file() or path.read_text() != text:
        for name in plan["engines"]:
            (folder / f"{name}.json").unlink(missing_ok=True)
        path.write_text(text)
    return [name for name in plan["engines"] if not (folder / f"{name}.json").is_file()]


def _digest(package: Path) -> str:
    """Return a digest of the modules of a package, compiled ones included."""
    digest = hashlib.sha256()
    for path in sorted((*package.rglob("*.py"), *package.rglob("*.so"))):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _run(command: list[str | Path]) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, env=environment, check=False)  # noqa: S603 - our own program
    if done.returncode:
        raise PublisherError(
            f"counting stopped with exit code {done.returncode}",
            hint="see the messages above; counts in the folder of --counts are used by the next run",
        )
