"""The layout of an official document against GB/T 9704-2012, clause by clause, measured on the pages of any PDF.

Input: the bytes of a PDF. Output: an ``OfficialLayout``: what is wanted, what was measured, whether it is met. Only what a
document has is judged: a document without 密级 has no item for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from publisher.errors import SourceUnreadableError
from publisher.verify.gb9704.foot_items import foot_items
from publisher.verify.gb9704.head_items import head_items
from publisher.verify.gb9704.layout_item import LayoutItem
from publisher.verify.gb9704.measured_page import measure_pages
from publisher.verify.gb9704.official_document import Form, read_document
from publisher.verify.gb9704.signature_items import signature_items
from publisher.verify.gb9704.text_items import text_items


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialLayout:
    """The items of a document in the order of the standard."""

    form: Form
    """文件格式, 信函格式, 命令格式 or 纪要格式, as the pages show it."""
    items: tuple[LayoutItem, ...]
    pages: int

    @property
    def passed(self) -> bool:
        """Whether every item is met."""
        return all(item.met for item in self.items)


def check_official_layout(data: bytes) -> OfficialLayout:
    """Return the items of GB/T 9704-2012 that the pages of a PDF can be measured for.

    Raises:
        UnsupportedFormatError: The file is not a PDF.
        SourceUnreadableError: It cannot be measured.
    """
    pages = measure_pages(data)
    if not pages:
        raise SourceUnreadableError("has no pages", hint="build the document again")
    document = read_document(pages)
    items = (
        *head_items(document),
        *text_items(document),
        *signature_items(document),
        *foot_items(document),
    )
    ordered = sorted(items, key=lambda item: [int(part) for part in item.clause.split(".")])
    return OfficialLayout(form=document.form, items=tuple(ordered), pages=len(pages))


__all__ = ["LayoutItem", "OfficialLayout", "check_official_layout"]
