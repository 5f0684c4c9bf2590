"""The configuration file ``publisher.toml``: finds it and reads the options that it sets."""

from __future__ import annotations

import contextlib
import datetime as dt
import stat
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from publisher.errors import ConfigurationError
from publisher.messages import translatable
from publisher.options import Options
from publisher.system.file_trust import trusted_accounts
from publisher.system.ordinary_file import SETTINGS_LIMIT, read_ordinary_file
from publisher.text.name_suggestions import suggest_name

CONFIG_NAME = "publisher.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundConfig:
    """The configuration file of a source, and those that were passed over."""

    path: Path | None = None
    """The nearest file that may be obeyed; None if there is none."""
    foreign: tuple[Path, ...] = ()
    """Nearer files that belong to another account."""
    unusable: tuple[Path, ...] = ()
    """What is nearer and has the name, and is no file: a folder, a pipe, a link that leads nowhere."""


def find_config(source: Path) -> FoundConfig:
    """Return the nearest ``publisher.toml``: in the folder of the source or in one above it.

    A configuration can name a style, which is a program. Anybody may write a file into a folder above the source, such
    as ``/tmp``; so a file is obeyed only if it belongs to the account of this process, the administrator, the owner
    of the program, or the owner of the source or of its folder.
    """
    foreign: list[Path] = []
    unusable: list[Path] = []
    owners = _owners(source)
    path = None
    for folder in source.absolute().parents:
        candidate = folder / CONFIG_NAME
        with contextlib.suppress(OSError):  # a folder without permission counts as empty
            accounts = {candidate.lstat().st_uid}
            try:
                status = candidate.stat()
            except OSError:  # a link that leads nowhere, or to itself
                unusable.append(candidate)
                continue
            accounts.add(status.st_uid)
            if not stat.S_ISREG(status.st_mode):
                unusable.append(candidate)
            elif accounts <= owners:
                path = candidate
                break
            else:
                foreign.append(candidate)
    return FoundConfig(path=path, foreign=tuple(foreign), unusable=tuple(unusable))


def _owners(source: Path) -> frozenset[int]:
    """Return the numbers of the accounts whose configuration is obeyed for a source."""
    owners = set(trusted_accounts())
    for path in (source, source.absolute().parent):
        with contextlib.suppress(OSError):
            status = path.stat()
            # in a folder where everybody writes, its owner is not the source's
            if not status.st_mode & stat.S_ISVTX:
                owners.add(status.st_uid)
    return frozenset(owners)


def read_config(path: Path) -> dict[str, Any]:
    """Return the options that a configuration file sets, as values for ``Options``.

    Raises:
        ConfigurationError: The file cannot be read or is not TOML (with the line), a key is not an option, or a
            value has the wrong type.

    """
    import tomllib

    try:
        table = tomllib.loads(read_ordinary_file(path, SETTINGS_LIMIT).decode("utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(
            translatable("cannot be read: {strerror}", strerror=error.strerror),
            where=str(path),
            hint="check --config",
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(
            translatable("is not TOML: {error}", error=error),
            where=str(path),
            hint='a line looks like: style = "reader"',
        ) from error
    return {
        name: _check_value(name, value, path)
        for name, value in ((key.replace("-", "_"), value) for key, value in table.items())
    }


def _check_value(name: str, value: Any, path: Path) -> Any:
    defaults = {item.name: item.default for item in fields(Options)}
    if name not in defaults and isinstance(value, dict):
        raise ConfigurationError(
            translatable("there is a table [{name}]", name=name),
            where=str(path),
            hint="the only table is [fonts]; write options above it, without a table",
        )
    if name not in defaults:
        raise ConfigurationError(
            translatable("no option is called {name!r}", name=name),
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
        translatable(
            "{name}: {value!r} is not {kind}", name=name, value=value, kind=_kind(default)
        ),
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
