"""The examples in the documentation of the arithmetic checks are true."""

import pytest

from publisher.model import Outcome
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.statistics import extract, failures
from publisher.statistics.rule_entries import ENTRIES


def statistics_of(example):
    """Return the statistics of a report for 2017 whose first section is an example in Markdown."""
    report = f"# 某市2017年政府信息公开工作年度报告\n\n## 一、概述\n\n{example}\n"
    source, _ = read_bytes(report.encode(), name="report.md")
    return extract(parse(normalise(source)[0], overrides=MetadataOverrides()).report)


@pytest.mark.parametrize(
    ("check", "example"),
    [
        pytest.param(check, example, id=f"{check.name}-{number}")
        for check in ENTRIES
        for number, example in enumerate(check.examples, 1)
    ],
)
def test_an_example_that_fails_gives_the_documented_finding(check, example):
    (finding,) = failures(statistics_of(example.before))
    assert finding.message == example.after
    assert finding.clause in check.codes


@pytest.mark.parametrize(
    ("check", "text"),
    [
        pytest.param(check, text, id=f"{check.name}-{number}")
        for check in ENTRIES
        for number, text in enumerate(check.unchanged, 1)
    ],
)
def test_an_example_that_holds_gives_no_finding(check, text):
    checks = statistics_of(text).checks
    assert not [result for result in checks if result.outcome is Outcome.FAILS]


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


def test_every_check_has_its_own_name():
    names = [check.name for check in ENTRIES]
    assert len(names) == len(set(names))
