"""The official forms are recognised by their words, misspelt or in either script."""

import pytest

from publisher.reference.official_forms import (
    APPLICANTS,
    RESULTS,
    TOTAL,
    identify_form,
    official_spelling,
)
from publisher.text.simplified import to_simplified


def test_words_are_put_right():
    assert official_spelling(" 科研 企业") == "科研机构"
    assert official_spelling("商業企業") == "商业企业"


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        ((*APPLICANTS, TOTAL, "（六）其他处理"), "2019-3"),
        ((*APPLICANTS, TOTAL, "1.申请人无正当理由逾期不补正"), "2021-3"),
        ((*RESULTS, TOTAL) * 3, "4"),
        (("信息内容", "本年新制作数量", "规章"), "2019-2"),
        (("信息内容", "本年制发件数", "规章"), "2021-2"),
        (("指标", "数值"), ""),
        (APPLICANTS[:3], ""),
    ],
)
def test_which_form(cells, form):
    assert identify_form(cells) == form


def test_simplified_text_has_the_same_length():
    text = "本府信息公開年報「主動公開」１２３條"
    assert len(to_simplified(text)) == len(text)
    assert to_simplified(text) == "本府信息公开年报“主动公开”１２３条"
    assert to_simplified("公开12条") == "公开12条"
