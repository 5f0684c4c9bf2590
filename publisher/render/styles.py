"""Styles: folders with a manifest, a style sheet and templates; one may extend another.

``style.toml`` says in ``summary`` what the style is for, in ``title_ems`` how many characters a
line of the title holds, in ``contents`` whether it has a cover and a table of contents, in
``run_in`` whether a run-in heading shares its line with its text, in ``points_as_list`` whether
run-in points are set as a list, in ``chart``, ``chart_label`` and ``chart_font`` the ink, the size of
letters and the font of charts. With ``extends`` it takes from another style what it does not say
itself: values, templates, and the sheet that its own follows.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publisher.errors import UnknownStyleError
from publisher.resources import styles_folder

MANIFEST = "style.toml"
SHEET = "style.css"
DEEPEST = 8
"""How many styles may extend one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style, read."""

    name: str
    summary: str
    folders: tuple[Path, ...]
    """Its own folder, then that of each style that it extends."""
    title_ems: float
    contents: bool
    run_in: bool
    points_as_list: bool
    chart: str
    """A CSS colour; labels stand in black beside it."""
    chart_label: float
    """The size of those labels, in points."""
    chart_font: str
    """The role of their font: song, hei, kai or fangsong."""
    css: str

    @property
    def search_path(self) -> tuple[Path, ...]:
        """Where its templates are looked for."""
        return (*self.folders, self.folders[0].parent, styles_folder())


def style_names() -> tuple[str, ...]:
    """Return the names of the toolkit's own styles."""
    return tuple(sorted(path.parent.name for path in styles_folder().glob(f"*/{MANIFEST}")))


def load_style(name: str) -> Style:
    """Return the style of that name or in that folder; raise ``UnknownStyleError``."""
    try:
        folders, manifest = _chain(name)
        sheets = [folder / SHEET for folder in reversed(folders)]
        if not sheets[-1].is_file() and len(folders) == 1:
            raise UnknownStyleError(f"style {name!r} cannot be read: it has no {SHEET}")
        present = [styles_folder() / "common" / SHEET, *filter(Path.is_file, sheets)]
        return Style(
            name=folders[0].name,
            summary=str(manifest["summary"]),
            folders=folders,
            title_ems=float(manifest["title_ems"]),
            contents=bool(manifest["contents"]),
            run_in=bool(manifest["run_in"]),
            points_as_list=bool(manifest["points_as_list"]),
            chart=str(manifest.get("chart", "#555")),
            chart_label=float(manifest.get("chart_label", 10)),
            chart_font=str(manifest.get("chart_font", "song")),
            css="\n".join(sheet.read_text(encoding="utf-8") for sheet in present),
        )
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnknownStyleError(f"style {name!r} cannot be read: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise UnknownStyleError(
            f"style {name!r}: {MANIFEST} lacks or misspells {error}",
            hint="summary, title_ems, contents, run_in and points_as_list are wanted",
        ) from error


def style_files(style: Style) -> tuple[Path, ...]:
    """Return every file that a page in this style can come from.

    They are those of its folders, the toolkit's, and what their templates name beyond them.
    """
    import jinja2
    from jinja2.meta import find_referenced_templates

    found = {
        path
        for folder in (*style.folders, styles_folder())
        for path in folder.rglob("*")
        if path.is_file()
    }
    waiting = list(found)
    while waiting:
        try:
            text = waiting.pop().read_text(encoding="utf-8")
            names = set(find_referenced_templates(jinja2.Environment().parse(text)))  # noqa: S701
        except (OSError, UnicodeDecodeError, jinja2.TemplateError):
            continue
        places = (folder / name for name in names if name for folder in style.search_path)
        new = {path for path in places if path.is_file()} - found
        found |= new
        waiting += new
    return tuple(sorted(found))


def _chain(name: str) -> tuple[tuple[Path, ...], dict[str, Any]]:
    """Return the folders of a style and of those it extends, and all that their manifests say."""
    folders: list[Path] = []
    said: dict[str, Any] = {}
    base = Path()
    while name:
        folder = _folder(name, base)
        if folder in folders or len(folders) == DEEPEST:
            raise UnknownStyleError(
                f"style {folders[0].name!r} extends itself, by way of {name!r}",
                hint=f"look at extends in {MANIFEST}",
            )
        folders.append(folder)
        manifest = tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        name, base = str(manifest.pop("extends", "")), folder.parent
        said = manifest | said
    return tuple(folders), said


def _folder(name: str, base: Path) -> Path:
    """Return where a style is: the toolkit's own, or a folder, seen from the one that extends it."""
    if name in style_names():
        return styles_folder() / name
    try:
        if (base / name / MANIFEST).is_file():
            return base / name
    except (OSError, ValueError):
        pass
    if os.path.isdir(base / name):  # noqa: PTH112 - False too where the system refuses to say
        raise UnknownStyleError(
            f"the folder {name!r} is no style: it has no {MANIFEST}", hint="see docs/styles.md"
        )
    close = difflib.get_close_matches(name, style_names(), n=1)
    raise UnknownStyleError(
        f"no style is called {name!r}",
        hint=f"did you mean {close[0]}?" if close else f"styles: {', '.join(style_names())}",
    )
