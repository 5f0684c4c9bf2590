"""Typeset a document of each kind with all patches and without each, counting instructions: run by ``patches.py``.

Runs under valgrind. Reads ``plan.json`` in the folder that it is called with and writes ``sizes.json`` there: the bytes
of each file by engine and kind. Valgrind writes the counts.
"""

from __future__ import annotations

import ctypes
import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents import as_text, generate
from patches import ALL, CONTROL
from peers import NAME

from publisher.options import Options
from publisher.pipeline import prepare_report
from publisher.profiles import PROFILES
from publisher.readers import read_bytes
from publisher.system import process
from publisher.typeset.engine import Engine
from publisher.typeset.fonts.library import load_library
from publisher.typeset.output.identification import Declaration
from publisher.typeset.patches.registry import PATCH_NAMES, PATCHES

if TYPE_CHECKING:
    from collections.abc import Callable

WARM_UP_CHARACTERS = 300
"""Of the report that each engine sets before counting begins, so that fonts and caches are loaded."""


def main(folder: Path) -> None:
    """Count, and write the sizes."""
    process.own(cores_are_shared=True)  # everything in one thread, which is the counted one
    counter = ctypes.CDLL(str(folder / "client_requests.so"))
    plan = json.loads((folder / "plan.json").read_bytes())
    library = load_library()
    engines = {
        ALL: Engine(library),
        **{patch.name: Engine(library, patches=PATCH_NAMES - {patch.name}) for patch in PATCHES},
        CONTROL: Engine(library),
    }
    warm_up = {
        style: prepare(0, style, WARM_UP_CHARACTERS, rows=2, charts=1)
        for style in {style for style, *_ in plan.values()}
    }
    documents = {
        name: prepare(1, style, characters, rows=rows, charts=charts)
        for name, (style, characters, rows, charts) in plan.items()
    }
    for (
        typeset
    ) in documents.values():  # glyphs and fonts of these documents are cached for all engines
        typeset(engines[ALL])
    sizes: dict[str, dict[str, int]] = {}
    for engine_name, engine in engines.items():
        for typeset in warm_up.values():
            typeset(engine)
        sizes[engine_name] = {}
        for kind, typeset in documents.items():
            gc.collect()
            counter.start()
            pdf = typeset(engine)
            counter.stop(f"{engine_name}|{kind}".encode())
            sizes[engine_name][kind] = len(pdf)
    (folder / "sizes.json").write_text(json.dumps(sizes))


def prepare(
    seed: int, style: str, characters: int, *, rows: int, charts: int
) -> Callable[[Engine], bytes]:
    """Return a function that has an engine typeset a generated report and returns the PDF."""
    text = as_text(generate(seed, characters=characters, rows=rows, charts=charts))
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
