"""Object streams: usual syntax is read as pypdf reads it, other syntax by pypdf."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, read_object

from publisher.pdf import object_streams
from publisher.pdf.object_streams import Reader

USUAL = [
    b"<</Type /StructElem/S/P/P 12 0 R/K [0 1 <</Type /MCR/MCID 3>>]/Lang (zh-Hans)>>",
    b"[7 0 R /XYZ 79.370079 -737.007874 0 null true false .5]",
    rb"<</A (Publisher \(WeasyPrint\)\n)/B <feff6e05>/C ()/D <>/E <</F [[]]>>>>",
]
UNUSUAL = [
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


def with_types(value):
    """Return an object with the types of everything in it, for comparison."""
    if isinstance(value, IndirectObject):
        return "R", value.idnum, value.generation
    if isinstance(value, dict):
        return type(value), [(type(key), key, with_types(item)) for key, item in value.items()]
    return type(value), [with_types(item) for item in value] if isinstance(value, list) else repr(
        value
    )


def parse(data):
    return object_streams._parse_object(object_streams._TOKEN.findall(data), {}, None)


@pytest.mark.parametrize("data", USUAL)
def test_usual_syntax_gives_the_objects_of_pypdf(data):
    assert with_types(parse(data)) == with_types(
        read_object(BytesIO(data + b"\n"), SimpleNamespace(strict=True))
    )


@pytest.mark.parametrize("data", UNUSUAL)
def test_unusual_syntax_is_left_to_pypdf(data):
    with pytest.raises(object_streams._UnusualSyntaxError):
        parse(data)


def test_a_publication_is_read_without_pypdf_s_object_streams(typeset, monkeypatch):
    data = typeset("<p>一</p><table><tr><th>甲</th><td>乙</td></tr></table>").pdf
    pypdf_reader = PdfReader(BytesIO(data), strict=True)
    expected = {
        number: with_types(pypdf_reader.get_object(number)) for number in pypdf_reader.xref_objStm
    }
    monkeypatch.setattr(PdfReader, "_get_object_from_stream", None)
    reader = Reader(BytesIO(data), strict=True)
    objects = {number: reader.get_object(number) for number in reader.xref_objStm}
    assert {number: with_types(value) for number, value in objects.items()} == expected
    assert any(type(value) is DictionaryObject for value in objects.values())
