"""The readers, rules, checks and styles for a report: those of Publisher, and those of the extensions that it names.

Input: the option ``extensions``. Output: ``Extensions``. Rules and checks are imported when they are asked for, so that a
command that uses none of them does not wait for them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.errors import ExtensionError
from publisher.messages import translatable
from publisher.readers.formats import FORMATS, suffixes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from publisher.model import RuleEntry
    from publisher.normalise.rule import NormalisingRule
    from publisher.options import Options
    from publisher.readers.formats import Format
    from publisher.render.styles import Style
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

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats that can be read."""
        return (*FORMATS, *(item for package in self.packages for item in package.formats))

    @property
    def rules(self) -> tuple[NormalisingRule, ...]:
        """The rules in the order in which they run: by ``order``; of two with one number, that of the package named first."""
        from publisher.normalise.rules import RULES

        added = (rule for package in self.packages for rule in package.rules)
        return tuple(sorted((*RULES, *added), key=lambda rule: rule.order))

    @property
    def checks(self) -> tuple[ReportCheck, ...]:
        """The checks of a whole report."""
        from publisher.statistics.checks import REPORT_CHECKS

        return (*REPORT_CHECKS, *(check for package in self.packages for check in package.checks))

    @property
    def styles(self) -> Mapping[str, Path]:
        """The folders of the styles that do not come with Publisher."""
        return {name: path for package in self.packages for name, path in package.styles.items()}

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

        Raises:
            ExtensionError: A name or a suffix is in use already.

        """
        from publisher.render.styles import style_names
        from publisher.statistics.rule_entries import ENTRIES

        checks = [*_names(ENTRIES), *_names(self.checks)]
        _require_new(added, translatable("rule"), _names(added.rules), _names(self.rules))
        _require_new(added, translatable("check"), _names(added.checks), checks)
        _require_new(added, translatable("suffix"), suffixes_of(added.formats), self.suffixes)
        _require_new(added, translatable("style"), added.styles, (*style_names(), *self.styles))
        return Extensions(packages=(*self.packages, added))


NO_EXTENSIONS = Extensions()


def load_extensions(names: Sequence[str]) -> Extensions:
    """Return all readers, rules, checks and styles for reports that name these packages.

    Raises:
        ExtensionError: A package is not installed, declares nothing, or cannot be used.

    Example:
        >>> load_extensions(()).versions
        ()

    """
    extensions = NO_EXTENSIONS
    for name in names:
        from publisher.extensions.loading import load_extension

        extensions = extensions.extended_by(load_extension(name))
    return extensions


def installed_styles(extensions: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the styles of this package and of those that are named; raise ``ExtensionError`` as ``load_extensions`` does."""
    from publisher.render.styles import style_names

    return (*style_names(), *load_extensions(extensions).styles)


def load_style_of(options: Options) -> Style:
    """Return the style that options name; raise ``UnknownStyleError`` or ``ExtensionError`` if it cannot be used."""
    from publisher.render.styles import load_style

    return load_style(load_extensions(options.extensions).style_path(options.style))


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
