"""A bag carries the decisions that its PDF was built with, and rebuilding uses them."""

import json
import shutil

import pytest

from publisher import Options, archive_reports, rebuild_bag, verify_bag
from publisher.archive.bagit import compute_fixity

pytestmark = pytest.mark.typeset
SOURCE = (
    "青河市2019年工作报告\n一、概况\n全年收到申请12件,办结12件,没有结转。\n\n二〇二〇年一月八日\n"
)
DECISIONS = """# our own remark
[report]
issuer = "青河市档案局"

[[edit]]
rule = "punctuation"
decision = "reject"

[[line]]
text = "全年收到申请"
role = "heading"
level = 2
"""


@pytest.fixture(scope="module")
def decided_bag(tmp_path_factory):
    folder = tmp_path_factory.mktemp("decided")
    (folder / "report.txt").write_text(SOURCE, encoding="utf-8")
    (folder / "report.decisions.toml").write_text(DECISIONS, encoding="utf-8")
    return archive_reports(folder / "report.txt", Options(output=folder / "bags")).path


def test_the_bag_has_the_decisions_unchanged(decided_bag):
    path = decided_bag / "data/decisions/report.decisions.toml"
    assert path.read_text(encoding="utf-8") == DECISIONS
    record = json.loads((decided_bag / "data/reports/report.record.json").read_bytes())
    assert record["decisions"]["file"] == "data/decisions/report.decisions.toml"
    assert record["decisions"]["sha256"] == compute_fixity(DECISIONS.encode()).digests["sha256"]
    assert record["report"]["issuer"] == "青河市档案局"
    assert "12件,办结" in record["text"]
    assert [section["level"] for section in record["report"]["sections"]] == [1, 2]


def test_the_bag_is_valid_and_gives_the_same_bytes_again(decided_bag):
    assert [report.identical for report in rebuild_bag(decided_bag)] == [True]
    verification = verify_bag(decided_bag)
    assert verification.passed, verification.findings


def test_other_decisions_in_the_bag_are_noticed(decided_bag, tmp_path):
    bag = shutil.copytree(decided_bag, tmp_path / "bag")
    path = bag / "data/decisions/report.decisions.toml"
    path.write_text(DECISIONS.replace("reject", "accept"), encoding="utf-8")
    assert not verify_bag(bag).passed
    (report,) = rebuild_bag(bag)
    assert not report.identical
    assert "the recorded decisions are not in data/decisions/" in report.reasons[0]


def test_a_decisions_file_that_no_report_has_is_noticed(decided_bag, tmp_path):
    bag = shutil.copytree(decided_bag, tmp_path / "bag")
    (bag / "data/decisions/other.decisions.toml").write_text(DECISIONS, encoding="utf-8")
    findings = {item.path: item.finding.message for item in verify_bag(bag).findings}
    assert "data/decisions/other.decisions.toml" in findings
