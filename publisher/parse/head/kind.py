"""The kind of a document, from the words of its title, or from its numbering if its title has none.

Input: the lines that may name the kind, the first lines of the text. Output: the row of the table of kinds and the words that
show it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from publisher.reference.document_kinds import KINDS
from publisher.reference.title_endings import TAIL, plain_title
from publisher.text.characters import has_han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.reference.document_kinds import DocumentKind

_ARTICLE = re.compile("第一[条條]")


def recognise_kind(titles: Sequence[str], lines: Sequence[str]) -> tuple[DocumentKind | None, str]:
    """Return the kind of a document and the words that show it; ``None`` and an empty string if nothing does.

    Args:
        titles: The title, then other lines that may name the kind, such as the name of a series; the first decides.
        lines: The first lines of the text.

    """
    for title in titles:
        plain = plain_title(title)
        for kind in KINDS:
            if words := _evidence(kind, plain):
                return kind, words
    article = next((match[0] for line in lines if (match := _ARTICLE.match(line))), "")
    with_articles = next((kind for kind in KINDS if kind.numbering == ("articles",)), None)
    return (with_articles, article) if article else (None, "")


def _evidence(kind: DocumentKind, plain: str) -> str:
    """Return the words of a title that show a kind; empty if there are none."""
    if not has_han(plain):
        folded = plain.lower()
        if kind.english_names and not any(name in folded for name in kind.english_names):
            return ""
        return next((word for word in kind.english if word.replace(" ", "") in folded), "")
    if kind.words and not re.search(kind.words, plain):
        return ""
    matches = [match["words"] for pattern in _patterns(kind) if (match := pattern.search(plain))]
    return max(matches, key=len, default="")


@cache
def _patterns(kind: DocumentKind) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(f"(?P<words>{ending}){TAIL}$") for ending in kind.endings)
