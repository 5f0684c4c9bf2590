"""The language of sentences: which parts of a line are Chinese, and which are in a language with spaces.

Input: a line. Output: spans. A sentence in English may quote Chinese words, and a Chinese sentence may hold Latin
names. Words in quotation marks and brackets do not decide: they are what one language borrows from the other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from publisher.text.characters import HAN
from publisher.text.protected_spans import ADDRESS

_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile("[A-Za-zÀ-ɏͰ-ӿ]+(?:['’-][A-Za-zÀ-ɏͰ-ӿ]+)*")
FUNCTION_WORDS = frozenset(
    "a an and are as at be been by for from has have he her his in into is it its not of on or our said she that the "
    "their there these they this to under was we were which who will with you your".split()
)
"""Words that a name or a title in capitals may have, but that a Chinese sentence does not borrow alone."""
_BORROWED = re.compile(
    '“[^”\n]*”|‘[^’\n]*’|"[^"\n]*"|《[^》\n]*》|「[^」\n]*」|（[^（）\n]*）|\\([^()\n]*\\)'
)
_SENTENCE_END = re.compile(
    f'[。！？；][”’」』）)]*|(?<=[A-Za-z)"”\'’]{{2}})[.!?]["”’)]*(?=\\s+[A-Z"“(]|\\s*[{HAN}]|$)'
)
_ENGLISH_ENDINGS = tuple(
    "tion ment ity ness ance ence ture sure ive ial ual ous ary ory ices ings ures ions ents lth rch".split()
)
"""How English words end, and the names of Chinese persons and places do not."""
WORDS_PER_CHARACTER = 3
"""A text with so many Latin words for each Chinese character is English with a few Chinese words."""
FEWEST_WORDS = 12
"""Latin words of the shortest text that is taken for English."""
SHORTEST_FOREIGN = 3
"""Latin words that a sentence has at least if it holds Chinese words and is not Chinese."""


def has_latin_sentence(line: str) -> bool:
    """Return whether a line has enough Latin words to hold a sentence that is not Chinese."""
    words = _LATIN_WORD.findall(line)
    return len(words) >= SHORTEST_FOREIGN


@lru_cache(maxsize=512)
def foreign_spans(line: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each sentence of a line that is not Chinese.

    Example:
        >>> foreign_spans('他说：“OK”。The word "三农" refers to farmers.')
        ((8, 41),)

    """
    if not _HAN.search(line):
        return ((0, len(line)),) if line else ()
    if not has_latin_sentence(line):
        return ()
    spans: list[tuple[int, int]] = []
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(line)), len(line)]:
        if end <= start or not line[start:end].strip():
            continue
        if is_foreign(line[start:end]):
            if spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        start = end
    return tuple(spans)


def is_foreign(sentence: str) -> bool:
    """Return whether a sentence is in a language that is written with spaces, whatever Chinese it quotes."""
    if not _HAN.search(sentence):
        return len(_LATIN_WORD.findall(sentence)) >= 2
    sentence = ADDRESS.sub(" ", sentence)
    remainder = _BORROWED.sub(" ", sentence)
    words = _LATIN_WORD.findall(remainder)
    han = len(_HAN.findall(remainder))
    if not han:
        return bool(words) and len(_LATIN_WORD.findall(sentence)) >= SHORTEST_FOREIGN
    has_function_word = any(word.lower() in FUNCTION_WORDS for word in words)
    return len(words) >= SHORTEST_FOREIGN and has_function_word and len(words) * 2 > han


def is_english_text(text: str) -> bool:
    """Return whether a whole text is in English, whatever Chinese words and names it has."""
    words = _LATIN_WORD.findall(text)
    if len(words) < FEWEST_WORDS or len(words) < WORDS_PER_CHARACTER * len(_HAN.findall(text)):
        return False
    return sum(word.lower() in FUNCTION_WORDS for word in words) * 12 >= len(words)


@lru_cache(maxsize=2048)
def is_english_line(line: str) -> bool:
    """Return whether a line of a Chinese text is in English: a sentence, a heading, a title; names are not.

    Example:
        >>> is_english_line("Proactive Disclosure"), is_english_line("Zhang Wei"), is_english_line("GDP")
        (True, False, False)

    """
    if _HAN.search(line):
        return False
    words = _LATIN_WORD.findall(ADDRESS.sub(" ", line))
    if len(words) < 2 or not all(word.isascii() or "\u2019" in word for word in words):
        return False
    return any(
        word.lower() in FUNCTION_WORDS
        or (len(word) > 5 and word.lower().endswith(_ENGLISH_ENDINGS))
        for word in words
    )
