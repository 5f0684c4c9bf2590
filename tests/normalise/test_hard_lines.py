"""Lines of plain texts: names over two lines, blanks of forms, lines that begin with a time."""

import tomllib
from pathlib import Path

import pytest

from publisher.normalise import normalise
from publisher.readers import read_bytes
from publisher.text.edits import replay_edits

NAMES = {
    "office-in-signature", "office-in-signature-at-the-left", "person-in-list", "person-in-list-second-character",
    "office-in-list-of-fields", "office-in-lines-without-marks", "b-signature-of-a-company", "b-signature-of-a-centre", "b-persons",
    "b-place",
}  # fmt: skip
"""Names over two lines, which stay on two."""
GOLD = Path(__file__).parents[1] / "gold" / "hard-lines"


def cases():
    for name in ("open", "blind"):
        for case in tomllib.loads((GOLD / f"{name}.toml").read_text("utf-8"))["case"]:
            marks = [pytest.mark.xfail(strict=True)] if case["name"] in NAMES else []
            yield pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", list(cases()))
def test_gold(case):
    source, _ = read_bytes(case["source"].encode(), name="r.txt")
    result = normalise(source)
    assert result.source.plain_text().split("\n") == case["lines"].strip("\n").split("\n")
    assert replay_edits(source.decoded, result.edits) == result.source.plain_text()


def test_a_wrapped_line_goes_on_below_the_entry_of_a_log():
    text = (
        "青川县数据平台运行记录\n"
        "2024-01-05 08:00:01 平台启动，读取配置，连接数据库成功，开始同\n"
        "步各乡镇上报的数据，共十二个乡镇，没有发现错误，转入待机状态。\n"
        "2024-01-05 09:00:07 平台启动，读取配置，连接数据库成功，开始同\n"
        "步各部门上报的数据，共三十个部门，没有发现错误，转入待机状态。\n"
    )
    lines = normalise(read_bytes(text.encode(), name="r.txt")[0]).source.plain_text().split("\n")
    assert [line[:16] for line in lines[1:]] == ["2024-01-05 08:00", "2024-01-05 09:00"]


@pytest.mark.parametrize("unit", ["字 ", "字        ", "姓  名    ", "    年   月", "08:00 字\n"])
def test_lines_of_gaps_take_linear_time(unit):
    source, _ = read_bytes((unit * (50_000 // len(unit))).encode(), name="r.txt")
    assert normalise(source).source.plain_text()
