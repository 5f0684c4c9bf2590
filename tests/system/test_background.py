"""Work in the background: its results and errors, and that nothing is left behind."""

import sys
import threading

import pytest

from publisher.system import process
from publisher.system.background import SHORT_INTERVAL, BackgroundTask


@pytest.fixture(autouse=True)
def owned(monkeypatch):
    monkeypatch.setattr(process, "_PROCESS", process._Process(owned=True))


def test_a_result_is_returned():
    assert BackgroundTask(sum, [1, 2]).result() == 3


@pytest.mark.parametrize("start", [BackgroundTask, BackgroundTask.in_steps])
def test_an_error_is_raised_where_the_result_is_asked_for(start):
    task = start(int, "a")
    with pytest.raises(ValueError, match="a"):
        task.result()


def test_the_switch_interval_is_restored():
    usual, seen, before = sys.getswitchinterval(), [], threading.enumerate()
    BackgroundTask.in_steps(lambda: seen.append(sys.getswitchinterval())).result()
    assert seen == [pytest.approx(SHORT_INTERVAL)]
    assert sys.getswitchinterval() == usual
    assert threading.enumerate() == before


def test_a_guest_leaves_the_switch_interval_alone(monkeypatch):
    monkeypatch.setattr(process, "_PROCESS", process._Process())
    usual, seen = sys.getswitchinterval(), []
    BackgroundTask.in_steps(lambda: seen.append(sys.getswitchinterval())).result()
    assert seen == [usual]


@pytest.mark.parametrize("start", [BackgroundTask, BackgroundTask.in_steps])
def test_with_shared_cores_a_task_runs_when_its_result_is_asked_for(start):
    process.own(cores_are_shared=True)
    order = []
    task = start(lambda: order.append(threading.current_thread()) or 5)
    assert order == []
    assert (task.result(), task.result()) == (5, 5)
    assert order == [threading.main_thread()]


def test_tasks_that_overlap_restore_the_switch_interval():
    usual, first_is_done = sys.getswitchinterval(), threading.Event()
    longer = BackgroundTask.in_steps(first_is_done.wait)
    BackgroundTask.in_steps(sum, [1]).result()
    first_is_done.set()
    longer.result()
    assert sys.getswitchinterval() == usual
