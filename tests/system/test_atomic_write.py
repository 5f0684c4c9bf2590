"""A file is whole or absent, and what stood there before is untouched until then."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.errors import DiskFullError, OutputError
from publisher.system import atomic_write
from publisher.system.atomic_write import clear_temporaries, write_atomically

OUTPUT = {"capture_output": True, "text": True}


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_files_are_written_whole_into_a_folder_that_was_not_there(tmp_path):
    folder = tmp_path / "a" / "b"
    files = {folder / "报告.pdf": b"%PDF" * 1000, folder / "报告.record.json": b"{}"}
    write_atomically(files)
    assert {path: path.read_bytes() for path in files} == files
    assert names(folder) == ["报告.pdf", "报告.record.json"]


def test_a_file_has_the_mode_that_the_system_gives(tmp_path):
    mask = os.umask(0o027)
    try:
        write_atomically({tmp_path / "a.pdf": b"new"})
    finally:
        os.umask(mask)
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o640


def no_room(*_arguments):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FullFile:
    """A file on a disk without room: it takes part of the bytes."""

    def __init__(self, handle, mode, *, closefd):  # noqa: ARG002
        self.file = Path(f"/dev/fd/{handle}").open(mode)  # noqa: SIM115 - closed in __exit__

    def __enter__(self):
        return self

    def __exit__(self, *_reason):
        self.file.close()

    def write(self, data):
        self.file.write(data[: len(data) // 2])
        no_room()


FULL = {"while writing": ("fdopen", FullFile), "while syncing": ("fsync", no_room)}


@pytest.mark.parametrize(("function", "stand_in"), FULL.values(), ids=FULL)
def test_a_full_disk_leaves_the_good_files(tmp_path, monkeypatch, function, stand_in):
    good = {tmp_path / "a.pdf": b"good", tmp_path / "a.record.json": b"{}"}
    write_atomically(good)
    monkeypatch.setattr(atomic_write.os, function, stand_in)
    with pytest.raises(DiskFullError) as caught:
        write_atomically(dict.fromkeys(good, b"new and longer"))
    assert caught.value.where == str(tmp_path / "a.pdf")
    assert caught.value.hint
    assert {path: path.read_bytes() for path in good} == good
    assert names(tmp_path) == ["a.pdf", "a.record.json"]


def test_a_disk_that_fills_with_the_second_file_leaves_both(tmp_path, monkeypatch):
    good = {tmp_path / "a.pdf": b"good", tmp_path / "a.record.json": b"{}"}
    write_atomically(good)
    synced = []
    sync = os.fsync

    def once(handle):
        synced.append(handle)
        if len(synced) > 1:
            no_room()
        sync(handle)

    monkeypatch.setattr(atomic_write.os, "fsync", once)
    with pytest.raises(DiskFullError):
        write_atomically(dict.fromkeys(good, b"new"))
    assert {path: path.read_bytes() for path in good} == good
    assert names(tmp_path) == ["a.pdf", "a.record.json"]


def test_an_interruption_leaves_the_good_file_and_is_passed_on(tmp_path, monkeypatch):
    write_atomically({tmp_path / "a.pdf": b"good"})

    def interrupted(_handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic_write.os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically({tmp_path / "a.pdf": b"new"})
    assert (tmp_path / "a.pdf").read_bytes() == b"good"
    assert names(tmp_path) == ["a.pdf"]


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for target in (tmp_path / "file", tmp_path / "file" / "deeper"):
        with pytest.raises(OutputError, match="a file, and results go into a folder") as caught:
            write_atomically({target / "a.pdf": b"new"})
        assert not isinstance(caught.value, DiskFullError)
        assert caught.value.where == str(tmp_path / "file")


def test_a_folder_that_cannot_be_created():
    with pytest.raises(OutputError, match="the folder cannot be created") as caught:
        write_atomically({Path("/proc/none/a.pdf"): b"new"})
    assert caught.value.where == "/proc/none"
    assert "permissions" not in caught.value.hint


def test_a_name_that_is_too_long_leaves_nothing(tmp_path):
    with pytest.raises(OutputError):
        write_atomically({tmp_path / ("报" * 90 + ".pdf"): b"new"})
    assert names(tmp_path) == []


def test_what_a_killed_run_left_is_cleared_and_nothing_else(tmp_path):
    killed = (
        "import os, sys; from pathlib import Path; from publisher.system import atomic_write\n"
        "atomic_write.os.fsync = lambda _: os.kill(os.getpid(), 9)\n"
        "atomic_write.write_atomically({Path(sys.argv[1]) / 'b.pdf': b'half'})"
    )
    subprocess.run([sys.executable, "-c", killed, tmp_path], check=False, **OUTPUT)
    assert sum(name.endswith(".part") for name in names(tmp_path)) == 1
    for name in ("a.pdf", ".hidden", ".publisher-notes"):
        (tmp_path / name).write_bytes(b"")
    temporary, handle = atomic_write._create_temporary(tmp_path / "living.pdf")
    clear_temporaries(tmp_path)
    clear_temporaries(tmp_path / "absent")
    assert names(tmp_path) == sorted([".hidden", temporary.name, ".publisher-notes", "a.pdf"])
    os.close(handle)


def test_a_folder_in_the_way_is_told_before_anything_is_put_in_place(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"old")
    (tmp_path / "a.record.json").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write_atomically({tmp_path / "a.pdf": b"new", tmp_path / "a.record.json": b"{}"})
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
