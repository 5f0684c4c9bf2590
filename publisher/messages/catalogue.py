"""The catalogues of messages: one for each language that the program speaks.

Input: a language and English messages. Output: the messages in the language. The catalogues are compiled files of
GNU gettext beside this module; ``scripts/messages.py`` makes them.
"""

from __future__ import annotations

import gettext
import locale
import os
import re
import string
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.messages import JoinedMessage, Message, WrittenText

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH = "en"
LANGUAGES = ("zh-Hans", "zh-Hant", ENGLISH)
"""The languages of messages (BCP 47)."""
VARIABLE = "PUBLISHER_LANG"
"""The environment variable that names a language."""
FOLDER = Path(__file__).with_name("locale")
SHORTEST_LITERAL = 8
"""Letters that a template needs besides its placeholders to be recognised in a text."""
_FORMATS = re.compile(r"\{(\w+)(?:![rs])?(?::[^{}]*)?\}")
"""A placeholder of a template, with its name."""
_TAG = re.compile("(?:zh(?:-han[st])?|en(?:-latn)?)(?:-(?:[a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
"""A tag of BCP 47 for Chinese or English, with or without a script and a region."""
_TRADITIONAL = ("hant", "tw", "hk", "mo")
"""Parts of the name of a locale whose users read Traditional Chinese."""


class Catalogue:
    """Translates messages into one language; a message without a translation stays English."""

    def __init__(self, language: str) -> None:
        """Load the catalogue of a language of ``LANGUAGES``."""
        self.language = language
        self._translations = _load(language)

    def translate(self, text: str) -> str:
        """Return a text in the language; a ``Message`` is filled with its values, texts among them translated too."""
        if isinstance(text, JoinedMessage):
            parts = [_Formatter(self).format("{}", part) for part in text.values.values()]
            separator = text.separator and self._translations.gettext(text.separator)
            return separator.join(parts)
        if isinstance(text, Message):
            template = self._translations.gettext(text.template)
            return _Formatter(self).vformat(template, (), text.values)
        return self._translations.gettext(text) if text else text

    def recognise(self, text: str) -> str:
        """Return an English text as a message of the template that explains most of it, else as it is.

        Example:
            >>> Catalogue("en").recognise("no such message")
            'no such message'

        """
        known = getattr(self._translations, "_catalog", {})
        if text in known or len(text) <= SHORTEST_LITERAL:
            return text
        for template in _templates(self.language):
            match = template.match(text)
            if match:
                values = match.groupdict()
                parts = {name: WrittenText(self.recognise(value)) for name, value in values.items()}
                return Message(template.text, parts)
        return text


class _Formatter(string.Formatter):
    """Formats a template; a text that is written as it is is translated first."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def convert_field(self, value: object, conversion: str | None) -> object:
        """Translate a message, and a text of several words.

        A single word may be a key or a name of the user's; where it is not, the caller makes it a message. What is
        quoted (``!r``) is from the user.
        """
        if conversion is None and (
            isinstance(value, Message) or (isinstance(value, str) and " " in value)
        ):
            return self._catalogue.translate(value)
        return super().convert_field(value, conversion)


class _Template:
    """A template whose messages can be recognised."""

    def __init__(self, text: str) -> None:
        self.text = text
        fragments = _FORMATS.sub("\0", text).split("\0")
        self.letters = sum(map(str.isalpha, "".join(fragments)))
        """How many letters it has besides placeholders."""
        self._longest_fragment = max(fragments, key=len)

    def match(self, text: str) -> re.Match[str] | None:
        """Return how the template makes a text; None if it does not."""
        if self._longest_fragment not in text:  # a hundred times faster than the pattern
            return None
        return _pattern(self.text).fullmatch(text)


@cache
def _templates(language: str) -> tuple[_Template, ...]:
    """Return the templates of a language, those with the most letters first."""
    templates = map(_Template, getattr(_load(language), "_catalog", {}))
    return tuple(
        sorted(
            (template for template in templates if template.letters > SHORTEST_LITERAL),
            key=lambda template: -template.letters,
        )
    )


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """Return a pattern of the texts that a template makes."""
    names: set[str] = set()
    parts, end = [], 0
    for placeholder in _FORMATS.finditer(template):
        parts.append(re.escape(template[end : placeholder.start()]))
        parts.append(
            f"(?P={placeholder[1]})" if placeholder[1] in names else f"(?P<{placeholder[1]}>.+?)"
        )
        names.add(placeholder[1])
        end = placeholder.end()
    parts.append(re.escape(template[end:]))
    return re.compile("".join(parts), re.DOTALL)


@cache
def _load(language: str) -> gettext.NullTranslations:
    file = FOLDER / language.replace("-", "_") / "LC_MESSAGES" / "publisher.mo"
    if language == ENGLISH or not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def choose_language(option: str = "", environment: Mapping[str, str] = os.environ) -> str:
    """Return the language of messages: that of the option, of ``PUBLISHER_LANG``, or of the locale.

    Args:
        option: The value of ``--lang``; empty if it was not given.
        environment: The variables of the process.

    Example:
        >>> choose_language("", {"LANG": "zh_HK.UTF-8"})
        'zh-Hant'

    """
    names = [option, environment.get(VARIABLE, "")]
    names += [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if not any(names[2:]):
        names.append(locale.getlocale()[0] or "")
    return next((language for name in names if (language := match_language(name))), ENGLISH)


def match_language(name: str) -> str:
    """Return the language that a name of a language or a locale asks for; empty if it asks for none.

    Example:
        >>> match_language("zh_CN.UTF-8"), match_language("zh-TW"), match_language("C")
        ('zh-Hans', 'zh-Hant', 'en')

    """
    parts = name.partition(".")[0].lower().replace("_", "-").split("-")
    if parts[0] == "zh" or parts[0].startswith("chinese"):
        is_traditional = "hans" not in parts and any(part in _TRADITIONAL for part in parts[1:])
        return "zh-Hant" if is_traditional else "zh-Hans"
    return ENGLISH if parts[0] else ""


def language_of_tag(tag: str) -> str:
    """Return the language of messages that a tag of BCP 47 for Chinese or English asks for; other text unchanged.

    Example:
        >>> language_of_tag("zh-HK"), language_of_tag("en-US"), language_of_tag("fr")
        ('zh-Hant', 'en', 'fr')

    """
    return match_language(tag) if _TAG.fullmatch(tag) else tag
