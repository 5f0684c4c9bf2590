"""The attachments of a finished PDF.

Enters: the catalogue as pypdf holds it. Leaves: frozen ``EmbeddedFile``s with their data. Serves
ISO 32000-1 7.11.4 (embedded files); ISO 32000-2 14.13 (associated files).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from publisher.pdf.structure_tree import name_tree, string
from publisher.pdf.syntax import resolve, stream_data


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedFile:
    """An attachment."""

    name: str
    data: bytes
    relationship: str
    """``AFRelationship``: Source, Data and so on; empty where the file does not say."""
    media_type: str
    description: str
    associated: bool
    """Whether the catalogue's ``AF`` lists it."""


def read_embedded_files(catalog: Any) -> tuple[EmbeddedFile, ...]:
    """Return the attachments of the name tree and of ``AF``, each once (7.11.4)."""
    names = resolve(catalog.get("/Names")) or {}
    associated = [resolve(raw) for raw in resolve(catalog.get("/AF")) or ()]
    listed = [resolve(raw) for _, raw in name_tree(names.get("/EmbeddedFiles"))]
    specifications = {id(raw): raw for raw in (*listed, *associated)}
    of_catalog = {id(raw) for raw in associated}
    files = []
    for key, raw in specifications.items():
        embedded = resolve(raw["/EF"])
        stream = resolve(embedded.get("/UF", embedded.get("/F")))
        files.append(
            EmbeddedFile(
                name=string(raw.get("/UF")) or string(raw.get("/F")),
                data=stream_data(stream),
                relationship=string(raw.get("/AFRelationship")),
                media_type=string(stream.get("/Subtype")),
                description=string(raw.get("/Desc")),
                associated=key in of_catalog,
            )
        )
    return tuple(files)
