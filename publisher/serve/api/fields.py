"""The fields of a request: their names, types, choices and help, made from the fields of ``Options``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from publisher.errors import UsageError
from publisher.messages import translatable
from publisher.options import NO_FILE
from publisher.serve.option_values import OPTION_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable

FieldKind = Literal["file", "text", "flag", "number", "list", "table"]
_TRUE, _FALSE = ("true", "1", "yes", "on"), ("false", "0", "no", "off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form."""

    name: str
    kind: FieldKind
    help: str
    choices: tuple[str, ...] = ()
    default: Any = None
    """The value that counts if the field is absent; ``None`` if there is none."""
    required: bool = False
    is_option: bool = False
    """Whether it is one of ``Options``."""

    def parse(self, text: str) -> Any:
        """Return the value that a text of the form stands for; raise ``UsageError`` if it stands for none."""
        return _PARSERS[self.kind](self.name, text)


def _parse_flag(name: str, text: str) -> bool:
    word = text.strip().lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise UsageError(
        translatable("{name}: {text!r} is not true or false", name=name, text=text[:80]),
        hint="write true or false, or leave the field out",
    )


def _parse_number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if number - number == 0:  # neither infinite nor no number
        return number
    raise UsageError(
        translatable("{name}: {text!r} is not a number", name=name, text=text[:80]),
        hint="write it with digits and a point: 3.5",
    )


def _parse_list(_name: str, text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _parse_table(name: str, text: str) -> dict[str, list[str]]:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        table = None
    if isinstance(table, dict) and all(
        isinstance(part, list) and all(isinstance(item, str) for item in part)
        for part in table.values()
    ):
        return table
    raise UsageError(
        translatable("{name}: a table of lists is required", name=name),
        hint='write it as JSON: {"fangsong": ["FZFangSong-Z02"]}',
    )


_PARSERS: dict[FieldKind, Callable[[str, str], Any]] = {
    "text": lambda _name, text: text,
    "flag": _parse_flag,
    "number": _parse_number,
    "list": _parse_list,
    "table": _parse_table,
}


def option_field(name: str) -> Field:
    """Return the field of an option; one that names a file is sent as that file."""
    item = OPTION_FIELDS[name]
    kind = _kind(name, item.default)
    return Field(
        name=name,
        kind=kind,
        help=item.metadata["help"],
        choices=item.metadata["choices"],
        default=None if item.default == NO_FILE else item.default,
        is_option=True,
    )


def _kind(name: str, default: Any) -> FieldKind:
    if name == "fonts":
        return "table"
    if default == NO_FILE:
        return "file"
    if isinstance(default, bool):
        return "flag"
    if isinstance(default, float):
        return "number"
    return "list" if isinstance(default, tuple) else "text"
