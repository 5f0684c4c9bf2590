"""Objects of an object stream: what is plainly written is read as pypdf reads it, the rest by pypdf."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, read_object

from publisher.pdf import object_streams
from publisher.pdf.object_streams import Reader

PLAIN = [
    b"<</Type /StructElem/S/P/P 12 0 R/K [0 1 <</Type /MCR/MCID 3>>]/Lang (zh-Hans)>>",
    b"[7 0 R /XYZ 79.370079 -737.007874 0 null true false .5]",
    rb"<</A (Publisher \(WeasyPrint\)\n)/B <feff6e05>/C ()/D <>/E <</F [[]]>>>>",
]
ODD = [
    b"<</A#20B 1>>",
    b"<</A 1/A 2>>",
    b"<</A 1 % remark\n>>",
    b"<</A 12345678901234567890>>",
    b"<</A (nested (brackets))>>",
    b"<</A <feff6>>>",
    b"<</A 1 0 Rx>>",
    b"<</A 1",
    b"[1]>>",
    b"[1][2]",
    b"12",
    b"[" * 40 + b"]" * 40,
]


def told(value):
    """Return an object with the types of all that is in it."""
    if isinstance(value, IndirectObject):
        return "R", value.idnum, value.generation
    if isinstance(value, dict):
        return type(value), [(type(key), key, told(one)) for key, one in value.items()]
    return type(value), [told(one) for one in value] if isinstance(value, list) else repr(value)


def plainly(data):
    return object_streams._parse_object(object_streams._TOKEN.findall(data), {}, None)


@pytest.mark.parametrize("data", PLAIN)
def test_plain_objects_are_those_of_pypdf(data):
    assert told(plainly(data)) == told(
        read_object(BytesIO(data + b"\n"), SimpleNamespace(strict=True))
    )


@pytest.mark.parametrize("data", ODD)
def test_what_is_not_plain_is_left_to_pypdf(data):
    with pytest.raises(object_streams._UnusualSyntaxError):
        plainly(data)


def test_a_file_of_ours_needs_no_slow_way(typeset, monkeypatch):
    data = typeset("<p>一</p><table><tr><th>甲</th><td>乙</td></tr></table>").pdf
    slow = PdfReader(BytesIO(data), strict=True)
    wanted = {number: told(slow.get_object(number)) for number in slow.xref_objStm}
    monkeypatch.setattr(PdfReader, "_get_object_from_stream", None)
    reader = Reader(BytesIO(data), strict=True)
    assert {number: told(reader.get_object(number)) for number in reader.xref_objStm} == wanted
    assert any(type(reader.get_object(number)) is DictionaryObject for number in wanted)
