"""Styles: folders with a manifest, a style sheet and templates.

``style.toml`` says in ``summary`` what the style is for, in ``title_ems`` how many characters a
line of the title holds, in ``contents`` whether it has a cover and a table of contents, in
``run_in`` whether a run-in heading shares its line with its text, in ``points_as_list`` whether
run-in points are set as a list, and in ``chart`` the ink of charts.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from publisher.errors import UnknownStyleError
from publisher.resources import styles_folder

MANIFEST = "style.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style, read."""

    name: str
    summary: str
    folder: Path
    title_ems: float
    contents: bool
    run_in: bool
    points_as_list: bool
    chart: str
    """A CSS colour; labels stand in black beside it."""
    css: str

    @property
    def search_path(self) -> tuple[Path, ...]:
        """Where its templates are looked for."""
        return self.folder, self.folder.parent, styles_folder()


def style_names() -> tuple[str, ...]:
    """Return the names of the toolkit's own styles."""
    return tuple(sorted(path.parent.name for path in styles_folder().glob(f"*/{MANIFEST}")))


def _is_style(folder: Path) -> bool:
    try:
        return (folder / MANIFEST).is_file()
    except (OSError, ValueError):
        return False


def load_style(name: str) -> Style:
    """Return the style of that name or in that folder; raise ``UnknownStyleError``."""
    folder = styles_folder() / name
    if name not in style_names():
        folder = Path(name)
        if not _is_style(folder):
            close = difflib.get_close_matches(name, style_names(), n=1)
            raise UnknownStyleError(
                f"no style is called {name!r}",
                hint=f"did you mean {close[0]}?"
                if close
                else f"styles: {', '.join(style_names())}",
            )
    try:
        manifest = tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Style(
            name=folder.name,
            summary=str(manifest["summary"]),
            folder=folder,
            title_ems=float(manifest["title_ems"]),
            contents=bool(manifest["contents"]),
            run_in=bool(manifest["run_in"]),
            points_as_list=bool(manifest["points_as_list"]),
            chart=str(manifest.get("chart", "#555")),
            css=(folder / "style.css").read_text(encoding="utf-8"),
        )
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnknownStyleError(f"style {name!r} cannot be read: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise UnknownStyleError(
            f"style {name!r}: {MANIFEST} lacks or misspells {error}",
            hint="summary, title_ems, contents, run_in and points_as_list are wanted",
        ) from error
