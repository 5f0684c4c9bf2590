"""Relations between figures."""

import pytest

from publisher.statistics.figure_relations import find_relations
from publisher.statistics.passages import Passage
from publisher.statistics.relations import find_totals
from publisher.statistics.statement_reader import read_passage
from publisher.text.edits import locate

TOTALS = {
    "清理48件，其中29件有效，8件修改，11件废止。": [("48", ("29", "8", "11"))],
    "公开312条：网站200条、微信112条。": [("312", ("200", "112"))],
    "复议4件（维持3件、终止1件），诉讼2件。": [("4", ("3", "1"))],
    "微博76个、微信134个，共计210个。": [("210", ("76", "134"))],
    "微博1305条、视频118条，两个账号合计1423条。": [("1423", ("1305", "118"))],
    "人员由12名增至16名，增加4名，其中专职3名、兼职13名。": [("16", ("3", "13"))],
    "公开1086条，较上年的905条净增181条。其中：甲600条，乙486条。": [("1086", ("600", "486"))],
    "公开413条，平均每月34条。按内容分，甲200条、乙213条。": [("413", ("200", "213"))],
    "受理12件，办结9件，正在办理3件。": [("12", ("9", "3"))],
    "答复47件、11件、9件，合计答复67件；其余2件顺延。": [("67", ("47", "11", "9"))],
    "其中29件有效，8件修改。": [],
    "公开312条，比上年增加48条。": [],
    "支出总计280元，结转下年6元，其中：教育支出100元、其他支出180元。": [("280", ("100", "180"))],
    "结转下年6元，其中：教育支出100元、其他支出180元。": [],
    "整改1915条，后者整改11条，其余3条已管控。": [],
}


def statement(text):
    (sentence,) = read_passage(Passage(section="一", text=locate(text)))
    return sentence


@pytest.mark.parametrize(("text", "wanted"), TOTALS.items())
def test_totals(text, wanted):
    sentence = statement(text)
    quantities = sentence.quantities
    assert [
        (quantities[t.total].value, tuple(quantities[i].value for i in t.parts))
        for t in find_totals(sentence)
    ] == wanted


def test_relations_name_places():
    text = "公开312条，其中网站200条、微信112条，增长18.2%。"
    kinds = {
        (item.kind, text[item.offset :][:3], text[item.base :][:3])
        for item in find_relations(statement(text))
    }
    assert kinds == {("part", "200", "312"), ("part", "112", "312"), ("rate", "18.", "112")}


def test_a_change_is_of_the_level_before_it():
    text = "许可111项，较2016年减少5项。"
    ((kind, offset, base),) = [
        (item.kind, item.offset, item.base) for item in find_relations(statement(text))
    ]
    assert (kind, text[offset], text[base : base + 3]) == ("change", "5", "111")
