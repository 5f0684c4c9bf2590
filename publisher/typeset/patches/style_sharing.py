"""One computation of the cascade for all elements to which the same rules apply.

``StyleFor.__init__`` weighs every declaration of every rule for each element, though ten thousand rows may have
cells of three kinds: here elements with the same rules and the same parent style share one style, and the rules of elements
with the same attributes in the same parents are found once (``rule_matching``).
``find_style_attributes`` makes a declaration of each id, which would give each element with one, and all inside
it, a style of its own: here a plain id is none.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Patch, Replacement
from publisher.typeset.patches.rule_matching import RuleMatcher, iterate

if TYPE_CHECKING:
    from collections.abc import Iterator


_DECLARING: ContextVar[set[Any] | None] = ContextVar("elements with declarations", default=None)
"""The elements of the document that is set which have declarations of their own."""


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint import css

    stock_init, stock_find = css.StyleFor.__init__, css.find_style_attributes

    def find_style_attributes(tree: Any, *others: Any) -> Iterator[Any]:
        """Yield the declarations that elements have of their own, and collect these elements.

        The id of an element that has nothing else is no declaration: it does not change how the element looks.
        """
        declaring = _DECLARING.get()
        for declaration in stock_find(tree, *others):
            element = declaration[1]
            if not (_is_plain(element.get("id", "")) and _DECLARATIONS.isdisjoint(element.keys())):
                if declaring is not None:
                    declaring.add(element)
                yield declaration

    def init(self: Any, html: Any, sheets: Any, hints: Any, fonts: Any, targets: Any) -> None:
        """Give every element the style that the rules define."""
        declaring = set[Any]()
        tree = SimpleNamespace(
            iter_subtree=lambda: _distinct_elements(self, html, sheets, declaring, targets)
        )
        page = SimpleNamespace(
            etree_element=html.etree_element, base_url=html.base_url, wrapper_element=tree
        )
        token = _DECLARING.set(declaring)
        try:
            stock_init(self, page, sheets, hints, fonts, targets)
        finally:
            _DECLARING.reset(token)

    yield Replacement(css, "find_style_attributes", find_style_attributes)
    yield Replacement(css.StyleFor, "__init__", init)


_DECLARATIONS = frozenset({"style", "lang", "name", "width", "height"})
"""Attributes, besides the id, of which WeasyPrint makes declarations."""


def _is_plain(name: str) -> bool:
    """Return whether an id is written in CSS as it is."""
    return bool(name) and name.isprintable() and not set(name) & {'"', "\\"}


def _distinct_elements(
    style_for: Any, html: Any, sheets: Any, declaring: set[Any], targets: Any
) -> Iterator[Any]:
    """Yield the elements in the order of the tree, and give those like an earlier one its styles.

    An element that was yielded has its style when the next one is asked for.
    """
    computed, cascaded = style_for.get_computed_styles(), style_for.get_cascaded_styles()
    first_by_rules: dict[Any, tuple[Any, Any, tuple[str, ...]]] = {}
    shared_styles: dict[Any, Any] = {}
    matcher = RuleMatcher([sheet.matcher for sheet, *_ in sheets])
    for position in iterate(html.wrapper_element):
        element = position.element
        if element in declaring:
            yield position.wrapper
            shared_styles[element] = computed[element, None]
            continue
        parent = position.parent
        rules = matcher.rules(position)
        key = None if parent is None else id(shared_styles[parent.element]), rules
        known = first_by_rules.get(key)
        if known is None:
            yield position.wrapper
            style = shared_styles[element] = computed[element, None]
            pseudos = tuple({pseudo for _, _, pseudo in rules if pseudo})
            first_by_rules[key] = element, style, pseudos
        else:
            first, style, pseudos = known
            computed[element, None] = shared_styles[element] = style
            for pseudo in pseudos:
                cascaded[element, pseudo] = cascaded[first, pseudo]
        if name := element.get("id"):
            computed[element, None] = _named_style()(style, name)
            if targets:
                targets.collect_anchor(name)


@cache
def _named_style() -> Any:
    from publisher._weasyprint.css import ComputedStyle

    class NamedStyle(ComputedStyle):  # type: ignore[misc]  # weasyprint has no types
        """The style of an element that differs from others in its id alone."""

        def __init__(self, shared: Any, name: str) -> None:
            self.__dict__ = vars(shared)  # what is cached for one is cached for all
            self.shared = shared
            self["anchor"] = name

        def __missing__(self, key: str) -> Any:
            """Return the value that all of them have."""
            value = self[key] = self.shared[key]
            return value

    return NamedStyle


PATCH = Patch(
    name="style_sharing",
    targets=("weasyprint.css.StyleFor.__init__", "weasyprint.css.find_style_attributes"),
    reason="The cascade is computed once for all elements with the same rules and the same parent style.",
    replacements=_replacements,
)
