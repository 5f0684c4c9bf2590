"""Styles that are computed when they are used.

``StyleFor`` computes a style for each of the six pseudo-elements of every element, though almost none is used:
here it is computed at its first use. ``set_page_type_computed_styles`` computes one for each of the nineteen boxes
of every page: here pages to which the same rules apply share them. ``ComputedStyle.__missing__`` finds a value that
no rule sets by way of every property that it may depend on: here the parent's or the initial value is taken at once.
``get_color`` compares every colour with the word ``currentcolor``: here only words are compared.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Patch, Replacement, replace_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint import css
    from publisher._weasyprint.draw import color
    from publisher._weasyprint.layout import page

    stock_set, stock_call = css.StyleFor.set_computed_styles, css.StyleFor.__call__

    def set_computed_styles(
        self: Any, element: Any, parent: Any, pseudo_type: str | None = None, **others: Any
    ) -> None:
        """Compute the style of an element or of a page; defer that of an element's pseudo-element."""
        if pseudo_type is None or not hasattr(element, "tag"):
            stock_set(self, element, parent, pseudo_type=pseudo_type, **others)
        else:
            declarations = self.get_cascaded_styles().get((element, pseudo_type), {})
            deferred = vars(self).setdefault("deferred", {})
            deferred[element, pseudo_type] = declarations, {"parent": parent, **others}

    def call(self: Any, element: Any, pseudo_type: str | None = None) -> Any:
        """Return the style of an element, a pseudo-element or a page's box."""
        known = vars(self)
        if pseudo_type is not None:
            deferred = known.get("deferred", ())
            if (element, pseudo_type) in deferred:
                compute(self, element, pseudo_type, *deferred.pop((element, pseudo_type)))
        style = self.get_computed_styles().get((element, pseudo_type))
        adjusted = known.setdefault("adjusted", set())
        if style is not None and id(style) not in adjusted:
            adjusted.add(id(style))
            stock_call(self, element, pseudo_type)  # margins and padding that do not apply
        return style

    def compute(
        self: Any, element: Any, pseudo_type: str, declarations: Any, others: dict[str, Any]
    ) -> None:
        """Compute a deferred style, or take that of a pseudo-element with the same parent and rules."""
        computed, cascaded = self.get_computed_styles(), self.get_cascaded_styles()
        shared = vars(self).setdefault("shared_pseudo_styles", {})
        key = id(computed[others["parent"], None]), pseudo_type, id(declarations)
        if key not in shared:
            cascaded[element, pseudo_type] = declarations
            stock_set(self, element, pseudo_type=pseudo_type, **others)
            del cascaded[element, pseudo_type]
            shared[key] = computed[element, pseudo_type], declarations  # alive, for their ids
        computed[element, pseudo_type] = shared[key][0]

    yield Replacement(css.StyleFor, "set_computed_styles", set_computed_styles)
    yield Replacement(css.StyleFor, "__call__", call)
    yield Replacement(
        page, "set_page_type_computed_styles", _share_pages(page.set_page_type_computed_styles)
    )
    yield from replace_everywhere(color, "get_color", _get_color)
    yield Replacement(css.ComputedStyle, "__missing__", _missing(css.ComputedStyle.__missing__))


def _share_pages(stock: Any) -> Any:
    def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
        """Give a page and its boxes their styles: those of the first page with the same rules."""
        matches, computed = style_for._page_type_match, style_for.get_computed_styles()  # noqa: SLF001 - patched
        first_pages = vars(style_for).setdefault("first_pages", {})
        rules = tuple(
            matches(selector, page_type)
            for sheet, *_ in style_for._sheets  # noqa: SLF001 - patched
            for _, selectors, _ in sheet.page_rules
            for _, _, selector in selectors
        )
        if rules not in first_pages:
            cascaded = style_for.get_cascaded_styles()
            cascaded.clear()  # the rules of elements and other pages are not used again
            stock(page_type, html, style_for)
            first_pages[rules] = page_type, [None, *(pseudo for _, pseudo in cascaded if pseudo)]
        first, pseudos = first_pages[rules]
        for pseudo in pseudos:
            computed[page_type, pseudo] = computed[first, pseudo]

    return set_page_type_computed_styles


def _get_color(style: Any, key: str) -> Any:
    """Return a colour, or that of the text for ``currentcolor``."""
    value = style[key]
    return style["color"] if type(value) is str and value == "currentcolor" else value


def _missing(stock: Any) -> Any:
    independent = _independent_properties()

    def missing(self: Any, key: str) -> Any:
        """Return a value that no rule sets: the parent's, or the initial one."""
        known = independent.get(key)
        if known is None or self.parent_style is None:
            return stock(self, key)
        inherited, initial, names = known
        if not names.isdisjoint(self.cascaded):
            return stock(self, key)
        value = self[key] = self.parent_style[key] if inherited else initial
        return value

    return missing


@cache
def _independent_properties() -> dict[str, tuple[bool, Any, frozenset[str]]]:
    """Return the properties whose value, if no rule sets it, does not depend on another property.

    For each: whether it is inherited, its initial value, and the names under which a rule may set it.
    """
    from publisher._weasyprint.css import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
    from publisher._weasyprint.css.computed_values import PHYSICAL_FUNCTIONS

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
"""Properties that are computed together, or from an ancestor's."""

PATCH = Patch(
    name="lazy_styles",
    targets=(
        "weasyprint.css.StyleFor.set_computed_styles",
        "weasyprint.css.StyleFor.__call__",
        "weasyprint.css.ComputedStyle.__missing__",
        "weasyprint.layout.page.set_page_type_computed_styles",
        "weasyprint.draw.color.get_color",
    ),
    reason="Styles of pseudo-elements and page boxes are computed at their first use, and shared.",
    replacements=_replacements,
)
