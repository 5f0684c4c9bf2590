"""The finding about struck-out text, which every reader publishes with a line through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.readers.finding_rules import STRUCK_OUT
from publisher.text.counted_nouns import count_noun
from publisher.text.quoted_passages import quote_passages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Finding, Mark

MAX_QUOTED = 5
"""Passages that the finding quotes."""


def find_struck_out(marks: Sequence[Mark], source: str) -> Iterator[Finding]:
    """Yield a finding if some of the text is struck out; ``source`` is the decoded source."""
    spans = [mark.locator for mark in marks if mark.kind == "strikethrough"]
    if not spans:
        return
    texts = [source[span.offset : span.offset + span.length] for span in spans[:MAX_QUOTED]]
    quoted = quote_passages(texts, are_all=len(spans) <= MAX_QUOTED)
    passages = count_noun(len(spans), "struck-out passage")
    yield STRUCK_OUT.finding(spans[0], passages=passages, quoted=quoted)
