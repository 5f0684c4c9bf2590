"""Every encoding that offices use is told, and no byte is dropped."""

from pathlib import Path

import pytest

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
