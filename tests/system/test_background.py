"""Work in a thread of its own: what comes of it, and that nothing stays behind."""

import sys
import threading

import pytest

from publisher.system.background import SOON, Beside, in_company


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    monkeypatch.setattr(Beside, "alone", True)


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


@pytest.mark.parametrize("begin", [Beside, Beside.in_steps])
def test_in_company_everything_is_done_in_turn(begin):
    in_company()
    order = []
    asked = begin(lambda: order.append(threading.current_thread()) or 5)
    assert order == []
    assert (asked(), asked()) == (5, 5)
    assert order == [threading.main_thread()]
