"""Refusing what passes a limit, in one wording; the limits stand in ``options.LIMITS``."""

from __future__ import annotations

from publisher.errors import LimitError
from publisher.options import LIMITS


def require(name: str, number: int, *, where: str) -> None:
    """Raise ``LimitError`` where ``number`` is more than the limit ``name`` allows."""
    limit = LIMITS[name]
    if number > limit.most:
        raise LimitError(
            f"has {number:,} {limit.of}, more than the limit {name!r} of {limit.most:,}",
            where=where,
            hint=f"{limit.reason}; split the report, or leave out what is not part of it",
        )
