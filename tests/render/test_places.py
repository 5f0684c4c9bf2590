"""Links lead to clauses, by elements that change no line."""

from publisher.editing import locate
from publisher.render import Places


def test_an_element_stands_before_the_mark_before_the_clause():
    text = locate("受理12件，办结9件。")
    places = Places(offsets=frozenset({6}))
    assert places.marked(text) == '受理12件<span id="s6"></span>，办结9件。'
    assert places.opening(text) == ""


def test_a_clause_at_the_beginning_names_its_element():
    places = Places(offsets=frozenset({0}))
    assert places.opening(locate("受理12件")) == ' id="s0"'
    assert places.marked(locate("受理12件")) == "受理12件"


def test_a_text_is_data():
    places = Places(offsets=frozenset({4}))
    assert places.marked(locate("<b>，1件")) == '&lt;b&gt;<span id="s4"></span>，1件'


def test_parts_of_a_text_make_the_whole():
    text = locate("一是甲，受理12件，办结9件。")
    places = Places(offsets=frozenset({4, 10}))
    whole = places.marked(text)
    for cut in range(len(text)):
        assert places.marked(text, 0, cut) + places.marked(text, cut) == whole
