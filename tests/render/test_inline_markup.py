"""Links lead to clauses, by elements that stand before their first character."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.model import Locator, Mark
from publisher.render.inline_markup import InlineMarkup
from publisher.text.edits import Replacement, apply_edits, locate
from publisher.text.mark_spans import MarkIndex, sort_marks


def test_a_link_target_is_before_its_clause():
    text = locate("受理12件，办结9件。")
    inline = InlineMarkup(offsets=frozenset({6}))
    assert inline.markup(text) == '受理12件，<span id="s6"></span>办结9件。'
    assert inline.start_attributes(text) == ""


def test_a_clause_at_the_beginning_is_the_id_of_its_element():
    inline = InlineMarkup(offsets=frozenset({0}))
    assert inline.start_attributes(locate("受理12件")) == ' id="s0"'
    assert inline.markup(locate("受理12件")) == "受理12件"


def test_text_is_escaped():
    inline = InlineMarkup(offsets=frozenset({4}))
    assert inline.markup(locate("<b>，1件")) == '&lt;b&gt;，<span id="s4"></span>1件'


def test_parts_of_a_text_join_to_the_whole():
    text = locate("一是甲，受理12件，办结9件。")
    whole = InlineMarkup(offsets=frozenset({4, 10})).markup(text)
    for cut in range(len(text)):
        inline = InlineMarkup(offsets=frozenset({4, 10}))
        assert inline.markup(text, 0, cut) + inline.markup(text, cut) == whole


def test_a_target_is_before_an_element_at_the_beginning_of_its_clause():
    inline = InlineMarkup(offsets=frozenset({2}))
    assert inline.markup(locate("用，APP")) == (
        '用，<span id="s2"></span><abbr title="应用程序">APP</abbr>'
    )


def test_clauses_without_links_are_listed_with_their_positions():
    inline = InlineMarkup(offsets=frozenset({0, 4, 9}), linked=False)
    text = locate("甲 乙，丙，丁 戊己")
    assert inline.start_attributes(text) == ' data-places="s0:0 s4:3 s9:7"'
    assert inline.markup(text) == "甲 乙，丙，丁 戊己"


def test_long_words_take_linear_time():
    for text in ("x" * 300_000, "x-" * 150_000, "'" * 300_000):
        assert InlineMarkup().markup(locate(text)).count("<") == 0


def test_a_mark_links_to_its_note():
    inline = InlineMarkup(references={5: (3, 20)}, note_label="注释")
    assert inline.markup(locate("公开12条[1]。")) == (
        '公开12条<a class="reference" id="r5" href="#n20" title="注释1">[1]</a>。'
    )


def test_an_abbreviation_has_its_expansion():
    hans, hant = InlineMarkup(), InlineMarkup(language="zh-Hant-TW")
    assert hans.markup(locate("推广APP。")) == '推广<abbr title="应用程序">APP</abbr>。'
    assert "應用程式" in hant.markup(locate("推廣APP。"))
    for same in ("WAPP", "APP.hami.gov.cn", "ABC", "http://x/APP", "APPLE"):
        assert hans.markup(locate(same)) == same


def test_english_is_marked_and_pinyin_is_not():
    html = InlineMarkup().markup(locate("依照 Freedom of Information Act 的规定"))
    assert '<span lang="en">Freedom of Information Act</span>' in html
    for same in ("Hami Shi Zhengfu", "QQ and", "Windows 10", "Hello World"):
        assert InlineMarkup().markup(locate(same)) == same


def test_a_target_inside_an_element_is_after_it():
    inline = InlineMarkup(offsets=frozenset({3}))
    assert inline.markup(locate("用APP，甲")) == (
        '用<abbr title="应用程序">APP</abbr><span id="s3"></span>，甲'
    )


def inline_markup(*spans, **others):
    """Return the markup of marks: kind, first character, one past the last, value."""
    marks = [
        Mark(kind=kind, locator=Locator(offset=start, length=end - start), value="".join(value))
        for kind, start, end, *value in spans
    ]
    return InlineMarkup(marks=MarkIndex(sort_marks(marks)), **others)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([("strong", 0, 2)], "<strong>甲乙</strong>丙丁戊"),
        (
            [("emphasis", 0, 3), ("strong", 0, 3)],
            "<strong><em>甲乙丙</em></strong>丁戊",
        ),
        (
            [("strong", 0, 3), ("underline", 2, 5)],
            "<strong>甲乙<u>丙</u></strong><u>丁戊</u>",
        ),
        ([("superscript", 4, 5)], "甲乙丙丁<sup>戊</sup>"),
        ([("emphasis-dots", 1, 3)], '甲<span class="emphasis-dots">乙丙</span>丁戊'),
        (
            [("ruby", 1, 2, "yǐ"), ("strong", 0, 2)],
            "<strong>甲<ruby><rb>乙</rb><rt data-generated>yǐ</rt></ruby></strong>丙丁戊",
        ),
        (
            [("ruby", 1, 3, "yǐ <b>"), ("strong", 2, 5)],
            "甲<ruby><rb>乙<strong>丙</strong></rb><rt data-generated>yǐ &lt;b&gt;</rt></ruby><strong>丁戊</strong>",
        ),
        (
            [("link", 0, 2, "https://example.cn/?a=1&b=2")],
            '<a class="link" href="https://example.cn/?a=1&amp;b=2">甲乙</a>丙丁戊',
        ),
        ([("link", 0, 2, "javascript:alert(1)")], "甲乙丙丁戊"),
    ],
)  # fmt: skip
def test_marks_are_elements(spans, expected):
    assert inline_markup(*spans).markup(locate("甲乙丙丁戊")) == expected


def test_latin_words_of_emphasised_text_have_their_own_face():
    text = locate("设立One-Stop Service窗口12个，use it。")
    assert inline_markup(("emphasis", 2, 20)).markup(text) == (
        '设立<em><span class="latin">One-Stop Service</span>窗口</em>12个，use it。'
    )
    assert "latin" not in inline_markup(("strong", 2, 20)).markup(text)


def test_a_mark_follows_its_characters_through_edits():
    text = locate("数量 1200件,合计")
    changes = [
        Replacement(start=2, end=3, after="", reason="a space"),
        Replacement(start=8, end=9, after="，", reason="a comma"),
    ]
    edited, _ = apply_edits(text, changes, stage="normalise", rule="r")
    assert inline_markup(("strong", 3, 9)).markup(edited) == "数量<strong>1200件，</strong>合计"


def test_a_note_mark_is_raised_once_and_is_no_part_of_another_link():
    inline = inline_markup(
        ("superscript", 2, 5), ("link", 0, 7, "https://example.cn/"), references={2: (3, 9)}
    )
    link = '<a class="link" href="https://example.cn/">'
    assert inline.markup(locate("人口[1]增长")) == (
        f'{link}人口</a><a class="reference" id="r2" href="#n9" title="1">[1]</a>{link}增长</a>'
    )


def test_a_heading_that_is_strong_as_a_whole_is_a_plain_heading():
    assert inline_markup(("strong", 0, 4)).heading_markup(locate("一、概述")) == "一、概述"
    partly = inline_markup(("strong", 2, 4)).heading_markup(locate("一、概述"))
    assert partly == "一、<strong>概述</strong>"


def test_the_lines_of_a_title_have_their_marks():
    inline = inline_markup(("subscript", 2, 5))
    lines = inline.broken_lines(
        [locate("PM2.5"), locate("监测报告", 6)], lambda _: ("PM2.5监", "测报告")
    )
    assert lines == ["PM<sub>2.5</sub>监", "测报告"]


KINDS = [
    "strong",
    "emphasis",
    "underline",
    "strikethrough",
    "emphasis-dots",
    "subscript",
    "ruby",
    "link",
]
SPANS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 13), st.integers(1, 6)), max_size=6
)


@given(SPANS, st.integers(0, 14), st.sets(st.integers(1, 13)))
def test_any_marks_nest_and_no_character_is_lost(spans, cut, targets):
    values = {"ruby": "r", "link": "https://example.cn/"}
    marks = [(kind, start, start + length, values.get(kind, "")) for kind, start, length in spans]
    inline = inline_markup(*marks, references={4: (3, 20)}, offsets=frozenset(targets), linked=True)
    string = "甲乙，APP[1]<丙 丁戊己"
    text = locate(string)
    html = str(inline.markup(text, 0, cut) + inline.markup(text, cut))
    plain = re.sub("<rt data-generated>r</rt>|<[^>]*>", "", html)
    assert plain == string.replace("<", "&lt;")
    open_elements = []
    for closing, name in re.findall(r"<(/?)([a-z]+)", html):
        if closing:
            assert open_elements.pop() == name
        else:
            assert name != "a" or "a" not in open_elements
            open_elements.append(name)
    assert open_elements == []
    assert sorted(re.findall(r'<span id="s([0-9]+)"', html), key=int) == [
        str(target) for target in sorted(targets)
    ]


ADDRESSES = {
    "见政府网站（www.a.example）下载": "www.a.example",
    "见http://www.a.example/x/1.html，": "http://www.a.example/x/1.html",
    "网址：https://a.example:8080/?id=1&n=2。": "https://a.example:8080/?id=1&n=2",
    "(www.a.example).": "www.a.example",
    "www.a.example/": "www.a.example/",
}


@pytest.mark.parametrize("string", ADDRESSES)
def test_a_printed_address_is_a_link(string):
    address = ADDRESSES[string]
    target = address if "://" in address else f"http://{address}"
    html = InlineMarkup().markup(locate(string))
    assert str(html).replace("&amp;", "&") == string.replace(
        address, f'<a class="address" href="{target}">{address}</a>'
    )


@pytest.mark.parametrize(
    "string",
    [
        "www.",
        "www.a",
        "http://",
        "http://localhost",
        "甲@www.a.example",
        "a.www.a.example",
        "ftp://www.a.example",
        "www.a.example@b",
        "http://a.example/x,http://b.example",
        "3.5万元，比上年增长12.5%",
    ],
)
def test_what_is_no_address_of_the_web_stays_text(string):
    assert "<a" not in InlineMarkup().markup(locate(string))


def test_an_address_in_a_link_is_no_second_link():
    text = locate("见www.a.example。")
    mark = Mark(kind="link", locator=Locator(offset=1, length=13), value="https://b.example/")
    html = InlineMarkup(marks=MarkIndex((mark,))).markup(text)
    assert html == '见<a class="link" href="https://b.example/">www.a.example</a>。'
