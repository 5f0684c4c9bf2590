"""Page numbers (``target-counter()``) given to the boxes that show them, without a search of all of them.

``TargetCollector.cache_target_page_counters`` goes through all boxes with a page number once for each target: here
only through those that refer to the target. After ``make_all_pages``, layout goes through all of them once for each
again, to find bookmarks and running titles: here the others are left out.

What this saves grows with the square of the page numbers: nothing for a short report, a twentieth of the instructions
for 800 of them, a fifth of the time for 4,500 (a report of 100,000 characters).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Patch, Replacement

if TYPE_CHECKING:
    from collections.abc import Iterator


def _replacements() -> Iterator[Replacement]:
    from publisher._weasyprint import layout
    from publisher._weasyprint.css.targets import TargetCollector

    stock_cache = TargetCollector.cache_target_page_counters
    stock_pages = layout.make_all_pages

    def cache_target_page_counters(self: Any, anchor_name: str, *others: Any) -> None:
        """Store the page of a target, and pass it on to the items that refer to it."""
        indexed = getattr(self, "indexed_items", None)
        if indexed is None:
            stock_cache(self, anchor_name, *others)
            return
        every_item, items_by_target = indexed
        self.counter_lookup_items = items_by_target.get(anchor_name, {})
        try:
            stock_cache(self, anchor_name, *others)
        finally:
            self.counter_lookup_items = every_item

    def make_all_pages(context: Any, *others: Any) -> Iterator[Any]:
        """Yield the pages; afterwards leave only the items that are not part of their content."""
        collector = context.target_collector
        indexed = getattr(collector, "indexed_items", None)
        if indexed is None or not indexed[0]:
            indexed = collector.indexed_items = _index(collector.counter_lookup_items)
        every_item = indexed[0]
        collector.counter_lookup_items = every_item
        yield from stock_pages(context, *others)
        collector.counter_lookup_items = {
            key: item for key, item in every_item.items() if key[1] != "content"
        }

    yield Replacement(TargetCollector, "cache_target_page_counters", cache_target_page_counters)
    yield Replacement(layout, "make_all_pages", make_all_pages)


def _index(items: dict[Any, Any]) -> tuple[dict[Any, Any], dict[str, dict[Any, Any]]]:
    """Return the items, and by the name of each target those that refer to it."""
    items_by_target: dict[str, dict[Any, Any]] = {}
    for key, item in items.items():
        for name in item.missing_target_counters:
            items_by_target.setdefault(name, {})[key] = item
    return items, items_by_target


PATCH = Patch(
    name="page_counters",
    targets=(
        "weasyprint.css.targets.TargetCollector.cache_target_page_counters",
        "weasyprint.layout.make_all_pages",
    ),
    reason="A page number is given only to the boxes that show it, not offered to every box with one.",
    replacements=_replacements,
)
