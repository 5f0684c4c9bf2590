"""The reports of a bag, read together with their options and sources.

Input: the inventory of a bag. Output: for each record its PDF, its options (with the bag's own style and glossary) and its
source, which is identified by its digest. Nothing outside the bag is opened, whatever path a record contains.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.archive.bag_layout import REPORTS, SOURCES, decisions_path, report_path
from publisher.archive.bag_styles import require_glossary, require_style
from publisher.archive.record_validation import find_record_problem
from publisher.decisions import DecisionsFile
from publisher.errors import PublisherError, VerificationError
from publisher.extensions import load_extensions
from publisher.messages import translatable
from publisher.options import NO_FILE, Options
from publisher.output_names import PDF, RECORD
from publisher.record import decode_options, parse_record
from publisher.render.styles import style_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.archive.fixity import Inventory
    from publisher.model.record_types import Record


def report_names(paths: Iterable[str]) -> list[str]:
    """Return the names of the reports of a bag, which are those of their records."""
    prefix = f"{REPORTS}/"
    return sorted(
        path.removeprefix(prefix).removesuffix(RECORD)
        for path in paths
        if path.startswith(prefix) and path.endswith(RECORD)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BagReport:
    """A report of a bag."""

    name: str
    where: str
    """The path of the PDF, for messages."""
    data: bytes
    """The content of the PDF."""
    record: Record
    options: Options
    sources: tuple[str, ...]
    """The paths in the bag of all files with the digest of its source."""
    decisions: DecisionsFile | None = None
    """Its decisions file."""

    def __str__(self) -> str:
        """Return the path of the PDF, as messages print it."""
        return self.where

    @property
    def source(self) -> str:
        """The path of the source in the bag; empty if it is missing."""
        return next(iter(self.sources), "")

    @property
    def has_own_style(self) -> bool:
        """Whether its style is in the bag, and is not one of the package or of an extension."""
        return not _is_named(self.options)


def read_bag_report(inventory: Inventory, name: str) -> BagReport:
    """Read a report of a bag; raise ``VerificationError`` if the record or a file is unusable."""
    pdf = report_path(name, PDF)
    where = str(inventory.bag / pdf)
    data = inventory.read(pdf)
    record = parse_record(inventory.read(report_path(name, RECORD)), where=where)
    if problem := find_record_problem(record):
        raise VerificationError(
            translatable("its record cannot be used: {problem}", problem=problem), where=where
        )
    try:
        options = _options(inventory, record)
    except PublisherError as error:
        raise VerificationError(
            translatable("its record cannot be used: {message}", message=error.message),
            where=where,
            hint=error.hint,
        ) from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise VerificationError(
            translatable(
                "its record cannot be used: {name}: {error}", name=type(error).__name__, error=error
            ),
            where=where,
        ) from error
    sources = tuple(
        path
        for path, fixity in sorted(inventory.fixities.items())
        if path.startswith(f"{SOURCES}/") and fixity.digests["sha256"] == record["source"]["sha256"]
    )
    return BagReport(
        name=name,
        where=where,
        data=data,
        record=record,
        options=options,
        sources=sources,
        decisions=_decisions(inventory, name, record, where),
    )


def _decisions(inventory: Inventory, name: str, record: Record, where: str) -> DecisionsFile | None:
    """Return the decisions file of a report; raise ``VerificationError`` if it is not the recorded one."""
    entry = record.get("decisions")
    if entry is None:
        return None
    path = decisions_path(name)
    fixity = inventory.fixities.get(path)
    if entry["file"] != path or fixity is None or fixity.digests["sha256"] != entry["sha256"]:
        raise VerificationError(
            translatable(
                "its record cannot be used: the recorded decisions are not in {path}", path=path
            ),
            where=where,
            hint="archive the report again",
        )
    return DecisionsFile(name=path, data=inventory.read(path), where=str(inventory.bag / path))


_OPTION_NAMES = {*Options().to_record(), "glossary"}
"""The options that a record in a bag may contain."""


def _options(inventory: Inventory, record: Record) -> Options:
    """Return the options of a record, with the paths of the bag's style and glossary."""
    unknown = next((option for option in record["options"] if option not in _OPTION_NAMES), "")
    if unknown:
        raise VerificationError(
            translatable("options.{unknown} is not allowed in the record of a bag", unknown=unknown)
        )
    options = decode_options(record)
    if not _is_named(options):
        require_style(inventory, options.style)
        options = replace(options, style=str(inventory.bag / options.style))
    if options.glossary != NO_FILE:
        require_glossary(inventory, record["options"]["glossary"])
        options = replace(options, glossary=inventory.bag / options.glossary)
    return options


def _is_named(options: Options) -> bool:
    """Return whether a style is one of the package or of an extension, which is no file of the bag."""
    if options.style in style_names():
        return True
    return options.style in load_extensions(options.extensions).styles
