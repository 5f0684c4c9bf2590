"""Fields of forms on a page that show something: a value, the selected option, a mark.

In: elements. Out: what a browser shows of them. Buttons, passwords, hidden fields and fields without a value show nothing
of the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.readers.html.tree import Element

FIELD_RULE = "html-field"
FIELD_REASON = "what the field of the form shows"
_OTHER_TYPES = frozenset(
    "hidden password search submit reset button image file color range checkbox radio".split()
)
_MARKS = {"checkbox": "☐☑", "radio": "○●"}
"""What a field shows that is not chosen, and one that is."""


def is_field(element: Element) -> bool:
    """Return whether an element is a field that shows something."""
    if element.name == "select":
        return bool(selected_options(element))
    return element.name == "textarea" or (element.name == "input" and bool(shown_value(element)))


def shown_value(element: Element) -> str:
    """Return what an ``input`` shows; empty for nothing."""
    kind = element.attributes.get("type", "").strip().lower()
    if kind in _MARKS:
        return _MARKS[kind]["checked" in element.attributes]
    return "" if kind in _OTHER_TYPES else element.attributes.get("value", "").strip()


def selected_options(element: Element) -> list[Element]:
    """Return the options of a ``select`` that the page marks as selected and that have a value."""
    return [
        option
        for option in element.walk()
        if option.name == "option"
        and "selected" in option.attributes
        and option.attributes.get("value", "?").strip()
    ]
