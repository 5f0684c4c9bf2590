"""Links lead to clauses, by elements that stand before their first character."""

from publisher.render.inline_markup import InlineMarkup
from publisher.text.edits import locate


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
    inline = InlineMarkup(offsets=frozenset({4, 10}))
    whole = inline.markup(text)
    for cut in range(len(text)):
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
