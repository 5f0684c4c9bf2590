"""A poison report costs itself only: raising, leaving, crashing, hanging, hungry."""

import ctypes
import faulthandler
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from publisher.batch.workers import Limits, Workers
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
    return dict(workers.run(tasks))


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
