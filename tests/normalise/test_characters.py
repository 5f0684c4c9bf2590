"""Invisible, private use, combining and compatibility characters."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.model import Severity
from publisher.normalise import normalise
from publisher.normalise.context import Context
from publisher.normalise.private_use import GB, SYMBOLS
from publisher.normalise.rules.characters import (
    limit_combining_marks,
    remove_invisible,
    replace_compatibility_characters,
    replace_parting,
    replace_private_use,
)
from publisher.readers import read_bytes
from publisher.text.edits import replay_edits
from tests.corpus.rules import apply_rule

INVISIBLE = {
    "甲\u200b乙\ufeff丙\xad丁": "甲乙丙丁",
    "\u202e甲\u2066乙\u2069\u202c": "甲乙",
    "葛\U000e0100城\ufe00": "葛城",
    "甲\x00\x01\x1f\x7f乙": "甲乙",
    f"甲{chr(0xD800)}乙{chr(0xDFFF)}": "甲\ufffd乙\ufffd",
    "甲\ufdd1\ufdef\ufffe\uffff乙": "甲\ufffd\ufffd\ufffd\ufffd乙",
    # white space and line ends are other rules' business
    "甲\t\n\r\x0b\x0c\x85\xa0\u2028乙": "甲\t\n\r\x0b\x0c\x85\xa0\u2028乙",
    "é한ㄅ": "é한ㄅ",
}


@pytest.mark.parametrize(("before", "after"), INVISIBLE.items())
def test_invisible(before, after):
    assert apply_rule(remove_invisible, before) == after


PARTED = "\x00\x08\x1c\x1f\x7f\x80\u3164\u115f\u1160\uffa0\u2063\ufffa"
"""Characters that no font shows, though they may part two figures."""


@pytest.mark.parametrize("character", PARTED, ids=lambda character: f"U+{ord(character):04X}")
@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("r.txt", "青川县通知\n共12{c}345件，增长3.{c}5%，见AB{c}CD。\n"),
        ("r.md", "# 第12{c}34次报告\n\n|甲|乙|\n|-|-|\n|12{c}345|二{c}十|\n\n`1{c}2`\n"),
        (
            "r.html",
            "<p>共12{c}345件[^1]</p><table><tr><td>12{c}34<td>{c}5{c}</table><pre>1{c}2</pre>",
        ),
    ],
)
def test_two_figures_are_never_made_one(name, document, character):
    with_blank = document.replace("{c}", "\u3000")
    result = normalise(read_bytes(document.replace("{c}", character).encode(), name=name)[0])
    expected = normalise(read_bytes(with_blank.encode(), name=name)[0]).source.plain_text()
    assert result.source.plain_text().split() == expected.split()
    clauses = [finding.clause for finding in result.findings]
    assert clauses == ["characters"], result.findings


def test_a_filler_is_a_blank_and_a_control_between_ideographs_is_none():
    assert apply_rule(remove_invisible, "县长\u3164周一，\u1112\u1160") == "县长\u3000周一，\u1112"
    assert apply_rule(replace_parting, "政\x1f府\u3164共\x0012件") == "政\x1f府\u3164共\x0012件"


def test_the_reason_names_what_went():
    (change,) = remove_invisible(Context(string="甲\u200b\u200b\ufeff乙"))
    assert change.reason == "zero width space, zero width no-break space"


def test_compatibility():
    assert apply_rule(
        replace_compatibility_characters, "\u2f00\u2f70\uf9b5\u2ea0"
    ) == "一示例" + apply_rule(replace_compatibility_characters, "\u2ea0")
    assert apply_rule(replace_compatibility_characters, "①㎡℃％１Ａ（甲）") == "①㎡℃％１Ａ（甲）"


PRIVATE = {
    # GBK and GB 18030-2000: the characters that Unicode has had since
    "\ue7c7\ue81e\ue864\ue816": "ḿ龴龻𠂇",
    "\ue78d\ue78e\ue796": "︐︒︙",
    # Word's symbol fonts
    "\uf06c甲\uf0b7乙\uf0a7丙\uf0d8丁\uf0fc": "●甲•乙▪丙➢丁✓",
    # Hong Kong's, where the text is in the traditional script
    "為政府\ue000與\uf3f0": "為政府𠕇與𠧧",
    "为政府\ue000与\uf3f0": "为政府〓与〓",
    # whatever a font has in it, and what nobody has assigned
    "甲\ue000乙\U000f0000\U0010fffd丙\u0378": "甲〓乙〓〓丙〓",
    "國發灣\u0378": "國發灣〓",
    # ideographs newer than this Python stay: a font may know them
    "甲\U000323b0乙": "甲\U000323b0乙",
    "甲乙１2㎡é한": "甲乙１2㎡é한",
}


@pytest.mark.parametrize(("before", "after"), PRIVATE.items())
def test_private_use(before, after):
    assert apply_rule(replace_private_use, before) == after


def test_the_tables_hold_no_private_use_character_and_none_that_another_rule_would_change():
    public = "".join((*GB.values(), *SYMBOLS.values()))
    for rule in (remove_invisible, replace_private_use, replace_compatibility_characters):
        assert apply_rule(rule, public) == public


def test_a_heap_of_marks_is_cut_down_to_what_any_writing_has():
    assert apply_rule(limit_combining_marks, "Ế" + "é" * 3) == "Ế" + "é" * 3
    assert apply_rule(limit_combining_marks, "h" + "\u0336" * 40 + "e") == "h" + "\u0336" * 8 + "e"


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("甲\ue123乙\ue123", "U+E123 has no public meaning, 2 times", 1),
        ("甲\u202e乙\u202c丙", "right-to-left override reverses the text", 1),
        ("甲\u2067乙\u2069丙", "right-to-left isolate reverses the text", 1),
        ("甲乙\ufffd丙\ufffd", "damaged characters in the source (U+FFFD): 2", 2),
        ("甲" + "\u0301" * 9, "a letter has more than 8 combining marks", 9),
    ],
)
@pytest.mark.parametrize("name", ["r.txt", "r.md"])
def test_damage_is_reported(text, message, offset, name):
    source, _ = read_bytes(text.encode(), name=name)
    findings = normalise(source).findings
    (finding,) = [finding for finding in findings if finding.clause == "characters"]
    assert (finding.message, finding.severity) == (message, Severity.WARNING)
    assert finding.locator is not None
    assert finding.locator.offset == offset
    assert finding.hint


@pytest.mark.parametrize(
    "text", ["甲\u200b乙\ufeff丙\u200e", "甲\u202a乙\u202c", "\uf06c甲", "é한"]
)
def test_changes_that_no_reader_sees_make_no_finding(text):
    findings = normalise(read_bytes(text.encode(), name="r.txt")[0]).findings
    assert [finding for finding in findings if finding.clause == "characters"] == []


ODD = st.text(
    st.one_of(
        st.characters(categories=["Co", "Cn", "Cf", "Cc", "Mn"], exclude_characters="\ufdd0"),
        st.sampled_from("甲乙为為。A1"),
    ),
    min_size=1,
    max_size=40,
)


@given(ODD)
def test_every_unusual_character_stays_or_is_recorded(text):
    text = f"甲{text}"
    source, edits = read_bytes(text.encode(), name="r.txt")
    normalised = normalise(source)
    ordered, changes = normalised.source, normalised.edits
    normalised_text = ordered.plain_text()
    assert "".join(replay_edits(text, (*edits, *changes)).split()) == "".join(
        normalised_text.split()
    )
    assert not re.search("[\ue000-\uf8ff\U000f0000-\U0010ffff]", normalised_text)


@given(st.text(max_size=60))
def test_figures_are_never_touched(string):
    digits = [character for character in string if unicodedata.category(character)[0] == "N"]
    for rule in (
        remove_invisible,
        replace_compatibility_characters,
        replace_private_use,
        limit_combining_marks,
    ):
        after = apply_rule(rule, string)
        remaining = [
            c for c in after if unicodedata.category(c)[0] == "N" and c not in SYMBOLS.values()
        ]
        assert remaining == [c for c in digits if c not in SYMBOLS.values()]
        assert apply_rule(rule, after) == after


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("公\x01开信息\x01条", ["U+0001 was between two characters and is removed, 2 times"]),
        ("共\x1f12件", ["U+001F was between two characters and is removed"]),
        ("公\u200b开，\x01\n信息条\x1a", []),
        ("共12\x0134件", ["U+0001 is between two figures or letters"]),
    ],
)
def test_a_control_character_in_words_is_reported(text, messages):
    findings = normalise(read_bytes(text.encode(), name="r.txt")[0]).findings
    assert [str(finding.message) for finding in findings] == messages
