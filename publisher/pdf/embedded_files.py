"""The embedded files of a finished PDF.

Input: the catalogue from pypdf. Output: ``EmbeddedFile``s with their data. Serves ISO 32000-1 7.11.4 (embedded
file streams) and ISO 32000-2 14.13 (associated files).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from publisher.pdf.structure_tree import read_name_tree, string
from publisher.pdf.syntax import resolve, stream_data


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedFile:
    """An embedded file."""

    name: str
    data: bytes
    relationship: str
    """``AFRelationship``: Source, Data and so on; empty if the file has none."""
    media_type: str
    description: str
    associated: bool
    """Whether the catalogue's ``AF`` lists it."""


def read_embedded_files(catalog: Any) -> tuple[EmbeddedFile, ...]:
    """Return the files in the EmbeddedFiles name tree and in ``AF``, each once (7.11.4)."""
    names = resolve(catalog.get("/Names")) or {}
    associated = [resolve(raw) for raw in resolve(catalog.get("/AF")) or ()]
    named = [resolve(raw) for _, raw in read_name_tree(names.get("/EmbeddedFiles"))]
    specifications = {id(raw): raw for raw in (*named, *associated)}
    associated_ids = {id(raw) for raw in associated}
    files = []
    for key, raw in specifications.items():
        streams = resolve(raw["/EF"])
        stream = resolve(streams.get("/UF", streams.get("/F")))
        files.append(
            EmbeddedFile(
                name=string(raw.get("/UF")) or string(raw.get("/F")),
                data=stream_data(stream),
                relationship=string(raw.get("/AFRelationship")),
                media_type=string(stream.get("/Subtype")),
                description=string(raw.get("/Desc")),
                associated=key in associated_ids,
            )
        )
    return tuple(files)
