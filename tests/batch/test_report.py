"""One report of a run: what is at rest while it is built."""

import gc

import pytest

from publisher import pipeline
from publisher.batch.report import Task, build
from publisher.batch.storage import Folder
from publisher.errors import PublisherError
from publisher.options import Options


def test_the_collector_rests_while_a_report_is_built(tmp_path, monkeypatch):
    collects = []

    def make(*_, **__):
        collects.append(gc.isenabled())
        raise PublisherError("enough is known")

    monkeypatch.setattr(pipeline, "make", make)
    source = tmp_path / "r.txt"
    source.write_text("年度报告\n", encoding="utf-8")
    task = Task(source=source, options=Options(output=tmp_path), name="r", below="r.txt")
    with pytest.raises(PublisherError, match="enough"):
        build(task, Folder(tmp_path))
    assert (collects, gc.isenabled()) == ([False], True)
