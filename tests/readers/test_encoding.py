"""Every encoding that offices use is detected, and no byte is lost."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import SourceEncodingError
from publisher.model import Severity
from publisher.readers.encoding import LABELS, MIN_CONFIDENCE, decode

from .short_texts import HELD_OUT, TUNED

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


@pytest.mark.parametrize("offset", [30, 999, 9000])
def test_a_damaged_byte_is_an_error_with_its_offset(offset):
    data = bytearray(LONG.encode())
    while data[offset] < 0xE0:
        offset += 1
    data[offset] = 0xFF
    with pytest.raises(SourceEncodingError, match=f"0xFF at offset {offset} is not utf-8"):
        decode(bytes(data))


@pytest.mark.parametrize(
    ("encoding", "rows"),
    [("gb18030", "│项目│数量│\n│收入│ 857│"), ("big5", "│項目│數量│\n│收入│ 857│")],
)
def test_what_draws_a_table_says_nothing_about_the_encoding(encoding, rows):
    text = f"┌──┬──┐\n{rows}\n└──┴──┘\n"
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.confidence >= MIN_CONFIDENCE


def test_a_damaged_byte_of_gb18030():
    data = bytearray(SHORT.encode("gb18030"))
    data[-4] = 0xFF
    with pytest.raises(SourceEncodingError, match="is not gb18030"):
        decode(bytes(data))


def test_the_given_encoding_overrides_all_others():
    assert decode(SHORT.encode("gbk"), encoding="gb18030").encoding == "gb18030"
    with pytest.raises(SourceEncodingError, match="offset"):
        decode(SHORT.encode("gbk"), encoding="utf-8")


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"\xff\xfe\x00\xd8", b"\x00\x00\xfe\xff\x00\x11\x00\x00"]
)
def test_damaged_utf_16_is_an_error(data):
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
def test_a_sentence_is_enough_to_detect_the_encoding(text, encoding):
    assert decode(text.encode(encoding)).text == text


@given(
    st.text(st.characters(codec="utf-8")),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030"]),
)
def test_every_character_comes_back_from_the_encoding_given(text, encoding):
    assert decode(text.encode(encoding), encoding=encoding).text == text


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_encoding_error(data):
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
    for offset in (0, len(text[:9].encode()), len(data)):
        with pytest.raises(SourceEncodingError, match="is not utf-8"):
            decode(data[:offset] + damage + data[offset:])


def in_traditional(text):
    from opencc import OpenCC

    return OpenCC("s2t").convert(text)


def encodings(text, *, traditional):
    for encoding in (
        *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"),
        *(("big5", "cp950", "big5hkscs") if traditional else ()),
    ):
        try:
            yield encoding, text.encode(encoding)
        except UnicodeEncodeError:
            continue


@pytest.mark.parametrize("texts", [TUNED, HELD_OUT], ids=["tuned", "held out"])
@pytest.mark.parametrize("traditional", [False, True], ids=["simplified", "traditional"])
def test_a_heading_is_enough_to_detect_the_encoding(texts, traditional):
    wrong = []
    number = 0
    for text in map(in_traditional, texts) if traditional else texts:
        for encoding, data in encodings(text, traditional=traditional):
            number += 1
            try:
                result = decode(data).text
            except SourceEncodingError as error:
                result = str(error)
            if result != text:
                wrong.append((encoding, text, result))
    assert number > 800
    assert len(wrong) <= number // 200, wrong


TABLES = {
    # the Encoding Standard's readings where code pages and Python differ
    "the euro of code page 936": ("政府收费100".encode("gbk") + b"\x80", "gb18030", "政府收费100€"),
    "GBK beyond GB 2312": ("朱镕基、钅旺".encode("gbk"), "gb18030", "朱镕基、钅旺"),
    "four bytes": ("㐀𠀀政府信息公开".encode("gb18030"), "gb18030", "㐀𠀀政府信息公开"),
    "the middle dot of Big5": (
        b"\xa1\x45" + "政府資訊公開".encode("big5"),
        "big5hkscs",
        "‧政府資訊公開",
    ),
    "the signs of Big5": (
        "政府資訊公開".encode("big5") + b"\xa1\xe3\xa2\x44\xa1\xc2\xa3\xe1",
        "big5hkscs",
        "政府資訊公開～￥¯€",
    ),
    "the shade of Big5": (
        "政府資訊公開".encode("big5") + b"\xf9\xfe",
        "big5hkscs",
        "政府資訊公開▓",
    ),
    "Hong Kong's characters": ("香港政府啲嘅喺".encode("big5hkscs"), "big5hkscs", "香港政府啲嘅喺"),
    "ETEN's seven": ("政府資訊公開碁銹裏".encode("cp950"), "big5hkscs", "政府資訊公開碁銹裏"),
    "UTF-16 of nothing but ASCII": (
        "Report 2018".encode("utf-16-le") + b"",
        "utf-16-le",
        "Report 2018",
    ),
    "two characters that UTF-8 allows": ("下一一工".encode("gbk"), "gb18030", "下一一工"),
    "two characters that are marks of letters in UTF-8": ("通知".encode("gbk"), "gb18030", "通知"),
    "two dots that GBK allows": ("··".encode(), "utf-8", "··"),
    "Latin in UTF-8 alone": ("Café".encode(), "utf-8", "Café"),
    "HZ is never guessed": (b"~{VPND~}", "utf-8", "~{VPND~}"),
    "UTF-7 is never guessed": (b"+Ti1lhw-", "utf-8", "+Ti1lhw-"),
    "ISO 2022 is never guessed": (b"\x1b$)A\x0eVPND\x0f", "utf-8", "\x1b$)A\x0eVPND\x0f"),
}


@pytest.mark.parametrize(("data", "encoding", "text"), TABLES.values(), ids=TABLES)
def test_bytes_that_are_valid_in_several_encodings(data, encoding, text):
    decoded = decode(data)
    assert (decoded.encoding, decoded.text) == (encoding, text)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-32"]
)
@pytest.mark.parametrize("guess", [True, False])
def test_a_truncated_file_is_reported_as_truncated(encoding, guess):
    truncated = HANT.encode(encoding)[:-1]
    offset = len(HANT[:-1].encode(encoding))
    with pytest.raises(SourceEncodingError, match="ends in the middle of a character") as caught:
        decode(truncated, encoding="" if guess else encoding)
    assert re.findall(r"0x(..) at offset (\d+)", str(caught.value)) == [
        (f"{truncated[offset]:02X}", str(offset))
    ]
    assert "truncated" in caught.value.hint


@pytest.mark.parametrize("stray", [b"\xff" * 8, b"\xff\x81\x82\x83\x84\xff\x85\x81"])
def test_an_error_in_an_uncertain_encoding_says_that_no_encoding_fits(stray):
    with pytest.raises(SourceEncodingError, match=r"no encoding fits; .* at offset \d+") as caught:
        decode("县政府".encode() + stray)
    assert "--encoding" in caught.value.hint


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_a_given_encoding_without_chinese_is_a_warning(encoding):
    data = HANT.encode(encoding)
    (finding,) = decode(data, encoding="latin9").findings
    assert finding.clause == "encoding"
    assert encoding in finding.message
    assert not decode(data, encoding=encoding).findings
    assert not decode("Café".encode("latin9"), encoding="latin9").findings


@pytest.mark.parametrize(
    ("label", "text", "encoding"),
    [
        *((label, SHORT, "gb18030") for label in LABELS["gb18030"].split()),
        *((label, HANT, "big5hkscs") for label in LABELS["big5hkscs"].split()),
        *((f" {label.upper()}\n", SHORT, "utf-8") for label in LABELS["utf-8"].split()),
    ],
)
def test_every_label_of_an_encoding_is_known(label, text, encoding):
    decoded = decode(text.encode(encoding), declared=label)
    assert (decoded.text, decoded.encoding, decoded.confidence) == (text, encoding, 1.0)


@pytest.mark.parametrize(
    ("data", "declared", "encoding"),
    [
        (SHORT.encode("gbk"), "big5", "gb18030"),
        (HANT.encode("big5"), "gb2312", "big5hkscs"),
        (SHORT.encode(), "gb2312", "utf-8"),
        (SHORT.encode("gbk"), "utf-8", "gb18030"),
        (SHORT.encode("gbk"), "iso-8859-1", "gb18030"),
        (SHORT.encode("gbk"), "nonsense", "gb18030"),
        (SHORT.encode("utf-16"), "gb2312", "utf-16"),
        (SHORT.encode("utf-8-sig"), "gbk", "utf-8-sig"),
        (b"report", "gbk", "gb18030"),
    ],
)
def test_certain_encodings_override_the_declared_one(data, declared, encoding):
    assert decode(data, declared=declared).encoding == encoding


def test_the_declared_encoding_decides_between_plausible_ones():
    data = "一丁七".encode("big5")
    assert decode(data, declared="big5").encoding == "big5hkscs"
    assert decode(data, declared="big5", encoding="gb18030").encoding == "gb18030"


def test_an_uncertain_guess_is_reported():
    decoded = decode("龘靐齉爩".encode("gb18030"))
    assert decoded.confidence < MIN_CONFIDENCE
    (finding,) = decoded.findings
    assert (finding.clause, finding.severity) == ("encoding", Severity.WARNING)
    assert "--encoding" in finding.hint
    assert decode(SHORT.encode("gbk")).findings == ()
    assert decode(LONG.encode("gb18030")).confidence > 0.9


@pytest.mark.parametrize("seed", range(30))
def test_bytes_that_no_encoding_explains_are_refused_with_the_way_out(seed):
    choose = random.Random(seed)  # noqa: S311 - reproducible
    kinds = [range(256), range(0xA1, 0xFE), range(0x80, 0x100)]
    data = bytes(choose.choices(kinds[seed % 3], k=200))
    with pytest.raises(SourceEncodingError) as caught:
        decode(data, where="r.txt")
    assert "--encoding" in caught.value.hint
