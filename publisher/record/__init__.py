"""The record ``NAME.record.json``: composed, validated, written and read.

A build writes the record beside the PDF: UTF-8, keys sorted, without clock or path. Its types are in
``publisher.model.record_types``. ``read_record`` reads one for a later verification.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from publisher.errors import UsageError, VerificationError
from publisher.messages import Message, join_texts, translatable
from publisher.model import Addition, Edit, Locator
from publisher.options import Options
from publisher.output_names import PDF, RECORD
from publisher.record.describe import (
    describe_conversion,
    describe_edits,
    describe_finding,
    describe_fonts,
    describe_source,
)
from publisher.record.strict_json import decode_json
from publisher.system.ordinary_file import PUBLICATION_LIMIT, read_ordinary_file
from publisher.system.software import software

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.model import Conversion, Finding, FontUse, SourceText
    from publisher.model.record_types import (
        DecisionsRecord,
        OptionsRecord,
        PdfRecord,
        Record,
        ReportRecord,
        SoftwareRecord,
        StatisticsRecord,
    )

RECORD_VERSION: Final = 1


def refuse_to_overwrite_publication(output: Path) -> None:
    """Raise ``UsageError`` if there is a PDF with a record at ``output``."""
    if record_path(output).exists():
        raise UsageError(
            translatable("{output} is a publication and would be overwritten", output=output),
            hint="name another file with -o",
        )


def decode_edits(record: Record) -> tuple[Edit, ...]:
    """Return the edits of a record."""
    return tuple(
        Edit(
            stage=entry["stage"],
            rule=entry["rule"],
            locator=Locator(offset=entry["offset"], length=entry["length"]),
            before=entry["before"],
            after=entry["after"],
            reason=entry["reason"],
            preceding=entry.get("preceding", 0),
        )
        for entry in record["edits"]
    )


def compose_record(  # noqa: PLR0913 - one keyword a part of the record
    *,
    source: SourceText,
    options: Options,
    report: ReportRecord,
    edits: Iterable[Edit],
    proposals: Iterable[Edit],
    decisions: DecisionsRecord | None,
    statistics: StatisticsRecord,
    conversion: Conversion,
    fonts: Iterable[FontUse],
    text: str,
    additions: Sequence[Addition],
    findings: Iterable[Finding],
    pdf: PdfRecord,
) -> Record:
    """Return the record of a publication."""
    return {
        "record_version": RECORD_VERSION,
        "source": describe_source(source),
        "options": cast("OptionsRecord", options.to_record()),
        "report": report,
        "edits": describe_edits(edits),
        "proposals": describe_edits(proposals),
        "decisions": decisions,
        **statistics,
        "conversion": describe_conversion(conversion),
        "fonts": describe_fonts(fonts),
        "text": text,
        "additions": [{"at": addition.at, "text": addition.text} for addition in additions],
        "findings": [describe_finding(finding) for finding in findings],
        "pdf": pdf,
        "software": cast("SoftwareRecord", software(options.extensions)),
    }


def encode_record(record: Record) -> bytes:
    """Return the bytes of ``NAME.record.json``; raise ``VerificationError`` if it is not valid."""
    try:
        return encode_json(validate_record(record))
    except ValueError as error:
        raise VerificationError(
            translatable("the record is not valid: {error}", error=error),
            where=record["source"]["name"],
            hint="nothing was written; this is a fault of the program",
        ) from error


def encode_json(value: object) -> bytes:
    """Return a value as JSON in UTF-8: keys sorted, indented by one space, with a final line feed."""
    from msgspec import json as msgspec_json

    encoded = msgspec_json.encode(value, order="sorted", enc_hook=_plain_text)
    return msgspec_json.format(encoded, indent=1) + b"\n"


def _plain_text(value: object) -> str:
    """Return the English text of a message; raise ``TypeError`` for anything else that JSON does not have."""
    if isinstance(value, Message):
        return str(value)
    raise TypeError(f"a record cannot have a {type(value).__name__}")


def validate_record(value: object) -> Record:
    """Return the value if it has the types of a record.

    Raises:
        ValueError: It has not; the message says what is wrong and where (``$.pdf.pages``).

    """
    from msgspec import convert

    from publisher.model.record_types import Record

    convert(value, Record)
    return cast("Record", value)


def record_path(pdf: Path) -> Path:
    """Return the path of the record that belongs to a PDF."""
    return pdf.with_name(f"{pdf.name.removesuffix(PDF)}{RECORD}")


def read_record(pdf: Path) -> Record:
    """Return the record beside a PDF; raise ``VerificationError`` if it cannot be read."""
    path = record_path(pdf)
    try:
        data = read_ordinary_file(path, PUBLICATION_LIMIT)
    except FileNotFoundError as error:
        raise VerificationError(
            "there is no such record", where=str(path), hint="keep the record beside its PDF"
        ) from error
    except OSError as error:
        raise _unreadable(error, str(path)) from error
    return parse_record(data, where=str(path))


def _unreadable(error: Exception, where: str) -> VerificationError:
    return VerificationError(
        translatable("the record cannot be read: {error}", error=error),
        where=where,
        hint="build the report again",
    )


def parse_record(data: bytes, *, where: str) -> Record:
    """Return the record that ``data`` contains; raise ``VerificationError`` if it is not valid."""
    try:
        record = decode_json(data)
    except (ValueError, RecursionError) as error:
        raise _unreadable(error, where) from error
    if not isinstance(record, dict) or record.get("record_version") != RECORD_VERSION:
        raise VerificationError(
            translatable(
                "is not a record of version {record_version}", record_version=RECORD_VERSION
            ),
            where=where,
            hint="use the version of Publisher that wrote it, or build the report again with this one",
        )
    try:
        return validate_record(record)
    except ValueError as error:
        raise VerificationError(
            translatable("its record cannot be used: {error}", error=error),
            where=where,
            hint="build the report again",
        ) from error


def decode_options(record: Record) -> Options:
    """Return the options of a record: those that can change the output.

    Raises ``UsageError`` for an option that this version does not have, or a value that is not possible.
    """
    values: dict[str, Any] = dict(record["options"])
    unknown = sorted(values.keys() - {item.name for item in fields(Options)})
    if unknown:
        raise UsageError(
            translatable("this version has no option {names}", names=join_texts(", ", unknown)),
            hint="use the version of Publisher that wrote the record",
        )
    values["fonts"] = (
        tuple((role, tuple(names)) for role, names in values["fonts"].items())
        if values["fonts"]
        else ()
    )
    values["names"] = tuple(values["names"])
    values["extensions"] = tuple(values.get("extensions", ()))
    if "glossary" in values:  # only in the record of a bag
        values["glossary"] = Path(values["glossary"])
    return Options(**values)


def decode_additions(record: Record) -> tuple[Addition, ...]:
    """Return the additions of a record."""
    return tuple(Addition(at=entry["at"], text=entry["text"]) for entry in record["additions"])
