"""A program in a process of its own ends at its limits, and this process goes on."""

import sys

import pytest

from publisher.system.limited_program import ProgramError, ProgramLimits, run_limited

LIMITS = ProgramLimits(megabytes=512, seconds=2)

linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems limit the time alone")


@pytest.fixture
def write_program(tmp_path):
    def write(text):
        path = tmp_path / "program.py"
        path.write_text(text)
        return path

    return write


def test_a_program_has_its_input_and_its_arguments(write_program):
    program = write_program(
        "import json, sys\nif __name__ == '__main__':\n    json.dump(sys.stdin.read() + sys.argv[1], sys.stdout)"
    )
    assert run_limited(program, b"in ", "put", limits=LIMITS) == "in put"


def test_a_program_imports_nothing_of_this_package(write_program):
    program = write_program(
        "import json, sys; print(json.dumps([name for name in sys.modules if 'publisher' in name]))"
    )
    assert run_limited(program, b"", limits=LIMITS) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("raise SystemExit(3)", "code 3"),
        ("import os; os.kill(os.getpid(), 11)", "code -11"),
        pytest.param("bytes(1 << 30)", "code 1", marks=linux),
        pytest.param("while True: pass", "code -", marks=linux),
        ("import time; time.sleep(60)", "TimeoutExpired"),
        ("print('a library speaks'); print([])", "JSONDecodeError"),
        ("", "JSONDecodeError"),
    ],
)
def test_a_program_that_ends_early_or_never_gives_an_error(write_program, text, reason):
    with pytest.raises(ProgramError, match=reason):
        run_limited(write_program(text), b"", limits=LIMITS)


def test_a_program_that_cannot_be_started_gives_an_error(write_program, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(ProgramError, match="FileNotFoundError"):
        run_limited(write_program(""), b"", limits=LIMITS)


@linux
def test_the_stack_of_a_program_has_a_limit(write_program):
    program = write_program(
        "import resource; print(*resource.getrlimit(resource.RLIMIT_STACK)[:1])"
    )
    assert int(run_limited(program, b"", limits=LIMITS)) <= 64 << 20
