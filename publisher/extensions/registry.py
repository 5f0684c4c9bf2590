"""The readers, rules, checks and styles for a report: those of Publisher, and those of the extensions that it names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.errors import ExtensionError
from publisher.messages import translatable
from publisher.normalise.rules import RULES
from publisher.readers.formats import FORMATS, suffixes_of
from publisher.render.styles import style_names
from publisher.statistics.checks import REPORT_CHECKS
from publisher.statistics.rule_entries import ENTRIES as CHECK_ENTRIES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from publisher.model import RuleEntry
    from publisher.normalise.rule import NormalisingRule
    from publisher.readers.formats import Format
    from publisher.statistics.checks.arithmetic_check import ReportCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A package and what it adds."""

    name: str
    version: str
    formats: tuple[Format, ...] = ()
    rules: tuple[NormalisingRule, ...] = ()
    checks: tuple[ReportCheck, ...] = ()
    styles: Mapping[str, Path] = field(default_factory=dict)
    """The folder of each style by its name."""
    folders: tuple[Path, ...] = ()
    """The folders, or the modules, with its code."""

    def __str__(self) -> str:
        """Return name and version, as the record has them."""
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """The extensions of a report, and all readers, rules, checks and styles for it."""

    packages: tuple[Extension, ...] = ()
    formats: tuple[Format, ...] = FORMATS
    rules: tuple[NormalisingRule, ...] = RULES
    """In the order in which they run."""
    checks: tuple[ReportCheck, ...] = REPORT_CHECKS
    """The checks of a whole report."""
    styles: Mapping[str, Path] = field(default_factory=dict)
    """The folders of the styles that do not come with Publisher."""

    @property
    def versions(self) -> tuple[str, ...]:
        """The name and version of each package; the result of a stage depends on no more."""
        return tuple(map(str, self.packages))

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of the files that can be read."""
        return suffixes_of(self.formats)

    def style_path(self, style: str) -> str:
        """Return the folder of an extension's style; any other style as it is named."""
        return str(self.styles.get(style, style))

    def extended_by(self, added: Extension) -> Extensions:
        """Return these extensions and another one.

        Rules run by their ``order``; of two with the same number, that of the package that is named first.

        Raises:
            ExtensionError: A name or a suffix is in use already.

        """
        _require_new(added, translatable("rule"), _names(added.rules), _names(self.rules))
        checks = [*_names(CHECK_ENTRIES), *_names(self.checks)]
        _require_new(added, translatable("check"), _names(added.checks), checks)
        _require_new(added, translatable("suffix"), suffixes_of(added.formats), self.suffixes)
        _require_new(added, translatable("style"), added.styles, (*style_names(), *self.styles))
        return Extensions(
            packages=(*self.packages, added),
            formats=(*self.formats, *added.formats),
            rules=tuple(sorted((*self.rules, *added.rules), key=lambda rule: rule.order)),
            checks=(*self.checks, *added.checks),
            styles={**self.styles, **added.styles},
        )


NO_EXTENSIONS = Extensions()


def _names(entries: Iterable[RuleEntry]) -> list[str]:
    return [entry.name for entry in entries]


def _require_new(
    added: Extension, kind: str, names: Collection[str], used: Collection[str]
) -> None:
    """Raise ``ExtensionError`` for a name that is in use already."""
    known = set(used)
    for name in names:
        if name in known:
            raise ExtensionError(
                translatable(
                    "the extension {extension} has the {kind} {name}, which there is already",
                    extension=str(added),
                    kind=kind,
                    name=name,
                ),
                hint="leave one of the two extensions out, or rename it in the package",
            )
        known.add(name)
