"""Patches of our private copy of WeasyPrint: what they are, and which of them are applied.

A patch replaces functions, methods or classes of the copy (``publisher._weasyprint``) under the names by which
the copy looks them up. All patches are applied when the first document is set, and stay. An engine without some
of them (``--engine stock``, a benchmark) has them taken out for its documents; documents that need the same
patches are set at the same time, others wait for one another.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition
from typing import TYPE_CHECKING, Any, NamedTuple

from publisher.typeset.weasyprint_loader import private_packages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Replacement(NamedTuple):
    """A value that replaces an attribute."""

    owner: Any
    """The module or the class that has the attribute."""
    name: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Replacements that together make one thing faster or smaller."""

    name: str
    targets: tuple[str, ...]
    """What it replaces, by the names that WeasyPrint, pydyf and tinyhtml5 have for it."""
    reason: str
    """What WeasyPrint does, and what the patch does instead, in one sentence."""
    replacements: Callable[[], Iterable[Replacement]]
    """Returns what is replaced; called once, when the copy is loaded."""


def replace_everywhere(owner: Any, name: str, value: Any) -> Iterator[Replacement]:
    """Yield a replacement for each module of the copy that has what ``owner`` calls ``name``."""
    original = getattr(owner, name)
    for module in private_packages().modules():
        if getattr(module, name, None) is original:
            yield Replacement(module, name, value)


class PatchSet:
    """The patches of the private copy, and which of them are applied."""

    def __init__(self, patches: Iterable[Patch]) -> None:
        """Take the patches, in the order of their application."""
        self._patches = tuple(patches)
        self.names = frozenset(patch.name for patch in self._patches)
        self._replacements: dict[str, list[Replacement]] = {}
        self._originals: dict[str, list[Replacement]] = {}
        self._applied: frozenset[str] = frozenset()
        self._documents = 0
        self._condition = Condition()

    @contextmanager
    def applied(self, names: Iterable[str]) -> Iterator[None]:
        """Have these patches applied, and no others, while the context lasts.

        Waits until no document is set with other patches.
        """
        wanted = frozenset(names)
        with self._condition:
            self._condition.wait_for(lambda: not self._documents or self._applied == wanted)
            self._documents += 1
            self._apply(wanted)
        try:
            yield
        finally:
            with self._condition:
                self._documents -= 1
                self._condition.notify_all()

    def _apply(self, wanted: frozenset[str]) -> None:
        for name in self._applied - wanted:
            _assign(self._originals[name])
        for patch in self._patches:
            if patch.name in wanted - self._applied:
                _assign(self._replacements_of(patch))
        self._applied = wanted

    def _replacements_of(self, patch: Patch) -> list[Replacement]:
        if patch.name not in self._replacements:
            replacements = list(patch.replacements())
            self._originals[patch.name] = [
                Replacement(owner, name, getattr(owner, name)) for owner, name, _ in replacements
            ]
            self._replacements[patch.name] = replacements
        return self._replacements[patch.name]


def _assign(replacements: Iterable[Replacement]) -> None:
    for owner, name, value in replacements:
        setattr(owner, name, value)
