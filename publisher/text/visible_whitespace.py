"""White space as signs that can be seen, for messages that quote an edit."""

from __future__ import annotations

_SIGNS = str.maketrans({"\n": "↵", "\r": "␍", "\t": "⇥", "\u3000": "␣␣", " ": "␣", "\xa0": "␣"})


def show_whitespace(text: str) -> str:
    r"""Return a text with a sign for each of its white space characters.

    Example:
        >>> show_whitespace("12 件\n")
        '12␣件↵'

    """
    return text.translate(_SIGNS)
