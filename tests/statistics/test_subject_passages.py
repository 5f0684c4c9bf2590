"""What the figures of short passages count, construction by construction (gold/subjects)."""

from dataclasses import replace

import pytest

from tests.corpus.subject_passages import faults_of, read_passages

SHARES = {"open": 0.96, "blind": 0.93, "clauses": 0.78}
"""The share of right subjects that each part has at least."""


@pytest.mark.parametrize("part", SHARES)
def test_subjects_of_passages(part):
    answers = wrong = 0
    for passage in read_passages(part):
        answers += len(passage.answers)
        wrong += len({text for name, text in faults_of(passage) if name == "subject"})
    assert answers > 100
    assert 1 - wrong / answers >= SHARES[part]


def test_a_wrong_answer_is_a_fault():
    passage = next(iter(read_passages("open")))
    assert faults_of(passage) == []
    first, *rest = passage.answers
    wrong = replace(passage, answers=(replace(first, subject="车辆", status="target"), *rest))
    assert [name for name, _ in faults_of(wrong)] == ["subject", "status"]
