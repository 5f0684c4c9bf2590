"""The workers of a server: results, failures, order, affinity, a full queue, the end."""

import asyncio
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from publisher.batch.worker import Limits
from publisher.errors import CrashError, DeadlineError, SourceEmptyError
from publisher.serve.task_pool import PoolStoppedError, QueueFullError, TaskPool


def work(task):
    """Fail in the way that a task names; otherwise return the process and the task."""
    if task == "refuse":
        raise SourceEmptyError("has no text", where="x")
    if task == "leave":
        os._exit(3)
    if task == "hang":
        time.sleep(600)
    if isinstance(task, Path):
        while not task.exists():
            time.sleep(0.01)
    return os.getpid(), task


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    """Have workers find this module by the name that pytest gives it."""
    monkeypatch.syspath_prepend(Path(__file__).parents[__name__.count(".")])


@pytest.fixture
def make():
    pools = []

    def make_one(workers=1, seconds=60.0, max_waiting=50):
        pools.append(
            TaskPool(
                workers=workers,
                limits=Limits(seconds=seconds, megabytes=300),
                max_waiting=max_waiting,
            )
        )
        pools[-1].start()
        return pools[-1]

    yield make_one
    for pool in pools:
        pool.stop(0)


def test_a_task_fails_alone(make):
    pool = make(workers=2, seconds=2)
    tasks = [1, "refuse", 2, "leave", 3, "hang", 4]
    futures = {task: pool.submit(work, task, name=f"{task}.txt") for task in tasks}
    kinds = {"refuse": SourceEmptyError, "leave": CrashError, "hang": DeadlineError}
    for task, future in futures.items():
        error = future.exception(timeout=60)
        assert type(error) is kinds.get(task, type(None))
        if task in ("leave", "hang"):
            assert error.where == f"{task}.txt"
    assert [futures[number].result()[1] for number in (1, 2, 3, 4)] == [1, 2, 3, 4]
    assert pool.state.restarts == 2


def test_a_worker_that_is_killed_is_replaced(make):
    pool = make()
    pid = pool.submit(work, 1).result(timeout=60)[0]
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert pool.submit(work, 2).result(timeout=60)[0] != pid


def test_a_worker_is_replaced_after_many_tasks(make, monkeypatch):
    monkeypatch.setattr("publisher.serve.task_pool.TASKS_PER_WORKER", 3)
    pool = make()
    pids = [pool.submit(work, n, affinity="a").result(timeout=60)[0] for n in range(7)]
    assert [len(set(pids[start : start + 3])) for start in (0, 3, 6)] == [1, 1, 1]
    assert len(set(pids)) == 3
    assert pool.state.restarts == 0


def test_urgent_tasks_are_first(make, tmp_path):
    pool = make()
    gate, order = tmp_path / "gate", []
    futures = [pool.submit(work, gate)]
    while not pool.state.running:
        time.sleep(0.01)
    for number, urgent in ((1, False), (2, True), (3, False), (4, True)):
        future = pool.submit(work, number, urgent=urgent)
        future.add_done_callback(lambda item: order.append(item.result()[1]))
        futures.append(future)
    gate.touch()
    for future in futures:
        future.result(timeout=60)
    pool.stop(0)
    assert order == [2, 4, 1, 3]


def test_tasks_of_one_affinity_go_to_one_worker(make):
    pool = make(workers=2)
    while pool.state.ready < 2:
        time.sleep(0.01)
    pids = {
        name: {
            pool.submit(work, number, affinity=name).result(timeout=60)[0] for number in range(4)
        }
        for name in ("a", "b", "a", "c")
    }
    assert [len(numbers) for numbers in pids.values()] == [1, 1, 1]


def test_a_busy_worker_does_not_hold_its_affinity(make, tmp_path):
    pool = make(workers=2)
    gate = tmp_path / "gate"
    first = pool.submit(work, gate, affinity="a")
    other = pool.submit(work, 1, affinity="a").result(timeout=60)[0]
    gate.touch()
    assert first.result(timeout=60)[0] != other


def test_a_full_queue_refuses_further_tasks(make, tmp_path):
    pool = make(max_waiting=2)
    gate = tmp_path / "gate"
    pool.submit(work, gate)
    while not pool.state.running:
        time.sleep(0.01)
    waiting = [pool.submit(work, 1), pool.submit(work, 2)]
    with pytest.raises(QueueFullError) as refused:
        pool.submit(work, 3)
    assert refused.value.retry_after == 2
    assert waiting[0].cancel()
    pool.submit(work, 4)
    gate.touch()


def test_a_cancelled_task_is_not_run(make, tmp_path):
    pool = make()
    gate = tmp_path / "gate"
    running = pool.submit(work, gate)

    async def cancel():
        task = asyncio.ensure_future(pool.run(work, tmp_path / "never"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        gate.touch()
        return await pool.run(work, 5)

    assert asyncio.run(cancel())[1] == 5
    assert running.done()


def test_the_end_gives_running_tasks_some_time(make, tmp_path):
    pool = make()
    gate = tmp_path / "gate"
    running = pool.submit(work, gate)
    while not pool.state.running:
        time.sleep(0.01)
    waiting = pool.submit(work, 1)
    stopping = threading.Thread(target=pool.stop, args=(60,))
    stopping.start()
    assert isinstance(waiting.exception(timeout=60), PoolStoppedError)
    gate.touch()
    stopping.join(60)
    assert running.result()[1] == gate
    with pytest.raises(PoolStoppedError):
        pool.submit(work, 2)


def test_the_end_stops_what_takes_too_long(make):
    pool = make()
    running = pool.submit(work, "hang")
    while not pool.state.running:
        time.sleep(0.01)
    pool.stop(0)
    assert isinstance(running.exception(timeout=0), PoolStoppedError)
