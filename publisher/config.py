"""The configuration file ``publisher.toml``: finds it and reads the options that it sets."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import fields
from pathlib import Path
from typing import Any

from publisher.errors import ConfigurationError
from publisher.options import Options, suggest_name

CONFIG_NAME = "publisher.toml"


def find_config(source: Path) -> Path | None:
    """Return the nearest ``publisher.toml``: in the folder of the source or in one above it."""
    for folder in source.absolute().parents:
        candidate = folder / CONFIG_NAME
        with contextlib.suppress(OSError):  # a folder without permission counts as empty
            if candidate.is_file():
                return candidate
    return None


def read_config(path: Path) -> dict[str, Any]:
    """Return the options that a configuration file sets, as values for ``Options``.

    Raises:
        ConfigurationError: The file cannot be read or is not TOML (with the line), a key is not an option, or a
            value has the wrong type.

    """
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"cannot be read: {error.strerror}", where=str(path), hint="check --config"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(
            f"is not TOML: {error}", where=str(path), hint='a line looks like: style = "reader"'
        ) from error
    return {
        name: _check_value(name, value, path)
        for name, value in ((key.replace("-", "_"), value) for key, value in table.items())
    }


def _check_value(name: str, value: Any, path: Path) -> Any:
    defaults = {item.name: item.default for item in fields(Options)}
    if name not in defaults:
        raise ConfigurationError(
            f"no option is called {name!r}",
            where=str(path),
            hint=suggest_name(name, tuple(defaults)),
        )
    if name == "fonts":
        if isinstance(value, dict) and all(_is_texts(part) for part in value.values()):
            return tuple((role, tuple(names)) for role, names in sorted(value.items()))
        raise ConfigurationError(
            "fonts: a table of font families by role is required",
            where=str(path),
            hint='for instance: [fonts] fangsong = ["FZFangSong-Z02"]',
        )
    default = defaults[name]
    if isinstance(default, tuple) and _is_texts(value):
        return tuple(value)
    if isinstance(default, Path) and isinstance(value, str):
        return path.parent / value
    if name == "date" and isinstance(value, dt.date):
        return value.isoformat()
    if type(value) is type(default):
        return value
    if isinstance(default, float) and type(value) is int:
        return float(value)
    raise ConfigurationError(
        f"{name}: {value!r} is not {_kind(default)}",
        where=str(path),
        hint="see docs/configuration.md",
    )


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _kind(default: Any) -> str:
    if isinstance(default, tuple):
        return "a list of texts"
    if isinstance(default, float):
        return "a number"
    return "true or false" if isinstance(default, bool) else "a text in quotation marks"
