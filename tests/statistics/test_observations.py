"""Recall and precision against gold tables that were made before the rules ran on the reports."""

from pathlib import Path

import pytest

from publisher.conversion import convert
from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.options import ConversionOptions
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read, read_bytes
from publisher.statistics import extract
from publisher.statistics.observations import statement_observations
from publisher.statistics.passages import Passage
from publisher.statistics.statement_reader import read_passage
from publisher.text.edits import locate

from .scoring import gold_rows, score

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
REPORTS = {
    "qinghe-2017": ROOT / "samples" / "qinghe-2017.txt",
    "yunping-2016": ROOT / "samples" / "yunping-2016-bureau.txt",
    "xishan-2019": ROOT / "samples" / "xishan-2019.txt",
    "linting-2021": ROOT / "samples" / "linting-2021.txt",
    **{path.stem: path for path in sorted((GOLD / "reports").iterdir())},
}


def statistics_of(path):
    ordered = normalise(read(path)[0]).source
    return extract(parse(ordered, overrides=MetadataOverrides()).report)


def facts_of(text):
    passage = Passage(section="一", text=locate(text))
    return [
        item
        for sentence in read_passage(passage)
        for item in statement_observations(sentence, "2017")
    ]


def figures(path, gold):
    rows = gold_rows(gold)
    recall, precision, missed, extra = score(rows, statistics_of(path).observations)
    lines = [f"{path.name}: {len(rows)} facts, recall {recall:.3f}, precision {precision:.3f}"]
    lines += [f"  missed {row['section']} {row['subject']} {row['value']}" for row in missed]
    lines += [f"  extra  {item.section} {item.subject} {item.value}" for item in extra]
    print("\n".join(lines))  # noqa: T201 - the scorer prints its figures
    return recall, precision


@pytest.mark.parametrize("name", REPORTS)
def test_the_reports(name):
    recall, precision = figures(REPORTS[name], GOLD / f"{name}.csv")
    assert recall >= 0.9
    assert precision >= 0.9


@pytest.mark.parametrize("path", sorted((GOLD / "blind").glob("*.txt")), ids=lambda path: path.stem)
def test_reports_that_were_not_used_for_the_rules(path):
    recall, precision = figures(path, path.with_suffix(".csv"))
    assert recall >= 0.9
    assert precision >= 0.9
    statistics = statistics_of(path)
    assert [item.statement for item in statistics.checks if item.outcome is Outcome.FAILS] == []


@pytest.mark.parametrize("name", ["qinghe-2017", "linting-2021", "xishan-2019"])
def test_both_scripts_give_the_same_facts(name):
    ordered = normalise(read(REPORTS[name])[0]).source
    converted, _, _ = convert(ordered, ConversionOptions(script="zh-Hant-TW"))
    simplified, traditional = (
        extract(parse(text, overrides=MetadataOverrides()).report) for text in (ordered, converted)
    )
    assert [(item.value, item.locator) for item in simplified.observations] == [
        (item.value, item.locator) for item in traditional.observations
    ]
    assert [item.outcome for item in simplified.checks] == [
        item.outcome for item in traditional.checks
    ]
    assert any("數" in item.subject or "開" in item.subject for item in traditional.observations)


@pytest.mark.shared
def test_the_model_report(shared):
    path, gold = shared / "reports" / "hami-2017.txt", shared / "gold" / "hami-2017.csv"
    recall, precision = figures(path, gold)
    assert recall >= 0.95
    assert precision >= 0.95


def test_the_scorer_can_fail():
    rows = [{"section": "一", "subject": "受理申请", "value": "72", "unit": "件", "qualifier": ""}]
    recall, precision, missed, extra = score(rows, facts_of("受理申请73件。"))
    assert (recall, precision, len(missed), len(extra)) == (0, 0, 1, 1)


SUBJECTS = {
    "受理申请8件（其中网络申请5件、当面申请3件），同比下降12.1%。": [
        "受理申请",
        "网络申请",
        "当面申请",
        "受理申请同比下降",
    ],
    "举办培训4期，分别为县级1期、乡镇3期。": ["举办培训", "举办培训", "举办培训"],
    "市场主体52123户，注册资本1548.7亿元，分别增长21.02%、19.72%。": [
        "市场主体",
        "注册资本",
        "市场主体增长",
        "注册资本增长",
    ],
    "清理文件48件，其中29件继续有效。": ["清理文件", "继续有效的文件"],
    "账号由29个减少到22个。": ["账号", "账号"],
    "公开信息312条，比上年增加48条，增长18.2%。": [
        "公开信息",
        "公开信息比上年增加",
        "公开信息增长",
    ],
    "全市3个区（县）。": ["全市区（县）"],
    "行政复议、行政诉讼和举报均为0件。": ["行政复议", "行政诉讼", "举报"],
    "未成年人案件345件，其中未经复议直接起诉2件。": ["未成年人案件", "未经复议直接起诉"],
    "收到33件。": ["收到"],
    "官网：发布865条；微信公众号：发布515条。": ["官网发布", "微信公众号发布"],
    "制定《某县信息公开保密审查办法》等7项制度。": ["制度"],
    "二级单位落实两个维护和四个全面。": [],
    "没有因信息公开申请行政复议和提起行政诉讼案件。": [
        "因信息公开申请行政复议",
        "提起行政诉讼案件",
    ],
}


@pytest.mark.parametrize(("text", "subjects"), SUBJECTS.items())
def test_subjects(text, subjects):
    assert [item.subject for item in facts_of(text)] == subjects


def test_locators_point_into_the_source():
    source, _ = read(ROOT / "samples" / "qinghe-2017.txt")
    for item in statistics_of(ROOT / "samples" / "qinghe-2017.txt").observations:
        if "以文字" not in item.qualifier:
            span = source.decoded[item.locator.offset :][: item.locator.length]
            assert item.value.split("—")[0].split(".")[0] in span or not any(map(str.isdigit, span))


def test_a_start_is_not_the_first_level_of_a_change():
    (fact,) = facts_of("将从以下3个方面着手。")
    assert fact.qualifier == ""


def test_both_levels_of_a_change_are_qualified():
    first, last = facts_of("公开信息由2016年的200条增加到2017年的300条。")
    assert (first.qualifier, first.period, last.qualifier) == ("由", "2016", "增加到")


def test_the_level_in_brackets_is_of_the_year_before():
    periods = [item.period for item in facts_of("收到申请20件，较上年减少3件（上年为23件）。")]
    assert periods[-1] == "2016"


def cells_of(table):
    source = read_bytes(f"# 某县2018年年度报告\n\n## 一、概述\n\n{table}".encode(), name="r.md")[0]
    ordered = normalise(source).source
    report = parse(ordered, overrides=MetadataOverrides()).report
    return [(o.subject, o.value, o.unit, o.period) for o in extract(report).observations]


def test_a_column_of_offices_is_not_a_column_of_units():
    assert cells_of("|单位|公开数|\n|---|---|\n|教育局|10|\n|公安局|20|\n") == [
        ("教育局/公开数", "10", "", "2018"),
        ("公安局/公开数", "20", "", "2018"),
    ]
    assert cells_of("|指标|单位|公开数|\n|---|---|---|\n|网站|条|10|\n|微信|篇|20|\n") == [
        ("网站", "10", "条", "2018"),
        ("微信", "20", "篇", "2018"),
    ]


def test_the_year_before_a_measure_in_a_head_is_the_period():
    table = (
        "|税目|113年度实征净额（万元）|112年度实征净额（万元）|\n|---|---|---|\n|契税|228|234|\n"
    )
    source = read_bytes(f"# 某县113年概况\n\n## 一、概述\n\n{table}".encode(), name="r.md")[0]
    facts = extract(parse(normalise(source).source, overrides=MetadataOverrides()).report)
    assert [(o.measure, o.period) for o in facts.observations] == [
        ("契税/实征净额", "2024"),
        ("契税/实征净额", "2023"),
    ]


def test_a_title_may_have_its_year_in_chinese_digits():
    source = read_bytes("某署二○二三年工作简报\n\n接获查询480宗。\n".encode(), name="r.txt")[0]
    facts = extract(parse(normalise(source).source, overrides=MetadataOverrides()).report)
    assert [o.period for o in facts.observations] == ["2023"]


def test_the_words_of_the_program_are_in_the_script_of_the_report():
    text = "# 某縣2024年報告\n\n## 一、概述\n\n以東湖區21萬人最多，次為南埔區18萬人。\n"
    source = read_bytes(text.encode(), name="r.md")[0]
    facts = extract(parse(normalise(source).source, overrides=MetadataOverrides()).report)
    assert [o.measure for o in facts.observations] == ["人口數", "人口數"]


def test_columns_of_two_years_have_their_year_and_all_heads():
    table = (
        "<table><tr><th rowspan=2>部门</th><th colspan=2>公开（条）</th><th colspan=2>申请（件）</th></tr>"
        "<tr><th>上年</th><th>本年</th><th>2017年</th><th>2018年</th></tr>"
        "<tr><td>教育局</td><td>10</td><td>12</td><td>3</td><td>4</td></tr></table>"
    )
    page = f"<h1>某县2018年年度报告</h1><h2>一、概述</h2><p>如下。</p>{table}"
    ordered = normalise(read_bytes(page.encode(), name="r.html")[0]).source
    facts = extract(parse(ordered, overrides=MetadataOverrides()).report).observations
    assert [(o.subject, o.value, o.unit, o.period) for o in facts] == [
        ("教育局/公开（条）/上年", "10", "条", "2017"),
        ("教育局/公开（条）/本年", "12", "条", "2018"),
        ("教育局/申请（件）/2017年", "3", "件", "2017"),
        ("教育局/申请（件）/2018年", "4", "件", "2018"),
    ]


def test_the_parts_of_a_divided_figure_are_no_figures():
    lines = "青禾市年度报告\n　　全市完善了各项制度，问责处理{}\n{}，其余问题全部整改。\n"
    whole = extract(_report(lines.format("", "12人"))).observations
    assert [fact.value for fact in whole] == ["12"]
    assert not extract(_report(lines.format("1", "2人"))).observations


def _report(text):
    return parse(
        read_bytes(text.encode(), name="report.txt")[0], overrides=MetadataOverrides()
    ).report
