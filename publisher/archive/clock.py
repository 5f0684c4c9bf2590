"""The time of archiving: ``SOURCE_DATE_EPOCH`` if it is set, otherwise the clock.

A publication itself never depends on the clock. The metadata of a bag records when an event happened, so it needs the
real time.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from publisher.system.document_date import timestamp


def archiving_time() -> str:
    """Return the time in ISO 8601, to the second, in UTC."""
    return timestamp("") or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def source_date_epoch() -> str:
    """Return the value of ``SOURCE_DATE_EPOCH``; empty if it is not set."""
    return os.environ.get("SOURCE_DATE_EPOCH", "")
