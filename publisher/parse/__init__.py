"""The fourth stage: lines in good order in, a report with its parts out.

``text.numbering`` tells a heading from prose, ``front_matter`` finds the title and what the report
says of itself, ``form_reconstruction`` and ``form_grid`` put official tables on their grid, ``back_matter`` the attachments and the signature, ``blocks`` what stands between.
A report without order is still a report: what is odd becomes a finding, never an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.model import Annex, Finding, Note, Report, Severity, SourceTable
from publisher.parse.back_matter import Back, part_imprint, split_back
from publisher.parse.blocks import assemble, assemble_flat
from publisher.parse.entries import Entry, Line, entries
from publisher.parse.form_grid import on_official_grid
from publisher.parse.form_reconstruction import rebuild
from publisher.parse.front_matter import MetadataOverrides, describe, is_title, split_front
from publisher.parse.notes import find_notes
from publisher.parse.picture_descriptions import describe_pictures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.model import Edit, SourceText


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A report, what a person's corrections changed in it, and what was noticed."""

    report: Report
    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]


def parse(source: SourceText, *, overrides: MetadataOverrides) -> Parsed:
    """Return the report that the text is."""
    described, undescribed = describe_pictures(entries(source), source.language)
    lines, span_edits = _with_official_grids(rebuild(described))
    front, rest, title_edits = split_front(lines, overrides)
    edits = (*span_edits, *title_edits)
    notes = _notes(lines)
    body, back, end_notes = _split_foot(rest, notes)
    preamble, sections, findings = assemble(body, notes)
    metadata = describe(source, front, body, back.sign_off, overrides)
    report = Report(
        metadata=metadata,
        masthead=assemble_flat(front.masthead),
        title=front.title,
        document_number=front.document_number,
        preamble=preamble,
        sections=sections,
        attachments=back.attachments,
        sign_off=back.sign_off,
        imprint=tuple(Note(text=text) for text in back.imprint),
        annexes=tuple(_annex(lines, notes) for lines in back.annexes),
        end_notes=end_notes,
    )
    findings = (*findings, *undescribed, *_missing(report, source))
    return Parsed(report=report, edits=edits, findings=findings)


def _notes(lines: tuple[Entry, ...]) -> Mapping[int, Note]:
    """Return the lines that marks in the text refer to, by the offset where each begins."""
    return {
        line.text.locator.offset: Note(text=line.text, label=label, references=references)
        for index, (label, references) in find_notes(lines).items()
        if isinstance(line := lines[index], Line)
    }


def _split_foot(
    lines: tuple[Entry, ...], notes: Mapping[int, Note]
) -> tuple[tuple[Entry, ...], Back, tuple[Note, ...]]:
    """Return the body, the foot, and the notes that stand below a signature."""
    lines, behind = part_imprint(lines)
    below: list[Note] = []
    end = len(lines)
    while end and isinstance(line := lines[end - 1], Line):
        note = notes.get(line.text.locator.offset)
        if note is None:
            break
        below.insert(0, note)
        end -= 1
    if below:
        body, back = split_back(lines[:end])
        if back.sign_off:
            return body, back, (*below, *(Note(text=text) for text in behind))
    return (*split_back(lines), tuple(Note(text=text) for text in behind))


def _with_official_grids(lines: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Edit, ...]]:
    found: list[Entry] = []
    edits: list[Edit] = []
    for entry in lines:
        if isinstance(entry, SourceTable):
            table, changes = on_official_grid(entry)
            found.append(table)
            edits += changes
        else:
            found.append(entry)
    return tuple(found), tuple(edits)


def _annex(lines: tuple[Entry, ...], notes: Mapping[int, Note]) -> Annex:
    label, *rest = lines
    if not isinstance(label, Line):
        raise TypeError("an annex begins with its label")
    first = rest[0] if rest else None
    title = first.text if isinstance(first, Line) and is_title(first) else None
    if title:
        rest = rest[1:]
    blocks, sections, _ = assemble(tuple(rest), notes)
    return Annex(label=label.text, title=title, blocks=blocks, sections=sections)


def _missing(report: Report, source: SourceText) -> list[Finding]:
    found = []
    if not report.title:
        found.append(
            Finding(
                clause="title",
                severity=Severity.WARNING,
                message=f"no title was found; the file is called {report.metadata.title}",
                hint="give one with --title",
            )
        )
    if not report.sections:
        found.append(
            Finding(
                clause="numbering",
                severity=Severity.WARNING,
                message="no numbered heading was found; the text is published as it runs",
                hint="headings are lines such as 一、概述 or （一）收到申请情况。",
            )
        )
    longest = max((len(line) for text in source.texts() for line in text.lines()), default=0)
    if longest > ONE_LINE and not report.sections:
        found.append(
            Finding(
                clause="lines",
                severity=Severity.WARNING,
                message=f"a line has {longest} characters: the report may have lost its line ends",
                hint="break the source's lines where its headings and paragraphs begin",
            )
        )
    return found


ONE_LINE = 2000
"""No paragraph of a report in order is longer (the model report's longest has 1,700)."""

__all__ = ["MetadataOverrides", "Parsed", "parse"]
