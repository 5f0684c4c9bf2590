"""The progress of a run: a bar on a terminal, lines elsewhere, nothing with --quiet."""

import contextlib
import os
import pty
import subprocess
import sys

import pytest

from publisher.cli import progress as module
from publisher.cli.console import Console
from publisher.cli.progress import NoProgress, ProgressLines, create_progress, format_duration
from tests.batch.reports import fill


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.4, "0 s"), (59, "59 s"), (61, "1 min 1 s"), (7300, "2 h 1 min")]
)
def test_durations(seconds, expected):
    assert format_duration(seconds) == expected


def test_a_line_every_ten_seconds(monkeypatch, capsys):
    clock = iter([0.0, 3.0, 10.0, 12.0, 20.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    with ProgressLines(Console(), 40) as lines:
        for done in (3, 10, 12, 20):
            lines.show(done=done, failed=1)
    assert capsys.readouterr().err.splitlines() == [
        "10 of 40, 1.0 a second, 30 s left, 1 failed",
        "20 of 40, 1.0 a second, 20 s left, 1 failed",
    ]


def test_quiet_shows_no_progress():
    assert isinstance(create_progress(Console(quiet=True), 10), NoProgress)
    assert isinstance(create_progress(Console(), 0), NoProgress)


def test_a_terminal_shows_a_bar(tmp_path):
    folder = fill(tmp_path / "in", 3)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "publisher",
            "build",
            folder,
            "-o",
            tmp_path / "out",
            "--profile",
            "draft",
            "--tables",
            "none",
        ],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    written = b""
    with contextlib.suppress(OSError):  # the end of a terminal that nobody writes to any more
        while part := os.read(ours, 1 << 16):
            written += part
    os.close(ours)
    printed, _ = process.communicate()
    assert process.returncode == 0
    shown = written.decode()
    assert "3/3" in shown
    assert "a second" in shown
    assert "0 failed" in shown
    assert printed.decode().count(".pdf  ") == 3
