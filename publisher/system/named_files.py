"""The files and folders that a user names: the errors for those that do not exist.

Input: a path. Output: nothing, or an error that is the same in every command.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from publisher.errors import SourceNotFoundError, SourceUnreadableError
from publisher.messages import translatable

if TYPE_CHECKING:
    from pathlib import Path


def missing_file(path: Path) -> SourceNotFoundError:
    """Return the error for a file that does not exist."""
    return SourceNotFoundError(
        "there is no such file", where=str(path), hint="check the name and the folder"
    )


def folder_as_file(path: Path, suffix: str) -> SourceUnreadableError:
    """Return the error for a folder where a file is needed, whose name ends with a suffix."""
    return SourceUnreadableError(
        "is a folder, not a file",
        where=str(path),
        hint=translatable("name the files in it: {path}/*{suffix}", path=path, suffix=suffix),
    )


def require_folder(path: Path, *, hint: str) -> None:
    """Raise the error for a path that is no folder.

    Args:
        path: The path.
        hint: Which folder to name.

    Raises:
        SourceNotFoundError: There is nothing with this path.
        SourceUnreadableError: It is no folder.
    """
    if os.path.isdir(path):  # noqa: PTH112 - a name that is too long is no folder either
        return
    if not os.path.lexists(path):
        raise SourceNotFoundError("there is no such folder", where=str(path), hint=hint)
    raise SourceUnreadableError("is not a folder", where=str(path), hint=hint)
