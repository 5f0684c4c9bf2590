"""The command line with one thing made to go wrong, for tests: ``python driven.py WHAT ARGUMENTS…``.

``WHAT`` is ``poison`` (a source's name says what happens to whoever builds it) or ``STEP:COUNT``:
the whole process group is killed when that step is come to for that time.
"""

import ctypes
import faulthandler
import functools
import os
import signal
import sys
import time
from pathlib import Path

from publisher import pipeline
from publisher.batch import journal, results_page, storage
from publisher.cli import main
from publisher.cli.commands import build_folder
from publisher.errors import SourceError
from publisher.system import atomic_write


def poisoned(build):
    """Return a builder that does what the names of its sources say."""

    def wrapped(what_is_built, storage):
        task = getattr(what_is_built, "task", what_is_built)
        what = task.source.stem.rpartition(" ")[2]
        if what == "raise":
            raise RuntimeError("odd")
        if what == "exit":
            os._exit(3)
        if what == "segfault":
            faulthandler.disable()
            ctypes.string_at(0)
        if what == "hang":
            time.sleep(600)
        if what == "hungry":
            raise SourceError(f"was given {len(bytearray(8 << 30))} bytes")
        if what == "full":
            raise atomic_write.explained(OSError(28, "No space left on device"), task.source)
        return build(what_is_built, storage)

    return wrapped


def kill():
    os.killpg(0, signal.SIGKILL)


def at(where, name, step, count, *, before=True, cut=False, only=lambda *_: True):
    """Kill at the count-th call of a function, before it or after it, or half-way through writing."""
    wanted, number, number_now = STEP.split(":")[0] == step, count, [0]
    if not wanted:
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
    "warmed",
    "begun",
    "set in type",
    "temporary made",
    "temporary half written",
    "about to rename",
    "renamed",
    "written",
    "done half noted",
    "done noted",
    "results begun",
    "results renamed",
    "results noted",
    "ended",
)


def arm(count):
    """Put the traps in place."""
    from publisher.typeset.engine import Engine

    def noting(word):
        return lambda _journal, event, *_rest: event == word

    at(journal.Journal, "__init__", "journal opened", count, before=False)
    at(journal.Journal, "note", "planned", count, before=False, only=noting("planned"))
    at(pipeline, "warm", "warmed", count, before=False)
    at(journal.Journal, "note", "begun", count, before=False, only=noting("begun"))
    at(Engine, "typeset", "set in type", count, before=False)
    at(atomic_write, "_begin", "temporary made", count, before=False)
    at(atomic_write, "_fill", "temporary half written", count, cut=True)
    at(Path, "replace", "about to rename", count)
    at(Path, "replace", "renamed", count, before=False)
    at(storage, "write_whole", "written", count, before=False)
    done = b'{"event":"done"'
    at(os, "write", "done half noted", count, cut=True, only=lambda _, data: data.startswith(done))
    at(journal.Journal, "note", "done noted", count, before=False, only=noting("done"))
    at(results_page, "write_whole", "results begun", count)
    at(results_page, "write_whole", "results renamed", count, before=False)
    at(journal.Journal, "note", "results noted", count, before=False, only=noting("results"))
    at(journal.Journal, "note", "ended", count, before=False, only=noting("ended"))


if __name__ == "__main__":
    STEP = sys.argv[1]
    if STEP == "poison":
        build_folder.build = poisoned(build_folder.build)
    elif ":" in STEP:
        arm(int(STEP.split(":")[1]))
    sys.exit(main.main(sys.argv[2:]))
