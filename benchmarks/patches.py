"""What each patch of WeasyPrint saves: instructions that typesetting executes with all patches and with all but one.

In: documents of several kinds. Out: for each patch and kind, the instructions and the file size without the patch, as
multiples of those with all. Valgrind counts the instructions in ``counted_typesetting.py``. Times would not do: those
of two equal engines differ by several per cent on a machine with other work, and most patches save as much.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from publisher.errors import PublisherError


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


KINDS = {
    "gongwen": Kind(
        description="a report in the style gongwen", style="gongwen", characters=300, rows=10
    ),
    "reader": Kind(
        description="a report in the style reader", style="reader", characters=300, rows=10
    ),
    "charts": Kind(description="a text whose appendix has eight charts", style="gongwen", charts=8),
    "long table": Kind(
        description="a report with a table of 600 rows", style="gongwen", characters=300, rows=600
    ),
}
"""The kinds of documents. Two styles: ``reader`` has a table of contents, with page numbers."""
QUICK_KINDS = {
    name: replace(kind, rows=min(kind.rows, 10), charts=min(kind.charts, 1))
    for name, kind in KINDS.items()
}
ALL = "all patches"
"""The engine that the others are compared with."""
CONTROL = "all patches again"
"""An engine with the same patches, which shows how exact the counts are."""
THRESHOLD = 1.02
"""A patch that saves less than this in every kind of document is removed."""

_CLIENT_REQUESTS = """#include <valgrind/callgrind.h>
void start(void) { CALLGRIND_START_INSTRUMENTATION; CALLGRIND_ZERO_STATS; }
void stop(const char *name) { CALLGRIND_DUMP_STATS_AT(name); CALLGRIND_STOP_INSTRUMENTATION; }
"""
"""The functions with which the counted process starts and stops counting."""
_DESCRIPTION = re.compile(r"^desc: Trigger: Client Request: (.+)$", re.MULTILINE)
_TOTAL = re.compile(r"^totals: (\d+)$", re.MULTILINE)


def find_missing_tool() -> str:
    """Return what is not installed for counting, as the end of “… is not installed”; empty if nothing is."""
    return next((tool for tool in ("valgrind", "cc") if not shutil.which(tool)), "")


def measure_patches(kinds: dict[str, Kind]) -> dict[str, Any]:
    """Return the measurements by the name of each patch; this takes about an hour.

    Raises:
        PublisherError: The process that is counted has failed.

    """
    from publisher.typeset.patches.registry import PATCHES

    with TemporaryDirectory() as temporary:
        counts, sizes = _count(kinds, Path(temporary))
    return {
        "kinds": {name: kind.description for name, kind in kinds.items()},
        "instructions": {name: counts[ALL, name] for name in kinds},
        "control": {name: counts[CONTROL, name] / counts[ALL, name] for name in kinds},
        "patches": {
            patch.name: {
                "reason": patch.reason,
                "instructions": {
                    name: counts[patch.name, name] / counts[ALL, name] for name in kinds
                },
                "size": {name: sizes[patch.name][name] / sizes[ALL][name] for name in kinds},
            }
            for patch in PATCHES
        },
    }


def _count(
    kinds: dict[str, Kind], folder: Path
) -> tuple[dict[tuple[str, str], int], dict[str, dict[str, int]]]:
    """Return the instructions by engine and kind, and the bytes of the files by engine and kind."""
    source, library = folder / "client_requests.c", folder / "client_requests.so"
    source.write_text(_CLIENT_REQUESTS)
    _run(["cc", "-shared", "-fPIC", "-o", library, source])
    plan = {
        name: [kind.style, kind.characters, kind.rows, kind.charts] for name, kind in kinds.items()
    }
    (folder / "plan.json").write_text(json.dumps(plan))
    _run(
        [
            *("valgrind", "--tool=callgrind", "--instr-atstart=no", "--quiet"),
            f"--callgrind-out-file={folder / 'counts'}",
            *(sys.executable, Path(__file__).with_name("counted_typesetting.py"), folder),
        ]
    )
    counts = {}
    for path in folder.glob("counts.*"):
        text = path.read_text(errors="replace")
        description, total = _DESCRIPTION.search(text), _TOTAL.search(text)
        if description and total:
            engine, _, kind = description[1].partition("|")
            counts[engine, kind] = int(total[1])
    return counts, json.loads((folder / "sizes.json").read_bytes())


def _run(command: list[str | Path]) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own programs
    if done.returncode:
        last_line = (done.stderr.strip().splitlines() or [""])[-1]
        raise PublisherError(
            f"{command[0]} stopped with exit code {done.returncode}: {last_line}",
            hint="install valgrind with its header files (Debian: apt-get install valgrind gcc libc6-dev)",
        )
