"""What a PDF is made from besides its source that is not the toolkit's own: styles and glossaries.

Enters: the options of a bag's reports. Leaves: files for the bag, and where each style and glossary is
among them. A style keeps the folders that it extends, seen from where it lies, so that it can be used
in the bag as it was outside.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import GLOSSARIES, STYLES, name_in_bag
from publisher.conversion.glossary import load_glossary
from publisher.errors import ConfigurationError, UnknownStyleError
from publisher.options import NO_FILE
from publisher.render.styles import load_style, style_files, style_names
from publisher.system.resources import styles_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publisher.options import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """The files that a bag takes in, and where they are asked for."""

    files: Mapping[str, bytes]
    """By path in the bag."""
    styles: Mapping[str, str]
    """The folder in the bag of each style that is a person's own, by the option that names it."""
    glossaries: Mapping[Path, str]
    """The path in the bag of each glossary, by the option that names it."""


def gather(options: Iterable[Options]) -> Materials:
    """Read the styles and glossaries that these options name; raise where one is none."""
    files: dict[str, bytes] = {}
    styles: dict[str, str] = {}
    glossaries: dict[Path, str] = {}
    for one in options:
        if one.style not in style_names() and one.style not in styles:
            styles[one.style] = _take_style(one.style, f"{STYLES}/{len(styles) + 1}", files)
        if one.glossary != NO_FILE:
            if one.script != "keep":
                load_glossary(one.glossary, one.script)  # says what is wrong, with its own path
            if one.glossary not in glossaries:
                glossaries[one.glossary] = _take_glossary(one.glossary, files)
    return Materials(files=files, styles=styles, glossaries=glossaries)


def _take_style(name: str, root: str, files: dict[str, bytes]) -> str:
    style = load_style(name)
    folders = [_plain(folder) for folder in style.folders if not _is_ours(folder)]
    base = os.path.commonpath([folder.parent for folder in folders])
    for path in map(_plain, style_files(style)):
        if not _is_ours(path) and not _is_hidden(path, folders):
            files[f"{root}/{_below(path, base, name)}"] = _bytes(path, name)
    return f"{root}/{_below(folders[0], base, name)}"


def _plain(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - links stay what they are called


def _is_ours(path: Path) -> bool:
    return _plain(path).is_relative_to(_plain(styles_folder()))


def _is_hidden(path: Path, folders: Iterable[Path]) -> bool:
    """Tell what an editor or a version control keeps in a style's folder."""
    inside = next((folder for folder in folders if path.is_relative_to(folder)), path.parent)
    return any(part.startswith(".") for part in path.relative_to(inside).parts)


def _below(path: Path, base: str, style: str) -> str:
    """Return a path as the bag has it, which a template must be able to name unchanged."""
    try:
        below = path.relative_to(base)
    except ValueError as error:
        raise UnknownStyleError(
            f"style {style!r} takes {path} from outside its folders",
            hint="a bag must hold the whole style; put the file into its folder",
        ) from error
    strange = next((part for part in below.parts if part != name_in_bag(part)), "")
    if strange:
        raise UnknownStyleError(
            f"style {style!r} has a file or folder called {strange!r}, which not every system takes",
            hint="rename it, so that a bag can hold the style",
        )
    return below.as_posix()


def _bytes(path: Path, style: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnknownStyleError(
            f"style {style!r} cannot be read: {path}: {error.strerror}",
            hint="check its permissions",
        ) from error


def _take_glossary(path: Path, files: dict[str, bytes]) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"the glossary cannot be read: {error.strerror}",
            where=str(path),
            hint="check --glossary",
        ) from error
    name = name_in_bag(path.name)
    target, number = f"{GLOSSARIES}/{name}", 1
    while files.get(target, data) != data:
        number += 1
        target = f"{GLOSSARIES}/{number}/{name}"
    files[target] = data
    return target


def require_inside(style: str, folder: Path) -> None:
    """Refuse a style in a bag that is not whole there: its folders are the bag's or the toolkit's."""
    for place in load_style(style).folders:
        really = place.resolve()
        if not any(really.is_relative_to(one.resolve()) for one in (styles_folder(), folder)):
            raise UnknownStyleError(
                f"style {Path(style).name!r} extends {str(place)!r} by a path from the root",
                hint=f'in style.toml, name it as seen from the folder that holds the style: extends = "{place.name}"',
            )
