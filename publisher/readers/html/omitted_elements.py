"""Elements whose content is not text of the page: the rule of the edit that leaves each out, and the reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publisher.readers.html.formulas import is_rendered_copy

if TYPE_CHECKING:
    from publisher.readers.html.tree import Element

SCRIPT = "a script or a style"
WITHOUT_SCRIPTS = "for browsers without scripts or frames"
_SILENT = {
    **dict.fromkeys(("script", "style"), SCRIPT),
    **dict.fromkeys(("noscript", "noembed", "noframes"), WITHOUT_SCRIPTS),
    **dict.fromkeys(("template", "datalist"), "not shown by the page"),
    **dict.fromkeys(
        ("iframe", "object", "embed", "applet", "frame", "frameset"), "another document"
    ),
    **dict.fromkeys(("canvas", "audio", "video", "map"), "not text"),
    **dict.fromkeys(("select", "button", "input"), "a control of the page"),
    **dict.fromkeys(("head", "title"), "about the page, not in it"),
    "rp": "brackets for browsers without ruby",
    "rt": "a ruby annotation, which is set above its base",
}
"""The reason for each element by its name."""
SILENT_RULE = "html-silent"
HIDDEN_RULE = "html-hidden"
DELETION_RULE = "html-deletion"
OMITTED_RULE = "html-furniture"
"""The rule for what belongs to the website, or to the pages of an office program, around the report."""
CONTROL = _SILENT["select"]
_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)"
)


def is_hidden(element: Element) -> bool:
    """Return whether the page hides an element."""
    style = element.attributes.get("style", "").lower()
    return "hidden" in element.attributes or bool(_HIDDEN_STYLE.search(style))


def find_omission(element: Element, *, hidden: bool) -> tuple[str, str] | None:
    """Return the rule that leaves an element out and the reason; None for an element that is read.

    Args:
        element: The element.
        hidden: Whether the page hides it, and what is hidden is left out.

    """
    if element.name in _SILENT:
        return SILENT_RULE, _SILENT[element.name]
    if hidden:
        return HIDDEN_RULE, "the page hides it"
    if element.name == "del":
        return DELETION_RULE, "text that the page marks as deleted"
    if _is_page_header(element):
        return OMITTED_RULE, "a header or footer of the pages of LibreOffice"
    if is_rendered_copy(element):
        return SILENT_RULE, "a formula as its script shows it, which is there twice"
    return None


def _is_page_header(element: Element) -> bool:
    """Return whether an element is what LibreOffice writes for the header or the footer of its pages."""
    is_top = element.parent is not None and element.parent.name in ("body", "#root")
    return (
        element.name == "div"
        and is_top
        and set(element.attributes) == {"title"}
        and element.attributes["title"] in ("header", "footer")
    )
