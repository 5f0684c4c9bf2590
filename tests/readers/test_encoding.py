"""Every encoding that offices use is told, and no byte is dropped."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import SourceEncodingError
from publisher.readers.encoding import decode

ROOT = Path(__file__).parents[2]
LONG = (ROOT / "samples" / "qinghe-2017.txt").read_text(encoding="utf-8")
SHORT = "某市2017年政府信息公开报告，共受理申请72件。"
HANT = "臺北市政府資訊公開年度報告，共受理申請72件。"


@pytest.mark.parametrize("text", [LONG, SHORT], ids=["long", "short"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk", "gb18030"],
)
def test_simplified(text, encoding):
    text = text.replace("\xa0", " ")
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "big5", "big5hkscs", "gb18030"]
)
def test_traditional(encoding):
    assert decode(HANT.encode(encoding)).text == HANT


def test_the_middle_dot_and_the_dash_are_those_of_gb18030():
    text = "艾山·买买提——本局" * 3
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("place", [30, 999, 9000])
def test_a_damaged_byte_is_named_never_guessed_away(place):
    data = bytearray(LONG.encode())
    while data[place] < 0xE0:
        place += 1
    data[place] = 0xFF
    with pytest.raises(SourceEncodingError, match=f"0xFF at offset {place} is not utf-8"):
        decode(bytes(data))


def test_a_damaged_byte_of_gb18030():
    data = bytearray(SHORT.encode("gb18030"))
    data[-4] = 0xFF
    with pytest.raises(SourceEncodingError, match="is not gb18030"):
        decode(bytes(data))


def test_the_encoding_given_wins():
    assert decode(SHORT.encode("gbk"), encoding="gb18030").encoding == "gb18030"
    with pytest.raises(SourceEncodingError, match="offset"):
        decode(SHORT.encode("gbk"), encoding="utf-8")


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"\xff\xfe\x00\xd8", b"\x00\x00\xfe\xff\x00\x11\x00\x00"]
)
def test_broken_wide_text(data):
    with pytest.raises(SourceEncodingError):
        decode(data)


WORDS = st.lists(
    st.sampled_from(
        [
            "政府",
            "信息",
            "公開",
            "年度",
            "報告",
            "受理",
            "申請",
            "的",
            "一、",
            "2017年",
            "件，",
            "全市",
            "（一）",
            "工作",
            "情況",
            "《條例》",
            "1,272條",
            "％",
            "。\n",
        ]
    ),
    min_size=12,
    max_size=40,
).map("".join)


@given(WORDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5hkscs"]))
def test_a_sentence_or_two_tell_the_encoding(text, encoding):
    assert decode(text.encode(encoding)).text == text


@given(
    st.text(st.characters(codec="utf-8")),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030"]),
)
def test_every_character_comes_back_from_the_encoding_given(text, encoding):
    assert decode(text.encode(encoding), encoding=encoding).text == text


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_named_error(data):
    try:
        decoded = decode(data)
    except SourceEncodingError:
        return
    assert decoded.text == decode(data, encoding=decoded.encoding).text
    assert 0 <= decoded.confidence <= 1


@pytest.mark.parametrize("lone", [chr(0xD800), chr(0xDC00), chr(0xDC00) + chr(0xD800)])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_a_lone_surrogate_is_an_error_with_its_offset(lone, encoding):
    data = f"{LONG[:200]}{lone}{LONG[200:]}".encode(encoding, "surrogatepass")
    with pytest.raises(SourceEncodingError, match="at offset"):
        decode(data)


@pytest.mark.parametrize("damage", [b"\x80", b"\xe4\xb8", b"\xc3\x28", b"\xf5\x80\x80\x80"])
@pytest.mark.parametrize("text", [SHORT, LONG, HANT], ids=["short", "long", "traditional"])
def test_damaged_utf_8_is_not_taken_for_a_legacy_encoding(text, damage):
    data = text.encode()
    for place in (0, len(text[:9].encode()), len(data)):
        with pytest.raises(SourceEncodingError, match="is not utf-8"):
            decode(data[:place] + damage + data[place:])
