"""``publisher check`` compares a report with that of the year before, and lists rates without a base in one line."""

import json

import pytest

from publisher.cli.main import main
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import extract, year_of
from publisher.statistics.year_before import check_year_before, series_of

TITLE = "某县{}年政府信息公开工作年度报告\n某县人民政府办公室\n一、总体情况\n"
BEFORE = (
    TITLE.format(2021) + "收到申请64件，结转下年度继续办理6件。投入经费1.20万元。公开信息542条。\n"
)
AFTER = TITLE.format(2022) + "{}\n"


def read(text):
    source = normalise(read_bytes(text.encode(), name="r.txt")[0]).source
    return parse(source, overrides=MetadataOverrides()).report


def outcomes(sentence, before=BEFORE):
    """Return the outcomes of a sentence of 2022 against the report of 2021."""
    report, earlier = read(AFTER.format(sentence)), read(before)
    year = year_of(report)
    assert series_of(report, year).before == series_of(earlier, year_of(earlier))
    checks = check_year_before(extract(report).observations, extract(earlier).observations, year)
    return [check.outcome.name for check in checks]


SENTENCES = {
    "收到申请80件，比上年增加16件。": ["HOLDS"],
    "收到申请80件，比上年增加26件。": ["FAILS"],
    "收到申请80件，比上年减少16件。": ["FAILS"],
    "收到申请80件，同比增长25.0%。": ["HOLDS"],
    "收到申请80件，同比增长52.0%。": ["FAILS"],
    "收到申请80件，环比增长52.0%。": [],
    "收到申请80件，比2019年增加40件。": [],
    "收到申请80件，比上年增加约20件。": [],
    "收到申请由64件增加到80件。": ["HOLDS"],
    "收到申请由46件增加到80件。": ["FAILS"],
    "上年结转6件。": ["HOLDS"],
    "上年结转9件。": ["FAILS"],
    "投入经费1.50万元，比上年增加0.30万元。": ["HOLDS"],
    "投入经费1.50万元，比上年增加0.80万元。": ["UNVERIFIABLE"],  # may have been revised
    "办理提案80件，比上年增加26件。": [],
}


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES.items())
def test_a_sentence_about_the_year_before(sentence, expected):
    assert outcomes(sentence) == expected


def test_a_figure_that_was_stated_with_two_values_is_not_compared():
    before = BEFORE + "二、申请\n收到申请46件。\n"
    assert outcomes("收到申请80件，比上年增加26件。", before) == []


def folder(tmp_path, sentence, **others):
    reports = {"a": BEFORE, "b": AFTER.format(sentence), **others}
    for name, text in reports.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return str(tmp_path)


def test_the_reports_of_a_folder_are_compared(tmp_path, capsys):
    source = folder(tmp_path, "收到申请80件，比上年增加26件。")
    assert main(["check", source]) == 0
    output = capsys.readouterr().out
    assert "26件 is stated, 80件 against 64件 in the report of 2021 is 16" in output
    assert "b.txt: against" in output
    assert main(["check", source, "--strict"]) == 50
    assert "failing statements about the year before: 1 of 1" in capsys.readouterr().err


def test_other_offices_kinds_and_two_reports_of_a_year_are_not_compared(tmp_path, capsys):
    sentence = "收到申请80件，比上年增加26件。"
    text = AFTER.format(sentence)
    for name, other in {
        "office": BEFORE.replace("某县", "乙县"),
        "kind": BEFORE.replace("政府信息公开工作年度报告", "依法治县工作报告"),
        "year": BEFORE.replace("2021", "2020"),
    }.items():
        (tmp_path / name).mkdir()
        source = folder(tmp_path / name, sentence, a=other)
        assert main(["check", source]) == 0
        assert "against" not in capsys.readouterr().out
    (tmp_path / "twice").mkdir()
    source = folder(tmp_path / "twice", sentence, c=text.replace("80", "81"))
    assert main(["check", source]) == 0
    assert "against" not in capsys.readouterr().out


def test_rates_without_a_base_are_one_line(tmp_path, capsys):
    source = tmp_path / "r.txt"
    text = TITLE.format(2022) + "满意率98.5%，按时办结率100%。\n二、问题\n覆盖率95.2%。\n"
    source.write_text(text, encoding="utf-8")
    assert main(["check", str(source)]) == 0
    output = capsys.readouterr().out
    assert "3 rates have no base in the report and cannot be verified (lines 4, 6)" in output
    assert len(output.splitlines()) == 2
    assert main(["check", str(source), "--json"]) == 0
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [entry.get("outcome") for entry in entries] == ["cannot be verified"] * 3 + [None]
