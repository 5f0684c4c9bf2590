"""Work in a thread of its own: what comes of it, and that nothing stays behind."""

import sys
import threading

import pytest

from publisher.beside import SOON, Beside


def test_what_is_made_beside_is_told_to_who_asks():
    assert Beside(sum, [1, 2])() == 3


@pytest.mark.parametrize("begin", [Beside, Beside.in_steps])
def test_what_fails_beside_is_told_to_who_asks(begin):
    failing = begin(int, "a")
    with pytest.raises(ValueError, match="a"):
        failing()


def test_the_interpreter_is_handed_over_as_before_when_it_has_done():
    usual, seen = sys.getswitchinterval(), []
    Beside.in_steps(lambda: seen.append(sys.getswitchinterval()))()
    assert seen == [pytest.approx(SOON)]
    assert sys.getswitchinterval() == usual
    assert threading.active_count() == 1 or all(not one.daemon for one in threading.enumerate())
