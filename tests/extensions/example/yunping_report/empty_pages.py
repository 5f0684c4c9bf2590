"""The rule for lines about a page that a new layout does not have."""

import re
from collections.abc import Iterator

from publisher.extensions import Context, Replacement, rule

_EMPTY_PAGE = re.compile("^[（(]此页无正文[）)]\n", re.MULTILINE)


@rule(
    name="empty-page-line",
    order=175,
    reason="The line belongs to a page of the old layout.",
    evidence="a line of nothing else",
    examples=(("（此页无正文）\n云坪市办公室", "云坪市办公室"),),
    exceptions="the words inside a sentence.",
    unchanged=("末页应当注明（此页无正文）。",),
)
def remove_empty_page_lines(context: Context) -> Iterator[Replacement]:
    """Remove a line that says that its page is empty."""
    for match in _EMPTY_PAGE.finditer(context.string):
        yield Replacement(
            start=match.start(), end=match.end(), after="", reason="the page is not in this layout"
        )
