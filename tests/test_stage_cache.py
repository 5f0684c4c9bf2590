"""A report that is built again runs only the stages whose input has changed, and gives the same bytes."""

import pytest

from publisher.decisions import DecisionsFile
from publisher.options import Options
from publisher.pipeline import run_pipeline
from publisher.pipeline.stage_cache import StageCache
from tests.stage_counts import CountingCache

SOURCE = """青河市人民政府2019年政府信息公开工作年度报告

一、概述

全年受理申请12件,办结12件。

青河市人民政府

2020年1月8日
""".encode()
REJECTED = b'[[edit]]\nrule = "punctuation"\ndecision = "reject"\n'
TITLE = '[report]\ntitle = "青河市年报"\n'.encode()
# The edits of this rule are certain here, so that the text stays as it is.
ACCEPTED = REJECTED.replace(b"reject", b"accept")


def build(cache, decisions=b"", **options):
    file = DecisionsFile(name="r.decisions.toml", data=decisions, where="r") if decisions else None
    cache.runs.clear()
    return run_pipeline(SOURCE, Options(**options), name="r.txt", decisions=file, runner=cache)


@pytest.fixture(scope="module")
def cache():
    cache = CountingCache()
    build(cache)
    return cache


@pytest.mark.typeset
@pytest.mark.parametrize(
    ("decisions", "options", "stages"),
    [
        (b"", {}, ""),
        (ACCEPTED, {}, "normalise"),
        (REJECTED, {}, "normalise convert parse extract render typeset"),
        (TITLE, {}, "parse extract render typeset"),
        (b"", {"style": "large-print"}, "render typeset"),
        (b"", {"profile": "archive-2"}, "typeset"),
    ],
)
def test_only_stages_with_another_input_run(cache, decisions, options, stages):
    build(cache)
    again = build(cache, decisions, **options)
    assert set(cache.runs) == set(stages.split())
    assert set(cache.runs.values()) <= {1}
    assert again.files == build(CountingCache(), decisions, **options).files


def test_old_results_are_dropped():
    cache = StageCache(size=2)
    for number in (1, 2, 3):
        assert cache.run("stage", (number,), lambda number=number: number) == number
    assert cache.run("stage", (3,), lambda: "again") == 3
    assert cache.run("stage", (1,), lambda: "again") == "again"


def test_an_error_is_not_stored():
    cache = StageCache()
    with pytest.raises(ZeroDivisionError):
        cache.run("stage", (1,), lambda: 1 / 0)
    assert cache.run("stage", (1,), lambda: "result") == "result"
