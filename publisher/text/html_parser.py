"""An HTML parser with a fast path for the pages that this program makes.

Input: HTML. Output: calls of the handlers of ``html.parser.HTMLParser``. The fast path reads pages with
lower-case names, values in double quotation marks, and no script or style. Any other page, which a
style may cause, goes through ``HTMLParser`` itself, with the same calls.
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
_UNEXPECTED: Final = itemgetter(5)
"""The group of a token that is a ``<`` without a tag."""
_ATTRIBUTE: Final = re.compile(r'([A-Za-z][A-Za-z0-9:-]*+)(=?)(?:"([^"]*+)")?')
_RAW_TEXT: Final = re.compile(
    r"<(?:script|style|textarea|xmp|iframe|noembed|noframes|plaintext)\b|<title[^<>]*+>[^<]*+(?!</title>)"
)
"""Elements whose content is not markup."""


class PageParser(HTMLParser):
    """A parser of whole pages; subclasses have the handlers of tags and of text."""

    def read(self, page: str) -> None:
        """Parse a whole page."""
        tokens = [] if _RAW_TEXT.search(page) else _TOKEN.findall(page)
        if not tokens or any(map(_UNEXPECTED, tokens)):
            self.feed(page)
            self.close()
            return
        for text, tag, attributes, empty, end, _ in tokens:
            if text:
                self.handle_data(unescape(text) if "&" in text else text)
            elif end:
                self.handle_endtag(end)
            elif tag:
                pairs = _attributes(attributes) if attributes else []
                (self.handle_startendtag if empty else self.handle_starttag)(tag, pairs)


def _attributes(attributes: str) -> list[tuple[str, str | None]]:
    """Return name and value of each attribute, as ``HTMLParser`` does."""
    return [
        (name.lower(), unescape(value) if equals else None)
        for name, equals, value in _ATTRIBUTE.findall(attributes)
    ]
