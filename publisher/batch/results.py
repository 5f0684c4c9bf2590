"""What a run leaves for people: a page that can be searched, and tables of results and failures.

Enters: the journal's lines. Leaves: ``index.html``, ``summary.csv`` and ``failures.csv`` in the output folder,
in the order of the names, the same whatever way the results came about. What an earlier run
built and still stands is there too.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from publisher.batch.storage import is_as_noted, state_of
from publisher.dataset.csv_table import encode_csv
from publisher.resources import styles_folder
from publisher.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from publisher.batch.journal import Journal
    from publisher.batch.storage import Storage

PAGE, SUMMARY, FAILURES = "index.html", "summary.csv", "failures.csv"
TEMPLATE = "index.html.j2"
LABELS = {
    ".pdf": "PDF",
    ".record.json": "record",
    ".page.html": "page",
    ".normalised.txt": "text",
    ".bilingual.pdf": "proof of conversion",
    ".figures.csv": "figures (CSV)",
    ".figures.xlsx": "figures (workbook)",
    ".figures.json": "figures (JSON-stat)",
}
"""What the results are called, by suffix, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Link:
    """A result."""

    label: str
    href: str
    """Seen from the output folder, as a URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A report: what it is, and what became of it."""

    name: str
    source: str
    title: str = ""
    issuer: str = ""
    year: str = ""
    date: str = ""
    language: str = ""
    pages: int | None = None
    declares: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    """The profiles that the file passed."""
    figures: int | None = None
    checks: int | None = None
    failing: tuple[str, ...] = ()
    """The statements that do not add up."""
    warnings: int | None = None
    sha256: str = ""
    error: str = ""
    """Why the newest build failed; the rest is then of an earlier result, where there is one."""
    kind: str = ""
    """The class of that error."""
    exit_code: int = 0
    hint: str = ""
    links: tuple[Link, ...] = ()


def rows_of(
    lines: Iterable[dict[str, Any]], planned: Collection[str], storage: Storage
) -> list[Row]:
    """Return a row for each planned report that ended, and each earlier one that still stands."""
    base = storage.base()
    done: dict[str, dict[str, Any]] = {}
    failed: dict[str, dict[str, Any]] = {}
    for line in lines:
        name = line.get("name")
        if line["event"] == "done" and isinstance(name, str):
            done[name] = line
            failed.pop(name, None)
        elif line["event"] == "failed" and isinstance(name, str):
            failed[name] = line
    return [
        _row(name, done.get(name), failed.get(name), base)
        for name in sorted({*done, *failed})
        if name in planned or (name in done and _stands(storage, name, done[name]))
    ]


def _stands(storage: Storage, name: str, done: dict[str, Any]) -> bool:
    try:
        return storage.holds(name, ".pdf", done["files"][".pdf"])
    except (KeyError, TypeError, IndexError):
        return False


def _row(name: str, done: dict[str, Any] | None, failed: dict[str, Any] | None, base: str) -> Row:
    try:
        return _read_row(name, done, failed, base)
    except (KeyError, TypeError, AttributeError, ValueError):
        return Row(
            name=name,
            source=name,
            error="its line in the journal is damaged",
            kind="OutputError",
            exit_code=30,
            hint="build it again with --force",
        )


def _read_row(
    name: str, done: dict[str, Any] | None, failed: dict[str, Any] | None, base: str
) -> Row:
    said: dict[str, Any] = {}
    if done:
        facts, files = done["facts"], done["files"]
        said = {key: facts[key] for key in _FACTS}
        said |= {key: tuple(facts[key]) for key in ("declares", "verdicts", "failing")}
        said["sha256"] = files[".pdf"]["sha256"]
        said["links"] = tuple(
            Link(label, base + quote(f"{name}{suffix}"))
            for suffix, label in LABELS.items()
            if suffix in files
        )
    if failed:
        said |= {key: failed[key] for key in ("exit_code", "hint")}
        said |= {"error": failed["message"], "kind": failed["error"]}
    return Row(name=name, source=(failed or done or {})["below"], **said)


_FACTS = ("title", "issuer", "year", "date", "language", "pages", "figures", "checks", "warnings")


def write_results(rows: list[Row], folder: Path, journal: Journal) -> None:
    """Write the page and the tables, unless they stand there as they would be written."""
    digest = _digest(rows)
    noted = next((line for line in _results(journal) if line.get("rows") == digest), None)
    if noted and all(is_as_noted(folder / name, file) for name, file in noted["files"].items()):
        return
    files = {
        FAILURES: encode_csv(_FAILURE, map(_failure, filter(_has_failed, rows))),
        SUMMARY: encode_csv(_SUMMARY, map(_summary, rows)),
        PAGE: _page(rows).encode(),
    }
    write_whole({folder / name: data for name, data in files.items()})
    journal.note(
        "results",
        rows=digest,
        files={
            name: {"state": state_of(folder / name), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        },
    )


def _results(journal: Journal) -> Iterator[dict[str, Any]]:
    """Yield what was noted of the page last, if anything was."""
    last = None
    for line in journal.lines():
        if line["event"] == "results":
            last = line
    if last is not None:
        yield last


def _digest(rows: list[Row]) -> str:
    template = (styles_folder() / "results" / TEMPLATE).read_bytes()
    said = json.dumps([asdict(row) for row in rows], ensure_ascii=True).encode()
    return hashlib.sha256(template + said).hexdigest()


def _has_failed(row: Row) -> bool:
    return bool(row.error)


_SUMMARY = (
    "name source state title issuer year date language pages declares verdicts figures checks "
    "checks_failed failing warnings sha256"
).split()
_FAILURE = "name source error exit_code message hint earlier_result".split()


def _summary(row: Row) -> dict[str, Any]:
    said = {key: getattr(row, key) for key in ("name", "source", *_FACTS, "sha256")}
    return {
        **said,
        "state": "failed" if row.error else "built",
        "declares": "; ".join(row.declares),
        "verdicts": "; ".join(row.verdicts),
        "checks_failed": None if row.checks is None else len(row.failing),
        "failing": "; ".join(row.failing),
    }


def _failure(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "source": row.source,
        "error": row.kind,
        "exit_code": row.exit_code,
        "message": row.error,
        "hint": row.hint,
        "earlier_result": "stands" if row.links else "",
    }


def _page(rows: list[Row]) -> str:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(styles_folder() / "results"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    failed = sum(bool(row.error) for row in rows)
    return environment.get_template(TEMPLATE).render(
        heading=f"{len(rows)} reports", rows=rows, built=len(rows) - failed, failed=failed
    )
