"""The comparison of two reports: nothing of either is lost, and each change is named."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from publisher import compare
from publisher.cli.main import main
from publisher.comparison.alignment import align
from publisher.comparison.comparison_data import count_states, describe_comparison
from publisher.comparison.comparison_page import comparison_page
from publisher.comparison.states import State
from publisher.comparison.text_changes import LineChange, compare_words

SAMPLES = Path(__file__).parents[2] / "samples"
BEFORE = """云坪市人民政府2019年工作报告

一、受理情况

全年受理申请120件，办结118件。

二、培训情况

举办培训班6期，参加人员850人次。

三、收费情况

没有收取费用。
"""
_LINE = "全年受理申请120件，办结118件。"
TABLE = (
    "<h1>云坪市2019年统计报告</h1><table><tr><th>项目</th><th>数量（件）</th><th>备注</th></tr>"
    "<tr><td>申请</td><td>12</td><td>无</td></tr><tr><td>答复</td><td>{value}</td><td>无</td></tr>"
    "{row}<tr><td>撤回</td><td>2</td><td>无</td></tr></table>"
)


def _compare(before: str, after: str, suffix: str = ".txt"):
    return compare(before.encode(), after.encode(), names=(f"before{suffix}", f"after{suffix}"))


def _states(comparison) -> dict[State, list[str]]:
    states: dict[State, list[str]] = {}
    for item in comparison.items:
        if isinstance(item, LineChange):
            states.setdefault(item.state, []).append(item.line.text.string)
    return states


def test_the_same_report_has_no_change():
    comparison = _compare(BEFORE, BEFORE)
    assert {item.state for item in comparison.items} == {State.SAME}
    assert {change.state for change in comparison.figures} == {State.SAME}


def test_a_changed_figure_is_one_word_of_its_line():
    comparison = _compare(BEFORE, BEFORE.replace("120件", "1205件"))
    (line,) = [item for item in comparison.items if item.state is not State.SAME]
    different = [(piece.before, piece.after) for piece in line.pieces if not piece.is_same]
    assert different == [("120", "1205")]
    (figure,) = [change for change in comparison.figures if change.state is not State.SAME]
    assert (figure.before.value, figure.after.value) == ("120", "1205")
    assert str(figure.difference) == "1085"


def test_added_removed_and_moved_lines_are_named():
    moved = "举办培训班6期，参加人员850人次。"
    before = BEFORE.replace("三、收费情况", "三、其他情况\n\n网站全年改版一次。")
    after = before.replace(f"{moved}\n", "新设窗口3个。\n").replace("没有收取费用。", moved)
    states = _states(_compare(before, after))
    assert states[State.MOVED] == [moved]
    assert states[State.ADDED] == ["新设窗口3个。"]
    assert states[State.REMOVED] == ["没有收取费用。"]


def test_a_section_that_moves_is_named_with_its_new_number():
    """It is not removed and added: its heading and its sentence say what became of them."""
    after = """云坪市人民政府2019年工作报告

一、培训情况

举办培训班7期，参加人员850人次。

二、受理情况

全年受理申请120件，办结118件。

三、收费情况

没有收取费用。
"""
    comparison = _compare(BEFORE, after)
    states = _states(comparison)
    assert State.ADDED not in states
    assert State.REMOVED not in states
    moved = [item for item in comparison.items if item.state is State.MOVED]
    assert {(item.before.text.string, item.after.text.string) for item in moved} in (
        {
            ("二、培训情况", "一、培训情况"),
            ("举办培训班6期，参加人员850人次。", "举办培训班7期，参加人员850人次。"),
        },
        {("一、受理情况", "二、受理情况"), (_LINE, _LINE)},
    )
    assert "Moved here" in comparison_page(comparison)


def test_a_table_that_moves_is_compared():
    table = TABLE.format(value=9, row="").partition("</h1>")[2]
    head, text = "<h1>云坪市2019年统计报告</h1>", "<p>全年受理申请120件。</p><p>办结118件。</p>"
    comparison = _compare(
        f"{head}{table}{text}", f"{head}{text}{table.replace('>9<', '>8<')}", suffix=".html"
    )
    assert {State.ADDED, State.REMOVED}.isdisjoint(item.state for item in comparison.items)
    assert State.MOVED in {item.state for item in comparison.items}


@pytest.mark.parametrize("is_line_first", [True, False])
def test_a_line_that_becomes_a_table_is_lost_on_no_side(is_line_first):
    sentence = "本表的数字由云坪市统计局根据各单位上报的资料汇总并经过核对"
    head, end = "<h1>云坪市2019年统计报告</h1><p>全文如下。</p>", "<p>完。</p>"
    pages = [
        f"{head}<p>{sentence}</p>{end}",
        f"{head}<table><tr><th>{sentence}</th><th>数</th></tr><tr><td>甲</td><td>3</td></tr></table>{end}",
    ]
    comparison = _compare(*(pages if is_line_first else reversed(pages)), suffix=".html")
    changed = {(item.state, isinstance(item, LineChange)) for item in comparison.items}
    assert {(State.REMOVED, is_line_first), (State.ADDED, not is_line_first)} <= changed


def test_a_row_that_is_put_in_changes_no_other_row():
    row = "<tr><td>补正</td><td>4</td><td>无</td></tr>"
    comparison = _compare(
        TABLE.format(value=9, row=""), TABLE.format(value=10, row=row), suffix=".html"
    )
    (table,) = [item for item in comparison.items if not isinstance(item, LineChange)]
    changed = [
        (cell.before, cell.after)
        for line in table.rows
        for cell in line
        if cell.state is not State.SAME
    ]
    assert table.state is State.CHANGED
    assert changed == [("9", "10"), (None, "补正"), (None, "4"), (None, "无")]


def test_a_column_that_is_taken_out_changes_no_other_column():
    before = TABLE.format(value=9, row="")
    comparison = _compare(
        before, before.replace("<th>备注</th>", "").replace("<td>无</td>", ""), suffix=".html"
    )
    (table,) = [item for item in comparison.items if not isinstance(item, LineChange)]
    states = [cell.state for line in table.rows for cell in line]
    assert states.count(State.REMOVED) == 4
    assert states.count(State.SAME) == 8


def test_the_figures_of_two_years_are_compared_by_their_distance_from_the_report():
    before = "云坪市2019年统计公报\n\n全年地区生产总值300亿元。\n"
    after = "云坪市2020年统计公报\n\n全年地区生产总值315亿元。\n"
    (change,) = _compare(before, after).figures
    assert (change.state, change.before.value, change.after.value) == (State.CHANGED, "300", "315")
    assert str(change.percent) == "5.0"


@pytest.mark.parametrize("seed", range(12))
def test_nothing_of_either_report_is_lost(seed: int):
    random_numbers = random.Random(seed)  # noqa: S311 - a fixed series
    lines = (SAMPLES / "qinghe-2017.txt").read_text(encoding="utf-8").splitlines()[:60]
    changed = list(lines)
    for _ in range(random_numbers.randrange(1, 12)):
        place = random_numbers.randrange(len(changed))
        kind = random_numbers.randrange(4)
        if kind == 0:
            del changed[place]
        elif kind == 1:
            changed.insert(place, f"新增事项{random_numbers.randrange(100)}项。")
        elif kind == 2:
            changed.insert(random_numbers.randrange(len(changed)), changed.pop(place))
        else:
            changed[place] = changed[place].replace("的", "之", 1)
    pairs = list(align(lines, changed))
    assert sorted(left for left, _ in pairs if left is not None) == list(range(len(lines)))
    assert sorted(right for _, right in pairs if right is not None) == list(range(len(changed)))
    for left, right in pairs:
        if left is not None and right is not None:
            pieces = list(compare_words(lines[left], changed[right]))
            assert "".join(piece.before for piece in pieces) == lines[left]
            assert "".join(piece.after for piece in pieces) == changed[right]


def test_long_reports_that_share_nothing_are_replaced_as_a_whole():
    before, after = ([f"{word}{number}" for number in range(1200)] for word in "甲乙")
    pairs = list(align(before, after))
    assert len(pairs) == 2400


def test_the_page_escapes_the_words_of_the_reports():
    page = comparison_page(_compare(BEFORE, BEFORE.replace("120件", "12件<script>")))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_page_and_the_data_have_every_change():
    comparison = _compare(BEFORE, BEFORE.replace("850人次", "860人次"))
    data = describe_comparison(comparison)
    assert [figure["change"] for figure in data["figures"]] == ["10"]
    assert data["lines"][0]["pieces"][1] == ["850", "860"]
    assert "<del>850</del><ins>860</ins>" in comparison_page(comparison)
    assert data["counts"] == count_states(comparison)


def test_the_command_writes_both_forms(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    before, after = tmp_path / "a.txt", tmp_path / "b.txt"
    before.write_text(BEFORE, encoding="utf-8")
    after.write_text(BEFORE.replace("6期", "7期"), encoding="utf-8")
    assert main(["compare", str(before), str(after), "-o", str(tmp_path / "c.html")]) == 0
    assert "6 期 → 7 期" in capsys.readouterr().out
    assert main(["compare", str(before), str(after), "-o", str(tmp_path / "c.json")]) == 0
    data = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    assert data["counts"]["figures"]["changed"] == 1
    assert (tmp_path / "c.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_another_format_is_refused_in_two_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    source = tmp_path / "a.txt"
    source.write_text(BEFORE, encoding="utf-8")
    code = main(["compare", str(source), str(source), "-o", str(tmp_path / "c.pdf")])
    assert code == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_reports_without_a_period_are_compared_by_the_year_of_their_figures():
    before = "2022年云坪市政府工作报告\n\n一、回顾\n\n2021年，全市地区生产总值300亿元，粮食产量21亿斤。\n"
    after = before.replace("2022", "2023").replace("2021", "2022").replace("300", "315")
    states = {change.measure: change.state for change in _compare(before, after).figures}
    assert states == {"地区生产总值": State.CHANGED, "粮食产量": State.SAME}


def test_a_growth_is_named_as_such():
    (change,) = _compare(
        "云坪市2019年工作报告\n\n税收收入增长5.2%。\n",
        "云坪市2019年工作报告\n\n税收收入增长6.1%。\n",
    ).figures
    assert (change.subject, change.kind) == ("税收收入增长", "rate")


def test_the_page_is_in_the_language_of_the_user():
    page = comparison_page(_compare(BEFORE, BEFORE.replace("120件", "121件")), "zh-Hant")
    assert '<html lang="zh-Hant">' in page
    assert '<th scope="col">指標</th>' in page
    assert ">改變</td>" in page
