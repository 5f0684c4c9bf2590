"""From the name of an installed package to its readers, rules, checks and styles.

Input: a name in the option ``extensions``. Output: an ``Extension``. A package that no option names is never imported.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher.errors import ExtensionError
from publisher.extensions.guards import FAULT_HINT, guard_check, guard_format, guard_rule
from publisher.extensions.registry import Extension
from publisher.messages import translatable
from publisher.normalise.rule import NormalisingRule
from publisher.readers.formats import Format
from publisher.render.styles import MANIFEST
from publisher.statistics.checks.arithmetic_check import ArithmeticCheck

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.metadata import Distribution, EntryPoint

GROUPS: Mapping[str, type] = {
    "publisher.readers": Format,
    "publisher.rules": NormalisingRule,
    "publisher.checks": ArithmeticCheck,
    "publisher.styles": Path,
}
"""The groups of entry points, and what an entry point of each refers to."""


def installed_extensions() -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    """Yield name and version of every installed extension, and the names in each group; nothing is imported."""
    from importlib.metadata import distributions

    for package in sorted(distributions(), key=lambda item: str(item.name)):
        points = _entry_points(package)
        if points:
            declared = {
                group: [item.name for item in points if item.group == group] for group in GROUPS
            }
            yield package.name, package.version, declared


def _entry_points(package: Distribution) -> list[EntryPoint]:
    points = [point for point in package.entry_points if point.group in GROUPS]
    return sorted(points, key=lambda point: (point.group, point.name))


def load_extension(name: str) -> Extension:
    """Return a package and what it adds.

    Raises:
        ExtensionError: It is not installed, declares nothing, or cannot be used.

    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        package = distribution(name)
    except (PackageNotFoundError, ValueError) as error:
        raise ExtensionError(
            translatable("the extension {name} is not installed", name=name),
            hint="install it for the Python of publisher, in the version that a record names, or leave it out of "
            "extensions; publisher doctor lists those that are installed",
        ) from error
    points = _entry_points(package)
    if not points:
        raise ExtensionError(
            translatable("the package {name} is no extension of Publisher", name=name),
            hint=translatable(
                "it declares no entry point of the groups {groups}; see docs/extensions.md",
                groups=" ".join(GROUPS),
            ),
        )
    title = f"{name} {package.version}"
    parts = {group: [_load(p, title) for p in points if p.group == group] for group in GROUPS}
    formats, rules, checks, styles = (parts[group] for group in GROUPS)
    return Extension(
        name=name,
        version=package.version,
        formats=tuple(guard_format(item, title) for item in formats),
        rules=tuple(guard_rule(item, title) for item in rules),
        checks=tuple(guard_check(item, title) for item in checks),
        styles=dict(
            zip([p.name for p in points if p.group == "publisher.styles"], styles, strict=True)
        ),
        folders=tuple(dict.fromkeys(map(_code_folder, points))),
    )


def _load(point: EntryPoint, title: str) -> Any:
    """Return what an entry point refers to; raise ``ExtensionError`` if it cannot be used."""
    try:
        value = point.load()
    except (Exception, SystemExit) as error:
        raise _unusable(point, title, f"{type(error).__name__}: {error}") from error
    wanted = GROUPS[point.group]
    if not isinstance(value, wanted):
        raise _unusable(
            point,
            title,
            translatable(
                "it is {kind}, not {wanted}", kind=type(value).__name__, wanted=wanted.__name__
            ),
        )
    if isinstance(value, Path) and not (value / MANIFEST).is_file():
        raise _unusable(
            point,
            title,
            translatable("{folder} has no {manifest}", folder=str(value), manifest=MANIFEST),
        )
    if isinstance(value, Format) and value.read_data is None:
        raise _unusable(point, title, translatable("it has no read_data"))
    if isinstance(value, NormalisingRule) and value.essential:
        raise _unusable(point, title, translatable("only rules of Publisher are essential"))
    return value


def _unusable(point: EntryPoint, title: str, reason: str) -> ExtensionError:
    return ExtensionError(
        translatable(
            "the extension {title} cannot be used: {point}: {reason}",
            title=title,
            point=f"{point.group}: {point.name}",
            reason=reason,
        ),
        hint=FAULT_HINT,
    )


def _code_folder(point: EntryPoint) -> Path:
    """Return the folder of the package, or the module, that an entry point refers to."""
    module = sys.modules[point.module.partition(".")[0]]
    if module.__file__ is None:  # a package without __init__.py
        return Path(next(iter(module.__path__)))
    file = Path(module.__file__)
    return file.parent if file.name == "__init__.py" else file
