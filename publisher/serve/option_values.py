"""Options as values for JSON, and as ``Options``."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from publisher.errors import UsageError
from publisher.extensions import installed_styles
from publisher.messages import translatable
from publisher.options import Options
from publisher.text.name_suggestions import suggest_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OPTION_FIELDS = {item.name: item for item in fields(Options)}
"""The fields of ``Options`` by name."""


def options_of(values: Mapping[str, Any], **files: Path) -> Options:
    """Return options.

    Args:
        values: The options that differ from their defaults, as values for JSON; ``fonts`` is a table of lists by role.
        files: Options that name a file.

    Raises:
        UsageError: A value is not possible.

    """
    arguments: dict[str, Any] = {**values, **files}
    if isinstance(fonts := values.get("fonts"), dict):
        arguments["fonts"] = tuple((role, tuple(names)) for role, names in sorted(fonts.items()))
    for name in ("names", "emit", "extensions"):
        if name in values:
            arguments[name] = tuple(values[name])
    return Options(**arguments)


def changed_values(options: Options) -> dict[str, Any]:
    """Return the options that differ from their defaults, as values for JSON.

    Example:
        >>> changed_values(Options(style="reader", emit=("csv",)))
        {'style': 'reader', 'emit': ['csv']}

    """
    changed: dict[str, Any] = {}
    for name, item in OPTION_FIELDS.items():
        value = getattr(options, name)
        if value == item.default:
            continue
        if name == "fonts":
            value = {role: list(names) for role, names in value}
        changed[name] = list(value) if isinstance(value, tuple) else value
    return changed


def require_style(name: str, extensions: tuple[str, ...]) -> None:
    """Raise ``UsageError`` unless a style is one of those that are installed; no path of a client is opened."""
    names = installed_styles(extensions)
    if name not in names:
        raise UsageError(
            translatable("style: {name!r} is not a possible value", name=name[:80]),
            hint=suggest_name(name, names),
        )
