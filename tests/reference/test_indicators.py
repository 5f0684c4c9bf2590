"""Each indicator has one name, and no name is that of two."""

from collections import Counter

import pytest

from publisher.reference.indicators import INDICATORS
from publisher.statistics.measure_names import measure_name


def test_no_name_is_that_of_two_indicators():
    names = Counter(
        name for indicator in INDICATORS for name in (indicator.name, *indicator.synonyms)
    )
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(
    "subject", ["全市生产总值", "地区生产总值（GDP）", "GDP", "國內生產總值", "一、地区生产总值"]
)
def test_gdp_has_one_name(subject: str):
    assert measure_name(subject) == "地区生产总值"
