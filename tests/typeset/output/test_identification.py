"""The metadata of a file, and that validators find wrong metadata."""

import xml.etree.ElementTree as ET

import pytest

from publisher.model import Metadata
from publisher.pdf.document import read_pdf
from publisher.profiles import PROFILES
from publisher.typeset.output.identification import Declaration, xmp_packet
from publisher.typeset.weasyprint_loader import load_weasyprint
from publisher.verify.declared_standards import declared_standards
from publisher.verify.validators import BUILT_IN, validate

pytestmark = pytest.mark.typeset
PAGE = "<main><h1>题目</h1><p>正文，共3件。</p></main>"


def packet(profile):
    return xmp_packet(
        Declaration(
            profile=PROFILES[profile],
            metadata=Metadata(title="甲<乙>&", publishers=("某局",), date="2020-01-02"),
            timestamp="2020-01-02T00:00:00+08:00",
            producer="p",
            creator="c",
        )
    )


@pytest.mark.parametrize("profile", list(PROFILES))
def test_one_packet_with_one_rdf(profile):
    body = packet(profile).decode().split("?>", 1)[1].rsplit("<?", 1)[0]
    root = ET.fromstring(body)  # noqa: S314 - of our own making
    rdf = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
    assert len(root.findall(rdf)) == 1
    assert "甲&lt;乙&gt;&amp;" in body
    assert ("pdfaid:part" in body) == bool(PROFILES[profile].pdf_a)
    assert ("<pdfuaid:part>" in body) == bool(PROFILES[profile].pdf_ua)


@pytest.mark.parametrize("profile", list(PROFILES))
def test_the_declared_standards_are_read_back(profile):
    assert declared_standards(packet(profile)) == set(PROFILES[profile].declares)


def test_each_declaration_is_read_in_either_form():
    """As a resource and as a description; an address of another standard is none of ours."""
    address = "http://pdfa.org/declarations/wtpdf#reuse1.0"
    forms = (
        f'<rdf:li rdf:parseType="Resource"><d:conformsTo>{address}</d:conformsTo></rdf:li>',
        f"<rdf:li><rdf:Description><d:conformsTo>{address}</d:conformsTo></rdf:Description></rdf:li>",
        f'<rdf:li d:conformsTo="{address}"/>',
    )
    for form in (*forms, forms[0].replace("wtpdf", "other"), "<rdf:li>1</rdf:li>"):
        xmp = (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<rdf:Description xmlns:d="http://pdfa.org/declarations/">'
            f"<d:declarations><rdf:Bag>{form}</rdf:Bag></d:declarations></rdf:Description></rdf:RDF>"
        )
        expected = {"WTPDF-1.0 reuse"} if form in forms else set()
        assert declared_standards(xmp.encode()) == expected


@pytest.mark.parametrize("profile", list(PROFILES))
def test_each_profile_is_what_it_declares(profile, typeset):
    data = typeset(PAGE, profile=profile).pdf
    for standard in PROFILES[profile].declares:
        if standard in BUILT_IN:
            assert validate(data, standard).passed
    if not PROFILES[profile].declares:
        assert not validate(data, "PDF/A-3a").passed


DEFECTS = {
    "no language": ("PDF/UA", b"/Lang (zh-Hans)", b"/Lung (zh-Hans)"),
    "no title shown": ("PDF/UA", b"/DisplayDocTitle true", b"/DisplayDocTitle null"),
    "not marked": ("PDF/UA", b"/Marked true", b"/Marked null"),
    "no structure": ("PDF/UA", b"/StructTreeRoot ", b"/StructTreeRaat "),
    "another part": ("PDF/A", b"<pdfaid:part>%d<", b"<pdfaid:part>9<"),
    "no PDF/UA": ("PDF/UA", b"<pdfuaid:part>%d<", b"<pdfuaid:part>7<"),
    "a heading that skips": ("PDF/UA", b"/S /H1", b"/S /H3"),
}
"""Each defect: the family of the standard that forbids it, what is replaced, and by what."""
SEEDED = [
    (profile.name, name)
    for profile in PROFILES.values()
    for name, (family, *_) in DEFECTS.items()
    if (standard := profile.standard(family)) and standard.name in BUILT_IN
]
"""Each defect in each profile that declares such a standard, if page-validation knows it."""


@pytest.mark.parametrize(("profile", "name"), SEEDED)
def test_seeded_defects_are_found(profile, name, monkeypatch, typeset):
    """The file is written plain, so that the defect can be put into it."""
    weasyprint = load_weasyprint()
    stock = weasyprint.Document.write_pdf

    def plain(self, **options):
        return stock(self, **{**options, "uncompressed_pdf": True})

    monkeypatch.setattr(weasyprint.Document, "write_pdf", plain)
    data = typeset(PAGE, profile=profile).pdf
    declared = [standard for standard in PROFILES[profile].declares if standard in BUILT_IN]
    assert all(validate(data, standard).passed for standard in declared)
    family, original, replacement = DEFECTS[name]
    if b"%d" in original:
        original %= int(PROFILES[profile].standard(family).part)
    assert original in data
    damaged = data.replace(original, replacement, 1)
    assert not all(validate(damaged, standard).passed for standard in declared)


def test_the_information_agrees_with_the_packet(typeset):
    pdf = read_pdf(typeset(PAGE).pdf)
    assert pdf.info["CreationDate"] == "D:20200102000000+08'00"
    assert b"2020-01-02T00:00:00+08:00" in pdf.xmp
    assert pdf.info["Title"] == "题目"
    assert pdf.display_title
    assert pdf.marked
