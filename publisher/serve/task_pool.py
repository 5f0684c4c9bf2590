"""The workers of a server: tasks come at any time, from any client, and run in processes with limits.

Input: a function and its argument. Output: the value that the function returns, or the ``PublisherError`` on it. Each worker process has
a thread here, which gives it one task after another. The order is that of arrival, urgent tasks first; a task with an
affinity prefers the worker that ran the last task of the same affinity.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict, deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, cast

from publisher.batch.worker import Limits, Worker
from publisher.batch.worker_process import Ready

if TYPE_CHECKING:
    from collections.abc import Callable

Argument = TypeVar("Argument")
Result = TypeVar("Result")

REMEMBERED_AFFINITIES = 1000
"""Affinities whose last worker is known."""
TASKS_PER_WORKER = 500
"""Tasks after which a worker is replaced, so that what its caches hold of other fonts, styles and files has an end."""
_RESTART_PAUSE = 5.0
"""Seconds before a worker that did not become ready is started again."""


class QueueFullError(Exception):
    """As many tasks are waiting as the server accepts."""

    def __init__(self, retry_after: int) -> None:
        """Store after how many seconds the client may ask again."""
        super().__init__("the queue is full")
        self.retry_after = retry_after


class PoolStoppedError(Exception):
    """The server ended before the task did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A function with its argument, as it is sent to a worker; its text is what messages call the task."""

    function: Callable[[Any], Any]
    argument: Any
    name: str

    def __str__(self) -> str:
        """Return the name."""
        return self.name


def run_call(call: Call) -> Any:
    """Run a call; called in a worker process."""
    return call.function(call.argument)


@dataclass(slots=True, kw_only=True)
class _Waiting:
    """A call that waits for a worker."""

    call: Call
    affinity: str
    future: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolState:
    """What a pool is doing."""

    waiting: int
    running: int
    ready: int
    """Workers that have been initialised."""
    restarts: int
    """Workers that were replaced since the start."""


class TaskPool:
    """Worker processes that run functions of importable modules."""

    def __init__(
        self,
        *,
        workers: int,
        limits: Limits,
        max_waiting: int,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        """Store the settings; ``start`` starts the processes.

        Args:
            workers: The number of processes.
            limits: The limits of one task.
            max_waiting: Tasks that may wait; see ``QueueFullError``.
            prepare: Called in each process before its first task.

        """
        self._limits = limits
        self._max_waiting = max_waiting
        self._prepare = prepare
        self._changed = threading.Condition()
        self._urgent: deque[_Waiting] = deque()
        self._ordinary: deque[_Waiting] = deque()
        self._last_slot: OrderedDict[str, int] = OrderedDict()
        self._idle: set[int] = set()
        self._running: dict[int, _Waiting] = {}
        self._workers: dict[int, Worker[Call, Any]] = {}
        self._ready: set[int] = set()
        self._restarts = 0
        self._is_stopping = False
        self._threads = [
            threading.Thread(target=self._serve, args=(slot,), name=f"worker-{slot}", daemon=True)
            for slot in range(workers)
        ]

    def start(self) -> None:
        """Start the processes; tasks may be given before they are ready."""
        for thread in self._threads:
            thread.start()

    def stop(self, grace: float) -> None:
        """Cancel what waits, give what runs some seconds, then end the processes.

        Tasks that did not finish raise ``PoolStoppedError``.
        """
        with self._changed:
            self._is_stopping = True
            waiting = [*self._urgent, *self._ordinary]
            self._urgent.clear()
            self._ordinary.clear()
            self._changed.notify_all()
            for item in waiting:
                _fail(item.future, PoolStoppedError())
            self._changed.wait_for(lambda: not self._running, timeout=grace)
            for worker in self._workers.values():
                worker.kill()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    @property
    def state(self) -> PoolState:
        """What the pool is doing now."""
        with self._changed:
            return PoolState(
                waiting=len(self._urgent) + len(self._ordinary),
                running=len(self._running),
                ready=len(self._ready),
                restarts=self._restarts,
            )

    async def run(
        self,
        function: Callable[[Argument], Result],
        argument: Argument,
        *,
        affinity: str = "",
        urgent: bool = False,
        name: str = "",
    ) -> Result:
        """Run a function in a worker process and return its value.

        Args:
            function: A function of an importable module.
            argument: Its argument; it is pickled, as is the value.
            affinity: What the worker may have in memory; empty for any worker.
            urgent: Whether the task goes before those that are not.
            name: What messages call the task, such as the name of a file.

        Raises:
            PublisherError: The function raised it, or the task exceeded a limit or crashed.
            QueueFullError: Too many tasks are waiting.
            PoolStoppedError: The server ended first.

        """
        future = self.submit(function, argument, affinity=affinity, urgent=urgent, name=name)
        return cast("Result", await asyncio.wrap_future(future))

    def submit(
        self,
        function: Callable[[Argument], Result],
        argument: Argument,
        *,
        affinity: str = "",
        urgent: bool = False,
        name: str = "",
    ) -> Future[Result]:
        """Give a task to the workers as ``run`` does, and return without waiting for its value."""
        call = Call(function=function, argument=argument, name=name)
        item = _Waiting(call=call, affinity=affinity)
        with self._changed:
            if self._is_stopping:
                raise PoolStoppedError
            self._drop_cancelled()
            waiting = len(self._urgent) + len(self._ordinary)
            if waiting >= self._max_waiting:
                raise QueueFullError(retry_after=max(1, waiting // max(1, len(self._threads))))
            (self._urgent if urgent else self._ordinary).append(item)
            self._changed.notify_all()
        return item.future

    def _drop_cancelled(self) -> None:
        for queue in (self._urgent, self._ordinary):
            if any(item.future.cancelled() for item in queue):
                remaining = [item for item in queue if not item.future.cancelled()]
                queue.clear()
                queue.extend(remaining)

    def _serve(self, slot: int) -> None:
        """Start a worker and give it tasks until the pool stops; the body of a thread."""
        worker: Worker[Call, Any] = Worker(run_call, self._limits, prepare=self._prepare)
        with self._changed:
            self._workers[slot] = worker
        try:
            tasks = 0
            while self._make_ready(slot, worker):
                item = self._next(slot)
                if item is None:
                    return
                self._run(slot, worker, item)
                tasks += 1
                if tasks % TASKS_PER_WORKER == 0:
                    self._renew(slot, worker)
        finally:
            worker.stop()

    def _make_ready(self, slot: int, worker: Worker[Call, Any]) -> bool:
        """Wait until a worker has been initialised; return False if the pool stops."""
        while not worker.is_ready:
            with self._changed:
                self._ready.discard(slot)
                if self._is_stopping:
                    return False
            worker.ensure_running()
            if not isinstance(_receive(worker), Ready):
                with self._changed:
                    self._restarts += 1
                    self._changed.wait_for(lambda: self._is_stopping, timeout=_RESTART_PAUSE)
        with self._changed:
            self._ready.add(slot)
            return not self._is_stopping

    def _next(self, slot: int) -> _Waiting | None:
        """Wait for a task for this worker; return ``None`` if the pool stops."""
        with self._changed:
            self._idle.add(slot)
            try:
                while not self._is_stopping:
                    if item := self._choose(slot):
                        self._running[slot] = item
                        self._remember(item.affinity, slot)
                        return item
                    self._changed.wait()
                return None
            finally:
                self._idle.discard(slot)

    def _choose(self, slot: int) -> _Waiting | None:
        """Take the task that this worker should run: the first that no other idle worker is better for."""
        for queue in (self._urgent, self._ordinary):
            for item in queue:
                preferred = self._last_slot.get(item.affinity, slot)
                if preferred != slot and preferred in self._idle:
                    continue
                queue.remove(item)
                if item.future.set_running_or_notify_cancel():
                    return item
                return self._choose(slot)
        return None

    def _remember(self, affinity: str, slot: int) -> None:
        if not affinity:
            return
        self._last_slot[affinity] = slot
        self._last_slot.move_to_end(affinity)
        if len(self._last_slot) > REMEMBERED_AFFINITIES:
            self._last_slot.popitem(last=False)

    def _run(self, slot: int, worker: Worker[Call, Any], item: _Waiting) -> None:
        outcome: Any
        try:
            worker.assign(item.call)
            outcome = _receive(worker)
            while isinstance(outcome, Ready):  # it died while it was idle and was started anew
                outcome = _receive(worker)
        except Exception as error:  # noqa: BLE001 - an argument that cannot be sent fails one task only
            outcome = error
        worker.task = None
        with self._changed:
            del self._running[slot]
            if not worker.is_running:
                self._restarts += not self._is_stopping
                self._ready.discard(slot)
                self._forget(slot)
            if self._is_stopping and not worker.is_running:
                outcome = PoolStoppedError()
            if worker.is_running:
                self._idle.add(slot)  # before the answer, which the next task may follow at once
            self._changed.notify_all()
        if isinstance(outcome, Exception):
            item.future.set_exception(outcome)
        else:
            item.future.set_result(outcome)

    def _renew(self, slot: int, worker: Worker[Call, Any]) -> None:
        """End a worker that has run many tasks; it is started anew before its next one."""
        with self._changed:
            self._ready.discard(slot)
            self._idle.discard(slot)
            self._forget(slot)
            self._changed.notify_all()
        worker.stop()

    def _forget(self, slot: int) -> None:
        """Forget what a worker that has ended had in memory."""
        for affinity in [name for name, last in self._last_slot.items() if last == slot]:
            del self._last_slot[affinity]


def _receive(worker: Worker[Call, Any]) -> Any:
    """Wait for a message of a worker, its end or its deadline; return the outcome."""
    from multiprocessing.connection import wait

    wait([worker.pipe], timeout=max(0.0, worker.deadline - time.monotonic()))
    return worker.receive()


def _fail(future: Future[Any], error: Exception) -> None:
    if future.set_running_or_notify_cancel():
        future.set_exception(error)
