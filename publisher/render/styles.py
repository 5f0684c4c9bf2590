"""Styles: folders with a manifest, a style sheet and templates; one style may extend another.

Input: the name of a style, or a folder. Output: a ``Style``. docs/styles.md describes the files and the keys of
``style.toml``. A style takes values, templates and the beginning of its sheet from the style that it extends.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.errors import UnknownStyleError
from publisher.messages import join_texts, translatable
from publisher.render.custom_properties import root_rule, undefined_properties
from publisher.render.signature import SIGNATURES
from publisher.system.ordinary_file import SETTINGS_LIMIT, read_ordinary_file
from publisher.system.resources import styles_folder
from publisher.text.name_suggestions import suggest_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.pdf.icc import Cmyk, Rgb

USUAL_LATIN_GAP, WIDEST_LATIN_GAP = 0.14, 0.25
"""The limits of the gap between Chinese and Latin text, in em."""
MANIFEST = "style.toml"
SHEET, TEMPLATE = "style.css", "report.html.j2"
PRESS_SHEET = "print.css"
"""Rules for a printing press only; appended to the style's own sheet."""
_FOLD_OUTS = """
@page fold-out, opening-fold-out { size: calc(2 * var(--page-width)) var(--page-height); }
"""
"""Pages twice as wide, so that they fold to the size of the others."""
_HEX_COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
MAX_EXTENDED = 8
"""Length of a chain of styles that extend one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A named colour: its value on a screen and its inks on a printing press."""

    name: str
    screen: str
    """A CSS colour of three or six hexadecimal digits."""
    build: Cmyk
    """Cyan, magenta, yellow and black, each from 0 to 1."""

    @property
    def rgb(self) -> Rgb:
        """Red, green and blue on a screen, from 0 to 255."""
        return parse_colour(self.screen)


def parse_colour(colour: str) -> Rgb:
    """Return red, green and blue of a colour such as ``#c00``; raise ``ValueError`` for any other text."""
    match = _HEX_COLOUR.fullmatch(colour)
    if not match:
        raise ValueError(
            translatable("{colour!r} is not a colour such as #c00 or #c8102e", colour=colour)
        )
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    red, green, blue = bytes.fromhex(digits)
    return red, green, blue


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style with its values and its style sheet."""

    name: str
    summary: str
    folders: tuple[Path, ...]
    """Its own folder, then the folder of each style that it extends."""
    title_ems: float
    contents: bool
    run_in: bool
    points_as_list: bool
    signature: str
    """How signatures are set: one of ``publisher.render.signature.SIGNATURES``."""
    running_title_ems: float
    """The width of the title at the head of a page, in em of its letters."""
    running_section_ems: float
    """The width of a heading there."""
    section_page_characters: float
    """How long sections are on average that begin on new pages, in characters; 0 if none does."""
    cover_characters: float
    """How long a document without headings, or a letter, is at most that has no cover, in characters; 0 if each has one."""
    latin_gap: float
    """The gap between Chinese and Latin text, in em; 0 for the usual one."""
    chart: str
    """The colour of bars in charts as CSS writes it; labels are black."""
    chart_label: float
    """The size of the labels of charts, in points."""
    chart_font: str
    """The role of the font of charts: song, hei, kai or fangsong."""
    inks: tuple[Ink, ...]
    css: str
    css_lines: tuple[tuple[Path, int], ...]
    """The files that ``css`` is joined from, each with the number of its lines."""
    press_css: str
    press_css_lines: tuple[tuple[Path, int], ...]

    @property
    def search_path(self) -> tuple[Path, ...]:
        """The folders in which templates are searched, in order."""
        return (*self.folders, self.folders[0].parent, styles_folder())

    def sheet(
        self,
        families: Mapping[str, tuple[str, ...]],
        *,
        press: bool = False,
        align: str = "style",
        fold_outs: bool = False,
    ) -> str:
        """Return the style sheet, with the fonts and the inks as custom properties.

        Args:
            families: The names of the font families for each role (song, hei, kai, fangsong, title).
            press: Whether the page is for a printing press; ``print.css`` then applies too.
            align: ``left`` for lines that are flush on the left only.
            fold_outs: Whether tables may be on pages that fold out.

        Raises:
            UnknownStyleError: The sheet uses a custom property that nothing declares.
        """
        fonts = {role: ", ".join(f'"{name}"' for name in names) for role, names in families.items()}
        inks = {f"ink-{ink.name}": ink.screen for ink in self.inks}
        gap = {"latin-gap": f"{self.latin_gap}em"} if self.latin_gap else {}
        ragged = "\nhtml { text-align: left; }\n" if align == "left" else ""
        wide = _FOLD_OUTS if fold_outs else ""
        css = (
            f"{root_rule(fonts | inks | gap)}{self.press_css if press else self.css}{ragged}{wide}"
        )
        try:
            undefined = undefined_properties(css)
        except RecursionError as error:
            raise UnknownStyleError(
                translatable("the sheet of style {name!r} nests brackets too deep", name=self.name),
                where=str(self.folders[0] / SHEET),
                hint="a bracket may not be closed; see docs/styles.md",
            ) from error
        if undefined:
            raise UnknownStyleError(
                translatable(
                    "style {name!r} uses {property_name}, which is not declared",
                    name=self.name,
                    property_name=undefined[0],
                ),
                hint=translatable(
                    "declare it on :root or write a fallback, var({property_name}, VALUE); see docs/styles.md",
                    property_name=undefined[0],
                ),
            )
        return css


def style_names() -> tuple[str, ...]:
    """Return the names of the styles that come with Publisher."""
    return tuple(sorted(path.parent.name for path in styles_folder().glob(f"*/{MANIFEST}")))


def load_style(name: str) -> Style:
    """Return the style of a name or in a folder; raise ``UnknownStyleError`` if it cannot be used."""
    try:
        folders, manifest = _read_manifests(name)
        sheets = [folder / SHEET for folder in reversed(folders)]
        if not sheets[-1].is_file() and len(folders) == 1:
            raise UnknownStyleError(
                translatable("style {name!r} has no {sheet}", name=name, sheet=SHEET),
                hint=translatable(
                    "write one, or name another style under extends in {manifest}",
                    manifest=MANIFEST,
                ),
            )
        common = styles_folder() / "common" / SHEET
        press_sheets = [
            folder / name for folder in reversed(folders) for name in (SHEET, PRESS_SHEET)
        ]
        css, css_lines = _concatenate(common, *sheets)
        press_css, press_css_lines = _concatenate(common, *press_sheets)
        return Style(
            name=folders[0].name,
            summary=str(manifest["summary"]),
            folders=folders,
            title_ems=float(manifest["title_ems"]),
            contents=bool(manifest["contents"]),
            run_in=bool(manifest["run_in"]),
            points_as_list=bool(manifest["points_as_list"]),
            signature=_signature(str(manifest.get("signature", SIGNATURES[0]))),
            running_title_ems=float(manifest.get("running_title_ems", 30)),
            running_section_ems=float(manifest.get("running_section_ems", 17)),
            section_page_characters=float(manifest.get("section_page_characters", 0)),
            cover_characters=float(manifest.get("cover_characters", 0)),
            latin_gap=_latin_gap(manifest.get("latin_gap", 0)),
            chart=str(manifest.get("chart", "#555")),
            chart_label=float(manifest.get("chart_label", 10)),
            chart_font=str(manifest.get("chart_font", "song")),
            inks=_read_inks(manifest.get("inks", {})),
            css=css,
            css_lines=css_lines,
            press_css=press_css,
            press_css_lines=press_css_lines,
        )
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnknownStyleError(
            translatable("style {name!r} cannot be read: {error}", name=name, error=error),
            hint="see docs/styles.md",
        ) from error
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UnknownStyleError(
            translatable(
                "style {name!r}: {manifest} lacks or misspells {error}",
                name=name,
                manifest=MANIFEST,
                error=error,
            ),
            hint="summary, title_ems, contents, run_in and points_as_list are required",
        ) from error


def _concatenate(*sheets: Path) -> tuple[str, tuple[tuple[Path, int], ...]]:
    """Return sheets as one, and the files with the number of the lines of each."""
    texts = {sheet: _read_text(sheet) for sheet in sheets if os.path.lexists(sheet)}
    lines = tuple((sheet, text.count("\n") + 1) for sheet, text in texts.items())
    return "\n".join(texts.values()), lines


def _signature(manner: str) -> str:
    if manner not in SIGNATURES:
        raise UnknownStyleError(
            translatable("{manifest}: signature is {manner!r}", manifest=MANIFEST, manner=manner),
            hint=translatable("one of {signatures}", signatures=join_texts(", ", SIGNATURES)),
        )
    return manner


def _latin_gap(value: Any) -> float:
    """Return the gap between Chinese and Latin text that a manifest asks for, in em; 0 for none."""
    gap = float(value)
    if gap and not USUAL_LATIN_GAP <= gap <= WIDEST_LATIN_GAP:
        raise UnknownStyleError(
            translatable("{manifest}: latin_gap is {gap}", manifest=MANIFEST, gap=value),
            hint=translatable(
                "a number of em from {least} to {most}",
                least=USUAL_LATIN_GAP,
                most=WIDEST_LATIN_GAP,
            ),
        )
    return gap


def _read_inks(table: dict[str, Any]) -> tuple[Ink, ...]:
    """Return the inks of a manifest; raise ``UnknownStyleError`` for a build that cannot be printed."""
    try:
        return tuple(_ink(name, entry["screen"], *entry["cmyk"]) for name, entry in table.items())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnknownStyleError(
            translatable(
                "{manifest}: the table [inks] cannot be read: {error}",
                manifest=MANIFEST,
                error=error,
            ),
            hint='write each ink as: red = { screen = "#e60012", cmyk = [0, 100, 100, 0] }',
        ) from error


def _ink(name: str, screen: str, *parts: int) -> Ink:
    if len(parts) != 4 or not all(type(part) is int and 0 <= part <= 100 for part in parts):
        raise ValueError(
            translatable(
                "cmyk of {name} is {values}, not four whole numbers from 0 to 100",
                name=name,
                values=list(parts),
            )
        )
    parse_colour(screen)
    cyan, magenta, yellow, black = (part / 100 for part in parts)
    return Ink(name=name, screen=screen, build=(cyan, magenta, yellow, black))


def style_files(style: Style) -> tuple[Path, ...]:
    """Return every file that a page in this style may depend on.

    These are the files in its folders, in the folder of Publisher's styles, and the templates that they name
    elsewhere.
    """
    import jinja2
    from jinja2.meta import find_referenced_templates

    files = {
        path
        for folder in (*style.folders, styles_folder())
        for path in folder.rglob("*")
        if path.is_file()
    }
    unread = list(files)
    while unread:
        try:
            text = read_ordinary_file(unread.pop(), SETTINGS_LIMIT).decode("utf-8")
            names = set(find_referenced_templates(jinja2.Environment().parse(text)))  # noqa: S701
        except (OSError, UnicodeDecodeError, jinja2.TemplateError):
            continue
        paths = (folder / name for name in names if name for folder in style.search_path)
        new = {path for path in paths if path.is_file()} - files
        files |= new
        unread += new
    return tuple(sorted(files))


def _read_manifests(name: str) -> tuple[tuple[Path, ...], dict[str, Any]]:
    """Return the folders of a style and of those it extends, and the values of their manifests."""
    folders: list[Path] = []
    values: dict[str, Any] = {}
    base = Path()
    while name:
        folder = _find_folder(name, base)
        if folder in folders or len(folders) == MAX_EXTENDED:
            raise UnknownStyleError(
                translatable(
                    "style {name!r} extends itself through {other!r}",
                    name=folders[0].name,
                    other=name,
                ),
                hint=translatable("change extends in {manifest}", manifest=MANIFEST),
            )
        manifest = _read_manifest(folder / MANIFEST)
        if any((derived / TEMPLATE).is_file() for derived in folders):
            manifest.pop("cover_characters", None)  # their own template may always have a cover
        folders.append(folder)
        name, base = str(manifest.pop("extends", "")), folder.parent
        values = manifest | values
    return tuple(folders), values


def _read_manifest(path: Path) -> dict[str, Any]:
    """Return the values of a manifest; raise ``UnknownStyleError`` if it is not TOML."""
    try:
        return tomllib.loads(_read_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnknownStyleError(
            translatable("is not TOML: {error}", error=error),
            where=str(path),
            hint="see docs/styles.md",
        ) from error


def _read_text(path: Path) -> str:
    """Return the text of a file of a style; raise ``UnknownStyleError`` with its place if it cannot be read."""
    try:
        data = read_ordinary_file(path, SETTINGS_LIMIT)
        return data.decode("utf-8")
    except OSError as error:
        raise UnknownStyleError(
            translatable("cannot be read: {strerror}", strerror=error.strerror),
            where=str(path),
            hint="see docs/styles.md",
        ) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnknownStyleError(
            translatable(
                "is not UTF-8: {reason} at byte {position}",
                reason=error.reason,
                position=error.start,
            ),
            where=f"{path}, line {line}",
            hint="save it as UTF-8",
        ) from error


def _find_folder(name: str, base: Path) -> Path:
    """Return the folder of a style: one of Publisher's, or a path relative to ``base``."""
    if name in style_names():
        return styles_folder() / name
    try:
        if (base / name / MANIFEST).is_file():
            return base / name
    except (OSError, ValueError):
        pass
    if os.path.isdir(base / name):  # noqa: PTH112 - does not raise where access is denied
        raise UnknownStyleError(
            translatable(
                "the folder {name!r} is not a style: it has no {manifest}",
                name=name,
                manifest=MANIFEST,
            ),
            hint="see docs/styles.md",
        )
    raise UnknownStyleError(
        translatable("there is no style {name!r}", name=name),
        hint=suggest_name(name, tuple(style_names())),
    )
