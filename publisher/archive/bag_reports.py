"""The reports in a bag, and what each was made from, found again.

Enters: the inventory of a bag. Leaves: for each record its PDF, its options with style and glossary where the bag has
them, and its source, found by its digest. Nothing outside the bag is opened, whatever a record names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import REPORTS, SOURCES, report_path
from publisher.archive.bag_styles import require_glossary, require_style
from publisher.archive.record_validation import find_record_problem
from publisher.errors import PublisherError, VerificationError
from publisher.options import NO_FILE, Options
from publisher.output_names import PDF, RECORD
from publisher.record import decode_options, parse_record
from publisher.render.styles import style_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.archive.fixity import Inventory
    from publisher.model.record_types import Record


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
    where: str
    """The path of the PDF, for people."""
    data: bytes
    """The PDF."""
    record: Record
    options: Options
    sources: tuple[str, ...]
    """Where in the bag files with the digest of its source are."""

    def __str__(self) -> str:
        """Return what people call it: the PDF's path."""
        return self.where

    @property
    def source(self) -> str:
        """Where the source is in the bag; empty where it is not."""
        return next(iter(self.sources), "")

    @property
    def brings_style(self) -> bool:
        """Whether its style is the bag's own."""
        return self.options.style not in style_names()


def read_kept(inventory: Inventory, name: str) -> Kept:
    """Read a report of a bag; raise ``VerificationError`` where it cannot be."""
    pdf = report_path(name, PDF)
    where = str(inventory.bag / pdf)
    data = inventory.read(pdf)
    record = parse_record(inventory.read(report_path(name, RECORD)), where=where)
    if problem := find_record_problem(record):
        raise VerificationError(f"its record cannot be used: {problem}", where=where)
    try:
        options = _options(inventory, record)
    except PublisherError as error:
        raise VerificationError(
            f"its record cannot be used: {error.message}", where=where, hint=error.hint
        ) from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise VerificationError(
            f"its record cannot be used: {type(error).__name__}: {error}", where=where
        ) from error
    sources = tuple(
        path
        for path, fixity in sorted(inventory.fixities.items())
        if path.startswith(f"{SOURCES}/") and fixity.digests["sha256"] == record["source"]["sha256"]
    )
    return Kept(name=name, where=where, data=data, record=record, options=options, sources=sources)


_NAMED = {*Options().to_record(), "glossary"}
"""The options that a record in a bag has."""


def _options(inventory: Inventory, record: Record) -> Options:
    """Return the options of a record, with style and glossary where the bag has them."""
    strange = next((one for one in record["options"] if one not in _NAMED), "")
    if strange:
        raise VerificationError(f"options.{strange} is nothing that a record in a bag has")
    options = decode_options(record)
    if options.style not in style_names():
        require_style(inventory, options.style)
        options = replace(options, style=str(inventory.bag / options.style))
    if options.glossary != NO_FILE:
        require_glossary(inventory, record["options"]["glossary"])
        options = replace(options, glossary=inventory.bag / options.glossary)
    return options
