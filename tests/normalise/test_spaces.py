"""Spaces: none beside a Chinese character, one between Latin words, tabs between cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.normalise.rules.spaces import join_grouped_figures, remove_spurious_spaces
from publisher.text.characters import SPACES
from tests.corpus.rules import apply_rule

CASES = {
    "2017 年": "2017年",
    "二〇二四 年 三 月 五 日": "二〇二四年三月五日",
    "甲\xa0乙丙丁，戊己。": "甲乙丙丁，戊己。",
    "PPP 项目": "PPP项目",
    "， 乙": "，乙",
    "Windows  Server\u30002008": "Windows  Server\u30002008",
    "采用Windows  Server系统": "采用Windows Server系统",
    "张三　李四": "张三\u3000李四",
    "张三  李四": "张三\u3000李四",
    "陈 静　李四": "陈\u3000静\u3000李四",
    "目　录": "目录",
    "第一章 总 则": "第一章\u3000总则",
    "政 府 工 作 报 告": "政府工作报告",
    "见第一 章": "见第一章",
    "  甲  ": "甲",
    "甲 \n 乙": "甲\n乙",
    "甲\t乙": "甲\t乙",
    "甲 \t 乙": "甲\t乙",
    "\t甲": "甲",
    # gaps that are meant
    "市长 林舟": "市长\u3000林舟",
    "第十二条 申请人应当如实填写。": "第十二条\u3000申请人应当如实填写。",
    "加急\u3000\u3000\u3000石政函〔2024〕102号": "加急\u3000石政函〔2024〕102号",
    "石 政 函〔2024〕102号": "石政函〔2024〕102号",
    "图1-1 组织机构": "图1-1\u3000组织机构",
    "表2.1 收入": "表2.1\u3000收入",
    "1.1 背景": "1.1\u3000背景",
    "单位：元 币种：人民币": "单位：元\u3000币种：人民币",
    "√适用 □不适用": "√适用\u3000□不适用",
    "日期：2024年\u3000\u3000月\u3000\u3000日": "日期：2024年\u3000\u3000月\u3000\u3000日",
    "（　）同意　（　）不同意": "（　）同意　（　）不同意",
    "打响“好水青山 好客清河”品牌，成效明显。": "打响“好水青山\u3000好客清河”品牌，成效明显。",
    "出席的有：陈静 赵立新 王强，共三人。": "出席的有：陈静\u3000赵立新\u3000王强，共三人。",
    "臭氧 > 颗粒物 > 二氧化氮": "臭氧 > 颗粒物 > 二氧化氮",
    'The word "三农" refers to farmers (农民) and areas.': 'The word "三农" refers to farmers (农民) and areas.',
    "2017 12 31": "2017 12 31",
    "共12 34条": "共12 34条",
    "": "",
}
FIGURES = {
    "共1 253条": "共1253条",
    "共12\u202f345\u202f678元": "共12345678元",
    "共 12 345 678 元": "共 12 345 678 元",
    "分别办结12 345件": "分别办结12 345件",
    "共1\u2009253.5元": "共1253.5元",
    "增长1 253%": "增长1253%",
    "电话0902 223": "电话0902 223",
    "类别1 100件，类别2 340件": "类别1 100件，类别2 340件",
    "公开120 350条（上年、本年）": "公开120 350条（上年、本年）",
    "任务1 100家企业上云": "任务1 100家企业上云",
    "专栏3 500千瓦工程": "专栏3 500千瓦工程",
    "甲1 128家": "甲1 128家",
    "试点1 128家企业": "试点1 128家企业",
    "学生2 106人，部分": "学生2106人，部分",
    "公路2 318.6公里（含村道）": "公路2318.6公里（含村道）",
    "注1\xa0234家不含在内": "注1\xa0234家不含在内",
    "目标2 300.5亿元": "目标2 300.5亿元",
    "收入1\u3000234万元": "收入1\u3000234万元",
    "预算52 060.33万元": "预算52060.33万元",
    "耕整机9 060台": "耕整机9060台",
    "增加312台、8 105台": "增加312台、8105台",
}


@pytest.mark.parametrize(("before", "after"), FIGURES.items())
def test_figures(before, after):
    assert apply_rule(join_grouped_figures, before) == after


def test_a_text_that_groups_its_digits_throughout_proves_its_other_figures():
    text = "收入1 234万元。\n受理2 345件。\n拖拉机1 127台投入。\n任务1 100家。"
    joined = "收入1234万元。\n受理2345件。\n拖拉机1127台投入。\n任务1 100家。"
    assert apply_rule(join_grouped_figures, text) == joined
    mixed = text + "\n公开3456条。"
    assert "拖拉机1 127台" in apply_rule(join_grouped_figures, mixed)


def test_a_doubtful_gap_is_proposed():
    text = "全市 各级，按要求办理。"
    assert apply_rule(remove_spurious_spaces, text) == text
    assert apply_rule(remove_spurious_spaces, text, with_proposals=True) == "全市各级，按要求办理。"


@pytest.mark.parametrize(("before", "after"), CASES.items())
def test_cases(before, after):
    assert apply_rule(remove_spurious_spaces, before) == after
    assert apply_rule(remove_spurious_spaces, after) == after


@given(st.text(alphabet=f"{SPACES}\n甲乙，1a.", max_size=40))
def test_only_spaces_change_and_only_once(string):
    after = apply_rule(remove_spurious_spaces, string)
    assert "".join(after.split()) == "".join(string.split())
    assert after.count("\n") == string.count("\n")
    assert apply_rule(remove_spurious_spaces, after) == after
