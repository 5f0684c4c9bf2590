"""Links lead to clauses, by elements that stand before their first character."""

from publisher.render.inline_markup import InlineMarkup
from publisher.text.edits import locate


def test_an_element_stands_before_the_clause():
    text = locate("受理12件，办结9件。")
    places = InlineMarkup(offsets=frozenset({6}))
    assert places.markup(text) == '受理12件，<span id="s6"></span>办结9件。'
    assert places.start_attributes(text) == ""


def test_a_clause_at_the_beginning_names_its_element():
    places = InlineMarkup(offsets=frozenset({0}))
    assert places.start_attributes(locate("受理12件")) == ' id="s0"'
    assert places.markup(locate("受理12件")) == "受理12件"


def test_a_text_is_data():
    places = InlineMarkup(offsets=frozenset({4}))
    assert places.markup(locate("<b>，1件")) == '&lt;b&gt;，<span id="s4"></span>1件'


def test_parts_of_a_text_make_the_whole():
    text = locate("一是甲，受理12件，办结9件。")
    places = InlineMarkup(offsets=frozenset({4, 10}))
    whole = places.markup(text)
    for cut in range(len(text)):
        assert places.markup(text, 0, cut) + places.markup(text, cut) == whole


def test_a_clause_that_begins_with_an_element_has_its_place_before_it():
    inline = InlineMarkup(offsets=frozenset({2}))
    assert inline.markup(locate("用，APP")) == (
        '用，<span id="s2"></span><abbr title="应用程序">APP</abbr>'
    )


def test_places_without_links_are_told_by_what_stands_before_them():
    inline = InlineMarkup(offsets=frozenset({0, 4, 9}), linked=False)
    text = locate("甲 乙，丙，丁 戊己")
    assert inline.start_attributes(text) == ' data-places="s0:0 s4:3 s9:7"'
    assert inline.markup(text) == "甲 乙，丙，丁 戊己"


def test_a_long_run_of_letters_is_looked_through_once():
    for text in ("x" * 300_000, "x-" * 150_000, "'" * 300_000):
        assert InlineMarkup().markup(locate(text)).count("<") == 0


def test_a_mark_links_to_its_note():
    inline = InlineMarkup(references={5: (3, 20)}, note_label="注释")
    assert inline.markup(locate("公开12条[1]。")) == (
        '公开12条<a class="reference" id="r5" href="#n20" title="注释1">[1]</a>。'
    )


def test_an_abbreviation_says_what_it_is_short_for():
    hans, hant = InlineMarkup(), InlineMarkup(language="zh-Hant-TW")
    assert hans.markup(locate("推广APP。")) == '推广<abbr title="应用程序">APP</abbr>。'
    assert "應用程式" in hant.markup(locate("推廣APP。"))
    for same in ("WAPP", "APP.hami.gov.cn", "ABC", "http://x/APP", "APPLE"):
        assert hans.markup(locate(same)) == same


def test_english_is_marked_and_pinyin_is_not():
    said = InlineMarkup().markup(locate("依照 Freedom of Information Act 的规定"))
    assert '<span lang="en">Freedom of Information Act</span>' in said
    for same in ("Hami Shi Zhengfu", "QQ and", "Windows 10", "Hello World"):
        assert InlineMarkup().markup(locate(same)) == same


def test_a_place_inside_an_element_stands_behind_it():
    inline = InlineMarkup(offsets=frozenset({3}))
    assert inline.markup(locate("用APP，甲")) == (
        '用<abbr title="应用程序">APP</abbr><span id="s3"></span>，甲'
    )
