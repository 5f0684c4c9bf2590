"""The operations of the API: what can be asked for, with the fields of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.messages import translatable
from publisher.options import READING_OPTIONS
from publisher.reference.printing import USUAL_BLEED, USUAL_MAX_INK, USUAL_MIN_PPI
from publisher.serve.api.fields import Field, option_field
from publisher.serve.option_values import OPTION_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.serve.jobs.records import Kind

_file = partial(Field, kind="file")
_number = partial(Field, kind="number")
_SOURCE = _file(
    name="source", help="the report: HTML, .docx, Markdown, plain text and others", required=True
)
_LOCAL_OPTIONS = frozenset(("output", "engine", "extensions"))
"""Options that are about this machine, or for its developers; the server has its own extensions."""
_READING = tuple(name for name in READING_OPTIONS if name not in _LOCAL_OPTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Something that can be asked for: ``POST /v1/KIND``."""

    kind: Kind
    summary: str
    result: str
    """What the answer is."""
    media_types: tuple[str, ...]
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Return the field of a name, which may be written with hyphens; ``None`` if there is none."""
        name = name.replace("-", "_")
        return next((field for field in self.fields if field.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields."""
        return tuple(field.name for field in self.fields)


def _options(*names: str) -> tuple[Field, ...]:
    fields = map(option_field, names)
    return tuple(
        replace(field, help="name of a style that is installed") if field.name == "style" else field
        for field in fields
    )


_PDF = _file(name="pdf", help="the PDF", required=True)
_JSON = ("application/json",)
_OPERATIONS = (
    Operation(
        kind="publish",
        summary=translatable("publish a report as PDF, with its record"),
        result=translatable(
            "the PDF; with `emit`, or for a client that accepts application/zip, a ZIP file with all results"
        ),
        media_types=("application/pdf", "application/zip"),
        fields=(
            _SOURCE,
            *_options(*(name for name in OPTION_FIELDS if name not in _LOCAL_OPTIONS)),
        ),
    ),
    Operation(
        kind="check",
        summary=translatable(
            "check the figures of a report without building it, or the layout of an official document"
        ),
        result=translatable(
            "the checks, each with its outcome; or the items of GB/T 9704-2012, each with what was measured"
        ),
        media_types=_JSON,
        fields=(
            _SOURCE,
            *_options(*_READING, "strict"),
            Field(
                name="gb9704",
                kind="flag",
                default=False,
                help="measure the layout against GB/T 9704-2012 instead: a PDF as it is, a report as the style red-head "
                "sets it",
            ),
        ),
    ),
    Operation(
        kind="verify",
        summary=translatable(
            "verify a publication against its record, its source and the standards that it declares"
        ),
        result=translatable("a verdict for each check and each standard"),
        media_types=_JSON,
        fields=(
            _PDF,
            _file(name="record", help="the record that was written with the PDF"),
            _file(name="source", help="the source, if it is not embedded in the PDF"),
            replace(option_field("decisions"), help="the decisions file of the publication"),
        ),
    ),
    Operation(
        kind="preflight",
        summary=translatable("check whether a print shop can print a PDF"),
        result=translatable("the verdict, and the size, colours and fonts of each page"),
        media_types=_JSON,
        fields=(
            _PDF,
            replace(option_field("icc"), help="ICC profile that the PDF should have"),
            _number(name="bleed", default=USUAL_BLEED, help="bleed that is needed, in millimetres"),
            _number(
                name="max_ink",
                default=USUAL_MAX_INK,
                help="highest sum of all inks on one spot, in per cent",
            ),
            _number(
                name="min_ppi",
                default=USUAL_MIN_PPI,
                help="lowest resolution of pictures, in pixels per inch",
            ),
        ),
    ),
    Operation(
        kind="convert",
        summary=translatable(
            "convert the text of a report between Simplified and Traditional Chinese without publishing it"
        ),
        result=translatable("the text, and the characters that an editor should check"),
        media_types=_JSON,
        fields=(
            _SOURCE,
            *(replace(field, required=field.name == "script") for field in _options(*_READING)),
        ),
    ),
)
OPERATIONS: Mapping[str, Operation] = MappingProxyType({item.kind: item for item in _OPERATIONS})
"""The operations by kind."""
