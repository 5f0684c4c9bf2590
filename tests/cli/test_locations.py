"""Every command names a place in a source by line and character."""

import json

import pytest

from publisher.cli.console import Console
from publisher.cli.main import main
from publisher.model import Finding, Severity

DAMAGED = "松河县2020年工作报告\n一、概况\n全年收到\ufffd件申请。\n松河县档案局\n2021年1月8日\n"
FALSE_SUM = "松河县2020年工作报告\n一、概况\n收到申请213件，办结200件，办结率96.9%。\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.typeset
def test_a_warning_of_a_build_names_line_and_character(folder, capsys):
    (folder / "report.txt").write_text(DAMAGED, encoding="utf-8")
    assert main(["build", "report.txt"]) == 0
    assert "warning: report.txt:3, character 5: " in capsys.readouterr().err
    assert main(["build", "report.txt", "--json"]) == 0
    events = map(json.loads, capsys.readouterr().err.splitlines())
    damage = next(event for event in events if event.get("clause") == "characters")
    assert (damage["line"], damage["character"], damage["offset"]) == (
        3,
        5,
        DAMAGED.index("\ufffd"),
    )


@pytest.mark.typeset
def test_the_error_for_a_false_sum_names_its_line(folder, capsys):
    (folder / "report.txt").write_text(FALSE_SUM, encoding="utf-8")
    code = main(["build", "report.txt", "--strict"])
    first, hint = capsys.readouterr().err.splitlines()[-2:]
    assert code
    assert first.endswith("(in line 3)")
    assert hint == " hint: publisher check lists them all"


def test_a_check_names_its_line(folder, capsys):
    (folder / "report.txt").write_text(FALSE_SUM, encoding="utf-8")
    assert main(["check", "report.txt", "--strict"])
    captured = capsys.readouterr()
    assert captured.out.startswith("report.txt:3: ")
    assert captured.err.splitlines()[0].endswith("(in line 3)")


def test_a_finding_of_a_review_names_line_and_character(folder, capsys):
    (folder / "report.txt").write_text(DAMAGED, encoding="utf-8")
    decision = (
        '[[edit]]\nrule = "punctuation"\ndecision = "accept"\nbefore = "\ufffd"\noffset = 23\n'
    )
    (folder / "report.decisions.toml").write_text(decision, encoding="utf-8")
    assert main(["review", "report.txt"]) == 0
    assert "warning: report.txt:3, character 5: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("left out (hidden): 甲。", "warning: a.html: left out (hidden): 甲。"),
        ("hidden text is read", "warning: a.html: hidden text is read (left out)"),
    ],
)
def test_a_message_that_begins_with_its_clause_does_not_repeat_it(capsys, message, written):
    finding = Finding(clause="left out", severity=Severity.WARNING, message=message, hint="")
    Console().finding(finding, where="a.html")
    assert capsys.readouterr().err.strip() == written
