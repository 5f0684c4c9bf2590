"""The catalogues of messages: one for each language that the program speaks.

Input: a language and English messages. Output: the messages in the language. The catalogues are compiled files of
GNU gettext beside this module; ``scripts/messages.py`` makes them.
"""

from __future__ import annotations

import gettext
import locale
import os
import string
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.messages import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH = "en"
LANGUAGES = ("zh-Hans", "zh-Hant", ENGLISH)
"""The languages of messages (BCP 47)."""
VARIABLE = "PUBLISHER_LANG"
"""The environment variable that names a language."""
FOLDER = Path(__file__).with_name("locale")
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
        if isinstance(text, Message):
            template = self._translations.gettext(text.template)
            return _Formatter(self).vformat(template, (), text.values)
        return self._translations.gettext(text) if text else text


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
