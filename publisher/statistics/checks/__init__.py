"""Recompute the arithmetic of a report: sums, rates, growth, lists with a count, repeated facts, tables.

Input: the statements and tables of a report. Output: ``Check``s. A statement holds, fails or cannot be
verified. A true statement never fails: where the wording leaves open what a figure relates to, the check
reports that the statement cannot be verified. Figures are exact decimals.

To add a check, write a module in this package, add its function to one of the lists below and test it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Outcome
from publisher.statistics.checks.averages import check_averages
from publisher.statistics.checks.balances import check_balances
from publisher.statistics.checks.breakdowns import check_breakdowns
from publisher.statistics.checks.changes_between_sentences import (
    check_changes_between_sentences,
)
from publisher.statistics.checks.directions import check_directions
from publisher.statistics.checks.earlier_columns import check_earlier_columns
from publisher.statistics.checks.enumerations import check_enumerations
from publisher.statistics.checks.indicator_tables import check_indicator_table
from publisher.statistics.checks.misprinted_cells import check_misprinted_cells
from publisher.statistics.checks.misprinted_figures import check_misprinted_figures
from publisher.statistics.checks.named_differences import check_named_differences
from publisher.statistics.checks.named_pairs import check_named_pairs
from publisher.statistics.checks.named_rates import check_named_rates
from publisher.statistics.checks.named_rows import check_named_rows
from publisher.statistics.checks.named_sums import check_named_sums
from publisher.statistics.checks.named_wholes import check_named_wholes
from publisher.statistics.checks.official_forms import check_official_form
from publisher.statistics.checks.percentage_sums import check_percentage_sums
from publisher.statistics.checks.period_sums import check_period_sums
from publisher.statistics.checks.rank_order import check_rank_order
from publisher.statistics.checks.ranks import check_ranks
from publisher.statistics.checks.rates import check_rates
from publisher.statistics.checks.remainders import check_remainders
from publisher.statistics.checks.repetitions import check_repetitions
from publisher.statistics.checks.restated_counts import check_restated_counts
from publisher.statistics.checks.row_shares import check_row_shares
from publisher.statistics.checks.share_lists import check_share_lists
from publisher.statistics.checks.shares import check_shares
from publisher.statistics.checks.stock_flows import check_stock_flows
from publisher.statistics.checks.sums import check_sums
from publisher.statistics.checks.superlatives import check_superlatives
from publisher.statistics.checks.table_identities import check_table_identities
from publisher.statistics.checks.table_parts import check_table_parts
from publisher.statistics.checks.table_rates import check_table_rates
from publisher.statistics.checks.table_totals import check_table_totals
from publisher.statistics.checks.text_against_form import check_text_against_form
from publisher.statistics.checks.text_against_table import check_text_against_table
from publisher.statistics.passages import SectionTable
from publisher.statistics.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publisher.model import Check
    from publisher.statistics.checks.arithmetic_check import (
        ReportCheck,
        ReportStatements,
        SentenceCheck,
        TableCheck,
    )

SENTENCE_CHECKS: tuple[SentenceCheck, ...] = (
    check_sums,
    check_balances,
    check_named_differences,
    check_rates,
    check_directions,
    check_enumerations,
)
"""Called with each sentence that has figures, and the sentences before it in its section."""
REPORT_CHECKS: tuple[ReportCheck, ...] = (
    check_ranks,
    check_percentage_sums,
    check_share_lists,
    check_named_sums,
    check_named_rows,
    check_named_pairs,
    check_shares,
    check_row_shares,
    check_averages,
    check_named_rates,
    check_remainders,
    check_stock_flows,
    check_breakdowns,
    check_period_sums,
    check_rank_order,
    check_superlatives,
    check_named_wholes,
    check_repetitions,
    check_text_against_form,
    check_text_against_table,
    check_earlier_columns,
    check_changes_between_sentences,
    check_restated_counts,
    check_misprinted_figures,
    check_misprinted_cells,
)
"""Called once with the whole report."""
TABLE_CHECKS: tuple[TableCheck, ...] = (check_official_form, check_indicator_table)
"""Called with each table. They recognise the tables that they know, and yield nothing for others."""
OTHER_TABLE_CHECKS: tuple[TableCheck, ...] = (
    check_table_totals,
    check_table_parts,
    check_table_rates,
    check_table_identities,
)
"""Called with each table for which ``TABLE_CHECKS`` yield nothing."""

PRECEDING_SENTENCES = 6
"""How many sentences before its own a check may look for a total."""


def check_report(
    report: ReportStatements, report_checks: tuple[ReportCheck, ...] = REPORT_CHECKS
) -> Iterator[Check]:
    """Yield the result for every statement that can be recomputed, or that would need to be; the same one once.

    A rate that one check cannot verify is left to another that can. A share fails only if no check verifies it. A figure
    that differs from two others is reported with the first.
    """
    checks = list(_check_items(report, report_checks))
    proved = {_claim(check) for check in checks if check.outcome is not Outcome.UNVERIFIABLE}
    right = {_claim(check) for check in checks if check.outcome is Outcome.HOLDS}
    known: set[tuple[str, int, str, str, Outcome]] = set()
    for check in checks:
        claim = _claim(check)
        is_open = check.outcome is Outcome.UNVERIFIABLE and claim[0] in ("percentage", "growth")
        is_other_reading = check.outcome is Outcome.FAILS and claim[0] == "percentage"
        if (is_open and claim in proved) or (is_other_reading and claim in right):
            continue
        if check.kind == "repetition" and check.outcome is Outcome.FAILS:
            # words for nothing (没有发生行政复议、行政诉讼) are one place of several figures
            numbers = (check.stated, check.subject if check.stated == "0" else "")
        else:
            numbers = (check.stated, check.computed)
        key = (*claim, *numbers, check.outcome)
        if check.kind in ("enumeration", "table-identity") or key not in known:
            known.add(key)
            yield check


def _claim(check: Check) -> tuple[str, int]:
    """Return what is checked: checks that read one rate in two ways have one claim."""
    return check.kind, check.locator.offset


def _check_items(
    report: ReportStatements, report_checks: tuple[ReportCheck, ...]
) -> Iterator[Check]:
    statements = [item for item in report.items if isinstance(item, Statement) and item.quantities]
    for position, statement in enumerate(statements):
        preceding = [
            other
            for other in statements[max(0, position - PRECEDING_SENTENCES) : position]
            if other.passage.section == statement.passage.section
        ]
        for check_sentence in SENTENCE_CHECKS:
            yield from check_sentence(statement, preceding)
    for check_whole in report_checks:
        yield from check_whole(report)
    for item in report.items:
        if isinstance(item, SectionTable):
            known = [result for check in TABLE_CHECKS for result in check(item.table)]
            yield from known or (
                result for check in OTHER_TABLE_CHECKS for result in check(item.table)
            )
