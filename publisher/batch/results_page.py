"""What a run leaves for people: a page that can be searched, and tables of results and failures.

Enters: the journal's lines. Leaves: ``index.html``, ``summary.csv`` and ``failures.csv`` in the output folder,
in the order of the names, the same whatever way the results came about. What an earlier run
built and still stands is there too.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from publisher.batch.storage import is_as_noted, state_of
from publisher.errors import OutputError
from publisher.export.csv_table import as_text, encode_csv
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
from publisher.system.atomic_write import write_whole
from publisher.system.resources import styles_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from publisher.batch.journal import Journal
    from publisher.batch.storage import Storage
    from publisher.errors import PublisherError

TEMPLATE = "index.html.j2"
LABELS = {
    PDF: "PDF",
    RECORD: "record",
    PAGE: "page",
    TEXT: "text",
    BILINGUAL: "proof of conversion",
    DATA_SUFFIXES["csv"]: "figures (CSV)",
    DATA_SUFFIXES["xlsx"]: "figures (workbook)",
    DATA_SUFFIXES["json-stat"]: "figures (JSON-stat)",
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
    for name in [one for one in done if one in failed or one not in planned]:
        if not _stands(storage, name, done[name]):
            del done[name]
    return [
        _row(name, done.get(name), failed.get(name), base)
        for name in sorted({*done, *failed})
        if name in planned or name in done
    ]


def _stands(storage: Storage, name: str, done: dict[str, Any]) -> bool:
    try:
        return storage.holds(name, PDF, done["files"][PDF])
    except (KeyError, TypeError, IndexError):
        return False


def row_of_folder(error: PublisherError) -> Row:
    """Return the row of a folder that could not be looked into."""
    return Row(
        name=error.where,
        source=error.where,
        error=error.message,
        kind=type(error).__name__,
        exit_code=error.exit_code,
        hint=error.hint,
    )


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
        said |= {key: tuple(map(str, facts[key])) for key in ("declares", "verdicts", "failing")}
        said["sha256"] = files[PDF]["sha256"]
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


def require_own(folder: Path) -> None:
    """Refuse to write over a file of somebody's own that is called as ours are."""
    beginnings = {
        INDEX: _MADE_BY.encode(),
        SUMMARY: encode_csv(_SUMMARY, ()),
        FAILURES: encode_csv(_FAILURE, ()),
    }
    for name, beginning in beginnings.items():
        path = folder / name
        try:
            with path.open("rb") as file:
                ours = beginning in file.read(_HEAD)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise OutputError(
                f"cannot be read: {error.strerror}", where=str(path), hint="move it away"
            ) from error
        if not ours:
            raise OutputError(
                "is not of an earlier run, and would be written over",
                where=str(path),
                hint="move it away, or choose another folder with -o",
            )


_MADE_BY = '<meta name="generator" content="Publisher">'
_HEAD = 1 << 10


def write_results(rows: list[Row], folder: Path, journal: Journal, *, left: int = 0) -> None:
    """Write the page and the tables, unless they stand there as they would be written.

    ``left`` is how many reports of the plan the run did not come to.
    """
    digest = _digest(rows, left)
    last = deque(journal.lines("results"), maxlen=1)
    noted = last[0] if last else {}
    if (
        noted
        and noted["rows"] == digest
        and all(is_as_noted(folder / name, file) for name, file in noted["files"].items())
    ):
        return
    files = {
        FAILURES: encode_csv(_FAILURE, map(_failure, filter(_has_failed, rows))),
        SUMMARY: encode_csv(_SUMMARY, map(_summary, rows)),
        INDEX: _page(rows, left).encode(),
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


def _digest(rows: list[Row], left: int) -> str:
    digest = hashlib.sha256((styles_folder() / "results" / TEMPLATE).read_bytes())
    digest.update(b"%d" % left)
    for row in rows:
        digest.update(ascii(row).encode())
    return digest.hexdigest()


def _has_failed(row: Row) -> bool:
    return bool(row.error)


_SUMMARY = (
    "name source state title issuer year date language pages declares verdicts figures checks "
    "checks_failed failing warnings sha256"
).split()
_FAILURE = "name source error exit_code message hint earlier_result".split()


def _summary(row: Row) -> dict[str, Any]:
    said = {key: getattr(row, key) for key in ("pages", "figures", "checks", "warnings", "sha256")}
    words = ("name", "source", "title", "issuer", "year", "date", "language")
    return {
        **said,
        **{key: as_text(getattr(row, key)) for key in words},
        "state": "failed" if row.error else "built",
        "declares": "; ".join(row.declares),
        "verdicts": "; ".join(row.verdicts),
        "checks_failed": None if row.checks is None else len(row.failing),
        "failing": as_text("; ".join(row.failing)),
    }


def _failure(row: Row) -> dict[str, Any]:
    return {
        "name": as_text(row.name),
        "source": as_text(row.source),
        "error": row.kind,
        "exit_code": row.exit_code,
        "message": as_text(row.error),
        "hint": row.hint,
        "earlier_result": "stands" if row.links else "",
    }


def _page(rows: list[Row], left: int) -> str:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(styles_folder() / "results"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    failed = sum(bool(row.error) for row in rows)
    return environment.get_template(TEMPLATE).render(
        heading="Reports", rows=rows, built=len(rows) - failed, failed=failed, left=left
    )
