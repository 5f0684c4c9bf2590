"""Relations between the figures of a sentence: a total and its parts, a level and its change, a rate.

Input: a ``Statement`` with its totals. Output: ``Relation``s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from publisher.model import Relation
from publisher.reference.units import SHARES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.statistics.statement import Statement, Total


def find_relations(statement: Statement) -> Iterator[Relation]:
    """Yield the relations between the figures of a sentence."""
    quantities = statement.quantities
    for total in statement.totals:
        if _is_balance(statement, total):
            continue
        for part in total.parts:
            yield _relation(statement, "part", part, total.total)
    for index in range(1, len(quantities)):
        words = statement.words_before(index)
        same_unit = quantities[index].unit == quantities[index - 1].unit
        if quantities[index].unit in SHARES and quantities[index - 1].number is not None:
            if "。" not in words and "；" not in words and quantities[index - 1].unit not in SHARES:
                yield _relation(statement, "rate", index, index - 1)
        elif same_unit and statement.readings[index].kind == "change":
            yield _relation(statement, "change", index, index - 1)


def _is_balance(statement: Statement, total: Total) -> bool:
    """Return whether a sum is that of an account, whose sides are no parts: 收入5127万元，支出4986万元，结余141万元."""
    return "收入" in statement.readings[total.total].measure and any(
        "支出" in statement.readings[part].measure for part in total.parts
    )


def _relation(
    statement: Statement, kind: Literal["part", "change", "rate"], index: int, base: int
) -> Relation:
    return Relation(
        kind=kind,
        offset=statement.quantity_locator(index).offset,
        base=statement.quantity_locator(base).offset,
    )
