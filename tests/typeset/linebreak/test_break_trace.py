"""Explanations of line ends: each break has a reason, and the reasons agree with the breaks."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.cli.main import main
from publisher.typeset.linebreak.break_opportunities import penalties
from publisher.typeset.linebreak.break_reasons import explain_penalties
from publisher.typeset.linebreak.break_trace import explain_line
from publisher.typeset.linebreak.inline_content import InlineContent, Segment, TextItem
from publisher.typeset.linebreak.line_layout import TracedLine
from publisher.typeset.linebreak.optimum_fit import Measure, OptimumFitBreaker
from publisher.typeset.linebreak.shaping import Cluster
from tests.typeset.linebreak.test_optimum_fit import TEXTS, WIDTHS, items_of

SAMPLE = Path(__file__).parents[3] / "samples" / "qinghe-2017.txt"
NUMBERS = "第〔2017〕63号，自2018年10月1日起受理1.2万平方米、29764条（十一）http://www.example.gov.cn/a-b well-known 增长3.5个百分点"


def trace(text, measure):
    """Break a text, and return its content with the explanation of each line."""
    items = items_of(text)
    clusters = [
        Cluster(character, width, (), metrics)
        for character, width, metrics in zip(text, items.widths, items.metrics, strict=True)
    ]
    box = SimpleNamespace(text=text, style={"white_space": "normal"})
    segment = Segment(0, len(text), OptimumFitBreaker(items))
    content = InlineContent(
        clusters=clusters,
        text_items=[TextItem(box, (0,), 0, range(len(text) + 1))],
        segments=[segment],
    )
    return [
        explain_line(TracedLine(content, segment, line, measure))
        for line in segment.break_lines(measure, 0)
    ]


@given(st.one_of(TEXTS, st.text(alphabet=NUMBERS, max_size=60), st.just(NUMBERS)))
def test_reasons_agree_with_penalties(text):
    for penalty, reasons in list(zip(penalties(text), explain_penalties(text), strict=False))[1:]:
        assert max([reason.penalty for reason in reasons], default=0.0) == penalty
        assert all(reason.text for reason in reasons)


@given(TEXTS, WIDTHS)
def test_every_break_has_a_reason_and_the_least_total(text, width):
    lines = trace(text, Measure(first_width=width, width=width, justified=True))
    broken = "".join(line.text for line in lines)
    assert "".join(broken.split()) == "".join(text.split())
    for line in lines:
        assert line.reason
    for line in lines[:-1]:
        (chosen,) = [candidate for candidate in line.candidates if candidate.is_chosen]
        assert all(candidate.reasons for candidate in line.candidates)
        others = [
            candidate.total_demerits
            for candidate in line.candidates
            if candidate.total_demerits is not None
            and not any("tried only" in reason for reason in candidate.reasons)
        ]
        if chosen.total_demerits is not None:
            assert chosen.total_demerits <= min(others) + 1e-6
        else:
            assert line.reason.startswith("no allowed position fits")


@pytest.mark.parametrize(
    ("text", "before", "reason"),
    [
        (
            "政府信息公开，工作年度报告",
            "政府信息公开",
            "“，” (a pause or stop mark) must not begin",
        ),
        ("政府信息公“工作”年度报告", "政府信息公“", "「“」 (an opening mark) must not end"),
        ("政府信息公（工作）年度报告", "政府信息公（", "“（” (an opening mark) must not end"),
        ("政府信息公5条以及年度报告", "政府信息公5", "a figure stays with its unit: “5条”"),
        ("政府信2017年以及年度报告", "政府信201", "the figure “2017” stays whole"),
    ],
)
def test_a_forbidden_position_names_its_rule(text, before, reason):
    measure = Measure(first_width=6, width=6, justified=True)
    candidates = [c for line in trace(text * 3, measure) for c in line.candidates]
    (texts,) = {c.reasons for c in candidates if before.endswith(c.before) and not c.is_allowed}
    assert any(reason in text for text in texts)


def test_a_single_character_on_the_last_line_is_named():
    reasons = {
        reason
        for length in range(20, 90)
        for line in trace("政" * length + "。", Measure(first_width=18, width=20, justified=True))
        for candidate in line.candidates
        for reason in candidate.reasons
    }
    assert "the last line would have a single character" in reasons


def test_a_page_is_explained_as_text(capsys):
    assert main(["explain-lines", str(SAMPLE), "--page", "1"]) == 0
    text = capsys.readouterr().out
    assert "ends here because it has the least total demerits of" in text
    assert "must not begin a line (CLREQ 3.1.7)" in text


@pytest.mark.parametrize("style", ["gongwen", "reader"])
def test_each_line_of_a_page_has_a_reason(style, capsys):
    assert main(["explain-lines", str(SAMPLE), "--page", "3", "--style", style, "--json"]) == 0
    lines = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert len(lines) > 10
    for line in lines:
        assert line["page"] == 3
        assert line["reason"]
        assert all(candidate["reasons"] for candidate in line["candidates"])
        if line["candidates"]:
            assert sum(candidate["is_chosen"] for candidate in line["candidates"]) == 1
        else:
            assert line["reason"] in ("the paragraph ends here", "a forced line break is here")


def test_a_page_that_does_not_exist_is_an_error(capsys):
    assert main(["explain-lines", str(SAMPLE), "--page", "99"]) == 2
    assert "there is no page 99" in capsys.readouterr().err


def test_nothing_is_traced_unless_asked(typeset, monkeypatch):
    from publisher.typeset.linebreak import line_layout

    monkeypatch.setattr(line_layout, "TracedLine", None)
    assert typeset("<p>政府信息公开</p>").pages == 1
