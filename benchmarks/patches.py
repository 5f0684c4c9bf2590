"""What each patch of WeasyPrint saves: typesetting with all patches and with all but one, in turn.

In: a number of rounds. Out: for each patch the CPU time and the file size without it, as multiples of those with it.
Each round sets a report that was not set before, by both engines, one directly after the other, so that other work on
the machine affects both.
"""

from __future__ import annotations

import gc
import statistics
import time
from typing import TYPE_CHECKING, Any

from documents import generate
from peers import NAME

from publisher.system import process

if TYPE_CHECKING:
    from collections.abc import Callable

CHARACTERS = 6000
ROWS = 60
"""Rows of the table in each report."""
WARM_UP_ROUNDS = 2
STYLES = ("gongwen", "reader")
"""Styles in turn: the second has a table of contents, with page numbers."""


def measure_patches(rounds: int) -> dict[str, Any]:
    """Return the measurements by the name of each patch; at least two rounds are needed for a spread."""
    from publisher.typeset.engine import Engine
    from publisher.typeset.fonts.library import load_library
    from publisher.typeset.patches.registry import PATCH_NAMES, PATCHES

    process.own(cores_are_shared=True)  # everything in one thread: the clock is that of the CPU
    library = load_library()
    with_all = Engine(library)
    without = {patch.name: Engine(library, patches=PATCH_NAMES - {patch.name}) for patch in PATCHES}
    times: dict[str, list[float]] = {name: [] for name in without}
    sizes: dict[str, list[float]] = {name: [] for name in without}
    for number in range(WARM_UP_ROUNDS + rounds):
        report = _report(number)
        for name, engine in without.items():
            order = (with_all, engine) if number % 2 else (engine, with_all)
            results = {tested: _typeset(tested, report) for tested in order}
            if number >= WARM_UP_ROUNDS:
                times[name].append(results[engine][0] / results[with_all][0])
                sizes[name].append(results[engine][1] / results[with_all][1])
    return {
        "rounds": rounds,
        "characters": CHARACTERS,
        "rows": ROWS,
        "patches": {
            patch.name: {
                "reason": patch.reason,
                "time": _spread(times[patch.name]),
                "size": statistics.median(sizes[patch.name]),
            }
            for patch in PATCHES
        },
    }


def _report(seed: int) -> Callable[[Any], Any]:
    """Return a function that has an engine typeset the report of a number."""
    from documents import as_text

    from publisher.options import Options
    from publisher.pipeline import prepare_report
    from publisher.profiles import PROFILES
    from publisher.readers import read_bytes
    from publisher.typeset.output.identification import Declaration

    text = as_text(generate(seed, characters=CHARACTERS, rows=ROWS))
    raw, edits = read_bytes(text.encode(), name=NAME)
    options = Options(style=STYLES[seed % len(STYLES)], date="2024-01-31")
    ready = prepare_report(raw, edits, options, where="")
    declaration = Declaration(
        profile=PROFILES["archive"],
        metadata=ready.parsed.report.metadata,
        timestamp="2024-01-31T00:00:00+08:00",
        producer="benchmark",
        creator="benchmark",
    )
    return lambda engine: engine.typeset(ready.page.html, ready.page.css, declaration)


def _typeset(engine: Any, report: Callable[[Any], Any]) -> tuple[float, int]:
    """Return the CPU seconds and the bytes of a PDF."""
    gc.collect()
    start = time.process_time()
    pdf = report(engine).pdf
    return time.process_time() - start, len(pdf)


def _spread(ratios: list[float]) -> dict[str, float]:
    """Return the median of ratios, and the quarters between which half of them are."""
    low, median, high = statistics.quantiles(ratios, n=4)
    return {"low": low, "median": median, "high": high}
