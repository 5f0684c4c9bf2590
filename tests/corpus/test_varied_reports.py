"""The indicators of varied reports have one name each."""

from publisher.statistics.measure_names import measure_name
from publisher.statistics.quantities import find_quantities
from tests.corpus.varied_reports import GENRES, PHRASES, names_by_indicator, varied_reports

REPORTS = 60


def test_each_indicator_has_one_name():
    names = names_by_indicator(varied_reports(REPORTS))
    assert set(names) == {indicator for _, used in GENRES.values() for indicator in used}
    assert set(names) <= set(PHRASES)
    several = {key: dict(counter) for key, counter in names.items() if set(counter) != {key}}
    assert several == {}


def test_a_second_name_is_seen(monkeypatch):
    monkeypatch.setitem(PHRASES, "在校学生", ("注册学籍者{n}人",))
    names = names_by_indicator(varied_reports(len(GENRES)))
    assert set(names["在校学生"]) != {"在校学生"}


def test_words_around_the_name_of_an_indicator():
    assert measure_name("完成固投") == "固定资产投资"
    assert measure_name("城镇居民年人均可支配收入") == "城镇居民人均可支配收入"
    assert measure_name("全体居民人均可支配收入") == "居民人均可支配收入"
    assert measure_name("小学在校生") == "小学在校生"
    assert measure_name("常住人口密度") == "常住人口密度"


def test_a_figure_directly_behind_an_abbreviation():
    (quantity,) = find_quantities("全市GDP246.8亿元。")
    assert (quantity.value, quantity.unit) == ("246.8", "亿元")
    assert find_quantities("编号A5件。") == []
