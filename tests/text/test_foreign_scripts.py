"""The language of text in other scripts."""

import pytest

from publisher.text.foreign_scripts import foreign_runs


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("ئۇيغۇرچە نەشرى", "ug"),
        ("العربية", "und-Arab"),
        ("\u0674ومىر", "kk-Arab"),
        ("שלום", "he"),
        ("བོད་ཡིག", "bo"),
        ("ᠮᠣᠩᠭᠣᠯ", "mn-Mong"),
        ("ꆈꌠꉙ", "ii"),
        ("한국어 판", "ko"),
        ("Қазақша", "kk"),
        ("Русский", "und-Cyrl"),
        ("ไทย", "th"),
        ("Gvaŋзsiƅ Bouчcueŋƅ", "za"),
    ],
)
def test_the_language_follows_from_script_and_letters(words, language):
    text = f"网站开设（{words}），更新12条。"
    ((start, end, found_language),) = foreign_runs(text)
    assert (text[start:end], found_language) == (words, language)


@pytest.mark.parametrize("text", ["全年公开12条。", "№ 3、Ж级", "DjangoのABC"])
def test_chinese_latin_and_single_signs_have_no_other_language(text):
    assert not list(foreign_runs(text))
