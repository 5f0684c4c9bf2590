"""Gold figures: reports with what each of their figures says, and how far a result is from it.

A caller fills ``Figure`` and ``Alarm`` from whatever it measures; nothing here knows how they were obtained.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

from tests.corpus.figure_subjects import alternatives, comparable, name_of_place, readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FOLDER = Path(__file__).parents[1] / "gold" / "figures"
CHECKS = FOLDER.with_name("checks")
FOLDERS = {
    "open": FOLDER,
    "blind": FOLDER / "blind",
    "blind-2": FOLDER / "blind-2",
    "blind-3": FOLDER / "blind-3",
    "blind-4": FOLDER / "blind-4",
    "blind-5": FOLDER / "blind-5",
    "blind-6": FOLDER / "blind-6",
    "blind-7": FOLDER / "blind-7",
    "blind-8": FOLDER / "blind-8",
    "blind-9": FOLDER / "blind-9",
    "blind-10": FOLDER / "blind-10",
    "second": FOLDER / "second",
    "checks": CHECKS,
    "checks-blind": CHECKS / "blind",
    "claims": CHECKS / "claims",
    "claims-blind": CHECKS / "claims" / "blind",
    "relations": CHECKS / "relations",
    "relations-blind": CHECKS / "relations" / "blind",
    "facts": CHECKS / "facts",
    "facts-blind": CHECKS / "facts" / "blind",
    "distant": CHECKS / "distant",
    "distant-blind": CHECKS / "distant" / "blind",
    "repeats": CHECKS / "repeats",
    "repeats-blind": CHECKS / "repeats" / "blind",
}
"""The parts of the gold by name."""
BEFORE = ".before"
"""The end of the name of last year's report beside a report, which has no gold of its own."""
NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
"""The space between thousands: 12 846."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a result; an empty attribute after ``subject`` is one that the result does not have."""

    offset: int
    """The first code point of the figure in the source."""
    length: int
    value: str
    unit: str
    subject: str
    scope: str | None = None
    period: str | None = None
    status: str | None = None
    """``result``, ``target``, ``estimate`` or ``cumulative``."""
    change: str | None = None
    """``level``, ``change``, ``rate`` or ``share``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One recomputed statement of a result."""

    kind: str
    statement: str
    outcome: str
    """``holds``, ``fails`` or another word."""
    words: str = ""
    """What the result says about a failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldReport:
    """A report with its gold tables."""

    path: Path
    text: str
    figures: Sequence[Mapping[str, str]]
    statements: Sequence[Mapping[str, str]]
    errors: Sequence[Mapping[str, str]]
    before: str = ""
    """The report of the year before; empty if there is none."""

    @property
    def genre(self) -> str:
        """Return the part of the name before its number."""
        return self.path.stem.rpartition("-")[0]

    def damaged(self) -> Iterator[tuple[Mapping[str, str], str]]:
        """Yield each planted error with the report that has it."""
        for row in self.errors:
            yield row, self.text.replace(row["find"], row["replace"], 1)


def reports(part: str) -> list[GoldReport]:
    """Return the reports of a part of ``FOLDERS``, or of another folder of this form."""
    folder = FOLDERS.get(part, Path(part))
    result = []
    for path in sorted([*folder.glob("*.txt"), *folder.glob("*.md"), *folder.glob("*.html")]):
        if path.with_suffix(".errors.csv").exists():
            before = path.with_suffix(f"{BEFORE}{path.suffix}")
            figures, statements, errors = (
                _rows(path.with_suffix(suffix)) for suffix in (".csv", ".checks.csv", ".errors.csv")
            )
            result.append(
                GoldReport(
                    path=path,
                    text=path.read_text(encoding="utf-8"),
                    figures=figures,
                    statements=statements,
                    errors=errors,
                    before=before.read_text(encoding="utf-8") if before.exists() else "",
                )
            )
    return result


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table; none if it does not exist, since reports of checks have no gold of figures."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(slots=True, kw_only=True)
class Score:
    """Counts of one report, or of several added up."""

    reports: int = 0
    gold: int = 0
    found: int = 0
    """Gold figures with their value and unit at their place."""
    results: int = 0
    """Figures of the result, without those that are neither right nor wrong."""
    subjects: int = 0
    alike: int = 0
    """Subjects that share half of the characters with the gold, right ones included."""
    scoped: int = 0
    """Figures found that have a scope in the gold."""
    scopes: int = 0
    dated: int = 0
    """Figures found that have a period in the gold."""
    periods: int = 0
    with_status: int = 0
    statuses: int = 0
    with_change: int = 0
    changes: int = 0
    statements: int = 0
    verified: int = 0
    true_alarms: int = 0
    false_alarms: int = 0
    planted_kinds: Counter[str] = field(default_factory=Counter)
    """Planted errors by the kind of statement that they make false."""
    found_kinds: Counter[str] = field(default_factory=Counter)
    """Those that a failing check reports."""
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        for entry in fields(self):
            setattr(self, entry.name, getattr(self, entry.name) + getattr(other, entry.name))

    @property
    def recall(self) -> float:
        """Return the share of the gold's figures that are found with value and unit."""
        return _share(self.found, self.gold)

    @property
    def precision(self) -> float:
        """Return the share of the result's figures that are figures of the gold."""
        return _share(self.found, self.results)

    @property
    def with_subject(self) -> float:
        """Return the share of the gold's figures that are found with value, unit and subject."""
        return _share(self.subjects, self.gold)

    @property
    def alarms_right(self) -> float:
        """Return the share of failing checks that a planted error caused."""
        return _share(self.true_alarms, self.true_alarms + self.false_alarms)

    @property
    def planted(self) -> int:
        """Return the number of planted errors."""
        return self.planted_kinds.total()

    @property
    def planted_found(self) -> int:
        """Return the number of planted errors that a failing check reports."""
        return self.found_kinds.total()

    @property
    def errors_found(self) -> float:
        """Return the share of planted errors that a failing check reports."""
        return _share(self.planted_found, self.planted)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def years(period: str) -> frozenset[int]:
    """Return the first and the last year of a period; years of the Republic of China are converted."""
    numbers = [int(digits) for digits in re.findall(r"(?<![\d-])\d{3,4}(?!\d)", period)]
    return frozenset(number + 1911 if number < 1000 else number for number in numbers)


def score(
    report: GoldReport,
    figures: Iterable[Figure],
    verdicts: Sequence[Verdict],
    damaged: Iterable[Sequence[Verdict]],
) -> Score:
    """Compare the figures and the verdicts of a result with the gold of the report.

    Args:
        report: The report with its gold.
        figures: What the result found in the report.
        verdicts: The recomputed statements of the report, whose text is true.
        damaged: For each planted error, the recomputed statements of the report that has it.
    """
    result = Score(reports=1)
    if report.figures:
        _score_figures(result, report, list(figures))
    _score_verdicts(result, report, verdicts, damaged)
    return result


def _score_figures(result: Score, report: GoldReport, figures: list[Figure]) -> None:
    place = name_of_place(report.text)
    left = sorted(figures, key=lambda figure: figure.offset)
    for row in report.figures:
        figure = _at(left, row)
        if row["kind"] != "figure":
            if figure and row["kind"] == "optional":
                left.remove(figure)
            continue
        result.gold += 1
        if figure is None:
            result.faults.append(f"missed: {row['value']}{row['unit']} in {row['quote']}")
            continue
        left.remove(figure)
        result.results += 1
        if (figure.value, figure.unit) != (row["value"], row["unit"]):
            result.faults.append(
                f"value: {figure.value} {figure.unit}, not {row['value']} {row['unit']} in {row['quote']}"
            )
            continue
        result.found += 1
        _score_attributes(result, row, figure, place)
    result.results += len(left)
    result.faults += [
        f"no figure: {figure.value}{figure.unit} {figure.subject} at {figure.offset}"
        for figure in left
    ]


def _at(figures: Sequence[Figure], row: Mapping[str, str]) -> Figure | None:
    offset, end = int(row["offset"]), int(row["offset"]) + int(row["length"])
    here = [item for item in figures if item.offset < end and offset < item.offset + item.length]
    return next((item for item in here if item.value == row["value"]), here[0] if here else None)


def _score_attributes(result: Score, row: Mapping[str, str], figure: Figure, place: str) -> None:
    quote = f"{row['value']}{row['unit']} in {row['quote']}"
    options = {name: row[name] for name in ("scope", "unit", "change")} | {"place": place}
    wanted = {comparable(subject, **options) for subject in alternatives(row["subject"])}
    subject = comparable(figure.subject, **options)
    same = any(comparable(reading, **options) in wanted for reading in readings(figure.subject))
    result.subjects += same
    result.alike += same or any(overlap(subject, other) for other in wanted)
    if not same:
        result.faults.append(f"subject: {figure.subject!r}, not {row['subject']!r}: {quote}")
    if row["scope"]:
        result.scoped += 1
        result.scopes += row["scope"] in f"{figure.scope or ''}|{figure.subject}"
    if row["period"]:
        result.dated += 1
        result.periods += years(figure.period or "") == years(row["period"])
    for name, count, right in (
        ("status", "with_status", "statuses"),
        ("change", "with_change", "changes"),
    ):
        value = getattr(figure, name)
        if value is not None:
            setattr(result, count, getattr(result, count) + 1)
            setattr(result, right, getattr(result, right) + (value in row[name].split("|")))
            if value not in row[name].split("|"):
                result.faults.append(f"{name}: {value}, not {row[name]}: {quote}")


def overlap(first: str, second: str) -> bool:
    """Return whether two subjects share half of the characters of the shorter one."""
    shared = sum(min(first.count(char), second.count(char)) for char in {*first} & {*second})
    return shared > 0 and 2 * shared >= min(len(first), len(second))


def numbers(text: str) -> set[str]:
    """Return the numbers in a text, without the marks between their digits."""
    return {number.replace(",", "").replace("，", "") for number in NUMBER.findall(text)}


def _score_verdicts(
    result: Score,
    report: GoldReport,
    verdicts: Sequence[Verdict],
    damaged: Iterable[Sequence[Verdict]],
) -> None:
    for row in report.statements:
        result.statements += 1
        result.verified += any(_verifies(verdict, row) for verdict in verdicts)
    false = {(item.kind, item.statement) for item in verdicts if item.outcome == "fails"}
    result.false_alarms += len(false)
    result.faults += [f"false alarm: {kind} {statement}" for kind, statement in sorted(false)]
    for row, after in zip(report.errors, damaged, strict=True):
        find, replace = (SPACED.sub("", row[name]) for name in ("find", "replace"))
        planted = numbers(replace) - numbers(find) or numbers(replace)
        alarms = [
            item
            for item in after
            if item.outcome == "fails" and (item.kind, item.statement) not in false
        ]
        right = [
            item
            for item in alarms
            if planted & numbers(f"{item.statement} {item.words}")
            or (not planted and replace in item.words)
        ]
        result.true_alarms += len(right)
        result.false_alarms += len(alarms) - len(right)
        result.planted_kinds[row["kind"]] += 1
        result.found_kinds[row["kind"]] += bool(right)
        if not right:
            result.faults.append(f"not found: {row['kind']}: {row['find']} → {row['replace']}")
        result.faults += [
            f"wrong alarm: {item.kind} {item.statement} after {row['replace']}"
            for item in alarms
            if item not in right
        ]


def _verifies(verdict: Verdict, row: Mapping[str, str]) -> bool:
    stated, _, _ = row["statement"].partition("=")
    wanted, got = numbers(row["statement"]), numbers(verdict.statement)
    return (
        verdict.outcome == "holds"
        and numbers(stated) <= got
        and len(wanted & got) >= min(2, len(wanted))
    )


_COLUMNS = (
    ("figures", lambda item: str(item.gold)),
    ("recall", lambda item: _percent(item.found, item.gold)),
    ("precision", lambda item: _percent(item.found, item.results)),
    ("subject", lambda item: _percent(item.subjects, item.gold)),
    ("alike", lambda item: _percent(item.alike, item.gold)),
    ("scope", lambda item: _percent(item.scopes, item.scoped)),
    ("period", lambda item: _percent(item.periods, item.dated)),
    ("status", lambda item: _percent(item.statuses, item.with_status)),
    ("change", lambda item: _percent(item.changes, item.with_change)),
    ("verified", lambda item: f"{item.verified}/{item.statements}"),
    ("alarms right", lambda item: f"{item.true_alarms}/{item.true_alarms + item.false_alarms}"),
    ("planted", lambda item: f"{item.planted_found}/{item.planted}"),
)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def table_by_genre(scores: Iterable[tuple[str, Score]]) -> str:
    """Return a table with a line for each genre and one for all, and the planted errors by kind."""
    genres: dict[str, Score] = {}
    total = Score()
    for genre, each in scores:
        genres.setdefault(genre, Score()).add(each)
        total.add(each)
    lines = [["genre", "reports", *(name for name, _ in _COLUMNS)]]
    for genre, each in [*sorted(genres.items()), ("all", total)]:
        lines.append([genre, str(each.reports), *(cell(each) for _, cell in _COLUMNS)])
    kinds = ", ".join(
        f"{kind} {total.found_kinds[kind]}/{count}"
        for kind, count in sorted(total.planted_kinds.items())
    )
    return "\n".join([*(" | ".join(line) for line in lines), f"planted errors found: {kinds}"])
