"""A run that is killed at any moment is gone on with, to the same bytes, and nothing is left over."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.driven import STEPS
from tests.batch.reports import fill, spoil

FULL = bool(os.environ.get("PUBLISHER_FULL"))
DRIVEN = Path(__file__).with_name("driven.py")
POINTS = 50 if FULL else 5
AT = STEPS if FULL else ("temporary half written", "renamed", "done half noted", "results renamed")
OPTIONS = ("--tables", "none", "--jobs", "2", "--emit", "txt")


def command(kind, source, output):
    return [sys.executable, DRIVEN, kind, "build", source, "-o", output, *OPTIONS]


def go(kind, source, output, *more):
    """Build with one thing made to go wrong; options that are given twice hold the second time."""
    done = subprocess.run(
        [*command(kind, source, output), *more],
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert "Traceback" not in done.stderr
    return done


def tree(output):
    """Every file below a folder, the journal aside: its order is that of the day."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.name != "journal.jsonl"
    }


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = fill(tmp_path_factory.mktemp("kill") / "in", 6)
    spoil(folder, 2)
    return folder


@pytest.fixture(scope="module")
def undisturbed(reports):
    output = reports.parent / "undisturbed"
    done = go("nothing", reports, output)
    assert "8 reports, 6 built, 2 failed" in done.stdout
    files = tree(output)
    assert len(files) == 6 * 3 + 3
    return files


@pytest.mark.parametrize("step", AT)
@pytest.mark.parametrize("count", [1, 3] if FULL else [2])
def test_killed_at_a_step(step, count, reports, undisturbed, tmp_path):
    once = {
        "journal opened",
        "checked",
        "results started",
        "results renamed",
        "results noted",
        "finished",
    }
    killed = go(f"{step}:{1 if step in once else count}", reports, tmp_path)
    assert killed.returncode == -signal.SIGKILL
    again = go("nothing", reports, tmp_path)
    assert again.returncode == 13
    assert tree(tmp_path) == undisturbed


@pytest.mark.parametrize("point", range(POINTS))
def test_killed_at_any_moment(point, reports, undisturbed, tmp_path):
    dice = random.Random(point)  # noqa: S311 - no secret
    running = subprocess.Popen(
        command("nothing", reports, tmp_path),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(dice.uniform(0.3, 4.0))
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert go("nothing", reports, tmp_path).returncode == 13
    assert tree(tmp_path) == undisturbed


def test_finished_reports_are_not_built_again(reports, undisturbed, tmp_path):
    go("done noted:3", reports, tmp_path)
    again = go("nothing", reports, tmp_path)
    assert "3 unchanged" in again.stdout or "2 unchanged" in again.stdout
    assert tree(tmp_path) == undisturbed
