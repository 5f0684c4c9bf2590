"""Empty signature fields that later signatures fill, and what another program writes into such an update."""

import re
import zlib
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from publisher.verify.signatures.blank_areas import Ground, grounds
from publisher.verify.signatures.ordinary_changes import is_inert, is_unused_cross_reference
from publisher.verify.signatures.validation import read_signatures, verify_signatures
from tests.imposition.plain_pages import page, pdf_of
from tests.verify.signatures.test_other_programs import form, office

name, number = generic.NameObject, generic.NumberObject
LOW, HIGH = (10, 30, 90, 55), (10, 60, 90, 90)
PAINTED = b"0 0 200 50 re f"
HATCHED = b" ".join(b"0 %d 200 1 re f" % height for height in range(0, 50, 3))


def updated(data, change):
    writer, out = IncrementalPdfFileWriter(BytesIO(data)), BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def with_fields(*boxes, content=PAINTED, **options):
    """Return a page that is painted below 50 points, with an empty field B1, B2 … in each box."""

    def change(writer):
        for index, box in enumerate(boxes, start=1):
            append_signature_field(writer, SigFieldSpec(f"B{index}", box=box, **options))

    return updated(pdf_of([page(content=content)]), change)


def changes(data):
    return [item.problem or item.disallowed_change for item in read_signatures(data).signatures]


def fill(data):
    return office().sign(office().sign(data, "A"), "B1")


@pytest.mark.parametrize("combine", [True, False])
@pytest.mark.parametrize("box", [None, HIGH])
def test_an_empty_field_may_be_filled(box, combine):
    data = fill(with_fields(box, combine_annotation=combine))
    assert changes(data) == ["", ""]
    assert not read_signatures(data).problems


def test_a_signature_that_covers_something_is_found():
    assert (
        changes(fill(with_fields(LOW, content=HATCHED)))[0]
        == "a later signature was drawn over a page"
    )
    page_only = pdf_of([page(content=PAINTED)])
    assert grounds(page_only, page_only, [(0, list(HIGH))]) == [Ground.BLANK]
    assert grounds(page_only, page_only, [(0, list(LOW))]) == [Ground.KEPT]
    assert grounds(b"no PDF", page_only, [(0, list(HIGH))]) == [Ground.COVERED]


def test_without_a_renderer_a_visible_signature_is_no_pass(monkeypatch):
    data = fill(with_fields(HIGH))
    monkeypatch.setattr("publisher.verify.signatures.visible_signatures.find_spec", lambda _: None)
    assert "without pypdfium2" in changes(data)[0]


def test_a_signature_that_covers_another_field_is_found():
    assert "drawn over" in changes(fill(with_fields(HIGH, (20, 70, 80, 95))))[0]


def test_an_empty_field_is_no_problem_and_an_emptied_one_is():
    data = office().sign(with_fields(HIGH), "A")
    assert verify_signatures(data).passed
    assert changes(data) == [""]

    def empty(writer):
        field = next(
            item.get_object()
            for item in writer.root["/AcroForm"]["/Fields"]
            if item.get_object()["/T"] == "A"
        )
        del field["/V"]
        writer.update_container(field)

    assert "the signature A was removed" in read_signatures(updated(data, empty)).problems


def move(widget, writer):
    widget["/Rect"] = generic.ArrayObject(map(generic.FloatObject, (0, 0, 100, 100)))


def add_action(widget, writer):
    widget[name("/AA")] = generic.DictionaryObject()


def show_page(widget, writer):
    """The appearance is an object that the page paints too."""
    first = writer.root["/Pages"]["/Kids"][0].get_object()
    widget[name("/AP")] = form(N=first.raw_get("/Contents"))


def unhide(widget, writer):
    widget[name("/F")] = number(0)


@pytest.mark.parametrize("change", [move, add_action, show_page, unhide])
def test_a_field_that_gets_more_than_a_signature_is_found(change):
    signed = office().sign(with_fields(HIGH), "A")

    def fill_and_change(writer):
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        value = writer.root["/AcroForm"]["/Fields"][1].get_object()["/V"]
        field[name("/V")] = writer.add_object(generic.DictionaryObject(value))
        change(field, writer)
        writer.update_container(field)

    assert changes(updated(signed, fill_and_change))[0]


@pytest.mark.parametrize("shared", [True, False])
def test_an_appearance_that_something_else_uses_is_not_replaced(shared):
    def give_appearance(writer):
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        stream = generic.StreamObject(
            form(Subtype=name("/Form"), BBox=generic.ArrayObject(map(number, (0, 0, 80, 30)))),
            stream_data=b"",
        )
        reference = writer.add_object(stream)
        field[name("/AP")] = form(N=reference)
        writer.update_container(field)
        if shared:
            first = writer.root["/Pages"]["/Kids"][0].get_object()
            first[name("/Resources")] = form(XObject=form(X=reference))
            writer.update_container(first)

    signed = office().sign(updated(with_fields(HIGH), give_appearance), "A")
    found = changes(office().sign(signed, "B1"))[0]
    assert ("used for something else" in found) if shared else not found


def add_field_with_kid(box):
    def change(writer):
        root_form = writer.root["/AcroForm"]
        value = root_form["/Fields"][0].get_object()["/V"]
        first = writer.root["/Pages"]["/Kids"].raw_get(0)
        widget = form(
            Type=name("/Annot"), Subtype=name("/Widget"), P=first,
            Rect=generic.ArrayObject(map(number, box)),
        )  # fmt: skip
        kid = writer.add_object(widget)
        field = form(
            FT=name("/Sig"), T=generic.pdf_string("K"), Kids=generic.ArrayObject([kid]),
            V=writer.add_object(generic.DictionaryObject(value)),
        )  # fmt: skip
        root_form["/Fields"].append(writer.add_object(field))
        content = first.get_object()
        content[name("/Annots")] = generic.ArrayObject([*content.get("/Annots", []), kid])
        for container in (root_form["/Fields"], content):
            writer.update_container(container)

    return change


@pytest.mark.parametrize(
    ("box", "found"), [((0, 0, 0, 0), ""), (HIGH, ""), (LOW, "drawn over a page")]
)
def test_a_field_may_have_widgets_of_its_own(box, found):
    signed = office().sign(pdf_of([page(content=PAINTED)]), "A")
    (change, *_) = changes(updated(signed, add_field_with_kid(box)))
    assert (found in change) if found else not change


def raw_update(data, objects, *, in_stream, root=b"1 0 R", more=b"", comment=b"", extra=()):
    """Append an update with a cross-reference stream, its objects plain or in an object stream."""
    end = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    reader = PdfFileReader(BytesIO(data))
    size = int(reader.trailer["/Size"])
    out, rows = data, {}
    if in_stream:
        bodies, header = b"", b""
        for key, body in [*objects.items(), *extra]:
            header += b"%d %d " % (key, len(bodies))
            bodies += body + b" "
        rows = {key: (2, size, index) for index, key in enumerate(objects)}
        content = zlib.compress(header + bodies)
        count = len(objects) + len(extra)
        stream = (
            b"<</Type/ObjStm/Filter/FlateDecode/N %d/First %d/Length %d%b>>stream\n%b\nendstream"
        )
        objects = {size: stream % (count, len(header), len(content), more, content)}
    for key, body in objects.items():
        rows[key] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (key, body)
    start = len(out)
    rows[size + 1] = (1, start, 0)
    content = b"".join(
        bytes([kind]) + second.to_bytes(4, "big") + bytes([third])
        for _, (kind, second, third) in sorted(rows.items())
    )
    index = b" ".join(b"%d 1" % key for key in sorted(rows))
    keys = b"/Type/XRef/Size %d/Prev %d/Root %b/W[1 4 1]/Index[%b]/Length %d"
    keys %= size + 2, end, root, index, len(content)
    out += b"%d 0 obj\n<<%b>>stream\n%b\nendstream\nendobj\n" % (size + 1, keys, content)
    return out + comment + b"startxref\n%d\n%%%%EOF\n" % start


def signed_with_plain_form():
    return office().sign(pdf_of([page(content=PAINTED)]), "A")


def catalogue(data):
    reader = PdfFileReader(BytesIO(data))
    reference = reader.trailer.raw_get("/Root")
    out = BytesIO()
    reader.root.write_to_stream(out, None)
    return reference.idnum, out.getvalue()


@pytest.mark.parametrize("in_stream", [True, False])
def test_an_update_may_have_an_object_stream(in_stream):
    data = signed_with_plain_form()
    key, body = catalogue(data)
    root = b"%d 0 R" % key
    assert changes(raw_update(data, {key: body}, in_stream=in_stream, root=root)) == [""]
    changed = body.replace(b">>", b" /Lang (en)>>", 1) if body.count(b">>") == 1 else body[:-2]
    changed = changed if changed.endswith(b">>") else changed + b"/Lang (en)>>"
    assert changes(raw_update(data, {key: changed}, in_stream=in_stream, root=root))[0]


def test_an_object_stream_holds_what_is_listed_and_nothing_else():
    data = signed_with_plain_form()
    key, body = catalogue(data)
    options = {"in_stream": True, "root": b"%d 0 R" % key}
    for more in ({"extra": [(3, b"null")]}, {"more": b"/Extends 1 0 R"}, {"more": b"/X 1"}):
        assert changes(raw_update(data, {key: body}, **options, **more))[0]
    commented = read_signatures(raw_update(data, {key: body + b"%words\n"}, **options))
    assert commented.problems or commented.signatures[0].disallowed_change


def test_a_program_may_leave_its_name_before_the_end_of_the_file():
    data = signed_with_plain_form()
    key, body = catalogue(data)
    for comment, is_found in (
        (b"%Program-1.2\n", False),
        (b"%9 0 obj null endobj\n", True),
        (b"%%EOF\n", True),
        (b"words\n", True),
    ):
        update = raw_update(
            data, {key: body}, in_stream=False, root=b"%d 0 R" % key, comment=comment
        )
        signatures = read_signatures(update)
        assert bool(signatures.problems or changes(update)[0]) == is_found, comment


def test_unused_validation_data_and_cross_references_are_inert():
    assert is_inert(form(Type=name("/VRI"), Cert=generic.ArrayObject()))
    assert is_inert(form(Cert=generic.ArrayObject()))
    assert is_inert(form(**{"A" * 40: number(1)}))
    assert not is_inert(form(Type=name("/VRI"), Kids=generic.ArrayObject()))
    assert not is_inert(form(A=number(1)))
    trailer = form(Root=number(1))
    table = generic.StreamObject(form(Type=name("/XRef"), Root=number(1)), stream_data=b"")
    other = generic.StreamObject(form(Type=name("/XRef"), Root=number(2)), stream_data=b"")
    assert is_unused_cross_reference(table, trailer)
    assert not is_unused_cross_reference(other, trailer)
