"""The syntax of content streams: operands, operators, inline images, text strings."""

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.pdf import syntax
from publisher.pdf.syntax import ContentError, Name, instructions, text_string


def read_operand(data):
    ((_, operands),) = instructions(data + b" x")
    (operand,) = operands
    return operand


@given(st.binary())
def test_a_literal_string_is_read_back(value):
    escaped = value.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    assert read_operand(b"(" + escaped.replace(b"\r", b"\\r") + b")") == value


@given(st.binary())
def test_octal_and_hexadecimal_strings_are_read_back(value):
    assert read_operand(b"(" + b"".join(b"\\%03o" % byte for byte in value) + b")") == value
    assert read_operand(b"<" + value.hex(" ").encode() + b">") == value


@given(
    st.recursive(
        st.just(b"a"), lambda inner: st.lists(inner).map(lambda x: b"(" + b"".join(x) + b")")
    )
)
def test_balanced_parentheses_need_no_escape(value):
    assert read_operand(b"(" + value + b")") == value


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_name_is_read_back(value):
    assert read_operand(b"/" + b"".join(b"#%02x" % byte for byte in value.encode())) == Name(value)


@given(st.decimals(-(10**9), 10**9, places=5))
def test_a_number_is_read_back(value):
    assert read_operand(f"{value:f}".encode()) == float(value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with suppress(ContentError):
        list(instructions(data))


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"+.5", 0.5),
        (b"-4.", -4.0),
        (b"(a\\\nb)", b"ab"),
        (b"(a\r\nb)", b"a\nb"),
        (b"(\\53\\0053)", b"+\x053"),
        (b"(\\q)", b"q"),
        (b"<4>", b"\x40"),
        (b"[1[(a)/B]<</C true/D null>>]", [1.0, [b"a", "B"], {"C": True, "D": None}]),
        (b"% a comment ( \r 7", 7.0),
        (b"<</MCID 0>>", {"MCID": 0.0}),
    ],
)
def test_forms_of_operands(data, value):
    assert read_operand(data) == value


@pytest.mark.parametrize("data", [b"(a", b"[1 2", b"<< /A", b"]", b"[>>", b"[1 Tj", b")", b"<4g>"])
def test_unbalanced_syntax_is_an_error(data):
    with pytest.raises(ContentError):
        list(instructions(data))


def test_nested_brackets_need_no_recursion():
    with pytest.raises(ContentError):
        list(instructions(b"[" * 100_000))


@pytest.mark.parametrize(
    "image",
    [
        b"BI /W 4 /H 2 /BPC 8 /CS /G ID \x00 EI Q(\xff EI",
        b"BI /W 1 /H 1 /F /Fl ID x\x9c EI \xff\xfe\n EI",
        b"BI /W 9 /H 1 /IM true ID ab EI",
        b"BI /L 5 ID a EI  EI",
    ],
)
def test_the_data_of_an_inline_image_is_skipped(image):
    assert [operator for operator, _ in instructions(b"q " + image + b" Q")] == [
        b"q", b"BI", b"EI", b"Q",
    ]  # fmt: skip


def test_an_inline_image_without_end_is_an_error():
    with pytest.raises(ContentError, match="inline image"):
        list(instructions(b"BI /W 1 /H 1 ID abc"))


def test_text_strings():
    assert text_string("\ufeff中文𠮷".encode("utf-16-be")) == "中文𠮷"
    assert text_string("\ufeff中文".encode()) == "中文"
    assert text_string(b"\x80\xa0\xe9") == "•€é"


INSTRUCTIONS = (
    b"q\n.75 0 0 -.75 0 0 cm\n/Span\n<</MCID 0>>\nBDC\n/a1.0 gs\nBT\n/F1 21 Tf\n[<0012>-70 -70.5<00>]TJ\n"
    b"/Span\n<</ActualText <feff5ea>>>\nBDC\n(a\\)b) Tj T*\nEMC true null x\n1 2 3re[ 1 2 ] 0 d\n% f 1 Tc\n"
    b"1 beginbfchar\n<5c3c> <6e05>\n<7107><79be>\nendbfchar\n/N#41 Do /P <</A 1/B 2>> DP 1.2.3 w 4 5\x006 m"
)


def test_whole_instructions_equal_those_read_token_by_token(monkeypatch):
    fast = list(instructions(INSTRUCTIONS))
    monkeypatch.setattr(syntax, "_USUAL_INSTRUCTION", re.compile(rb"(?!)"))
    assert fast == list(instructions(INSTRUCTIONS))
    assert [type(operand) for _, operands in fast for operand in operands] == [
        type(operand) for _, operands in instructions(INSTRUCTIONS) for operand in operands
    ]
