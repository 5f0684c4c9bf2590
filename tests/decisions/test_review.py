"""``publisher review`` from the shell's view: the list, decisions, and the file that they are written to."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from publisher import Options, UsageError, build, review_edits
from publisher.cli.main import main
from publisher.normalise import RULES

SOURCE = "青河市2019年工作报告\n一、概况\n收到申请12件,办结12件,没有结转 。\n青河市档案局\n2020年1月8日\n"
FILE = "report.decisions.toml"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text(SOURCE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def doubtful_punctuation():
    """Let the rule for punctuation propose its edits only."""
    rule = next(rule for rule in RULES if rule.name == "punctuation")
    original = rule.find_replacements

    def propose(context):
        return [replace(change, certain=False) for change in original(context)]

    object.__setattr__(rule, "find_replacements", propose)
    yield
    object.__setattr__(rule, "find_replacements", original)


def review(capsys, *arguments):
    code = main(["review", "report.txt", *arguments])
    captured = capsys.readouterr()
    return code, captured.out.splitlines(), captured.err.splitlines()


def test_the_command_in_a_shell(folder):
    command = [sys.executable, "-m", "publisher", "review", "report.txt", "--edits", "none"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, summary = done.stdout.splitlines()
    assert first == (
        "1  report.txt:3, character 8: punctuation, not made: 收到申请12件【, → ，】办结12件,没有结转 。 "
        "(punctuation in Chinese text is full width)"
    )
    assert summary == "report.txt: 0 proposals, 0 accepted, 0 rejected, 0 edits made"


def test_certain_edits_are_listed_on_demand(folder, capsys):
    assert review(capsys) == (
        0,
        ["report.txt: 0 proposals, 0 accepted, 0 rejected, 3 edits made"],
        [],
    )
    _, lines, _ = review(capsys, "--made")
    assert [line.split()[0] for line in lines] == ["1", "2", "3", "report.txt:"]
    assert "【␣ → 】" in lines[2]


@pytest.mark.usefixtures("doubtful_punctuation")
def test_a_proposal_is_made_when_it_is_accepted(folder, capsys):
    _, lines, _ = review(capsys)
    assert [line.split(": ")[1] for line in lines[:2]] == ["punctuation, proposed"] * 2
    assert lines[-1] == "report.txt: 2 proposals, 0 accepted, 0 rejected, 1 edit made"
    record = build("report.txt").record
    assert "收到申请12件,办结12件,没有结转。" in record["text"]
    assert [item["offset"] for item in record["proposals"]] == [25, 31]
    assert (
        "收到申请12件，办结12件，没有" in build("report.txt", Options(edits="all")).record["text"]
    )
    review(capsys, "--accept", "2", "--reject", "1", "--write")
    _, lines, _ = review(capsys)
    assert lines[-1] == "report.txt: 0 proposals, 1 accepted, 1 rejected, 2 edits made"
    record = build("report.txt").record
    assert "收到申请12件,办结12件，没有结转。" in record["text"]
    assert [item["offset"] for item in record["proposals"]] == [25]


def test_nothing_is_written_without_write(folder, capsys):
    _, lines, messages = review(capsys, "--reject", "punctuation")
    assert [line.split(": ")[1] for line in lines[:2]] == ["punctuation, rejected"] * 2
    assert messages == [
        "nothing was written; --write stores the decisions in report.decisions.toml"
    ]
    assert not (folder / FILE).exists()


def test_decisions_are_merged_with_those_of_the_file(folder, capsys):
    (folder / FILE).write_text(
        '[report]\nissuer = "青河市"\n[[line]]\ntext = "一、概况"\nrole = "body"\nnote = "so wanted"\n'
        '[[edit]]\nrule = "punctuation"\ndecision = "reject"\nnote = "by telephone"\n'
    )
    assert review(capsys, "--accept", "2", "--write")[0] == 0
    text = (folder / FILE).read_text(encoding="utf-8")
    assert "so wanted" in text
    assert "by telephone" in text
    assert 'issuer = "青河市"' in text
    by_number = {edit.number: edit for edit in review_edits("report.txt").edits}
    assert [by_number[number].decision for number in (1, 2, 3)] == ["reject", "accept", ""]
    assert [by_number[number].is_made for number in (1, 2, 3)] == [False, True, True]
    _, lines, _ = review(capsys, "--accept", "punctuation", "--write")
    assert lines[-1].endswith("3 edits made; written: report.decisions.toml")
    assert (folder / FILE).read_text(encoding="utf-8").count('rule = "punctuation"') == 2


def test_writing_again_changes_nothing(folder, capsys):
    review(capsys, "--reject", "1", "--write")
    before = (folder / FILE).read_bytes()
    review(capsys, "--write")
    review(capsys, "--reject", "1", "--write")
    assert (folder / FILE).read_bytes() == before


def test_a_changed_source_gets_new_places_and_keeps_what_does_not_fit(folder, capsys):
    text = SOURCE.replace("12件,办结", "12件,其中通过互联网平台提交的申请办结")
    (folder / "report.txt").write_text(text, encoding="utf-8")
    review(capsys, "--reject", "1,2", "--write")
    changed = text.replace("一、概况\n", "一、概况\n新的一句。\n").replace("没有结转", "无结转")
    (folder / "report.txt").write_text(changed, encoding="utf-8")
    code, _, messages = review(capsys, "--write")
    assert code == 0
    assert "a decision no longer fits" in messages[0]
    written = (folder / FILE).read_text(encoding="utf-8")
    assert written.count("[[edit]]") == 2
    assert written.count("offset = ") == 1
    assert f"offset = {changed.index(',其中')}" in written


def test_a_file_with_comments_is_not_overwritten(folder, capsys):
    (folder / FILE).write_text("[report]\ntitle = 'x' # ours\n")
    code, _, (message, hint) = review(capsys, "--reject", "1", "--write")
    assert code == UsageError.exit_code
    assert message == "error: report.decisions.toml: has comments, which would be lost"
    assert "note" in hint
    assert "# ours" in (folder / FILE).read_text()


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["--accept", "9"], "9: no edit has this number", "the numbers are 1 to 3"),
        (["--accept", "0"], "0: no edit has this number", "the numbers are 1 to 3"),
        (["--reject", "punctation"], "no rule has this name", "did you mean punctuation?"),
        (["--reject", "invisible-characters"], "the text cannot be set without", "the source"),
        (["--accept", "1", "--reject", "1"], "1 is both accepted and rejected", "one decision"),
    ],
)
def test_a_mistake_is_explained_in_two_lines(arguments, message, hint, folder, capsys):
    code, _, (first, second) = review(capsys, *arguments, "--write")
    assert code == UsageError.exit_code
    assert message in first
    assert hint in second
    assert not (folder / FILE).exists()


def test_a_wrong_key_names_file_and_key(folder, capsys):
    (folder / FILE).write_text("[[edit]]\nrules = 'x'\n")
    code, _, (first, second) = review(capsys)
    assert code == 3
    assert first == "error: report.decisions.toml: edit 1: no key is called 'rules'"
    assert second == " hint: did you mean rule?"


def test_each_edit_is_an_object_with_json(folder, capsys):
    _, lines, _ = review(capsys, "--made", "--reject", "1", "--json")
    *edits, summary = map(json.loads, lines)
    assert {edit["event"] for edit in edits} == {"result"}
    assert [edit["number"] for edit in edits] == [1, 2, 3]
    assert (edits[0]["made"], edits[0]["decision"], edits[0]["line"]) == (False, "reject", 3)
    assert summary["event"] == "finished"
    assert summary["made"] == 2


def test_decisions_about_bytes_need_a_file(folder):
    with pytest.raises(UsageError, match="have no file"):
        review_edits(SOURCE.encode(), name="report.txt", reject=[1], write=True)
    path = folder / "mine.toml"
    review_edits(
        SOURCE.encode(), Options(decisions=path), name="report.txt", reject=[1], write=True
    )
    assert "punctuation" in path.read_text(encoding="utf-8")


def test_edits_that_nobody_decides_about_are_counted(folder, capsys):
    page = "<html><body><h1>青河市2019年工作报告</h1><p>收到申请12件\u200b,全部办结。</p></body></html>"
    (folder / "page.html").write_text(page, encoding="utf-8")
    counts = "page.html: 0 proposals, 0 accepted, 0 rejected, 1 edit made"
    others = "; not listed, since nobody decides about them: 4 edits (html-markup 3, invisible-characters 1)"
    assert main(["review", "page.html"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == counts
    assert main(["review", "page.html", "--made"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"{counts}{others}"
    assert main(["review", "page.html", "--json"]) == 0
    summary = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert summary["not_listed"] == {"html-markup": 3, "invisible-characters": 1}
    assert len(review_edits(page.encode(), name="page.html").other_edits) == 4
