"""Whether a document is so short that it needs neither a cover nor contents: a form, a notice, a letter of a page or two.

Input: a report, and the characters up to which it is short. Output: whether it begins with its title above its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.render.section_openings import block_length, section_length

if TYPE_CHECKING:
    from publisher.model import Report

LETTERS = frozenset({"notice", "request", "letter", "announcement", "decree", "decision"})
"""Kinds of documents that are sent as a sheet of paper, with numbered parts or without; a report has a cover."""


def is_short_document(report: Report, most_characters: float) -> bool:
    """Return whether a document needs no cover; with 0 for ``most_characters`` each has one.

    It has no headings, or is of a kind that is sent as a letter, and is not longer than that.
    """
    sections = [*report.sections, *(part for annex in report.annexes for part in annex.sections)]
    if sections and report.metadata.kind not in LETTERS:
        return False
    blocks = [*report.preamble, *(block for annex in report.annexes for block in annex.blocks)]
    length = sum(map(block_length, blocks)) + sum(map(section_length, sections))
    return bool(report.title) and length <= most_characters
