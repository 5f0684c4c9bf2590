"""The documented rules of this package, for ``publisher rules``."""

from publisher.normalise.findings import FINDING_RULES
from publisher.normalise.rules import RULES

ENTRIES = (*RULES, *FINDING_RULES)
