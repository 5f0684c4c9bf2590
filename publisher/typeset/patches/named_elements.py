"""The elements with a name, found without a selector.

``find_stylesheets`` and ``get_html_metadata`` look for five elements of a page's head: cssselect2 wraps every element of the page for
each of them. Here the names of the elements are compared. Both functions use no elements of other namespaces.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Patch, Replacement, replace_everywhere

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint import css, html

    stock_sheets, stock_metadata = css.find_stylesheets, html.get_html_metadata

    def find_stylesheets(wrapper: Any, *others: Any, **options: Any) -> Iterator[Any]:
        """Yield the style sheets of a page."""
        return stock_sheets(_Named(wrapper.etree_element), *others, **options)  # type: ignore[no-any-return]

    def get_html_metadata(page: Any) -> Any:
        """Return the title of a page, its language and the like."""
        stand_in = SimpleNamespace(
            etree_element=page.etree_element,
            wrapper_element=_Named(page.etree_element),
            base_url=page.base_url,
            url_fetcher=page.url_fetcher,
        )
        return stock_metadata(stand_in)

    yield from replace_everywhere(css, "find_stylesheets", find_stylesheets)
    yield from replace_everywhere(html, "get_html_metadata", get_html_metadata)


class _Named:
    """The part of the interface of ``cssselect2.ElementWrapper`` that the two functions use."""

    def __init__(self, root: Element) -> None:
        """Find elements in the page with this root."""
        self._root = root

    def query_all(self, *names: str) -> Iterator[SimpleNamespace]:
        """Yield the elements with one of some names, in the order of the page."""
        for element in self._root.iter():
            if element.tag in names:
                yield SimpleNamespace(etree_element=element)


PATCH = Patch(
    name="named_elements",
    targets=(
        "weasyprint.css.find_stylesheets",
        "weasyprint.html.get_html_metadata",
    ),
    reason="The style sheets and the title of a page are found by the names of elements, without wrapping every element.",
    replacements=_replacements,
)
