"""Spaces: none beside a Chinese character, one between Latin words, tabs between cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.normalise.rules.spaces import remove_spurious_spaces
from publisher.text.characters import SPACES
from tests.corpus.rules import apply_rule

CASES = {
    "2017 年": "2017年",
    "政 府": "政府",
    "甲\xa0乙": "甲乙",
    "PPP 项目": "PPP项目",
    "， 乙": "，乙",
    "Windows  Server\u30002008": "Windows Server 2008",
    "张三　李四": "张三\u3000李四",
    "张三  李四": "张三\u3000李四",
    "报　告": "报告",
    "  甲  ": "甲",
    "甲 \n 乙": "甲\n乙",
    "甲\t乙": "甲\t乙",
    "甲 \t 乙": "甲\t乙",
    "\t甲": "甲",
    # a figure in groups of three is one figure; two figures are two
    "共1 253条": "共1253条",
    "共12\u202f345\u202f678元": "共12345678元",
    "共 12 345 678 元": "共12 345 678元",
    "分别办结12 345件": "分别办结12 345件",
    "共1\u2009253.5元": "共1253.5元",
    "增长1 253%": "增长1253%",
    "2017 12 31": "2017 12 31",
    "电话0902 223": "电话0902 223",
    "共12 34条": "共12 34条",
    "": "",
}


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
