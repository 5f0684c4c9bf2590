"""The metadata of a report as fields: the value, what was decided, and where in the text it was found.

Input: the report, the decisions about it and the options. Output: a ``Field`` for title, subtitle, issuer, date and number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from publisher.messages import translatable
from publisher.model import Locator, PartLine
from publisher.serve.desk.report_view import Field
from publisher.text.dates import date_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from publisher.model import Report, Text

FieldName = Literal["title", "subtitle", "issuer", "date", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line that may name a field, and what it is as a message."""

    part: str
    text: Text


def metadata_fields(report: Report, decided: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the fields of a report.

    Args:
        report: The report, decisions followed.
        decided: What a person decided, by the name of the field; empty texts are detected.

    """
    metadata = report.metadata
    values: dict[FieldName, str] = {
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "issuer": metadata.publisher,
        "date": metadata.date,
        "number": metadata.identifier,
    }
    lines = list(_lines(report))
    return tuple(
        _field(name, value, decided.get(name, ""), lines) for name, value in values.items()
    )


def _field(name: FieldName, value: str, decided: str, lines: list[_Line]) -> Field:
    line = _find(name, value, lines) if value else None
    if decided:
        origin = translatable("entered by a person")
    elif not value:
        origin = translatable("not in the report")
    elif line:
        origin = line.part
    elif name == "title":
        origin = translatable("the name of the file or its properties")
    else:
        origin = translatable(
            "the title, the properties of the file, or the page around the report"
        )
    return Field(
        name=name,
        value=value,
        is_decided=bool(decided),
        origin=origin,
        locator=_stripped_locator(line.text) if line else None,
    )


def _find(name: FieldName, value: str, lines: list[_Line]) -> _Line | None:
    """Return the line that names a field: of several, the first of those that have nothing else, else the first."""
    matches: dict[FieldName, Callable[[str], bool]] = {
        "title": lambda text: text in _condensed(value) and len(text) > 3,
        "subtitle": lambda text: text in _condensed(value),
        "issuer": lambda text: any(_condensed(part) in text for part in value.split("、")),
        "date": lambda text: (date_in(text) or "").startswith(value),
        "number": lambda text: _condensed(value) in text,
    }
    parts = {
        "title": ("the title",),
        "subtitle": ("a line below the title",),
    }.get(name, ())
    candidates = [
        line
        for line in lines
        if (not parts or line.part in parts) and matches[name](_condensed(line.text.string))
    ]
    exact = [line for line in candidates if _condensed(line.text.string) == _condensed(value)]
    return next(iter(exact or candidates), None)


def _lines(report: Report) -> Iterator[_Line]:
    yield from _of(translatable("the signature"), report.sign_off)
    yield from _of(
        translatable("a line above the title"),
        (part.text for part in report.masthead if isinstance(part, PartLine)),
    )
    yield from _of(
        translatable("a line below the title"), (line.text for line in report.below_title)
    )
    yield from _of(translatable("the title"), report.title)
    yield from _of(
        translatable("a line at the end"),
        (line.text for line in (*report.remarks, *report.imprint)),
    )


def _of(part: str, texts: Iterable[Text]) -> Iterator[_Line]:
    return (_Line(part=part, text=text) for text in texts)


def _stripped_locator(text: Text) -> Locator:
    stripped = text.strip()
    return stripped.locator


def _condensed(text: str) -> str:
    return "".join(text.split())
