"""Run-in points count from one, and lose no character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.parse.run_in_points import LONGEST_LEAD, split_points
from publisher.text.edits import locate

CASES = {
    "做法：一是抓培训。全年2次。二是抓检查。": [
        "做法：",
        "一是抓培训。|全年2次。",
        "二是|抓检查。",
    ],
    "一要学；二要做。": ["", "一要|学；", "二要|做。"],
    "第一，学习。第二，落实。": ["", "第一，|学习。", "第二，|落实。"],
    "其一，学习。其二，落实。": ["", "其一，|学习。", "其二，|落实。"],
    "问题：一方面，缺人；另一方面，缺钱。": ["问题：", "一方面，|缺人；", "另一方面，|缺钱。"],
    "首先，明确责任。其次，落实经费。": ["", "首先，|明确责任。", "其次，|落实经费。"],
    # one point is none, and so are points that do not begin with the first
    "一是抓培训。": ["一是抓培训。"],
    "二是抓检查。三是抓考核。": ["二是抓检查。三是抓考核。"],
    "另一方面，缺钱。": ["另一方面，缺钱。"],
    "其次，落实经费。首先，明确责任。": ["其次，落实经费。首先，明确责任。"],
    # words that only look like a point
    "这一是非问题，第二是另一问题。": ["这一是非问题，第二是另一问题。"],
    "统一要求，不二要点。": ["统一要求，不二要点。"],
}


def parts_of(text):
    paragraph = split_points(locate(text))
    return [
        paragraph.text.string,
        *(f"{p.text.string[: p.lead]}|{p.text.string[p.lead :]}" for p in paragraph.points),
    ]


@pytest.mark.parametrize(("text", "parts"), CASES.items())
def test_cases(text, parts):
    assert parts_of(text) == parts


PARTS = [
    "一是",
    "二是",
    "三是",
    "首先，",
    "其次，",
    "第一，",
    "第二，",
    "一方面，",
    "另一方面，",
    "抓培训",
    "。",
    "，",
]


@given(st.lists(st.sampled_from(PARTS), max_size=20).map("".join))
def test_nothing_is_lost_and_every_lead_is_inside_its_point(text):
    paragraph = split_points(locate(text))
    parts = [paragraph.text, *(point.text for point in paragraph.points)]
    assert "".join(part.string for part in parts) == text
    assert len(paragraph.points) != 1
    for point in paragraph.points:
        assert 0 < point.lead <= min(len(point.text), LONGEST_LEAD)
    offsets = [offset for part in parts for offset in part.starts]
    assert offsets == list(range(len(text)))
