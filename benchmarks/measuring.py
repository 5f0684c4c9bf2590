"""The measurements: each peer in a process of its own, documents dealt out in turn.

Enters: peers and documents. Leaves: medians of wall-clock seconds, peak memory, sizes and pages, as
plain values that JSON can hold. A peer never gets the same document twice.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from io import BytesIO
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents import as_text, from_report, generate
from peers import PEERS, parsed_report, task_for

from publisher.errors import PublisherError
from publisher.system import process

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from peers import Peer, Task

TOO_LONG = 60
"""Seconds after which a peer is not asked for a still larger document."""
SETTLED = 2
"""Seconds from which one run stands for the median of several."""
SEEDS = (101, 102, 103)
"""The documents of one size on a growth curve."""
WARMING = 2
"""Documents that a peer sets before it is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is measured."""

    characters: int
    rounds: int
    text_factors: tuple[int, ...]
    unit: int
    """Characters of the growth curve's smallest text."""
    rows: tuple[int, ...]
    both: int
    """Documents for each process, of one and of two."""
    cold: int
    """Starts of the command."""


QUICK = Plan(
    characters=5000,
    rounds=3,
    text_factors=(1, 2, 4, 8),
    unit=1500,
    rows=(100, 300, 1000),
    both=3,
    cold=3,
)
FULL = Plan(
    characters=9600,
    rounds=9,
    text_factors=(1, 2, 4, 8, 16, 32, 64),
    unit=3000,
    rows=(100, 300, 1000, 3000, 10_000),
    both=10,
    cold=5,
)


class Worker:
    """A peer in its own process."""

    def __init__(self, peer: type[Peer], fonts: tuple[str, ...], *, one_core: bool = False) -> None:
        """Start the process and let the peer load its library.

        With ``one_core`` it works as one of a folder's workers does, which leave the other cores to one another.
        """
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(peer, fonts, theirs, one_core), daemon=True
        )
        self._process.start()
        theirs.close()

    def begin(self, task: Task) -> None:
        """Give the peer a document."""
        self.line.send(task)

    def end(self) -> tuple[float, bytes]:
        """Wait for the document: seconds and PDF; raise ``PublisherError`` where the peer stopped."""
        answer = self.line.recv()
        if isinstance(answer, PublisherError):
            raise answer
        seconds, pdf = answer
        return seconds, pdf

    def set(self, task: Task) -> tuple[float, bytes]:
        """Have the peer set a document and wait for it."""
        self.begin(task)
        return self.end()

    def close(self) -> float:
        """End the process; return the most memory it had, in MB, or that of the program it ran."""
        self.line.send(None)
        peak: float = self.line.recv()
        self._process.join()
        return peak


def _work(peer: type[Peer], fonts: tuple[str, ...], line: Connection, one_core: bool) -> None:  # noqa: FBT001 - what a process is given has no names
    """Set what comes along the line until nothing more comes."""
    process.own(cores_are_shared=one_core)
    if one_core:
        os.environ["RAYON_NUM_THREADS"] = "1"
    try:
        running = peer(fonts)
        for task in iter(line.recv, None):
            start = time.perf_counter()
            pdf = running.set(task)
            line.send((time.perf_counter() - start, pdf))
        line.send(_peak(children=not peer.warm))
    except Exception as error:  # noqa: BLE001 - whatever stops a peer belongs to its caller
        line.send(
            PublisherError(
                f"stopped: {error!r}", where=peer.name, hint="--peers chooses the programs"
            )
        )


def _peak(*, children: bool) -> float:
    """Return the peak of this process in MB, or that of the largest one it started."""
    import resource

    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    if children:
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 1e6
    status = Path("/proc/self/status")  # getrusage still counts what this process was forked from
    if status.exists():
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if peak:
            return int(peak[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def chosen(words: Iterable[str]) -> tuple[dict[str, type[Peer]], dict[str, str]]:
    """Return the peers that can run, by their word, and why the others cannot, by their name."""
    peers = {word: PEERS[word] for word in words}
    left = {peer.name: peer.lacking() for peer in peers.values() if peer.lacking()}
    return {word: peer for word, peer in peers.items() if not peer.lacking()}, left


def measure(words: Iterable[str], plan: Plan, report: Path | None = None) -> dict[str, Any]:
    """Return everything that is measured, in the order of the page; ``report`` is one to compare with."""
    peers, left = chosen(words)
    warm = {word: peer for word, peer in peers.items() if peer.warm}
    return {
        "plan": {name: getattr(plan, name) for name in Plan.__slots__},
        "left_out": left,
        "report": report.name if report else "",
        "reports": compare(peers, plan, report),
        "text": grow(
            warm,
            [
                (plan.unit * factor, {"characters": plan.unit * factor})
                for factor in plan.text_factors
            ],
        ),
        "rows": grow(warm, [(rows, {"rows": rows}) for rows in plan.rows]),
        "throughput": throughput(warm, plan),
        "cold": cold(plan) if "pipeline" in peers else None,
    }


def compare(
    peers: dict[str, type[Peer]], plan: Plan, report: Path | None = None
) -> dict[str, dict[str, Any]]:
    """Set reports of one size by every peer in turn; return medians, peak, size and pages."""
    seeds = range(WARMING + plan.rounds)
    documents = [generate(seed, characters=plan.characters) for seed in seeds]
    if report:
        parsed = parsed_report(report)
        documents = [from_report(parsed, seed) for seed in seeds]
    tasks = [task_for(document) for document in documents]
    workers = start(peers, tasks[0])
    samples: dict[str, list[tuple[float, bytes]]] = {word: [] for word in peers}
    for task in tasks:
        for word, worker in workers.items():
            samples[word].append(worker.set(task))
    measured = {word: taken[WARMING:] for word, taken in samples.items()}
    return {
        word: {
            "name": peers[word].name,
            "claims": claims(taken[-1][1]),
            "warm": peers[word].warm,
            "seconds": median(seconds for seconds, _ in taken),
            "peak_mb": workers[word].close(),
            "bytes": median(len(pdf) for _, pdf in taken),
            "pages": median(pages(pdf) for _, pdf in taken),
        }
        for word, taken in measured.items()
    }


def start(peers: dict[str, type[Peer]], task: Task) -> dict[str, Worker]:
    """Start a process for each peer."""
    return {word: Worker(peer, task.fonts) for word, peer in peers.items()}


def grow(
    peers: dict[str, type[Peer]], sizes: Sequence[tuple[int, dict[str, int]]]
) -> dict[str, dict[str, float | None]]:
    """Return the seconds for each size by each peer; nothing past one that took too long."""
    curves: dict[str, dict[str, float | None]] = {word: {} for word in peers}
    first = task_for(generate(1, **sizes[0][1]))
    workers = start(peers, first)
    for worker in workers.values():
        worker.set(first)
    last = dict.fromkeys(peers, 0.0)
    for size, documents in sizes:
        taken: dict[str, list[float]] = {word: [] for word in peers}
        for seed in SEEDS:
            going = [
                word
                for word in peers
                if last[word] < TOO_LONG and max(taken[word], default=0) < SETTLED
            ]
            if not going:
                break
            task = task_for(generate(seed, **documents))
            for word in going:
                taken[word].append(workers[word].set(task)[0])
        for word, seconds in taken.items():
            curves[word][str(size)] = median(seconds) if seconds else None
            last[word] = max(last[word], *seconds, 0.0)
    for worker in workers.values():
        worker.close()
    return curves


def throughput(peers: dict[str, type[Peer]], plan: Plan) -> dict[str, dict[str, float]]:
    """Return the reports a second of each peer in one process and in two."""
    rates: dict[str, dict[str, float]] = {}
    for word, peer in peers.items():
        rates[word] = {}
        for processes in (1, 2):
            seeds = iter(range(1000, 2000))
            tasks = list(_tasks(seeds, plan.characters, processes * (plan.both + 1)))
            workers = [Worker(peer, tasks[0].fonts, one_core=True) for _ in range(processes)]
            for worker in workers:
                worker.set(tasks.pop())
            rates[word][str(processes)] = len(tasks) / _deal(workers, tasks)
            for worker in workers:
                worker.close()
    return rates


def _deal(workers: Sequence[Worker], tasks: Sequence[Task]) -> float:
    """Keep every worker busy until all is set; return the seconds that took."""
    left = iter(tasks)
    busy: dict[Any, Worker] = {worker.line: worker for worker in workers}
    start_time = time.perf_counter()
    for worker, task in zip(workers, left, strict=False):
        worker.begin(task)
    while busy:
        for line in wait(list(busy)):
            busy[line].end()
            following = next(left, None)
            if following is not None:
                busy[line].begin(following)
            else:
                del busy[line]
    return time.perf_counter() - start_time


def _tasks(seeds: Iterator[int], characters: int, count: int) -> Iterator[Task]:
    for _ in range(count):
        yield task_for(generate(next(seeds), characters=characters))


def cold(plan: Plan) -> dict[str, float]:
    """Return the seconds of ``publisher build`` for a small report, and the share of its imports."""
    whole, shares = [], []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(plan.cold + 1):
            source = Path(folder) / f"{seed}.txt"
            source.write_text(as_text(generate(seed, characters=800)), encoding="utf-8")
            build = ["-m", "publisher", "build", str(source), "-o", folder]
            whole.append(_run(build)[0])
            counted, import_times = _run(["-X", "importtime", *build])
            shares.append(import_seconds(import_times) / counted)
    return {"seconds": median(whole[1:]), "imports": median(shares[1:])}


def _run(arguments: list[str]) -> tuple[float, str]:
    """Run this Python; return the seconds that took, and what it told on standard error."""
    start_time = time.perf_counter()
    run = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, *arguments], check=True, capture_output=True, text=True
    )
    return time.perf_counter() - start_time, run.stderr


def import_seconds(import_times: str) -> float:
    """Return the sum of what ``-X importtime`` told, in seconds."""
    return sum(map(int, re.findall(r"^import time:\s+(\d+) \|", import_times, re.MULTILINE))) / 1e6


def median(values: Iterable[float]) -> float:
    """Return the median of at least one value."""
    return statistics.median(values)


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)


def claims(pdf: bytes) -> str:
    """Return the standards that a PDF declares in its XMP packet, and whether it is tagged."""
    from pypdf import PdfReader

    root: Any = PdfReader(BytesIO(pdf)).root_object
    packet = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    identification = {
        name: match[1]
        for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
        if (match := re.search(rf"{name}(?:>|=[\"'])\s*(\w+)", packet))
    }
    archival = (
        identification.get("pdfaid:part", "") + identification.get("pdfaid:conformance", "").lower()
    )
    declared = [
        f"PDF/A-{archival}" if archival else "",
        f"PDF/UA-{identification['pdfuaid:part']}" if "pdfuaid:part" in identification else "",
        "tagged" if "/StructTreeRoot" in root else "untagged",
    ]
    return ", ".join(filter(None, declared))
