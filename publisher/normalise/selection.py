"""Which edits are made: those that the text proves, unless a person decided otherwise.

A rule marks each of its replacements as certain or as likely. A likely one is a proposal: it is listed in the
record and by ``publisher review``, and made only if somebody accepts it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.model import Edit, Locator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.model import EditDecision, EditSelection, Text
    from publisher.normalise.rule import NormalisingRule
    from publisher.text.edits import Replacement


class EditSelector:
    """Separates the replacements of a rule into those to make and those to propose."""

    def __init__(self, selection: EditSelection, decisions: Sequence[EditDecision]) -> None:
        """Initialise the selector.

        Args:
            selection: What happens to edits that nobody decided about.
            decisions: Those of a person; one about a place outweighs one about its rule.

        """
        self._selection = selection
        self._by_rule = {item.rule: item.accepted for item in decisions if item.locator is None}
        self._by_place = {
            (item.rule, item.locator.offset, item.locator.length, item.before): item
            for item in decisions
            if item.locator is not None
        }
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
            before = text.string[change.start : change.end]
            if before == change.after:
                continue
            start, end = text.starts[change.start], text.ends[change.end - 1]
            locator = Locator(offset=start, length=end - start)
            if self._is_selected(rule.name, locator, before, change):
                selected.append(change)
            else:
                proposals.append(
                    Edit(
                        stage="normalise",
                        rule=rule.name,
                        locator=locator,
                        before=before,
                        after=change.after,
                        reason=change.reason,
                    )
                )
        return selected, proposals

    def _is_selected(self, rule: str, locator: Locator, before: str, change: Replacement) -> bool:
        decision = self._by_place.get((rule, locator.offset, locator.length, before))
        if decision is not None and decision.after in (None, change.after):
            self._applied.add(id(decision))
            return decision.accepted
        if rule in self._by_rule:
            return self._by_rule[rule]
        return self._selection == "all" or (change.certain and self._selection == "certain")

    def unused_decisions(self) -> tuple[EditDecision, ...]:
        """Return the decisions about a place where the rule has no edit."""
        return tuple(
            decision for decision in self._by_place.values() if id(decision) not in self._applied
        )
