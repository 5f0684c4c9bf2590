"""Page numbers told to those who ask for them, and to nobody else.

The seams are ``TargetCollector.cache_target_page_counters``, which asks everything with a page number in
it whether it leads to a place, once for each place, and ``weasyprint.layout.make_all_pages``, after which
the same are asked once for each of them whether they are a bookmark or a running title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.typeset.patches.patching import Seam

if TYPE_CHECKING:
    from collections.abc import Iterator


def known_targets() -> Iterator[Seam]:
    """Yield the seams for one document."""
    from weasyprint import layout
    from weasyprint.css.targets import TargetCollector

    stock_cache = TargetCollector.cache_target_page_counters
    stock_pages = layout.make_all_pages
    every: dict[Any, Any] = {}
    asking: dict[str, dict[Any, Any]] = {}

    def cache_target_page_counters(self: Any, anchor_name: str, *others: Any) -> None:
        """Note on which page a place is, and tell those that lead to it."""
        self.counter_lookup_items = asking.get(anchor_name, {})
        try:
            stock_cache(self, anchor_name, *others)
        finally:
            self.counter_lookup_items = every

    def make_all_pages(context: Any, *others: Any) -> Iterator[Any]:
        """Yield the pages; leave to be asked what is no part of them."""
        nonlocal every
        collector = context.target_collector
        if not every:
            every = collector.counter_lookup_items
            for key, item in every.items():
                for name in item.missing_target_counters:
                    asking.setdefault(name, {})[key] = item
        collector.counter_lookup_items = every
        yield from stock_pages(context, *others)
        collector.counter_lookup_items = {
            key: item for key, item in every.items() if key[1] != "content"
        }

    yield Seam(TargetCollector, "cache_target_page_counters", cache_target_page_counters)
    yield Seam(layout, "make_all_pages", make_all_pages)
