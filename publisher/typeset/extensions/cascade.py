"""The cascade worked out once for elements that the same rules apply to.

The seam is ``weasyprint.css.StyleFor.__init__``, which weighs every declaration of every rule for each
element, only to find that another one has its style already: ten thousand rows have cells of three kinds.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.typeset.seams import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def known_rules() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import css

    stock_init, stock_find = css.StyleFor.__init__, css.find_style_attributes
    with_own: set[Any] = set()

    def find_style_attributes(*told: Any) -> Iterator[Any]:
        """Yield the declarations that elements have of their own, and note which have any."""
        for found in stock_find(*told):
            with_own.add(found[1])
            yield found

    def init(self: Any, html: Any, sheets: Any, *others: Any) -> None:
        """Give every element the style that the rules ask for."""
        tree = SimpleNamespace(iter_subtree=lambda: _unlike(self, html, sheets, with_own))
        page = SimpleNamespace(
            etree_element=html.etree_element, base_url=html.base_url, wrapper_element=tree
        )
        stock_init(self, page, sheets, *others)

    yield Seam(css, "find_style_attributes", find_style_attributes)
    yield Seam(css.StyleFor, "__init__", init)


def _unlike(style_for: Any, html: Any, sheets: Any, with_own: set[Any]) -> Iterator[Any]:
    """Yield the elements in the order of the tree, but those like an earlier one, which get its styles.

    What is yielded has its style when the next one is asked for.
    """
    computed, rules = style_for.get_computed_styles(), style_for.get_cascaded_styles()
    firsts: dict[Any, tuple[Any, tuple[str, ...]]] = {}
    for element in html.wrapper_element.iter_subtree():
        own = element.etree_element
        if own in with_own or element.parent is None:
            yield element
            continue
        found = [match for sheet, *_ in sheets for match in sheet.matcher.match(element)]
        alike = (
            id(computed[element.parent.etree_element, None]),
            *((specificity, pseudo, id(rule)) for specificity, _, pseudo, rule in found),
        )
        known = firsts.get(alike)
        if known is None:
            firsts[alike] = own, tuple({pseudo for _, _, pseudo, _ in found if pseudo})
            yield element
            continue
        first, pseudos = known
        computed[own, None] = computed[first, None]
        for pseudo in pseudos:
            rules[own, pseudo] = rules[first, pseudo]
