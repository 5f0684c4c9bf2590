"""Names are planned before a run: structure kept, every file system's rules, no two alike."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.batch.plan import (
    IN_OUTPUT_FOLDER,
    LONGEST_SUFFIX,
    OUTSIDE_FOLDER,
    plan_folder,
    safe_name,
)


def fill(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("报告")
    return folder


def names(plan):
    return [report.name for report in plan.reports]


def test_the_structure_is_kept_and_the_order_fixed(tmp_path):
    folder = fill(tmp_path / "in", "b/2.txt", "a.txt", "b/1.md", "b/c/3.txt")
    assert names(plan_folder(folder, tmp_path / "out")) == ["a", "b/1", "b/2", "b/c/3"]


def test_files_of_saved_pages_and_lock_files_are_skipped(tmp_path):
    folder = fill(
        tmp_path / "in",
        "a.html",
        "a_files/ad.html",
        "b.htm",
        "b.files/x/y.htm",
        "c_files/d.html",
        "~$e.docx",
    )
    plan = plan_folder(folder, tmp_path / "out")
    assert names(plan) == ["a", "b", "c_files/d"]
    assert len(plan.skipped) == 3


def test_skipped_files_have_a_reason(tmp_path):
    folder = fill(
        tmp_path / "in",
        "a.txt",
        "b.jpg",
        ".hidden.txt",
        ".git/c.txt",
        "d",
        "old/a.normalised.txt",
        "b.comparison.html",
    )
    plan = plan_folder(folder, tmp_path / "out")
    assert names(plan) == ["a"]
    assert {path.name: why for path, why in plan.skipped} == {
        "b.jpg": "no reader accepts .jpg",
        "d": "no reader accepts files without a suffix",
        "a.normalised.txt": "it is a result of an earlier run",
        "b.comparison.html": "it is a result of an earlier run",
    }


def test_globs_include_and_exclude(tmp_path):
    folder = fill(tmp_path / "in", "2017/a.txt", "2018/b.txt", "2018/draft/c.txt")
    plan = plan_folder(folder, tmp_path / "out", include=["2018/*"], exclude=["*/draft/*"])
    assert names(plan) == ["2018/b"]
    assert [why for _, why in plan.skipped] == ["not included", "excluded by */draft/*"]


def test_the_pages_of_a_run_are_no_sources_in_another_folder(tmp_path):
    folder = fill(tmp_path, "a.txt", "old/index.html", "old/journal.jsonl", "pages/index.html")
    assert names(plan_folder(folder, tmp_path.parent / "out")) == ["a", "pages/index"]


def test_results_are_not_sources(tmp_path):
    folder = fill(tmp_path, "a.txt", "out/a.normalised.txt")
    assert names(plan_folder(folder, folder / "out")) == ["a"]


def test_names_differ_in_more_than_case_and_normalisation(tmp_path):
    decomposed = unicodedata.normalize("NFD", "é")
    folder = fill(
        tmp_path / "in", "Report.txt", "report.txt", "report.md", "é.txt", f"{decomposed}.md"
    )
    plan = plan_folder(folder, tmp_path / "out")
    keys = [unicodedata.normalize("NFC", name).casefold() for name in names(plan)]
    assert len(set(keys)) == len(keys) == 5
    assert sum(bool(report.rename_reason) for report in plan.reports) == 4
    assert sum("already has the name" in report.rename_reason for report in plan.reports) == 3


def test_a_folder_that_is_a_link_is_not_walked(tmp_path):
    folder = fill(tmp_path / "in", "a.txt")
    (folder / "loop").symlink_to(folder)
    assert names(plan_folder(folder, tmp_path / "out")) == ["a"]


def test_a_long_name_is_shortened_and_stays_unique(tmp_path):
    long = "市" * 83
    folder = fill(tmp_path / "in", f"{long}甲.txt"[-84:], f"{long[:-1]}乙.txt"[-84:])
    plan = plan_folder(folder, tmp_path / "out")
    for name in names(plan):
        assert len(name.encode()) <= 255 - LONGEST_SUFFIX
    assert len(set(names(plan))) == 2


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("CON", "_CON"),
        ("a:b", "a_b"),
        ("x. ", "x"),
        ("...", "_"),
        ("报告", "报告"),
        ("a\x01", "a_"),
    ],
)
def test_invalid_names_are_replaced(part, name):
    assert safe_name(part) == name


@given(st.text(min_size=1).filter(lambda text: "/" not in text))
def test_every_name_is_safe(text):
    name = safe_name(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    assert name not in ("", ".", "..")
    assert len(name.encode()) <= 255 - LONGEST_SUFFIX
    assert not set(name) & set('<>:"|?*\\/\0')
    assert unicodedata.is_normalized("NFC", name)
    assert safe_name(name) == name or "~" in name


def test_undecodable_names_are_replaced(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"\xff\xfe.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system takes only text for names")
    (name,) = names(plan_folder(folder, tmp_path / "out"))
    assert name.encode()


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "publisher", "build", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_dry_run_prints_the_plan_and_writes_nothing(tmp_path):
    folder = fill(tmp_path / "in", "a.txt", "b/c.txt", "d.jpg")
    done = run(folder, "-o", tmp_path / "out", "--dry-run", "-v")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"{folder}/a.txt → {tmp_path}/out/a.pdf",
        f"{folder}/b/c.txt → {tmp_path}/out/b/c.pdf",
    ]
    assert "d.jpg: skipped: no reader accepts .jpg" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_is_built_and_one_bad_report_does_not_stop_it(tmp_path):
    folder = fill(tmp_path / "in", "sub/bad.txt")
    (folder / "sub" / "bad.txt").write_bytes(b"")
    sample = Path(__file__).parents[2] / "samples" / "yunping-2016-bureau.txt"
    (folder / "good.txt").write_bytes(sample.read_bytes())
    done = run(folder, "-o", tmp_path / "out", "--tables", "none")
    assert done.returncode == 13
    assert "sub/bad.txt: has no text" in done.stderr
    assert sorted(path.name for path in (tmp_path / "out").rglob("*.*")) == [
        "failures.csv",
        "good.pdf",
        "good.record.json",
        "index.html",
        "journal.jsonl",
        "summary.csv",
    ]


@pytest.fixture
def closed(tmp_path, monkeypatch):
    """A folder with one below it that cannot be looked into."""
    folder = fill(tmp_path / "in", "a.txt", "closed/b.txt")
    scan = os.scandir

    def refuse(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    return folder


def test_an_unreadable_folder_is_reported(closed, tmp_path):
    plan = plan_folder(closed, tmp_path / "out")
    assert names(plan) == ["a"]
    assert [error.where for error in plan.unreadable] == [f"{closed}/closed"]


def test_an_excluded_folder_is_not_listed(closed, tmp_path):
    for pattern in ("closed", "closed/", "closed/*", "clo*"):
        assert plan_folder(closed, tmp_path / "out", exclude=[pattern]).unreadable == ()


def test_a_name_stays_with_its_source(tmp_path):
    folder = fill(tmp_path / "in", "a.md", "a.txt", "B.TXT", "b.txt")
    first = plan_folder(folder, tmp_path / "out")
    first_names = {report.relative_path: report.name for report in first.reports}
    assert first_names == {"B.TXT": "B", "a.md": "a", "a.txt": "a~2", "b.txt": "b~2"}
    only = plan_folder(folder, tmp_path / "out", include=["*.txt"])
    assert {report.relative_path: report.name for report in only.reports} == {
        "a.txt": "a~2",
        "b.txt": "b~2",
    }
    (folder / "a.md").unlink()
    (folder / "B.TXT").unlink()
    fill(folder, "A.txt", "a.markdown")
    later = plan_folder(folder, tmp_path / "out", previous_names=first_names)
    assert {report.relative_path: report.name for report in later.reports} == {
        "a.txt": "a~2",
        "b.txt": "b~2",
        "A.txt": "A~3",
        "a.markdown": "a~4",
    }


def test_a_name_that_leads_out_of_the_folder_is_not_kept(tmp_path):
    folder = fill(tmp_path / "in", "a.txt")
    plan = plan_folder(folder, tmp_path / "out", previous_names={"a.txt": "../../a"})
    assert names(plan) == ["a"]


def test_folders_named_like_results_are_renamed(tmp_path):
    folder = fill(tmp_path / "in", "a.txt", "a.pdf/x.txt", "index.html/x.txt", "c.Record.JSON/x.md")
    plan = plan_folder(folder, tmp_path / "out")
    assert names(plan) == ["a.pdf_/x", "a", "c.Record.JSON_/x", "index.html_/x"]


def test_a_long_name_has_a_reason(tmp_path):
    (report,) = plan_folder(fill(tmp_path / "in", "市" * 80 + ".txt"), tmp_path / "out").reports
    assert "has more than 215 bytes" in report.rename_reason


def test_sources_in_the_output_folder_are_reported(tmp_path):
    folder = fill(tmp_path, "a.txt", "2020/b.txt", "2020/b.normalised.txt", "2020/c.jpg")
    plan = plan_folder(folder, folder / "2020")
    assert names(plan) == ["a"]
    assert [(path.name, why) for path, why in plan.skipped] == [("b.txt", IN_OUTPUT_FOLDER)]
    assert names(plan_folder(folder / "2020", folder)) == ["b"]


def test_a_folder_that_is_its_own_output_keeps_its_results_apart(tmp_path):
    folder = fill(tmp_path, "a.txt", "index.html", "summary.csv", "journal.jsonl", "sub/index.md")
    plan = plan_folder(folder, folder)
    assert names(plan) == ["a", "sub/index"]
    assert plan.skipped == ()


def test_a_folder_without_a_report_is_an_error(tmp_path):
    done = run(fill(tmp_path / "in", "a.jpg"), "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "has no report" in done.stderr


def test_parallel_builds_give_the_same_bytes(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    samples = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))[:3]
    for sample in samples:
        (folder / sample.name).write_bytes(sample.read_bytes())
    (folder / "bad.txt").write_bytes(b"")
    for jobs in (1, 2):
        done = run(folder, "-o", tmp_path / str(jobs), "--jobs", jobs, "--style", "reader")
        assert done.returncode == 13
    alone = {path.name: path.read_bytes() for path in (tmp_path / "1").iterdir()}
    both = {path.name: path.read_bytes() for path in (tmp_path / "2").iterdir()}
    assert both.pop("journal.jsonl")
    assert alone.pop("journal.jsonl")
    assert both == alone
    assert len(alone) == 9


def test_a_report_that_exceeds_the_deadline_fails(tmp_path):
    folder = fill(tmp_path / "in", "a.txt", "b.txt")
    done = run(folder, "-o", tmp_path / "out", "--jobs", 2, "--deadline", 0.01)
    assert done.returncode == 61
    assert done.stderr.count("took longer than 0.01 s") == 2


def test_links_to_files_outside_the_folder_are_skipped(tmp_path):
    folder = fill(tmp_path / "in", "a.txt")
    outside = tmp_path / "secret.txt"
    outside.write_text("机密", encoding="utf-8")
    (folder / "b.txt").symlink_to(outside)
    (folder / "c.txt").symlink_to(folder / "a.txt")
    plan = plan_folder(folder, tmp_path / "out")
    assert names(plan) == ["a", "c"]
    assert [why for _, why in plan.skipped] == [OUTSIDE_FOLDER]
