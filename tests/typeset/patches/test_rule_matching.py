"""The rules of elements are those that cssselect2 finds for each of them alone."""

from xml.etree.ElementTree import Element, SubElement

import pytest
from cssselect2 import ElementWrapper, Matcher, compile_selector_list
from hypothesis import given
from hypothesis import strategies as st

from publisher.typeset.patches import rule_matching
from publisher.typeset.patches.rule_matching import RuleMatcher, iterate

SELECTORS = st.sampled_from(
    [
        *(
            "td",
            "*",
            ".a",
            "#x",
            ".a td",
            "#x p",
            "tr > .b",
            "a:link",
            "[href='#1']",
            "[lang|=zh] p",
        ),
        *(
            "tr:last-child",
            "p + p",
            "p ~ .b",
            ":lang(zh)",
            "td:first-child",
            "p:empty",
            "td:has(p)",
        ),
        *(
            "td:not(.a)",
            "tr:nth-child(2n) td",
            ":is(.a, #x) > p",
            "td:only-child::before",
            "p::before",
        ),
        *("td:last-of-type p", "[title]", "#x + td", ".a + .b + td", "tr:first-child ~ tr .a"),
    ]
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["class", "id", "href", "lang", "title"]),
    st.sampled_from(["a", "b", "a b", "x", "#1", "zh-Hans", ""]),
    max_size=2,
)
ELEMENTS = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from("td tr p a".split()), ATTRIBUTES), max_size=14
)


def tree_of(elements):
    root = Element("html")
    everything = [root]
    for parent, tag, attributes in elements:
        everything.append(SubElement(everything[parent % len(everything)], tag, attributes))
    return root


def sheet_of(selectors):
    matcher = Matcher()
    for text in selectors:
        for selector in compile_selector_list(text):
            matcher.add_selector(selector, None)
    return matcher


def differences(root, matchers):
    """The elements for which other rules are found than by cssselect2, in the order of the page."""
    rules = RuleMatcher(matchers)
    wrapped = list(ElementWrapper.from_html_root(root).iter_subtree())
    positions = list(iterate(ElementWrapper.from_html_root(root)))
    assert [position.element for position in positions] == [item.etree_element for item in wrapped]
    different = []
    for position, wrapper in zip(positions, wrapped, strict=True):
        expected = [
            (sheet, order, pseudo)
            for sheet, matcher in enumerate(matchers)
            for _, order, pseudo, _ in matcher.match(wrapper)
        ]
        if sorted(map(str, rules.rules(position))) != sorted(map(str, expected)):
            different.append(position.element)
    return different


@given(ELEMENTS, ELEMENTS, st.lists(SELECTORS, max_size=12), st.lists(SELECTORS, max_size=4))
def test_the_rules_are_those_of_each_element_alone(elements, later, first, second):
    """Those of a later page with the same sheets too, for which what was found before is used."""
    sheets = [sheet_of(first), sheet_of(second)]
    assert not differences(tree_of(elements), sheets)
    assert not differences(tree_of(later), sheets)


ROWS = [(0, "tr", {}), (0, "tr", {}), (0, "tr", {})]


@pytest.mark.parametrize("selector", ["tr:last-child", "tr + tr", "tr:nth-child(2)"])
def test_a_rule_for_a_position_is_asked_for_each_element(monkeypatch, selector):
    assert not differences(tree_of(ROWS), [sheet_of([selector])])
    monkeypatch.setattr(rule_matching, "_depends_on_names", lambda _: True)
    assert differences(tree_of(ROWS), [sheet_of([selector])])


def test_elements_alike_are_asked_once():
    rules = RuleMatcher([sheet_of(["tr"])])
    root = ElementWrapper.from_html_root(tree_of(ROWS))
    positions = list(iterate(root))
    assert [len(rules.rules(position)) for position in positions] == [0, 1, 1, 1]
    assert [position.names for position in positions] == [0, 1, 1, 1]
    assert not any(position.known_wrapper for position in positions[2:])


def fail(*_):
    raise LookupError


def rules_of(elements, sheets):
    rules = RuleMatcher(sheets)
    return [
        rules.rules(position)
        for position in iterate(ElementWrapper.from_html_root(tree_of(elements)))
    ]


def test_the_rules_of_a_page_are_not_looked_for_on_the_next(monkeypatch):
    """With other sheets, or with one alone, which threads may share, they are."""
    sheets = [sheet_of(["tr"]), sheet_of(["tr:last-child"])]
    before = rules_of(ROWS, sheets)
    monkeypatch.setattr(rule_matching._KnownRules, "match", fail)
    assert rules_of(ROWS, sheets) == before
    assert [len(rules) for rules in rules_of(ROWS[1:], sheets)] == [0, 1, 2]
    for others in ([sheet_of(["tr"]), sheets[1]], sheets[:1]):
        with pytest.raises(LookupError):
            rules_of(ROWS, others)


def test_an_element_whose_rules_could_not_be_found_is_asked_again(monkeypatch):
    sheets = [sheet_of(["tr"]), sheet_of(["td"])]
    with monkeypatch.context() as patched:
        patched.setattr(rule_matching, "_candidates", fail)
        with pytest.raises(LookupError):
            rules_of(ROWS, sheets)
    assert [len(rules) for rules in rules_of(ROWS, sheets)] == [0, 1, 1, 1]


def test_what_is_known_of_earlier_pages_is_bounded(monkeypatch):
    monkeypatch.setattr(rule_matching, "MAX_KNOWN", 2)
    sheets = [sheet_of(["tr"]), sheet_of(["td"])]
    for kinds in ("abc", "d"):
        rules_of([(0, "tr", {"class": kind}) for kind in kinds], sheets)
    assert len(vars(sheets[-1])["known_rules"].rules) == 2
