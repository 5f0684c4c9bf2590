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


SYNONYMS = {
    "上年度转入申请1件，新受理申请9件。": 0,
    "上年度转入申请2件，新受理申请9件。": 1,
    "收到申请9件。剩余1件结转2022年办理。": 0,
    "收到申请9件。剩余3件结转2022年办理。": 1,
    "收到申请9件，申请人为自然人的8件。": 0,
    "收到申请9件，申请人为自然人的6件。": 1,
    "收到申请9件，个人提出6件，企业提出1件。": 1,
    "收到申请9件，办理结果多数是准予公开，有7件；不予处理1件。": 1,
    "申请办理结果为：准予公开8件。": 0,
    "申请办理结果为：准予公开6件。": 1,
}
TRUE = (
    "收到申请10件，其中上年度结转1件。",
    "答复申请8件，其余1件不予处理。",
    "剩余3件为行政执法案件。申请均已办结。",
    "办理申请9件，其余6件为信访事项，转交信访部门办理。",
    "准予公开的文件6件，均已上网。",
    "审查公文属性，准予公开6件、不予公开3件。",
    "2020年转入申请3件，均于当年办结。",
    "收到申请9件，企业咨询5件。",
    "企业提交材料5份，均已办理。",
    "收到申请9件，其中要求提供规划图纸的6件。",
    "申请内容不明确的，一次性告知补正，告知5件次。",
    "转入其他部门办理的申请咨询4件。",
    "3件在建工程的审理情况已公开。",
    "清理规范性文件23件，其中废止7件、修改4件、继续有效12件。",
    "办理结果满意率100%，回访申请人5人。",
    "县教育局收到申请5件，全部办结。",
    "第一季度收到申请4件。",
    "上半年准予公开3件申请。",
    "计划2022年办结申请12件。",
    "收到申请约10件。",
    "受理公民、法人和其他组织提出的申请9件。",
    "申请办理结果：不予公开5件，因涉及第三方权益的2件、属执法案卷的3件。",
)
"""True of the form, which has other figures for similar words."""


@pytest.mark.parametrize(("prose", "fails"), SYNONYMS.items())
def test_a_sentence_may_use_other_words_than_the_form(prose, fails):
    assert outcomes(prose, TABLE_3).count("FAILS") == fails


@pytest.mark.parametrize("prose", TRUE)
def test_similar_words_may_mean_something_else(prose):
    assert "FAILS" not in outcomes(prose, TABLE_3)


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


def test_a_cell_that_is_written_out_in_each_of_its_columns_is_read_once():
    table = (
        "| 信息内容 | 本年处理决定数量 | 本年处理决定数量 |\n|---|---|---|\n| 行政许可 | 36 | 36 |"
    )
    assert outcomes("全年作出行政许可36件。", table) == ["HOLDS"]
    assert outcomes("全年作出行政许可63件。", table)[0] == "FAILS"


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
