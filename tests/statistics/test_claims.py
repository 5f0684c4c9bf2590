"""Claims: figures that other figures of the report give, in their sentence or before it."""

import pytest

from publisher.model import Outcome
from tests.statistics.test_checks import of_sentence

FALSE = (
    ("全年办结18,120件，受理18,642件。", ()),
    ("受理诉求18,642件。办结18,120件，办结率92.7%。", ("18120 ÷ 18642 = 92.7%",)),
    ("抽查项目12个、资金36万元，每个项目平均5万元。", ("36万元 ÷ 12 = 5",)),
    ("开展活动1,280场，参与志愿者5.12万人次，平均每场45人次。", ("5.12万人次 ÷ 1280 = 45",)),
    ("企业由1846家增加到5538家，是2017年的4倍。", ("5538 ÷ 1846 = 4",)),
    (
        "高级职称14人、中级职称36人、初级职称22人，三者合计75人。",
        ("75 = 14 + 36 + 22",),
    ),
    ("一类24件，二类32件，三类16件，前两类共65件。", ("65 = 24 + 32",)),
    ("新收案件1,220件，审结1,098件，未结212件。", ("212 = 1220 − 1098",)),
)
"""Texts, and the statements in them that fail."""
TRUE = (
    "受理诉求18,642件。办结18,120件，按时办结率92.4%。",
    "一类24件，二类32件，三类16件，前两类共56件。",
    "一类24件，二类32件，三类16件，前两类涉及72人。",
    "全年收入2,752万元，上年结转100万元。全年支出2,700万元。收支相抵，结余152万元。",
    "个人捐赠占36.2%。慈善支出2756.3万元，占上年末净资产的74.1%。总支出2914.8万元。",
    "60岁以上人口774人，占19.98%，其中65岁以上人口579人，占14.94%。",
    "对6个县进行审计，抽查项目264个，发现31个项目未完工，占抽查项目的11.7%。",
    "企业由1846家增加到5538家，是全省平均的2倍。",
    "年末结余164万元，其余124万元转入下年。",
    "甲12件，乙3件，丙85件，乙丙占88%，甲占12%。",
)


@pytest.mark.parametrize(("text", "failing"), FALSE)
def test_a_false_claim_fails(text, failing):
    checks = of_sentence(text)
    assert tuple({c.statement: 0 for c in checks if c.outcome is Outcome.FAILS}) == failing


@pytest.mark.parametrize("text", TRUE)
def test_a_claim_that_may_be_true_does_not_fail(text):
    assert Outcome.FAILS not in [check.outcome for check in of_sentence(text)]
