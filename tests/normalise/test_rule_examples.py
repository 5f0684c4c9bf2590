"""The examples of the normalising rules are true, and the rules have one order."""

import pytest

from publisher.normalise import RULES
from tests.corpus.rules import apply_rule

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples, 1)
]
UNCHANGED = [
    pytest.param(rule, string, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, string in enumerate(rule.unchanged, 1)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_becomes_what_the_rule_documents(rule, example):
    assert example.before != example.after
    assert apply_rule(rule, example.before, with_proposals=True) == example.after
    assert apply_rule(rule, example.after, with_proposals=True) == example.after


@pytest.mark.parametrize(("rule", "string"), UNCHANGED)
def test_a_documented_exception_stays_as_it_is(rule, string):
    assert apply_rule(rule, string) == string


def test_each_rule_has_a_name_and_a_number_of_its_own():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert len({rule.order for rule in RULES}) == len(RULES)
    assert [rule.order for rule in RULES] == sorted(rule.order for rule in RULES)
