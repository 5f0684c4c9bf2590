"""The arithmetic: true statements are never called false, planted errors are found."""

from pathlib import Path

import pytest

from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.parse import Given, parse
from publisher.readers import read, read_bytes
from publisher.statistics import extract, failures

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))


def checks_of(source):
    ordered, _, _ = normalise(source)
    return extract(parse(ordered, given=Given()).report).checks


def of_sentence(text):
    report = f"某市2017年报告\n一、概述\n{text}\n二、情况\n正文。"
    return checks_of(read_bytes(report.encode(), name="r.txt")[0])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_no_true_statement_is_called_false(path):
    checks = checks_of(read(path)[0])
    assert [one.statement for one in checks if one.outcome is Outcome.FAILS] == []
    assert sum(one.outcome is Outcome.HOLDS for one in checks) >= 4


@pytest.mark.shared
def test_the_model_report(shared):
    checks = checks_of(read(shared / "reports" / "hami-2017.txt")[0])
    holding = {one.statement for one in checks if one.outcome is Outcome.HOLDS}
    assert {
        "1272 = 293 + 695 + 284",
        "386 = 358 + 28",
        "48 = 29 + 8 + 11",
        "5 ÷ 116 = 4.3%",
        "12 listed, 12 stated",
    } <= holding
    assert not [one for one in checks if one.outcome is Outcome.FAILS]


PLANTED = {
    "qinghe-2017": [
        ("新制定5项", "新制定6项"),
        ("专职人员68人", "专职人员86人"),
        ("已整改51个", "已整改52个"),
        ("办结率98.6%", "办结率96.8%"),
    ],
    "yunping-2016-bureau": [
        ("合格611个", "合格601个"),
        ("18.2%", "12.8%"),
        ("网络申请", "电子申请"),
    ],
    "linting-2021": [
        ("门户网站公开8135条", "门户网站公开8315条"),
        ("增长15.3%", "增长13.5%"),
        ("压减率24.1%", "压减率21.4%"),
        ("\n57\n8\n", "\n75\n8\n"),
        ("\n9\n2\n", "\n9\n3\n"),
        ("\n3\n1\n1\n0\n5\n", "\n3\n1\n1\n1\n5\n"),
    ],
}
HARMLESS = {("网络申请", "电子申请")}


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [(name, right, wrong) for name, pairs in PLANTED.items() for right, wrong in pairs],
)
def test_planted_errors_are_found(name, right, wrong):
    source, _ = read(ROOT / "samples" / f"{name}.txt")
    text = source.decoded.replace("\r\n", "\n")
    solid = text.replace("\n", "") if right not in text and "\n" not in right else text
    damaged = text.replace(right, wrong, 1) if solid is text else None
    assert damaged, "the sample no longer says this"
    assert damaged != text
    checks = checks_of(read_bytes(damaged.encode(), name="r.txt")[0])
    failing = [one for one in checks if one.outcome is Outcome.FAILS]
    assert bool(failing) == ((right, wrong) not in HARMLESS)


SENTENCES = {
    "共受理10件，其中：甲3件，乙4件，丙3件。": ("sum", Outcome.HOLDS),
    "共受理10件，其中：甲3件，乙4件，丙2件。": ("sum", Outcome.FAILS),
    "共受理100件，其中甲3件，乙4件。": ("sum", Outcome.UNVERIFIABLE),
    "共受理100余件，其中：甲60件，乙44件。": ("sum", Outcome.UNVERIFIABLE),
    "受理12件，办结9件，正在办理3件。": ("sum", Outcome.HOLDS),
    "受理12件，办结9件，正在办理4件。": ("sum", Outcome.FAILS),
    "许可111项，较2016年减少许可5项，压减率4.3%。": ("growth", Outcome.HOLDS),
    "许可111项，较2016年减少许可5项，压减率4.5%。": ("growth", Outcome.FAILS),
    "公开312条，比上年增加48条，增长18.2%。": ("growth", Outcome.HOLDS),
    "账号由29个减少到22个，压减率24.1%。": ("growth", Outcome.HOLDS),
    "账号由29个减少到22个，压减率31.8%。": ("growth", Outcome.FAILS),
    "受理216件，办结213件，办结率98.6%。": ("percentage", Outcome.HOLDS),
    "受理216件，办结213件，办结率96.8%。": ("percentage", Outcome.FAILS),
    "群众满意率98.6%。": ("percentage", Outcome.UNVERIFIABLE),
    "设置信箱、热线、微博等3个栏目。": ("enumeration", Outcome.HOLDS),
    "设置信箱、热线、微博、微信等3个栏目。": ("enumeration", Outcome.FAILS),
    "设置信箱、热线等30个栏目。": ("enumeration", Outcome.UNVERIFIABLE),
}


@pytest.mark.parametrize(("text", "wanted"), SENTENCES.items())
def test_sentences(text, wanted):
    assert wanted in [(one.kind, one.outcome) for one in of_sentence(text)]


def test_a_failing_check_is_a_finding_with_both_numbers():
    report = "某市2017年报告\n一、概述\n共受理10件，其中：甲3件，乙4件，丙2件。\n二、情况\n正文。"
    ordered, _, _ = normalise(read_bytes(report.encode(), name="r.txt")[0])
    (finding,) = failures(extract(parse(ordered, given=Given()).report))
    assert "10 = 3 + 4 + 2" in finding.message
    assert "9 is computed" in finding.message
    assert report[finding.locator.offset :].startswith("10件")


def test_every_identity_of_the_official_form_is_checked():
    checks = checks_of(read(ROOT / "samples" / "linting-2021.txt")[0])
    identities = [one for one in checks if one.kind == "table-identity"]
    assert {one.outcome for one in identities} == {Outcome.HOLDS}
    # 25 rows of applicants, 3 groups of reviews, 7 columns twice
    assert len(identities) == 25 + 3 + 2 * 7
