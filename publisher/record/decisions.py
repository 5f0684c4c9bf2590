"""The decisions of a person in a record: written with their places, and read again for a later verification."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from publisher.model import (
    CaptionDecision,
    Decisions,
    EditDecision,
    LineDecision,
    Locator,
)

if TYPE_CHECKING:
    from publisher.model.record_types import (
        DecisionsRecord,
        EditDecisionRecord,
        LineDecisionRecord,
        Record,
    )


def describe_decisions(name: str, data: bytes, decisions: Decisions) -> DecisionsRecord:
    """Return the entry of the decisions.

    Args:
        name: The name of the decisions file.
        data: Its content.
        decisions: Those of its decisions that fit the source.

    """
    entry: DecisionsRecord = {
        "file": name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "edits": [_edit(item) for item in decisions.edits],
        "lines": [_line(item) for item in decisions.lines],
        "captions": [
            {
                "offset": item.locator.offset,
                "length": item.locator.length,
                "caption": item.caption,
            }
            for item in decisions.captions
        ],
    }
    if decisions.title:
        entry["title"] = decisions.title
    if decisions.subtitle:
        entry["subtitle"] = decisions.subtitle
    if decisions.issuer:
        entry["issuer"] = decisions.issuer
    if decisions.date:
        entry["date"] = decisions.date
    return entry


def decode_decisions(record: Record) -> Decisions:
    """Return the decisions of a record."""
    entry = record.get("decisions")
    if entry is None:
        return Decisions()
    return Decisions(
        edits=tuple(
            EditDecision(
                rule=item["rule"],
                accepted=item["decision"] == "accept",
                locator=(
                    Locator(offset=item["offset"], length=item.get("length", 0))
                    if "offset" in item
                    else None
                ),
                before=item.get("before", ""),
                after=item.get("after"),
            )
            for item in entry["edits"]
        ),
        lines=tuple(
            LineDecision(
                locator=Locator(offset=item["offset"], length=item["length"]),
                role=item["role"],
                level=item.get("level", 0),
            )
            for item in entry["lines"]
        ),
        captions=tuple(
            CaptionDecision(
                locator=Locator(offset=item["offset"], length=item["length"]),
                caption=item["caption"],
            )
            for item in entry["captions"]
        ),
        title=entry.get("title", ""),
        subtitle=entry.get("subtitle", ""),
        issuer=entry.get("issuer", ""),
        date=entry.get("date", ""),
    )


def _edit(item: EditDecision) -> EditDecisionRecord:
    entry: EditDecisionRecord = {
        "rule": item.rule,
        "decision": "accept" if item.accepted else "reject",
    }
    if item.locator:
        entry["offset"] = item.locator.offset
        entry["length"] = item.locator.length
        entry["before"] = item.before
    if item.after is not None:
        entry["after"] = item.after
    return entry


def _line(item: LineDecision) -> LineDecisionRecord:
    entry: LineDecisionRecord = {
        "offset": item.locator.offset,
        "length": item.locator.length,
        "role": item.role,
    }
    if item.level:
        entry["level"] = item.level
    return entry
