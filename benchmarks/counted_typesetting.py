"""Typeset documents of several kinds with all patches and without each: run by ``patches.py`` under valgrind.

Reads ``plan.json`` in the folder that it is called with. Writes ``ENGINE.json`` there for each engine of the plan, unless
it is there already: by kind the instructions that typesetting has executed, and the bytes of the file.

Processes are forked from one that has loaded the modules and the fonts: one for each engine, which sets a short
document; and from it one for each kind of document, and one that sets none, whose instructions are not the document's.
So no document finds what another has cached. Valgrind writes what each process has executed when it ends.
"""

from __future__ import annotations

import gc
import json
import os
import re
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from documents import as_text, generate
from peers import NAME

from publisher.options import Options
from publisher.pipeline import prepare_report
from publisher.profiles import PROFILES
from publisher.readers import read_bytes
from publisher.system import process
from publisher.typeset.engine import Engine
from publisher.typeset.fonts.library import load_library
from publisher.typeset.output.identification import Declaration

if TYPE_CHECKING:
    from collections.abc import Callable

    Typeset = Callable[[Engine], bytes]

AT_A_TIME = os.cpu_count() or 1
"""How many engines work at a time."""
_TOTAL = re.compile(r"^summary: (\d+)", re.MULTILINE)


def main(folder: Path) -> None:
    """Set the documents.

    Raises:
        SystemExit: An engine has failed; the message names it.

    """
    process.own(cores_are_shared=True)  # everything in one thread
    plan = json.loads((folder / "plan.json").read_bytes())
    documents = {
        name: prepare(
            1,
            kind["style"],
            kind["characters"],
            rows=kind["rows"],
            charts=kind["charts"],
            drawing=kind["drawing"],
        )
        for name, kind in plan["kinds"].items()
    }
    first_document = prepare(0, "gongwen", 20, rows=0, charts=0)
    engine = Engine(load_library())
    first_document(engine)
    for style in dict.fromkeys(kind["style"] for kind in plan["kinds"].values()):
        prepare(0, style, 100, rows=2, charts=1)(engine)
    waiting = [name for name in plan["engines"] if not _path(folder, name).is_file()]
    working = {}
    while waiting or working:
        if waiting and len(working) < AT_A_TIME:
            name = waiting.pop(0)
            planned = plan["engines"][name]
            counted = {kind: documents[kind] for kind in planned["kinds"]}
            task = _engine_task(folder, name, planned["patches"], first_document, counted)
            working[_fork(task)] = name
            continue
        number, status = os.wait()
        if status:
            raise SystemExit(f"the engine “{working[number]}” failed")
        print(f"counted: {working.pop(number)}", file=sys.stderr, flush=True)


def _engine_task(
    folder: Path,
    name: str,
    patches: list[str],
    first_document: Typeset,
    documents: dict[str, Typeset],
) -> Callable[[], None]:
    """Return what the process of one engine does."""

    def count() -> None:
        engine = Engine(load_library(), patches=patches)
        first_document(engine)
        gc.collect()
        gc.freeze()
        before, _ = _count_typesetting(folder, engine, lambda _: b"")
        counts = {}
        for kind, typeset in documents.items():
            instructions, size = _count_typesetting(folder, engine, typeset)
            counts[kind] = [instructions - before, size]
        unfinished = _path(folder, f"{name}.unfinished")
        unfinished.write_text(json.dumps(counts))
        unfinished.rename(_path(folder, name))

    return count


def _count_typesetting(folder: Path, engine: Engine, typeset: Typeset) -> tuple[int, int]:
    """Return the instructions of a process that sets a document, from its first ancestor on, and the file's bytes."""
    sizes = folder / "size"

    def set_document() -> None:
        sizes.with_suffix(f".{os.getpid()}").write_text(str(len(typeset(engine))))

    number = _fork(set_document)
    if os.waitpid(number, 0)[1]:
        raise SystemExit("a document was not set")
    total = _TOTAL.search((folder / f"counts.{number}").read_text(errors="replace"))
    if total is None:
        raise SystemExit("valgrind wrote no instructions")
    return int(total[1]), int(sizes.with_suffix(f".{number}").read_bytes())


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"


def _fork(task: Callable[[], None]) -> int:
    """Return the number of a new process that does a task, and ends with 1 if it fails."""
    return os.fork() or _exit_after(task)


def _exit_after(task: Callable[[], None]) -> NoReturn:
    status = 1
    try:
        task()
        status = 0
    except BaseException:  # noqa: BLE001 - the parent reports it
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


DRAWING = "\n办公室\n├── 甲科\n│   ├── 一组\n│   └── 二组\n└── 乙科\n"
"""A tree, whose lines are kept as they are."""


def prepare(
    seed: int, style: str, characters: int, *, rows: int, charts: int, drawing: bool = False
) -> Callable[[Engine], bytes]:
    """Return a function that has an engine typeset a generated report and returns the PDF."""
    text = as_text(generate(seed, characters=characters, rows=rows, charts=charts))
    if drawing:
        text += DRAWING
    raw, edits = read_bytes(text.encode(), name=NAME)
    ready = prepare_report(raw, edits, Options(style=style, date="2024-01-31"), where="")
    declaration = Declaration(
        profile=PROFILES["archive"],
        metadata=ready.parsed.report.metadata,
        timestamp="2024-01-31T00:00:00+08:00",
        producer="benchmark",
        creator="benchmark",
    )

    def typeset(engine: Engine) -> Any:
        return engine.typeset(ready.page.html, ready.page.css, declaration).pdf

    return typeset


if __name__ == "__main__":
    main(Path(sys.argv[1]))
