"""What an attacker sends ends in one line and its code, within the time and memory of a report."""

import resource
import subprocess
import sys

import pytest

from tests.corpus import docx, html, text

SECONDS = 60
MEMORY = 2 << 30
"""Bytes of address space: what a folder's run gives a report (``--memory``), and its libraries."""
CASES = [
    pytest.param(case, id=f"{module.__name__.rpartition('.')[2]}-{case.name}")
    for module in (html, docx, text)
    for case in module.CASES
    if case.refusal
]


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_costs_a_line(case, tmp_path):
    source = tmp_path / f"r{case.suffix}"
    source.write_bytes(case.make())
    done = subprocess.run(
        [sys.executable, "-m", "publisher", "build", source, "-o", tmp_path / "out"],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    assert done.returncode == case.refusal.exit_code, done.stderr[-2000:]
    lines = done.stderr.splitlines()
    assert lines[0].startswith(f"error: {source}: ")
    assert lines[1].startswith(" hint: ")
    assert len(lines) == 2
    assert not (tmp_path / "out").exists()
