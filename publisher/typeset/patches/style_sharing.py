"""The cascade worked out once for elements that the same rules apply to.

The seams are ``weasyprint.css.StyleFor.__init__``, which weighs every declaration of every rule for each
element, only to find that another one has its style already: ten thousand rows have cells of three kinds; and
``weasyprint.css.find_style_attributes``, which makes a declaration of each id, so that no element with one, and
nothing inside it, has its style in common with others.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def known_rules() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import css

    stock_init, stock_find = css.StyleFor.__init__, css.find_style_attributes
    with_own: set[Any] = set()

    def find_style_attributes(tree: Any, *others: Any) -> Iterator[Any]:
        """Yield the declarations that elements have of their own, and note which have any.

        An id is none where an element has nothing else: it is no matter of looks.
        """
        for found in stock_find(tree, *others):
            element = found[1]
            if not (_is_plain(element.get("id", "")) and _OWN.isdisjoint(element.keys())):
                with_own.add(element)
                yield found

    def init(self: Any, html: Any, sheets: Any, hints: Any, fonts: Any, targets: Any) -> None:
        """Give every element the style that the rules ask for."""
        tree = SimpleNamespace(iter_subtree=lambda: _unlike(self, html, sheets, with_own, targets))
        page = SimpleNamespace(
            etree_element=html.etree_element, base_url=html.base_url, wrapper_element=tree
        )
        stock_init(self, page, sheets, hints, fonts, targets)

    yield Seam(css, "find_style_attributes", find_style_attributes)
    yield Seam(css.StyleFor, "__init__", init)


_OWN = frozenset({"style", "lang", "name", "width", "height"})
"""Attributes that make declarations, beside the id."""


def _is_plain(name: str) -> bool:
    """Whether an id is the same when it has been a string of CSS."""
    return bool(name) and name.isprintable() and not set(name) & {'"', "\\"}


def _unlike(
    style_for: Any, html: Any, sheets: Any, with_own: set[Any], targets: Any
) -> Iterator[Any]:
    """Yield the elements in the order of the tree, but those like an earlier one, which get its styles.

    What is yielded has its style when the next one is asked for.
    """
    computed, rules = style_for.get_computed_styles(), style_for.get_cascaded_styles()
    firsts: dict[Any, tuple[Any, Any, tuple[str, ...]]] = {}
    likes: dict[Any, Any] = {}
    for element in html.wrapper_element.iter_subtree():
        own = element.etree_element
        if own in with_own:
            yield element
            likes[own] = computed[own, None]
            continue
        found = [
            (number, order, pseudo)
            for number, (sheet, *_) in enumerate(sheets)
            for _, order, pseudo, _ in sheet.matcher.match(element)
        ]
        alike = (
            None if element.parent is None else id(likes[element.parent.etree_element]),
            *found,
        )
        known = firsts.get(alike)
        if known is None:
            yield element
            style = likes[own] = computed[own, None]
            firsts[alike] = own, style, tuple({pseudo for _, _, pseudo in found if pseudo})
        else:
            first, style, pseudos = known
            computed[own, None] = likes[own] = style
            for pseudo in pseudos:
                rules[own, pseudo] = rules[first, pseudo]
        if name := own.get("id"):
            computed[own, None] = _named_style()(style, name)
            if targets:
                targets.collect_anchor(name)


@cache
def _named_style() -> Any:
    from weasyprint.css import ComputedStyle

    class NamedStyle(ComputedStyle):  # type: ignore[misc]  # weasyprint has no types
        """The style of an element that is like others but for its id."""

        def __init__(self, like: Any, name: str) -> None:
            self.__dict__ = vars(like)  # what is worked out for one is worked out for all
            self.like = like
            self["anchor"] = name

        def __missing__(self, key: str) -> Any:
            """Return the value that all of them have."""
            value = self[key] = self.like[key]
            return value

    return NamedStyle
