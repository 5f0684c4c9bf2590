"""The classes of characters."""

from publisher.text.characters import is_cjk, is_han


def test_classes():
    assert all(map(is_han, "一〇々ㄅあ㐀𠀀"))
    assert not any(map(is_han, "，（aA1Ａ１①。 \u3000“"))
    assert all(map(is_cjk, "一，。（）《》“”、！"))
    assert not any(map(is_cjk, "a1,.()\"' \u3000—…·"))
