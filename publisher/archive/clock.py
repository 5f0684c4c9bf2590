"""When archiving is done: ``SOURCE_DATE_EPOCH`` where it is set, else the clock.

The publication itself knows no clock. Its envelope says when something happened, and an invented
moment would be a falsehood.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from publisher.system.document_date import timestamp


def now() -> str:
    """Return the moment in ISO 8601, to the second, in UTC."""
    return timestamp("") or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def epoch() -> str:
    """Return ``SOURCE_DATE_EPOCH`` as it is in force; empty where it is not."""
    return os.environ.get("SOURCE_DATE_EPOCH", "")
