"""Superscripts, subscripts and the marks of notes on a page: the text that replaces them."""

from __future__ import annotations

import re

from publisher.text.characters import TO_SUPERSCRIPT

_SUBSCRIPTS = str.maketrans("0123456789+-−–()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎")
_SMALL_CHARACTERS = re.compile(r"[0-9+\-−–()n]{1,12}")


def mark_small_text(
    text: str, previous: str, *, superscript: bool, subscript: bool
) -> tuple[str, str]:
    """Return what replaces text that is superscript, subscript or a link inside the page.

    Exponents and indices become Unicode's superscripts and subscripts, or are written with ^ or _
    where Unicode has none, so that no figure runs into another. A number is the mark of a note.

    Args:
        text: The text.
        previous: The character before it.
        superscript: Whether it is superscript.
        subscript: Whether it is subscript.

    Returns:
        The replacement and its reason; both empty if the text stays.

    """
    string = "".join(text.split())
    if (superscript or subscript) and re.search(r"[A-Za-z0-9米)）]$", previous):
        characters, sign = (TO_SUPERSCRIPT, "^") if superscript else (_SUBSCRIPTS, "_")
        reason = f"a {'superscript' if superscript else 'subscript'}, not a figure of its own"
        if _SMALL_CHARACTERS.fullmatch(string) and (superscript or "n" not in string):
            return string.translate(characters), reason
        is_word = re.fullmatch(r"[A-Za-z0-9]+", string) and not re.search(
            "[0-9]", previous + string
        )
        return ("", "") if is_word else (f"{sign}({string})", reason)
    if re.fullmatch(r"[0-9]{1,3}", string) and not subscript:
        return f"[{string}]", "the mark of a note: superscript, or a link inside the page"
    return "", ""
