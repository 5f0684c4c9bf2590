"""Updates of other programs are judged by what they say, not by how they write it."""

import pytest

from publisher.pdf.raw_objects import DisallowedModificationError
from publisher.verify.signatures.object_syntax import require_single_keys
from publisher.verify.signatures.validation import read_signatures, verify_signatures
from tests.pdf.raw_file import raw_stream
from tests.verify.signatures.test_signature_fields import raw_update
from tests.verify.signatures.updates import (
    FONT,
    body_of,
    changes,
    in_table,
    info_of,
    is_clean,
    root_of,
    signed_file,
    size_of,
)

ENTRIES = b"/Group<</S/Transparency/CS/DeviceRGB>>/Rotate 0/MediaBox[0 0 300 300]"


def rewritten_page(data, *replacements):
    body = body_of(data, 3)
    for old, new in replacements:
        assert old in body, (old, body)
        body = body.replace(old, new)
    return in_table(data, {3: body})


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        (b"/S /Transparency /CS /DeviceRGB", b"/CS /DeviceRGB /S /Transparency", True),
        (b"[ 0 0 300 300 ]", b"[0 0 300.0 3.0e2]".replace(b"3.0e2", b"300.00"), True),
        (b"/Rotate 0", b"/Rotate 0.0", True),
        (b"/Rotate 0", b"/Rotate 90", False),
        (b"[ 0 0 300 300 ]", b"[0 0 300 200]", False),
        (b"/CS /DeviceRGB", b"/CS /DeviceGray", False),
        (b"/Rotate 0", b"", False),
    ],
)
def test_a_page_that_is_written_again(old, new, is_same):
    data = signed_file(ENTRIES)
    assert is_clean(data)
    assert is_clean(rewritten_page(data, (old, new))) == is_same


@pytest.mark.parametrize("font", [FONT, FONT.replace(b"Helvetica", b"Courier")])
def test_a_value_may_move_into_an_object_of_its_own(font):
    data = signed_file(ENTRIES)
    new = size_of(data)
    body = body_of(data, 3).replace(b"/F 5 0 R", b"/F %d 0 R" % new)
    assert is_clean(in_table(data, {3: body, new: font})) == (font == FONT)


def test_a_page_is_not_replaced_by_a_copy():
    data = signed_file(ENTRIES)
    new = size_of(data)
    kids = body_of(data, 2).replace(b"[ 3 0 R ]", b"[%d 0 R]" % new)
    assert "Pages" in changes(in_table(data, {2: kids, new: body_of(data, 3)}))[0]


@pytest.mark.parametrize("more", [b"", b"/Lang(en)"])
def test_the_catalogue_may_get_another_number(more):
    data = signed_file()
    new = size_of(data)
    catalogue = body_of(data, root_of(data))[:-2] + more + b">>"
    assert is_clean(in_table(data, {new: catalogue}, root=new)) == (not more)


@pytest.mark.parametrize("number", [3, 4, None])
def test_an_update_may_free_numbers_without_an_object(number):
    data = signed_file()
    number, size = number or size_of(data), size_of(data) + 1
    lines = b"%d 1\n0000000000 %%05d f \n" % number
    for generation in (0, 1, 65535):
        found = changes(in_table(data, {}, lines=lines % generation, size=size))
        assert bool(found[0]) == (number < size - 1), (number, generation, found)


def test_an_object_is_listed_once_in_any_order():
    data = signed_file()
    new = size_of(data)
    objects = {new: b"[]", 3: body_of(data, 3)}
    assert is_clean(in_table(data, objects))
    twice = in_table(data, objects, lines=b"3 1\n%010d 00000 n \n" % data.index(b"\n3 0 obj"))
    assert not is_clean(twice)


def hybrid(data, number, hidden):
    """Append an update whose table names a cross-reference stream for one object (7.5.8.4)."""
    stream_number, offset = size_of(data), len(data)
    body = b"%d 0 obj\n%b\nendobj\n" % (number, hidden)
    start = offset + len(body)
    rows = b"\1" + offset.to_bytes(4) + b"\0"
    keys = b"/Type/XRef/Size %d/W[1 4 1]/Index[%d 1]/Root %d 0 R/Info %d 0 R" % (
        stream_number + 1, number, root_of(data), info_of(data),
    )  # fmt: skip
    stream = b"%d 0 obj\n%b\nendobj\n" % (stream_number, raw_stream(rows, keys))
    return in_table(
        data, {}, before=body + stream, more=b"/XRefStm %d" % start, size=stream_number + 1
    )


def test_a_table_may_have_a_stream_beside_it():
    data = signed_file(ENTRIES)
    assert is_clean(hybrid(data, 3, body_of(data, 3)))
    assert read_signatures(hybrid(data, 3, body_of(data, 3))).irregularity
    turned = body_of(data, 3).replace(b"/Rotate 0", b"/Rotate 90")
    assert "page 1 was changed" in changes(hybrid(data, 3, turned))[0]


def test_a_stream_beside_a_table_contradicts_it_in_nothing():
    data = signed_file(ENTRIES)
    update = hybrid(data, 3, body_of(data, 3))
    old = data.index(b"\n3 0 obj") + 1
    table = update.rindex(b"xref\n", 0, update.rindex(b"trailer"))
    changed = update[: table + 5] + b"3 1\n%010d 00000 n \n" % old + update[table + 5 :]
    assert "cross-references" in changes(changed)[0]
    freed = update[: table + 5] + b"3 1\n0000000000 65535 f \n" + update[table + 5 :]
    assert "deleted" in changes(freed)[0]


def test_an_update_names_no_stream_of_its_own_invention():
    data = signed_file()
    assert changes(in_table(data, {}, more=b"/XRefStm 9"))[0]


def test_only_the_size_of_the_last_update_counts():
    data = signed_file()
    empty = in_table(data, {}, lines=b"0 1\n0000000000 65535 f \n", size=1)
    assert changes(empty)[0]
    later = in_table(empty, {3: body_of(data, 3)}, size=size_of(data))
    assert is_clean(later)


def test_a_key_that_occurs_twice_is_found():
    data = signed_file(ENTRIES)
    body = body_of(data, 3).replace(b"/Rotate 0", b"/Rotate 0 /Rotate 90")
    for update in (
        in_table(data, {3: body}),
        raw_update(data, {3: body}, in_stream=True, root=b"%d 0 R" % root_of(data)),
    ):
        assert not verify_signatures(update).passed
        assert "a key twice" in " ".join(changes(update))
    with pytest.raises(DisallowedModificationError):
        require_single_keys(b"<</A<</B 1/B 2>>>>")
    require_single_keys(b"<</A<</B 1>>/C<</B 2>>/ /D>>")
