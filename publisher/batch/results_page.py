"""The results page of an output folder, and the tables of results and failures.

Input: the entries of the journal. Output: ``index.html``, ``summary.csv`` and ``failures.csv`` in the output folder, in
the order of the names. They depend on the results only, not on the order or number of runs. Results of earlier
runs that still exist are included.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from publisher.batch.storage import file_state, is_unchanged
from publisher.errors import OutputError
from publisher.export.csv_table import encode_csv, escape_formula
from publisher.messages import translatable
from publisher.messages.catalogue import ENGLISH, Catalogue
from publisher.output_names import (
    BILINGUAL,
    DATA_SUFFIXES,
    FAILURES,
    INDEX,
    PAGE,
    PDF,
    RECORD,
    SUMMARY,
    TEXT,
)
from publisher.render.page_environment import page_environment
from publisher.system.atomic_write import write_atomically
from publisher.system.resources import styles_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from publisher.batch.journal import Journal
    from publisher.batch.storage import Storage
    from publisher.errors import PublisherError

TEMPLATE = "index.html.j2"
LABELS = {
    PDF: translatable("PDF"),
    RECORD: translatable("record"),
    PAGE: translatable("page"),
    TEXT: translatable("text"),
    BILINGUAL: translatable("proof of conversion"),
    DATA_SUFFIXES["csv"]: translatable("figures (CSV)"),
    DATA_SUFFIXES["xlsx"]: translatable("figures (workbook)"),
    DATA_SUFFIXES["json-stat"]: translatable("figures (JSON-stat)"),
}
"""Labels of the links to results, by suffix, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a result."""

    label: str
    href: str
    """The URL, relative to the output folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A row of the page and the tables: a report and the outcome of its build."""

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
    """The profiles that the PDF passed."""
    figures: int | None = None
    checks: int | None = None
    failing: tuple[str, ...] = ()
    """The statements that do not add up."""
    warnings: int | None = None
    sha256: str = ""
    error: str = ""
    """Why the latest build failed; the other fields then describe an earlier result, if one exists."""
    error_class: str = ""
    """The name of the error's class."""
    exit_code: int = 0
    hint: str = ""
    links: tuple[Link, ...] = ()


def build_rows(
    entries: Iterable[dict[str, Any]], planned_names: Collection[str], storage: Storage
) -> list[ReportRow]:
    """Return the rows of the planned reports that were built or failed, and of earlier results that exist.

    Args:
        entries: The ``done`` and ``failed`` entries of the journal, in order.
        planned_names: The names of the reports of this run.
        storage: The storage of the results.

    """
    link_prefix = storage.link_prefix()
    done: dict[str, dict[str, Any]] = {}
    failed: dict[str, dict[str, Any]] = {}
    for entry in entries:
        name = entry.get("name")
        if entry["event"] == "done" and isinstance(name, str):
            done[name] = entry
            failed.pop(name, None)
        elif entry["event"] == "failed" and isinstance(name, str):
            failed[name] = entry
    for name in [name for name in done if name in failed or name not in planned_names]:
        if not _has_pdf(storage, name, done[name]):
            del done[name]
    return [
        _build_row(name, done.get(name), failed.get(name), link_prefix)
        for name in sorted({*done, *failed})
        if name in planned_names or name in done
    ]


def _has_pdf(storage: Storage, name: str, done: dict[str, Any]) -> bool:
    """Return whether the PDF of a ``done`` entry still exists unchanged."""
    try:
        return storage.has_unchanged(name, PDF, done["files"][PDF])
    except (KeyError, TypeError, IndexError):
        return False


def unreadable_folder_row(error: PublisherError) -> ReportRow:
    """Return the row of a folder that could not be listed."""
    return ReportRow(
        name=error.where,
        source=error.where,
        error=error.message,
        error_class=type(error).__name__,
        exit_code=error.exit_code,
        hint=error.hint,
    )


def _build_row(
    name: str, done: dict[str, Any] | None, failed: dict[str, Any] | None, link_prefix: str
) -> ReportRow:
    try:
        return _read_row(name, done, failed, link_prefix)
    except (KeyError, TypeError, AttributeError, ValueError):
        return ReportRow(
            name=name,
            source=name,
            error="its journal entry is damaged",
            error_class="OutputError",
            exit_code=30,
            hint="build it again with --force",
        )


def _read_row(
    name: str, done: dict[str, Any] | None, failed: dict[str, Any] | None, link_prefix: str
) -> ReportRow:
    fields: dict[str, Any] = {}
    if done:
        summary, files = done["facts"], done["files"]
        fields = {key: summary[key] for key in _SUMMARY_KEYS}
        fields |= {
            key: tuple(map(str, summary[key])) for key in ("declares", "verdicts", "failing")
        }
        fields["sha256"] = files[PDF]["sha256"]
        fields["links"] = tuple(
            Link(label, link_prefix + quote(f"{name}{suffix}"))
            for suffix, label in LABELS.items()
            if suffix in files
        )
    if failed:
        fields |= {key: failed[key] for key in ("exit_code", "hint")}
        fields |= {"error": failed["message"], "error_class": failed["error"]}
    return ReportRow(name=name, source=(failed or done or {})["below"], **fields)


_SUMMARY_KEYS = (
    "title", "issuer", "year", "date", "language", "pages", "figures", "checks", "warnings",
)  # fmt: skip


def refuse_foreign_files(folder: Path) -> None:
    """Raise ``OutputError`` if a file of another origin has the name of a file that a run writes."""
    signatures = {
        INDEX: _GENERATOR_TAG.encode(),
        SUMMARY: encode_csv(SUMMARY_COLUMNS, ()),
        FAILURES: encode_csv(FAILURE_COLUMNS, ()),
    }
    for name, signature in signatures.items():
        path = folder / name
        try:
            with path.open("rb") as file:
                is_own = signature in file.read(_SIGNATURE_BYTES)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise OutputError(
                translatable("cannot be read: {strerror}", strerror=error.strerror),
                where=str(path),
                hint="move it away",
            ) from error
        if not is_own:
            raise OutputError(
                "is not from an earlier run and is not overwritten",
                where=str(path),
                hint="move it away, or choose another folder with -o",
            )


_GENERATOR_TAG = '<meta name="generator" content="Publisher">'
_SIGNATURE_BYTES = 1 << 10
"""Bytes at the beginning of a file in which its signature must be."""


def write_results(
    rows: list[ReportRow],
    folder: Path,
    journal: Journal,
    *,
    remaining: int = 0,
    language: str = ENGLISH,
) -> None:
    """Write the page and the tables, unless they already exist with this content.

    Args:
        rows: The reports.
        folder: Where the files are written.
        journal: The journal of the run.
        remaining: The number of reports that the run did not start.
        language: The language of the page and of the messages in the tables, whose heads are English.

    """
    digest = _digest(rows, remaining, language)
    latest = deque(journal.entries("results"), maxlen=1)
    entry = latest[0] if latest else {}
    if (
        entry
        and entry["rows"] == digest
        and all(is_unchanged(folder / name, file) for name, file in entry["files"].items())
    ):
        return
    shown = [_translate(row, Catalogue(language)) for row in rows]
    files = {
        FAILURES: encode_csv(FAILURE_COLUMNS, map(_failure_cells, filter(_has_failed, shown))),
        SUMMARY: encode_csv(SUMMARY_COLUMNS, map(_summary_cells, shown)),
        INDEX: _page(shown, remaining, language).encode(),
    }
    write_atomically({folder / name: data for name, data in files.items()})
    journal.append(
        "results",
        rows=digest,
        files={
            name: {"state": file_state(folder / name), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        },
    )


def _digest(rows: list[ReportRow], remaining: int, language: str) -> str:
    """Return a digest of everything that the page and the tables are made from."""
    digest = hashlib.sha256((styles_folder() / "results" / TEMPLATE).read_bytes())
    digest.update(f"{remaining} {language}".encode())
    for row in rows:
        digest.update(ascii(row).encode())
    return digest.hexdigest()


def _translate(row: ReportRow, catalogue: Catalogue) -> ReportRow:
    """Return a row with its messages, which the journal has in English, in the language of a catalogue."""
    if catalogue.language == ENGLISH:
        return row
    return replace(
        row,
        error=catalogue.translate(catalogue.recognise(row.error)),
        hint=catalogue.translate(catalogue.recognise(row.hint)),
        failing=tuple(catalogue.translate(catalogue.recognise(text)) for text in row.failing),
        verdicts=tuple(catalogue.translate(translatable(name)) for name in row.verdicts),
    )


def _has_failed(row: ReportRow) -> bool:
    return bool(row.error)


SUMMARY_COLUMNS = (
    "name source state title issuer year date language pages declares verdicts figures checks "
    "checks_failed failing warnings sha256"
).split()
FAILURE_COLUMNS = "name source error exit_code message hint earlier_result".split()


def _summary_cells(row: ReportRow) -> dict[str, Any]:
    numbers = {
        key: getattr(row, key) for key in ("pages", "figures", "checks", "warnings", "sha256")
    }
    text_columns = ("name", "source", "title", "issuer", "year", "date", "language")
    return {
        **numbers,
        **{key: escape_formula(getattr(row, key)) for key in text_columns},
        "state": "failed" if row.error else "built",
        "declares": "; ".join(row.declares),
        "verdicts": "; ".join(row.verdicts),
        "checks_failed": None if row.checks is None else len(row.failing),
        "failing": escape_formula("; ".join(row.failing)),
    }


def _failure_cells(row: ReportRow) -> dict[str, Any]:
    return {
        "name": escape_formula(row.name),
        "source": escape_formula(row.source),
        "error": row.error_class,
        "exit_code": row.exit_code,
        "message": escape_formula(row.error),
        "hint": row.hint,
        "earlier_result": "available" if row.links else "",
    }


def _page(rows: list[ReportRow], remaining: int, language: str) -> str:
    failed = sum(bool(row.error) for row in rows)
    return (
        page_environment("results", language)
        .get_template(TEMPLATE)
        .render(
            rows=rows,
            built=len(rows) - failed,
            failed=failed,
            remaining=remaining,
        )
    )
