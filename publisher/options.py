"""Everything a person can ask for: one frozen value, the only home of defaults and their checks.

Each field carries what the command line, the configuration file and the documentation say of
it, so that an option is written once. ``affects_output`` marks what the record must keep, since
another value could give another file.
"""

from __future__ import annotations

import codecs
import datetime as dt
import difflib
import unicodedata
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from publisher.errors import UsageError
from publisher.profiles import PROFILES

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
class ConversionOptions:
    """What is wanted of a conversion."""

    script: str = "keep"
    vocabulary: bool = False
    """Whether words become those of Taiwan, too."""
    names: tuple[str, ...] = ()
    """What stays to the letter."""
    glossary: Path | None = None


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
        if self.date and not is_iso_date(self.date):
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
                    f"fonts: {role!r} is not one of {', '.join(ROLES)}",
                    hint=suggest_name(role, ROLES),
                )

    def conversion(self) -> ConversionOptions:
        """Return what is wanted of a conversion."""
        return ConversionOptions(
            script=self.script,
            vocabulary=self.vocabulary == "tw",
            names=self.names,
            glossary=self.glossary if self.glossary != NO_FILE else None,
        )

    def to_record(self) -> dict[str, Any]:
        """Return every option that can change the output, by name."""
        return {
            item.name: _plain(getattr(self, item.name))
            for item in fields(self)
            if item.metadata["affects_output"]
        }


def is_iso_date(text: str) -> bool:
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
                hint=suggest_name(str(one), choices),
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


def suggest_name(word: str, known: tuple[str, ...], otherwise: str = "") -> str:
    """Return a hint at the known word that was perhaps meant, else at all of them."""
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {close[0]}?" if close else otherwise or f"known: {', '.join(known)}"
