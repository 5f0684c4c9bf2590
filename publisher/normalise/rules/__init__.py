"""The normalising rules, in the order in which they run.

Each module of this package holds a few rules, each a function decorated with
``publisher.normalise.rule.rule``; the list is derived from the modules. A rule reads a string, returns
replacements and knows nothing of the other rules.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from publisher.normalise.rule import NormalisingRule


def _collect() -> tuple[NormalisingRule, ...]:
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    rules = {
        value.name: value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, NormalisingRule)
    }
    return tuple(sorted(rules.values(), key=lambda rule: rule.order))


RULES = _collect()
