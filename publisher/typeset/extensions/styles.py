"""Styles that are asked for and no others: pseudo-elements when they are, values without a detour.

The seams are ``weasyprint.css.StyleFor``, which makes a style for each of the six pseudo-elements of
every element, though almost none is ever asked for, and one for each of the nineteen boxes of every page,
though a side has the same ones on all; ``StyleFor.add_page_declarations``, which keeps the rules of every
page to be looked through for the next; ``ComputedStyle.__missing__``, which finds a value that nobody set by
asking every rule; and ``weasyprint.draw.color.get_color``, which compares every colour with a word.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.typeset.seams import Seam, everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator


def lazy_styles() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import css
    from weasyprint.draw import color

    stock_set, stock_call = css.StyleFor.set_computed_styles, css.StyleFor.__call__
    stock_add = css.StyleFor.add_page_declarations
    waiting: dict[tuple[Any, str], tuple[Any, dict[str, Any]]] = {}
    pages: dict[Any, Any] = {}
    pseudos: dict[Any, Any] = {}

    def set_computed_styles(
        self: Any, element: Any, parent: Any, pseudo_type: str | None = None, **others: Any
    ) -> None:
        """Put the style of a pseudo-element off, and share that of a page with those like it."""
        known, rules = self.get_computed_styles(), self.get_cascaded_styles()
        if hasattr(element, "tag"):
            if pseudo_type is None:
                stock_set(self, element, parent, pseudo_type=pseudo_type, **others)
            else:
                own = rules.get((element, pseudo_type), {})
                waiting[element, pseudo_type] = own, {"parent": parent, **others}
            return
        own = rules.get((element, pseudo_type), {})
        alike = pseudo_type, *((name, id(one), str(weight)) for name, (one, weight) in own.items())
        if alike not in pages:
            stock_set(self, element, parent, pseudo_type=pseudo_type, **others)
            pages[alike] = known[element, pseudo_type]
        known[element, pseudo_type] = pages[alike]

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

    def add_page_declarations(self: Any, page_type: Any) -> None:
        """Find the rules of a page; those of other pages, all looked through again, have done."""
        self.get_cascaded_styles().clear()
        stock_add(self, page_type)

    yield Seam(css.StyleFor, "set_computed_styles", set_computed_styles)
    yield Seam(css.StyleFor, "add_page_declarations", add_page_declarations)
    yield Seam(css.StyleFor, "__call__", call)
    yield from everywhere(color, "get_color", _colour)
    yield Seam(css.ComputedStyle, "__missing__", _missing(css.ComputedStyle.__missing__))


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
