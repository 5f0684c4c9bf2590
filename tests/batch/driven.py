"""The command line with one thing made to go wrong, for tests: ``python driven.py WHAT ARGUMENTS…``.

``WHAT`` is ``poison`` (a source's name says what happens to whoever builds it) or ``STEP:COUNT``:
the command and its workers are killed when one of them comes to that step for that time.
Workers are programs of their own, so they import this module, and arm themselves before their first report.
"""

import ctypes
import faulthandler
import functools
import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from publisher import pipeline
from publisher.batch import journal, results_page, storage
from publisher.batch import task as task_module
from publisher.cli import build_folder, main
from publisher.errors import SourceError
from publisher.system import atomic_write

COMMAND = "PUBLISHER_TEST_COMMAND"
"""The variable that holds the command's process."""


def build_poisoned(what_is_built, storage):
    """Fail in the way that the name of a source specifies, or build it."""
    task = getattr(what_is_built, "task", what_is_built)
    kind = task.source.stem.rpartition(" ")[2]
    if kind == "raise":
        raise RuntimeError("odd")
    if kind == "exit":
        os._exit(3)
    if kind == "leave":
        os._exit(0)
    if kind == "segfault":
        faulthandler.disable()
        ctypes.string_at(0)
    if kind == "hang":
        time.sleep(600)
    if kind == "hungry":
        raise SourceError(f"was given {len(bytearray(8 << 30))} bytes")
    if kind == "full":
        raise atomic_write.output_error(OSError(28, "No space left on device"), task.source)
    return (task_module.build_report if what_is_built is task else task_module.build_from_request)(
        what_is_built, storage
    )


@functools.cache
def arm_once(step):
    """Put the traps of a worker in place."""
    arm(step)


def build_armed(step, task, storage):
    """Build with the traps in place."""
    arm_once(step)
    return task_module.build_report(task, storage)


def kill():
    """Kill the command, and with it its workers, or this worker and the command."""
    if COMMAND in os.environ:
        os.kill(int(os.environ[COMMAND]), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def trap(chosen, where, name, step, *, before=True, cut=False, only=lambda *_: True):
    """Kill at the count-th call of a function, before it or after it, or half-way through writing."""
    wanted, _, count = chosen.partition(":")
    number, number_now = int(count), [0]
    if wanted != step:
        return
    stock = getattr(where, name)

    @functools.wraps(stock)
    def wrapped(*arguments, **named):
        if only(*arguments):
            number_now[0] += 1
        due = number_now[0] == number and only(*arguments)
        if due and cut:
            handle, data = arguments
            os.write(handle, data[: len(data) // 2])
            kill()
        if due and before:
            kill()
        value = stock(*arguments, **named)
        if due:
            kill()
        return value

    setattr(where, name, wrapped)


STEPS = (
    "journal opened",
    "planned",
    "checked",
    "started",
    "set in type",
    "temporary made",
    "temporary half written",
    "about to rename",
    "renamed",
    "written",
    "done half noted",
    "done noted",
    "results started",
    "results renamed",
    "results noted",
    "finished",
)


def arm(chosen):
    """Put the traps in place."""
    from publisher.typeset.engine import Engine

    at = functools.partial(trap, chosen)

    def noting(word):
        return lambda _journal, event, *_rest: event == word

    at(journal.Journal, "__init__", "journal opened", before=False)
    at(journal.Journal, "append", "planned", before=False, only=noting("planned"))
    at(pipeline, "require_resources", "checked", before=False)
    at(journal.Journal, "append", "started", before=False, only=noting("started"))
    at(Engine, "typeset", "set in type", before=False)
    at(atomic_write, "_create_temporary", "temporary made", before=False)
    at(atomic_write, "_write_and_sync", "temporary half written", cut=True)
    at(Path, "replace", "about to rename")
    at(Path, "replace", "renamed", before=False)
    at(storage, "write_atomically", "written", before=False)
    done = b'{"event":"done"'
    at(os, "write", "done half noted", cut=True, only=lambda _, data: data.startswith(done))
    at(journal.Journal, "append", "done noted", before=False, only=noting("done"))
    at(results_page, "write_atomically", "results started")
    at(results_page, "write_atomically", "results renamed", before=False)
    at(journal.Journal, "append", "results noted", before=False, only=noting("results"))
    at(journal.Journal, "append", "finished", before=False, only=noting("finished"))


if __name__ == "__main__":
    from tests.batch import driven  # by the name that workers import it under

    step = sys.argv[1]
    os.environ[driven.COMMAND] = str(os.getpid())
    if step == "poison":
        build_folder.build_report = driven.build_poisoned
    elif ":" in step:
        build_folder.build_report = functools.partial(driven.build_armed, step)
        driven.arm(step)
    sys.exit(main.main(sys.argv[2:]))
