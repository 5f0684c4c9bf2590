"""Sentences against the official forms: every figure that both have, and what a sentence says there is none of."""

from pathlib import Path

import pytest

from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.reference.form_statements import form_name
from publisher.statistics import extract
from tests.corpus.measured_figures import statistics_of

HEADS = (
    "| 项目 | 项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n"
)
TABLE_3 = f"""
{HEADS}|---|---|---|---|---|---|---|---|---|
| 一、本年新收政府信息公开申请数量 | 一、本年新收政府信息公开申请数量 | 8 | 1 | 0 | 0 | 0 | 0 | 9 |
| 二、上年结转政府信息公开申请数量 | 二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
| 三、本年度办理结果 | （一）予以公开 | 7 | 1 | 0 | 0 | 0 | 0 | 8 |
| 三、本年度办理结果 | （五）不予处理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
| 三、本年度办理结果 | （七）总计 | 8 | 1 | 0 | 0 | 0 | 0 | 9 |
| 四、结转下年度继续办理 | 四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |
"""
INDICATORS = """
| 统计指标 | 单位 | 统计数 |
|---|---|---|
| 一、收到申请数 | 件 | 3 |
| 二、行政复议数量 | 件 | {reviews} |
| （一）维持具体行政行为数 | 件 | {reviews} |
| 三、行政诉讼数量 | 件 | 2 |
| （一）维持具体行政行为或者驳回原告诉讼请求数 | 件 | 2 |
| 四、依申请公开信息收取的费用 | 万元 | 0.8 |
| 五、接受培训人员数 | 人次 | 46 |
"""


def outcomes(prose, table):
    """Return the outcomes of the comparisons of a report of one sentence and one table."""
    text = f"# 某县2021年政府信息公开工作年度报告\n\n## 一、总体情况\n\n{prose}\n\n## 二、表\n\n{table}"
    source = normalise(read_bytes(text.encode(), name="r.md")[0]).source
    checks = extract(parse(source, overrides=MetadataOverrides()).report).checks
    return [check.outcome.name for check in checks if check.kind == "repetition"]


PROSE = {
    "新收政府信息公开申请9件，上年结转1件。": ["HOLDS", "HOLDS"],
    "新收政府信息公开申请9件，上年结转2件。": ["HOLDS", "FAILS"],
    "收到申请10件。": ["HOLDS"],  # with those carried over
    "收到申请12件。": ["FAILS"],
    "收到自然人申请8件。": ["HOLDS"],
    "收到申请9件，其中法人或其他组织3件。": ["HOLDS", "FAILS"],
    "申请结转下年度继续办理3件。": ["FAILS"],
    "答复申请8件。": ["HOLDS"],  # without those that were not handled
    "我局收到申请5件。": ["FAILS"],
    "2020年收到申请5件。": [],
    "2022年力争收到申请不超过5件。": [],
    "受理公文公开属性审查，不予处理3件。": [],
}


@pytest.mark.parametrize(("prose", "expected"), PROSE.items())
def test_the_form_of_applications(prose, expected):
    assert outcomes(prose, TABLE_3) == expected


def test_one_office_of_several_is_no_proof():
    assert "FAILS" not in outcomes("县水利局收到申请5件。", TABLE_3)
    assert "FAILS" not in outcomes("其中县水利局收到申请5件。", TABLE_3)


OLD_FORM = {
    "收到政府信息公开申请3件，培训人员64人次。": ["HOLDS", "FAILS"],
    "政府信息公开行政复议4件，均维持；行政诉讼1件，维持2件。": ["HOLDS", "FAILS", "HOLDS"],
    "没有发生政府信息公开行政复议、行政诉讼。": ["FAILS", "FAILS"],
    "未收取任何费用。": ["FAILS"],
    "依申请公开未收取费用。": ["FAILS"],
}


@pytest.mark.parametrize(("prose", "expected"), OLD_FORM.items())
def test_the_form_of_2014(prose, expected):
    assert outcomes(prose, INDICATORS.format(reviews="4")) == expected


@pytest.mark.parametrize(("suits", "fails"), [(6, False), (8, True)])
def test_words_directly_before_a_figure_name_its_disputes(suits, fails):
    """复议后起诉的3件 is no figure of 未经复议直接起诉, whatever measure it is given."""
    path = Path(__file__).parents[1] / "gold" / "figures" / "blind-2" / "disclosure-6.html"
    text = path.read_text(encoding="utf-8")
    text = text.replace("未经复议直接起诉的6件", f"未经复议直接起诉的{suits}件")
    checks = statistics_of(text, path.name).checks
    text = text.replace(f"直接起诉的{suits}件", f"直接提起的行政诉讼{suits}件")
    checks = (*checks, *statistics_of(text, path.name).checks)
    stated = [check.stated for check in checks if check.outcome is Outcome.FAILS]
    assert stated.count("8") >= 2 * fails
    assert ("8" in stated) == fails
    assert "3" not in stated


def test_a_blank_cell_proves_nothing():
    assert outcomes("没有发生政府信息公开行政复议。", INDICATORS.format(reviews="")) == [
        "UNVERIFIABLE"
    ]
    assert outcomes("没有发生政府信息公开行政复议。", INDICATORS.format(reviews="/")) == ["HOLDS"]
    assert outcomes("政府信息公开行政复议4件。", INDICATORS.format(reviews="")) == ["UNVERIFIABLE"]
    assert Outcome.UNVERIFIABLE.value == "cannot be verified"


def test_a_name_loses_what_it_may_omit():
    assert form_name("我局收到的政府信息公开申请") == "收到申请"
    assert form_name("政府网站公开政府信息") == "政府网站公开信息"
