"""The table of contexts: which form a character with several forms has beside another character.

Input: the phrases of the dictionaries with their conversions. Output: for each character with several
forms, the share of its forms and, for each neighbour on its left and on its right, the forms that it has
beside it. Where no phrase decides, the table decides, or calls the place unsure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LEFT, RIGHT = "<", ">"
"""The side of a neighbour; the keys of a table are side and neighbour."""
UNSURE_SHARE = 0.12
"""A character is unsure if its other forms have at least this share of its phrases."""
DECIDING_PHRASES = 2
"""Neighbours in the same word decide for another form if this many phrases have it and none the default."""
AGREEING_PHRASES = 2
"""Neighbours settle the default form if this many phrases have it and none another form."""
OTHER_PHRASES = 5
"""A character is unsure only if at least this many phrases have another form."""


def learn_contexts(
    phrases: Mapping[str, str], choices: Mapping[str, tuple[str, ...]]
) -> dict[str, dict[str, dict[str, int]]]:
    """Return how often each character with several forms has each form, alone and by neighbour.

    Args:
        phrases: Phrases and their conversions.
        choices: Characters with several forms.

    Returns:
        For each character, counts of forms by context: the empty string is any context, ``<x`` and
        ``>x`` a neighbour on the left and on the right.

    >>> learn_contexts({"头发": "頭髮", "发布": "發佈"}, {"发": ("發", "髮")})["发"]["<头"]
    {'髮': 1}
    """
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for phrase, conversion in phrases.items():
        if len(phrase) != len(conversion):
            continue
        for index, character in enumerate(phrase):
            if character in choices:
                form, table = conversion[index], counts[character]
                table[""][form] += 1
                if index:
                    table[LEFT + phrase[index - 1]][form] += 1
                if index + 1 < len(phrase):
                    table[RIGHT + phrase[index + 1]][form] += 1
    return {
        character: {context: dict(forms) for context, forms in table.items()}
        for character, table in counts.items()
    }


class ContextTable:
    """The table for one target, in which forms that the target writes alike are one form."""

    def __init__(
        self, contexts: Mapping[str, Mapping[str, Mapping[str, int]]], unify: Callable[[str], str]
    ) -> None:
        """Keep the counts; ``unify`` returns the form of the target for a form of the dictionaries."""
        self._contexts = contexts
        self._unify = unify
        self._variable: dict[str, bool] = {}

    def other_form(self, before: str, default: str, left: str, right: str) -> str:
        """Return the form that neighbours in the same word prove; empty if they prove none.

        Args:
            before: The character.
            default: Its default form.
            left: The neighbour on its left in the same word; empty at the beginning.
            right: The neighbour on its right in the same word; empty at the end.

        """
        forms = self._forms_near(before, left, right)
        if not forms or self._unify(default) in forms:
            return ""
        form, count = forms.most_common(1)[0]
        return form if count >= DECIDING_PHRASES and len(forms) == 1 else ""

    def is_variable(self, before: str, default: str) -> bool:
        """Return whether a character often has another form in the phrases than its default."""
        default = self._unify(default)
        key = before + default
        if key not in self._variable:
            forms = self._unified(before, "")
            total = sum(forms.values())
            other = total - forms[default]
            self._variable[key] = other >= OTHER_PHRASES and other >= UNSURE_SHARE * total
        return self._variable[key]

    def settle(
        self, before: str, default: str, near: tuple[str, str], word: tuple[str, str]
    ) -> bool:
        """Return whether the neighbours of a character show that it has its default form.

        Args:
            before: The character.
            default: The form that it has.
            near: Its neighbours in the text.
            word: Those of them that are in the same word; else empty.

        """
        default = self._unify(default)
        forms = self._forms_near(before, *near)
        return set(self._forms_near(before, *word)) == {default} or (
            set(forms) == {default} and forms[default] >= AGREEING_PHRASES
        )

    def _forms_near(self, before: str, left: str, right: str) -> Counter[str]:
        forms = self._unified(before, LEFT + left) if left else Counter[str]()
        return forms + self._unified(before, RIGHT + right) if right else forms

    def _unified(self, before: str, context: str) -> Counter[str]:
        counts: Counter[str] = Counter()
        table: Any = self._contexts.get(before, {})
        for form, count in table.get(context, {}).items():
            counts[self._unify(form)] += count
        return counts
