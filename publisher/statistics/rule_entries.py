"""The documented arithmetic checks, for ``publisher rules``."""

from publisher.model import RuleEntry
from publisher.statistics.checks import (
    OTHER_TABLE_CHECKS,
    REPORT_CHECKS,
    SENTENCE_CHECKS,
    TABLE_CHECKS,
)

ENTRIES: tuple[RuleEntry, ...] = (
    *SENTENCE_CHECKS,
    *REPORT_CHECKS,
    *TABLE_CHECKS,
    *OTHER_TABLE_CHECKS,
)
