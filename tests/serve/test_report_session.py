"""A report in memory: what its page shows, what decisions do, and which stages a decision runs."""

import pytest

from publisher.decisions import DecisionsFile
from publisher.errors import UsageError
from publisher.options import Options
from publisher.pipeline import run_pipeline
from publisher.serve.desk.commands import parse_choice
from publisher.serve.desk.page_images import draw_page
from publisher.serve.desk.page_places import _align, _Glyph, _PassageSearch
from publisher.serve.desk.report_session import ReportSession
from tests.serve.desk_reports import NAME, SOURCE, TEXT
from tests.stage_counts import CountingCache

pytestmark = pytest.mark.typeset


def open_session(data=SOURCE, name=NAME, **options):
    session = ReportSession(data, Options(**options), name=name)
    session._cache = CountingCache()
    return session


@pytest.fixture(scope="module")
def opened():
    """A session in which nothing was decided; not to be changed."""
    session = open_session()
    session.view()
    return session


@pytest.fixture
def session(opened):
    fresh = open_session()
    fresh._cache._entries = {stage: list(kept) for stage, kept in opened._cache._entries.items()}
    return fresh


def edit(view, after):
    return next(item for item in view.edits if item.after == after)


def test_the_text_has_all_characters_and_marks_the_edits(opened):
    view = opened.view()
    lines = [block for block in view.blocks if block.text]
    assert "".join(line.text for line in lines).count("申请") == TEXT.count("申请")
    assert [(line.role, line.level) for line in lines[:3]] == [
        ("title", 0), ("heading", 1), ("body", 0)
    ]  # fmt: skip
    marked = [(s.other, s.text, s.state) for line in lines for s in line.spans if s.edits]
    assert (",", "，", "made") in marked
    assert {name for line in lines for s in line.spans for name in s.edits} == {
        item.identifier for item in view.edits
    }


def test_fields_say_where_they_were_found(opened):
    fields = {field.name: field for field in opened.view().fields}
    assert fields["title"].value.startswith("青河市人民政府办公室2019年")
    assert TEXT[fields["title"].locator.offset :].startswith("青河市")
    assert fields["date"].value == "2020-01-08"
    assert fields["date"].origin == "the signature"
    assert TEXT[fields["date"].locator.offset :].startswith("2020年1月8日")
    assert fields["subtitle"].origin == "not in the report"
    assert not fields["number"].can_be_decided


def test_a_failed_check_shows_both_figures_and_their_places(opened):
    (check,) = opened.view().checks
    assert (check.stated, check.computed) == ("30", "25")
    assert [figure.words for figure in check.figures] == ["30件", "20件", "5件"]
    assert all(TEXT[f.offset :].startswith(f.words) for f in check.figures)


def test_a_rejected_edit_changes_the_text_and_the_page(session):
    before = session.page_image(1, 50)
    comma = edit(session.view(), "，")
    session.decide_edits([comma.identifier], "reject")
    view = session.view()
    assert "件,办结" in "".join(block.text for block in view.blocks)
    assert [e.state for e in view.edits if e.after == "，"] == ["rejected", "made"]
    assert session.page_image(1, 50) != before
    session.undo()
    assert session.page_image(1, 50) == before
    assert session.decisions == b""


def test_a_rule_can_be_rejected_and_taken_back(session):
    session.decide_rule("punctuation", "reject")
    rules = {item.rule: item for item in session.view().rules}
    assert rules["punctuation"].decision == "reject"
    assert rules["punctuation"].rejected == rules["punctuation"].edits == 2
    assert not any(item.is_decided for item in session.view().edits)
    session.decide_rule("punctuation", None)
    assert session.decisions == b""
    assert len(session.history) == 2


def test_a_proposal_waits_for_a_decision(session):
    view = session.view()
    proposal = edit(view, "²")
    assert (proposal.state, proposal.is_made) == ("proposed", False)
    span = next(s for b in view.blocks for s in b.spans if proposal.identifier in s.edits)
    assert (span.text, span.other) == ("2", "²")
    assert view.rules[0].rule == "exponents"
    session.decide_edits([proposal.identifier], "accept")
    assert "120m²" in "".join(block.text for block in session.view().blocks)
    assert edit(session.view(), "²").state == "accepted"


def test_the_command_line_makes_the_same_bytes(session):
    session.decide_edits([edit(session.view(), "，").identifier], "reject")
    session.set_fields({"title": "青河市政务公开年报"})
    line = next(block for block in session.view().blocks if block.text == "公开渠道建设")
    session.set_line(line.offset, line.length, "heading", 2)
    assert next(b for b in session.view().blocks if b.offset == line.offset).is_decided
    files = session.publish()
    file = DecisionsFile(name=session.decisions_name, data=session.decisions, where="")
    built = run_pipeline(SOURCE, Options(), name=NAME, decisions=file)
    assert {suffix: files[suffix] for suffix in built.files} == built.files
    assert built.title == "青河市政务公开年报"
    assert session.decisions_name == "青河年报.decisions.toml"


@pytest.mark.parametrize(
    ("change", "stages"),
    [
        (lambda s: s.set_fields({"title": "年报"}), "parse extract render typeset"),
        (
            lambda s: s.decide_rule("brackets", "reject"),
            "normalise convert parse extract render typeset",
        ),
        (lambda s: s.decide_rule("punctuation", "accept"), "normalise"),
    ],
)
def test_only_affected_stages_run(session, change, stages):
    session.view()
    session._cache.runs.clear()
    change(session)
    session.view()
    ours = {"view", "bind", "typeset-report"}
    assert set(session._cache.runs) - ours == set(stages.split())
    assert all(count == 1 for count in session._cache.runs.values())
    session._cache.runs.clear()
    session.publish()
    assert set(session._cache.runs) <= {"bind"}


def test_what_cannot_be_decided_is_refused(session):
    with pytest.raises(UsageError, match="does not have this edit"):
        session.decide_edits(["punctuation.1.1.00000000"], "reject")
    with pytest.raises(UsageError):
        session.decide_rule("no-such-rule", "reject")
    with pytest.raises(UsageError, match="number cannot be decided"):
        session.set_fields({"number": "1"})
    with pytest.raises(Exception, match="calendar"):
        session.set_fields({"date": "yesterday"})
    with pytest.raises(UsageError, match="no decision"):
        parse_choice("perhaps")
    assert (session.decisions, session.history) == (b"", [])


def test_decisions_with_comments_are_refused():
    with pytest.raises(UsageError, match="comments"):
        ReportSession(SOURCE, Options(), name=NAME, decisions=b"# mine\n")


def test_a_report_that_cannot_be_typeset_still_shows_its_text():
    session = open_session("通知\n\n请各单位按时报送。\n".encode(), "r.txt", profile="print")
    view = session.view()
    assert "date" in view.problem.message
    assert view.pages == ()
    assert any("按时报送" in block.text for block in view.blocks)


class CountingText(str):
    """A text that notes each search."""

    __slots__ = ("searches",)

    def find(self, *arguments):
        self.searches.append(arguments)
        return super().find(*arguments)


def test_passages_are_found_without_a_search_of_the_whole_text():
    text = CountingText("一二三四五六七八九十百千" * 2 + "甲乙丙丁")
    text.searches = []
    search = _PassageSearch(text)
    passage = "三四五六七八九十百千一二"
    assert [search.find(passage, start) for start in (0, 2, 3)] == [2, 2, 2]
    assert [search.find(passage[::-1], start) for start in range(20)] == [-1] * 20
    assert [search.find("一二三四五六七八九十百千", start) for start in (0, 1, 13)] == [0, 12, 0]
    assert text.searches == []
    assert search.find("丙丁", 0) == 26  # at the end of the report


def test_text_that_is_not_printed_moves_nothing():
    glyphs = [_Glyph(c, 1, 0.0, 0.0, 1.0, 1.0) for c in "甲乙丙丁戊己庚辛壬癸子丑寅卯"]
    expected = [(c, n) for n, c in enumerate("缺字甲乙丙丁戊没有己庚辛壬癸子丑寅卯完")]
    aligned = [(offset, glyph.character) for (_, offset), glyph in _align(expected, glyphs)]
    assert aligned[:5] == list(zip(range(2, 7), "甲乙丙丁戊", strict=True))


def test_places_are_where_the_characters_are(opened):
    offset = TEXT.index("2020年1月8日")
    (rectangle,) = opened.rectangles(offset, 9)
    size = opened.view().pages[rectangle.page - 1]
    assert 0 < rectangle.left < size.width - rectangle.width
    assert 0 < rectangle.top < size.height - rectangle.height
    title = opened.rectangles(TEXT.index("青河市"), 4)[0]
    assert title.top < rectangle.top or title.page < rectangle.page
    tops = [(place.page, place.top) for place in opened.line_places()]
    assert len(tops) == len(opened.view().blocks)
    assert tops == sorted(tops)


def test_the_place_of_removed_text_is_that_of_its_neighbour():
    session = open_session("某市年度报告\n\n全文  结束。\n".encode(), "r.txt")
    offset = "某市年度报告\n\n全文  结束。\n".index("  结束")
    assert session.rectangles(offset + 1, 1)


def test_no_other_zoom_or_page_is_rendered(opened):
    assert draw_page(opened.preview, 1, 50).startswith(b"\x89PNG")
    with pytest.raises(UsageError, match="zoom"):
        draw_page(opened.preview, 1, 5000)
    with pytest.raises(UsageError, match="page"):
        draw_page(opened.preview, 99, 50)


def test_doubtful_characters_of_a_conversion_are_listed():
    session = open_session(
        "某市报告\n\n他松了头发，发现后面有里程碑。\n".encode(), "r.txt", script="zh-Hant-TW"
    )
    view = session.view()
    assert view.doubts
    assert all(doubt.alternatives or doubt.reason for doubt in view.doubts)
    assert ".bilingual.pdf" in session.publish()


def test_what_is_removed_at_both_ends_is_shown():
    text = "首页 > 信息公开\n\n某市2019年工作年度报告\n\n一、概述\n\n全部办结。\n\n上一篇：没有了\n下一篇：没有了\n"
    view = open_session(text.encode(), "r.txt").view()
    removed = {edit.identifier for edit in view.edits if not edit.after}
    assert len(removed) >= 2
    assert removed <= {name for block in view.blocks for s in block.spans for name in s.edits}


def test_lines_of_a_table_are_printed():
    rows = "表1 办理情况\n项目\t件数\n受理\t12\n办结\t11"
    session = open_session(f"某市年度报告\n\n一、概述\n\n{rows}\n".encode(), "r.txt")
    assert "not-printed" not in {getattr(block, "role", "") for block in session.view().blocks}
