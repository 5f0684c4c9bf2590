"""The decisions file of a source: its name, and which of two candidates it is.

The decisions about ``report.txt`` are in ``report.decisions.toml`` beside it, or in
``report.txt.decisions.toml``, which another source ``report.html`` cannot share. A file that names
another source (``[source] file``) is not that of this one. Two candidates, or one that may belong to several
sources, are an error: nothing is guessed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from publisher.decisions.entries import DecisionsFile
from publisher.errors import ConfigurationError
from publisher.messages import translatable
from publisher.options import NO_FILE
from publisher.readers import REPORT_SUFFIXES
from publisher.system.ordinary_file import SETTINGS_LIMIT, read_ordinary_file

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".decisions.toml"


def find_decisions(source: Path, option: Path = NO_FILE) -> DecisionsFile | None:
    """Return the decisions file of a source; ``None`` if it has none.

    Args:
        source: The path of the source.
        option: The file that the option ``decisions`` names; ``NO_FILE`` to look beside the source.

    Raises:
        ConfigurationError: The file cannot be read or used, or it is not clear which file it is.

    """
    if option != NO_FILE:
        return read_decisions_file(option)
    own, shared = decision_paths(source)
    files = []
    if os.path.lexists(own):
        files.append(read_decisions_file(own))
    if shared != own and os.path.lexists(shared):
        file = read_decisions_file(shared)
        named_source = file.entries().source.file
        if not named_source and (other := _other_source(source)):
            raise ConfigurationError(
                translatable("may be about {name} or {other}", name=source.name, other=other),
                where=str(shared),
                hint=translatable('write file = "{name}" below [source]', name=source.name),
            )
        if named_source in ("", source.name):
            files.append(file)
    if len(files) > 1:
        raise ConfigurationError(
            translatable(
                "{name} has two decisions files: {first} and {second}",
                name=source.name,
                first=own.name,
                second=shared.name,
            ),
            where=str(source.parent),
            hint="put the entries of both into one of them",
        )
    return files[0] if files else None


def decision_paths(source: Path) -> tuple[Path, Path]:
    """Return the two paths that the decisions file of a source may have, its own name first."""
    return (
        source.with_name(f"{source.name}{SUFFIX}"),
        source.with_name(f"{source.stem or source.name}{SUFFIX}"),
    )


def new_decisions_path(source: Path) -> Path:
    """Return the path of a decisions file for a source that has none."""
    own, shared = decision_paths(source)
    return own if os.path.lexists(shared) or _other_source(source) else shared


def read_decisions_file(path: Path) -> DecisionsFile:
    """Return a decisions file; raise ``ConfigurationError`` if it cannot be read."""
    try:
        data = read_ordinary_file(path, SETTINGS_LIMIT)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigurationError(
            translatable("the decisions cannot be read: {reason}", reason=reason),
            where=str(path),
            hint="check --decisions and the file's permissions",
        ) from error
    return DecisionsFile(name=path.name, data=data, where=str(path))


def _other_source(source: Path) -> str:
    """Return the name of another report with the same stem in the folder of a source; empty if there is none."""
    names = (f"{source.stem}{suffix}" for suffix in REPORT_SUFFIXES)
    return next(
        (name for name in names if name != source.name and os.path.lexists(source.with_name(name))),
        "",
    )
