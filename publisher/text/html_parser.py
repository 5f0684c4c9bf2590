"""Pages parted into tags and text: Python's parser, with a quicker way through what is plainly written.

Enters: HTML. Leaves: calls of a parser's handlers, the same as ``HTMLParser`` makes. A page of the
toolkit's own is plain: names in small letters, values in double quotation marks, no script. Over
anything else, which a style may bring, ``HTMLParser`` goes character by character.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from operator import itemgetter
from typing import Final

_TOKEN: Final = re.compile(
    r"([^<]++)"
    r'|<([a-z][a-z0-9]*+)((?:[ \n]++[A-Za-z][A-Za-z0-9:-]*+(?:="[^"]*+")?)*)[ \n]*+(/?)>'
    r"|</([a-z][a-z0-9]*+)>"
    r"|<!DOCTYPE html>"
    r"|(<)"
)
_STRAY: Final = itemgetter(5)
"""What begins no tag."""
_ATTRIBUTE: Final = re.compile(r'([A-Za-z][A-Za-z0-9:-]*+)(=?)(?:"([^"]*+)")?')
_APART: Final = re.compile(
    r"<(?:script|style|textarea|xmp|iframe|noembed|noframes|plaintext)\b|<title[^<>]*+>[^<]*+(?!</title>)"
)
"""Elements whose content is no markup; what a title holds is text."""


class PageParser(HTMLParser):
    """A parser of whole pages; what it finds goes to the handlers of tags and of data."""

    def read(self, page: str) -> None:
        """Part a page, from its beginning to its end."""
        tokens = [] if _APART.search(page) else _TOKEN.findall(page)
        if not tokens or any(map(_STRAY, tokens)):
            self.feed(page)
            self.close()
            return
        for text, tag, attributes, empty, end, _ in tokens:
            if text:
                self.handle_data(unescape(text) if "&" in text else text)
            elif end:
                self.handle_endtag(end)
            elif tag:
                named = _named(attributes) if attributes else []
                (self.handle_startendtag if empty else self.handle_starttag)(tag, named)


def _named(attributes: str) -> list[tuple[str, str | None]]:
    return [
        (name.lower(), unescape(value) if given else None)
        for name, given, value in _ATTRIBUTE.findall(attributes)
    ]
