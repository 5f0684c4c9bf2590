"""A report's figures as data for other programs: CSV, a workbook, JSON-stat.

Input: observations and checks as in the record. Output: the bytes of a file, always the same for the same
record. Each row is one fact; a value is the decimal that the report states, not multiplied by its unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def encode_dataset(kind: str, record: Mapping[str, Any]) -> bytes:
    """Return the figures of a record as a file of that kind (a key of ``output_names.DATA_SUFFIXES``).

    Of the record, ``report``, ``observations`` and ``checks`` are read.
    """
    return _ENCODERS[kind](record)


def _csv(record: Mapping[str, Any]) -> bytes:
    from publisher.export.csv_table import encode_csv
    from publisher.export.facts import columns_of

    facts = record["observations"]
    return encode_csv(columns_of(facts), facts)


def _workbook(record: Mapping[str, Any]) -> bytes:
    from publisher.export.xlsx import encode_workbook

    return encode_workbook(record)


def _json_stat(record: Mapping[str, Any]) -> bytes:
    from publisher.export.json_stat import encode_json_stat

    return encode_json_stat(record)


_ENCODERS: Mapping[str, Callable[[Mapping[str, Any]], bytes]] = {
    "csv": _csv,
    "xlsx": _workbook,
    "json-stat": _json_stat,
}
