"""A run builds only what is not up to date; a failing report does not affect the others."""

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
    """A folder of reports with its results, which tests copy."""
    workspace = tmp_path_factory.mktemp("run")
    folder = fill(workspace / "in", 3)
    (folder / "bad.txt").write_bytes(b"")
    assert main(["build", str(folder), "-o", str(workspace / "out"), *DRAFT]) == 13
    return workspace


@pytest.fixture
def workspace(built, tmp_path):
    shutil.copytree(built, tmp_path / "copy", copy_function=shutil.copy2)
    return tmp_path / "copy"


def build(workspace, capsys, *arguments):
    """Build the folder again; return the exit code and the last line of the output."""
    capsys.readouterr()
    code = main(["build", str(workspace / "in"), "-o", str(workspace / "out"), *DRAFT, *arguments])
    out = capsys.readouterr().out.splitlines()
    return code, out[-1].split(" → ")[0] if out else ""


def test_unchanged_reports_are_skipped(workspace, capsys):
    times = {path: path.stat().st_mtime_ns for path in (workspace / "out").rglob("*.*")}
    assert build(workspace, capsys) == (13, "4 reports, 3 unchanged, 1 failed")
    times.pop(workspace / "out" / "journal.jsonl")
    assert times == {path: path.stat().st_mtime_ns for path in times}


def edit(workspace):
    (workspace / "in" / "000" / "00001.txt").write_text("年度报告\n一、概况\n公开12条。\n")


def lose(workspace):
    (workspace / "out" / "000" / "00001.pdf").unlink()


def damage(workspace):
    path = workspace / "out" / "000" / "00001.pdf"
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"\0")


def keep_the_time(workspace):
    path = workspace / "in" / "000" / "00001.txt"
    before = path.stat()
    path.write_text(path.read_text().replace("1", "2"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def change_its_kind(workspace):
    path = workspace / "in" / "000" / "00001.txt"
    path.rename(path.with_suffix(".md"))


@pytest.mark.parametrize("change", [edit, lose, damage, keep_the_time, change_its_kind])
def test_changed_reports_are_built(workspace, capsys, change):
    change(workspace)
    assert build(workspace, capsys) == (13, "4 reports, 1 built, 2 unchanged, 1 failed")
    assert build(workspace, capsys) == (13, "4 reports, 3 unchanged, 1 failed")


def test_touched_files_are_skipped(workspace, capsys):
    for path in (*(workspace / "in").rglob("*.txt"), *(workspace / "out").rglob("*.pdf")):
        os.utime(path)
    assert build(workspace, capsys) == (13, "4 reports, 3 unchanged, 1 failed")


def test_a_journal_of_an_older_version_is_read(workspace, capsys):
    path = workspace / "out" / "journal.jsonl"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('"fingerprint":', '"conditions":').replace(
            '"event":"started"', '"event":"begun"'
        ),
        encoding="utf-8",
    )
    assert build(workspace, capsys) == (13, "4 reports, 3 built, 1 failed")
    assert build(workspace, capsys) == (13, "4 reports, 3 unchanged, 1 failed")


def test_force_builds_all(workspace, capsys):
    assert build(workspace, capsys, "--force") == (13, "4 reports, 3 built, 1 failed")


def test_another_option_builds_all(workspace, capsys):
    assert build(workspace, capsys, "--align", "left") == (13, "4 reports, 3 built, 1 failed")
    assert build(workspace, capsys, "--align", "left", "--emit", "txt")[1].startswith(
        "4 reports, 3 b"
    )


def test_the_fingerprint_covers_options_styles_fonts_and_software(tmp_path, monkeypatch):
    fingerprints = {compute_fingerprint(Options())}
    fingerprints.add(compute_fingerprint(Options(emit=("txt",))))
    fingerprints.add(compute_fingerprint(Options(title="题目")))
    assert compute_fingerprint(Options(output=tmp_path, strict=True)) in fingerprints
    style = tmp_path / "own"
    style.mkdir()
    (style / "style.toml").write_text('extends = "gongwen"\nsummary = "x"\n')
    for css in ("p { color: red }", "p { color: blue }"):
        (style / "style.css").write_text(css)
        fingerprint_module._style_digest.cache_clear()
        fingerprints.add(compute_fingerprint(Options(style=str(style))))
    glossary = tmp_path / "words.tsv"
    for content in ("a", "b"):
        glossary.write_text(content)
        fingerprints.add(compute_fingerprint(Options(glossary=glossary)))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    fingerprints.add(compute_fingerprint(Options()))
    monkeypatch.setattr(fingerprint_module, "_font_digest", lambda _: "other fonts")
    fingerprints.add(compute_fingerprint(Options()))
    monkeypatch.setattr(fingerprint_module, "_software_versions", lambda: {"pango": "2"})
    fingerprints.add(compute_fingerprint(Options()))
    assert len(fingerprints) == 10


def test_a_vanished_source_is_reported_and_its_result_stays(workspace, capsys, monkeypatch):
    victim = workspace / "in" / "000" / "00001.txt"

    def vanish(options):
        victim.unlink()

    edit(workspace)
    monkeypatch.setattr("publisher.pipeline.require_resources", vanish)
    code, summary = build(workspace, capsys)
    assert (code, summary) == (1, "4 reports, 2 unchanged, 2 failed")
    assert (workspace / "out" / "000" / "00001.pdf").exists()
    with (workspace / "out" / "failures.csv").open(newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert rows["000/00001"]["error"] == "SourceNotFoundError"
    assert rows["000/00001"]["earlier_result"] == "available"
    assert rows["bad"]["earlier_result"] == ""


def test_results_without_a_source_stay_listed(workspace, capsys):
    (workspace / "in" / "000" / "00001.txt").unlink()
    assert build(workspace, capsys) == (13, "3 reports, 2 unchanged, 1 failed")
    assert "000/00001.pdf" in (workspace / "out" / "index.html").read_text()
    (workspace / "out" / "000" / "00001.pdf").unlink()
    build(workspace, capsys)
    assert "000/00001.pdf" not in (workspace / "out" / "index.html").read_text()


def test_a_second_run_on_the_same_folder_is_refused(workspace, capsys):
    from publisher.batch.journal import Journal

    holder = (
        "import sys; from pathlib import Path; from publisher.batch.journal import Journal\n"
        "with Journal(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, workspace / "out"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout.readline() == "held\n"
        assert main(["build", str(workspace / "in"), "-o", str(workspace / "out"), *DRAFT]) == 32
        assert "another run is building into this folder" in capsys.readouterr().err
        other.stdin.close()
    with Journal(workspace / "out"):
        pass


def test_an_unknown_style_is_reported_once_and_not_recorded(workspace, capsys):
    assert build(workspace, capsys, "--style", "nosuch")[0] == 4
    assert build(workspace, capsys) == (13, "4 reports, 3 unchanged, 1 failed")


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


def test_failing_reports_do_not_affect_others(tmp_path):
    good, bad, times = (200, 60, 20) if FULL else (8, 8, 1)
    folder = fill(tmp_path / "in", good)
    alone = fill(tmp_path / "alone", good)
    reasons = dict.fromkeys(spoil(folder, bad))
    for number in range(times):
        for kind in POISON:
            path = folder / "000" / f"poison {number:02} {kind}.txt"
            path.write_text("年度报告\n")
            reasons[path.relative_to(folder).as_posix()] = kind
    limits = ("--deadline", "5", "--memory", "500")
    done = go("poison", folder, tmp_path / "out", *limits)
    assert done.returncode == 1
    assert f"{good} built, {len(reasons)} failed" in done.stdout
    with (tmp_path / "out" / "failures.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["source"] for row in rows) == sorted(reasons)
    for row in rows:
        if kind := reasons[row["source"]]:
            assert (row["error"], POISON[kind][1] in row["message"]) == (POISON[kind][0], True)
    mixed = tree(tmp_path / "out")
    assert len(mixed) == 3 * good + 3
    files = sorted(alone.rglob("*.txt"))
    for file in files if FULL else files[:3]:
        name = file.relative_to(alone).with_suffix("").as_posix()
        go("nothing", file, tmp_path / "single")
        for suffix in (".pdf", ".record.json", ".normalised.txt"):
            single = (tmp_path / "single" / f"{file.stem}{suffix}").read_bytes()
            assert mixed[f"{name}{suffix}"] == single


def test_signals_are_ignored_while_results_are_written():
    calls = []
    interruption = Interruption(lambda: calls.append(1))
    interruption.handle(signal.SIGINT, None)
    with pytest.raises(KeyboardInterrupt):
        interruption.handle(signal.SIGINT, None)
    interruption.finished = True
    interruption.handle(signal.SIGINT, None)
    assert (interruption.signal_number, calls) == (signal.SIGINT, [1])


@pytest.mark.parametrize("times", [1, 2])
def test_an_interrupted_run_ends_cleanly_and_continues(tmp_path, times):
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
    assert "reports; run the same command again" in err
    assert "Traceback" not in err
    assert "not started" in out
    assert not list((tmp_path / "out").rglob(".publisher-*"))
    assert (tmp_path / "out" / "index.html").exists()
    again = go("nothing", folder, tmp_path / "out")
    assert again.returncode == 0


def test_the_events_are_json(workspace):
    edit(workspace)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "publisher",
            "build",
            workspace / "in",
            "-o",
            workspace / "out",
            "--json",
            *list(DRAFT),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    results = [json.loads(line) for line in done.stdout.splitlines()]
    others = [json.loads(line) for line in done.stderr.splitlines()]
    assert [item.get("unchanged", False) for item in results[:-1]] == [True, True, False]
    assert results[-1] == {
        "event": "finished",
        "reports": 4,
        "built": 1,
        "unchanged": 2,
        "failed": 1,
        "not_started": 0,
        "page": str(workspace / "out" / "index.html"),
    }
    assert {"event": "started", "source": str(workspace / "in" / "000" / "00001.txt")} in others
    assert [item["exit_code"] for item in others if item["event"] == "error"] == [13]


def test_strict_reports_failed_checks_of_unchanged_reports(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    text = "年度报告\n一、概况\n主动公开信息100条：网站公开40条，微博公开50条。\n"
    (tmp_path / "in" / "a.txt").write_text(text)
    arguments = ["build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), *DRAFT]
    assert main(arguments) == 0
    for _ in range(2):
        assert main([*arguments, "--strict"]) == 50
        assert "90 is computed" in capsys.readouterr().err


def test_folders_with_different_outputs_are_refused(tmp_path, capsys):
    for name in ("a", "b"):
        fill(tmp_path / name, 1)
        (tmp_path / name / "publisher.toml").write_text(f'output = "{tmp_path}/out-{name}"\n')
    assert main(["build", str(tmp_path / "a"), str(tmp_path / "b")]) == 2
    assert "go into one folder" in capsys.readouterr().err


def test_foreign_files_are_not_overwritten(workspace, capsys):
    for name in ("index.html", "summary.csv", "failures.csv"):
        original = (workspace / "out" / name).read_bytes()
        (workspace / "out" / name).write_text("my own")
        assert build(workspace, capsys)[0] == 30
        assert (workspace / "out" / name).read_text() == "my own"
        (workspace / "out" / name).write_bytes(original)
    assert build(workspace, capsys)[0] == 13


def test_stale_emitted_files_are_removed(workspace, capsys):
    build(workspace, capsys, "--emit", "txt,csv")
    stale = workspace / "out" / "000" / "00001.figures.csv"
    mine = workspace / "out" / "000" / "00002.figures.csv"
    assert stale.exists()
    mine.write_text("mine")
    edit(workspace)
    build(workspace, capsys, "--force")
    assert not stale.exists()
    assert mine.read_text() == "mine"


def test_a_missing_earlier_result_is_not_listed(workspace, capsys):
    (workspace / "in" / "000" / "00001.txt").write_bytes(b"")
    (workspace / "out" / "000" / "00001.pdf").unlink()
    build(workspace, capsys)
    with (workspace / "out" / "failures.csv").open(newline="") as file:
        assert {row["earlier_result"] for row in csv.DictReader(file)} == {""}
    assert "00001.pdf" not in (workspace / "out" / "index.html").read_text()


def test_a_source_that_became_a_pipe_does_not_block_the_run(workspace, capsys):
    (workspace / "in" / "bad.txt").unlink()
    os.mkfifo(workspace / "in" / "bad.txt")
    assert build(workspace, capsys) == (12, "4 reports, 3 unchanged, 1 failed")


def test_results_of_another_folder_give_a_warning(workspace, capsys):
    other = fill(workspace / "other", 1)
    assert main(["build", str(other), "-o", str(workspace / "out"), *DRAFT]) == 0
    assert "out: has results of" in capsys.readouterr().err
    assert main(["build", str(other), "-o", str(workspace / "out"), *DRAFT]) == 0
    assert "holds results of" not in capsys.readouterr().err


@pytest.mark.parametrize("closed", ["| head -1", ">&-", "2>&-"])
def test_a_run_continues_if_its_output_is_closed(workspace, closed):
    edit(workspace)
    (workspace / "in" / "bad.txt").unlink()
    done = subprocess.run(  # noqa: S602 - what a person types
        f"set -o pipefail; '{sys.executable}' -m publisher build '{workspace / 'in'}' "
        f"-o '{workspace / 'out'}' {' '.join(DRAFT)} -v {closed}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    last = (workspace / "out" / "journal.jsonl").read_text().splitlines()
    assert any('"event":"finished","built":1,"failed":0' in line for line in last)


def test_included_templates_change_the_fingerprint(tmp_path):
    style = tmp_path / "own"
    (style / "parts").mkdir(parents=True)
    (style / "style.toml").write_text('extends = "gongwen"\nsummary = "x"\n')
    (style / "report.html.j2").write_text('{% include "beside.txt" %}{% include "parts/foot.x" %}')
    fingerprints = set()
    for path in (style / "parts" / "foot.x", tmp_path / "beside.txt"):
        for content in ("one", "two"):
            path.write_text(content)
            fingerprint_module._style_digest.cache_clear()
            fingerprints.add(compute_fingerprint(Options(style=str(style))))
    assert len(fingerprints) == 4


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
