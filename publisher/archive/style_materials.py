"""The user's own styles and glossaries that the reports of a bag are built with.

Input: the options of the reports. Output: the files to put into the bag, and the path of each style and glossary there. The
relative position of a style and of the styles that it extends is kept, so that the style also works in the bag.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import GLOSSARIES, STYLES, name_in_bag
from publisher.conversion.glossary import load_glossary
from publisher.errors import ConfigurationError, UnknownStyleError
from publisher.extensions import installed_styles
from publisher.messages import translatable
from publisher.options import NO_FILE
from publisher.render.styles import load_style, style_files
from publisher.system.resources import styles_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publisher.options import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """The styles and glossaries of a bag."""

    files: Mapping[str, bytes]
    """The contents of all files, by path in the bag."""
    styles: Mapping[str, str]
    """The folder in the bag of each of the user's styles, by the value of the option ``style``."""
    glossaries: Mapping[Path, str]
    """The path in the bag of each glossary, by the value of the option ``glossary``."""


def collect_materials(options: Iterable[Options]) -> Materials:
    """Read the styles and glossaries that these options name.

    Raises ``UnknownStyleError`` or ``ConfigurationError`` for a style or glossary that cannot be used.
    """
    files: dict[str, bytes] = {}
    styles: dict[str, str] = {}
    glossaries: dict[Path, str] = {}
    for report_options in options:
        style, glossary = report_options.style, report_options.glossary
        if style not in installed_styles(report_options.extensions) and style not in styles:
            styles[style] = _add_style(style, f"{STYLES}/{len(styles) + 1}", files)
        if glossary != NO_FILE:
            if report_options.script != "keep":
                load_glossary(glossary, report_options.script)  # raises for an invalid file
            if glossary not in glossaries:
                glossaries[glossary] = _add_glossary(glossary, files)
    return Materials(files=files, styles=styles, glossaries=glossaries)


def _add_style(name: str, root: str, files: dict[str, bytes]) -> str:
    """Add the files of a style below ``root``; return the style's folder in the bag."""
    style = load_style(name)
    folders = [_absolute(folder) for folder in style.folders if not _is_built_in(folder)]
    base = os.path.commonpath([folder.parent for folder in folders])
    for path in map(_absolute, style_files(style)):
        if not _is_built_in(path) and not _is_hidden(path, folders):
            files[f"{root}/{_path_in_bag(path, base, name)}"] = _read(path, name)
    return f"{root}/{_path_in_bag(folders[0], base, name)}"


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - symbolic links are not resolved


def _is_built_in(path: Path) -> bool:
    """Return whether a path belongs to the styles of this package."""
    return _absolute(path).is_relative_to(_absolute(styles_folder()))


def _is_hidden(path: Path, folders: Iterable[Path]) -> bool:
    """Return whether a file of a style is hidden, as files of editors and version control are."""
    style_folder = next((folder for folder in folders if path.is_relative_to(folder)), path.parent)
    return any(part.startswith(".") for part in path.relative_to(style_folder).parts)


def _path_in_bag(path: Path, base: str, style: str) -> str:
    """Return the path of a style's file relative to ``base``, for use in the bag.

    A name that a bag cannot contain is refused, because templates and CSS refer to files by name.
    """
    try:
        relative_path = path.relative_to(base)
    except ValueError as error:
        raise UnknownStyleError(
            translatable(
                "style {style!r} uses {path}, which is outside its folders", style=style, path=path
            ),
            hint="a bag must contain the whole style; put the file into its folder",
        ) from error
    invalid = next((part for part in relative_path.parts if part != name_in_bag(part)), "")
    if invalid:
        raise UnknownStyleError(
            translatable(
                "style {style!r} has a file or folder named {invalid!r}, which is not valid on every "
                "system",
                style=style,
                invalid=invalid,
            ),
            hint="rename it, so that a bag can contain the style",
        )
    return relative_path.as_posix()


def _read(path: Path, style: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnknownStyleError(
            translatable(
                "style {style!r} cannot be read: {path}: {strerror}",
                style=style,
                path=path,
                strerror=error.strerror,
            ),
            hint="check its permissions",
        ) from error


def _add_glossary(path: Path, files: dict[str, bytes]) -> str:
    """Add a glossary; return its path in the bag."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            translatable("the glossary cannot be read: {strerror}", strerror=error.strerror),
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


def require_self_contained(style: str, folder: Path) -> None:
    """Raise ``UnknownStyleError`` if a style extends a folder outside the bag and this package."""
    allowed_roots = [root.resolve() for root in (styles_folder(), folder)]
    for style_folder in load_style(style).folders:
        resolved = style_folder.resolve()
        if not any(resolved.is_relative_to(root) for root in allowed_roots):
            raise UnknownStyleError(
                translatable(
                    "style {name!r} extends {style_folder!r} by an absolute path",
                    name=Path(style).name,
                    style_folder=str(style_folder),
                ),
                hint=translatable(
                    'use a path relative to the parent folder in style.toml: extends = "{name}"',
                    name=style_folder.name,
                ),
            )
