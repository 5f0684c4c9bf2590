"""Elements of the structure tree for signatures, and other objects that signing programs add or leave behind."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from tests.pdf.raw_file import raw_stream
from tests.signing.authority import CertificateAuthority, new_key
from tests.verify.signatures.updates import (
    body_of,
    changes,
    in_table,
    is_clean,
    root_of,
    signed_file,
    size_of,
)

TREE = (
    b"<</Type/StructTreeRoot/K[7 0 R]/ParentTree 9 0 R/ParentTreeNextKey 1>>",
    b"<</Type/StructElem/S/Document/P 6 0 R/K[8 0 R]>>",
    b"<</Type/StructElem/S/P/P 7 0 R/Pg 3 0 R/K 0>>",
    b"<</Nums[0 10 0 R]>>",
    b"[8 0 R]",
)
WIDGET = b"<</FT/Sig/T(B)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/P 3 0 R/StructParent 1%b>>"
FORM = b"<</Type/StructElem/S/Form/P 7 0 R/Pg 3 0 R/K<</Type/OBJR/Obj %d 0 R>>>>"


def tagged_file():
    return signed_file(b"/StructParents 0/Tabs/S", *TREE, root=b"/StructTreeRoot 6 0 R")


def with_element(
    data, element=FORM, *, tree=b"/Nums[0 10 0 R 1 %d 0 R]", document=b"", number=b"2"
):
    """Append a signature field, its element and its place in the tree, as iText writes them."""
    new = size_of(data)
    field, form, nodes = new, new + 1, new + 2
    value = sorted(set(range(11, new)) - {root_of(data)})
    signature = next(item for item in value if b"/ByteRange" in body_of(data, item))
    page = body_of(data, 3)
    form_number = next(item for item in value if b"/Fields" in body_of(data, item))
    fields = body_of(data, form_number).replace(b" ]", b" %d 0 R ]" % field)
    return in_table(
        data,
        {
            3: page.replace(b" ]", b" %d 0 R ]" % field) if b"/Annots" in page else page,
            6: TREE[0].replace(b"9 0 R", b"%d 0 R" % nodes).replace(b"Key 1", b"Key " + number),
            7: document or TREE[1].replace(b"8 0 R", b"8 0 R %d 0 R" % form),
            form_number: fields,
            field: WIDGET % (b"/V %d 0 R" % (new + 3)),
            form: element % field if b"%d" in element else element,
            nodes: b"<<" + (tree % form if b"%d" in tree else tree) + b">>",
            new + 3: body_of(data, signature),
        },
    )


def test_a_tagged_file_gets_an_element_for_the_signature():
    found = changes(with_element(tagged_file()))
    assert not any("StructTreeRoot" in item or "changed" in item for item in found[:-1]), found
    assert found[0] == ""


@pytest.mark.parametrize(
    "options",
    [
        {"element": FORM.replace(b"/S/Form", b"/S/P")},
        {"element": FORM.replace(b"/Pg 3", b"/ActualText(words)/Pg 3")},
        {"element": FORM.replace(b"/K<<", b"/K[0<<").replace(b">>>>", b">>]>>")},
        {"element": FORM.replace(b"%d", b"3")},
        {"element": FORM.replace(b"/P 7 0 R", b"/P 8 0 R")},
        {"tree": b"/Nums[1 %d 0 R]"},
        {"tree": b"/Nums[0 8 0 R 1 %d 0 R]"},
        {"tree": b"/Nums[0 10 0 R 1 8 0 R]"},
        {"document": b"<</Type/StructElem/S/Document/P 6 0 R/K[]>>"},
        {"document": b"<</Type/StructElem/S/Document/P 6 0 R/K[8 0 R]/Lang(en)>>"},
        {"number": b"0"},
    ],
)
def test_a_structure_tree_gets_nothing_else(options):
    found = changes(with_element(tagged_file(), **options))
    assert "changed" in found[0] or "no signature needs it" in found[0], found


def test_usage_rights_are_no_signature_without_a_field():
    """They switch on functions of a program (ISO 32000-1, 12.8.2.3)."""
    signature = b"<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>/Filter/Adobe.PPKLite>>"
    data = signed_file(root=b"/Perms<</UR3 " + signature + b">>")
    assert is_clean(data)
    lost = signed_file(b"", signature)
    assert changes(lost)[0] == "there is a signature that no field refers to"


def test_fonts_and_widgets_that_nothing_uses_are_inert():
    data = signed_file()
    new = size_of(data)
    widget = b"<</Subtype/Widget/Rect[0 0 9 9]/P 3 0 R/F 4%b>>"
    for body, is_inert in (
        (b"<</Type/Font>>", True),
        (widget % b"", True),
        (widget % b"/AA<<>>", False),
        (b"<</Type/Font/FontDescriptor 4 0 R>>", False),
        (b"<</Type/Page>>", False),
    ):
        assert is_clean(in_table(data, {new: body})) == is_inert, body


def test_validation_data_with_unusual_extensions_are_validation_data():
    """Some authorities put a number that is no DER into the nonce of their responses."""
    authority = CertificateAuthority("测试根证书")
    certificate = authority.issue("某县办公室", new_key("rsa2048", "某县办公室"))
    now = datetime.now(UTC)
    response = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            certificate, authority.certificate, SHA256(), ocsp.OCSPCertStatus.GOOD,
            now, now + timedelta(days=1), None, None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.NAME, authority.certificate)
        .add_extension(
            x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.48.1.2"), b"\x09\x99"),
            critical=False,
        )
        .sign(authority.key, SHA256())
        .public_bytes(Encoding.DER)
    )  # fmt: skip
    data = signed_file()
    new, root = size_of(data), root_of(data)
    catalogue = body_of(data, root)[:-2] + b"/DSS<</OCSPs[%d 0 R]>>>>" % new
    assert is_clean(in_table(data, {root: catalogue, new: raw_stream(response)}))
    for junk in (response + b"MZ", b"MZ", response[:-1]):
        found = changes(in_table(data, {root: catalogue, new: raw_stream(junk)}))
        assert "something other than validation data" in found[0]
