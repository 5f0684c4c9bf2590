"""Links and bookmarks that lead to structure elements, as ISO 14289-2, 8.8 asks.

Enters: the tree of a PDF whose structure is written. Leaves: the same tree, in which each link within
the file and each bookmark names the element that it leads to (``SD``, ISO 32000-2, 12.3.2.3) beside the
place on the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from publisher.typeset.tagging.plan import Plan


def lead_to_structure(pdf: Any, plan: Plan) -> None:
    """Give links and bookmarks their structure destinations."""
    import pydyf

    root = next(iter(plan.objects.values()))
    headings = [obj for role, obj in plan.in_order if role in HEADINGS]
    bookmarks = [
        obj
        for obj in pdf.objects
        if isinstance(obj, pydyf.Dictionary) and "Title" in obj and "Dest" in obj
    ]
    paired = headings if len(headings) == len(bookmarks) else [root] * len(bookmarks)
    for bookmark, heading in zip(bookmarks, paired, strict=True):
        _lead(bookmark, bookmark.pop("Dest"), heading)
    for obj in pdf.objects:
        if isinstance(obj, pydyf.Dictionary) and obj.get("Subtype") == "/Link" and "Dest" in obj:
            name = obj.pop("Dest")
            _lead(obj, name, plan.objects.get(name.string, root))


HEADINGS = frozenset(f"H{level}" for level in range(1, 7))


def _lead(obj: Any, destination: Any, element: Any) -> None:
    import pydyf

    obj["A"] = pydyf.Dictionary(
        {
            "Type": "/Action",
            "S": "/GoTo",
            "D": destination,
            "SD": pydyf.Array([element.reference, "/XYZ", "null", "null", "null"]),
        }
    )
