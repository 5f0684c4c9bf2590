"""The options of a publication, their defaults, their help texts and their checks.

The fields of ``Options`` are the only definition of an option: command line, configuration file, ``--help`` and
documentation are derived from them. ``affects_output`` marks options that the record contains, because another
value could change the files.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from publisher.errors import UsageError
from publisher.messages import join_texts, translatable
from publisher.profiles import PROFILES
from publisher.reference.printing import USUAL_BLEED
from publisher.text import unicode_data
from publisher.text.name_suggestions import suggest_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SCRIPTS = ("keep", "zh-Hans-CN", "zh-Hant-TW", "zh-Hant-HK", "zh-Hant")
FORMS = ("office", "standard", "opencc")
VOCABULARIES = {"none": "", "tw": "zh-Hant-TW", "hk": "zh-Hant-HK"}
"""The values of ``vocabulary``, and the script that each needs."""
EMITS = ("html", "txt", "csv", "xlsx", "json-stat", "bilingual")
TABLES = ("auto", "appendix", "inline", "none")
WIDE_TABLES = ("parts", "fold-out")
EDITS = ("certain", "all", "none")
ENGINES = ("fast", "stock")
MISSING_GLYPHS = ("mark", "error")
ROLES = ("fangsong", "kai", "hei", "song", "title")
LATIN_ROLE = "latin"
"""The role of the letters and figures of Latin text; without a family they are those of the Chinese face."""
FONT_ROLES = (*ROLES, LATIN_ROLE)
UNPRINTABLE_CATEGORIES = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Unicode categories of characters that a title cannot contain."""
NON_FILE_CODECS = frozenset(
    "charmap idna mbcs oem punycode raw-unicode-escape undefined unicode-escape utf-7".split()
)
"""Python codecs that are not encodings of files: for host names, source code or one system."""
NO_FILE = Path()
"""The default of options that name a file."""
MAX_BLEED = 20
"""Millimetres; no guillotine cuts as far outside."""


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


def _profile_list() -> str:
    return join_texts(
        ", ",
        (
            translatable("`{name}` ({summary})", name=profile.name, summary=profile.summary)
            for profile in PROFILES.values()
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionOptions:
    """The options of the conversion between Simplified and Traditional Chinese."""

    script: str = "keep"
    """The script of the output (BCP 47), or ``keep``."""
    forms: str = "office"
    """The forms of Traditional characters: ``office``, ``standard`` or ``opencc``."""
    vocabulary: bool = False
    """Whether words are replaced by those of the region, too."""
    names: tuple[str, ...] = ()
    """Words that stay unchanged."""
    glossary: Path | None = None
    """A file of words and their conversions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to publish a report; raises ``UsageError`` for a value that is not possible."""

    output: Path = _option(
        Path("out"),
        "folder for the results, or with one source the name of its PDF",
        metavar="DIR|PDF",
        flag="-o",
        affects_output=False,
    )
    style: str = _option(
        "gongwen", "name of a style, or the folder of a style of your own", metavar="NAME"
    )
    align: str = _option(
        "style",
        "alignment of lines: as the style sets it, or ragged on the right (for readers whom uneven "
        "gaps disturb)",
        choices=("style", "left"),
    )
    script: str = _option("keep", "script of the output; `keep` converts nothing", choices=SCRIPTS)
    forms: str = _option(
        "office",
        "with zh-Hant-TW and zh-Hant-HK: the forms of characters that the region's offices write (`office`), those "
        "of its standard table (`standard`), or those of OpenCC, which belong to no region (`opencc`)",
        choices=FORMS,
    )
    vocabulary: str = _option(
        "none",
        "also use the words of the region: `tw` with zh-Hant-TW, `hk` with zh-Hant-HK",
        choices=tuple(VOCABULARIES),
    )
    names: tuple[str, ...] = _option(
        (), "names that the conversion leaves unchanged", metavar="NAME[,NAME]"
    )
    glossary: Path = _option(
        NO_FILE,
        "file of words and their conversions: source, target, scripts, note",
        metavar="FILE",
        affects_output=False,
    )
    profile: str = _option(
        "archive",
        translatable("what the file declares: {profiles}", profiles=_profile_list()),
        choices=tuple(PROFILES),
    )
    icc: Path = _option(
        NO_FILE,
        "with --profile print: ICC profile of the printing condition, from the print shop (default: "
        "FOGRA39, coated paper)",
        metavar="FILE",
        affects_output=False,
    )
    bleed: float = _option(
        USUAL_BLEED,
        "with --profile print: bleed outside the trimmed page in millimetres",
        metavar="MM",
    )
    marks: bool = _option(
        False,  # noqa: FBT003 - the column of defaults
        "with --profile print: add crop and registration marks outside the bleed",
    )
    title: str = _option("", "title of the report; overrides the detected one", metavar="TEXT")
    issuer: str = _option("", "issuing office; overrides the detected one", metavar="TEXT")
    date: str = _option("", "day of issue; overrides the detected one", metavar="YYYY-MM-DD")
    encoding: str = _option(
        "", "encoding of the source; overrides the detected one", metavar="NAME"
    )
    edits: str = _option(
        "certain",
        "edits that are made where nobody decided: those that the text proves (`certain`), also those that are "
        "only likely (`all`), or only those without which the text cannot be set (`none`)",
        choices=EDITS,
    )
    decisions: Path = _option(
        NO_FILE,
        "file of decisions about the report: edits accepted or rejected, metadata, roles of lines, captions "
        "(default: NAME.decisions.toml beside the source)",
        metavar="FILE",
        affects_output=False,
    )
    emit: tuple[str, ...] = _option(
        (),
        "also write the page before typesetting (`html`), the normalised text (`txt`), the figures "
        "(`csv`, `xlsx`, `json-stat`), or source and converted text side by side (`bilingual`)",
        metavar="KIND[,KIND]",
        choices=EMITS,
        affects_output=False,
    )
    tables: str = _option(
        "auto",
        "where tables of the main figures are: at the end of a report and nowhere in other documents, such as "
        "notices, letters, minutes and rules (`auto`), at the end, after each section, or nowhere",
        choices=TABLES,
    )
    wide_tables: str = _option(
        "parts",
        "a table too wide for a landscape page: in parts with some of the columns each (`parts`), or on pages twice "
        "as wide, A3 beside A4, that fold out (`fold-out`)",
        choices=WIDE_TABLES,
    )
    with_checks: bool = _option(
        False,  # noqa: FBT003 - the column of defaults
        "add a page that recomputes totals and rates",
    )
    missing_glyph: str = _option(
        "mark",
        "a character that no font has: `mark` sets its code, such as [U+1F916], keeps the character in the text "
        "of the file and warns; `error` refuses the report",
        choices=MISSING_GLYPHS,
    )
    engine: str = _option(
        "fast",
        "`stock` typesets with unmodified WeasyPrint, for comparison",
        choices=ENGINES,
    )
    strict: bool = _option(
        False,  # noqa: FBT003 - the column of defaults
        "exit with an error if a check of the figures fails; the files are written all the same",
        affects_output=False,
    )
    extensions: tuple[str, ...] = _option(
        (),
        "installed packages whose readers, rules, checks and styles are used",
        metavar="NAME[,NAME]",
    )
    fonts: tuple[tuple[str, tuple[str, ...]], ...] = _option(
        (), "font families by role, used before those of the catalogue"
    )

    def __post_init__(self) -> None:
        """Check the values."""
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(item.default, Path) and isinstance(value, str) and value:
                object.__setattr__(self, item.name, Path(value))
        if type(self.bleed) is int:
            object.__setattr__(self, "bleed", float(self.bleed))
        for item in fields(self):
            _require_type(item.name, getattr(self, item.name), item.default)
            _require_choice(item.name, getattr(self, item.name), item.metadata["choices"])
        object.__setattr__(self, "extensions", _package_names(self.extensions))
        for name in ("title", "issuer"):
            require_printable(name, getattr(self, name))
        if self.date and not is_iso_date(self.date):
            object.__setattr__(self, "date", parse_day(self.date))
        if self.encoding:
            _require_encoding(self.encoding)
        self._require_region()
        if not 0 <= self.bleed <= MAX_BLEED:
            raise UsageError(
                translatable("bleed: {bleed:g} mm is out of range", bleed=self.bleed),
                hint=translatable(
                    "a number from 0 to {max_bleed}; most print shops ask for 3",
                    max_bleed=MAX_BLEED,
                ),
            )
        self._require_fonts()

    def _require_fonts(self) -> None:
        """Raise ``UsageError`` for an unknown role of fonts, or a family without a name."""
        for role, names in self.fonts:
            if role not in FONT_ROLES:
                raise UsageError(
                    translatable("fonts: {role!r} is not a role of fonts", role=role),
                    hint=suggest_name(role, FONT_ROLES),
                )
            if not all(name.strip() for name in names):
                raise UsageError(
                    translatable("fonts: the name of a family for {role!r} is empty", role=role),
                    hint="leave it out; publisher fonts lists the families",
                )

    def _require_region(self) -> None:
        """Raise ``UsageError`` if the words of one region are wanted in the forms of another."""
        if self.vocabulary == "none" or not self.script.startswith("zh-Hant"):
            return
        script = VOCABULARIES[self.vocabulary]
        if self.script != script:
            raise UsageError(
                translatable(
                    "vocabulary: {vocabulary!r} does not fit the script {script}",
                    vocabulary=self.vocabulary,
                    script=self.script,
                ),
                hint=translatable("use it with --script {script}, or leave it out", script=script),
            )
        if self.forms == "opencc":
            raise UsageError(
                translatable(
                    "vocabulary: {vocabulary!r} does not fit the forms 'opencc'",
                    vocabulary=self.vocabulary,
                ),
                hint="words of a region have its forms; use --forms office or standard",
            )

    def conversion(self) -> ConversionOptions:
        """Return the options of the conversion."""
        return ConversionOptions(
            script=self.script,
            forms=self.forms,
            vocabulary=self.script == VOCABULARIES[self.vocabulary],
            names=self.names,
            glossary=self.glossary if self.glossary != NO_FILE else None,
        )

    def to_record(self) -> dict[str, Any]:
        """Return every option that can change the output, by name, as values for JSON."""
        return {
            item.name: _to_json(getattr(self, item.name))
            for item in fields(self)
            if item.metadata["affects_output"]
        }


READING_OPTIONS = (
    "encoding",
    "edits",
    "decisions",
    "script",
    "forms",
    "vocabulary",
    "names",
    "glossary",
    "extensions",
)
"""The options of what reads reports and builds nothing."""
_NEEDS = {
    **dict.fromkeys(("forms", "vocabulary"), ("script", SCRIPTS[2:4])),
    **dict.fromkeys(("names", "glossary"), ("script", SCRIPTS[1:])),
    **dict.fromkeys(("icc", "bleed", "marks"), ("profile", ("print",))),
}
"""Options that have an effect only if another option has one of some values."""
REPORTED_BY_BUILDS = ("icc", "marks")
"""Those whose lack of an effect is a finding of each report that is built."""


def find_ineffective(options: Options, names: Collection[str]) -> dict[str, str]:
    """Return those of the named options that have no effect, each with the option that it needs.

    Example:
        >>> find_ineffective(Options(bleed=5.0), ["bleed", "style"])
        {'--bleed': '--profile print'}

    """
    ineffective: dict[str, str] = {}
    for item in fields(options):
        if item.name not in names or getattr(options, item.name) == item.default:
            continue
        needed, values = _NEEDS.get(item.name, ("", ()))
        if needed and getattr(options, needed) not in values:
            ineffective[flag_of(item.name)] = f"{flag_of(needed)} {'|'.join(values)}"
    return ineffective


def flag_of(name: str) -> str:
    """Return the flag of an option on the command line."""
    return f"--{name.replace('_', '-')}"


def is_iso_date(text: str) -> bool:
    """Return whether a text is a calendar day written as YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _package_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of packages as package indexes write them, each once."""
    return tuple(dict.fromkeys(re.sub("[-_.]+", "-", name).lower() for name in names))


_EXAMPLES: Mapping[type, str] = MappingProxyType(
    {str: "'text'", bool: "True", float: "3.0", tuple: "('name',)", Path: "Path('name')"}
)
"""A value of each type of an option, as a program writes it."""


def _require_type(name: str, value: Any, default: Any) -> None:
    kind = Path if isinstance(default, Path) else type(default)
    if not isinstance(value, kind):
        raise UsageError(
            translatable(
                "{name}: {value!r} is not a {kind}", name=name, value=value, kind=kind.__name__
            ),
            hint=translatable("for example {example}", example=_EXAMPLES[kind]),
        )


def _require_choice(name: str, value: Any, choices: tuple[str, ...]) -> None:
    for part in value if isinstance(value, tuple) else (value,):
        if choices and part not in choices:
            raise UsageError(
                translatable("{name}: {part!r} is not a possible value", name=name, part=part),
                hint=suggest_name(str(part), choices),
            )


def _require_encoding(name: str) -> None:
    """Raise ``UsageError`` unless the name is that of an encoding of text files."""
    try:
        "".encode(name)
        known = codecs.lookup(name).name not in NON_FILE_CODECS
    except (LookupError, ValueError):
        known = False
    if not known:
        raise UsageError(
            translatable("encoding: {name!r} is not known", name=name),
            hint="for instance utf-8, gb18030, big5hkscs or utf-16",
        )


def parse_day(text: str) -> str:
    """Return the day of a text such as 2018年2月26日 as YYYY-MM-DD; raise ``UsageError`` for any other text."""
    from publisher.text.dates import date_in, is_date

    day = date_in(text) if is_date(text) else ""
    if not day:
        raise UsageError(
            translatable("date: {text!r} is not a day of the calendar", text=text),
            hint="year, month and day, written as 2018-02-26 or 2018年2月26日",
        )
    return day


def require_printable(name: str, value: str) -> None:
    """Raise ``UsageError`` for a blank text, and for one with control or unassigned characters."""
    categories = UNPRINTABLE_CATEGORIES
    bad = next((char for char in value if unicode_data.category(char) in categories), "")
    if bad or (value and not value.strip()):
        problem = (
            translatable("contains U+{code:04X}, which cannot be printed", code=ord(bad))
            if bad
            else translatable("is blank")
        )
        raise UsageError(
            translatable("{name}: {value!r} {problem}", name=name, value=value, problem=problem),
            hint="leave it out or correct it",
        )


def _to_json(value: Any) -> Any:
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return {key: list(part) for key, part in value}
        return list(value)
    return value
