"""The check of ages."""

from collections.abc import Iterator

from publisher.extensions import (
    Check,
    Outcome,
    Reason,
    ReportStatements,
    Statement,
    arithmetic_check,
)

OLDEST_AGE = 122
"""The age of the oldest person on record, in years."""


@arithmetic_check(
    name="age",
    kinds=("sum",),
    reason="No person has reached 123 years.",
    fails=(("年龄最大的130岁。", "130 ≤ 122 is stated, 122 is computed"),),
    holds=("年龄最大的98岁。",),
    exceptions="ages in other units than 岁.",
)
def check_ages(report: ReportStatements) -> Iterator[Check]:
    """Compare each age with the oldest person on record."""
    statements = [item for item in report.items if isinstance(item, Statement)]
    for statement in statements:
        for index, quantity in enumerate(statement.quantities):
            if quantity.unit == "岁" and quantity.number is not None:
                holds = quantity.number <= OLDEST_AGE
                yield statement.make_check(
                    index,
                    kind="sum",
                    formula=f"{quantity.value} ≤ {OLDEST_AGE}",
                    numbers=(quantity.value, str(OLDEST_AGE)),
                    verdict=(Outcome.HOLDS if holds else Outcome.FAILS, Reason.NONE),
                )
