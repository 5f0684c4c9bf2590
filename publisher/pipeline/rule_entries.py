"""The documented findings of this package, for ``publisher rules``."""

from publisher.pipeline.findings import FINDING_RULES

ENTRIES = FINDING_RULES
