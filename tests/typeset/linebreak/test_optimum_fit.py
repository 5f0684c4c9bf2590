"""Optimum-fit breaking: rules hold wherever possible, lines are justified, no text is lost, time is linear."""

from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from publisher.typeset.linebreak.break_opportunities import FORBIDDEN, penalties
from publisher.typeset.linebreak.character_classes import (
    FULL_WIDTH_MARKS,
    NO_LINE_END,
    NO_LINE_START,
    CharacterClass,
    classify,
)
from publisher.typeset.linebreak.glue import cluster_metrics
from publisher.typeset.linebreak.justification import ParagraphItems, ParagraphSums
from publisher.typeset.linebreak.optimum_fit import (
    OVERFULL_DEMERITS,
    Measure,
    OptimumFitBreaker,
)

NARROW = (
    CharacterClass.LETTER,
    CharacterClass.DIGIT,
    CharacterClass.INFIX,
    CharacterClass.POSTFIX,
    CharacterClass.NARROW_OPENING,
    CharacterClass.NARROW_CLOSING,
)
ALPHABET = "年政府信息公开工作，。、；：（）《》“”—…0123456789abcAPP %.· ￥"


def items_of(text, *, centred=False, em=1.0):
    kinds = [classify(character) for character in text]
    blank = 0.35 if centred else 0.5
    side = 0.35 if centred else 0.1
    return ParagraphItems(
        widths=[
            em * (0.5 if k in NARROW else 0.25 if k is CharacterClass.SPACE else 1.0) for k in kinds
        ],
        metrics=[
            cluster_metrics(
                k,
                em,
                em * (blank if k is CharacterClass.OPENING else side) * (k in FULL_WIDTH_MARKS),
                em
                * (blank if k in (CharacterClass.CLOSING, CharacterClass.PAUSE_OR_STOP) else side)
                * (k in FULL_WIDTH_MARKS),
                centred,
            )
            for k in kinds
        ],
        penalties=penalties(text),
        hyphen_widths={},
    )


def break_lines(items, measure):
    return OptimumFitBreaker(items).break_lines(measure)


def justified_measure(width, indent=0.0):
    return Measure(first_width=width - indent, width=width, justified=True)


def total(text, measure, **options):
    """What a paragraph's breaks cost together."""
    items = items_of(text, **options)
    sums = ParagraphSums(items)
    cost = 0.0
    for line in break_lines(items, measure):
        natural = sums.natural_width(line.start, line.next_start)
        width = measure.width if line.start else measure.first_width
        cost += sums.demerits(
            line.start, line.next_start, width - natural, justified=measure.justified
        )
    return cost


TEXTS = st.text(alphabet=ALPHABET, min_size=1, max_size=120)
WIDTHS = st.floats(min_value=6, max_value=40)


@given(TEXTS, WIDTHS, st.booleans())
def test_no_cluster_is_lost_or_doubled(text, width, centred):
    lines = break_lines(items_of(text, centred=centred), justified_measure(width))
    position = 0
    for line in lines:
        assert line.start == position
        assert text[line.end : line.next_start].strip() == ""
        assert len(line.spacing) == line.end - line.start
        position = line.next_start
    assert position == len(text)


@given(TEXTS, WIDTHS, st.booleans())
def test_prohibitions_hold_wherever_a_line_can_be_made(text, width, centred):
    items = items_of(text, centred=centred)
    for line in break_lines(items, justified_measure(width))[:-1]:
        if items.penalties[line.next_start] < FORBIDDEN:
            assert items.metrics[line.next_start].character_class not in NO_LINE_START
            assert items.metrics[line.next_start - 1].character_class not in NO_LINE_END
        else:  # no allowed end is within the measure
            sums = ParagraphSums(items)
            allowed = [
                position
                for position in range(line.start + 1, line.next_start + 1)
                if items.penalties[position] < FORBIDDEN
            ]
            for position in allowed:
                assert (
                    sums.natural_width(line.start, position) - sums.max_shrink(line.start, position)
                    > width - 1e-6
                )


@given(TEXTS, WIDTHS, st.booleans())
def test_full_lines_are_justified(text, width, centred):
    items = items_of(text, centred=centred)
    sums = ParagraphSums(items)
    for line in break_lines(items, justified_measure(width))[:-1]:
        natural = sums.natural_width(line.start, line.next_start)
        room = sum(glue.stretch_em for glue in sums.glue_inside(line.start, line.end))
        if items.penalties[line.next_start] < FORBIDDEN and width - natural <= 0.25 * room:
            assert line.width == pytest.approx(width, abs=1e-6)
        assert line.width <= width + 1e-6 or items.penalties[line.next_start] == FORBIDDEN


@given(st.text(alphabet="年政府信息，。（）12", min_size=20, max_size=60), st.integers(8, 14))
def test_no_other_breaks_are_better(text, width):
    """The breaks chosen cost no more than any breaks of a greedy kind."""
    items = items_of(text)
    sums = ParagraphSums(items)
    measure = justified_measure(width)
    best = total(text, measure)
    assume(best < OVERFULL_DEMERITS)
    for eager in (0, 1, 2):
        start, cost = 0, 0.0
        while start < len(text):
            fits = [
                (position, demerits)
                for position in range(start + 1, len(text) + 1)
                if (position == len(text) or items.penalties[position] < FORBIDDEN)
                and (
                    demerits := sums.demerits(
                        start,
                        position,
                        width - sums.natural_width(start, position),
                        justified=True,
                    )
                )
                < float("inf")
            ]
            if not fits:
                cost = float("inf")
                break
            start, demerits = fits[max(0, len(fits) - 1 - eager)]
            cost += demerits
        assert best <= cost + 1e-9


@given(TEXTS, WIDTHS, st.booleans())
def test_a_limit_on_demerits_prunes_no_better_sequence(text, width, centred):
    """The breaks found within a limit are those found without one."""
    breaker = OptimumFitBreaker(items_of(text, centred=centred))
    measure = justified_measure(width)
    previous, lines = breaker.search(measure, 0, inf).previous, breaker.break_lines(measure)
    position = len(text)
    for line in reversed(lines):
        assert (line.next_start, line.start) == (position, previous[position])
        position = previous[position]


def test_the_last_line_is_no_single_character():
    for length in range(20, 120):
        lines = break_lines(items_of("政" * length + "。"), justified_measure(20, indent=2))
        last = lines[-1]
        assert last.end - last.start - 1 >= 2 or len(lines) == 1


def test_adjacent_marks_are_one_and_a_half_em_wide():
    for centred in (False, True):
        for pair in ("）《", "》，", "。”", "（《", "”，"):
            (line,) = break_lines(items_of(f"甲{pair}乙", centred=centred), justified_measure(20))
            assert 2 + line.spacing[1] == pytest.approx(1.5), (pair, centred)


def test_stops_of_taiwan_keep_their_em():
    text = "甲，乙。丙、丁；戊：" * 3
    for line in break_lines(items_of(text, centred=True), justified_measure(10)):
        for character, space in zip(text[line.start : line.end], line.spacing, strict=True):
            assert character not in "，。、；：" or space >= -0.025 - 1e-9


def test_stops_of_taiwan_lose_an_eighth_of_an_em_on_each_side_if_nothing_else_is_left():
    text = "甲，乙。丙、丁；戊：" * 3
    for line in break_lines(items_of(text, centred=True), justified_measure(9.6)):
        assert min(line.spacing) >= -0.15 - 1e-9
    assert (
        min(
            map(
                min,
                (
                    line.spacing
                    for line in break_lines(items_of(text, centred=True), justified_measure(9.6))
                ),
            )
        )
        < -0.025
    )


def test_marks_shrink_before_ideographs_move_apart():
    text = "政府信息，公开工作，年度报告，全文发布"
    first = break_lines(items_of(text), justified_measure(9.75))[0]
    assert text[first.start : first.end] == "政府信息，公开工作，"
    assert first.width == pytest.approx(9.75)
    assert {round(space, 6) for space in first.spacing} <= {0.0} | {
        round(space, 6) for c, space in zip(text, first.spacing, strict=False) if c == "，"
    }


def test_an_opening_mark_is_trimmed_at_the_start_of_all_lines_but_the_first():
    items = items_of("“政府信息公开工作年度报告“五公开”的要求")
    lines = OptimumFitBreaker(items).break_lines(justified_measure(14, indent=2))
    assert lines[0].trim_start == 0
    assert [line.trim_start for line in lines[1:]].count(0.5) == sum(
        items.metrics[line.start].character_class is CharacterClass.OPENING for line in lines[1:]
    )


@pytest.mark.parametrize("width", range(8, 30))
def test_a_word_space_stays_one_and_opens_little_before_ideographs_move(width):
    text = "系统在Windows Server 2019平台上运行，由一家公司维护Open Data " * 3
    items = items_of(text)
    for line in break_lines(items, justified_measure(width / 1.5)):
        clusters = range(line.start, line.end)
        rooms = dict(zip(clusters, line.spacing, strict=True))
        opened = [rooms[at] for at in clusters[:-1] if is_ideographs(text[at : at + 2])]
        for at in clusters[1:-1]:
            if text[at] == " ":
                change = rooms[at - 1] + rooms[at]
                assert change >= -0.08 - 1e-9
                if not any(opened):
                    assert change <= 0.125 + 1e-9 or not opened


def is_ideographs(pair):
    return [classify(character) for character in pair] == [CharacterClass.IDEOGRAPH] * 2


def test_a_gap_of_an_eighth_em_separates_chinese_and_latin():
    text = "推广APP共12个" + "年" * 30
    (line, *_) = break_lines(items_of(text), justified_measure(20))
    for position in (1, 4, 5, 7):
        assert 0.125 - 1e-9 <= line.spacing[position] <= 0.148 + 1e-9


@pytest.mark.parametrize("width", [13.2, 13.5, 13.8, 13.84, 13.87, 14.3])
def test_a_gap_is_never_less_than_an_eighth_and_opens_before_ideographs(width):
    text = "推广APP共12个，公开3条" + "年" * 30
    sums = ParagraphSums(items_of(text))
    spacing = sums.set_glue(0, 16, width - sums.natural_width(0, 16), justified=True)
    gaps = [spacing[position] for position in (1, 4, 5, 7, 11, 12)]
    ideographs = spacing[0]
    assert min(gaps) >= 0.125 - 1e-9
    assert ideographs <= 1e-9 or min(gaps) >= 0.148 - 1e-9


def test_time_grows_with_the_text(monkeypatch):
    counted = []
    cost = ParagraphSums.demerits

    def count(*args, **kwargs):
        counted.append(1)
        return cost(*args, **kwargs)

    monkeypatch.setattr(ParagraphSums, "demerits", count)
    for length in (10_000, 40_000, 160_000):
        counted.clear()
        break_lines(items_of("政府信息，公开12条。" * (length // 11)), justified_measure(28))
        assert len(counted) < 8 * length


def test_ragged_lines_are_not_stretched():
    text = "政府信息公开工作年度报告" * 6
    for line in break_lines(items_of(text), Measure(first_width=10.5, width=10.5, justified=False)):
        assert set(line.spacing) == {0.0}


def test_a_word_longer_than_its_line_is_broken_only_if_allowed():
    items = items_of("abcdefghijklmnop")
    assert (
        len(
            break_lines(
                items, Measure(first_width=4, width=4, justified=True, break_anywhere=False)
            )
        )
        == 1
    )
    assert [line.end - line.start for line in break_lines(items, justified_measure(4))] == [8, 8]
