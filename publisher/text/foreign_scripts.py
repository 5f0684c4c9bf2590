"""Runs of text in other scripts, and the language that each is most likely in.

In: a text. Out: the spans of text in scripts that Chinese is not written in, with BCP 47 tags. A script that several
languages of reports share is judged by its letters: Uyghur and Kazakh have letters that Arabic lacks. A script whose
language is not clear has a tag without a language, such as und-Arab.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class ForeignRun(NamedTuple):
    """A span of a text in another script."""

    start: int
    end: int
    language: str
    """A BCP 47 tag."""


_SCRIPTS = {
    "arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "he": "\u0590-\u05ff\ufb1d-\ufb4f",
    "bo": "\u0f00-\u0fff",
    "mn-Mong": "\u1800-\u18af",
    "ii": "\ua000-\ua4cf",
    "tdd": "\u1950-\u197f",
    "khb": "\u1980-\u19df",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "und-Deva": "\u0900-\u097f",
    "cyrillic": "\u0400-\u052f",
}
"""The characters of each script, by the language or, where that is judged by letters, by the script."""
_RUN = re.compile(
    "|".join(
        f"(?P<{tag.replace('-', '_')}>[{characters}]+(?:[ -/:-@0-9\u200c\u200d\u202f]*[{characters}]+)*)"
        for tag, characters in _SCRIPTS.items()
    )
)
_ZHUANG = "\u0182-\u0185\u019c\u019f\u01a7\u01a8\u01bc\u01bd\u026f\u0275"
"""The letters of the Zhuang alphabet of 1957 that no other alphabet of reports has."""
_ZHUANG_LETTER = re.compile(f"[{_ZHUANG}]")
_ZHUANG_WORD = f"[A-Za-z\u014a\u014b\u0400-\u04ff{_ZHUANG}]+"
_ZHUANG_RUN = re.compile(f"{_ZHUANG_WORD}(?: {_ZHUANG_WORD})*")
_ANY = re.compile(f"[{''.join(_SCRIPTS.values())}{_ZHUANG}]")
_UYGHUR = frozenset("ەېۈۆۇۋڭ")
_KAZAKH_ARABIC = "\u0674"
_KAZAKH = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
_MIN_CYRILLIC = 3
"""Letters of the shortest Cyrillic text that is a word and not a sign."""


def foreign_runs(text: str) -> Iterator[ForeignRun]:
    """Yield the runs in other scripts, in order."""
    if not _ANY.search(text):
        return
    zhuang = [
        ForeignRun(*match.span(), "za")
        for match in _ZHUANG_RUN.finditer(text)
        if _ZHUANG_LETTER.search(match[0])
    ]
    others = [
        run
        for run in _script_runs(text)
        if not any(word.start < run.end and run.start < word.end for word in zhuang)
    ]
    yield from sorted([*zhuang, *others])


def _script_runs(text: str) -> Iterator[ForeignRun]:
    """Yield the runs in scripts of their own."""
    for match in _RUN.finditer(text):
        script = str(match.lastgroup).replace("_", "-")
        language = _language(script, match[0])
        if language:
            yield ForeignRun(*match.span(), language)


def _language(script: str, words: str) -> str:
    """Return the language of words in a script; empty if they are signs."""
    letters = frozenset(words)
    if script == "arabic":
        if _KAZAKH_ARABIC in letters:
            return "kk-Arab"
        return "ug" if letters & _UYGHUR else "und-Arab"
    if script == "cyrillic":
        if len(words) < _MIN_CYRILLIC:
            return ""
        return "kk" if letters & _KAZAKH else "und-Cyrl"
    return script
