"""Styles that are asked for and no others: pseudo-elements when they are, values without a detour.

The seams are ``weasyprint.css.StyleFor``, which makes a style for each of the six pseudo-elements of
every element, though almost none is ever asked for; ``weasyprint.layout.page.set_page_type_computed_styles``,
which makes one for each of the nineteen boxes of every page, though all to which the same rules apply have
the same ones; ``ComputedStyle.__missing__``, which finds a value that nobody set by asking every rule; and
``weasyprint.draw.color.get_color``, which compares every colour with a word.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Seam, everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator


def lazy_styles() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import css
    from weasyprint.draw import color
    from weasyprint.layout import page

    stock_set, stock_call = css.StyleFor.set_computed_styles, css.StyleFor.__call__
    waiting: dict[tuple[Any, str], tuple[Any, dict[str, Any]]] = {}
    pseudos: dict[Any, Any] = {}

    def set_computed_styles(
        self: Any, element: Any, parent: Any, pseudo_type: str | None = None, **others: Any
    ) -> None:
        """Put the style of an element's pseudo-element off."""
        if pseudo_type is None or not hasattr(element, "tag"):
            stock_set(self, element, parent, pseudo_type=pseudo_type, **others)
        else:
            own = self.get_cascaded_styles().get((element, pseudo_type), {})
            waiting[element, pseudo_type] = own, {"parent": parent, **others}

    def call(self: Any, element: Any, pseudo_type: str | None = None) -> Any:
        """Return the style of an element, a pseudo-element or a page's box."""
        if pseudo_type is not None and (element, pseudo_type) in waiting:
            own, others = waiting.pop((element, pseudo_type))
            known, rules = self.get_computed_styles(), self.get_cascaded_styles()
            alike = id(known[others["parent"], None]), pseudo_type, id(own)
            if alike not in pseudos:
                rules[element, pseudo_type] = own
                stock_set(self, element, pseudo_type=pseudo_type, **others)
                del rules[element, pseudo_type]
                pseudos[alike] = known[element, pseudo_type]
            known[element, pseudo_type] = pseudos[alike]
        return stock_call(self, element, pseudo_type)

    yield Seam(css.StyleFor, "set_computed_styles", set_computed_styles)
    yield Seam(css.StyleFor, "__call__", call)
    yield Seam(page, "set_page_type_computed_styles", _pages(page.set_page_type_computed_styles))
    yield from everywhere(color, "get_color", _colour)
    yield Seam(css.ComputedStyle, "__missing__", _missing(css.ComputedStyle.__missing__))


def _pages(stock: Any) -> Any:
    firsts: dict[tuple[bool, ...], tuple[Any, list[str | None]]] = {}

    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        """Give a page and its boxes their styles: those of the first page with the same rules."""
        matches, known = style_for._page_type_match, style_for.get_computed_styles()  # noqa: SLF001 - the seam
        rules = tuple(
            matches(selector, page_type)
            for sheet, *_ in style_for._sheets  # noqa: SLF001 - the seam
            for _, selectors, _ in sheet.page_rules
            for _, _, selector in selectors
        )
        if rules not in firsts:
            cascaded = style_for.get_cascaded_styles()
            cascaded.clear()  # the rules of elements and other pages have done
            stock(page_type, html, style_for)
            firsts[rules] = page_type, [None, *(pseudo for _, pseudo in cascaded if pseudo)]
        first, pseudos = firsts[rules]
        for pseudo in pseudos:
            known[page_type, pseudo] = known[first, pseudo]

    return set_page_type_computed_styles


def _colour(style: Any, key: str) -> Any:
    """Return a colour, or that of the text where it is to be the same."""
    value = style[key]
    return style["color"] if type(value) is str and value == "currentcolor" else value


def _missing(stock: Any) -> Any:
    plain = _plain_values()

    def missing(self: Any, key: str) -> Any:
        """Return a value that no rule sets: the parent's, or the initial one."""
        known = plain.get(key)
        if known is None or self.parent_style is None:
            return stock(self, key)
        inherited, initial, names = known
        if not names.isdisjoint(self.cascaded):
            return stock(self, key)
        value = self[key] = self.parent_style[key] if inherited else initial
        return value

    return missing


@cache
def _plain_values() -> dict[str, tuple[bool, Any, frozenset[str]]]:
    """Return the properties whose value, where no rule sets it, needs no other property.

    For each whether it is inherited, what it is at first, and the names under which a rule may set it.
    """
    from weasyprint.css import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS

    logical = {
        name: {
            function(block="ttb", inline=inline)
            for function in [PHYSICAL_FUNCTIONS.get(name)]
            if function
            for inline in ("ltr", "rtl")
        }
        for name in INITIAL_VALUES
    }
    return {
        name: (name in INHERITED, value, frozenset({name, *logical[name]}))
        for name, value in INITIAL_VALUES.items()
        if name not in _RELATED
        and not name.startswith("text_decoration_")
        and (name in INHERITED or name not in INITIAL_NOT_COMPUTED)
    }


_RELATED = frozenset({"position", "float", "display", "page"})
"""Values that are worked out together, or with an ancestor's."""
