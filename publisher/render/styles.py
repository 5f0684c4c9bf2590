"""Styles: folders with a manifest, a style sheet and templates; one may extend another.

``style.toml`` says in ``summary`` what the style is for, in ``title_ems`` how many characters a
line of the title holds, in ``contents`` whether it has a cover and a table of contents, in
``run_in`` whether a run-in heading shares its line with its text, in ``points_as_list`` whether
run-in points are set as a list, in ``chart``, ``chart_label`` and ``chart_font`` the ink, the size of
letters and the font of charts, in ``[inks]`` which colours a press builds of which inks. With ``extends`` it takes from another style what it does not say
itself: values, templates, and the sheet that its own follows.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.errors import UnknownStyleError
from publisher.render.custom_properties import root_rule, undefined_properties
from publisher.system.resources import styles_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.pdf.icc import Cmyk, Rgb

MANIFEST = "style.toml"
SHEET = "style.css"
PRESS_SHEET = "print.css"
"""What a style sets otherwise on a press; it follows the style's own sheet."""
_HEXADECIMAL = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
DEEPEST = 8
"""How many styles may extend one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A colour with a name: what a screen shows of it, and what a press prints."""

    name: str
    screen: str
    """As CSS writes it, with six digits."""
    build: Cmyk

    @property
    def rgb(self) -> Rgb:
        """Its parts on a screen."""
        return hexadecimal(self.screen)


def hexadecimal(colour: str) -> Rgb:
    """Return the parts of a colour of three or six hexadecimal digits; raise ``ValueError``."""
    match = _HEXADECIMAL.fullmatch(colour)
    if not match:
        raise ValueError(f"{colour!r}, which is no colour such as #c00 or #c8102e")
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


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
    inks: tuple[Ink, ...]
    css: str
    press_css: str

    @property
    def search_path(self) -> tuple[Path, ...]:
        """Where its templates are looked for."""
        return (*self.folders, self.folders[0].parent, styles_folder())

    def sheet(
        self, families: Mapping[str, tuple[str, ...]], *, press: bool = False, align: str = "style"
    ) -> str:
        """Return the style sheet, with the fonts and the inks as custom properties.

        Args:
            families: The names of the font families for each role (song, hei, kai, fangsong, title).
            press: Whether the page is for a printing press; ``print.css`` then applies too.
            align: ``left`` for lines that are flush on the left only.

        Raises:
            UnknownStyleError: The sheet uses a custom property that nothing declares.
        """
        fonts = {role: ", ".join(f'"{name}"' for name in names) for role, names in families.items()}
        inks = {f"ink-{ink.name}": ink.screen for ink in self.inks}
        ragged = "\nhtml { text-align: left; }\n" if align == "left" else ""
        css = f"{root_rule(fonts | inks)}{self.press_css if press else self.css}{ragged}"
        undefined = undefined_properties(css)
        if undefined:
            raise UnknownStyleError(
                f"style {self.name!r} uses {undefined[0]}, which is not declared",
                hint=f"declare it on :root or write a fallback, var({undefined[0]}, VALUE);"
                " see docs/styles.md",
            )
        return css


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
        first = styles_folder() / "common" / SHEET
        press = [folder / name for folder in reversed(folders) for name in (SHEET, PRESS_SHEET)]
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
            inks=_inks(manifest.get("inks", {})),
            css=_joined(first, *sheets),
            press_css=_joined(first, *press),
        )
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnknownStyleError(f"style {name!r} cannot be read: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise UnknownStyleError(
            f"style {name!r}: {MANIFEST} lacks or misspells {error}",
            hint="summary, title_ems, contents, run_in and points_as_list are wanted",
        ) from error


def _joined(*sheets: Path) -> str:
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.is_file())


def _inks(said: dict[str, Any]) -> tuple[Ink, ...]:
    """Return the named builds of a manifest; raise ``UnknownStyleError`` for one that cannot be printed."""
    try:
        return tuple(_ink(name, entry["screen"], *entry["cmyk"]) for name, entry in said.items())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnknownStyleError(
            f"{MANIFEST}: the table [inks] cannot be read: {error}",
            hint='a line of it is: red = { screen = "#e60012", cmyk = [0, 100, 100, 0] }',
        ) from error


def _ink(name: str, screen: str, *parts: int) -> Ink:
    if len(parts) != 4 or not all(type(part) is int and 0 <= part <= 100 for part in parts):
        raise ValueError(
            f"{name} has the build {list(parts)}, four whole numbers to 100 are wanted"
        )
    hexadecimal(screen)
    cyan, magenta, yellow, black = (part / 100 for part in parts)
    return Ink(name=name, screen=screen, build=(cyan, magenta, yellow, black))


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
