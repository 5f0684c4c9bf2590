"""The parts of a record, made from the values of the stages.

Each function takes values of ``publisher.model`` and returns the part of the record with its types
from ``publisher.model.record_types``.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, cast

from publisher.model import Outcome
from publisher.reference.official_forms import identify_form
from publisher.statistics.grid import Grid
from publisher.statistics.passages import tables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from publisher.model import (
        Conversion,
        Edit,
        Finding,
        FontUse,
        Report,
        Section,
        SourceText,
        Statistics,
        SummaryTable,
        Verdict,
        WordChange,
    )
    from publisher.model.record_types import (
        CellKind,
        CheckRecord,
        ConversionRecord,
        EditRecord,
        FindingRecord,
        FontRecord,
        ObservationRecord,
        PdfRecord,
        ReportRecord,
        SectionRecord,
        SourceRecord,
        StatisticsRecord,
        TableRecord,
        VerdictRecord,
        WordChangeRecord,
    )
    from publisher.profiles import Profile


def describe_source(source: SourceText) -> SourceRecord:
    """Return the entry of the source file."""
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


def describe_report(report: Report, page_of: Mapping[str, int]) -> ReportRecord:
    """Return the metadata, the sections and the annexes.

    ``page_of`` maps the ids of elements (``s`` and the offset of a heading) to pages from 1.
    """
    metadata = report.metadata
    entry: ReportRecord = {
        "title": metadata.title,
        "issuer": metadata.publisher,
        "issuers": list(metadata.publishers),
        "date": metadata.date,
        "document_number": metadata.identifier,
        "period": metadata.coverage,
        "language": metadata.language,
        "sections": _describe_sections(report.sections, page_of),
    }
    if report.annexes:
        entry["annexes"] = [
            {
                "label": annex.label.string if annex.label else "",
                "title": "".join(line.string for line in annex.title),
                "page": page_of.get(f"s{annex.start.locator.offset}", 0),
                "sections": _describe_sections(annex.sections, page_of),
            }
            for annex in report.annexes
        ]
    if metadata.subtitle:
        entry["subtitle"] = metadata.subtitle
    if metadata.creator:
        entry["speaker"] = metadata.creator
    if metadata.source:
        entry["source"] = metadata.source
    if metadata.kind:
        entry["kind"] = {"name": metadata.kind, "evidence": metadata.kind_evidence}
    return entry


def _describe_sections(
    sections: Iterable[Section], page_of: Mapping[str, int]
) -> list[SectionRecord]:
    return [
        {
            "level": section.heading.level,
            "number": section.heading.number,
            "title": section.heading.title,
            "page": page_of.get(f"s{section.heading.text.locator.offset}", 0),
        }
        for top in sections
        for section in top.walk()
    ]


def describe_edits(edits: Iterable[Edit]) -> list[EditRecord]:
    """Return the edits in the order in which they were made."""
    return [_describe_edit(edit) for edit in edits]


def _describe_edit(edit: Edit) -> EditRecord:
    entry: EditRecord = {
        "stage": edit.stage,
        "rule": edit.rule,
        "offset": edit.locator.offset,
        "length": edit.locator.length,
        "before": edit.before,
        "after": edit.after,
        "reason": edit.reason,
    }
    if edit.preceding:
        entry["preceding"] = edit.preceding
    return entry


HOLDS_BY_OUTCOME = {Outcome.HOLDS: True, Outcome.FAILS: False, Outcome.UNVERIFIABLE: None}
"""The record's value of ``holds`` for each outcome of a check."""


def describe_observations(
    statistics: Statistics, page_of: Mapping[str, int]
) -> list[ObservationRecord]:
    """Return the observations.

    ``page_of`` maps the ids of elements (``s`` and the offset of a clause) to pages from 1.
    """
    total_by_offset = {
        relation.offset: relation.base
        for relation in statistics.relations
        if relation.kind == "part"
    }
    return [
        {
            "section": observation.section,
            "subject": observation.subject,
            "value": observation.value,
            "unit": observation.unit,
            "qualifier": observation.qualifier,
            "measure": observation.measure,
            "scope": observation.scope,
            "kind": observation.kind,
            "status": observation.status,
            "direction": observation.direction,
            "doubt": observation.doubt,
            "period": observation.period,
            "quote": observation.quote,
            "offset": observation.locator.offset,
            "part_of": total_by_offset.get(observation.locator.offset),
            "page": page_of.get(f"s{observation.clause.offset}", 0),
        }
        for observation in statistics.observations
    ]


def describe_checks(statistics: Statistics) -> list[CheckRecord]:
    """Return the checks."""
    return [
        {
            "kind": check.kind,
            "statement": check.statement,
            "subject": check.subject,
            "stated": check.stated,
            "computed": check.computed,
            "holds": HOLDS_BY_OUTCOME[check.outcome],
            "reason": check.reason,
            "quote": check.quote,
            "offset": check.locator.offset,
        }
        for check in statistics.checks
    ]


def describe_statistics(
    statistics: Statistics, report: Report, page_of: Mapping[str, int]
) -> StatisticsRecord:
    """Return the observations, their relations, the checks and the tables."""
    return {
        "observations": describe_observations(statistics, page_of),
        "relations": [
            {"kind": relation.kind, "offset": relation.offset, "base": relation.base}
            for relation in statistics.relations
        ],
        "checks": describe_checks(statistics),
        "tables": [
            *_source_tables(report),
            *(_derived_table(table) for table in statistics.summary if table.groups),
        ],
    }


def _source_tables(report: Report) -> list[TableRecord]:
    items = list(tables_of(report))
    forms = [
        identify_form(cell.text.string for row in (*table.head, *table.body) for cell in row)
        for table in (item.table for item in items)
    ]
    default_edition = "2021" if report.metadata.coverage[:4] >= "2021" else "2019"
    edition = next((form[:4] for form in forms if "-" in form), default_edition)
    return [
        {
            "form": f"{edition}-4" if form == "4" else form,
            "caption": table.caption_words,
            "section": item.section,
            "columns": [[cell.text.string for cell in row] for row in table.head],
            "rows": [[cell.text.string for cell in row] for row in table.body],
            "kinds": cast(
                "list[list[CellKind]]", Grid.from_table(table).cell_kinds(len(table.head))
            ),
            "spans": [
                [[cell.row_span, cell.col_span] for cell in row]
                for row in (*table.head, *table.body)
            ],
            "origin": "source",
        }
        for form, item in zip(forms, items, strict=True)
        for table in (item.table,)
    ]


def _derived_table(table: SummaryTable) -> TableRecord:
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


def describe_conversion(conversion: Conversion) -> ConversionRecord:
    """Return the entry of the script conversion."""
    return {
        "from": conversion.source_script,
        "to": conversion.target,
        "configuration": conversion.configuration,
        "forms": conversion.forms,
        "second_reading": conversion.second_reading,
        "protected": list(conversion.protected),
        "glossary": list(map(_word_change, conversion.glossary)),
        "vocabulary": list(map(_word_change, conversion.vocabulary)),
        "ambiguous": [
            {
                "offset": ambiguity.offset,
                "before": ambiguity.before,
                "after": ambiguity.after,
                "why": ambiguity.reason,
                "alternatives": list(ambiguity.alternatives),
                "more": list(ambiguity.more),
            }
            for ambiguity in conversion.ambiguous
        ],
        "unpaired_quotation_marks": list(conversion.unpaired_quotation_marks),
    }


def _word_change(change: WordChange) -> WordChangeRecord:
    return {
        "offset": change.offset,
        "before": change.before,
        "after": change.after,
        "note": change.note,
    }


def describe_pdf(
    data: bytes, pages: int, profile: Profile, verdicts: Iterable[Verdict]
) -> PdfRecord:
    """Return the entry of the finished PDF ``data``."""
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "pages": pages,
        "profile": profile.name,
        "declares": list(profile.declares),
        "verdicts": [describe_verdict(verdict) for verdict in verdicts],
    }


def describe_verdict(verdict: Verdict) -> VerdictRecord:
    """Return the entry of a validator's verdict."""
    return {
        "profile": verdict.profile,
        "validator": verdict.validator,
        "version": verdict.version,
        "passed": verdict.passed,
        "findings": [describe_finding(finding) for finding in verdict.findings],
    }


def describe_finding(finding: Finding) -> FindingRecord:
    """Return the entry of a finding, with its place in the source if it has one."""
    entry: FindingRecord = {
        "clause": finding.clause,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
    }
    if finding.locator:
        entry["offset"] = finding.locator.offset
        entry["length"] = finding.locator.length
    return entry


def describe_fonts(fonts: Iterable[FontUse]) -> list[FontRecord]:
    """Return the entries of the embedded fonts."""
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
