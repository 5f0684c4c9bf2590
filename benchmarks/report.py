"""The page about performance, made of what was measured.

Enters: the values of ``measuring.measure`` and the machine's facts. Leaves: Markdown. Ratios come
before times, because times belong to one machine.
"""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NONE = "—"
BUSY = 0.7
"""The load at the start from which the page says that the machine was not quiet."""


def machine() -> dict[str, Any]:
    """Return what the times belong to."""
    from publisher.system.software import package_version

    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {
            name: package_version(name)
            for name in ("publisher", "weasyprint", "typst")
            if package_version(name)
        },
    }


def ratios(seconds: Mapping[str, float], to: str) -> dict[str, float]:
    """Return each peer's time as a multiple of one peer's; nothing where that one is absent."""
    if not seconds.get(to):
        return {}
    return {word: value / seconds[to] for word, value in seconds.items()}


def markdown(results: Mapping[str, Any]) -> str:
    """Return the whole page."""
    parts = [INTRODUCTION]
    if "reports" in results:
        parts += [_machine(results), *_reports(results)]
        parts += ["## How time grows", GROWTH]
        parts += _curve("characters", results["text"], results["reports"])
        parts += _curve("rows of a table", results["rows"], results["reports"])
        parts += _throughput(results)
        parts += _cold(results)
    if "patches" in results:
        parts += _patches(results["patches"])
    parts.append(HOW_TO_RUN)
    return "\n\n".join(parts) + "\n"


INTRODUCTION = """# Performance

How long this toolkit takes, beside other programs that make the same pages. This page is written by
`benchmarks/run.py` from what it measured; the raw medians are in the JSON file beside it.

Every program sets the same words in the same fonts on the same grid: A4, 22 lines of 28 characters,
the margins of the style `gongwen`, tagged. No document is set twice by a program, and the programs take turns, so that what else
the machine does falls on all of them. *Publisher, whole* is everything from the source's bytes to the record: text put in
order, statistics read, the PDF set, read again and compared with its source; the others only set a
page that was made for them. Libraries are measured warm, in one process; programs with a † are started for
every document, and that start is in their time."""

GROWTH = """Seconds for one document by its size; in brackets how many times as long as the size before. Time that is
linear grows as the size does. A dash: the smaller document had already taken more than a minute."""

HOW_TO_RUN = """## How to run it

```
pip install "gongwen-publisher[bench]"
python benchmarks/run.py --quick
python benchmarks/run.py -o docs/performance.md
python benchmarks/run.py --patches -o docs/performance.md
```

`--quick` measures smaller documents, fewer times. `--report FILE` compares with a report of yours instead of
generated ones. `--patches` counts only what each patch of WeasyPrint saves, and leaves the other results as they are; it needs
valgrind, and with `--counts FOLDER` continues a run that was stopped. `--peers pipeline,typst` chooses the programs; one that is not installed is left out and named above. Run it on a machine that does nothing else."""


def _machine(results: Mapping[str, Any]) -> str:
    facts, plan = results["machine"], results["plan"]
    versions = ", ".join(f"{name} {version}" for name, version in facts["versions"].items())
    measured = (
        f"Measured with {facts['cores']} cores, {facts['system']}, Python {facts['python']}, {versions}: "
        f"{_describe_documents(results)}, medians of {plan['rounds']}."
    )
    busy = (
        f"Other work was under way on the machine when the run began (load {facts['load']:.1f}): the times are "
        "longer than on a quiet one, and two processes found no two cores free."
    )
    left = [f"{name} is left out: {reason}." for name, reason in results["left_out"].items()]
    return "\n\n".join((measured, *([busy] if facts["load"] > BUSY else []), *left))


def _describe_documents(results: Mapping[str, Any]) -> str:
    if results.get("report"):
        return f"the report {results['report']}, its figures changed each time"
    return f"reports of {results['plan']['characters']:,} characters"


def _reports(results: Mapping[str, Any]) -> Iterable[str]:
    measured = results["reports"]
    seconds = {word: peer["seconds"] for word, peer in measured.items()}
    to_typst, to_stock = ratios(seconds, "typst"), ratios(seconds, "weasyprint")
    rows = [
        (
            peer["name"] + ("" if peer["warm"] else " †"),
            _times(to_typst.get(word)),
            _times(to_stock.get(word)),
            f"{peer['seconds'] * 1000:,.0f} ms",
            f"{peer['peak_mb']:,.0f} MB",
            f"{peer['bytes'] / 1000:,.0f} kB",
            f"{peer['pages']:g}",
            peer["claims"],
        )
        for word, peer in measured.items()
    ]
    head = (
        "",
        "to Typst",
        "to WeasyPrint",
        "a report",
        "peak memory",
        "file",
        "pages",
        "the file says",
    )
    return ["## A report", _table(head, rows), PEAK]


PEAK = """Times are multiples: 2.0 is twice as long. Peak memory is that of the process that sets; of a
program with a † the largest of the processes it started. A file's size is not only type: Publisher's whole pipeline also puts the
source and the figures inside. What a file says of itself is read from it; only Publisher's pipeline also checks it."""


def _curve(
    title: str, curves: Mapping[str, Mapping[str, float | None]], measured: Mapping[str, Any]
) -> Iterable[str]:
    sizes = list(next(iter(curves.values()), {}))
    if not sizes:
        return
    names = {word: measured[word]["name"] for word in curves}
    rows = []
    for size, before in zip(sizes, ["", *sizes], strict=False):
        cells = []
        for curve in curves.values():
            now, then = curve[size], curve.get(before)
            grown = f" (×{now / then:.1f})" if now and then else ""
            cells.append(f"{now:.2f}{grown}" if now is not None else NONE)
        rows.append((f"{int(size):,}", *cells))
    yield _table((title, *names.values()), rows)


def _throughput(results: Mapping[str, Any]) -> Iterable[str]:
    measured = results["throughput"]
    if not measured:
        return
    rows = [
        (
            results["reports"][word]["name"],
            f"{peer['1']:.2f}",
            f"{peer['2']:.2f}",
            _times(peer["2"] / peer["1"]),
        )
        for word, peer in measured.items()
    ]
    yield "## One process and two"
    yield (
        "Each process on one core, as the workers of a folder are. A report that is built alone is quicker than one "
        "in one such process: its standards are judged, and its fonts cut, on a second core."
    )
    yield _table(("reports a second", "one process", "two", "gain"), rows)


def _patches(results: Mapping[str, Any]) -> Iterable[str]:
    """Yield the section about the patches, the one that saves most first."""
    kinds = results["kinds"]
    measured = sorted(
        results["patches"].items(),
        key=lambda item: -max(item[1]["instructions"].values(), default=0.0),
    )
    rows = [
        (
            f"`{name}`",
            patch["reason"],
            *(_percent(patch["instructions"].get(kind)) for kind in kinds),
            _sizes(patch["size"].values()),
            _savings(patch),
        )
        for name, patch in measured
    ]
    versions = results["machine"]["versions"]
    described = "; ".join(f"*{name}*: {text}" for name, text in kinds.items())
    yield "## Patches of WeasyPrint"
    yield (
        "How many more instructions typesetting executes without one patch, all others applied. Valgrind counts them, "
        "with compiled modules if there are any. Each document is set in a process of its own, after a first short one. "
        "Times are not compared: on a machine with other work, those of two equal engines differ by more than most "
        f"patches save. {described}. "
        f"Python {results['machine']['python']}, WeasyPrint {versions['weasyprint']}. "
        "A patch that saves less than 2 % in each kind of document is removed, "
        "unless files are smaller with it. A dash: not counted, or nothing."
    )
    yield _table(("patch", "what it does", *kinds, "file size", "saves 2 % or more"), rows)


THRESHOLD = 1.02
"""A patch that saves less than this in every kind of document, and in no file's size, is removed."""


def _savings(patch: Mapping[str, Any]) -> str:
    """Return where a patch saves enough to stay; a dash for nowhere."""
    kinds = [kind for kind, ratio in patch["instructions"].items() if ratio >= THRESHOLD]
    if any(ratio >= THRESHOLD for ratio in patch["size"].values()):
        kinds.append("file size")
    return ", ".join(kinds) or NONE


NOTICEABLE = 0.001
"""The change of a file's size, as a share, from which on the page states it."""


def _sizes(ratios_of_size: Iterable[float]) -> str:
    """Return the range of the changes of the file size; a dash if there is none."""
    percents = [_percent(ratio) for ratio in sorted(ratios_of_size) if abs(ratio - 1) >= NOTICEABLE]
    return " to ".join(dict.fromkeys((percents[0], percents[-1]))) if percents else NONE


def _percent(ratio: float | None) -> str:
    """Return a change in per cent; a dash for what was not counted."""
    if ratio is None:
        return NONE
    return f"{(ratio - 1) * 100:+.1f} %".replace("-", "−")


def _cold(results: Mapping[str, Any]) -> Iterable[str]:
    measured = results["cold"]
    if not measured:
        return
    yield "## The command, cold"
    yield (
        f"`publisher build` for a report of 800 characters, from start to end: {measured['seconds']:.2f} s. "
        f"Imports are about {measured['imports']:.0%} of it."
    )


def _times(ratio: float | None) -> str:
    return f"{ratio:.2f} ×" if ratio is not None else NONE


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(head)
    rule = ("---", *("---:" for _ in head[1:]))
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))
