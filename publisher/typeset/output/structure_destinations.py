"""Structure destinations of links and bookmarks (ISO 14289-2, 8.8).

In: the objects of a PDF whose structure tree is written. Out: the same objects, in which each internal link and each
bookmark has a structure destination (``SD``, ISO 32000-2, 12.3.2.3) besides its position on the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from publisher.typeset.tagging.plan import StructurePlan


def add_structure_destinations(pdf: Any, plan: StructurePlan) -> None:
    """Add structure destinations to links and bookmarks."""
    import publisher._pydyf as pydyf

    root = next(iter(plan.objects.values()))
    headings = [obj for role, obj in plan.written if role in HEADINGS]
    bookmarks = [
        obj
        for obj in pdf.objects
        if isinstance(obj, pydyf.Dictionary) and "Title" in obj and "Dest" in obj
    ]
    targets = headings if len(headings) == len(bookmarks) else [root] * len(bookmarks)
    for bookmark, heading in zip(bookmarks, targets, strict=True):
        _set_destination(bookmark, bookmark.pop("Dest"), heading)
    for obj in pdf.objects:
        if isinstance(obj, pydyf.Dictionary) and obj.get("Subtype") == "/Link" and "Dest" in obj:
            name = obj.pop("Dest")
            _set_destination(obj, name, plan.objects.get(name.string, root))


HEADINGS = frozenset(f"H{level}" for level in range(1, 7))


def _set_destination(obj: Any, destination: Any, element: Any) -> None:
    import publisher._pydyf as pydyf

    obj["A"] = pydyf.Dictionary(
        {
            "Type": "/Action",
            "S": "/GoTo",
            "D": destination,
            "SD": pydyf.Array([element.reference, "/XYZ", "null", "null", "null"]),
        }
    )
