"""JSON-stat 2.0: a sparse cube of the figures of a report.

The dimensions are the indicator (measure, kind and unit, since a level and its rate of change have other units), the place that
the report names, the status (result, target …), the period, and the number of the statement, since a report may
state a figure twice. Values are by the number of their cell. The value of a range, and of a figure with more digits than a double keeps, is
``null`` with a status; its text and the other fields of a fact are in ``extension``, fact by fact, with the number of the cell.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from publisher.export.facts import is_exact_number, is_single_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_RANGE, _LONG = "range", "long"
_DIMENSIONS = ("indicator", "scope", "status", "period", "statement")
_ROLES = {"metric": ["indicator"], "geo": ["scope"], "time": ["period"]}


def encode_json_stat(record: Mapping[str, Any]) -> bytes:
    """Return the observations of a record as a JSON-stat dataset."""
    report, facts = record["report"], record["observations"]
    coordinates = _coordinates(facts)
    categories = [
        list(dict.fromkeys(point[number] for point in coordinates))
        for number in range(len(_DIMENSIONS))
    ]
    sizes = [len(members) for members in categories]
    positions = [
        {member: position for position, member in enumerate(members)} for members in categories
    ]
    cells = [_cell(point, positions, sizes) for point in coordinates]
    dataset: dict[str, Any] = {
        "version": "2.0",
        "class": "dataset",
        "label": report["title"],
        "source": report["issuer"],
        "updated": report["date"],
        "id": list(_DIMENSIONS),
        "size": sizes,
        "role": _ROLES,
        "dimension": {
            name: _dimension(name, members)
            for name, members in zip(_DIMENSIONS, categories, strict=True)
        },
        "value": {
            str(cell): _value(fact["value"]) for cell, fact in zip(cells, facts, strict=True)
        },
        "status": {
            str(cell): _LONG if is_single_value(fact["value"]) else _RANGE
            for cell, fact in zip(cells, facts, strict=True)
            if not is_exact_number(fact["value"])
        },
        "extension": {
            "facts": [
                {"cell": cell, **{key: fact[key] for key in sorted(fact)}}
                for cell, fact in zip(cells, facts, strict=True)
            ]
        },
    }
    _add_units(dataset["dimension"]["indicator"]["category"], coordinates, facts)
    if not report["date"]:
        del dataset["updated"]
    return (json.dumps(dataset, ensure_ascii=False, indent=1) + "\n").encode()


_Point = tuple[str, str, str, str, str]


def _coordinates(facts: Iterable[Mapping[str, Any]]) -> list[_Point]:
    """Return the category of each fact in each dimension; no two facts are in one cell."""
    statements: dict[tuple[str, str, str, str], int] = defaultdict(int)
    points: list[_Point] = []
    for fact in facts:
        point = (
            _indicator(fact),
            fact.get("scope", ""),
            fact.get("status", "result"),
            fact["period"],
        )
        statements[point] += 1
        points.append((*point, str(statements[point])))
    return points


def _indicator(fact: Mapping[str, Any]) -> str:
    """Return the name of an indicator: 地区生产总值 | level | 亿元."""
    measure = fact.get("measure") or fact["subject"]
    return " | ".join((measure, fact.get("kind", "level"), fact["unit"]))


def _cell(point: _Point, positions: Sequence[Mapping[str, int]], sizes: Sequence[int]) -> int:
    """Return the number of a cell, with the last dimension running fastest."""
    number = 0
    for member, position, size in zip(point, positions, sizes, strict=True):
        number = number * size + position[member]
    return number


def _dimension(name: str, members: Sequence[str]) -> dict[str, Any]:
    return {
        "label": name,
        "category": {"index": list(members), "label": {member: member for member in members}},
    }


def _add_units(
    category: dict[str, Any], points: Sequence[_Point], facts: Sequence[Mapping[str, Any]]
) -> None:
    """Give each indicator its unit, and as many decimals as its most exact figure has."""
    units: dict[str, dict[str, Any]] = {}
    for (indicator, *_), fact in zip(points, facts, strict=True):
        unit = units.setdefault(indicator, {"label": fact["unit"], "decimals": 0})
        unit["decimals"] = max(unit["decimals"], len(fact["value"].partition(".")[2]))
    category["unit"] = units


def _value(value: str) -> int | float | None:
    if not is_exact_number(value):
        return None
    return float(value) if "." in value else int(value)
