"""A run with many reports: none fails, memory use is stable, and unchanged reports are skipped fast."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.batch.reports import fill

FULL = bool(os.environ.get("PUBLISHER_FULL"))
REPORTS = 10_000 if FULL else 80
SETTLED = 500 if FULL else 30
GROWTH = 1.1 if FULL else 1.5  # a short run is still filling its caches
PAGE = os.sysconf("SC_PAGE_SIZE")


def resident(pid):
    """The memory that a process has, in bytes; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def family(pid):
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [0]
    return [resident(pid), max(map(resident, children), default=0)]


def run(folder, output):
    """Build; return the last line, and the memory of the supervisor and the largest worker, early and late."""
    log = output.with_suffix(".told")
    with log.open("w") as file:
        running = subprocess.Popen(
            [sys.executable, "-m", "publisher", "build", folder, "-o", output, "--jobs", "2"],
            stdout=file,
            stderr=subprocess.DEVNULL,
        )
        early, late = [0, 0], [0, 0]
        while running.poll() is None:
            sizes = family(running.pid)
            done = log.read_bytes().count(b"\n")
            if len(sizes) == 2 and 0 < done <= SETTLED:
                early = list(map(max, early, sizes))
            elif len(sizes) == 2 and done > SETTLED:
                late = list(map(max, late, sizes))
            time.sleep(0.2)
    assert running.returncode == 0
    return log.read_text().splitlines()[-1].split(" → ")[0], early, late


def test_a_long_run_and_the_one_after_it(tmp_path):
    folder = fill(tmp_path / "in", REPORTS)
    summary, early, late = run(folder, tmp_path / "out")
    assert summary == f"{REPORTS} reports, {REPORTS} built"
    for before, after in zip(early, late, strict=True):
        assert 0 < after <= before * GROWTH, (early, late)
    assert run(folder, tmp_path / "out")[0] == f"{REPORTS} reports, {REPORTS} unchanged"
