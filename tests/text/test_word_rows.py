"""Names in rows are not the words of a sentence."""

import pytest

from publisher.text.word_rows import are_word_rows


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("张小明 李小红 王小刚", "赵小亮 钱小多 孙小美（女）"),
        ("张　三　李　四", "王　五"),
        ("张  三  李  四", "钱小七  孙小八"),
        ("项目 标准 备注", "停车 5元/小时 免费"),
    ],
)
def test_rows(line, following):
    assert are_word_rows(line, following)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("全市 各级 行政机关认真落实条例规定", "坚持 公开 为 常态"),
        ("全市 各级 机关", "认真落实。"),
        ("全 市 各 级 机 关", "认 真 落 实"),
        ("张三 李四", "王五 赵六"),
        ("The first line", "and the next"),
        ("", ""),
    ],
)
def test_other_lines(line, following):
    assert not are_word_rows(line, following)
