"""A temporary folder goes with its block, or with the next one if its process was killed."""

import subprocess
import sys

import pytest

from publisher.system import temporary_folder as module
from publisher.system.temporary_folder import temporary_folder

HOLDER = """
import sys
from publisher.system.temporary_folder import temporary_folder
with temporary_folder("publisher-trial-") as folder:
    (folder / "inside").write_text("x")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(module, "_GRACE_SECONDS", -1.0)


def test_a_folder_is_removed_at_the_end_of_its_block(tmp_path):
    with temporary_folder("publisher-trial-") as folder:
        (folder / "inside").mkdir()
    assert list(tmp_path.iterdir()) == []


def test_only_the_folder_of_a_process_that_was_killed_is_removed_by_the_next(tmp_path):
    other = tmp_path / "publisher-other"
    other.mkdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    link = tmp_path / "publisher-trial-link"
    link.symlink_to(outside)
    command = [sys.executable, "-c", HOLDER]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        left = tmp_path / holder.stdout.readline().strip()
        try:
            with temporary_folder("publisher-trial-"):
                assert (left / "inside").exists()
        finally:
            holder.kill()
        holder.wait(timeout=60)
        assert left.exists()
        with temporary_folder("publisher-trial-"):
            assert not left.exists()
    assert other.is_dir()
    assert link.is_symlink()
    assert outside.is_dir()
