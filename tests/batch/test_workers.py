"""A poison report costs itself only: raising, leaving, crashing, hanging, hungry."""

import ctypes
import faulthandler
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from publisher.batch.workers import Begun, Ended, Limits, Workers
from publisher.errors import (
    CrashError,
    DeadlineError,
    MemoryLimitError,
    PublisherError,
    SourceEmptyError,
)


def work(task):
    """Do what a task says; tasks are numbers or words."""
    if task == "raise":
        raise ValueError("odd")
    if task == "refuse":
        raise SourceEmptyError("has no text", where="x")
    if task == "exit":
        sys.exit(7)
    if task == "leave":
        os._exit(3)
    if task == "segfault":
        faulthandler.disable()
        os.kill(os.getpid(), signal.SIGSEGV)
        ctypes.string_at(0)
    if task == "hang":
        time.sleep(600)
    if task == "hungry":
        return len(bytearray(4 << 30))
    return task * 2


POISON = {
    "raise": (CrashError, "ValueError: odd"),
    "refuse": (SourceEmptyError, "has no text"),
    "exit": (CrashError, "exit code 7"),
    "leave": (CrashError, "exit code 3"),
    "segfault": (CrashError, "SIGSEGV"),
    "hang": (DeadlineError, "took longer than 2 s"),
    "hungry": (MemoryLimitError, "wanted more than 300 MB"),
}


def run(tasks, jobs=2):
    workers = Workers(work, jobs=jobs, limits=Limits(seconds=2, megabytes=300))
    events = list(workers.run(tasks))
    assert sorted(map(str, tasks)) == sorted(str(one.task) for one in events if type(one) is Begun)
    return {one.task: one.outcome for one in events if isinstance(one, Ended)}


def test_every_task_has_its_result():
    assert run(list(range(50))) == {number: 2 * number for number in range(50)}


@pytest.mark.parametrize("poison", POISON)
@pytest.mark.parametrize("jobs", [1, 3])
def test_poison_costs_itself_only(poison, jobs):
    found = run([1, 2, poison, 3, 4, 5], jobs)
    assert type(found.pop(poison)) is POISON[poison][0]
    assert found == {number: 2 * number for number in (1, 2, 3, 4, 5)}


@pytest.mark.parametrize("poison", POISON)
def test_the_reason_is_told(poison):
    error = run([poison])[poison]
    assert isinstance(error, PublisherError)
    assert POISON[poison][1] in error.message
    assert error.hint or poison == "refuse"


def children():
    """The processes that this one has started and that are not yet gone."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent == os.getpid():
            found.append(stat.parent.name)
    return set(found)


def test_all_kinds_together_and_nothing_is_left():
    before = children()
    numbers = set(range(100, 140))
    found = run([*(name for name in POISON if name != "hang"), *numbers], 2)
    assert {one for one, value in found.items() if not isinstance(value, PublisherError)} == numbers
    assert children() == before


def test_errors_cross_the_border_whole():
    error = run(["refuse"])["refuse"]
    assert (error.exit_code, error.where) == (13, "x")


def test_once_it_is_to_stop_nothing_is_begun():
    stop = []
    workers = Workers(work, jobs=2, limits=Limits(seconds=5))
    ended = []
    for event in workers.run(list(range(100, 120)), lambda: bool(stop)):
        if isinstance(event, Ended):
            ended.append(event.task)
            if len(ended) == 4:
                stop.append(True)
    assert 4 <= len(ended) <= 6


def test_abandoned_work_leaves_no_process():
    before = children()
    events = Workers(work, jobs=2, limits=Limits(seconds=60)).run(["hang", "hang"])
    next(events)
    next(events)
    events.close()
    assert children() == before


def test_workers_end_with_their_supervisor():
    program = (
        "import os, signal, sys, time\n"
        "from publisher.batch.workers import Workers\n"
        "def hang(_):\n"
        "    open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)\n"
        "for _ in Workers(hang, jobs=2).run([1, 2]): pass\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        supervisor = subprocess.Popen([sys.executable, "-c", program, told])
        until(lambda: told.exists() and told.read_text().count("\n") == 2)
        supervisor.kill()
        supervisor.wait()
        pids = told.read_text().split()
        until(lambda: not any(lives(pid) for pid in pids))


def until(condition):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to pass")


def lives(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
