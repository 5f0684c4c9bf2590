"""Changes to the entries of a decisions file: new decisions, and places renewed for the present source.

Input: entries, and a source as its reader returned it. Output: entries with the digest of this source. An entry that
does not fit the source stays without its offset, which is that of another source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from publisher.decisions.entries import EditEntry, LineEntry, SourceEntry, TableEntry
from publisher.decisions.places import PlaceFinder, source_digest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeVar

    from publisher.decisions.entries import Choice, DecisionEntries
    from publisher.model import Edit, SourceText

    PlacedEntry = TypeVar("PlacedEntry", EditEntry, LineEntry, TableEntry)


def update_entries(
    entries: DecisionEntries,
    source: SourceText,
    *,
    rules: Iterable[tuple[str, Choice]] = (),
    edits: Iterable[tuple[Edit, Choice]] = (),
) -> DecisionEntries:
    """Return entries with new decisions, in a fixed order, and with the places that they have in a source.

    Args:
        entries: The present entries; a new decision replaces that about the same rule or the same place.
        source: The source that the decisions are about, as its reader returned it.
        rules: Rules, each with the decision about all its edits.
        edits: Edits, each with the decision about it.

    """
    finder = PlaceFinder(source)
    digest = source_digest(source)
    use_offset = entries.source.sha256 == digest
    by_key = {}
    for entry in entries.edit:
        renewed = _renewed(entry, entry.text or entry.before, finder, use_offset=use_offset)
        by_key[_key(renewed)] = renewed
    for rule, choice in rules:
        new = EditEntry(rule=rule, decision=choice)
        by_key[_key(new)] = _with_note(new, by_key.get(_key(new)))
    for edit, choice in edits:
        new = _entry(edit, choice, finder)
        by_key[_key(new)] = _with_note(new, by_key.get(_key(new)))
    return replace(
        entries,
        source=SourceEntry(file=source.name, sha256=digest),
        edit=tuple(by_key[key] for key in sorted(by_key)),
        line=tuple(
            _renewed(entry, entry.text, finder, use_offset=use_offset) for entry in entries.line
        ),
        table=tuple(
            _renewed(entry, entry.text, finder, use_offset=use_offset) for entry in entries.table
        ),
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
