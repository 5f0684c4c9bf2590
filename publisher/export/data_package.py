"""The description of gathered tables as a Data Package (Frictionless Data, version 1): ``datapackage.json``.

Input: the tables by file name. Output: the descriptor with the name, digest, size and columns of each. Values are
text as the reports state them, so that no digit is lost; ``value`` may be a range and has no number type.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_INTEGERS = frozenset({"direction", "offset", "part_of", "page", "year_before"})
_YEARS = frozenset({"year"})
DESCRIPTIONS: Mapping[str, str] = {
    "id": "the beginning of the digest of the source and the offset in it; cite a figure by it",
    "issuer": "the office that issued the report; empty if the report names none",
    "region": "code of the office's region (GB/T 2260); empty if its name is not known",
    "year": "the year of the report",
    "measure": "what is counted, without words for the place",
    "section": "the section that states the figure",
    "subject": "what is counted, as the report says it",
    "scope": "where it is counted, as the report says it; empty if it does not say",
    "kind": "a level, a change of it, a rate of change or a share",
    "direction": "of a change or a rate: 1 if the measure grew, -1 if it fell, else 0",
    "status": "result, target, estimate or cumulative",
    "doubt": "why the measure is doubtful; empty if it is not",
    "value": "the figure as stated, not multiplied by its unit; a range has both ends: 15—20",
    "unit": "as in the source, with its magnitude",
    "qualifier": "words such as 多, 以内, 其中, separated by ;",
    "period": "the time that the figure is of",
    "part_of": "the offset of the total that the figure is a part of",
    "quote": "the words that state the figure",
    "offset": "position in the decoded source, in code points from 0",
    "page": "page of the PDF, from 1",
    "record": "the name of the report's record",
    "source_sha256": "SHA-256 of the source",
    "year_before": "the year before",
    "before": "the figure of the year before",
    "change": "value less before",
    "percent": "the change in per cent of before; empty for shares",
    "column": "the column of table 3 of the official form",
    "carried_over": "the number carried over from the year before",
    "carried_forward": "what the report of the year before carried forward",
}
"""What each column holds."""


def encode_data_package(
    name: str, tables: Mapping[str, tuple[Sequence[str], bytes]], *, reports: int
) -> bytes:
    """Return the descriptor.

    Args:
        name: The name of the package, in any characters.
        tables: The columns and the content of each CSV file, by its name.
        reports: How many reports the tables are made from.
    """
    descriptor = {
        "profile": "tabular-data-package",
        "name": _identifier(name),
        "title": name,
        "description": f"Figures of {reports} reports, as the reports state them.",
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": _identifier(file.removesuffix(".csv")),
                "path": file,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(data),
                "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
                "dialect": {"lineTerminator": "\r\n", "doubleQuote": True},
                "schema": {"fields": [_field(column) for column in columns]},
            }
            for file, (columns, data) in tables.items()
        ],
    }
    return (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode()


def _field(column: str) -> dict[str, Any]:
    kind = "integer" if column in _INTEGERS else "year" if column in _YEARS else "string"
    return {"name": column, "type": kind, "description": DESCRIPTIONS[column]}


def _identifier(name: str) -> str:
    """Return a name of lower-case Latin letters, digits and ``-._``, which the format requires."""
    plain = "".join(
        character if character.isascii() and character.isalnum() else "-"
        for character in name.lower()
    )
    return plain.strip("-") or "statistics"
