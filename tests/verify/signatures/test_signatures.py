"""Signatures are verified offline; changes, additions, removals and missing trust are found and reported."""

import asyncio
import io
import json
import os
import random
import re
import shutil
import socket
import zlib
from datetime import timedelta

import pytest
from asn1crypto import crl, ocsp
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import ocsp as x509ocsp
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult
from pyhanko.sign.fields import (
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
)
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from publisher.cli.main import main
from publisher.errors import SigningError, UsageError
from publisher.model import Severity
from publisher.pdf.document import read_pdf
from publisher.profiles import PROFILES
from publisher.system import signing_extra
from publisher.verify.declared_standards import declared_standards
from publisher.verify.signatures.signed_publications import (
    recorded_revision_finding,
    unsigned_revision,
)
from publisher.verify.signatures.trust import (
    SIGNING_USAGE,
    PathValidationData,
    Revocation,
    verify_certificate,
)
from publisher.verify.signatures.validation import (
    UNSIGNED,
    load_trust_anchors,
    read_signatures,
    verify_signatures,
)
from tests.signing.authority import (
    DAY,
    NOW,
    Authority,
    CertificateAuthority,
    der,
    pem,
    sign,
)

pytestmark = pytest.mark.typeset
FULL = bool(os.environ.get("PUBLISHER_FULL"))
LEVELS = ["B-B", "B-T", "B-LTA"]


@pytest.fixture(scope="session")
def pdf(small_publications):
    return (small_publications["archive"] / "report.pdf").read_bytes()


@pytest.fixture(scope="session")
def signed_files(pdf, authority):
    """The publication signed at each level."""
    return {level: sign(pdf, authority, level) for level in LEVELS}


@pytest.fixture
def recorded_sha256(pdf, small_publications):
    """The SHA-256 digest in the record."""
    path = small_publications["archive"] / "report.record.json"
    return json.loads(path.read_text(encoding="utf-8"))["pdf"]["sha256"]


class Update(IncrementalPdfFileWriter):
    """An incremental update that leaves the metadata unchanged."""

    def _update_meta(self):
        pass


def updated(data, change):
    """Return a file with an incremental update."""
    writer = Update(io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def errors(data, trust_anchors=()):
    verdict = verify_signatures(data, trust_anchors)
    messages = [
        finding.message for finding in verdict.findings if finding.severity is Severity.ERROR
    ]
    assert verdict.passed == (not messages)
    return messages


def test_a_file_without_signatures_gets_one_note(pdf):
    verdict = verify_signatures(pdf)
    assert verdict.passed
    assert verdict.profile == UNSIGNED
    assert [finding.severity for finding in verdict.findings] == [Severity.NOTE]


@pytest.mark.parametrize("level", LEVELS)
def test_the_note_on_a_valid_signature(level, signed_files, authority):
    verdict = verify_signatures(signed_files[level], [authority.root()])
    assert verdict.passed
    assert {finding.severity for finding in verdict.findings} == {Severity.NOTE}
    message = verdict.findings[0].message
    assert f"某市人民政府): intact, level {level}, signing time 20" in message
    assert ("time-stamped" in message) == (level != "B-B")
    assert ("covers the whole file" in message) == (level != "B-LTA")
    assert ("was not revoked, according to the file" in message) == (level == "B-LTA")


def test_without_trust_anchors_trust_is_not_verified(signed_files):
    verdict = verify_signatures(signed_files["B-LTA"])
    assert verdict.passed
    (warning,) = [finding for finding in verdict.findings if finding.severity is Severity.WARNING]
    assert warning.message == "intact, but trust in 某市人民政府 was not verified"
    assert "--trust-anchor" in warning.hint


@pytest.mark.parametrize("name", ["另一根证书", "测试根证书"])
@pytest.mark.parametrize("level", LEVELS)
def test_a_foreign_trust_anchor_fails(name, level, signed_files):
    messages = errors(signed_files[level], [CertificateAuthority(name, "http://x").root()])
    assert any("does not chain to a trust anchor" in message for message in messages), messages


def covered_offsets(data):
    """Return the offsets of the bytes that every signature covers."""
    ranges = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", data)
    gaps = [(int(first), int(second)) for _, first, second, _ in ranges]
    return [
        offset
        for offset in range(len(data))
        if not any(start <= offset < end for start, end in gaps)
    ]


@pytest.mark.parametrize("level", LEVELS)
def test_every_altered_byte_is_found(level, signed_files):
    data, dice = signed_files[level], random.Random(level)  # noqa: S311 - no secret
    covered = covered_offsets(data)
    near_end = [offset for offset in covered if offset > len(data) - 30_000]
    count = 1000 if FULL else 25
    for offset in dice.sample(covered, count) + dice.sample(near_end, count):
        changed = bytearray(data)
        changed[offset] ^= 1 << dice.randrange(8)
        assert not verify_signatures(bytes(changed)).passed, offset


def test_every_altered_byte_that_signing_added_is_found(signed_files, pdf):
    if not FULL:
        pytest.skip("PUBLISHER_FULL=1 alters each byte")
    for data in signed_files.values():
        for offset in covered_offsets(data):
            if offset > len(pdf):
                changed = bytearray(data)
                changed[offset] ^= 0x20
                assert not verify_signatures(bytes(changed)).passed, offset


def change_contents(writer):
    page = writer.find_page_for_modification(0)[0].get_object()
    contents = page.raw_get("/Contents")
    stream = generic.StreamObject(stream_data=b"BT ET")
    writer.objects[(0, contents.idnum)] = stream


def change_page(writer):
    page = writer.find_page_for_modification(1)[0].get_object()
    page["/Rotate"] = generic.NumberObject(90)
    writer.update_container(page)


def add_annotation(writer):
    page = writer.find_page_for_modification(0)[0]
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 9, 9))),
        }
    )
    writer.register_annotation(page, writer.add_object(note))


def change_metadata(writer):
    reference = writer.root.raw_get("/Metadata")
    writer.objects[(0, reference.idnum)] = generic.StreamObject(stream_data=b"<x/>")


def change_catalogue(writer):
    writer.root["/OpenAction"] = writer.add_object(generic.DictionaryObject())
    writer.update_root()


def add_orphan(writer):
    writer.add_object(generic.DictionaryObject({generic.pdf_name("/A"): generic.NumberObject(1)}))


def add_empty_field(writer):
    append_signature_field(writer, SigFieldSpec(sig_field_name="Empty"))


def add_action(writer):
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field["/AA"] = generic.DictionaryObject()
    writer.update_container(field)


def strip_value(writer):
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    del field["/V"]
    writer.update_container(field)


def strip_field(writer):
    fields = writer.root["/AcroForm"]["/Fields"]
    del fields[0]
    writer.update_container(fields)


def strip_form(writer):
    del writer.root["/AcroForm"]
    writer.update_root()


def replace_value(writer):
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field["/V"] = writer.add_object(generic.DictionaryObject(field["/V"]))
    writer.update_container(field)


def add_key_to_dss(writer):
    store = generic.DictionaryObject({generic.pdf_name("/JS"): generic.NumberObject(1)})
    writer.root["/DSS"] = writer.add_object(store)
    writer.update_root()


def use_as_dss(find):
    """Return a change that replaces another object of the file by the DSS."""

    def change(writer):
        reference = find(writer)
        store = generic.DictionaryObject({generic.pdf_name("/Certs"): generic.ArrayObject()})
        writer.objects[(0, reference.idnum)] = store
        writer.root["/DSS"] = generic.IndirectObject(reference.idnum, 0, writer)
        writer.update_root()

    return change


def use_outlines_as_form(writer):
    reference = writer.root.raw_get("/Outlines")
    form = generic.DictionaryObject(writer.root["/AcroForm"])
    writer.objects[(0, reference.idnum)] = form
    writer.root["/AcroForm"] = reference
    writer.update_root()


def use_name_tree_as_crl_list(writer):
    """The name tree of the embedded files becomes the list of CRLs in the DSS."""
    tree = writer.root["/Names"].raw_get("/EmbeddedFiles")
    writer.objects[(0, tree.idnum)] = generic.ArrayObject()
    store = generic.DictionaryObject({generic.pdf_name("/CRLs"): tree})
    writer.root["/DSS"] = writer.add_object(store)
    writer.update_root()


def use_name_tree_as_annotations(writer):
    """The name tree of the embedded files becomes the annotations of the page of a new field."""
    page = writer.find_page_for_modification(1)[0]
    tree = writer.root["/Names"].raw_get("/EmbeddedFiles")
    field = generic.DictionaryObject(writer.root["/AcroForm"]["/Fields"][0].get_object())
    field["/T"], field["/P"] = generic.pdf_string("X"), page
    field["/V"] = writer.add_object(generic.DictionaryObject(field["/V"]))
    widget = writer.add_object(field)
    writer.root["/AcroForm"]["/Fields"].append(widget)
    writer.update_container(writer.root["/AcroForm"]["/Fields"])
    old = page.get_object()["/Annots"]
    writer.objects[(0, tree.idnum)] = generic.ArrayObject([*old, widget])
    page.get_object()["/Annots"] = tree
    writer.update_container(page.get_object())


def change_info(writer):
    info = writer.trailer["/Info"]
    info["/Title"] = generic.pdf_string("x")
    writer.update_container(info)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (change_contents, "the contents of page 1 were changed"),
        (change_page, "page 2 was changed"),
        (add_annotation, "page 1 was changed"),
        (change_metadata, "the metadata were changed"),
        (change_catalogue, "OpenAction was changed"),
        (change_info, "was changed"),
        (add_orphan, "but no signature needs it"),
        (add_empty_field, "a field was added that holds no signature"),
        (add_action, "was changed"),
        (strip_value, "the signature Signature1 was removed"),
        (strip_field, "the signature Signature1 was removed"),
        (strip_form, "the signature Signature1 was removed"),
        (replace_value, "was replaced"),
        (add_key_to_dss, "something other than validation data"),
        (use_as_dss(lambda writer: writer.find_page_for_modification(0)[0]), "page 1 was changed"),
        (use_as_dss(lambda writer: writer.root.raw_get("/Metadata")), "the metadata were changed"),
        (use_outlines_as_form, "was changed"),
        (use_name_tree_as_crl_list, "was changed"),
        (use_name_tree_as_annotations, "was changed"),
    ],
)
@pytest.mark.parametrize("level", ["B-B", "B-LTA"])
def test_a_change_after_signing_is_reported(change, words, level, signed_files, recorded_sha256):
    data = updated(signed_files[level], change)
    assert words in "; ".join(errors(data)), errors(data)
    finding = recorded_revision_finding(data, recorded_sha256)
    assert finding.severity is Severity.ERROR


def test_a_visible_later_signature_is_reported(signed_files, authority, monkeypatch):
    monkeypatch.setattr(
        "publisher.signing.incremental_update.SigFieldSpec",
        lambda **options: SigFieldSpec(**options, box=(0, 0, 600, 800)),
    )
    monkeypatch.setattr("publisher.signing._require_valid", lambda *_: None)
    data = sign(signed_files["B-B"], authority, name="第二人")
    assert "drawn over a page" in "; ".join(errors(data))


@pytest.mark.parametrize("level", LEVELS)
def test_bytes_after_the_end_are_found(level, signed_files, recorded_sha256):
    data = signed_files[level]
    end = data[data.rindex(b"startxref") :]
    for more in (
        b"words",
        b"% words\n" + end,
        b"\n" * 9 + b"%%EOF",
        b"1 0 obj\nnull\nendobj\n" + end,
    ):
        assert errors(data + more), more
        assert recorded_revision_finding(data + more, recorded_sha256).severity is Severity.ERROR


@pytest.mark.parametrize("level", LEVELS)
def test_a_removed_signature_value_is_found(level, signed_files, pdf):
    data = signed_files[level]
    for value in re.findall(rb"/Contents <([0-9a-f]{100,})>", data):
        for replacement in (
            b"0" * len(value),
            value[:200] + b"0" * (len(value) - 200),
            value[::-1],
        ):
            assert errors(data.replace(value, replacement))
    first = data.index(b"%%EOF", len(pdf)) + 6
    old = data[:first] + pdf[pdf.rindex(b"startxref") :]  # without the form
    assert "there is a signature that no field refers to" in errors(old)


def test_a_changed_key_that_hides_the_form_is_found(signed_files):
    for name in (b"/AcroForm", b"/Fields", b"/ByteRange", b"/SubFilter", b"/FT"):
        data = signed_files["B-B"]
        offset = data.rindex(name)
        assert errors(data[:offset] + b"/X" + data[offset + 2 :]), name


def test_a_second_signature_is_allowed(signed_files, authority, pdf, recorded_sha256):
    for level in LEVELS:
        data = sign(signed_files[level], authority, "B-T", name="第二人")
        signatures = read_signatures(data, [authority.root()]).signatures
        assert [item.signer for item in signatures if not item.is_document_timestamp] == [
            "某市人民政府",
            "第二人",
        ]
        assert all(item.intact and not item.disallowed_change for item in signatures)
        assert not errors(data, [authority.root()])
        assert recorded_revision_finding(data, recorded_sha256).severity is Severity.NOTE
        assert unsigned_revision(data, recorded_sha256) == pdf


def test_an_archive_signature_can_be_time_stamped_again(signed_files, authority):
    data = sign(signed_files["B-LTA"], authority, "B-LTA", name="第二人")
    assert [signature.level for signature in read_signatures(data).signatures] == [
        "B-LTA",
        "",
        "B-LTA",
        "",
    ]
    assert not errors(data, [authority.root()])


@pytest.mark.parametrize("level", LEVELS)
def test_pyhanko_gives_the_same_result(level, signed_files, authority):
    """Its own validation, with its own analysis of what was added, finds the same."""
    reader = PdfFileReader(io.BytesIO(signed_files[level]))
    context = ValidationContext(trust_roots=[authority.root()])
    status = asyncio.run(
        async_validate_pdf_signature(
            reader.embedded_regular_signatures[0],
            context,
            key_usage_settings=KeyUsageConstraints(key_usage={"digital_signature"}),
        )
    )
    assert status.bottom_line
    assert isinstance(DEFAULT_DIFF_POLICY.review_file(reader, 1), DiffResult)


@pytest.mark.parametrize(
    ("level", "days", "trusted"),
    [
        ("B-B", 50, True),
        ("B-B", 150, False),  # the signer's certificate has expired, and nothing proves when it was
        ("B-T", 150, True),  # the authority's certificate has not
        ("B-T", 250, False),
        ("B-LTA", 150, True),
        ("B-LTA", 250, False),
    ],
)
def test_expired_certificates(level, days, trusted, signed_files, authority):
    verdict = verify_signatures(signed_files[level], [authority.root()], NOW + days * DAY)
    assert verdict.passed == trusted
    if not trusted:
        assert any("had expired" in finding.message for finding in verdict.findings)


def test_a_certificate_that_is_not_yet_valid(signed_files, authority):
    verdict = verify_signatures(signed_files["B-B"], [authority.root()], NOW - 20 * DAY)
    assert any("not yet valid" in finding.message for finding in verdict.findings)


def test_revocation_as_embedded():
    with Authority("撤销根证书") as authority:
        from asn1crypto import x509

        signer = x509.Certificate.load(der(authority.signer))
        roots = (authority.root(),)
        later = NOW + timedelta(hours=1)
        assert verify_certificate(
            signer, PathValidationData(trust_anchors=roots), later, SIGNING_USAGE
        ).revocation is (Revocation.UNKNOWN)
        good = crl.CertificateList.load(der(authority.crl()))
        authority.revoked = [authority.signer]
        bad = crl.CertificateList.load(der(authority.crl()))
    trust = verify_certificate(
        signer, PathValidationData(trust_anchors=roots, crls=(good,)), later, SIGNING_USAGE
    )
    assert (trust.problem, trust.revocation) == ("", Revocation.GOOD)
    trust = verify_certificate(
        signer, PathValidationData(trust_anchors=roots, crls=(bad,)), later, SIGNING_USAGE
    )
    assert trust.revocation is Revocation.REVOKED
    assert "was revoked" in trust.problem


def test_a_record_describes_the_unsigned_file(signed_files, recorded_sha256, pdf):
    assert recorded_revision_finding(pdf, "0" * 64) is None
    for data in signed_files.values():
        assert unsigned_revision(data, recorded_sha256) == pdf
        assert recorded_revision_finding(data, recorded_sha256).severity is Severity.NOTE
        assert recorded_revision_finding(data, "0" * 64) is None
    assert unsigned_revision(b"x" + pdf, recorded_sha256) is None
    assert (
        "no signature"
        in recorded_revision_finding(updated(pdf, add_orphan), recorded_sha256).message
    )


def test_a_signature_on_a_changed_file_is_not_that_of_the_record(pdf, authority, recorded_sha256):
    """The signed update follows another revision than the recorded file."""
    other = updated(pdf, change_page)
    data = sign(other, authority)
    finding = recorded_revision_finding(data, recorded_sha256)
    assert finding.severity is Severity.ERROR
    assert "page 2 was changed" in finding.message
    assert not errors(data)  # the signature itself is good


@pytest.fixture
def folder(small_publications, tmp_path):
    return shutil.copytree(small_publications["archive"], tmp_path / "out")


@pytest.fixture
def offline(monkeypatch):
    """Fail a test that opens a connection."""

    def refuse(*_):
        raise AssertionError("a connection was opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("level", LEVELS)
def test_verify_passes_signed_files_offline(
    level, folder, signed_files, authority, tmp_path, capsys
):
    path = folder / "report.pdf"
    path.write_bytes(signed_files[level])
    (tmp_path / "root.pem").write_bytes(pem(authority.certificate))
    authority.requests.clear()
    assert main(["verify", str(path), "-v", "--trust-anchor", str(tmp_path / "root.pem")]) == 0
    out, err = capsys.readouterr()
    assert "provenance passed" in out
    assert "signatures passed" in out
    assert "the file is the recorded one with signatures added" in err
    assert authority.requests == []


@pytest.mark.parametrize(
    ("change", "words"), [(change_contents, "contents of page 1"), (strip_form, "was removed")]
)
def test_verify_fails_tampered_files(change, words, folder, signed_files, capsys):
    path = folder / "report.pdf"
    path.write_bytes(updated(signed_files["B-T"], change))
    assert main(["verify", str(path)]) == 40
    out, err = capsys.readouterr()
    assert "signatures FAILED" in out
    assert "provenance FAILED" in out
    assert words in err


def test_verify_fails_an_altered_byte(folder, signed_files, capsys):
    data = bytearray(signed_files["B-B"])
    data[-20] ^= 1
    (folder / "report.pdf").write_bytes(data)
    assert main(["verify", str(folder / "report.pdf")]) == 40
    assert "Traceback" not in capsys.readouterr().err


def test_a_volume_can_be_signed(folder, authority, capsys):
    path = folder / "volume.pdf"
    assert main(["volume", str(folder)]) == 0
    path.write_bytes(sign(path.read_bytes(), authority, "B-LTA"))
    assert main(["verify", str(path)]) == 0
    assert "volume passed" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [None, b"", b"words", b"-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----\n"],
)
def test_trust_anchors_that_cannot_be_read(content, folder, tmp_path):
    path = tmp_path / "root.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        load_trust_anchors([path])
    assert str(path) in str(caught.value)
    assert main(["verify", str(folder / "report.pdf"), "--trust-anchor", str(path)]) == 2


def test_without_the_extra_no_signed_file_passes(folder, signed_files, monkeypatch, capsys):
    monkeypatch.setattr(signing_extra, "is_installed", lambda: False)
    monkeypatch.setattr(  # in this process, which has what is replaced
        "publisher.cli.commands.verify.judge_each",
        lambda function, tasks: ((task, function(task)) for task in tasks),
    )
    path = folder / "report.pdf"
    assert main(["verify", str(path)]) == 0  # no signature, nothing to read
    path.write_bytes(signed_files["B-B"])
    assert main(["verify", str(path)]) == 40
    out, err = capsys.readouterr()
    assert "signatures FAILED" in out
    assert "which were not verified" in err
    assert 'pip install "gongwen-publisher[sign]"' in err


def test_no_damage_raises(signed_files):
    dice = random.Random(7)  # noqa: S311 - no secret
    for _ in range(500 if FULL else 20):
        data = bytearray(signed_files["B-LTA"])
        for _ in range(dice.randrange(1, 9)):
            offset = dice.randrange(len(data) - 25_000, len(data))
            data[offset : offset + dice.randrange(40)] = dice.randbytes(dice.randrange(40))
        verify_signatures(bytes(data))
    for data in (b"", b"/ByteRange", b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF\n"):
        verify_signatures(data)


@pytest.mark.parametrize("profile", ["archive", "archive-2"])
@pytest.mark.parametrize("level", ["B-B", "B-LTA"])
@pytest.mark.parametrize("more", [b" ", b"\n", b"\r\n", b"\t \n", b"\0"])
def test_no_white_space_may_follow_the_end(more, level, profile, small_publications, authority):
    data = sign((small_publications[profile] / "report.pdf").read_bytes(), authority, level)
    assert not read_signatures(data).problems
    assert "after the end of the file" in read_signatures(data + more).problems[0]


def small_pdf(objects, *, table=False):
    """Return a file with these objects; the first is its catalogue."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    end, size = len(out), len(objects) + 1
    trailer = b"/Root 1 0 R /ID [<00> <00>]"
    if table:
        lines = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, lines)
        out += b"trailer\n<< /Size %d %b >>\n" % (size, trailer)
    else:
        out += xref_stream(
            size, [(0, 0, 65535), *((1, offset, 0) for offset in (*offsets, end))], trailer
        )
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % end)


def xref_stream(number, entries, trailer):
    data = b"".join(
        kind.to_bytes(1) + offset.to_bytes(8) + generation.to_bytes(2)
        for kind, offset, generation in entries
    )
    return (
        b"%d 0 obj\n<< /Type /XRef /W [1 8 2] /Size %d /Length %d %b >>\nstream\n%b\nendstream\nendobj\n"
        % (number, number + 1, len(data), trailer, data)
    )


def stream(data, entries=b""):
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def appended(data, objects, *, table=False, twice=(), junk=b"", trailer=b""):
    """Return a file with an update; ``twice`` has additional entries for the cross-references."""
    reader = PdfFileReader(io.BytesIO(data))
    size = max(int(reader.trailer["/Size"]), *(number + 1 for number in objects))
    out, entries = bytearray(data + junk), []
    for number, body in objects.items():
        entries.append((number, len(out)))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    end, last = len(out), int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    for key in ("/Root", "/Info", "/ID"):
        if key in reader.trailer:
            value = io.BytesIO()
            reader.trailer.raw_get(key).write_to_stream(value, None)
            trailer += b" %b %b" % (key.encode(), value.getvalue())
    trailer += b" /Prev %d" % last
    if table:
        lines = b"".join(b"%d 1\n%010d 00000 n \n" % entry for entry in [*sorted(entries), *twice])
        out += b"xref\n%btrailer\n<< /Size %d %b >>\n" % (lines, size, trailer)
    else:
        entries = [*sorted([*entries, (size, end)]), *twice]
        index = b" ".join(b"%d 1" % number for number, _ in entries)
        rows = [(1, offset, 0) for _, offset in entries]
        out += xref_stream(size, rows, trailer + b" /Index [%b]" % index)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % end)


PAGES = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
SQUARE = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"


def page_of(resources, contents=b"4 0 R"):
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << %b >> /Contents %b >>"
        % (resources, contents)
    )


def small_signed(authority, catalogue=b"", page=None, more=(), level="B-B", **options):
    """Sign a small file; its page is object 3, its contents object 4, followed by ``more``."""
    root = b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalogue
    page = page or page_of(b"")
    return sign(
        small_pdf([root, PAGES, page, stream(b"/X Do"), *more], **options), authority, level
    )


def catalogue_of(data, more):
    """Return the number of a file's catalogue, and the catalogue with more entries."""
    root = PdfFileReader(io.BytesIO(data)).root
    out = io.BytesIO()
    root.write_to_stream(out, None)
    return root.container_ref.idnum, out.getvalue().strip().removesuffix(b">>") + more + b" >>"


def new_number(data):
    return int(PdfFileReader(io.BytesIO(data)).trailer["/Size"])


@pytest.mark.parametrize("table", [False, True])
@pytest.mark.parametrize("base_table", [False, True])
def test_a_regular_update_passes(base_table, table, authority):
    data = small_signed(authority, table=base_table)
    number, root = catalogue_of(data, b"/DSS << /Certs [%d 0 R] >>" % new_number(data))
    certificate = stream(authority.root().dump())
    regular = appended(data, {number: root, new_number(data): certificate}, table=table)
    assert not errors(regular)
    assert errors(regular + b"\n") == ["there are bytes after the end of the file"]


def test_signing_keeps_the_form_of_cross_references(authority):
    data = small_signed(authority, table=True, level="B-LTA")
    again = sign(data, authority, "B-LTA", name="第二人")
    assert again.count(b"\nxref\n") == 5
    assert not errors(again, [authority.root()])


@pytest.mark.parametrize(("table", "more"), [(True, False), (True, True), (False, False)])
def test_an_object_listed_twice_is_found(table, more, authority):
    """Some programs use the first entry, others the last."""
    data = small_signed(authority)
    number, root = catalogue_of(data, b"/DSS << /Certs [] >>")
    old = data.index(b"\n4 0 obj") + 1
    changed = appended(
        data, {number: root, 4: stream(b"0 0 9 9 re f")}, table=table, twice=[(4, old)]
    )
    if more:
        changed = appended(changed, {number: root})
    messages = errors(changed)
    assert messages
    if table:  # pyHanko refuses such a stream
        assert "are not written as signing writes them" in messages[0]


def test_an_entry_with_a_wrong_offset_is_found(authority):
    data = small_signed(authority)
    number, root = catalogue_of(data, b"/DSS << /Certs [] >>")
    for offset in (data.index(b"4 0 obj"), len(data) + 1, 0):
        assert errors(appended(data, {number: root}, table=True, twice=[(4, offset)])), offset


@pytest.mark.parametrize("key", [b"VRI", b"Certs"])
def test_an_object_of_the_dss_and_of_a_page_may_not_change(key, authority):
    names, old = {
        b"VRI": (b"<< /X 6 0 R >>", b"/XObject 5 0 R"),
        b"Certs": (b"[6 0 R]", b"/A 5 0 R"),
    }[key]
    square = b"<< /Cert [] >>" if key == b"VRI" else stream(authority.root().dump())
    data = small_signed(authority, b"/DSS << /%b 5 0 R >>" % key, page_of(old), [names, square])
    new = new_number(data)
    added = b"<< /X 6 0 R /Y %d 0 R >>" if key == b"VRI" else b"[6 0 R %d 0 R]"
    body = square
    changed = appended(data, {5: added % new, new: body})
    assert "object 5 was changed" in errors(changed)[0]


@pytest.mark.parametrize("after", [b"<< /X 6 0 R >>", b"<< >>", b"<< /Y 5 0 R >>"])
def test_validation_data_may_only_be_added(after, authority):
    store = b"/DSS << /VRI 7 0 R >>"
    certificate = stream(authority.root().dump())
    entries = [b"<< /Cert [8 0 R] >>", b"<< /CRL [] >>", b"<< /X 5 0 R >>", certificate]
    data = small_signed(authority, store, more=entries)
    assert not errors(data)
    assert not errors(appended(data, {7: b"<< /X << /Cert [8 0 R] /CRL [] >> >>"}))
    assert "an entry of the DSS was removed" in errors(appended(data, {7: after}))[0]


@pytest.mark.parametrize("number", [500, 6])
def test_a_number_that_was_referred_to_may_not_be_defined_later(number, authority):
    """The page refers to an undefined object, which an update defines."""
    data = small_signed(authority, page=page_of(b"", b"[4 0 R %d 0 R]" % 500), more=[b"null"])
    root, catalogue = catalogue_of(data, b"/DSS << /Certs [%d 0 R] >>" % number)
    changed = appended(data, {root: catalogue, number: stream(authority.root().dump())})
    assert errors(changed)
    if number == 500:
        assert "but the file already used its number" in errors(changed)[0]


@pytest.mark.parametrize("table", [False, True])
@pytest.mark.parametrize("junk", [b"%PDF-junk\n", b"9 0 obj\nnull\nendobj\n", b"MZ\0\0\n"])
def test_bytes_between_objects_are_found(junk, table, authority):
    data = small_signed(authority)
    number, root = catalogue_of(data, b"/DSS << /Certs [] >>")
    assert errors(appended(data, {number: root}, junk=junk, table=table))
    for before in (b"endobj\n", b"\nendobj", b"startxref"):
        update = appended(data, {number: root}, table=True)
        offset = update.rindex(before)
        comment = b"%" + junk.replace(b"\n", b" ") + b"\n"
        assert errors(update[:offset] + comment + update[offset:]), before
    assert errors(appended(data, {number: root}, table=table, trailer=b"/Junk (MZ)"))


@pytest.mark.parametrize(
    "store",
    [
        b"/DSS << /VRI << /a %d 0 R >> >>",
        b"/DSS << /VRI << /a << /Cert [%d 0 R] >> >> >>",
        b"/DSS << /VRI << /a << /TS %d 0 R >> >> >>",
        b"/DSS << /VRI << /a << /Other %d 0 R >> >> >>",
        b"/DSS << /Certs [%d 0 R] >>",
        b"/DSS << /CRLs [%d 0 R] >>",
        b"/DSS << /OCSPs [%d 0 R] >>",
    ],
)
@pytest.mark.parametrize("kind", ["junk", "longer"])
def test_junk_in_the_dss_is_found(kind, store, authority):
    data = small_signed(authority)
    value = b"MZ" * 999 if kind == "junk" else authority.root().dump() + b"MZ"
    number, root = catalogue_of(data, store % new_number(data))
    changed = appended(data, {number: root, new_number(data): stream(value)})
    assert "contains something other than validation data" in errors(changed)[0]


def test_junk_after_compressed_data_is_found(authority):
    data = small_signed(authority)
    number, root = catalogue_of(data, b"/DSS << /Certs [%d 0 R] >>" % new_number(data))
    compressed = zlib.compress(authority.root().dump())
    for more in (b"", b"MZ"):
        added = stream(compressed + more, b"/Filter /FlateDecode")
        messages = errors(appended(data, {number: root, new_number(data): added}))
        assert bool(messages) == bool(more), messages


def test_extensions_contain_no_references_or_other_entries(authority):
    base = b"/Extensions << /A << /BaseVersion /1.7 /ExtensionLevel 1 >> >>"
    data = small_signed(authority, base)
    number, root = catalogue_of(data, b"")
    assert not errors(appended(data, {number: root}))
    for more in (b"/EVIL %d 0 R" % new_number(data), b"/EVIL << /JS (MZ) >>"):
        changed = root.replace(b"/Extensions\n<<", b"/Extensions <<").replace(
            b"/Extensions <<", b"/Extensions << " + more
        )
        assert changed != root
        added = {number: changed, new_number(data): b"<< /JS 1 >>"}
        if b" R" not in more:
            del added[new_number(data)]
        assert "got an entry that is not an extension" in errors(appended(data, added))[0]


@pytest.mark.parametrize("table", [False, True])
@pytest.mark.parametrize("level", LEVELS)
def test_validation_data_of_pyhanko_pass(level, table, authority):
    """With an entry for the signature (VRI), CRLs and OCSP responses."""
    data = small_signed(authority, table=table, level=level)
    embedded = PdfFileReader(io.BytesIO(data)).embedded_signatures[0]
    request = x509ocsp.OCSPRequestBuilder().add_certificate(
        authority.signer, authority.certificate, SHA256()
    )
    answer = ocsp.OCSPResponse.load(authority.answer(der(request.build())))

    def change(writer):
        DocumentSecurityStore.supply_dss_in_writer(
            writer,
            embedded.pkcs7_content.hex().encode("ascii"),
            certs=[authority.root(), embedded.signer_cert],
            crls=[crl.CertificateList.load(der(authority.crl()))],
            ocsps=[answer],
        )

    changed = updated(data, change)
    assert b"/VRI" in changed
    assert not errors(changed, [authority.root()])
    assert not errors(sign(changed, authority, level, name="第二人"), [authority.root()])


# --- Signatures of other programs ------------------------------------------------------------------


def identity_of(authority):
    from publisher.signing.identity import Identity

    return Identity(
        certificate=authority.signer, chain=(authority.certificate,), key=authority.signer_key
    )


def signed_by_pyhanko(data, authority, **metadata):
    """The file signed as pyHanko does it by itself: it rewrites the metadata and the information."""
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner

    from publisher.signing.incremental_update import _Signer

    signer = PdfSigner(
        PdfSignatureMetadata(field_name="A", subfilter=SigSeedSubFilter.PADES, **metadata),
        signer=_Signer(identity_of(authority)),
    )
    return signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data))).getvalue()


def test_a_signature_of_another_program_is_judged_by_what_it_changed(
    pdf, authority, recorded_sha256
):
    data = signed_by_pyhanko(pdf, authority)
    assert recorded_revision_finding(data, recorded_sha256).severity is Severity.NOTE
    assert errors(data) == []


def test_a_certification_that_forbids_changes_is_respected(pdf, authority):
    certified = signed_by_pyhanko(
        pdf, authority, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES
    )
    assert errors(certified) == []
    with pytest.raises(SigningError, match="DocMDP 1"):
        sign(certified, authority, "B-B")
    again = updated_signature(certified, authority)
    assert any("this certification forbids (DocMDP 1)" in message for message in errors(again))


def test_a_certification_that_allows_signatures_is_no_obstacle(pdf, authority):
    certified = signed_by_pyhanko(
        pdf, authority, certify=True, docmdp_permissions=MDPPerm.FILL_FORMS
    )
    assert errors(sign(certified, authority, "B-B")) == []


def updated_signature(data, authority):
    """A signature that does not ask whether it is allowed."""
    import asyncio
    from datetime import UTC, datetime

    from publisher.signing.incremental_update import add_signature

    identity = identity_of(authority)
    return asyncio.run(add_signature(data, identity, datetime.now(UTC), None))


@pytest.mark.parametrize("profile", ["archive", "archive-2"])
def test_a_signed_file_declares_what_it_declared(profile, small_publications, authority):
    """Our signature leaves the metadata; pyHanko writes them again in its own way, with other dates."""
    data = (small_publications[profile] / "report.pdf").read_bytes()
    declared = declared_standards(read_pdf(data).xmp)
    assert declared == set(PROFILES[profile].declares)
    for signed in (sign(data, authority, "B-B"), signed_by_pyhanko(data, authority)):
        assert declared_standards(read_pdf(signed).xmp) == declared
        assert errors(signed) == []
