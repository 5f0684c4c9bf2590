"""Page numbers (``target-counter()``) given to the boxes that show them, without a search of all of them.

``TargetCollector.cache_target_page_counters`` goes through all boxes with a page number once for each target: here
only through those that refer to the target. After ``make_all_pages``, layout goes through all of them once for each
again, to find bookmarks and running titles: here the others are left out.

A page whose boxes refer to earlier pages is laid out with their numbers: WeasyPrint lays it out without them first, and again
twice. It does not know the target of a number that is named by an attribute (``attr(href)``): here it is known.

What this saves grows with the page numbers: a twentieth of the instructions for a short report with an appendix, a quarter for
800 of them.
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
            self.reached_items += self.counter_lookup_items.values()
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
        collector.reached_items = []
        for page in stock_pages(context, *others):
            yield page
            _show_numbers(collector)
        collector.counter_lookup_items = {
            key: item for key, item in every_item.items() if key[1] != "content"
        }

    yield Replacement(TargetCollector, "cache_target_page_counters", cache_target_page_counters)
    yield Replacement(layout, "make_all_pages", make_all_pages)


def _show_numbers(collector: Any) -> None:
    """Show the page numbers that were found on the last page in the boxes of later pages.

    A box on an earlier page, or on the same one, is no longer pending: its page is made again.
    """
    for item in collector.reached_items:
        if item.pending and not item.missing_counters and len(item.missing_target_counters) == 1:
            item.pending = False
            item.parse_again(item.cached_page_counter_values)
    collector.reached_items.clear()


def _index(items: dict[Any, Any]) -> tuple[dict[Any, Any], dict[str, dict[Any, Any]]]:
    """Return the items, and by the name of each target those that refer to it."""
    items_by_target: dict[str, dict[Any, Any]] = {}
    for key, item in items.items():
        if None in item.missing_target_counters:
            _name_targets(key[0], key[1], item)
        for name in item.missing_target_counters:
            items_by_target.setdefault(name, {})[key] = item
    return items, items_by_target


def _name_targets(box: Any, kind_of_use: str, item: Any) -> None:
    """Give an item the name of its target, which WeasyPrint does not know if an attribute has it.

    WeasyPrint takes the counter for one of the box's own page, too; an item without such a counter depends on its target alone.
    """
    tokens = box.style["content"] if kind_of_use == "content" else ()
    counters = [token for token in tokens if "counter" in token[0]]
    if len(counters) != 1 or counters[0][0] != "target-counter()":
        return
    kind, attribute = counters[0][1][0]
    target = box.element.get(attribute[0], "") if kind == "attr()" else ""
    if target.startswith("#") and attribute[1] == "string":
        item.missing_target_counters = {target[1:]: list(item.missing_target_counters[None])}
        item.missing_counters = []


PATCH = Patch(
    name="page_counters",
    targets=(
        "weasyprint.css.targets.TargetCollector.cache_target_page_counters",
        "weasyprint.layout.make_all_pages",
    ),
    reason="A page number is given only to the boxes that show it, those of later pages before they are laid out.",
    replacements=_replacements,
)
