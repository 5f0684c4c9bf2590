"""Everything a person can ask for: one frozen value, the only home of defaults and their checks.

Each field carries what the command line, the configuration file and the documentation say of
it, so that an option is written once. ``affects_output`` marks what the record must keep, since
another value could give another file.
"""

from __future__ import annotations

import codecs
import contextlib
import datetime as dt
import difflib
import unicodedata
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from publisher.errors import ConfigurationError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.conversion import Wish

SCRIPTS = ("keep", "zh-Hans-CN", "zh-Hant-TW", "zh-Hant-HK", "zh-Hant")
EMITS = ("html", "txt", "csv", "xlsx", "json-stat", "bilingual")
TABLES = ("appendix", "inline", "none")
ENGINES = ("fast", "stock")
ROLES = ("fangsong", "kai", "hei", "song", "title")
UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Unicode categories of characters that a title cannot have."""
NO_ENCODINGS = frozenset(
    "charmap idna mbcs oem punycode raw-unicode-escape undefined unicode-escape utf-7".split()
)
"""Codecs that no file is in: for names and programs, of one system, or with ASCII for all else."""
NO_FILE = Path()
"""Stands for a file that is not given."""
MOST_BLEED = 20
"""Millimetres: no guillotine is as far out."""
CONFIG_NAME = "publisher.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a finished file declares, and what goes into it."""

    name: str
    summary: str
    declares: tuple[str, ...]
    """The standards, in their own spelling."""
    pdf_a: str = ""
    """Part and level, such as ``3A``; empty where the file claims none."""
    pdf_ua: str = ""
    """The part of PDF/UA; empty where the file claims none."""
    pdf_x: str = ""
    """The part of PDF/X; empty where the file is for no press."""
    attachments: bool = False
    """Whether the source's text travels inside the file."""
    pdf_version: str = "1.7"


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            Profile(
                name="archive",
                summary="PDF/A-3a and PDF/UA-1 in one file, with the source embedded",
                declares=("PDF/A-3a", "PDF/UA-1"),
                pdf_a="3A",
                pdf_ua="1",
                attachments=True,
            ),
            Profile(
                name="archive-2",
                summary="PDF/A-4f and PDF/UA-2 in one file, with the source embedded",
                declares=("PDF/A-4f", "PDF/UA-2"),
                pdf_a="4F",
                pdf_ua="2",
                attachments=True,
                pdf_version="2.0",
            ),
            Profile(
                name="access",
                summary="PDF/UA-1, nothing embedded",
                declares=("PDF/UA-1",),
                pdf_ua="1",
            ),
            Profile(
                name="print",
                summary="PDF/X-4 for a print shop: black type, bleed, the printing condition inside",
                declares=("PDF/X-4",),
                pdf_x="4",
                pdf_version="1.6",
            ),
            Profile(
                name="draft",
                summary="tagged, but claims no standard",
                declares=(),
            ),
        )
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How much of something one source may hold, and why no more."""

    most: int
    of: str
    """What is counted, as an error names it."""
    reason: str


LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "bytes": Limit(
            most=32 << 20,
            of="bytes",
            reason="a report of that size has thousands of pages",
        ),
        "characters": Limit(
            most=4_000_000,
            of="characters of text",
            reason="that is four hundred times an ordinary report, and every one is accounted for",
        ),
        "line": Limit(
            most=1_000_000,
            of="characters in one paragraph",
            reason="a paragraph of that length is no prose, and its lines are composed as one",
        ),
        "markup": Limit(
            most=1_000_000,
            of="elements of markup",
            reason="a saved page has some thousands; each costs memory before its text is known",
        ),
        "depth": Limit(
            most=64,
            of="levels of elements inside one another",
            reason="pages nest some twenty; what nests deeper exhausts whoever walks it",
        ),
        "xml-depth": Limit(
            most=256,
            of="levels of XML elements inside one another",
            reason="a table in a table in a text box nests some eighty in Word's own files",
        ),
        "span": Limit(
            most=1_000,
            of="rows or columns spanned by one cell",
            reason="HTML stops there, and the grid is laid out place by place",
        ),
        "columns": Limit(
            most=100,
            of="columns of a table",
            reason="no page is wide enough to read more",
        ),
        "cells": Limit(
            most=400_000,
            of="places on the grid of a table",
            reason="layout takes a table as a whole",
        ),
        "pictures": Limit(
            most=200,
            of="pictures",
            reason="a report has a handful; each is decoded before it is shown",
        ),
        "pixels": Limit(
            most=40_000_000,
            of="pixels in one picture",
            reason="a page at 600 dots an inch has 35 million; decoding takes four bytes for each",
        ),
        "parts": Limit(
            most=4_000,
            of="files inside an Office file",
            reason="a long report with pictures has some hundreds",
        ),
        "unpacked": Limit(
            most=256 << 20,
            of="bytes inside an Office file when unpacked",
            reason="its text is read into memory whole",
        ),
        "ratio": Limit(
            most=200,
            of="times its packed size that a part of an Office file unpacks to",
            reason="deflate makes prose five to twenty times smaller; only a bomb packs tighter",
        ),
        "seconds": Limit(
            most=60,
            of="seconds for the conversion of an old format",
            reason="an ordinary file takes five",
        ),
    }
)
"""What one source may hold: past a limit it is refused with a line that names the limit."""


def _option(
    default: Any,
    text: str,
    *,
    metavar: str = "",
    choices: tuple[str, ...] = (),
    flag: str = "",
    affects_output: bool = True,
) -> Any:
    return field(
        default=default,
        metadata={
            "help": text,
            "metavar": metavar,
            "choices": choices,
            "flag": flag,
            "affects_output": affects_output,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is to be made of a source; raises ``UsageError`` where it cannot be."""

    output: Path = _option(
        Path("out"),
        "folder for the results",
        metavar="DIR",
        flag="-o",
        affects_output=False,
    )
    style: str = _option("gongwen", "a style's name or folder", metavar="NAME")
    align: str = _option(
        "style", "lines as the style sets them, or even on the left only", choices=("style", "left")
    )
    script: str = _option("keep", "script of the result", choices=SCRIPTS)
    vocabulary: str = _option(
        "none", "with zh-Hant-TW, also use Taiwan's words", choices=("none", "tw")
    )
    names: tuple[str, ...] = _option(
        (), "names that a conversion leaves to the letter", metavar="NAME[,NAME]"
    )
    glossary: Path = _option(
        NO_FILE,
        "a file of words that a conversion settles: source, target, scripts, note",
        metavar="FILE",
        affects_output=False,
    )
    profile: str = _option("archive", "what the file declares", choices=tuple(PROFILES))
    icc: Path = _option(
        NO_FILE,
        "with --profile print, the ICC profile of the printing condition (default: FOGRA39)",
        metavar="FILE",
        affects_output=False,
    )
    bleed: float = _option(
        3.0, "with --profile print, how far ink goes beyond the trimmed page, in mm", metavar="MM"
    )
    marks: bool = _option(
        False,  # noqa: FBT003 - the column of defaults
        "with --profile print, crop and registration marks around the page",
    )
    title: str = _option("", "the title, where the one found is wrong", metavar="TEXT")
    issuer: str = _option("", "the issuing office, where the one found is wrong", metavar="TEXT")
    date: str = _option("", "the day of issue, where the one found is wrong", metavar="YYYY-MM-DD")
    encoding: str = _option("", "the source's encoding, instead of detecting it", metavar="NAME")
    emit: tuple[str, ...] = _option(
        (),
        "also write the page (html), the text (txt), the figures (csv, xlsx, json-stat) or a proof of "
        "the conversion (bilingual)",
        metavar="KIND[,KIND]",
        choices=EMITS,
        affects_output=False,
    )
    tables: str = _option(
        "appendix",
        "tables of the main figures: at the end, after each section, or none",
        choices=TABLES,
    )
    with_checks: bool = _option(
        False,  # noqa: FBT003 - the column of defaults
        "add a page that does the report's arithmetic again",
    )
    engine: str = _option(
        "fast",
        "the toolkit's own lines and short cuts, or WeasyPrint as it comes, to compare with",
        choices=ENGINES,
    )
    strict: bool = _option(
        False,  # noqa: FBT003 - the column of defaults
        "a check of the figures that fails is an error",
        affects_output=False,
    )
    fonts: tuple[tuple[str, tuple[str, ...]], ...] = _option(
        (), "families an office has licensed, ahead of the catalogue's, by role"
    )

    def __post_init__(self) -> None:
        """Refuse values that no stage could honour."""
        output: Any = self.output
        if isinstance(output, str):
            object.__setattr__(self, "output", Path(output))
        if type(self.bleed) is int:
            object.__setattr__(self, "bleed", float(self.bleed))
        for item in fields(self):
            _refuse_other_kinds(item.name, getattr(self, item.name), item.default)
            _refuse_other_words(item.name, getattr(self, item.name), item.metadata["choices"])
        for name in ("title", "issuer"):
            _refuse_unprintable(name, getattr(self, name))
        if self.date and not is_day(self.date):
            object.__setattr__(self, "date", _day_in_words(self.date))
        if self.encoding:
            _refuse_other_encodings(self.encoding)
        if not 0 <= self.bleed <= MOST_BLEED:
            raise UsageError(
                f"bleed: {self.bleed:g} mm cannot be",
                hint=f"a number from 0 to {MOST_BLEED}; most print shops ask for 3",
            )
        for role, _ in self.fonts:
            if role not in ROLES:
                raise UsageError(
                    f"fonts: {role!r} is not one of {', '.join(ROLES)}", hint=nearest(role, ROLES)
                )

    def conversion(self) -> Wish:
        """Return what is wanted of a conversion."""
        from publisher.conversion import Wish

        return Wish(
            script=self.script,
            vocabulary=self.vocabulary == "tw",
            names=self.names,
            glossary=self.glossary if self.glossary != NO_FILE else None,
        )

    def recorded(self) -> dict[str, Any]:
        """Return every option that can change the output, by name."""
        return {
            item.name: _plain(getattr(self, item.name))
            for item in fields(self)
            if item.metadata["affects_output"]
        }


def is_day(text: str) -> bool:
    """Tell a day in the one form that later stages read, of those that ISO 8601 has."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _refuse_other_kinds(name: str, value: Any, default: Any) -> None:
    kind = Path if isinstance(default, Path) else type(default)
    if not isinstance(value, kind):
        raise UsageError(f"{name}: {value!r} is not a {kind.__name__}", hint="see docs/python.md")


def _refuse_other_words(name: str, value: Any, choices: tuple[str, ...]) -> None:
    for one in value if isinstance(value, tuple) else (value,):
        if choices and one not in choices:
            raise UsageError(
                f"{name}: {one!r} is not one of {', '.join(choices)}",
                hint=nearest(str(one), choices),
            )


def _refuse_other_encodings(name: str) -> None:
    """Refuse what Python calls a codec and is no encoding of text, or one that hides what it says."""
    try:
        "".encode(name)
        known = codecs.lookup(name).name not in NO_ENCODINGS
    except (LookupError, ValueError):
        known = False
    if not known:
        raise UsageError(
            f"encoding: {name!r} is not known",
            hint="for instance utf-8, gb18030, big5hkscs or utf-16",
        )


def _day_in_words(text: str) -> str:
    """Return the day that is written as reports write it (2018年2月26日)."""
    from publisher.text.dates import date_in, is_date

    day = date_in(text) if is_date(text) else ""
    if not day:
        raise UsageError(
            f"date: {text!r} is not a day of the calendar",
            hint="year, month and day, written as 2018-02-26 or 2018年2月26日",
        )
    return day


def _refuse_unprintable(name: str, value: str) -> None:
    """Refuse words that could not be printed as they are: nothing puts them in order."""
    bad = next((one for one in value if unicodedata.category(one) in UNPRINTABLE), "")
    if bad or (value and not value.strip()):
        what = f"holds U+{ord(bad):04X}, which cannot be printed" if bad else "is blank"
        raise UsageError(f"{name}: {value!r} {what}", hint="leave it out, or write it as it reads")


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return {key: list(part) for key, part in value}
        return list(value)
    return value


def nearest(word: str, known: tuple[str, ...], otherwise: str = "") -> str:
    """Return a hint at the known word that was perhaps meant, else at all of them."""
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else otherwise or f"known: {', '.join(known)}"


def find_config(source: Path) -> Path | None:
    """Return the nearest ``publisher.toml`` beside the source or above it."""
    for folder in source.absolute().parents:
        candidate = folder / CONFIG_NAME
        with contextlib.suppress(OSError):  # a folder that may not be looked into has none
            if candidate.is_file():
                return candidate
    return None


def read_config(path: Path) -> dict[str, Any]:
    """Return the options that a configuration file sets, as values for ``Options``.

    Raises ``ConfigurationError``, with the line where TOML knows it, for a file that cannot be
    read, a key that is no option, and a value of the wrong type.
    """
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            f"cannot be read: {error.strerror}", where=str(path), hint="check --config"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(
            f"is not TOML: {error}", where=str(path), hint='a line looks like: style = "reader"'
        ) from error
    return {
        name: _checked(name, value, path)
        for name, value in ((key.replace("-", "_"), value) for key, value in table.items())
    }


def _checked(name: str, value: Any, path: Path) -> Any:
    defaults = {item.name: item.default for item in fields(Options)}
    if name not in defaults:
        raise ConfigurationError(
            f"no option is called {name!r}",
            where=str(path),
            hint=nearest(name, tuple(defaults)),
        )
    if name == "fonts":
        if isinstance(value, dict) and all(_is_texts(part) for part in value.values()):
            return tuple((role, tuple(names)) for role, names in sorted(value.items()))
        raise ConfigurationError(
            "fonts: families by role are wanted",
            where=str(path),
            hint='for instance: [fonts] fangsong = ["FZFangSong-Z02"]',
        )
    default = defaults[name]
    if isinstance(default, tuple) and _is_texts(value):
        return tuple(value)
    if isinstance(default, Path) and isinstance(value, str):
        return path.parent / value
    if name == "date" and isinstance(value, dt.date):
        return value.isoformat()
    if type(value) is type(default):
        return value
    if isinstance(default, float) and type(value) is int:
        return float(value)
    raise ConfigurationError(
        f"{name}: {value!r} is not {_kind(default)}", where=str(path), hint="see docs/configuration"
    )


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _kind(default: Any) -> str:
    if isinstance(default, tuple):
        return "a list of texts"
    if isinstance(default, float):
        return "a number"
    return "true or false" if isinstance(default, bool) else "a text in quotation marks"
