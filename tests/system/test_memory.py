"""Frames of calls stay in one piece of memory, and the collector does what it is told."""

import gc
import sys

import pytest

from publisher.system import process
from publisher.system.memory import (
    collect_all,
    collect_and_freeze,
    gc_paused,
    large_frame_chunk,
    unfreeze,
)

resource = pytest.importorskip("resource", reason="page faults are counted by POSIX systems")


def dive(depth, calls):
    if depth:
        dive(depth - 1, calls)
        return
    for _ in range(calls):
        leaf()


def leaf():
    a = b = c = d = e = f = 0
    return a, b, c, d, e, f


def dives():
    """Call again and again at every depth, so that some of it is at the end of a chunk of frames."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for depth in range(200):
        dive(depth, 200)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_frames_are_in_one_piece():
    large_frame_chunk(dives)()
    assert large_frame_chunk(dives)() < 500


@pytest.mark.skipif(
    sys.version_info >= (3, 12) or sys.implementation.name != "cpython",
    reason="another Python keeps its frames otherwise",
)
def test_frames_would_be_in_many():
    dives()
    assert dives() > 500


def test_arguments_and_results_go_through():
    def named(first, *, second):
        """Say it."""
        return first, second

    wrapped = large_frame_chunk(named)
    assert wrapped(1, second=2) == (1, 2)
    assert (wrapped.__name__, wrapped.__doc__) == ("named", "Say it.")
    with pytest.raises(TypeError):
        wrapped()


@pytest.mark.parametrize("collects", [True, False])
def test_the_collector_is_as_it_was(collects, monkeypatch):
    monkeypatch.setattr(process, "_PROCESS", process._Process(owned=True))
    (gc.enable if collects else gc.disable)()
    try:
        with pytest.raises(ValueError, match="enabled: False"), gc_paused():
            raise ValueError(f"enabled: {gc.isenabled()}")
        assert gc.isenabled() is collects
    finally:
        gc.enable()


def test_a_guest_leaves_the_collector_alone(monkeypatch):
    monkeypatch.setattr(process, "_PROCESS", process._Process())
    seen, frozen = [], gc.get_freeze_count()
    gc.callbacks.append(lambda *_: seen.append(True))
    try:
        with gc_paused():
            assert gc.isenabled()
            collect_and_freeze()
            unfreeze()
            collect_all()
    finally:
        gc.callbacks.pop()
    assert gc.get_freeze_count() == frozen
    assert seen == []
