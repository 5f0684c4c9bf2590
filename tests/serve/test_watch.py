"""A watched folder: whole files only, results and failures in another folder."""

import json
import signal
import subprocess
import sys
import threading
import time

import pytest

from publisher.batch.task import Task
from publisher.options import Options
from publisher.serve import watch as module
from publisher.serve.watch import SettledReports, clear_failure, set_aside, watch
from tests.serve.servers import REPORT


def task(folder, name, output=None):
    return Task(
        source=folder / name,
        options=Options(output=output or folder / "out"),
        name=name.rpartition(".")[0],
        relative_path=name,
    )


@pytest.fixture
def clock():
    return [100.0]


def test_a_file_is_whole_when_it_has_been_the_same_for_a_time(tmp_path, clock):
    reports = SettledReports(2.0, clock=lambda: clock[0])
    source = tmp_path / "a.txt"
    source.write_bytes(b"begin")
    tasks = [task(tmp_path, "a.txt")]
    assert reports.look(tasks) == ({}, True)
    clock[0] += 1.9
    source.write_bytes(b"begin and end")
    assert reports.look(tasks) == ({}, True)
    clock[0] += 1.9
    assert reports.look(tasks) == ({}, True)
    clock[0] += 0.2
    settled, has_others = reports.look(tasks)
    assert (list(settled), has_others) == ([source], False)
    source.unlink()
    clock[0] += 5
    assert reports.look(tasks) == ({}, True)
    assert reports.look([]) == ({}, False)


def test_a_decisions_file_belongs_to_its_report(tmp_path, clock):
    reports = SettledReports(2.0, clock=lambda: clock[0])
    (tmp_path / "a.txt").write_bytes(b"text")
    tasks = [task(tmp_path, "a.txt")]
    reports.look(tasks)
    clock[0] += 3
    before, _ = reports.look(tasks)
    (tmp_path / "a.decisions.toml").write_text("")
    assert reports.look(tasks) == ({}, True)
    clock[0] += 3
    assert reports.look(tasks)[0] != before


def run_rounds(monkeypatch, changes, plan, settle=0.0):
    """Watch a folder of which the system reports these changes; return what was built."""
    built = []
    monkeypatch.setattr(module, "_changes", lambda *_: iter(changes))
    watch(
        None,
        plan,
        lambda tasks: built.append([item.name for item in tasks]),
        settle=settle,
        stop=None,
    )
    return built


def test_reports_are_built_when_they_are_new_or_changed(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"text")
    looks = []

    def plan():
        looks.append(1)
        if len(looks) == 2:
            (tmp_path / "b.txt").write_bytes(b"text")
        if len(looks) == 4:
            (tmp_path / "a.txt").write_bytes(b"other text")
        return [task(tmp_path, path.name) for path in sorted(tmp_path.iterdir())]

    assert run_rounds(monkeypatch, [True] * 5, plan) == [["a"], ["a", "b"], ["a", "b"]]


def test_a_folder_without_changes_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"text")
    looks = []

    def plan():
        looks.append(1)
        return [task(tmp_path, "a.txt")]

    run_rounds(monkeypatch, [True, False, False], plan)
    assert len(looks) == 1


def test_a_failure_is_put_aside_until_it_is_corrected(tmp_path):
    failed = task(tmp_path, "a.txt", tmp_path / "out")
    failed.source.write_bytes(b"text")
    set_aside(failed, "has no text\nlook at it")
    folder = tmp_path / "out" / "failed"
    assert (folder / "a.reason.txt").read_text() == "has no text\nlook at it\n"
    assert (folder / "a.txt").read_bytes() == b"text"
    clear_failure(failed)
    assert list(folder.iterdir()) == []


def test_dropped_reports_are_published(tmp_path):
    incoming, published = tmp_path / "in", tmp_path / "out"
    incoming.mkdir()
    (incoming / "bad.docx").write_bytes(b"PK\3\4")
    options = ["--settle", "0.2", "--jobs", "1", "--json"]
    command = [sys.executable, "-m", "publisher", "watch", incoming, published, *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert "watching" in process.stderr.readline()
        error = json.loads(process.stderr.readline())
        assert error["exit_code"] == 17
        slow = (incoming / "report.txt").open("wb")
        with slow:
            for start in range(0, len(REPORT), 60):
                slow.write(REPORT[start : start + 60])
                slow.flush()
                time.sleep(0.05)
        result = json.loads(process.stdout.readline())
        assert (result["source"], result["pages"]) == (str(incoming / "report.txt"), 2)
        while not (published / "index.html").exists():
            time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "unchanged" not in output + errors
    assert sorted(path.name for path in (published / "failed").iterdir()) == [
        "bad.docx",
        "bad.reason.txt",
    ]
    assert (published / "failed" / "bad.reason.txt").read_text().startswith(error["message"])
    assert (published / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert sorted(path.name for path in incoming.iterdir()) == ["bad.docx", "report.txt"]


def test_the_end_is_noticed_while_nothing_happens(tmp_path):
    stop = threading.Event()
    thread = threading.Thread(
        target=watch, args=(tmp_path, list, print), kwargs={"settle": 0.05, "stop": stop}
    )
    thread.start()
    stop.set()
    thread.join(timeout=60)
    assert not thread.is_alive()
