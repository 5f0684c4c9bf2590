"""The date of a finished file: ``SOURCE_DATE_EPOCH`` if it is set, else the date of the report."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from publisher.errors import PublisherError
from publisher.messages import translatable


def timestamp(date: str, epoch: str | None = None) -> str:
    """Return a file's date: ``SOURCE_DATE_EPOCH`` (``epoch``), or midnight of the report's date in China.

    Of a report that names only a month (2024-04), it is the first day of the month.
    """
    if epoch is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
        except (ValueError, OverflowError, OSError) as error:
            raise PublisherError(
                translatable(
                    "SOURCE_DATE_EPOCH is not a number of seconds: {epoch!r}", epoch=epoch
                ),
                hint="unset it",
            ) from error
    day = first_day(date)
    return f"{day}T00:00:00+08:00" if date else ""


def first_day(date: str) -> str:
    """Return the day of a date, or the first day of a month: 2024-04 is 2024-04-01."""
    return f"{date}-01" if len(date) == len("2024-04") else date
