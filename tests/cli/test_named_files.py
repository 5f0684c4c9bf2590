"""Files and folders as people name them: a PDF by its name, a folder for what is in it."""

import re
from pathlib import Path

import pytest

from publisher.archive.bagit import find_bags
from publisher.cli.main import main

REPORT = "云坪市2019年工作报告\n一、情况\n全年检查31次，受理申请52件。\n"
DRAFT = ("--profile", "draft", "--tables", "none")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_the_pdf_of_one_source_has_the_name_that_was_given(source: Path, tmp_path: Path):
    assert main(["build", str(source), "-o", str(tmp_path / "out" / "年报.pdf"), *DRAFT]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"年报.pdf", "年报.record.json"}
    assert main(["verify", str(tmp_path / "out"), "--source", str(source)]) == 2
    assert main(["verify", str(tmp_path / "out")]) == 0


@pytest.mark.parametrize("second", ["folder", "file"])
def test_one_pdf_is_not_the_result_of_several_sources(
    second: str, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    sources = [str(tmp_path)] if second == "folder" else [str(source), str(source)]
    assert main(["build", *sources, "-o", str(tmp_path / "a.pdf"), *DRAFT]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"error: output: {tmp_path / 'a.pdf'} names one PDF, and there are several sources",
        " hint: name a folder for their results",
    ]


def test_sources_may_be_on_both_sides_of_an_option(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    words = ["build", str(source), "-o", str(tmp_path / "a.pdf"), "b.txt", *DRAFT]
    assert main(words) == 2
    assert "there are several sources" in capsys.readouterr().err
    assert main([*words, "--foo"]) == 2
    assert "--foo" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.docx", "a.html", "b.DOCX"])
def test_a_file_of_another_kind_is_no_output(
    name: str, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["build", str(source), "-o", str(tmp_path / name), *DRAFT]) == 2
    assert "is a file that is no PDF" in capsys.readouterr().err
    assert not (tmp_path / name).exists()


def test_a_wrong_style_of_a_configuration_is_in_its_file(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    config = tmp_path / "publisher.toml"
    config.write_text('style = "readr"', encoding="utf-8")
    assert main(["build", str(source), "-o", str(tmp_path / "out")]) == 4
    assert capsys.readouterr().err.splitlines() == [
        f"error: {config}: style: there is no style 'readr'",
        " hint: did you mean reader?",
    ]


def test_the_reports_of_a_folder_are_checked(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "b.txt").write_text(REPORT, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "报告.txt: 2 figures" in printed
    assert "b.txt: 2 figures" in printed
    (tmp_path / "empty").mkdir()
    assert main(["check", str(tmp_path / "empty")]) == 2


def test_a_folder_without_publications_is_refused_in_two_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "foreign.pdf").write_bytes(b"%PDF-1.4")
    assert main(["verify", str(tmp_path)]) != 0
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_bags_are_found_below_a_folder_and_not_inside_one_another(tmp_path: Path):
    for name in ("b", "a/c", "a/c/data/inner"):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "bagit.txt").write_text("BagIt-Version: 1.0\n", encoding="utf-8")
    assert find_bags(tmp_path) == [tmp_path / "a" / "c", tmp_path / "b"]
    assert find_bags(tmp_path / "b") == [tmp_path / "b"]
    assert find_bags(tmp_path / "a" / "c" / "data" / "none") == []


ABOUT_A_FILE = (
    ("build",),
    ("check",),
    ("check", "--gb9704"),
    ("review",),
    ("explain-lines", "--page", "1"),
    ("compare",),
    ("verify",),
    ("preflight",),
    ("impose", "--scheme", "booklet", "-o", "sheets.pdf"),
    ("sign", "--key", "office.pem"),
    ("archive",),
    ("rebuild",),
    ("volume",),
    ("stats",),
    ("watch",),
)
"""The commands that are about a file or a folder, each with the options that it needs."""


@pytest.mark.parametrize("words", ABOUT_A_FILE, ids=" ".join)
def test_what_does_not_exist_has_one_exit_code(
    words: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    if words[0] == "watch":
        pytest.importorskip("watchfiles")
    monkeypatch.chdir(tmp_path)
    second = {"compare": ["absent-2.txt"], "watch": ["out"]}.get(words[0], [])
    assert main([words[0], "absent.pdf", *second, *words[1:]]) == 11
    assert re.match(
        "error: absent.pdf: there is no such (file|folder)\n hint: ", capsys.readouterr().err
    )


def test_control_characters_in_a_name_do_not_reach_the_terminal(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    named = source.rename(tmp_path / "a\x1b[31m.txt")
    assert main(["build", str(named), "-o", str(tmp_path / "out"), *DRAFT]) == 0
    assert "a\\x1b[31m.pdf  1 page" in capsys.readouterr().out
