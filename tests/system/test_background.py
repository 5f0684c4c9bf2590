"""Work in a thread of its own: what comes of it, and that nothing stays behind."""

import sys
import threading

import pytest

from publisher.system import process
from publisher.system.background import SOON, Beside


@pytest.fixture(autouse=True)
def owned(monkeypatch):
    monkeypatch.setattr(process, "_PROCESS", process._Process(owned=True))


def test_what_is_made_beside_is_told_to_who_asks():
    assert Beside(sum, [1, 2])() == 3


@pytest.mark.parametrize("begin", [Beside, Beside.in_steps])
def test_what_fails_beside_is_told_to_who_asks(begin):
    failing = begin(int, "a")
    with pytest.raises(ValueError, match="a"):
        failing()


def test_the_interpreter_is_handed_over_as_before_when_it_has_done():
    usual, seen, before = sys.getswitchinterval(), [], threading.enumerate()
    Beside.in_steps(lambda: seen.append(sys.getswitchinterval()))()
    assert seen == [pytest.approx(SOON)]
    assert sys.getswitchinterval() == usual
    assert threading.enumerate() == before


def test_a_guest_leaves_the_switch_interval_alone(monkeypatch):
    monkeypatch.setattr(process, "_PROCESS", process._Process())
    usual, seen = sys.getswitchinterval(), []
    Beside.in_steps(lambda: seen.append(sys.getswitchinterval()))()
    assert seen == [usual]


@pytest.mark.parametrize("begin", [Beside, Beside.in_steps])
def test_in_company_everything_is_done_in_turn(begin):
    process.own(cores_are_shared=True)
    order = []
    asked = begin(lambda: order.append(threading.current_thread()) or 5)
    assert order == []
    assert (asked(), asked()) == (5, 5)
    assert order == [threading.main_thread()]
