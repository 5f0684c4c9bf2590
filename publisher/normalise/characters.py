"""Characters that no reader sees, that no font has, and that look like others.

Enters: a string. Leaves: replacements. Unicode general categories Cc, Cf, Cs, Co, Cn; Kangxi
radicals and compatibility ideographs, which text copied out of a PDF is full of (Unicode ch. 18).
Nothing goes in silence: what a person should look at is told by ``findings``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from publisher.model import Finding, Locator, Severity
from publisher.normalise.private_use import is_traditional, meaning
from publisher.text.characters import TABLE_PLACEHOLDER
from publisher.text.edits import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Edit, SourceText

_HIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
_NONE = "\ud800-\udfff\ufdd1-\ufdef\ufffe\uffff"
"""Of the first plane, as the characters that are hidden."""
_INVISIBLE = re.compile(f"[{_HIDDEN}\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+")
_PLANE_ENDS = "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)
)
_SURROGATE = re.compile(f"[{_NONE}{_PLANE_ENDS}]")
_NO_CHARACTER = re.compile(f"{_INVISIBLE.pattern}|{_SURROGATE.pattern}")
_UNSEEN = re.compile(f"[{_HIDDEN}{_NONE}\U00010000-\U0010ffff]")
"""Any one of them, or of another plane: a single class is looked for many times as fast."""
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_COMBINING = re.compile(f"{_MARK}{_MARK}{{8,}}")
_TURNING = re.compile("[\u202b\u202e\u2067\u2068]")
"""The controls that turn Chinese round: a text with them reads otherwise than its characters run."""
GETA = "〓"
"""U+3013, which typographers in China and Japan put where a sort is missing."""
DAMAGED = "\ufffd"
MOST_COMBINING = 8
_HINTS = {
    "no public meaning": f"{GETA} is printed for it; write the character that it was in its font",
    "heap of marks": "the marks beyond the eighth are taken away",
    "turned text": "the control is taken away and the text printed as its characters run; read it",
}
_LOOKALIKE = re.compile("[\u2f00-\u2fd5\u2e80-\u2ef3\uf900-\ufaff\U0002f800-\U0002fa1f]")


def invisible(string: str) -> Iterator[Replacement]:
    """Take out controls, zero-width characters, bidirectional controls and variation selectors."""
    if not _UNSEEN.search(string):
        return
    for match in _NO_CHARACTER.finditer(string):
        lost = bool(_SURROGATE.match(match[0]))
        yield Replacement(
            start=match.start(),
            end=match.end(),
            after="\ufffd" * len(match[0]) if lost else "",
            reason="not a character" if lost else _names(match[0]),
        )


def private_use(string: str) -> Iterator[Replacement]:
    """Give private use characters the public ones they stand for, else the sign of a missing sort.

    So it goes with code points that no version of Unicode known here assigns: no font has them.
    Ideographs newer than this table stay, since a font may be newer too.
    """
    if "".join(string.split()).isprintable():  # and so all assigned, none of them privately
        return
    strange = {character for character in set(string) if _is_strange(character)}
    if not strange:
        return
    traditional = is_traditional(string)
    for match in re.finditer(f"[{re.escape(''.join(sorted(strange)))}]", string):
        after, origin = meaning(match[0], traditional=traditional)
        name = f"U+{ord(match[0]):04X}"
        yield Replacement(
            start=match.start(),
            end=match.end(),
            after=after or GETA,
            reason=f"{name} is {after} in {origin}" if after else f"{name} has no public meaning",
        )


def _is_strange(character: str) -> bool:
    category = unicodedata.category(character)
    return category == "Co" or (
        category == "Cn"
        and not "\U00020000" <= character < "\U00040000"
        and not _SURROGATE.match(character)
        and character != TABLE_PLACEHOLDER
    )


def combining(string: str) -> Iterator[Replacement]:
    """Take away the marks beyond those that any writing puts on one letter."""
    for match in _COMBINING.finditer(string):
        yield Replacement(
            start=match.start() + MOST_COMBINING,
            end=match.end(),
            after="",
            reason=f"no writing puts more than {MOST_COMBINING} marks on a letter",
        )


def findings(source: SourceText, edits: Iterable[Edit]) -> Iterator[Finding]:
    """Tell what a person should look at: damage, characters without a glyph, turned text."""
    damaged = source.decoded.count(DAMAGED)
    if damaged:
        yield _warning(
            f"{damaged} damaged character{'s stand' if damaged > 1 else ' stands'} in the source (U+FFFD)",
            "something before this read it in a wrong encoding; look for the original",
            Locator(offset=source.decoded.index(DAMAGED), length=1),
        )
    places: dict[str, list[Locator]] = {}
    for edit in edits:
        if edit.rule == "private-use" and edit.after == GETA:
            places.setdefault(f"U+{ord(edit.before):04X} has no public meaning", []).append(
                edit.locator
            )
        elif edit.rule == "combining-marks":
            places.setdefault("a letter bears a heap of marks", []).append(edit.locator)
        elif edit.rule == "invisible-characters" and (turning := _TURNING.search(edit.before)):
            name = unicodedata.name(turning[0]).lower()
            places.setdefault(f"{name} turned text round", []).append(edit.locator)
    for what, where in places.items():
        hint = next(hint for word, hint in _HINTS.items() if word in what)
        times = f", {len(where)} times" if len(where) > 1 else ""
        yield _warning(f"{what}{times}", hint, where[0])


def _warning(message: str, hint: str, locator: Locator) -> Finding:
    return Finding(
        clause="characters", severity=Severity.WARNING, message=message, hint=hint, locator=locator
    )


def compatibility(string: str) -> Iterator[Replacement]:
    """Give each radical or compatibility ideograph the ordinary character that it stands for."""
    for match in _LOOKALIKE.finditer(string):
        ordinary = unicodedata.normalize("NFKC", match[0])
        if ordinary != match[0]:
            yield Replacement(
                start=match.start(),
                end=match.end(),
                after=ordinary,
                reason=f"{_names(match[0])} is written {ordinary}",
            )


def _names(characters: str) -> str:
    return ", ".join(
        dict.fromkeys(
            unicodedata.name(character, f"U+{ord(character):04X}").lower()
            for character in characters[:8]
        )
    )
