"""The content of a decisions file, as it is written: entries with their types, and their validation.

Input: the bytes of a file. Output: ``DecisionEntries``. The format is TOML; ``docs/review.md`` describes its keys.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from msgspec import Meta, Struct, ValidationError, convert

from publisher.decisions.mistakes import describe_mistake
from publisher.errors import ConfigurationError, UsageError
from publisher.messages import translatable
from publisher.model import LineRole
from publisher.options import parse_day, require_printable
from publisher.text.name_suggestions import suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Count = Annotated[int, Meta(ge=0)]
Level = Annotated[int, Meta(ge=0, le=6)]
NonEmptyText = Annotated[str, Meta(min_length=1)]
Digest = Annotated[str, Meta(pattern="^([0-9a-f]{64})?$")]
Choice = Literal["accept", "reject"]


class SourceEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The source that the decisions are about."""

    file: str = ""
    """Its file name, without a folder."""
    sha256: Digest = ""


class ReportEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The metadata of the report; empty texts are detected."""

    title: str = ""
    subtitle: str = ""
    issuer: str = ""
    date: str = ""
    note: str = ""


class EditEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision about all edits of a rule, or about the edit at one place if it has ``before``."""

    rule: NonEmptyText
    decision: Choice
    before: str = ""
    after: str | None = None
    offset: Count | None = None
    text: str = ""
    """The text of the source at the place, if it is not ``before``."""
    preceding: str = ""
    following: str = ""
    note: str = ""


class LineEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The role of the line that begins with ``text``."""

    text: NonEmptyText
    role: LineRole
    level: Level = 0
    offset: Count | None = None
    preceding: str = ""
    following: str = ""
    note: str = ""


class TableEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The caption of the table that contains ``text``."""

    text: NonEmptyText
    caption: NonEmptyText
    offset: Count | None = None
    preceding: str = ""
    following: str = ""
    note: str = ""


class DecisionEntries(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All entries of a decisions file."""

    source: SourceEntry = SourceEntry()
    report: ReportEntry = ReportEntry()
    edit: tuple[EditEntry, ...] = ()
    line: tuple[LineEntry, ...] = ()
    table: tuple[TableEntry, ...] = ()


_TABLES: Mapping[str, type[Struct]] = {
    "source": SourceEntry,
    "report": ReportEntry,
    "edit": EditEntry,
    "line": LineEntry,
    "table": TableEntry,
}
_CHOICES = {
    ("edit", "decision"): get_args(Choice),
    ("line", "role"): get_args(LineRole),
}
_EXAMPLE = 'a decision looks like: [[edit]] rule = "punctuation", decision = "reject", each on its own line'


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsFile:
    """A decisions file: its name and its content."""

    name: str
    """The file's name, without its folder."""
    data: bytes
    where: str
    """The path that messages name."""

    def entries(self) -> DecisionEntries:
        """Return the entries of the file.

        Raises:
            ConfigurationError: The file is not TOML in UTF-8, or a key or a value is not possible.

        """
        return parse_entries(self.data, where=self.where)


def parse_entries(data: bytes, *, where: str) -> DecisionEntries:
    """Return the entries of a decisions file.

    Args:
        data: The content of the file.
        where: The path that messages name.

    Raises:
        ConfigurationError: It is not TOML in UTF-8, or a key or a value is not possible.

    """
    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(
            translatable("is not TOML: {error}", error=error), where=where, hint=_EXAMPLE
        ) from error
    _check_names(content, where)
    try:
        entries = convert(content, DecisionEntries)
    except ValidationError as error:
        message, hint = describe_mistake(content, error)
        raise ConfigurationError(message, where=where, hint=hint) from error
    return _check_values(entries, where)


def _check_names(content: dict[str, Any], where: str) -> None:
    """Raise ``ConfigurationError`` for a key that does not exist, with the nearest one that does."""
    for table, value in content.items():
        if table not in _TABLES:
            raise ConfigurationError(
                translatable("no table is called {table!r}", table=table),
                where=where,
                hint=suggest_name(table, tuple(_TABLES)),
            )
        for label, entry in _labelled(table, value):
            for key, part in entry.items():
                fields = _TABLES[table].__struct_fields__
                if key not in fields:
                    raise ConfigurationError(
                        translatable("{label}: no key is called {key!r}", label=label, key=key),
                        where=where,
                        hint=suggest_name(key, fields),
                    )
                choices = _CHOICES.get((table, key), ())
                if choices and part not in choices:
                    raise ConfigurationError(
                        translatable(
                            "{label}, {key}: {part!r} is not a possible value",
                            label=label,
                            key=key,
                            part=part,
                        ),
                        where=where,
                        hint=suggest_name(str(part), choices),
                    )
                if isinstance(part, dt.date) and key == "date":
                    entry[key] = part.isoformat()


def _labelled(table: str, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the entries of a table, each with its name in messages: edit 2."""
    if isinstance(value, dict):
        yield table, value
    elif isinstance(value, list):
        for number, entry in enumerate(value, 1):
            if isinstance(entry, dict):
                yield f"{table} {number}", entry


def _check_values(entries: DecisionEntries, where: str) -> DecisionEntries:
    """Return the entries with the date as ISO 8601; raise ``ConfigurationError`` for other values."""
    report = entries.report
    label = translatable("report")
    try:
        for name in ("title", "subtitle", "issuer"):
            require_printable(name, getattr(report, name))
        date = parse_day(report.date) if report.date else ""
        for number, table in enumerate(entries.table, 1):
            label = translatable("table {number}", number=number)
            require_printable("caption", table.caption)
    except UsageError as error:
        message = translatable("{label}, {message}", label=label, message=error.message)
        raise ConfigurationError(message, where=where, hint=error.hint) from error
    for number, edit in enumerate(entries.edit, 1):
        has_place_key = edit.offset is not None or edit.preceding or edit.following or edit.text
        if has_place_key and not edit.before:
            raise ConfigurationError(
                translatable("edit {number}: a place needs the key 'before'", number=number),
                where=where,
                hint="write the text that the edit replaces, or leave out the place for all edits of the rule",
            )
    for number, line in enumerate(entries.line, 1):
        if not line.text.strip():
            raise ConfigurationError(
                translatable("line {number}, text: is blank", number=number),
                where=where,
                hint="write how the line begins",
            )
        if line.level and line.role != "heading":
            raise ConfigurationError(
                translatable(
                    "line {number}, level: a {role} has no level", number=number, role=line.role
                ),
                where=where,
                hint='leave it out, or write role = "heading"',
            )
    return DecisionEntries(
        source=entries.source,
        report=ReportEntry(
            title=report.title,
            subtitle=report.subtitle,
            issuer=report.issuer,
            date=date,
            note=report.note,
        ),
        edit=entries.edit,
        line=entries.line,
        table=entries.table,
    )
