"""What later updates do with a form: defaults, added and filled fields, and where signatures are seen."""

from io import BytesIO

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    append_signature_field,
)

from publisher.model import Severity
from publisher.verify.signatures.validation import read_signatures, verify_signatures
from tests.pdf.raw_file import raw_stream
from tests.verify.signatures.test_other_programs import office
from tests.verify.signatures.updates import (
    FONT,
    body_of,
    changes,
    in_table,
    is_clean,
    root_of,
    signed_file,
    size_of,
)

COURIER = FONT.replace(b"Helvetica", b"Courier")
SHAPE = raw_stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
OTHER_SHAPE = SHAPE.replace(b"9 9 re", b"2 2 re")
BLANK, PRINTED = (20, 20, 120, 60), (20, 190, 120, 230)


def file_with_form(*, default=b"/F 9 Tf", own=b"", content=b"", **options):
    """A signed form: field 6 with the appearance 7, and default resources with the font 5 and the shape 8."""
    form = b"/AcroForm<</Fields[6 0 R]/DR<</Font<</F 5 0 R>>/XObject<</X 8 0 R>>>>>>"
    field = (
        b"<</FT/Tx/T(sum)/V(100)/DA(%b)/Type/Annot/Subtype/Widget/Rect[200 20 280 40]/P 3 0 R"
        b"/F 4/AP<</N 7 0 R>>>>" % default
    )
    look = raw_stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 80 20]" + own)
    return signed_file(b"/Annots[6 0 R]", field, look, SHAPE, root=form, **options)


def with_form(data, *replacements, **objects):
    """Append an update that changes the form, which is in the catalogue; ``objects`` are new: n0, n1 …"""
    root, new = root_of(data), size_of(data)
    body = body_of(data, root)
    for old, replacement in replacements:
        assert old in body, (old, body)
        body = body.replace(old, replacement.replace(b"NEW", b"%d" % new))
    return in_table(data, {root: body, **{new + int(k[1:]): v for k, v in objects.items()}})


@pytest.mark.parametrize("font", [FONT, COURIER])
@pytest.mark.parametrize("default", [b"/F 9 Tf", b"/#46 9 Tf", b"/G 9 Tf"])
def test_a_font_that_a_field_names_is_not_swapped(default, font):
    """The same font may get another number; another font changes how the field looks."""
    data = file_with_form(default=default)
    swapped = with_form(data, (b"/F 5 0 R", b"/F NEW 0 R"), n0=font)
    found = changes(swapped)[0]
    assert found == ("" if font == FONT or default == b"/G 9 Tf" else "the form's DR was changed")


@pytest.mark.parametrize(
    ("content", "own", "is_used"),
    [
        (b"", b"", False),
        (b"/X Do", b"", True),
        (b"/X Do", b"/Resources<</XObject<</X 8 0 R>>>>", False),
        (b"/Y Do", b"/Resources<</XObject<</Y 9 0 R>>>>", False),
    ],
)
def test_a_shape_that_an_appearance_may_use_is_not_swapped(content, own, is_used):
    """Programs put each signature's appearance into the default resources under one name."""
    data = file_with_form(content=content, own=own)
    swapped = with_form(data, (b"/X 8 0 R", b"/X NEW 0 R"), n0=OTHER_SHAPE)
    assert bool(changes(swapped)[0]) == is_used


@pytest.mark.parametrize(
    ("entry", "is_found"),
    [
        (b"/DA(/F 9 Tf)", False), (b"/CO[]", False), (b"/NeedAppearances false", False),
        (b"/NeedAppearances true", True), (b"/CO[6 0 R]", True), (b"/XFA 1", True), (b"/Q 1", True),
    ],
)  # fmt: skip
def test_a_form_may_get_defaults_that_show_nothing(entry, is_found):
    data = file_with_form()
    found = changes(with_form(data, (b"/Fields", entry + b"/Fields")))
    assert bool(found[0]) == is_found


def filled(data, **more):
    """Append an update that fills in field 6."""
    new = size_of(data)
    body = body_of(data, 6).replace(b"(100)", b"(900)").replace(b"/N 7 0 R", b"/N %d 0 R" % new)
    return in_table(data, {6: body, new: OTHER_SHAPE, **more})


@pytest.mark.parametrize(
    ("permission", "is_allowed"),
    [(None, False), (MDPPerm.NO_CHANGES, False), (MDPPerm.FILL_FORMS, True), (MDPPerm.ANNOTATE, True)],
)  # fmt: skip
def test_a_field_is_filled_in_only_where_the_signature_allows_it(permission, is_allowed):
    options = {"certify": True, "docmdp_permissions": permission} if permission else {}
    data = filled(file_with_form(**options))
    (signature,) = read_signatures(data).signatures
    assert ("the form field sum was filled in" in signature.disallowed_change) != is_allowed
    verdict = verify_signatures(data)
    assert verdict.passed == is_allowed
    assert any("sum was filled in" in finding.message for finding in verdict.findings)


@pytest.mark.parametrize("fields", [["sum"], ["other"]])
def test_a_locked_field_is_not_filled_in(fields):
    lock = FieldMDPSpec(FieldMDPAction.INCLUDE, fields=fields)
    form = file_with_form(certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
    spec = SigFieldSpec("B", field_mdp_spec=lock, doc_mdp_update_value=MDPPerm.FILL_FORMS)
    writer, out = IncrementalPdfFileWriter(BytesIO(form)), BytesIO()
    append_signature_field(writer, spec)
    writer.write(out)
    data = filled(office().sign(out.getvalue(), "B"))
    assert [bool(change) for change in changes(data)] == [False, fields == ["sum"]]


def test_filling_in_moves_nothing_and_shares_nothing():
    data = file_with_form(certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
    body = body_of(filled(data), 6)
    moved = body.replace(b"[ 200 20 280 40 ]", b"[0 0 300 300]")
    acting = body.replace(b"/F 4", b"/F 4 /AA<<>>")
    foreign = body.replace(b"/N %d 0 R" % size_of(data), b"/N 4 0 R")
    for changed in (moved, acting, foreign):
        assert changed != body
        assert changes(in_table(data, {6: changed, size_of(data): OTHER_SHAPE}))[0]


@pytest.mark.parametrize(
    ("options", "box", "found"),
    [
        ({}, BLANK, ""),
        ({}, PRINTED, "drawn over a page"),
        ({"certify": True, "docmdp_permissions": MDPPerm.FILL_FORMS}, BLANK, "did not have"),
        ({"certify": True, "docmdp_permissions": MDPPerm.ANNOTATE}, BLANK, ""),
    ],
)
def test_a_signature_in_a_new_field_covers_nothing_and_is_named(options, box, found):
    """Nobody who signed before has signed what it shows."""
    new = office().sign(signed_file(**options), "B", box=box)
    change, *_ = changes(new)
    assert (found in change) if found else not change
    findings = verify_signatures(new).findings
    warned = [item.message for item in findings if item.severity is Severity.WARNING]
    note = "the later signature B is seen on page 1, where the page was blank"
    assert sum(message.startswith(note) for message in warned) == (not found)


def test_a_visible_field_without_a_signature_is_found():
    empty = updated_with_field(signed_file(), BLANK)
    assert "holds no signature" in changes(empty)[0]


def updated_with_field(data, box):
    writer, out = IncrementalPdfFileWriter(BytesIO(data)), BytesIO()
    append_signature_field(writer, SigFieldSpec("B", box=box))
    writer.write(out)
    return out.getvalue()


def test_an_unseen_field_may_be_added_before_it_is_signed():
    """Some programs add the field in one update and sign it in the next one."""
    empty = updated_with_field(signed_file(), None)
    assert "holds no signature" in changes(empty)[0]
    assert is_clean(office().sign(empty, "B"))


def test_a_field_may_be_listed_in_front():
    """Some programs list the newest field first; none may be missing."""
    data = signed_file()
    field = b"<</FT/Sig/T(B)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/P 3 0 R>>"
    form, new = form_of(data), size_of(data)
    old = b"/Fields [ %d 0 R ]" % (form + 1)
    body = body_of(data, form)
    assert old in body
    first = in_table(data, {form: body.replace(b"[ ", b"[%d 0 R " % new), new: field})
    assert is_clean(office().sign(first, "B"))
    without = in_table(data, {form: body.replace(old, b"/Fields[%d 0 R]" % new), new: field})
    assert "removed" in " ".join(changes(office().sign(without, "B")))


def form_of(data):
    reader = PdfFileReader(BytesIO(data), strict=False)
    return reader.root.raw_get("/AcroForm").idnum
