"""The parts of a report that a person decided: roles of lines, subtitle, captions.

Input: entries and decisions. Output: entries whose lines have the decided roles, and edits where the person's words
replace those of the source. ``ineffective_decisions`` reports what the report cannot follow.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.model import SourceTable, Text
from publisher.parse.captions import Form, is_caption, line_form
from publisher.parse.entries import Entry, Line
from publisher.text.edits import Replacement, apply_edits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from publisher.model import (
        CaptionDecision,
        Edit,
        LineDecision,
        LineRole,
        Locator,
    )

DECIDED_TEXT = "decided-text"
"""The rule of the edits that print a subtitle or a caption of the decisions."""
_REASON = "a person decided it"
_MARKUP_ROLES: Mapping[LineRole, str] = {
    "title": "lines",
    "subtitle": "lines",
    "heading": "heading",
    "body": "paragraph",
    "list-item": "list-item",
    "caption": "caption",
    "signature": "lines",
}
"""The role of a line in the markup that has the effect of a decided role."""


def set_line_roles(
    entries: tuple[Entry, ...], decisions: Sequence[LineDecision]
) -> tuple[Entry, ...]:
    """Return the entries, those lines with their decided roles that a decision is about."""
    if not decisions:
        return entries
    return tuple(
        _with_role(entry, decisions) if isinstance(entry, Line) else entry for entry in entries
    )


def _with_role(line: Line, decisions: Sequence[LineDecision]) -> Line:
    decision = next(
        (item for item in decisions if spans_overlap(item.locator, line.text.locator)), None
    )
    if decision is None:
        return line
    level = decision.level + 1 if decision.level else 0  # in the markup, the title has the level 1
    if decision.role == "list-item":
        level = max(line.level, 1) if line.role == "list-item" else 1
    return replace(line, role=_MARKUP_ROLES[decision.role], level=level, decided=decision.role)


def spans_overlap(first: Locator, second: Locator) -> bool:
    """Return whether two spans of the source have a character in common."""
    return (
        first.offset < second.offset + second.length and second.offset < first.offset + first.length
    )


def decided_range(entries: tuple[Entry, ...], role: LineRole) -> tuple[int, int] | None:
    """Return the index of the first line with a decided role, and one past the last that follows it."""
    indices = [i for i, entry in enumerate(entries) if _is_decided(entry, role)]
    if not indices:
        return None
    end = indices[0] + 1
    while end < len(entries) and _is_decided(entries[end], role):
        end += 1
    return indices[0], end


def _is_decided(entry: Entry, role: LineRole) -> bool:
    return isinstance(entry, Line) and entry.decided == role


def _condensed(string: str) -> str:
    return "".join(string.split())


def set_subtitle(
    title: tuple[Text, ...], printed: tuple[Text, ...], subtitle: str
) -> tuple[tuple[Text, ...], tuple[Text, ...], tuple[Edit, ...]]:
    """Return the title, the subtitle that a person decided, and the edits that print it.

    Args:
        title: The lines of the title.
        printed: The lines of the subtitle in the source.
        subtitle: The words of the person; empty to leave the printed ones.

    """
    if not subtitle or not title:
        return title, printed, ()
    if _condensed("".join(part.string for part in printed)) == _condensed(subtitle):
        return title, printed, ()
    if printed:
        texts, edits = _replace_lines(printed, subtitle)
        return title, texts, edits
    last = title[-1]
    change = Replacement(
        start=len(last) - 1,
        end=len(last),
        after=f"{last.string[-1]}\n{subtitle}",
        reason=_REASON,
    )
    text, edits = apply_edits(last, [change], stage="normalise", rule=DECIDED_TEXT)
    return (*title[:-1], text.slice(0, len(last))), (text.slice(len(last) + 1),), edits


def _replace_lines(
    lines: tuple[Text, ...], words: str
) -> tuple[tuple[Text, ...], tuple[Edit, ...]]:
    """Replace the first line by other words, and remove the others."""
    texts: list[Text] = []
    edits: list[Edit] = []
    for index, line in enumerate(lines):
        change = Replacement(start=0, end=len(line), after="" if index else words, reason=_REASON)
        text, changes = apply_edits(line, [change], stage="normalise", rule=DECIDED_TEXT)
        edits.extend(changes)
        if text.string:
            texts.append(text)
    return tuple(texts), tuple(edits)


def set_captions(
    entries: tuple[Entry, ...], decisions: Sequence[CaptionDecision]
) -> tuple[tuple[Entry, ...], tuple[Edit, ...]]:
    """Return the entries with the decided captions above their tables, and the edits that print them."""
    if not decisions:
        return entries, ()
    results: list[Entry] = []
    edits: list[Edit] = []
    for entry in entries:
        caption = _caption_of(entry, decisions) if isinstance(entry, SourceTable) else ""
        if not isinstance(entry, SourceTable) or not caption:
            results.append(entry)
            continue
        index = _caption_index(results)
        above = results[index] if index >= 0 else None
        if isinstance(above, Line):
            texts, changes = (
                _replace_lines((above.text,), caption)
                if above.string != caption
                else ((above.text,), ())
            )
            results[index] = replace(above, text=texts[0], role="caption")
            results.append(entry)
        else:
            text, table, changes = _insert_caption(entry, caption)
            results += [Line(text=text, role="caption"), table] if text else [entry]
        edits.extend(changes)
    return tuple(results), tuple(edits)


def _caption_index(entries: Sequence[Entry]) -> int:
    """Return the index of the caption at the end of entries, a unit below it or not; -1 if there is none."""
    for index in range(len(entries) - 1, -1, -1):
        line = entries[index]
        if not isinstance(line, Line):
            break
        if line.role == "caption" or is_caption(line.string):
            return index
        if line_form(line.string).form not in (Form.UNIT, Form.FIELDS):
            break
    return -1


def _caption_of(table: SourceTable, decisions: Sequence[CaptionDecision]) -> str:
    """Return the caption of the decision about a table; empty if there is none."""
    spans = [
        table.locator,
        *(cell.text.locator for row in table.rows for cell in row if cell.text.string),
    ]
    return next(
        (
            item.caption
            for item in decisions
            if any(spans_overlap(item.locator, span) for span in spans)
        ),
        "",
    )


def _insert_caption(
    table: SourceTable, caption: str
) -> tuple[Text | None, SourceTable, tuple[Edit, ...]]:
    """Insert a caption before the first cell with text; return it, the table, and the edits."""
    for row_index, row in enumerate(table.rows):
        for cell_index, cell in enumerate(row):
            if not cell.text.string:
                continue
            change = Replacement(
                start=0, end=1, after=f"{caption}\n{cell.text.string[0]}", reason=_REASON
            )
            text, edits = apply_edits(cell.text, [change], stage="normalise", rule=DECIDED_TEXT)
            cells = list(row)
            cells[cell_index] = replace(cell, text=text.slice(len(caption) + 1))
            rows = (*table.rows[:row_index], tuple(cells), *table.rows[row_index + 1 :])
            return text.slice(0, len(caption)), replace(table, rows=rows), edits
    return None, table, ()
