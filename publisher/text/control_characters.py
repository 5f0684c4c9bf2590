"""Control characters in texts that are shown on a terminal."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters but the tab, ends of lines, and what changes the direction of text."""


def escape_controls(text: str) -> str:
    r"""Return a text as one line: its control characters are codes, as Python writes them.

    A name out of a file or a certificate writes no line of its own, and commands no terminal.

    Example:
        >>> print(escape_controls("清河县\npassed"))
        清河县\x0apassed

    """
    return _CONTROLS.sub(lambda match: _code(match[0]), text)


def _code(character: str) -> str:
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
