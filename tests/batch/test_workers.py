"""A task that raises, exits, crashes, hangs or needs too much memory fails alone."""

import ctypes
import faulthandler
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from publisher.batch.worker import _WORKER_PROGRAM, Limits
from publisher.batch.workers import Finished, Started, WorkerPool
from publisher.errors import (
    CrashError,
    DeadlineError,
    MemoryLimitError,
    PublisherError,
    SourceEmptyError,
)


def work(task):
    """Fail in the way that a task names; double a number."""
    if task == "raise":
        raise ValueError("odd")
    if task == "refuse":
        raise SourceEmptyError("has no text", where="x")
    if task == "exit":
        sys.exit(7)
    if task == "leave":
        os._exit(3)
    if task == "leave well":
        os._exit(0)
    if task == "strange":
        return lambda: task
    if task == "segfault":
        faulthandler.disable()
        os.kill(os.getpid(), signal.SIGSEGV)
        ctypes.string_at(0)
    if task == "hang":
        time.sleep(600)
    if task == "hungry":
        return len(bytearray(4 << 30))
    return task * 2


ROOT = Path(__file__).parents[2]
POISON = {
    "raise": (CrashError, "ValueError: odd"),
    "refuse": (SourceEmptyError, "has no text"),
    "exit": (CrashError, "exit code 7"),
    "leave": (CrashError, "exit code 3"),
    "leave well": (CrashError, "exit code 0"),
    "strange": (CrashError, "local object"),
    "segfault": (CrashError, "SIGSEGV"),
    "hang": (DeadlineError, "took longer than 2 s"),
    "hungry": (MemoryLimitError, "needed more than 300 MB"),
}


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    """Have workers find this module by the name that pytest gives it."""
    monkeypatch.syspath_prepend(Path(__file__).parents[__name__.count(".")])


def run(tasks, jobs=2):
    workers = WorkerPool(work, jobs=jobs, limits=Limits(seconds=2, megabytes=300))
    events = list(workers.run(tasks))
    assert sorted(map(str, tasks)) == sorted(
        str(item.task) for item in events if type(item) is Started
    )
    return {item.task: item.outcome for item in events if isinstance(item, Finished)}


def test_every_task_has_its_result():
    assert run(list(range(50))) == {number: 2 * number for number in range(50)}


@pytest.mark.parametrize("poison", POISON)
@pytest.mark.parametrize("jobs", [1, 3])
def test_a_failing_task_does_not_affect_others(poison, jobs):
    results = run([1, 2, poison, 3, 4, 5], jobs)
    assert type(results.pop(poison)) is POISON[poison][0]
    assert results == {number: 2 * number for number in (1, 2, 3, 4, 5)}


@pytest.mark.parametrize("poison", POISON)
def test_the_reason_is_reported(poison):
    error = run([poison])[poison]
    assert isinstance(error, PublisherError)
    assert POISON[poison][1] in error.message
    assert error.hint or poison == "refuse"


def children():
    """The processes that this one has started and that are not yet gone."""
    results = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent == os.getpid():
            results.append(stat.parent.name)
    return set(results)


def test_failures_of_all_kinds_leave_no_process():
    before = children()
    numbers = set(range(100, 140))
    results = run([*(name for name in POISON if name != "hang"), *numbers], 2)
    assert {
        item for item, value in results.items() if not isinstance(value, PublisherError)
    } == numbers
    assert children() == before


def test_errors_are_pickled_with_all_attributes():
    error = run(["refuse"])["refuse"]
    assert (error.exit_code, error.where) == (13, "x")


def test_no_task_is_started_after_a_stop():
    stop = []
    workers = WorkerPool(work, jobs=2, limits=Limits(seconds=5))
    finished = []
    for event in workers.run(list(range(100, 120)), lambda: bool(stop)):
        if isinstance(event, Finished):
            finished.append(event.task)
            if len(finished) == 4:
                stop.append(True)
    assert 4 <= len(finished) <= 6


def test_abandoned_work_leaves_no_process():
    before = children()
    events = WorkerPool(work, jobs=2, limits=Limits(seconds=60)).run(["hang", "hang"])
    next(events)
    next(events)
    events.close()
    assert children() == before


def test_a_worker_that_dies_between_two_tasks_is_replaced():
    workers = WorkerPool(task_or_pid, jobs=1, limits=Limits(seconds=20))
    events = workers.run(["pid", 1, 2])
    outcomes = []
    for event in events:
        if isinstance(event, Finished):
            outcomes.append(event.outcome)
            if event.task == "pid":
                os.kill(event.outcome, signal.SIGKILL)
                until(lambda: not lives(outcomes[0]))
    assert outcomes[1:] == [1, 2]


def task_or_pid(task):
    return os.getpid() if task == "pid" else task


def test_workers_are_not_forked():
    """A worker executes a new program, because a fork would not copy threads such as Pango's."""
    program = (
        "import sys\n"
        "asked = []\n"
        "sys.addaudithook(lambda event, _: asked.append(event) if event.startswith('os.fork') else None)\n"
        "from publisher.batch.workers import WorkerPool\n"
        "print(len(list(WorkerPool(abs, jobs=2).run([-1, -2]))), asked)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "4 []\n"


def test_a_host_needs_no_guarded_main_module(tmp_path):
    """A script that starts workers at its top level is not run again in each of them."""
    script = tmp_path / "script.py"
    script.write_text(
        "from publisher.batch.workers import Finished, WorkerPool\n"
        "events = WorkerPool(abs, jobs=1).run([-1])\n"
        "print([event.outcome for event in events if isinstance(event, Finished)])\n"
    )
    done = subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("[1]\n", "")


def test_workers_end_with_their_supervisor(tmp_path):
    (tmp_path / "hanging.py").write_text(
        "import os, sys, time\n"
        "def hang(file):\n"
        "    open(file, 'a').write(f'{os.getpid()}\\n'); time.sleep(600)\n"
    )
    program = (
        "import hanging, sys\n"
        "from publisher.batch.workers import WorkerPool\n"
        "for _ in WorkerPool(hanging.hang, jobs=2).run([sys.argv[1]] * 2): pass\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        pid_file = Path(folder) / "told"
        supervisor = subprocess.Popen(
            [sys.executable, "-c", program, pid_file],
            env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        )
        until(lambda: pid_file.exists() and pid_file.read_text().count("\n") == 2)
        supervisor.kill()
        supervisor.wait()
        pids = pid_file.read_text().split()
        until(lambda: not any(lives(pid) for pid in pids))


def test_a_worker_whose_supervisor_is_gone_ends_in_silence(tmp_path):
    """An answer that nobody reads any more is no error of the worker."""
    program = (
        "import multiprocessing, os\n"
        "from publisher.batch import worker_process\n"
        "ours, theirs = multiprocessing.Pipe()\n"
        "theirs.send(worker_process.Setup(function=len, prepare=None, megabytes=2048, supervisor_pid=os.getppid()))\n"
        "theirs.send('a task')\n"
        "theirs.close()\n"
        "worker_process.run_worker(ours)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_worker_whose_supervisor_is_gone_before_its_first_message_ends_in_silence():
    ours, theirs = multiprocessing.Pipe()
    theirs.close()
    done = subprocess.run(
        [sys.executable, "-c", _WORKER_PROGRAM, str(ours.fileno())],
        capture_output=True,
        check=False,
        pass_fds=[ours.fileno()],
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


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
