"""Texts that are wrapped, and texts whose lines only happen to be equally long."""

import re
import tomllib
from itertools import accumulate
from pathlib import Path

import pytest

from publisher.normalise import normalise
from publisher.normalise.line_end_evidence import phrase_goes_on
from publisher.readers import read_bytes
from publisher.text.characters import columns_of

GOLD = Path(__file__).parents[1] / "gold" / "wrapped-lines"
HANGING = "，。；：、！？）》”」』%"
MOST_MISSED = 9
"""Line ends of 121 that only a reader of the sentence knows to be wrapped, with those that are proposed."""
INDENTS = {"indents": "　　", "spaces": "    ", "none": "", "empty lines": ""}


def cases():
    for name in ("open", "blind"):
        yield from tomllib.loads((GOLD / f"{name}.toml").read_text("utf-8"))["case"]


def wrapped(string, case):
    anywhere = case.get("breaks") == "anywhere"
    lines = [""]
    for word in string if anywhere else re.findall(r"[!-~]+|.", string):
        hangs = word in HANGING and not anywhere
        if columns_of(lines[-1] + word) > case["width"] and lines[-1].strip() and not hangs:
            lines.append("")
        lines[-1] += word
    return lines


def typed(case, typing):
    """Return the lines of each paragraph of a case."""
    title, *paragraphs = case["lines"].strip("\n").split("\n")
    indented = [title, *(INDENTS[typing] + paragraph for paragraph in paragraphs)]
    return [wrapped(string, case) if case["wrapped"] else [string] for string in indented]


def result_of(text):
    return normalise(read_bytes(text.encode(), name="r.txt")[0]).source.plain_text()


def paragraph_ends(lines):
    return set(accumulate(len(re.sub(r"\s", "", line)) for line in lines))


@pytest.mark.parametrize("typing", INDENTS)
def test_no_two_paragraphs_are_joined(typing):
    missed = 0
    for case in cases():
        paragraphs = typed(case, typing)
        end = "\n\n" if typing == "empty lines" else "\n"
        result = result_of(end.join("\n".join(lines) for lines in paragraphs))
        ends, right = (
            paragraph_ends(lines)
            for lines in (result.split("\n"), ["".join(part) for part in paragraphs])
        )
        assert right <= ends, case["name"]
        assert result_of(result) == result, case["name"]
        missed += len(ends - right)
    assert missed <= MOST_MISSED


@pytest.mark.parametrize(
    ("above", "below", "proof"),
    [
        ("要求充分认识供水保障工", "作的重要性", "certain"),
        ("全鄉提供服務的機", "構共有十二家", "certain"),
        ("公告公示期从2024年6月", "10日开始计算", "certain"),
        ("在该项目上投入资金五百", "六十万元", "certain"),
        ("会议决定由", "县住建局牵头", "certain"),
        ("请认真落实。联", "系人为柳青", "certain"),
        ("在河湾乡第三次会议上", "各位代表：", "none"),
        ("招待所位于和平路", "与会人员报到后", "none"),
        ("参见http://www.a.example/b", "的网页", "none"),
        ("以上问题仍然存在", "以上文件同时废止", "none"),
    ],
)
def test_what_a_line_end_shows(above, below, proof):
    assert phrase_goes_on(above, below) == proof
