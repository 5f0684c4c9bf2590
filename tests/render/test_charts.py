"""Charts say their figures as a picture and as words."""

import re
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from publisher.model import Bar, Chart, Locator, SummaryTable
from publisher.render.charts import WIDTH, describe, draw, with_drawable_charts
from publisher.render.labels import labels_for
from publisher.render.text_width import estimated_width

CHART = Chart(
    kind="parts",
    title="公开<信息>",
    unit="条",
    total="1272",
    clause=Locator(offset=0, length=1),
    bars=tuple(
        Bar(label=label, value=Decimal(value), stated=value, unit="条")
        for label, value in (("甲" * 26, "293"), ("乙&丙", "695"), ("丁", "284"))
    ),
)


def draw_plain(chart, letter_width=estimated_width):
    return draw(
        chart,
        families=("Noto Serif CJK SC",),
        ink="#555",
        labels=labels_for("zh-Hans"),
        letter_width=letter_width,
    ).svg


def test_the_text_alternative_has_every_figure():
    text = describe(CHART, labels_for("zh-Hans"))
    assert text.startswith("条形图：公开<信息>共1272条，其中：")
    assert all(f"{bar.label}{bar.stated}条" in text for bar in CHART.bars)
    assert "條形圖" in describe(CHART, labels_for("zh-Hant-TW"))


def test_bars_are_in_proportion_and_stay_inside():
    svg = draw_plain(CHART)
    bars = [
        (float(x), float(width))
        for x, width in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)[1:]
    ]
    widths = [width for _, width in bars]
    assert abs(widths[0] / widths[1] - 293 / 695) < 0.01
    assert max(x + width for x, width in bars) < WIDTH
    assert "公开&lt;信息&gt;" in svg
    assert "乙&amp;丙" in svg


def test_values_with_room_are_not_reduced_by_rounding():
    """The widths have other last digits on other versions of Python and Pango, and the pages the same bytes."""
    for step in range(300):
        factor = 0.3 + step * 0.00271
        svg = draw_plain(CHART, lambda text, names, by=factor: estimated_width(text, names) * by)
        texts = re.findall("<text[^>]*>[0-9]+条", svg)
        assert len(texts) == 3
        assert not any("font-size" in text for text in texts)


def test_bars_of_zero_can_be_drawn():
    nothing = Chart(
        kind="series",
        title="甲",
        unit="件",
        total="",
        clause=Locator(offset=0, length=1),
        bars=tuple(
            Bar(label=f"{y}年", value=Decimal(0), stated="0", unit="件") for y in (2015, 2016, 2017)
        ),
    )
    assert "0件" in draw_plain(nothing)


POOLS = (
    "WMm%@—…“”；（）",
    "0123456789.,%年级",
    "单位学校青溪乡ＡＢ①㎡㈠Ⅷ℃",
    "ЩЖЮΩΨéßæ",
    "ꇉ한국😀𠮷กㄅあ",
)


def _hostile_chart(random):
    """Return a chart whose labels and values are of any width."""
    pool = random.choice(POOLS) + random.choice(POOLS)
    longest = random.choice((3, 8, 20, 60))
    digits = random.choice((1, 4, 9, 24))
    unit = random.choice(("件", "万平方公里", "W" * 12, "℃/（W·m）"))
    bars = []
    for _ in range(random.randint(3, 4)):
        label = "".join(random.choices(pool, k=random.randint(2, longest)))
        value = "".join(random.choices("0123456789", k=random.randint(1, digits)))
        bars.append(Bar(label=label, value=Decimal(value), stated=value, unit=unit))
    return replace(CHART, bars=tuple(bars))


def test_labels_of_any_letters_stay_inside(typeset):
    """The advance of each letter lies inside its chart, for 320 charts with letters of any script and width."""
    from publisher.pdf.open_file import open_file
    from publisher.typeset.session import session_for
    from publisher.verify.visibility.text_layer import separate_text

    session, random = session_for("zh-Hans"), Random(7)  # noqa: S311 - the same charts each time
    drawn = [
        draw(
            _hostile_chart(random),
            families=session.families[random.choice(("song", "hei", "kai", "fangsong"))],
            ink="#555",
            labels=labels_for("zh-Hans"),
            letter_width=session.engine.letter_width,
            size=random.choice((10.0, 18.0)),
        ).svg
        for _ in range(320)
    ]
    css = f"@page {{ size: 540pt 5000pt; margin: 50pt }} body {{ margin: 0 }} svg {{ display: block; width: {WIDTH}pt }}"
    glyphs = separate_text(open_file(typeset("".join(drawn), css).pdf, strict=False)).glyphs
    assert len(glyphs) > 10_000
    outside = [(g.character, g.box) for g in glyphs if g.box[0] < 50 or g.box[2] > 50 + WIDTH]
    assert not outside


@pytest.mark.parametrize("label", ["甲\U0003fffd", "ئۇيغۇر", "བོད", "ᠮᠣᠩ", "e\u0301", "\U0001f1e8"])
def test_labels_that_cannot_be_set_letter_by_letter_have_no_chart(label):
    from publisher.typeset.session import session_for

    session = session_for("zh-Hans")
    bars = (replace(CHART.bars[0], label=label), *CHART.bars[1:])
    table = SummaryTable(section="", start=0, title="", groups=(), charts=(CHART, CHART))
    measure, families = session.engine.letter_width, session.families["song"]
    assert with_drawable_charts([table], families, measure) == (table,)
    half = replace(table, charts=(CHART, replace(CHART, bars=bars)))
    assert with_drawable_charts([half], families, measure)[0].charts == (CHART,)
    none = replace(table, charts=(replace(CHART, bars=bars),))
    assert with_drawable_charts([none], families, measure) == ()
