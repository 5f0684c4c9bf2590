"""Changes to the entries of a decisions file: new decisions, and places renewed for the present source.

Input: entries, and a source as its reader returned it. Output: entries with the digest of this source. An entry that
does not fit the source stays without its offset, which is that of another source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from publisher.decisions.entries import EditEntry, LineEntry, SourceEntry, TableEntry
from publisher.decisions.places import CONTEXT, PlaceFinder, source_digest
from publisher.model import LineDecision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeVar

    from publisher.decisions.entries import Choice, DecisionEntries, ReportEntry
    from publisher.model import Edit, Locator, SourceText

    PlacedEntry = TypeVar("PlacedEntry", EditEntry, LineEntry, TableEntry)


LINE_LENGTH = 30
"""Characters at the beginning of a line that an entry about it has."""


def update_entries(
    entries: DecisionEntries,
    source: SourceText,
    *,
    report: ReportEntry | None = None,
    rules: Iterable[tuple[str, Choice | None]] = (),
    edits: Iterable[tuple[Edit, Choice | None]] = (),
    lines: Iterable[LineDecision | Locator] = (),
) -> DecisionEntries:
    """Return entries with new decisions, in a fixed order, and with the places that they have in a source.

    Args:
        entries: The present entries; a new decision replaces that about the same rule or the same place.
        source: The source that the decisions are about, as its reader returned it.
        report: The metadata of the report; ``None`` for the present ones.
        rules: Rules, each with the decision about all its edits; ``None`` removes the decision.
        edits: Edits, each with the decision about it; ``None`` removes the decision.
        lines: Lines with their roles; the place of a line alone removes the decision about it.

    """
    finder = PlaceFinder(source)
    digest = source_digest(source)
    use_offset = entries.source.sha256 == digest
    by_key: dict[tuple[bool, int, str, str, str], EditEntry] = {}
    for entry in entries.edit:
        renewed = _renewed(entry, entry.text or entry.before, finder, use_offset=use_offset)
        by_key[_key(renewed)] = renewed
    for rule, choice in rules:
        new = EditEntry(rule=rule, decision=choice or "reject")
        _decide(by_key, new, is_decided=choice is not None)
    for edit, choice in edits:
        new = _entry(edit, choice or "reject", finder)
        _decide(by_key, new, is_decided=choice is not None)
    line_entries = [
        _renewed(entry, entry.text, finder, use_offset=use_offset) for entry in entries.line
    ]
    for line in lines:
        line_entries = _decide_line(line_entries, line, finder)
    return replace(
        entries,
        source=SourceEntry(file=source.name, sha256=digest),
        report=entries.report if report is None else report,
        edit=tuple(by_key[key] for key in sorted(by_key)),
        line=tuple(line_entries),
        table=tuple(
            _renewed(entry, entry.text, finder, use_offset=use_offset) for entry in entries.table
        ),
    )


def _decide(
    by_key: dict[tuple[bool, int, str, str, str], EditEntry], new: EditEntry, *, is_decided: bool
) -> None:
    """Put a new entry in the place of the present one, whose note it has, or remove the present one."""
    present = by_key.pop(_key(new), None)
    if is_decided:
        by_key[_key(new)] = _with_note(new, present)


def _decide_line(
    entries: list[LineEntry], line: LineDecision | Locator, finder: PlaceFinder
) -> list[LineEntry]:
    """Return the entries with a new one about a line, in the order of the source, or without that about it."""
    locator = line.locator if isinstance(line, LineDecision) else line
    first, end = locator.offset, locator.offset + locator.length
    others = [entry for entry in entries if entry.offset is None or not first <= entry.offset < end]
    if not isinstance(line, LineDecision):
        return others
    text, preceding, following = finder.surroundings(locator)
    own_line = text.lstrip().partition("\n")[0]
    beginning = own_line[:LINE_LENGTH]
    indent = len(text) - len(text.lstrip())
    rest = text[indent + len(beginning) :]
    note = next((entry.note for entry in entries if entry not in others), "")
    new = LineEntry(
        text=beginning,
        role=line.role,
        level=line.level,
        offset=finder.locate_in(locator, indent).offset,
        preceding=f"{preceding}{text[:indent]}"[-CONTEXT:],
        following=f"{rest}{following}"[:CONTEXT],
        note=note,
    )
    return sorted(
        [*others, new], key=lambda entry: (entry.offset is None, entry.offset or 0, entry.text)
    )


def _key(entry: EditEntry) -> tuple[bool, int, str, str, str]:
    """Return what an entry is about; entries are sorted by it, those about all edits of a rule first."""
    offset = -1 if entry.offset is None else entry.offset
    context = "" if entry.offset is not None else f"{entry.preceding}\0{entry.following}"
    return bool(entry.before), offset, entry.rule, entry.before, context


def _with_note(entry: EditEntry, earlier: EditEntry | None) -> EditEntry:
    return replace(entry, note=earlier.note) if earlier else entry


def _entry(edit: Edit, choice: Choice, finder: PlaceFinder) -> EditEntry:
    text, preceding, following = finder.surroundings(edit.locator)
    return EditEntry(
        rule=edit.rule,
        decision=choice,
        before=edit.before,
        after=edit.after,
        offset=edit.locator.offset,
        text="" if text == edit.before else text,
        preceding=preceding,
        following=following,
    )


def _renewed(
    entry: PlacedEntry, string: str, finder: PlaceFinder, *, use_offset: bool
) -> PlacedEntry:
    """Return an entry with the place and the surroundings that its text has now."""
    if not string:
        return entry
    locator = finder.find(entry, string, use_offset=use_offset)
    if locator is None:
        return replace(entry, offset=None)
    _, preceding, following = finder.surroundings(locator)
    return replace(entry, offset=locator.offset, preceding=preceding, following=following)
