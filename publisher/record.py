"""The record: everything known of a run, as data that other tools read.

Enters: what the stages found. Leaves: ``NAME.record.json``, UTF-8, keys sorted, without clock or
path; its shape is ``record.schema.json``. ``read_record`` takes one back for a later check.
"""

from __future__ import annotations

import hashlib
import json
from json.encoder import encode_basestring
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.errors import UsageError, VerificationError
from publisher.model import Addition, Edit, Locator, Outcome
from publisher.options import Options
from publisher.output_names import PDF, RECORD
from publisher.reference.official_forms import identify_form
from publisher.statistics.grid import Grid
from publisher.statistics.passages import tables_of
from publisher.system.software import software

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from publisher.model import (
        Conversion,
        Finding,
        FontUse,
        Report,
        SourceText,
        Statistics,
        SummaryTable,
        Verdict,
        WordChange,
    )
    from publisher.profiles import Profile

RECORD_VERSION = 1


def refuse_to_overwrite_publication(output: Path) -> None:
    """Refuse to write over a PDF that has a record beside it."""
    if record_path(output).exists():
        raise UsageError(
            f"{output} is a publication and would be written over",
            hint="name another file with -o",
        )


def describe_source(source: SourceText) -> dict[str, Any]:
    """Return what is known of the file that was read."""
    return {
        "name": source.name,
        "sha256": hashlib.sha256(source.data).hexdigest(),
        "bytes": len(source.data),
        "encoding": source.encoding,
        "encoding_confidence": source.encoding_confidence,
        "media_type": source.media_type,
        "characters": len(source.decoded),
        "facts": dict(source.source_metadata),
    }


def describe_report(report: Report, page_of: dict[str, int]) -> dict[str, Any]:
    """Return the metadata and the sections, each with the page on which it begins."""
    metadata = report.metadata
    return {
        "title": metadata.title,
        "issuer": metadata.publisher,
        "date": metadata.date,
        "document_number": metadata.identifier,
        "period": metadata.coverage,
        "language": metadata.language,
        "sections": [
            {
                "level": section.heading.level,
                "number": section.heading.number,
                "title": section.heading.title,
                "page": page_of.get(f"s{section.heading.text.locator.offset}", 0),
            }
            for section in report.walk()
        ],
    }


def describe_edits(edits: Iterable[Edit]) -> list[dict[str, Any]]:
    """Return the edits in the order in which they were made."""
    return [
        {
            "stage": edit.stage,
            "rule": edit.rule,
            "offset": edit.locator.offset,
            "length": edit.locator.length,
            "before": edit.before,
            "after": edit.after,
            "reason": edit.reason,
        }
        for edit in edits
    ]


def decode_edits(record: dict[str, Any]) -> tuple[Edit, ...]:
    """Take the edits back out of a record."""
    return tuple(
        Edit(
            stage=entry["stage"],
            rule=entry["rule"],
            locator=Locator(offset=entry["offset"], length=entry["length"]),
            before=entry["before"],
            after=entry["after"],
            reason=entry["reason"],
        )
        for entry in record["edits"]
    )


HOLDS_BY_OUTCOME = {Outcome.HOLDS: True, Outcome.FAILS: False, Outcome.UNVERIFIABLE: None}
"""How the record says what came of a check."""


def describe_observations(
    statistics: Statistics, page_of: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return the observations; ``page_of`` says where a finished file has the clause of each."""
    whole_of = {one.offset: one.base for one in statistics.relations if one.kind == "part"}
    return [
        {
            "section": one.section,
            "subject": one.subject,
            "value": one.value,
            "unit": one.unit,
            "qualifier": one.qualifier,
            "period": one.period,
            "quote": one.quote,
            "offset": one.locator.offset,
            "part_of": whole_of.get(one.locator.offset),
            "page": page_of.get(f"s{one.clause.offset}", 0),
        }
        for one in statistics.observations
    ]


def describe_statistics(
    statistics: Statistics, report: Report, page_of: Mapping[str, int]
) -> dict[str, Any]:
    """Return the observations, what they are to one another, the checks and the tables."""
    return {
        "observations": describe_observations(statistics, page_of),
        "relations": [
            {"kind": one.kind, "offset": one.offset, "base": one.base}
            for one in statistics.relations
        ],
        "checks": [
            {
                "kind": one.kind,
                "statement": one.statement,
                "subject": one.subject,
                "stated": one.stated,
                "computed": one.computed,
                "holds": HOLDS_BY_OUTCOME[one.outcome],
                "reason": one.reason,
                "quote": one.quote,
                "offset": one.locator.offset,
            }
            for one in statistics.checks
        ],
        "tables": [
            *_source_tables(report),
            *(_derived_table(one) for one in statistics.summary if one.groups),
        ],
    }


def _source_tables(report: Report) -> list[dict[str, Any]]:
    found = list(tables_of(report))
    forms = [
        identify_form(cell.text.string for row in (*table.head, *table.body) for cell in row)
        for _, table in found
    ]
    later = report.metadata.coverage[:4] >= "2021"
    edition = next((one[:4] for one in forms if "-" in one), "2021" if later else "2019")
    return [
        {
            "form": f"{edition}-4" if form == "4" else form,
            "caption": table.caption.string if table.caption else "",
            "section": section,
            "columns": [[cell.text.string for cell in row] for row in table.head],
            "rows": [[cell.text.string for cell in row] for row in table.body],
            "kinds": Grid.of(table).kinds(len(table.head)),
            "spans": [
                [[cell.row_span, cell.col_span] for cell in row]
                for row in (*table.head, *table.body)
            ],
            "origin": "source",
        }
        for form, (section, table) in zip(forms, found, strict=True)
    ]


def _derived_table(table: SummaryTable) -> dict[str, Any]:
    return {
        "form": "",
        "caption": table.title,
        "section": table.section,
        "columns": [["subject", "value", "unit", "note", "depth"]],
        "rows": [
            [row.subject, row.value, row.unit, row.note, str(row.depth)]
            for group in table.groups
            for row in group.rows
        ],
        "origin": "derived",
    }


def describe_conversion(conversion: Conversion) -> dict[str, Any]:
    """Return what the conversion of the script did."""
    return {
        "from": conversion.source_script,
        "to": conversion.target,
        "configuration": conversion.configuration,
        "protected": list(conversion.protected),
        "glossary": list(map(_word_change, conversion.glossary)),
        "vocabulary": list(map(_word_change, conversion.vocabulary)),
        "ambiguous": [
            {
                "offset": one.offset,
                "before": one.before,
                "after": one.after,
                "why": one.reason,
                "alternatives": list(one.alternatives),
            }
            for one in conversion.ambiguous
        ],
        "unpaired_quotation_marks": list(conversion.unpaired_quotation_marks),
    }


def _word_change(one: WordChange) -> dict[str, Any]:
    return {"offset": one.offset, "before": one.before, "after": one.after, "note": one.note}


def describe_pdf(
    data: bytes, pages: int, profile: Profile, verdicts: Iterable[Verdict]
) -> dict[str, Any]:
    """Return what is known of the finished file."""
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "pages": pages,
        "profile": profile.name,
        "declares": list(profile.declares),
        "verdicts": [describe_verdict(verdict) for verdict in verdicts],
    }


def describe_verdict(verdict: Verdict) -> dict[str, Any]:
    """Return a validator's verdict."""
    return {
        "profile": verdict.profile,
        "validator": verdict.validator,
        "version": verdict.version,
        "passed": verdict.passed,
        "findings": [describe_finding(finding) for finding in verdict.findings],
    }


def describe_finding(finding: Finding) -> dict[str, Any]:
    """Return a finding, its place in the source included where it has one."""
    entry: dict[str, Any] = {
        "clause": finding.clause,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
    }
    if finding.locator:
        entry |= {"offset": finding.locator.offset, "length": finding.locator.length}
    return entry


def describe_fonts(fonts: Iterable[FontUse]) -> list[dict[str, Any]]:
    """Return the fonts that the file embeds."""
    return [
        {
            "family": font.family,
            "style": font.style,
            "version": font.version,
            "licence": font.licence,
            "characters": font.characters,
        }
        for font in fonts
    ]


def compose_record(  # noqa: PLR0913 - one keyword a part of the record
    *,
    source: SourceText,
    options: Options,
    report: dict[str, Any],
    edits: Iterable[Edit],
    statistics: dict[str, Any],
    conversion: Conversion,
    fonts: Iterable[FontUse],
    text: str,
    additions: Sequence[Addition],
    findings: Iterable[Finding],
    pdf: dict[str, Any],
) -> dict[str, Any]:
    """Put the record together."""
    return {
        "record_version": RECORD_VERSION,
        "source": describe_source(source),
        "options": options.to_record(),
        "report": report,
        "edits": describe_edits(edits),
        **statistics,
        "conversion": describe_conversion(conversion),
        "fonts": describe_fonts(fonts),
        "text": text,
        "additions": [{"at": one.at, "text": one.text} for one in additions],
        "findings": [describe_finding(finding) for finding in findings],
        "pdf": pdf,
        "software": software(),
    }


def encode_record(record: dict[str, Any]) -> bytes:
    """Return the record as it is written."""
    return f"{_written(record, _LINE)}\n".encode()


_LINE = "\n"


def _written(value: Any, margin: str) -> str:
    """Return JSON as ``json.dumps`` writes it with an indent of 1, which has no fast path for that."""
    if isinstance(value, str):
        return encode_basestring(value)
    if type(value) is int:
        return str(value)
    inner = f"{margin} "
    if isinstance(value, dict) and value:
        entries = [
            f"{encode_basestring(key)}: {_written(value[key], inner)}" for key in sorted(value)
        ]
        return f"{{{inner}{f',{inner}'.join(entries)}{margin}}}"
    if isinstance(value, list | tuple) and value:
        return f"[{inner}{f',{inner}'.join([_written(one, inner) for one in value])}{margin}]"
    return json.dumps(value)


def record_path(pdf: Path) -> Path:
    """Return where the record of a PDF lies."""
    return pdf.with_name(f"{pdf.name.removesuffix(PDF)}{RECORD}")


def read_record(pdf: Path) -> dict[str, Any]:
    """Read the record beside a PDF; raise ``VerificationError`` where there is none to read."""
    path = record_path(pdf)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise VerificationError(
            "its record is not beside it", where=str(path), hint="keep the two files together"
        ) from error
    except OSError as error:
        raise _unreadable(error, str(path)) from error
    return parse_record(data, where=str(path))


def _unreadable(error: Exception, where: str) -> VerificationError:
    return VerificationError(
        f"the record cannot be read: {error}", where=where, hint="build the report again"
    )


def parse_record(data: bytes, *, where: str) -> dict[str, Any]:
    """Return the record that these bytes are; raise ``VerificationError`` where they are none."""
    try:
        record = json.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise _unreadable(error, where) from error
    if not isinstance(record, dict) or record.get("record_version") != RECORD_VERSION:
        raise VerificationError(
            f"is not a record of version {RECORD_VERSION}",
            where=where,
            hint="build the report again with this version",
        )
    return record


def decode_options(record: dict[str, Any]) -> Options:
    """Take back the options that can change the output."""
    kept = dict(record["options"])
    kept["fonts"] = (
        tuple((role, tuple(names)) for role, names in kept["fonts"].items())
        if kept["fonts"]
        else ()
    )
    kept["names"] = tuple(kept["names"])
    if "glossary" in kept:  # an archival package keeps it, and says where
        kept["glossary"] = Path(kept["glossary"])
    return Options(**kept)


def decode_additions(record: dict[str, Any]) -> tuple[Addition, ...]:
    """Take back what the style had added to the text."""
    return tuple(Addition(at=entry["at"], text=entry["text"]) for entry in record["additions"])
