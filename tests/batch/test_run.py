"""A run builds what is left and nothing else; one poison report costs itself; the end is told."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publisher.batch import fingerprint as fingerprint_module
from publisher.batch.fingerprint import compute_fingerprint
from publisher.batch.signals import Interruption
from publisher.cli.main import main
from publisher.options import Options
from tests.batch.reports import fill, spoil
from tests.batch.test_kill import FULL, go, tree

ROOT = Path(__file__).parents[2]
DRIVEN = Path(__file__).with_name("driven.py")
DRAFT = ("--tables", "none", "--profile", "draft")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder of reports and its results, to be copied."""
    place = tmp_path_factory.mktemp("run")
    folder = fill(place / "in", 3)
    (folder / "bad.txt").write_bytes(b"")
    assert main(["build", str(folder), "-o", str(place / "out"), *DRAFT]) == 13
    return place


@pytest.fixture
def place(built, tmp_path):
    shutil.copytree(built, tmp_path / "copy", copy_function=shutil.copy2)
    return tmp_path / "copy"


def build(place, capsys, *arguments):
    """Build the folder again; return the exit code and what the last line of results says."""
    capsys.readouterr()
    code = main(["build", str(place / "in"), "-o", str(place / "out"), *DRAFT, *arguments])
    out = capsys.readouterr().out.splitlines()
    return code, out[-1].split(" → ")[0] if out else ""


def test_what_is_unchanged_is_left_alone(place, capsys):
    times = {path: path.stat().st_mtime_ns for path in (place / "out").rglob("*.*")}
    assert build(place, capsys) == (13, "4 reports, 3 unchanged, 1 failed")
    times.pop(place / "out" / "journal.jsonl")
    assert times == {path: path.stat().st_mtime_ns for path in times}


def edit(place):
    (place / "in" / "000" / "00001.txt").write_text("年度报告\n一、概况\n公开12条。\n")


def lose(place):
    (place / "out" / "000" / "00001.pdf").unlink()


def damage(place):
    path = place / "out" / "000" / "00001.pdf"
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"\0")


def keep_the_time(place):
    path = place / "in" / "000" / "00001.txt"
    before = path.stat()
    path.write_text(path.read_text().replace("1", "2"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def change_its_kind(place):
    path = place / "in" / "000" / "00001.txt"
    path.rename(path.with_suffix(".md"))


@pytest.mark.parametrize("change", [edit, lose, damage, keep_the_time, change_its_kind])
def test_what_has_changed_is_built(place, capsys, change):
    change(place)
    assert build(place, capsys) == (13, "4 reports, 1 built, 2 unchanged, 1 failed")
    assert build(place, capsys) == (13, "4 reports, 3 unchanged, 1 failed")


def test_a_file_that_was_only_touched_is_left_alone(place, capsys):
    for path in (*(place / "in").rglob("*.txt"), *(place / "out").rglob("*.pdf")):
        os.utime(path)
    assert build(place, capsys) == (13, "4 reports, 3 unchanged, 1 failed")


def test_force_builds_all(place, capsys):
    assert build(place, capsys, "--force") == (13, "4 reports, 3 built, 1 failed")


def test_another_option_builds_all(place, capsys):
    assert build(place, capsys, "--align", "left") == (13, "4 reports, 3 built, 1 failed")
    assert build(place, capsys, "--align", "left", "--emit", "txt")[1].startswith("4 reports, 3 b")


def test_the_conditions_are_options_styles_fonts_and_software(tmp_path, monkeypatch):
    found = {compute_fingerprint(Options())}
    found.add(compute_fingerprint(Options(emit=("txt",))))
    found.add(compute_fingerprint(Options(title="题目")))
    assert compute_fingerprint(Options(output=tmp_path, strict=True)) in found
    style = tmp_path / "own"
    style.mkdir()
    (style / "style.toml").write_text('extends = "gongwen"\nsummary = "x"\n')
    for css in ("p { color: red }", "p { color: blue }"):
        (style / "style.css").write_text(css)
        fingerprint_module._style_digest.cache_clear()
        found.add(compute_fingerprint(Options(style=str(style))))
    glossary = tmp_path / "words.tsv"
    for words in ("a", "b"):
        glossary.write_text(words)
        found.add(compute_fingerprint(Options(glossary=glossary)))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    found.add(compute_fingerprint(Options()))
    monkeypatch.setattr(fingerprint_module, "_font_digest", lambda _: "other fonts")
    found.add(compute_fingerprint(Options()))
    monkeypatch.setattr(fingerprint_module, "_software_versions", lambda: {"pango": "2"})
    found.add(compute_fingerprint(Options()))
    assert len(found) == 10


def test_a_source_that_vanished_is_told_and_what_was_built_stays(place, capsys, monkeypatch):
    victim = place / "in" / "000" / "00001.txt"

    def vanish(options):
        victim.unlink()

    edit(place)
    monkeypatch.setattr("publisher.pipeline.require_resources", vanish)
    code, said = build(place, capsys)
    assert (code, said) == (1, "4 reports, 2 unchanged, 2 failed")
    assert (place / "out" / "000" / "00001.pdf").exists()
    with (place / "out" / "failures.csv").open(newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert rows["000/00001"]["error"] == "SourceNotFoundError"
    assert rows["000/00001"]["earlier_result"] == "available"
    assert rows["bad"]["earlier_result"] == ""


def test_what_no_longer_has_a_source_stays_in_the_results(place, capsys):
    (place / "in" / "000" / "00001.txt").unlink()
    assert build(place, capsys) == (13, "3 reports, 2 unchanged, 1 failed")
    assert "000/00001.pdf" in (place / "out" / "index.html").read_text()
    (place / "out" / "000" / "00001.pdf").unlink()
    build(place, capsys)
    assert "000/00001.pdf" not in (place / "out" / "index.html").read_text()


def test_a_second_run_on_the_same_folder_says_so_and_ends(place, capsys):
    from publisher.batch.journal import Journal

    holder = (
        "import sys; from pathlib import Path; from publisher.batch.journal import Journal\n"
        "with Journal(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, place / "out"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "held\n"
        assert main(["build", str(place / "in"), "-o", str(place / "out"), *DRAFT]) == 32
        assert "another run is building into this folder" in capsys.readouterr().err
        other.stdin.close()
    with Journal(place / "out"):
        pass


def test_a_style_that_is_none_is_told_once_and_nothing_is_noted(place, capsys):
    assert build(place, capsys, "--style", "nosuch")[0] == 4
    assert build(place, capsys) == (13, "4 reports, 3 unchanged, 1 failed")


def test_a_full_disk_ends_the_run(tmp_path):
    folder = fill(tmp_path / "in", 5)
    (folder / "000" / "00001.txt").rename(folder / "000" / "00001 full.txt")
    done = go("poison", folder, tmp_path / "out", "--jobs", "1")
    assert done.returncode == 31
    assert "5 reports, 1 built, 1 failed, 3 not started" in done.stdout
    assert "run the same command again" in done.stderr
    again = go("nothing", folder, tmp_path / "out", "--jobs", "1")
    assert again.returncode == 0
    assert "5 reports, 4 built, 1 unchanged" in again.stdout


POISON = {
    "raise": ("CrashError", "RuntimeError: odd"),
    "exit": ("CrashError", "with exit code 3"),
    "segfault": ("CrashError", "SIGSEGV"),
    "hang": ("DeadlineError", "took longer than"),
    "hungry": ("MemoryLimitError", "needed more than 500 MB"),
}


def test_poison_and_hostile_reports_cost_themselves_only(tmp_path):
    good, bad, times = (200, 60, 20) if FULL else (8, 8, 1)
    folder = fill(tmp_path / "in", good)
    alone = fill(tmp_path / "alone", good)
    reasons = dict.fromkeys(spoil(folder, bad))
    for number in range(times):
        for what in POISON:
            path = folder / "000" / f"poison {number:02} {what}.txt"
            path.write_text("年度报告\n")
            reasons[path.relative_to(folder).as_posix()] = what
    limits = ("--deadline", "5", "--memory", "500")
    done = go("poison", folder, tmp_path / "out", *limits)
    assert done.returncode == 1
    assert f"{good} built, {len(reasons)} failed" in done.stdout
    with (tmp_path / "out" / "failures.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["source"] for row in rows) == sorted(reasons)
    for row in rows:
        if what := reasons[row["source"]]:
            assert (row["error"], POISON[what][1] in row["message"]) == (POISON[what][0], True)
    mixed = tree(tmp_path / "out")
    assert len(mixed) == 3 * good + 3
    files = sorted(alone.rglob("*.txt"))
    for file in files if FULL else files[:3]:
        name = file.relative_to(alone).with_suffix("").as_posix()
        go("nothing", file, tmp_path / "single")
        for suffix in (".pdf", ".record.json", ".normalised.txt"):
            single = (tmp_path / "single" / f"{file.stem}{suffix}").read_bytes()
            assert mixed[f"{name}{suffix}"] == single


def test_a_signal_while_results_are_written_down_stops_nothing():
    told = []
    interruption = Interruption(lambda: told.append(1))
    interruption.handle(signal.SIGINT, None)
    with pytest.raises(KeyboardInterrupt):
        interruption.handle(signal.SIGINT, None)
    interruption.finished = True
    interruption.handle(signal.SIGINT, None)
    assert (interruption.signal_number, told) == (signal.SIGINT, [1])


@pytest.mark.parametrize("times", [1, 2])
def test_interrupted_it_ends_cleanly_and_goes_on(tmp_path, times):
    folder = fill(tmp_path / "in", 12)
    running = subprocess.Popen(
        [sys.executable, "-m", "publisher", "build", folder, "-o", tmp_path / "out", *DRAFT],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    running.stdout.readline()
    for _ in range(times):
        os.killpg(running.pid, signal.SIGINT)
        time.sleep(0.02)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "stopping after the reports that are being built" in err
    assert "reports are left; run the same command again" in err
    assert "Traceback" not in err
    assert "not started" in out
    assert not list((tmp_path / "out").rglob(".publisher-*"))
    assert (tmp_path / "out" / "index.html").exists()
    again = go("nothing", folder, tmp_path / "out")
    assert again.returncode == 0


def test_the_events_are_json(place):
    edit(place)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "publisher",
            "build",
            place / "in",
            "-o",
            place / "out",
            "--json",
            *list(DRAFT),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    results = [json.loads(line) for line in done.stdout.splitlines()]
    others = [json.loads(line) for line in done.stderr.splitlines()]
    assert [one.get("unchanged", False) for one in results[:-1]] == [True, True, False]
    assert results[-1] == {
        "event": "finished",
        "reports": 4,
        "built": 1,
        "unchanged": 2,
        "failed": 1,
        "not_started": 0,
        "page": str(place / "out" / "index.html"),
    }
    assert {"event": "started", "source": str(place / "in" / "000" / "00001.txt")} in others
    assert [one["exit_code"] for one in others if one["event"] == "error"] == [13]


def test_who_is_strict_is_told_of_unchanged_reports_too(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    text = "年度报告\n一、概况\n主动公开信息100条：网站公开40条，微博公开50条。\n"
    (tmp_path / "in" / "a.txt").write_text(text)
    arguments = ["build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), *DRAFT]
    assert main(arguments) == 0
    for _ in range(2):
        assert main([*arguments, "--strict"]) == 50
        assert "computed: 90" in capsys.readouterr().err


def test_folders_with_different_outputs_are_refused(tmp_path, capsys):
    for name in ("a", "b"):
        fill(tmp_path / name, 1)
        (tmp_path / name / "publisher.toml").write_text(f'output = "{tmp_path}/out-{name}"\n')
    assert main(["build", str(tmp_path / "a"), str(tmp_path / "b")]) == 2
    assert "one folder for its results" in capsys.readouterr().err


def test_a_file_of_somebodys_own_is_not_written_over(place, capsys):
    for name in ("index.html", "summary.csv", "failures.csv"):
        kept = (place / "out" / name).read_bytes()
        (place / "out" / name).write_text("my own")
        assert build(place, capsys)[0] == 30
        assert (place / "out" / name).read_text() == "my own"
        (place / "out" / name).write_bytes(kept)
    assert build(place, capsys)[0] == 13


def test_what_was_emitted_before_and_is_not_any_more_does_not_stay(place, capsys):
    build(place, capsys, "--emit", "txt,csv")
    stale = place / "out" / "000" / "00001.figures.csv"
    mine = place / "out" / "000" / "00002.figures.csv"
    assert stale.exists()
    mine.write_text("mine")
    edit(place)
    build(place, capsys, "--force")
    assert not stale.exists()
    assert mine.read_text() == "mine"


def test_an_earlier_result_that_is_gone_does_not_stand(place, capsys):
    (place / "in" / "000" / "00001.txt").write_bytes(b"")
    (place / "out" / "000" / "00001.pdf").unlink()
    build(place, capsys)
    with (place / "out" / "failures.csv").open(newline="") as file:
        assert {row["earlier_result"] for row in csv.DictReader(file)} == {""}
    assert "00001.pdf" not in (place / "out" / "index.html").read_text()


def test_a_source_that_became_a_pipe_does_not_hold_the_run(place, capsys):
    (place / "in" / "bad.txt").unlink()
    os.mkfifo(place / "in" / "bad.txt")
    assert build(place, capsys) == (12, "4 reports, 3 unchanged, 1 failed")


def test_results_of_another_folder_are_told(place, capsys):
    other = fill(place / "other", 1)
    assert main(["build", str(other), "-o", str(place / "out"), *DRAFT]) == 0
    assert "out: holds results of" in capsys.readouterr().err
    assert main(["build", str(other), "-o", str(place / "out"), *DRAFT]) == 0
    assert "holds results of" not in capsys.readouterr().err


@pytest.mark.parametrize("closed", ["| head -1", ">&-", "2>&-"])
def test_a_run_goes_on_where_nobody_reads(place, closed):
    edit(place)
    (place / "in" / "bad.txt").unlink()
    done = subprocess.run(  # noqa: S602 - what a person types
        f"set -o pipefail; '{sys.executable}' -m publisher build '{place / 'in'}' "
        f"-o '{place / 'out'}' {' '.join(DRAFT)} -v {closed}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    last = (place / "out" / "journal.jsonl").read_text().splitlines()
    assert any('"event":"finished","built":1,"failed":0' in line for line in last)


def test_a_template_that_a_style_includes_counts(tmp_path):
    style = tmp_path / "own"
    (style / "parts").mkdir(parents=True)
    (style / "style.toml").write_text('extends = "gongwen"\nsummary = "x"\n')
    (style / "report.html.j2").write_text('{% include "beside.txt" %}{% include "parts/foot.x" %}')
    found = set()
    for path in (style / "parts" / "foot.x", tmp_path / "beside.txt"):
        for words in ("one", "two"):
            path.write_text(words)
            fingerprint_module._style_digest.cache_clear()
            found.add(compute_fingerprint(Options(style=str(style))))
    assert len(found) == 4


@pytest.mark.typeset
def test_workers_find_fonts_that_no_report_before_asked_for(tmp_path):
    """Pango 1.52 and later look for fonts in a thread, which a forked worker would wait for without end."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "publisher",
            "build",
            ROOT / "samples",
            "-o",
            tmp_path,
            "--exclude",
            "README.md",
            "--jobs",
            "2",
            "--deadline",
            "120",
            "--quiet",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(tmp_path.glob("*.pdf"))) == len(list((ROOT / "samples").glob("*.txt")))
