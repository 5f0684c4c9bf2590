"""JSON-stat 2.0: a dataset with one dimension, whose categories are the facts.

Fields that the format does not have are in ``extension``, fact by fact. The value of a range, and of a figure
with more digits than a double keeps, is ``null`` with a status; its text is in ``extension``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from publisher.export.facts import is_exact_number, is_single_value

if TYPE_CHECKING:
    from collections.abc import Mapping

_RANGE, _LONG = "range", "long"


def encode_json_stat(record: Mapping[str, Any]) -> bytes:
    """Return the observations of a record as a JSON-stat dataset."""
    report, facts = record["report"], record["observations"]
    names = [f"f{number}" for number in range(len(facts))]
    dataset = {
        "version": "2.0",
        "class": "dataset",
        "label": report["title"],
        "source": report["issuer"],
        "updated": report["date"],
        "id": ["fact"],
        "size": [len(facts)],
        "role": {"metric": ["fact"]},
        "dimension": {
            "fact": {
                "label": "fact",
                "category": {
                    "index": names,
                    "label": {
                        name: fact["subject"] for name, fact in zip(names, facts, strict=True)
                    },
                    "unit": {
                        name: {
                            "label": fact["unit"],
                            "decimals": len(fact["value"].partition(".")[2]),
                        }
                        for name, fact in zip(names, facts, strict=True)
                    },
                },
            }
        },
        "value": [_value(fact["value"]) for fact in facts],
        "status": {
            str(number): _LONG if is_single_value(fact["value"]) else _RANGE
            for number, fact in enumerate(facts)
            if not is_exact_number(fact["value"])
        },
        "extension": {
            "facts": [
                {key: fact[key] for key in sorted(fact) if key not in ("subject", "unit")}
                for fact in facts
            ]
        },
    }
    if not report["date"]:
        del dataset["updated"]
    return (json.dumps(dataset, ensure_ascii=False, indent=1) + "\n").encode()


def _value(value: str) -> int | float | None:
    if not is_exact_number(value):
        return None
    return float(value) if "." in value else int(value)
