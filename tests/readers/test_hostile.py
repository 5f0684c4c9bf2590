"""Hostile files end with an error and its exit code, within limits of time and memory."""

import resource
import subprocess
import sys

import pytest

from tests.corpus import docx, html, text

MAX_SECONDS = 60
MAX_MEMORY = 2 << 30
"""Bytes of address space: the default of ``--memory``, and the libraries."""
CASES = [
    pytest.param(case, id=f"{module.__name__.rpartition('.')[2]}-{case.name}")
    for module in (html, docx, text)
    for case in module.CASES
    if case.refusal
]


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_is_refused_within_limits(case, tmp_path):
    source = tmp_path / f"r{case.suffix}"
    source.write_bytes(case.make())
    completed = subprocess.run(
        [sys.executable, "-m", "publisher", "build", source, "-o", tmp_path / "out"],
        capture_output=True,
        text=True,
        timeout=MAX_SECONDS,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY)),
    )
    assert completed.returncode == case.refusal.exit_code, completed.stderr[-2000:]
    lines = completed.stderr.splitlines()
    assert lines[0].startswith(f"error: {source}: ")
    assert lines[1].startswith(" hint: ")
    assert len(lines) == 2
    assert not (tmp_path / "out").exists()
