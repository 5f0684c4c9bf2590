"""Drawn tables with merged cells and fields between commas: the gold texts, open and blind."""

import random
import tomllib
from pathlib import Path

import pytest

from publisher.conversion import convert
from publisher.model import SourceTable
from publisher.normalise import normalise
from publisher.options import ConversionOptions
from publisher.readers import read_bytes
from publisher.text.edits import replay_edits

GOLD = Path(__file__).parents[1] / "gold" / "drawn-tables"
CASES = {
    case["name"]: case
    for name in ("open", "blind")
    for case in tomllib.loads((GOLD / f"{name}.toml").read_text())["case"]
}
TEXT = "某市2019年工作报告\n一、情况\n情况如下。\n{}\n以上为情况。\n"


def cell(cell):
    spans = (cell.row_span, cell.col_span)
    words = "".join(cell.text.string.split())
    return words + ("" if spans == (1, 1) else "{{{}×{}}}".format(*spans))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", CASES)
def test_gold(name, line_end):
    case = CASES[name]
    text = TEXT.format(case["source"].strip("\n")).replace("\n", line_end)
    source, edits = read_bytes(text.encode(), name="r.txt")
    tables = [segment for segment in source.segments if isinstance(segment, SourceTable)]
    rows = ["|".join(map(cell, row)) for table in tables for row in table.rows]
    assert rows == case.get("rows", "").split()
    is_preformatted = any(getattr(part, "role", "") == "preformatted" for part in source.segments)
    assert is_preformatted == case.get("preformatted", False)
    assert sum(f.clause == "table" for f in source.findings) == is_preformatted
    published = "".join(source.plain_text().split())
    assert "".join(replay_edits(source.decoded, edits).split()) == published


SOURCES = [case["source"].strip("\n") for case in CASES.values()]
OTHERS = [
    "一、概况",
    "全县办理12件，办结12件。",
    "云溪县办公室",
    "",
    "云溪县　93　29\n\n公开　24　61",
]
DISTURBANCES = ' \u3000\t\xa0\u200b“|│,"\v\ufdd0'


@pytest.mark.parametrize("seed", range(60))
def test_drawings_between_anything_are_replayed_character_by_character(seed):
    choose = random.Random(seed)  # noqa: S311 - reproducible
    parts = [choose.choice([*SOURCES, *OTHERS]) for _ in range(choose.randint(2, 7))]
    text = choose.choice(["\n", "\n\n"]).join(["云溪县报告", *parts])
    for _ in range(choose.randint(0, 3)):
        index = choose.randrange(len(text))
        text = text[:index] + choose.choice(DISTURBANCES) + text[index:]
    data = text.replace("\n", choose.choice(["\n", "\r\n", "\r", "\f\n"])).encode()
    source, read_edits = read_bytes(data, name="r.txt")
    result = normalise(source)
    converted, edits, _ = convert(result.source, ConversionOptions(script="zh-Hant-TW"))
    replayed = replay_edits(source.decoded, (*read_edits, *result.edits, *edits))
    assert "".join(replayed.split()) == "".join(converted.plain_text().split())
