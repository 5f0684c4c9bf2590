"""The documentation of the arithmetic checks is complete, and its true statements hold.

The examples that fail are tested with those of all rules, in tests/cli/commands/test_rules.py.
"""

import re
from pathlib import Path

import pytest

from publisher.messages import Message
from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import checks, extract
from publisher.statistics.rule_entries import ENTRIES


def statistics_of(example):
    """Return the statistics of a report for 2017 whose first section is an example in Markdown."""
    report = f"# 某市2017年政府信息公开工作年度报告\n\n## 一、概述\n\n{example}\n"
    source, _ = read_bytes(report.encode(), name="report.md")
    return extract(parse(normalise(source).source, overrides=MetadataOverrides()).report)


@pytest.mark.parametrize(
    ("check", "text"),
    [
        pytest.param(check, text, id=f"{check.name}-{number}")
        for check in ENTRIES
        for number, text in enumerate(check.unchanged, 1)
    ],
)
def test_an_example_that_holds_gives_no_finding(check, text):
    results = statistics_of(text).checks
    assert not [result for result in results if result.outcome is Outcome.FAILS]


@pytest.mark.parametrize("check", ENTRIES, ids=lambda check: check.name)
def test_a_check_has_a_complete_entry_and_an_example_that_is_computed(check):
    assert check.summary
    assert check.summary.endswith(".")
    assert check.reason
    assert check.exceptions
    assert check.examples
    results = [result for text in check.unchanged for result in statistics_of(text).checks]
    assert {result.kind for result in results if result.outcome is Outcome.HOLDS} >= set(
        check.check_kinds
    )


@pytest.mark.parametrize("check", ENTRIES, ids=lambda check: check.name)
def test_the_words_of_a_difference_can_be_translated(check):
    texts = [*check.unchanged, *(example.before for example in check.examples)]
    results = [result for text in texts for result in statistics_of(text).checks]
    words = [result.difference for result in results if result.difference]
    assert [text for text in words if not isinstance(text, Message)] == []


def test_every_check_has_its_own_name():
    names = [check.name for check in ENTRIES]
    assert len(names) == len(set(names))


def test_the_check_in_the_recipe_works(monkeypatch):
    page = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    namespace = {}
    exec(code, namespace)  # noqa: S102 - the documentation of this project
    check = namespace["check_ages"]
    monkeypatch.setattr(checks, "SENTENCE_CHECKS", (check,))
    (failing,) = statistics_of(check.examples[0].before).checks
    (holding,) = statistics_of(check.unchanged[0]).checks
    assert [failing.outcome, holding.outcome] == [Outcome.FAILS, Outcome.HOLDS]
