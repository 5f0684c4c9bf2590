"""The fourth stage: find the parts of a report in its normalised text.

Input: a ``SourceText`` and what the user says about the report. Output: a ``Report``, edits and
findings. ``text.numbering`` distinguishes headings from prose; ``front_matter`` finds the title and the
metadata (``head`` labels its lines); ``form_reconstruction`` and ``form_grid`` rebuild official tables; ``foot`` divides the source
into the document and its annexes and finds what stands below their text; ``blocks`` makes the sections.
A report without order is still a report: what is irregular becomes a finding, never an error.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from publisher.model import (
    Decisions,
    Finding,
    Note,
    PartLine,
    Report,
    SourceTable,
)
from publisher.parse.annexes import build_annex
from publisher.parse.blank_forms import is_blank_form, without_blank_lines
from publisher.parse.blocks import build_flat_blocks, build_sections
from publisher.parse.contents_list import take_contents_list
from publisher.parse.decided_parts import set_captions, set_line_roles
from publisher.parse.empty_cells import remove_empty_cells
from publisher.parse.entries import Entry, Line, source_entries
from publisher.parse.findings import find_missing_parts
from publisher.parse.foot.documents import split_documents
from publisher.parse.foot.split import (
    Foot,
    lines_below_start,
    part_lines,
    split_foot,
    split_imprint,
)
from publisher.parse.form_grid import fit_to_form_grid
from publisher.parse.form_reconstruction import reconstruct_forms
from publisher.parse.front_matter import MetadataOverrides, split_front_matter
from publisher.parse.head.metadata import collect_metadata
from publisher.parse.ineffective_decisions import find_ineffective_decisions
from publisher.parse.notes import find_notes
from publisher.parse.picture_descriptions import describe_pictures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.model import Block, Edit, Mark, SourceText

NO_DECISIONS = Decisions()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseResult:
    """A report, and what was changed and noticed while it was parsed."""

    report: Report
    edits: tuple[Edit, ...]
    """A replaced title, and words that a table repeats."""
    findings: tuple[Finding, ...]


def parse(
    source: SourceText, *, overrides: MetadataOverrides, decisions: Decisions = NO_DECISIONS
) -> ParseResult:
    """Return the report that a normalised source contains.

    Args:
        source: The text, normalised and converted.
        overrides: Title, subtitle, issuer and date from the user; empty fields are detected.
        decisions: The roles of lines and the captions of tables that a person decided.

    """
    entries = set_line_roles(source_entries(source), decisions.lines)
    entries, contents = take_contents_list(entries)
    entries, picture_findings = describe_pictures(entries, source.language)
    entries, table_edits, table_findings = _set_up_tables(reconstruct_forms(entries))
    entries, caption_edits = set_captions(entries, decisions.captions)
    document, *carried = split_documents(entries)
    front, remaining, title_edits = split_front_matter(
        document.entries,
        overrides,
        [value for name, value in source.source_metadata if name == "title"],
    )
    notes = _notes(entries, source.marks)
    body, foot, end_notes, imprint = _split_foot(remaining, notes)
    preamble, sections, numbering_findings = build_sections(
        body, notes, source.marks, contents.words
    )
    built = [build_annex(part, notes, source.marks, contents.words) for part in carried]
    annexes = [annex for annex, _ in built]
    if annexes:
        last_remarks, imprint = split_imprint(annexes[-1].remarks)
        annexes[-1] = replace(annexes[-1], remarks=last_remarks)
    elif not end_notes:
        remarks, imprint = split_imprint(foot.remarks)
        foot = replace(foot, remarks=remarks)
    report = Report(
        metadata=collect_metadata(source, front, body, foot.sign_off, overrides),
        masthead=_masthead(front.masthead),
        title=front.title,
        below_title=front.below_title,
        addressee=front.addressee,
        preamble=preamble,
        sections=sections,
        attachments=foot.attachments,
        above_sign_off=foot.above_sign_off,
        sign_off=foot.sign_off,
        remarks=foot.remarks,
        annexes=tuple(annexes),
        end_notes=end_notes,
        imprint=imprint,
        marks=source.marks,
        quotations=source.quotations,
        alignments=source.alignments,
    )
    return ParseResult(
        report=report,
        edits=(*contents.edits, *table_edits, *caption_edits, *title_edits),
        findings=(
            *contents.findings,
            *numbering_findings,
            *(finding for _, findings in built for finding in findings),
            *picture_findings,
            *table_findings,
            *find_missing_parts(report, source),
            *find_ineffective_decisions(report, decisions, source.decoded),
        ),
    )


def _notes(entries: tuple[Entry, ...], marks: tuple[Mark, ...]) -> Mapping[int, Note]:
    """Return the lines that marks in the text refer to, by the offset where each begins."""
    return {
        line.text.locator.offset: Note(text=line.text, label=label, references=references)
        for index, (label, references) in find_notes(entries, marks).items()
        if isinstance(line := entries[index], Line)
    }


def _split_foot(
    entries: tuple[Entry, ...], notes: Mapping[int, Note]
) -> tuple[tuple[Entry, ...], Foot, tuple[Note, ...], tuple[PartLine, ...]]:
    """Return the body, the foot, the notes below a signature, and the lines below those notes."""
    below = end = lines_below_start(entries, len(entries))
    notes_below: list[Note] = []
    while end and isinstance(line := entries[end - 1], Line):
        note = notes.get(line.text.locator.offset)
        if note is None:
            break
        notes_below.insert(0, note)
        end -= 1
    if notes_below:
        body, foot = split_foot(entries[:end])
        if foot.sign_off:
            return body, foot, tuple(notes_below), part_lines(entries[below:])
    return (*split_foot(entries), (), ())


def _set_up_tables(
    entries: tuple[Entry, ...],
) -> tuple[tuple[Entry, ...], tuple[Edit, ...], tuple[Finding, ...]]:
    """Return the entries, official tables with their spans and tables that are no forms to be written on without empty cells."""
    results: list[Entry] = []
    edits: list[Edit] = []
    findings: list[Finding] = []
    for entry in entries:
        if isinstance(entry, SourceTable):
            table, changes = fit_to_form_grid(entry)
            edits += changes
            if not is_blank_form(table):
                table, removed = remove_empty_cells(without_blank_lines(table))
                findings += removed
            results.append(table)
        else:
            results.append(entry)
    return tuple(results), tuple(edits), tuple(findings)


def _masthead(parts: tuple[Entry | PartLine, ...]) -> tuple[Block | PartLine, ...]:
    """Return what is above a title: the lines with a role, and other entries as blocks."""
    return tuple(
        block
        for part in parts
        for block in ((part,) if isinstance(part, PartLine) else build_flat_blocks((part,)))
    )


__all__ = ["MetadataOverrides", "ParseResult", "parse"]
