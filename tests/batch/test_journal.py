"""The journal: one run at a time, nothing that a kill tore is believed, and no traceback."""

import errno
import os

import pytest

from publisher.batch import journal as journal_module
from publisher.batch.journal import Journal
from publisher.batch.run import last_entries
from publisher.errors import DiskFullError, OutputError
from publisher.output_names import JOURNAL as FILE


def test_the_journal_is_append_only(tmp_path):
    for number in range(3):
        with Journal(tmp_path) as journal:
            journal.append("done", name="a", number=number)
    with Journal(tmp_path) as journal:
        assert [line["number"] for line in journal.entries("done")] == [0, 1, 2]
        assert last_entries(journal.entries("done"))["a"]["number"] == 2


def test_an_incomplete_line_is_ignored(tmp_path):
    (tmp_path / FILE).write_bytes(b'{"event":"done","name":"a"}\n{"event":"do')
    with Journal(tmp_path) as journal:
        journal.append("started", name="b")
        assert [line["event"] for line in journal.entries("done", "started")] == ["done", "started"]


def test_foreign_lines_are_ignored(tmp_path):
    (tmp_path / FILE).write_bytes(
        b'{"event":"run"}\n[]\nnull\n\xff\xfe\n{"event":1}\n{"name":"x"}\n' + b"[" * 9000
    )
    with Journal(tmp_path) as journal:
        assert list(journal.entries("done", "started")) == []


def test_undecodable_names_are_recorded(tmp_path):
    with Journal(tmp_path) as journal:
        journal.append("started", name=os.fsdecode(b"\xff"))
        assert len(list(journal.entries("started"))) == 1


def test_a_foreign_journal_is_not_overwritten(tmp_path):
    (tmp_path / FILE).write_text("my diary\n")
    with pytest.raises(OutputError, match="not a journal of an earlier run"):
        Journal(tmp_path)
    assert (tmp_path / FILE).read_text() == "my diary\n"


def test_a_full_disk_is_reported(tmp_path, monkeypatch):
    def full(_handle, _data):
        raise OSError(errno.ENOSPC, "No space left on device")

    with Journal(tmp_path) as journal:
        monkeypatch.setattr(journal_module.os, "write", full)
        with pytest.raises(DiskFullError, match="the disk is full"):
            journal.append("started", name="a")
        monkeypatch.setattr(journal_module.os, "write", lambda _, data: len(data) - 1)
        with pytest.raises(DiskFullError):
            journal.append("started", name="a")


@pytest.mark.parametrize("obstacle", ["folder", "file"])
def test_an_unwritable_folder_is_an_error(tmp_path, obstacle):
    if obstacle == "folder":
        (tmp_path / FILE).mkdir()
        with pytest.raises(OutputError, match="cannot be written"):
            Journal(tmp_path)
    else:
        (tmp_path / "out").write_bytes(b"")
        with pytest.raises(OutputError, match="cannot be written"):
            Journal(tmp_path / "out")
