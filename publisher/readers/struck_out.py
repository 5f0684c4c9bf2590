"""The finding about struck-out text, which every reader publishes with a line through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.readers.finding_rules import STRUCK_OUT
from publisher.text.counted_nouns import count_noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.model import Finding, Mark

MAX_QUOTED = 5
"""Passages that the finding quotes."""
_MAX_LENGTH = 20


def find_struck_out(marks: Sequence[Mark], source: str) -> Iterator[Finding]:
    """Yield a finding if some of the text is struck out; ``source`` is the decoded source."""
    spans = [mark.locator for mark in marks if mark.kind == "strikethrough"]
    if not spans:
        return
    texts = [source[span.offset : span.offset + span.length] for span in spans[:MAX_QUOTED]]
    quoted = "、".join(f"“{_shorten(text)}”" for text in texts)
    more = "…" if len(spans) > MAX_QUOTED else ""
    passages = count_noun(len(spans), "struck-out passage")
    yield STRUCK_OUT.finding(spans[0], passages=passages, quoted=f"{quoted}{more}")


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]}…"
