"""Which spans between ``<`` and ``>`` are tags, and which are text: 若 x<y and a>b is a comparison.

The HTML standard reads ``<y and a>`` as a tag, and a browser does not show it. A report would lose these words. A span is a
start tag only if something other than its brackets shows it: the name of an element of HTML, an end tag, a value of an attribute.
"""

from __future__ import annotations

import re

_ELEMENTS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br "
    "button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed "
    "fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img "
    "input ins isindex kbd keygen label legend li link listing main map mark marquee math menu menuitem meta meter nav "
    "nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc "
    "ruby s samp script sdfield search section select slot small source spacer span strike strong style sub summary sup svg table "
    "tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp".split()
)
"""The elements of HTML, obsolete ones included (WHATWG HTML, 4 and 16.2), and the fields of LibreOffice (``sdfield``)."""
_LETTERS = frozenset("abiqsu")
"""Elements whose name may be that of a quantity, and whose end tag is not optional."""
_WORDS_ALONE = frozenset(
    "align allowfullscreen alt async autofocus autoplay bgcolor border checked class colspan compact contenteditable "
    "controls declare default defer disabled download draggable height hidden href id ismap itemscope loop multiple muted "
    "nohref nomodule noresize noshade novalidate nowrap readonly required reversed rowspan sdfixed seamless selected src style "
    "target valign width".split()
)
"""Attributes that are found without a value."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]*+(?=[\s/>]|$)")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)(?P<value>\s*+=\s*+(?:(?P<quoted>"[^"]*+"|'[^']*+')|[^\s>]*+))?"""
)
_OTHER_ATTRIBUTE = re.compile(r"[A-Za-z]*+[-:._@#][-:._@#A-Za-z0-9]*+|[!-/:;?\[-`{-~]+")
"""A name with a prefix, as in ``data-title``; signs alone are a slip of the pen."""
_TAG_END = re.compile(r"[\s/]*>")
_END_NAME = re.compile(r"</([A-Za-z][^\s/>]*+)")
_BEFORE_OPERATOR = re.compile(r"[A-Za-z0-9)）]\s*$")
_OPERAND = re.compile(r"\s*[A-Za-z0-9(（]")
_MAX_GAP = 10
"""Characters before a span that are looked at."""


class TagRecognition:
    """Decides for the spans of one text which of them are start tags."""

    def __init__(self, source: str) -> None:
        """Remember the text, which is searched for end tags when the first doubtful span is asked for."""
        self._source = source
        self._last_ends: dict[str, int] | None = None

    def is_start_tag(self, start: int) -> bool:
        """Return whether a start tag begins with the ``<`` at an offset, and the letter after it.

        >>> TagRecognition("x<y and a>b").is_start_tag(1)
        False
        >>> TagRecognition("<b>甲</b>").is_start_tag(0)
        True

        """
        name = _NAME.match(self._source, start + 1)
        if not name:
            return False
        element, position = name[0].lower(), name.end()
        has_values = False
        while attribute := _ATTRIBUTE.match(self._source, position):
            if attribute["quoted"]:
                return True
            if not _is_attribute(attribute["name"].lower(), attribute["value"] or ""):
                return False
            has_values = has_values or attribute["value"] is not None
            position = attribute.end()
        tag_end = _TAG_END.match(self._source, position)
        end = tag_end.end() if tag_end else position
        if element not in _ELEMENTS:
            is_custom = "-" in element or ":" in element
            is_empty = tag_end is not None and "/" in tag_end[0]
            return is_custom or is_empty or has_values or self._has_end_tag(element, end)
        is_variable = element in _LETTERS and end - start == len("<a>")
        is_comparison = is_variable and self._is_between_operands(start, end)
        return not is_comparison or self._has_end_tag(element, end)

    def _is_between_operands(self, start: int, end: int) -> bool:
        return bool(
            _BEFORE_OPERATOR.search(self._source, max(0, start - _MAX_GAP), start)
            and _OPERAND.match(self._source, end)
        )

    def _has_end_tag(self, element: str, position: int) -> bool:
        if self._last_ends is None:
            self._last_ends = {
                match[1].lower(): match.start() for match in _END_NAME.finditer(self._source)
            }
        return self._last_ends.get(element, -1) >= position


def _is_attribute(name: str, value: str) -> bool:
    """Return whether a name, with the equals sign and the value behind it if it has one, is that of an attribute."""
    if value:
        return "<" not in value and "<" not in name
    return name in _WORDS_ALONE or bool(_OTHER_ATTRIBUTE.fullmatch(name))
