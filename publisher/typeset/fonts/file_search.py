"""Where font files are, by their names.

Input: names of files, and the folders where fonts are looked for. Output: the first file of each name.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def locate_files(wanted: set[str], folders: Iterable[Path]) -> dict[str, Path]:
    """Return the path of the first file of each wanted name that can be used."""
    paths: dict[str, Path] = {}
    for folder in folders:
        for directory, subdirectories, names in os.walk(folder):
            subdirectories.sort()
            for name in wanted.intersection(names):
                if name not in paths and is_representable(directory):
                    paths[name] = Path(directory, name)
            if len(paths) == len(wanted):
                return paths
    return paths


def is_representable(path: str) -> bool:
    """Return whether a path can stand in fontconfig's XML."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return path.isprintable()
