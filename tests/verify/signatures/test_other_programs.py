"""Ordinary later revisions of other programs are no tampering; real changes beside them are."""

import re
from functools import cache
from io import BytesIO

import pytest
from asn1crypto import cms, crl
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers, timestamps
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfWriter

from publisher.verify.signatures.ordinary_changes import is_inert, raises_version
from publisher.verify.signatures.validation import read_signatures, verify_signatures
from tests.imposition.plain_pages import page, pdf_of
from tests.pdf.raw_file import raw_pdf, raw_stream
from tests.signing.authority import CertificateAuthority, der, new_key

PAGE = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<>>>>"


class Office:
    """Another program, pyHanko, with an invented office and an invented time-stamping authority."""

    def __init__(self):
        self.authority = CertificateAuthority("测试根证书")
        self.root = asn1.Certificate.load(der(self.authority.certificate))
        self.store = SimpleCertificateStore()
        self.store.register(self.root)
        self.certificate, key = self._issue("某县办公室")
        self.signer = signers.SimpleSigner(
            signing_cert=self.certificate, signing_key=key, cert_registry=self.store
        )
        stamp_certificate, stamp_key = self._issue(
            "某时间戳",
            usage={"digital_signature": True},
            extended=[ExtendedKeyUsageOID.TIME_STAMPING],
        )
        self.stamper = timestamps.DummyTimeStamper(
            stamp_certificate, stamp_key, certs_to_embed=self.store
        )

    def _issue(self, name, **usage):
        key = new_key("rsa2048", name)
        private = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        certificate = self.authority.issue(name, key, **usage)
        return asn1.Certificate.load(der(certificate)), asn1_keys.PrivateKeyInfo.load(private)

    @property
    def crls(self):
        return [crl.CertificateList.load(der(self.authority.crl()))]

    def context(self):
        return ValidationContext(trust_roots=[self.root], crls=self.crls, allow_fetching=False)

    def sign(self, data, name="A", box=None, **options):
        options = {"subfilter": SigSeedSubFilter.PADES, "md_algorithm": "sha256"} | options
        stamper = self.stamper if options.get("use_pades_lta") else None
        metadata = signers.PdfSignatureMetadata(field_name=name, **options)
        out = BytesIO()
        signer = signers.PdfSigner(
            metadata,
            signer=self.signer,
            timestamper=stamper,
            new_field_spec=SigFieldSpec(name, box=box) if box else None,
        )
        signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(data)), output=out)
        return out.getvalue()

    def archive(self, data):
        context = self.context()
        return self.sign(
            data, embed_validation_info=True, use_pades_lta=True, validation_context=context
        )

    def stamp(self, data):
        out = BytesIO()
        writer = IncrementalPdfFileWriter(BytesIO(data))
        signers.PdfTimeStamper(self.stamper).timestamp_pdf(
            writer, md_algorithm="sha256", validation_context=self.context(), output=out
        )
        return out.getvalue()

    def renew(self, data):
        out, reader = BytesIO(), PdfFileReader(BytesIO(data))
        stamper = signers.PdfTimeStamper(self.stamper)
        stamper.update_archival_timestamp_chain(reader, self.context(), output=out)
        return out.getvalue()

    def store_validation_data(self, data):
        embedded = PdfFileReader(BytesIO(data)).embedded_signatures[0]
        contents, out = embedded.pkcs7_content.hex().encode(), BytesIO(data)
        DocumentSecurityStore.add_dss(
            out, sig_contents=contents, certs=[self.root, self.certificate], crls=self.crls
        )
        return out.getvalue()


@cache
def office():
    return Office()


def certify(permissions):
    return lambda data: office().sign(data, certify=True, docmdp_permissions=permissions)


def step(name, *arguments):
    return lambda data: getattr(office(), name)(data, *arguments)


CHAINS = {
    "two signatures": (step("sign"), step("sign", "B")),
    "time stamps": (step("sign"), step("stamp"), step("stamp")),
    "validation data": (step("sign"), step("store_validation_data")),
    "validation data, renewed": (
        step("sign"), step("store_validation_data"), step("stamp"), step("store_validation_data"),
        step("sign", "B"),
    ),
    "archive time stamps, renewed": (step("archive"), step("renew"), step("renew")),
    "a certification that allows forms": (certify(MDPPerm.FILL_FORMS), step("sign", "B")),
    "a certification that allows nothing, stamped": (
        certify(MDPPerm.NO_CHANGES), step("store_validation_data"), step("stamp"),
    ),
}  # fmt: skip


def run(chain, data):
    for action in CHAINS[chain]:
        data = action(data)
    return data


@pytest.mark.parametrize("chain", list(CHAINS))
def test_ordinary_revisions_are_no_tampering(chain):
    signatures = read_signatures(run(chain, pdf_of([page()])))
    assert signatures.signatures
    assert not signatures.problems
    assert {item.problem or item.disallowed_change for item in signatures.signatures} == {""}
    assert {item.problem for item in signatures.revisions} == {""}


def replace_contents(writer):
    first = writer.root["/Pages"]["/Kids"][0].get_object()
    first["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 9 9 re f"))
    writer.update_container(first)


def add_annotation(writer):
    first = writer.root["/Pages"]["/Kids"][0].get_object()
    name = generic.NameObject
    first[name("/Annots")] = generic.ArrayObject(
        [generic.DictionaryObject({name("/Subtype"): name("/Square")})]
    )
    writer.update_container(first)


def rewrite_title(writer):
    writer.root[generic.NameObject("/Lang")] = generic.pdf_string("en")
    writer.update_root()


def drop_validation_data(writer):
    store = writer.root["/DSS"]
    store["/Certs"] = generic.ArrayObject(list(store.raw_get("/Certs"))[:1])
    store["/VRI"] = generic.DictionaryObject()
    writer.update_container(store)


@pytest.mark.parametrize(
    "change", [replace_contents, add_annotation, rewrite_title, drop_validation_data]
)
@pytest.mark.parametrize("chain", ["validation data", "archive time stamps, renewed"])
def test_a_real_change_beside_ordinary_revisions_is_found(chain, change):
    writer = IncrementalPdfFileWriter(BytesIO(run(chain, pdf_of([page()]))))
    change(writer)
    out = BytesIO()
    writer.write(out)
    for data in (out.getvalue(), office().sign(out.getvalue(), "Z")):
        signatures = read_signatures(data).signatures
        assert signatures[0].disallowed_change
        assert not verify_signatures(data).passed


@pytest.mark.parametrize(
    "subfilter", [SigSeedSubFilter.PADES, SigSeedSubFilter.ADOBE_PKCS7_DETACHED]
)
def test_signed_data_with_content_of_their_own_do_not_sign_the_file(subfilter):
    data = office().sign(pdf_of([page()]), subfilter=subfilter)
    match = re.search(rb"/Contents <([0-9a-fA-F]+)>", data)
    signed = cms.ContentInfo.load(bytes.fromhex(match[1].decode()), strict=False)
    signed["content"]["encap_content_info"]["content"] = b"other words"
    value = signed.dump(force=True).hex().encode().ljust(len(match[1]), b"0")
    assert len(value) == len(match[1])
    (signature,) = read_signatures(data.replace(match[1], value)).signatures
    assert "content of its own" in signature.problem
    assert read_signatures(data).signatures[0].intact


@pytest.mark.parametrize("base", [b"/Checksum /abc", b""])
def test_an_update_may_repeat_a_program_s_trailer_key_and_invent_none(base):
    data = raw_pdf(PAGE, raw_stream(b""), trailer=base)
    signed = office().sign(office().sign(data), "B")
    start = signed.rindex(b"/Prev")
    entries = re.search(rb"<<(.*?)/Prev", signed[signed.rindex(b"trailer") : start + 5], re.DOTALL)[
        1
    ]
    update = (
        signed
        + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Checksum /abd"
        + entries.replace(b"/Checksum /abc", b"")
        + b"/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
        % (re.findall(rb"startxref\s+(\d+)", signed)[-1], len(signed))
    )
    changes = [item.disallowed_change for item in read_signatures(update).signatures]
    assert [bool(change) for change in changes] == [not base] * 2


def test_a_hybrid_file_is_read_with_a_warning():
    """Its cross-reference stream is not read by all programs (ISO 32000-1, 7.5.8.4)."""
    table = raw_pdf(PAGE, raw_stream(b""), b"null")
    start = table.rindex(b"xref\n0")
    hidden = raw_stream(b"\0" * 4, b"/Type/XRef/Size 6/W[1 2 1]/Index[5 1]/Root 1 0 R")
    hidden = b"6 0 obj\n" + hidden + b"\nendobj\n"
    hybrid = table[:start] + hidden + table[start:]
    hybrid = hybrid.replace(b"R>>\nstartxref", b"R/XRefStm %d>>\nstartxref" % start)
    hybrid = re.sub(rb"startxref\n\d+", b"startxref\n%d" % (start + len(hidden)), hybrid)
    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(hybrid), strict=False)
    metadata = signers.PdfSignatureMetadata(field_name="A", md_algorithm="sha256")
    signers.PdfSigner(metadata, signer=office().signer).sign_pdf(writer, output=out)
    result = read_signatures(out.getvalue())
    assert result.irregularity
    assert [item.problem for item in result.signatures] == [""]
    verdict = verify_signatures(out.getvalue())
    assert verdict.passed
    assert any("breaks a rule of PDF" in finding.message for finding in verdict.findings)


def in_sections(*sections):
    """Write a file with several cross-reference sections, each a mapping of objects."""
    data, previous = b"%PDF-1.5\n", b""
    for section in sections:
        lines = b""
        for number, body in section.items():
            lines += b"%d 1\n%010d 00000 n \n" % (number, len(data))
            data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        start = len(data)
        data += b"xref\n%btrailer\n<</Size 9/Root 1 0 R%b>>\n" % (lines, previous)
        data += b"startxref\n%d\n%%%%EOF\n" % start
        previous = b"/Prev %d" % start
    return data


def test_a_linearised_file_has_sections_that_are_no_revisions():
    rest = {3: PAGE, 4: raw_stream(b"")}
    first = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>"}
    data = in_sections(rest, first)
    signed = office().sign(office().sign(data), "B")
    assert [item.disallowed_change for item in read_signatures(signed).signatures] == ["", ""]
    assert not read_signatures(signed).problems
    start = int(re.findall(rb"startxref\s+(\d+)", signed)[-1])
    trailer = re.search(rb"trailer\s*<<(.*?)/Prev", signed[start:], re.DOTALL)[1]
    page = PAGE.replace(b"/Contents 4 0 R", b"")
    update = b"3 0 obj\n%b\nendobj\n" % page
    table = b"xref\n3 1\n%010d 00000 n \n" % len(signed)
    table += b"trailer\n<<%b/Prev %d>>\n" % (trailer, start)
    end = b"startxref\n%d\n%%%%EOF\n" % (len(signed) + len(update))
    changed = read_signatures(signed + update + table + end).signatures
    assert all(item.disallowed_change for item in changed)


def form(**entries):
    name = generic.NameObject
    return generic.DictionaryObject({name(f"/{key}"): value for key, value in entries.items()})


def test_a_version_may_rise_and_not_fall():
    version = {name: form(Version=generic.NameObject(f"/{name}")) for name in ("1.4", "2.0", "9")}
    assert raises_version(form(), version["1.4"])
    assert raises_version(version["1.4"], version["2.0"])
    assert not raises_version(version["2.0"], version["1.4"])
    assert not raises_version(form(), version["9"])
    assert not raises_version(version["1.4"], form())


def test_only_plain_data_are_inert():
    plain = generic.StreamObject(stream_data=b"x")
    typed = generic.StreamObject(form(Subtype=generic.NameObject("/Form")), stream_data=b"x")
    assert is_inert(plain)
    assert is_inert(generic.ArrayObject())
    assert not is_inert(typed)
    assert not is_inert(form(Type=generic.NameObject("/Page")))


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_file_with_an_empty_password_is_judged_like_any_other(algorithm):
    writer = PdfWriter(BytesIO(pdf_of([page()])))
    writer.encrypt("", "owner", algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    signed = BytesIO()
    update = IncrementalPdfFileWriter(BytesIO(out.getvalue()))
    update.encrypt(b"")
    metadata = signers.PdfSignatureMetadata(field_name="A", subfilter=SigSeedSubFilter.PADES)
    signers.PdfSigner(metadata, signer=office().signer).sign_pdf(update, output=signed)
    data = signed.getvalue()
    assert [item.problem for item in read_signatures(data).signatures] == [""]
    damaged = bytearray(data)
    damaged[30] ^= 1
    assert read_signatures(bytes(damaged)).signatures[0].problem
