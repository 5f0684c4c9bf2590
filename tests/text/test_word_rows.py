"""Names in rows are not the words of a sentence."""

import pytest

from publisher.text.word_rows import are_cell_rows, are_word_rows


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


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("1 东村经济合作社 N2340123MF1234567A 张三 1,234", "合计 — — — 4,566"),
        ("第1周 17 18 19 20", "第2周 24 25 26 27 1"),
        ("早读 7:40-8:00 一班 张三", "午读 12:40-13:00 二班 李四"),
    ],
)
def test_cells(line, other):
    assert are_cell_rows(line, other)
    assert are_cell_rows(other, line)


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("2024 年全县 总产值 312.45 亿元", "比上年 增长 5.8 个百分点"),
        ("共办理 12 件 比上年 多 3 件", "其中 4 件 转交 部门 办理"),
        ("1 东村 张三 12，", "2 西村 李四 13"),
        ("坚持 以 公开 为 常态", "不 公开 为 例外"),
        ("1 东村 12", "2 西村 13"),
        ("表 3-1 河流监测结果（2025 年 春季）", "河流 断面 目标 现状 达标"),
    ],
)
def test_no_cells(line, other):
    assert not are_cell_rows(line, other)
