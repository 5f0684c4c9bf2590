"""Annexes of a report: each is read as the document that it is.

Input: a part of the source that ``foot.documents`` found. Output: an ``Annex`` with its title, sections and foot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Annex, PartLine, Text
from publisher.parse.blocks import build_sections
from publisher.parse.entries import Entry, Line
from publisher.parse.foot.split import split_foot
from publisher.parse.front_matter import MetadataOverrides, is_title, split_front_matter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from publisher.model import Finding, Mark, Note
    from publisher.parse.foot.documents import DocumentPart


def build_annex(
    part: DocumentPart,
    notes: Mapping[int, Note],
    marks: tuple[Mark, ...],
    contents: frozenset[str],
) -> tuple[Annex, tuple[Finding, ...]]:
    """Return an annex and what is reported about its numbers.

    Args:
        part: Its entries; the first line has its label, or the title of a text that a notice carries.
        notes: The lines that marks in the text refer to, by the offset where each begins.
        marks: The inline marks of the source.
        contents: The words of the printed table of contents.

    """
    label, entries = _take_label(part)
    title, below_title, entries = _take_title(entries, part, has_label=label is not None)
    body, foot = split_foot(entries, is_annex=True)
    blocks, sections, findings = build_sections(body, notes, marks, contents)
    annex = Annex(
        label=label,
        title=title,
        below_title=below_title,
        blocks=blocks,
        sections=sections,
        attachments=foot.attachments,
        above_sign_off=foot.above_sign_off,
        sign_off=foot.sign_off,
        remarks=foot.remarks,
    )
    return annex, findings


def _take_label(part: DocumentPart) -> tuple[Text | None, tuple[Entry, ...]]:
    """Return the label, and the entries below it; a title in the line of the label is the first of them."""
    first = part.entries[0]
    if part.label is None or not isinstance(first, Line):
        return None, part.entries
    label = first.text.slice(0, part.label.end)
    if part.label.is_alone:
        return label, part.entries[1:]
    title = Line(text=first.text.slice(part.label.title_start), role=first.role, level=first.level)
    return label, (title, *part.entries[1:])


def _take_title(
    entries: tuple[Entry, ...], part: DocumentPart, *, has_label: bool
) -> tuple[tuple[Text, ...], tuple[PartLine, ...], tuple[Entry, ...]]:
    """Return the title, the lines below it, and the remaining entries.

    The head of an annex is read as that of any document; if that finds no title in its first line, the lines are the title
    that were counted as one where the annex was found.
    """
    if not entries:
        return (), (), ()
    front, remaining, _ = split_front_matter(entries, MetadataOverrides())
    if front.title and not front.masthead:
        address = front.addressee
        addressee = (PartLine(role="addressee", text=address),) if address else ()
        return front.title, (*front.below_title, *addressee), remaining
    first = entries[0]
    in_line = part.label is not None and not part.label.is_alone
    count = 1 if in_line else part.title_lines
    if not count and isinstance(first, Line) and is_title(first) and has_label:
        count = 1
    title = tuple(entry.text for entry in entries[:count] if isinstance(entry, Line))
    return title, (), entries[count:]
