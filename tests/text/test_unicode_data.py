"""Characters that are newer than the Unicode of Python have their properties."""

import unicodedata

from publisher.text import unicode_data
from publisher.text.characters import is_han

EXTENSION_I = chr(0x2EBF0)
EXTENSION_H = chr(0x31350)


def test_an_ideograph_newer_than_python_is_an_ideograph():
    for character in (EXTENSION_H, EXTENSION_I):
        assert unicode_data.category(character) == "Lo"
        assert unicode_data.east_asian_width(character) == "W"
        assert unicode_data.is_visible(character)
        assert is_han(character)


def test_what_is_not_assigned_is_not_visible():
    assert not unicode_data.is_visible(chr(0x0378))
    assert not unicode_data.is_visible(chr(0x202E))


def test_texts_have_the_normal_forms_of_python():
    assert all(
        unicode_data.normalize(form, text) == unicodedata.normalize(form, text)
        for form in ("NFC", "NFKC")
        for text in ("Ａ１（㎡）", "e\u0301", "豈")
    )
