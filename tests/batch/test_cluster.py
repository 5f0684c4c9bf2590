"""The same plan on a Dask cluster gives the same bytes; a worker's killer is found and the rest is built."""

import csv
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from publisher.batch import cluster as cluster_module
from publisher.batch.cluster import Cluster, build_group
from publisher.batch.storage import FolderStorage, RemoteStorage
from publisher.batch.task import Task, read_request
from publisher.batch.worker import Limits
from publisher.batch.workers import Finished, Started
from publisher.cli.main import main
from publisher.errors import ClusterError, CrashError, DeadlineError, OutputError, UsageError
from publisher.options import Options
from tests.batch.reports import fill, spoil
from tests.batch.test_kill import tree

ROOT = Path(__file__).parents[2]
DRAFT = ("--tables", "none", "--profile", "draft")


@pytest.fixture(scope="module")
def address():
    """A scheduler with two workers, each a process of its own, that poison can kill."""
    dask = pytest.importorskip("dask")
    distributed = pytest.importorskip("distributed")
    settings = {
        "distributed.scheduler.allowed-failures": 0,
        "distributed.worker.preload": [f"{ROOT}/tests/batch/preload.py"],
        "distributed.admin.log-format": "%(message)s",
        "distributed.logging.distributed": "critical",
    }
    with (
        dask.config.set(settings),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as local,
    ):
        yield local.scheduler_address


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = fill(tmp_path_factory.mktemp("cluster") / "in", 9)
    spoil(folder, 3)
    return folder


def build(folder, output, *arguments):
    return main(["build", str(folder), "-o", str(output), *DRAFT, *arguments])


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_same_plan_gives_the_same_bytes(address, reports, tmp_path, capsys):
    assert build(reports, tmp_path / "here") == 1
    cluster = ("--cluster", address, "--chunk-size", "4")
    assert build(reports, tmp_path / "there", *cluster) == 1
    assert "12 reports, 9 built, 3 failed" in capsys.readouterr().out
    assert tree(tmp_path / "there") == tree(tmp_path / "here")
    store = tmp_path / "store"
    assert build(reports, tmp_path / "away", *cluster, "--storage", store.as_uri()) == 1
    report_files = {name: data for name, data in tree(tmp_path / "here").items() if "/" in name}
    assert tree(store) == report_files
    page = (tmp_path / "away" / "index.html").read_text()
    assert f'href="{store.as_uri()}/000/00001.pdf"' in page
    capsys.readouterr()
    assert build(reports, tmp_path / "away", *cluster, "--storage", store.as_uri()) == 1
    assert "12 reports, 9 unchanged, 3 failed" in capsys.readouterr().out
    (store / "000" / "00001.pdf").unlink()
    assert build(reports, tmp_path / "away", *cluster, "--storage", store.as_uri()) == 1
    assert "12 reports, 1 built, 8 unchanged, 3 failed" in capsys.readouterr().out
    with (tmp_path / "away" / "failures.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == 3


def tasks(folder, output):
    options = Options(output=output, tables="none", profile="draft")
    return [
        Task(source=path, options=options, name=path.stem, relative_path=path.name)
        for path in sorted(folder.rglob("*.txt"))
    ]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_report_that_kills_or_blocks_a_worker_fails_alone(address, tmp_path):
    folder = fill(tmp_path / "in", 7)
    for name in ("2 segfault", "3 hang", "5 raise"):
        (folder / "000" / f"0000{name}.txt").write_text("年度报告\n")
    executor = Cluster(
        address, FolderStorage(tmp_path / "out"), chunk_size=5, limits=Limits(seconds=20)
    )
    events = list(executor.run(tasks(folder, tmp_path / "out")))
    outcomes = {event.task.name: event.outcome for event in events if isinstance(event, Finished)}
    assert len(outcomes) == sum(isinstance(event, Started) for event in events) == 10
    kinds = {name: type(outcome) for name, outcome in outcomes.items() if " " in name}
    assert kinds == {
        "00002 segfault": CrashError,
        "00003 hang": DeadlineError,
        "00005 raise": CrashError,
    }
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 7
    assert not list((tmp_path / "out").glob(".publisher-*"))


def test_an_unreachable_scheduler_is_an_error(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 0.2)
    folder = fill(tmp_path / "in", 1)
    assert build(folder, tmp_path / "out", "--cluster", "tcp://127.0.0.1:9") == 64
    assert "no scheduler answers" in capsys.readouterr().err
    assert build(folder, tmp_path / "out", "--cluster", "nonsense://") == 64


def test_missing_dask_is_an_error(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert build(fill(tmp_path / "in", 1), tmp_path / "out", "--cluster", "tcp://127.0.0.1:9") == 64
    assert 'pip install "gongwen-publisher[cluster]"' in capsys.readouterr().err


def test_storage_without_a_cluster_is_refused(tmp_path, capsys):
    assert build(fill(tmp_path / "in", 1), tmp_path / "out", "--storage", "memory://x") == 2
    assert "--cluster" in capsys.readouterr().err


@pytest.mark.parametrize("extensions", [(), ("not-installed",)])
def test_a_worker_with_another_fingerprint_refuses_to_build(extensions, tmp_path):
    (task,) = tasks(fill(tmp_path / "in", 1), tmp_path / "out")
    options = replace(task.options, extensions=extensions)
    outcome = build_group([read_request(task)], FolderStorage(tmp_path / "out"), {options: "other"})
    assert isinstance(outcome, ClusterError)
    assert not (tmp_path / "out").exists()


def test_an_unknown_storage_url_is_refused():
    with pytest.raises(UsageError, match="fsspec cannot open"):
        RemoteStorage("nosuch://bucket").write("a", {".pdf": b"x"})


def test_a_storage_error_is_reported(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be written"):
        RemoteStorage(f"{tmp_path.as_uri()}/file").write("a", {".pdf": b"x"})


def test_objects_are_compared_by_size():
    pytest.importorskip("fsspec")
    noted = RemoteStorage("memory://bucket/x").write("a/b", {".pdf": b"12345"})
    assert RemoteStorage("memory://bucket/x").has_unchanged("a/b", ".pdf", noted[".pdf"])
    RemoteStorage("memory://bucket/x").write("a/b", {".pdf": b"1234"})
    assert not RemoteStorage("memory://bucket/x").has_unchanged("a/b", ".pdf", noted[".pdf"])
    assert not RemoteStorage("memory://bucket/nothing").has_unchanged("a/b", ".pdf", noted[".pdf"])
