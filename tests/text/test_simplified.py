"""Traditional words are read as the Simplified ones."""

import pytest

from publisher.text.simplified import to_simplified


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("工作計畫", "工作计划"),
        ("都市規畫", "都市规划"),
        ("圖畫", "图画"),
        ("帳號", "账号"),
        ("台帳", "台账"),
        ("蚊帳", "蚊帐"),
        ("「引號」", "“引号”"),
        ("计划", "计划"),
    ],
)
def test_words_and_their_length(traditional: str, simplified: str):
    assert to_simplified(traditional) == simplified
    assert len(traditional) == len(simplified)
