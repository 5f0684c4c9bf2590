"""The paths of the toolkit's own files, in a checkout and in an installed wheel.

A wheel has ``styles/`` and ``fonts/`` inside the package as ``_styles`` and ``_fonts``; in a checkout, which an editable
install points to, they are next to the package.
"""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def styles_folder() -> Path:
    """Return the folder of the style sheets and templates."""
    return _folder("styles")


def fonts_folder() -> Path:
    """Return the folder of the font catalogue, which holds no font files."""
    return _folder("fonts")


def font_file_folders() -> tuple[Path, ...]:
    """Return the folders of our own font files, first those of ``PUBLISHER_FONTS``; they may not exist."""
    named = os.environ.get("PUBLISHER_FONTS", "").split(os.pathsep)
    folders = [Path(name).absolute() for name in named if name]
    if data := _base_folder("XDG_DATA_HOME", ".local/share"):
        folders.append(data / "publisher" / "fonts")
    return tuple(folders)


def profile_file(name: str) -> Path | None:
    """Return the path of a colour profile that the set-up script builds; None without a home folder."""
    data = _base_folder("XDG_DATA_HOME", ".local/share")
    return data / "publisher" / "profiles" / name if data else None


def cache_folder() -> Path | None:
    """Return the folder for files that can be made again; None without a home folder."""
    base = _base_folder("XDG_CACHE_HOME", ".cache")
    return base / "publisher" if base else None


def _folder(name: str) -> Path:
    packed = _PACKAGE / f"_{name}"
    return packed if packed.is_dir() else _PACKAGE.parent / name


def _base_folder(variable: str, below_home: str) -> Path | None:
    # Relative paths are ignored, as the XDG base directory specification requires.
    if (value := os.environ.get(variable, "")) and Path(value).is_absolute():
        return Path(value)
    try:
        return Path.home() / below_home
    except RuntimeError:
        return None
