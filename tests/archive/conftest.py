"""Bags made once, and a copy of one to break."""

import shutil

import pytest

from publisher.archive import rebuild, verify_bag
from publisher.batch import limited_process
from publisher.cli.main import main
from publisher.errors import PublisherError
from tests.archive.bags import make_folder, make_source, run_alone


@pytest.fixture(scope="session")
def report_bag(tmp_path_factory):
    """The bag of one small report."""
    folder = tmp_path_factory.mktemp("single")
    source = make_source(folder / "年报 2019.txt")
    assert main(["archive", str(source), "-o", str(folder / "bags"), "--info", "全宗号=0123"]) == 0
    return folder / "bags" / "年报 2019"


@pytest.fixture
def bag(report_bag, tmp_path):
    """A copy of the bag for tests that change it."""
    return shutil.copytree(report_bag, tmp_path / report_bag.name)


@pytest.fixture(scope="session")
def folder_run(tmp_path_factory):
    """The bag of a folder of six sources, one of them bad, and the exit code of its making."""
    folder = make_folder(tmp_path_factory.mktemp("folder") / "某市 年报")
    return folder.parent / "bags" / folder.name, run_alone(
        "archive", folder, "-o", folder.parent / "bags"
    )


def judge_each_here(function, tasks):
    """Yield each task with its result or error, as ``limited_process.judge_each`` does, in this process."""
    for task in tasks:
        try:
            yield task, function(task)
        except PublisherError as error:
            yield task, error


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Judge bags in this process, which takes no start, and finds what tests replace."""
    monkeypatch.setattr(verify_bag, "judge_each", judge_each_here)
    monkeypatch.setattr(rebuild, "judge", lambda function, task: function(task))


@pytest.fixture
def boxed(here, monkeypatch):
    """Judge bags in a process with limits, as the commands do."""
    monkeypatch.setattr(verify_bag, "judge_each", limited_process.judge_each)
    monkeypatch.setattr(rebuild, "judge", limited_process.judge)
