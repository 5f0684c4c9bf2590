"""Lines of plain texts: names over two lines, blanks of forms, lines that begin with a time."""

import tomllib
from pathlib import Path

import pytest

from publisher.normalise import normalise
from publisher.readers import read_bytes
from publisher.text.edits import replay_edits

GOLD = Path(__file__).parents[1] / "gold" / "hard-lines"


def cases():
    for name in ("open", "blind"):
        for case in tomllib.loads((GOLD / f"{name}.toml").read_text("utf-8"))["case"]:
            yield pytest.param(case, id=case["name"])


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


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("青川县人民政府办公室第6期", "望川市防汛抗旱指挥部情况"),
        ("青川县人民政府办公室12日", "本期目录和主要内容"),
        ("中共青川县第五次会议上", "代市长欧阳宁"),
        ("评审专家：陈静、赵立新、王强", "李明明和周宁没有参加"),
        ("评审项目甲、乙、丙", "丁、戊"),
        ("中共青川县委员会", "青川县人民政府"),
        ("参加人：陈静、赵立新", "记录"),
    ],
)
def test_lines_that_are_whole_are_not_joined(above, below):
    text = f"青川县情况\n{above}\n{below}\n2024年1月5日\n"
    lines = normalise(read_bytes(text.encode(), name="r.txt")[0]).source.plain_text().split("\n")
    assert lines[1:3] == [above, below]


@pytest.mark.parametrize(
    "unit", ["字 ", "字        ", "姓  名    ", "    年   月", "08:00 字\n", "、王\n强", "公\n开"]
)
def test_lines_of_gaps_take_linear_time(unit):
    source, _ = read_bytes((unit * (50_000 // len(unit))).encode(), name="r.txt")
    assert normalise(source).source.plain_text()
