"""Brackets and quotation marks, and marks without a partner."""

import pytest

from publisher.normalise.rules.paired_punctuation import pair_quotation_marks, widen_brackets
from publisher.normalise.unpaired_punctuation import PAIRS, find_unpaired
from tests.corpus.rules import apply_rule

BRACKETS = {
    "区(县)": "区（县）",
    "区（县)": "区（县）",
    "区(县）": "区（县）",
    "甲(PPP)": "甲（PPP）",
    "甲 (PPP) 乙": "甲 （PPP） 乙",
    "(一)甲": "（一）甲",
    "(甲(乙)丙)": "（甲（乙）丙）",
    "f(x)": "f(x)",
    "(a (b) c)": "(a (b) c)",
    "`甲(乙)`": "`甲(乙)`",
    "<<条例>>": "《条例》",
    "<<a>>": "<<a>>",
    "a >> b << c": "a >> b << c",
    # one of a pair is lost: the other is still Chinese, and nothing is made up
    "区(县": "区（县",
    "县)": "县）",
    "a) b": "a) b",
    ")": ")",
    # a pair does not reach over a line
    "区(\n县)": "区（\n县）",
    "a(\nb)": "a(\nb)",
}


@pytest.mark.parametrize(("before", "after"), BRACKETS.items())
def test_brackets(before, after):
    assert apply_rule(widen_brackets, before) == after
    assert apply_rule(widen_brackets, after) == after


QUOTES = {
    '"甲"和"乙"': "“甲”和“乙”",
    "＂甲＂": "“甲”",
    "〝甲〞": "“甲”",
    "”甲乙“": "“甲乙”",
    "“甲乙“": "“甲乙”",
    '“甲"': "“甲”",
    "“甲“乙”丙”": "“甲“乙”丙”",
    "“甲”“乙”": "“甲”“乙”",
    # unbalanced: which one is missing cannot be known
    '"甲': '"甲',
    '"甲"乙"': '"甲"乙"',
    "甲”": "甲”",
    # each line by itself
    '"甲\n乙"': '"甲\n乙"',
    # not Chinese, or not to be touched
    'He said "yes"': 'He said "yes"',
    '`"甲"`': '`"甲"`',
}


@pytest.mark.parametrize(("before", "after"), QUOTES.items())
def test_quotation_marks(before, after):
    assert apply_rule(pair_quotation_marks, before) == after
    assert apply_rule(pair_quotation_marks, after) == after


ALONE = {
    "（甲）《乙》“丙”": [],
    "（甲（乙）丙）": [],
    "（甲": [(0, "（")],
    "甲）": [(1, "）")],
    # numbers of items with one bracket
    "1）甲": [],
    "　　12）甲": [],
    "a）甲": [],
    "①）甲": [],
    "一）甲": [],
    "ii）甲": [],
    "● 1）甲": [],
    "分三步：1）甲；2）乙，3）丙。": [],
    "（分两步：1）甲；2）乙）": [],
    "（见附件：1）": [],
    "共12）件": [(3, "）")],
    "1）甲）": [(3, "）")],
    "”甲“": [(0, "”"), (2, "“")],
    "（《甲）》": [],
    "【字体：": [(0, "【")],
}


@pytest.mark.parametrize(("line", "unpaired"), ALONE.items())
def test_unpaired_marks(line, unpaired):
    assert list(find_unpaired(line)) == unpaired


@pytest.mark.parametrize("mark", [*PAIRS, *PAIRS.values()])
def test_every_mark_alone_is_reported(mark):
    assert list(find_unpaired(f"甲{mark}乙")) == [(1, mark)]
