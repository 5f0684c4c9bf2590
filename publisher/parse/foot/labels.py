"""Labels of annexes: 附件1 alone in a line, or with the title behind it.

Input: a line. Output: its label, what number it has, and where the title begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.parse.foot.line_forms import FILE_NAME
from publisher.reference.foot_labels import ANNEX_WORDS, ENGLISH_ANNEX_WORDS
from publisher.text.numbering import number_value
from publisher.text.simplified import to_simplified

LONGEST_LABELLED_LINE = 90
"""Characters of the longest line with a label and a title."""
_WORDS = "|".join("[ \u3000]*".join(word) for word in sorted(ANNEX_WORDS, key=len, reverse=True))
_NUMBER = "之?[\\d０-９]{1,2}(?:[-－—–.][\\d０-９]{1,2})?|[（(]?之?[一二三四五六七八九十]{1,3}[）)]?|[A-Z](?![A-Za-z])"
_LABEL = re.compile(
    f"[【\\[]?(?P<word>{_WORDS})(?:[ \u3000]*(?P<number>{_NUMBER}))?[】\\]]?(?P<colon>[ \u3000]*[：:])?(?P<gap>[ \u3000\t]*)"
)
_ENGLISH_LABEL = re.compile(
    f"(?P<word>{'|'.join(ENGLISH_ANNEX_WORDS)})(?:[ ]+(?P<number>\\d{{1,2}}|[A-Z]|[IVX]{{1,5}})(?![A-Za-z\\d]))?"
    "(?P<colon>[ ]*[：:.—–-])?(?P<gap>[ \t]*)",
    re.IGNORECASE,
)
_GLUED_PROSE = re.compile(
    "[份个個项項所中的为為显顯见見列以至和及与與、，。；：）)]|[ \u3000]*(?:已|将|將|请|請|是)"
)
_FILE = re.compile(FILE_NAME, re.IGNORECASE)
_SENTENCE = re.compile("[。；！？]|，.{12}|\\.$")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexLabel:
    """The label of an annex at the beginning of a line."""

    end: int
    """The number of characters of the label, its colon included."""
    title_start: int
    """Where the title begins in the line; its length if the label is alone."""
    number: int
    """Its number; 0 if it has none, or one that is no whole number."""
    has_colon: bool
    is_appendix: bool
    """Whether it is 附录, which no list of attachments begins with."""
    is_caption: bool
    """Whether it is 附表 with a title, which may as well be the caption of the table below."""
    is_alone: bool
    is_listed: bool
    """Whether a number of a list or the name of a file follows: 附件：1.统计表, 附件1：统计表.xlsx."""


def annex_label(string: str) -> AnnexLabel | None:
    """Return the label of an annex that a line has; ``None`` if it is no such line."""
    stripped = string.rstrip()
    if len(stripped) > LONGEST_LABELLED_LINE:
        return None
    lead = len(stripped) - len(stripped.lstrip())
    text = to_simplified(stripped)[lead:]
    match = _LABEL.match(text) or _ENGLISH_LABEL.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    number = match["number"] or ""
    separated = bool(match["colon"] or match["gap"])
    if rest:
        is_glued_title = bool(number) and not separated and len(rest) >= 3
        if not separated and (not is_glued_title or _GLUED_PROSE.match(rest)):
            return None
        if match["word"] == "附" and not match["colon"]:
            return None
        if _SENTENCE.search(rest):
            return None
    value = re.sub("[^\\d一二三四五六七八九十]", "", number.partition("-")[0])
    return AnnexLabel(
        end=lead + len(text[: match.end()].rstrip()),
        title_start=lead + match.end() if rest else len(string),
        number=number_value(value) if value else 0,
        has_colon=bool(match["colon"]),
        is_appendix="".join(match["word"].lower().split()) in ("附录", "appendix"),
        is_caption=bool(rest) and "".join(match["word"].split()) == "附表",
        is_alone=not rest,
        is_listed=bool(re.match(r"[\d０-９]{1,2}[.．、]", rest) or _FILE.search(rest)),
    )
