"""A build uses the decisions beside its source, records them, and is built again when they change."""

import json

import pytest

from publisher import Options, UsageError, build, publish, verify_publication
from publisher.batch.plan import plan_folder
from publisher.cli.main import main
from publisher.pdf.document import read_pdf

pytestmark = pytest.mark.typeset
PAGE = (
    "<html><head><title>站点</title></head><body><h1>青河市2019年工作报告（送审稿）</h1>"
    "<p>全年收到申请12件,办结12件。各渠道的情况如下。</p>"
    "<table><tr><th>渠道</th><th>条</th></tr><tr><td>网站</td><td>12</td></tr></table>"
    "<p>公开渠道建设</p><p>开通网站1个。</p></body></html>"
)
DECISIONS = """
[report]
title = "青河市政务公开报告"
subtitle = "（修订）"
issuer = "青河市档案局"
date = 2020-01-08
[[edit]]
rule = "punctuation"
decision = "reject"
before = ","
[[line]]
text = "公开渠道建设"
role = "heading"
level = 1
[[table]]
text = "网站"
caption = "表1　公开渠道"
"""
DRAFT = ("--tables", "none", "--profile", "draft")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in" / "report.html"
    path.parent.mkdir()
    path.write_text(PAGE, encoding="utf-8")
    path.with_name("report.decisions.toml").write_text(DECISIONS, encoding="utf-8")
    return path


@pytest.mark.parametrize("style", ["gongwen", "reader"])
def test_all_decisions_are_followed_and_the_file_verifies(style, source, tmp_path):
    publication = publish(source, Options(output=tmp_path / "out", style=style))
    record = json.loads(publication.record.read_bytes())
    assert [item for item in record["findings"] if item["clause"] == "decisions"] == []
    report = record["report"]
    assert (report["title"], report["subtitle"]) == ("青河市政务公开报告", "（修订）")
    assert (report["issuer"], report["date"]) == ("青河市档案局", "2020-01-08")
    assert [item["title"] for item in report["sections"]] == ["公开渠道建设"]
    assert record["tables"][0]["caption"] == "表1　公开渠道"
    assert [(item["rule"], item["before"]) for item in record["proposals"]] == [
        ("punctuation", ",")
    ]
    assert record["decisions"]["file"] == "report.decisions.toml"
    assert len(record["decisions"]["edits"]) == 1
    pdf = read_pdf(publication.pdf.read_bytes())
    assert pdf.info["Title"] == "青河市政务公开报告"
    text = "".join(pdf.logical_text(element) for element in pdf.structure.children)
    assert "（修订）" in text
    assert "表1　公开渠道" in text
    verdicts = verify_publication(publication.pdf)
    assert all(verdict.passed for verdict in verdicts), verdicts
    assert not [
        item for verdict in verdicts for item in verdict.findings if "again" in item.message
    ]


def test_the_same_decisions_give_the_same_bytes(source):
    first, second = build(source), build(source)
    assert first.files == second.files
    source.with_name("report.decisions.toml").unlink()
    assert build(source).pdf != first.pdf


def test_options_outweigh_decisions(source):
    record = build(source, Options(title="另一个", issuer="某局", date="2021-02-03")).record
    assert record["report"]["title"] == "另一个"
    assert record["report"]["issuer"] == "某局"
    assert record["report"]["date"] == "2021-02-03"


def test_bytes_have_the_decisions_of_the_option_only(source):
    path = source.with_name("report.decisions.toml")
    named = build(PAGE.encode(), Options(decisions=path), name="report.html")
    assert named.title == "青河市政务公开报告"
    assert build(PAGE.encode(), name="report.html").record["decisions"] is None


def test_a_decision_that_does_not_fit_is_a_finding(source):
    source.write_text(PAGE.replace("公开渠道建设", "渠道的建设"), encoding="utf-8")
    result = build(source)
    (finding,) = [item for item in result.findings if item.clause == "decisions"]
    assert "公开渠道建设" in finding.message
    assert result.record["report"]["sections"] == []


def test_a_record_with_other_decisions_does_not_verify(source, tmp_path):
    publication = publish(source, Options(output=tmp_path / "out"))
    record = json.loads(publication.record.read_bytes())
    record["edits"] = [item for item in record["edits"] if item["rule"] != "decided-text"]
    publication.record.write_text(json.dumps(record), encoding="utf-8")
    assert not all(verdict.passed for verdict in verify_publication(publication.pdf))


def run(source, tmp_path, capsys):
    capsys.readouterr()
    assert main(["build", str(source.parent), "-o", str(tmp_path / "out"), *DRAFT]) == 0
    return capsys.readouterr().out.splitlines()[-1].split(" → ")[0]


def test_a_folder_notices_changed_decisions(source, tmp_path, capsys):
    assert run(source, tmp_path, capsys) == "1 report, 1 built"
    assert run(source, tmp_path, capsys) == "1 report, 1 unchanged"
    decisions = source.with_name("report.decisions.toml")
    decisions.write_text(DECISIONS.replace("档案局", "档案馆"), encoding="utf-8")
    assert run(source, tmp_path, capsys) == "1 report, 1 built"
    record = json.loads((tmp_path / "out" / "report.record.json").read_bytes())
    assert record["report"]["issuer"] == "青河市档案馆"
    decisions.unlink()
    assert run(source, tmp_path, capsys) == "1 report, 1 built"
    assert run(source, tmp_path, capsys) == "1 report, 1 unchanged"


def test_wrong_decisions_fail_one_report_of_a_folder(source, tmp_path, capsys):
    source.with_name("report.decisions.toml").write_text("[reports]\n", encoding="utf-8")
    source.with_name("other.txt").write_text(
        "青河市2019年工作报告\n一、概况\n正文。\n", encoding="utf-8"
    )
    assert main(["build", str(source.parent), "-o", str(tmp_path / "out"), *DRAFT]) == 3
    assert "did you mean report?" in capsys.readouterr().err
    assert (tmp_path / "out" / "other.pdf").exists()
    assert not (tmp_path / "out" / "report.pdf").exists()


def test_a_decisions_file_is_never_a_report(source, tmp_path):
    plan = plan_folder(source.parent, tmp_path / "out", include=["*"])
    assert [report.source.name for report in plan.reports] == ["report.html"]
    assert (source.with_name("report.decisions.toml"), "it holds decisions about a report") in (
        plan.skipped
    )


def test_one_file_for_several_reports_is_refused(source, tmp_path, capsys):
    other = source.with_name("other.html")
    other.write_text(PAGE, encoding="utf-8")
    decisions = str(source.with_name("report.decisions.toml"))
    for command in ("build", "archive"):
        arguments = [
            command,
            str(source.parent),
            "-o",
            str(tmp_path / "o"),
            "--decisions",
            decisions,
        ]
        assert main(arguments) == UsageError.exit_code
        assert "cannot be about several reports" in capsys.readouterr().err
