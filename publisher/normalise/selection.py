"""Which edits are made: those that the text proves, unless a person decided otherwise.

A rule marks each of its replacements as certain or as likely. A likely one is a proposal: it is listed in the
record and by ``publisher review``, and made only if somebody accepts it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.text.edits import make_edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.model import Edit, EditDecision, EditSelection, Text
    from publisher.normalise.rule import NormalisingRule
    from publisher.text.edits import Replacement

_PlaceKey = tuple[str, int, int, str, str | None]


class DecisionLookup:
    """The decisions of a person about edits; one about a place outweighs one about its rule.

    Of two decisions about the same rule, or about the same replacement at a place, the later one holds.
    """

    def __init__(self, decisions: Iterable[EditDecision]) -> None:
        """Initialise with the decisions in the order of their file."""
        self._by_rule: dict[str, EditDecision] = {}
        self._by_place: dict[_PlaceKey, EditDecision] = {}
        for item in decisions:
            if item.locator is None:
                self._by_rule[item.rule] = item
            else:
                span = item.locator
                key = (item.rule, span.offset, span.length, item.before, item.after)
                self._by_place[key] = item

    def about_place(self, edit: Edit) -> tuple[EditDecision, ...]:
        """Return the decisions about the place of an edit: that about its replacement, that about any."""
        if not self._by_place:
            return ()
        span = edit.locator
        keys: tuple[_PlaceKey, ...] = tuple(
            (edit.rule, span.offset, span.length, edit.before, after)
            for after in (edit.after, None)
        )
        return tuple(self._by_place[key] for key in keys if key in self._by_place)

    def decision(self, edit: Edit) -> EditDecision | None:
        """Return the decision about an edit; ``None`` if nobody decided about its place or its rule."""
        about_place = self.about_place(edit)
        return about_place[0] if about_place else self._by_rule.get(edit.rule)

    def about_places(self) -> Iterable[EditDecision]:
        """Return the decisions about places."""
        return self._by_place.values()


class EditSelector:
    """Separates the replacements of a rule into those to make and those to propose."""

    def __init__(self, selection: EditSelection, decisions: Sequence[EditDecision]) -> None:
        """Initialise the selector.

        Args:
            selection: What happens to edits that nobody decided about.
            decisions: Those of a person.

        """
        self._selection = selection
        self._decisions = DecisionLookup(decisions)
        self._applied: set[int] = set()

    def separate(
        self, text: Text, rule: NormalisingRule, replacements: Iterable[Replacement]
    ) -> tuple[list[Replacement], list[Edit]]:
        """Return the replacements to make, and the others as proposals."""
        if rule.essential:
            return list(replacements), []
        selected: list[Replacement] = []
        proposals: list[Edit] = []
        for change in replacements:
            if text.string[change.start : change.end] == change.after:
                continue
            edit = make_edit(text, change, stage="normalise", rule=rule.name)
            if self._is_selected(edit, is_certain=change.certain):
                selected.append(change)
            else:
                proposals.append(edit)
        return selected, proposals

    def _is_selected(self, edit: Edit, *, is_certain: bool) -> bool:
        self._applied.update(map(id, self._decisions.about_place(edit)))
        decision = self._decisions.decision(edit)
        if decision is not None:
            return decision.accepted
        return self._selection == "all" or (is_certain and self._selection == "certain")

    def unused_decisions(self) -> tuple[EditDecision, ...]:
        """Return the decisions about a place where the rule has no edit."""
        return tuple(
            item for item in self._decisions.about_places() if id(item) not in self._applied
        )
