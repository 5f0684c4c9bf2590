"""Options as values for JSON, and as ``Options``."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from publisher.options import Options

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
