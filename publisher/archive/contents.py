"""The reports in a bag, and what each was made from, found again.

Enters: a bag. Leaves: for each record its PDF, its options with style and glossary where the bag has them,
and its source, found by its digest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from publisher.archive.layout import GLOSSARIES, REPORTS, SOURCES, STYLES
from publisher.archive.materials import require_inside
from publisher.errors import PublisherError, VerificationError
from publisher.options import NO_FILE
from publisher.record import options_of, read_record
from publisher.suffixes import PDF, RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from publisher.archive.bagit import Fixity
    from publisher.options import Options


def report_names(paths: Iterable[str]) -> list[str]:
    """Return what the reports of a bag are called: each has a record or a PDF there."""
    start = f"{REPORTS}/"
    return sorted(
        path.removeprefix(start).removesuffix(RECORD)
        for path in paths
        if path.startswith(start) and path.endswith(RECORD)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A report of a bag."""

    name: str
    data: bytes
    """The PDF."""
    record: dict[str, Any]
    options: Options
    source: str
    """Where the source is in the bag; empty where it is not."""


def read_kept(bag: Path, name: str, fixities: Mapping[str, Fixity]) -> Kept:
    """Read a report of a bag; raise ``VerificationError`` where it cannot be."""
    pdf = bag / REPORTS / f"{name}{PDF}"
    record = read_record(pdf)
    try:
        data = pdf.read_bytes()
        digest = record["source"]["sha256"]
        options = _options(bag, record)
    except OSError as error:
        raise VerificationError(f"cannot be read: {error.strerror}", where=str(pdf)) from error
    except (KeyError, TypeError, AttributeError, ValueError, PublisherError) as error:
        raise VerificationError(
            f"its record cannot be used: {type(error).__name__}: {error}", where=str(pdf)
        ) from error
    source = next(
        (
            path
            for path in sorted(fixities)
            if path.startswith(f"{SOURCES}/") and fixities[path].digests["sha256"] == digest
        ),
        "",
    )
    return Kept(name=name, data=data, record=record, options=options, source=source)


def _options(bag: Path, record: dict[str, Any]) -> Options:
    """Return the options of a record, with style and glossary where the bag has them."""
    options = options_of(record)
    if options.style.startswith(f"{STYLES}/"):
        options = replace(options, style=str(_inside(bag, options.style)))
        require_inside(options.style, bag)
    if options.glossary != NO_FILE:
        options = replace(options, glossary=_inside(bag, options.glossary.as_posix()))
    return options


def _inside(bag: Path, path: str) -> Path:
    if ".." in path.split("/") or not path.startswith((f"{STYLES}/", f"{GLOSSARIES}/")):
        raise VerificationError(f"{path} is no style or glossary of the bag")
    return bag / path
