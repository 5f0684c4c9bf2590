"""The benchmarks compare like with like; no time is asserted."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks"
FAMILIES = {"fangsong": "F", "kai": "K", "hei": "H", "song": "S", "title_font": "T"}


@pytest.fixture
def bench(monkeypatch):
    """Give the runner's modules, which import one another by their own names."""
    monkeypatch.syspath_prepend(str(FOLDER))
    names = ("documents", "peers", "measuring", "patches", "report", "counted_typesetting")
    modules = {name: __import__(name) for name in names}
    yield SimpleNamespace(**modules)
    for name in names:
        sys.modules.pop(name, None)


def results(**changed):
    measured = {"claims": "tagged", "warm": True, "peak_mb": 100.0, "bytes": 1000, "pages": 3}
    return {
        "machine": {
            "cores": 2,
            "load": 0.1,
            "system": "Linux",
            "python": "3.11",
            "versions": {"typst": "0.15"},
        },
        "plan": {"characters": 5000, "rounds": 3},
        "left_out": {},
        "reports": {
            "pipeline": {"name": "Publisher, whole", "seconds": 0.3, **measured},
            "weasyprint": {"name": "WeasyPrint", "seconds": 0.6, **measured},
            "typst": {"name": "Typst", "seconds": 0.1, **measured},
            "chromium": {"name": "Chromium", "seconds": 0.9, **measured, "warm": False},
        },
        "text": {"pipeline": {"100": 0.5, "200": 1.0, "400": None}},
        "rows": {"pipeline": {"10": 0.5, "30": 2.0}},
        "throughput": {"pipeline": {"1": 2.0, "2": 3.0}},
        "cold": {"seconds": 2.0, "imports": 0.25},
        **changed,
    }


def cells(page, name):
    row = next(line for line in page.splitlines() if line.startswith(f"| {name}"))
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_a_number_always_gives_the_same_report_and_no_two_alike(bench):
    generate, as_text = bench.documents.generate, bench.documents.as_text
    texts = [as_text(generate(seed, characters=2000, rows=20)) for seed in range(30)]
    assert texts == [as_text(generate(seed, characters=2000, rows=20)) for seed in range(30)]
    assert len(set(texts)) == 30
    paragraphs = [line for text in texts for line in text.split("\n\n") if len(line) > 60]
    assert len(set(paragraphs)) > 0.99 * len(paragraphs)


def test_somebodys_report_keeps_its_words_and_its_dates(bench, tmp_path):
    source = tmp_path / "r.md"
    source.write_text(
        "# 某市2019年年度报告\n\n## 一、概述\n\n受理申请137件，占45.8%。发文〔2019〕15号。\n\n"
        "| 单位 | 件 |\n| --- | --- |\n| 甲局 | 253 |\n\n某市\n\n2020年1月20日\n",
        encoding="utf-8",
    )
    report = bench.peers.parsed_report(source)
    first, second = (bench.documents.from_report(report, seed) for seed in (1, 2))
    assert first != second
    texts = [bench.documents.as_text(document) for document in (first, second)]
    assert len({re.sub(r"[0-9]", "0", text) for text in texts}) == 1
    for text in texts:
        assert all(part in text for part in ("2019年", "2020年1月20日", "〔2019〕15号", "甲局"))
        assert "137件" not in text or "253" not in text


@pytest.mark.parametrize("characters", [500, 5000, 50_000])
def test_a_report_is_as_long_as_asked_for(bench, characters):
    document = bench.documents.generate(7, characters=characters)
    assert characters <= document.characters < characters + 3000
    assert len(bench.documents.generate(7, rows=123).blocks[-1].rows) == 124


def test_every_form_has_the_same_words(bench):
    documents = bench.documents
    document = documents.generate(3, characters=1500, rows=5)
    text, typst = documents.as_text(document), documents.as_typst(document, FAMILIES)
    tree = ET.fromstring(documents.as_opendocument(document, FAMILIES))  # noqa: S314 - made here
    words = [string for string in tree.find("{*}body").itertext() if string.strip()]
    expected = [
        string
        for block in document.blocks
        for string in (block.text, *sum(block.rows, ()))
        if string
    ]
    assert words == expected
    for string in expected:
        assert string in text
        assert string in typst


def test_medians_and_ratios(bench):
    assert bench.measuring.median([9.0, 1.0, 2.0]) == 2.0
    assert bench.measuring.median(iter([1.0, 3.0])) == 2.0
    assert bench.report.ratios({"typst": 0.2, "pipeline": 0.5}, "typst") == {
        "typst": 1.0,
        "pipeline": 2.5,
    }
    assert bench.report.ratios({"pipeline": 0.5}, "typst") == {}


def test_imports_are_summed_by_their_own_time(bench):
    import_times = "import time: self [us] | cumulative | imported package\nimport time:   1500 |   9000 | a\nimport time:    500 |    500 |   b\n"
    assert bench.measuring.import_seconds(import_times) == 0.002


def test_the_page_has_a_row_for_each_peer(bench):
    page = bench.report.markdown(results())
    assert cells(page, "Publisher, whole")[1:4] == ["3.00 ×", "0.50 ×", "300 ms"]
    assert cells(page, "WeasyPrint")[1:4] == ["6.00 ×", "1.00 ×", "600 ms"]
    assert cells(page, "Typst")[1:4] == ["1.00 ×", "0.17 ×", "100 ms"]
    assert cells(page, "Chromium †")[1:4] == ["9.00 ×", "1.50 ×", "900 ms"]
    assert cells(page, "200")[1] == "1.00 (×2.0)"
    assert cells(page, "400")[1] == "—"
    assert cells(page, "30")[1] == "2.00 (×4.0)"
    assert "25%" in page


def test_the_page_says_when_the_machine_was_busy(bench):
    busy = results()
    assert "Other work" not in bench.report.markdown(busy)
    busy["machine"]["load"] = 3.0
    assert "(load 3.0)" in bench.report.markdown(busy)


def test_a_peer_that_is_not_there_is_left_out_with_a_line(bench, monkeypatch):
    monkeypatch.setattr(bench.peers.Typst, "lacking", staticmethod(lambda: "not installed"))
    monkeypatch.setattr(bench.peers.WeasyPrint, "lacking", staticmethod(lambda: ""))
    there, left = bench.measuring.chosen(["weasyprint", "typst"])
    assert list(there) == ["weasyprint"]
    assert left == {"Typst": "not installed"}
    without = results(left_out=left)
    del without["reports"]["typst"]
    page = bench.report.markdown(without)
    assert "Typst is left out: not installed." in page.splitlines()
    assert cells(page, "Publisher, whole")[1] == "—"


def test_programs_are_missed_where_no_path_leads_to_them(bench, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert bench.peers.Chromium.lacking()
    assert bench.peers.LibreOffice.lacking()


def test_a_peer_that_is_not_known_is_refused():
    run = subprocess.run(
        [sys.executable, FOLDER / "run.py", "--peers", "word"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert "known are pipeline" in run.stderr


def test_a_peer_that_fails_says_which_it_was(bench):
    task = bench.peers.Task(
        title="", date="", text="", html="", css="", typst="", opendocument="", fonts=()
    )
    worker = bench.measuring.Worker(bench.peers.Pipeline, ())
    with pytest.raises(Exception, match="Publisher, whole: stopped: SourceEmptyError"):
        worker.set(task)


@pytest.mark.typeset
def test_the_toolkit_is_measured(bench, tmp_path):
    plan = bench.measuring.Plan(
        characters=200, rounds=2, text_factors=(1, 2), unit=200, rows=(2,), both=1, cold=1
    )
    peers, _ = bench.measuring.chosen(["typesetting"])
    measured = bench.measuring.compare(peers, plan)["typesetting"]
    assert measured["claims"] == "PDF/A-3a, PDF/UA-1, tagged"
    assert measured["pages"] >= 1
    assert measured["peak_mb"] > 20
    assert measured["bytes"] > 1000
    assert measured["seconds"] > 0
    json.dumps(measured)


@pytest.mark.typeset
def test_a_curve_ends_where_a_size_took_too_long(bench, monkeypatch):
    monkeypatch.setattr(bench.measuring, "TOO_LONG", 0.0)
    peers, _ = bench.measuring.chosen(["typesetting"])
    sizes = [(200, {"characters": 200}), (300, {"characters": 300})]
    assert bench.measuring.grow(peers, sizes) == {"typesetting": {"200": None, "300": None}}
    monkeypatch.undo()


def test_a_report_has_as_many_charts_as_asked_for(bench):
    text = bench.documents.as_text(bench.documents.generate(3, charts=4))
    totals = re.findall(r"信息(\d+)条，其中(.+)。", text)
    assert len(totals) == 4
    for total, parts in totals:
        assert int(total) == sum(map(int, re.findall(r"类(\d+)条", parts)))
    assert bench.documents.generate(3) == bench.documents.generate(3, charts=0)


def test_patches_are_left_out_where_nothing_counts(bench, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert bench.patches.find_missing_tool() == "valgrind"


def test_the_table_of_patches_names_what_was_counted(bench):
    counted = {
        "machine": {"python": "3.11", "versions": {"weasyprint": "70"}},
        "kinds": {"gongwen": "a report", "charts": "eight charts"},
        "patches": {
            "small": {
                "reason": "A.",
                "instructions": {"gongwen": 1.0249},
                "size": {"gongwen": 1.0},
            },
            "large": {
                "reason": "B.",
                "instructions": {"gongwen": 0.999, "charts": 1.123},
                "size": {"gongwen": 1.1, "charts": 1.05},
            },
            "needless": {
                "reason": "C.",
                "instructions": {"gongwen": 1.019, "charts": 1.0},
                "size": {"gongwen": 1.0, "charts": 1.0},
            },
        },
    }
    page = bench.report.markdown(results(patches=counted))
    assert "*charts*: eight charts" in page
    assert cells(page, "`small`") == ["`small`", "A.", "+2.5 %", "—", "—", "gongwen"]
    assert cells(page, "`large`")[2:] == [
        *("−0.1 %", "+12.3 %", "+5.0 % to +10.0 %"),
        "charts, file size",
    ]
    assert cells(page, "`needless`")[2:] == ["+1.9 %", "+0.0 %", "—", "—"]
    assert page.index("`large`") < page.index("`small`")


def write_counts(folder, name, instructions, size):
    (folder / f"{name}.json").write_text(json.dumps({"charts": [instructions, size]}))


def test_a_patch_is_compared_with_all_patches(bench, tmp_path):
    write_counts(tmp_path, "all patches", 100, 1000)
    write_counts(tmp_path, "lazy_styles", 130, 1100)
    summary = bench.patches.summarise({"charts": bench.patches.KINDS["charts"]}, tmp_path)
    assert summary["instructions"] == {"charts": 100}
    patch, uncounted = summary["patches"]["lazy_styles"], summary["patches"]["html_tree"]
    assert (patch["instructions"], patch["size"]) == ({"charts": 1.3}, {"charts": 1.1})
    assert (uncounted["instructions"], uncounted["size"]) == ({}, {})


def test_counts_of_another_plan_or_program_are_deleted(bench, monkeypatch, tmp_path):
    def is_known_after(kinds):
        write_counts(tmp_path, "lazy_styles", 130, 1100)
        waiting = bench.patches._write_plan(kinds, tmp_path)
        assert "html_tree" in waiting
        return "lazy_styles" not in waiting

    kinds, quick = bench.patches.KINDS, bench.patches.QUICK_KINDS
    assert [is_known_after(plan) for plan in (kinds, kinds, quick, quick)] == [0, 1, 0, 1]
    monkeypatch.setattr(bench.patches, "_digest", lambda _: "another")
    assert [is_known_after(quick) for _ in "12"] == [0, 1]


def test_a_kind_that_takes_long_is_counted_with_its_patches_only(bench, tmp_path):
    bench.patches._write_plan(bench.patches.KINDS, tmp_path)
    engines = json.loads((tmp_path / "plan.json").read_bytes())["engines"]
    counted = [name for name, engine in engines.items() if "page numbers" in engine["kinds"]]
    assert counted == ["all patches", "page_counters"]
    assert all("gongwen" in engine["kinds"] for engine in engines.values())
    assert set(engines["all patches"]["patches"]) == set(engines) - {"all patches"}


@pytest.mark.typeset
def test_each_engine_sets_each_document_in_a_process_of_its_own(bench, monkeypatch, tmp_path):
    counting = bench.counted_typesetting

    def count(folder, engine, typeset):
        assert "none" not in engine._patches
        (folder / "log").open("a").write(f"{os.getpid()}\n")
        return len(engine._patches), len(typeset(engine))

    kind = {"style": "gongwen", "characters": 20, "rows": 0, "charts": 0, "drawing": False}
    engines = {
        "known": {"patches": [], "kinds": ["short"]},
        "a": {"patches": ["lazy_styles"], "kinds": ["short"]},
    }
    plan = {"kinds": {"short": kind, "long": kind}, "engines": engines}
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    write_counts(tmp_path, "known", 7, 8)
    monkeypatch.setattr(counting, "_count_typesetting", count)
    counting.main(tmp_path)
    counts = json.loads((tmp_path / "a.json").read_bytes())
    assert list(counts) == ["short"]
    counted = counts["short"]
    assert counted[0] == 0  # as many patches with a document as without one
    assert counted[1] > 1000
    assert json.loads((tmp_path / "known.json").read_bytes()) == {"charts": [7, 8]}
    assert str(os.getpid()) not in (tmp_path / "log").read_text().split()

    engines["b"] = {"patches": ["none"], "kinds": ["short"]}
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    with pytest.raises(SystemExit, match="“b” failed"):
        counting.main(tmp_path)


def test_the_instructions_are_those_that_valgrind_wrote(bench, monkeypatch, tmp_path):
    def fork(task):
        task()
        (tmp_path / f"counts.{os.getpid()}").write_text("events: Ir\nsummary: 123\n")
        return os.getpid()

    monkeypatch.setattr(bench.counted_typesetting, "_fork", fork)
    monkeypatch.setattr(os, "waitpid", lambda number, _: (number, 0))
    counted = bench.counted_typesetting._count_typesetting(tmp_path, "engine", str.encode)
    assert counted == (123, len("engine"))


def test_the_documents_page_is_what_the_runner_writes(bench):
    page = (FOLDER.parent / "docs" / "performance.md").read_text(encoding="utf-8")
    medians = (FOLDER.parent / "docs" / "performance.json").read_text(encoding="utf-8")
    assert bench.report.markdown(json.loads(medians)) == page
