"""The gold figures agree with their reports, and the scorer tells right from wrong."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus.figure_subjects import alternatives, comparable, name_of_place
from tests.corpus.figures import (
    Figure,
    GoldReport,
    Score,
    Verdict,
    reports,
    score,
    table_by_genre,
    years,
)

REPORTS = [report for part in ("open", "blind", "second") for report in reports(part)]


def perfect_figures(report):
    return [
        Figure(
            offset=int(row["offset"]),
            length=int(row["length"]),
            subject=next(alternatives(row["subject"])),
            **{
                name: row[name].split("|")[0]
                for name in ("value", "unit", "scope", "period", "status", "change")
            },
        )
        for row in report.figures
        if row["kind"] == "figure"
    ]


def perfect_verdicts(report):
    return [
        Verdict(kind=row["kind"], statement=row["statement"], outcome="holds")
        for row in report.statements
    ]


def perfect_alarms(report):
    return [
        [Verdict(kind=row["kind"], statement=row["replace"], outcome="fails")]
        for row in report.errors
    ]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.path.name)
def test_perfect_figures_have_a_perfect_score(report):
    result = score(
        report, perfect_figures(report), perfect_verdicts(report), perfect_alarms(report)
    )
    assert result.faults == []
    assert result.precision == result.recall == result.with_subject == 1
    assert (result.scopes, result.periods) == (result.scoped, result.dated)
    assert (result.verified, result.planted_found) == (result.statements, result.planted)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.path.name)
def test_the_gold_agrees_with_its_report(report):
    text = report.text
    for row in report.figures:
        assert row["quote"] in text
        number = row["value"].split("—")[0]
        if row["kind"] == "figure":
            start = int(row["offset"])
            stated = text[start : start + int(row["length"])].replace(",", "").replace(" ", "")
            assert stated.startswith(number), row["quote"]
            assert {*row["status"].split("|")} <= {"result", "target", "estimate", "cumulative"}
            assert {*row["change"].split("|")} <= {"level", "change", "rate", "share"}
    assert all(text.count(row["find"]) == 1 for row in report.errors)
    assert {row["statement"] for row in report.errors} <= {
        row["statement"] for row in report.statements
    }


ROW = {
    "subject": "税收收入[合计]|税收",
    "value": "12.5",
    "unit": "亿元",
    "quote": "税收收入12.5亿元",
    "offset": "4",
    "length": "6",
    "kind": "figure",
    "scope": "市本级",
    "period": "2023",
    "status": "result",
    "change": "level",
}
REPORT = GoldReport(
    path=Path("budget-0.txt"),
    text="关于汀湖区财政决算的报告",
    figures=[ROW, {**ROW, "kind": "optional", "offset": "20"}],
    statements=[{"kind": "sum", "statement": "12.5 = 7 + 5.5"}],
    errors=[{"find": "5.5亿元", "replace": "6.5亿元", "kind": "sum"}],
)
RIGHT = perfect_figures(REPORT)[0]
HOLDS = Verdict(kind="sum", statement="12.5 = 7 + 5.5", outcome="holds")
FAILS = Verdict(kind="sum", statement="12.5 = 7 + 6.5", outcome="fails")


def score_of(*figures, verdicts=(HOLDS,), damaged=((FAILS,),)):
    return score(REPORT, figures, verdicts, damaged)


def test_a_missing_figure_lowers_recall():
    assert (score_of().recall, score_of().precision) == (0, 1)
    assert score_of(RIGHT).recall == 1


def test_a_figure_that_is_none_lowers_precision():
    assert score_of(RIGHT, replace(RIGHT, offset=40)).precision == 0.5
    assert score_of(RIGHT, RIGHT).precision == 0.5


def test_an_optional_figure_counts_for_nothing():
    assert score_of(RIGHT, replace(RIGHT, offset=20)).precision == 1


@pytest.mark.parametrize("change", [{"value": "12"}, {"unit": "万元"}])
def test_a_wrong_value_or_unit_is_not_found(change):
    result = score_of(replace(RIGHT, **change))
    assert (result.recall, result.precision, result.with_subject) == (0, 0, 0)


@pytest.mark.parametrize(
    ("subject", "right"),
    [
        ("税收收入", True),
        ("税收收入合计", True),
        ("全市税收", True),
        ("汀湖区税收", True),
        ("（一）税收收入", True),
        ("一般公共预算收入/税收收入", True),
        ("税收收入/增长", False),
        ("市本级完成税收收入", True),
        ("市本级的税收收入（亿元）", True),
        ("非税收入", False),
        ("收入", False),
        ("", False),
    ],
)
def test_subjects_are_compared_whole(subject, right):
    result = score_of(replace(RIGHT, subject=subject))
    assert result.recall == 1
    assert result.with_subject == right


def test_words_of_change_and_share_do_not_belong_to_the_measure():
    assert comparable("地区生产总值比上年增长", change="rate") == "地区生产总值"
    assert comparable("地区生产总值增长", change="level") == "地区生产总值增长"
    assert comparable("第一产业增加值占地区生产总值比重", change="share") == "第一产业增加值"
    assert comparable("占地区生产总值比重", change="share") == ""


@pytest.mark.parametrize(
    ("name", "counts"),
    [("scope", ("scoped", "scopes")), ("period", ("dated", "periods")), ("status", ("with_status", "statuses")), ("change", ("with_change", "changes"))],
)  # fmt: skip
def test_a_wrong_attribute_lowers_that_attribute_only(name, counts):
    result = score_of(replace(RIGHT, **{name: "2022"}))
    assert (getattr(result, counts[0]), getattr(result, counts[1])) == (1, 0)
    assert result.with_subject == 1


def test_an_attribute_that_a_result_does_not_have_is_not_counted():
    result = score_of(replace(RIGHT, status=None, change=None))
    assert (result.with_status, result.with_change) == (0, 0)


def test_the_name_of_the_place():
    assert name_of_place("关于汀湖区2023年预算") == "汀湖区"
    assert name_of_place("二、土地房屋") == ""


def test_years_of_the_republic_of_china_are_converted():
    assert years("113年") == years("2024") == {2024}
    assert years("2016/2020") != years("2020")
    assert years("2023-12") == {2023}


def test_a_failure_in_a_true_report_is_a_false_alarm():
    assert score_of(RIGHT).alarms_right == 1
    result = score_of(RIGHT, verdicts=[FAILS], damaged=[[FAILS]])
    assert (result.true_alarms, result.false_alarms, result.planted_found) == (0, 1, 0)
    assert result.verified == 0


def test_a_failure_elsewhere_does_not_find_the_planted_error():
    other = replace(FAILS, statement="3 = 1 + 1")
    result = score_of(RIGHT, damaged=[[other]])
    assert (result.errors_found, result.alarms_right) == (0, 0)
    assert score_of(RIGHT, damaged=[[]]).errors_found == 0


def test_the_table_has_a_line_for_each_genre():
    head, audit, budget, total, kinds = table_by_genre(
        [("budget", score_of(RIGHT)), ("audit", score_of())]
    ).splitlines()
    assert head.startswith("genre | reports | figures | recall")
    assert audit.startswith("audit | 1 | 1 | 0.0%")
    assert budget.startswith("budget | 1 | 1 | 100.0%")
    assert total.startswith("all | 2 | 2 | 50.0%")
    assert kinds == "planted errors found: sum 2/2"
    assert Score().errors_found == 1
