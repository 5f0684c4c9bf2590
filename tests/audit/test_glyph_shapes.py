"""A font that shows another digit than it says is named, whatever the record says."""

import hashlib
import json
import shutil
from io import BytesIO

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from pypdf import PdfWriter
from pypdf.generic import NameObject

from publisher.audit import verify_file
from publisher.pdf.document import read_pdf
from publisher.pdf.glyph_outlines import outline_digests


def fonts_of(pdf, text):
    """Return the fonts that show a text, each with its CID."""
    for font in pdf.fonts:
        for cid, characters in font.shown_characters().items():
            if text in characters:
                yield font, cid


def swapped(data, first, second):
    """Return a file in whose fonts two characters have each other's outlines."""
    pairs = {}
    pdf = read_pdf(data)
    for font, cid in fonts_of(pdf, first):
        pairs.setdefault(font.name, {})[first] = cid
    for font, cid in fonts_of(pdf, second):
        pairs.setdefault(font.name, {})[second] = cid
    writer = PdfWriter(clone_from=BytesIO(data))
    for item in writer._objects:
        entry = item.get_object() if item is not None else None
        name = entry.get("/FontName", "") if isinstance(entry, dict) else ""
        cids = pairs.get(name.removeprefix("/"), {})
        if len(cids) < 2 or "/FontFile3" not in entry:
            continue
        fonts, out = CFFFontSet(), BytesIO()
        fonts.decompile(BytesIO(entry["/FontFile3"].get_data()), None)
        glyphs = fonts[0].CharStrings
        names = [f"cid{cids[text]:05d}" for text in (first, second)]
        for glyph in names:
            glyphs[glyph].decompile()
        glyphs[names[0]], glyphs[names[1]] = glyphs[names[1]], glyphs[names[0]]
        fonts.compile(out, TTFont(recalcBBoxes=False))
        entry["/FontFile3"].get_object().set_data(out.getvalue())
        entry["/FontFile3"].get_object()[NameObject("/Subtype")] = NameObject("/CIDFontType0C")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def forged(small_publications, tmp_path_factory):
    """A publication whose 2 and 9 have each other's shapes, with a record that says so of its digest."""
    folder = tmp_path_factory.mktemp("forged") / "copy"
    shutil.copytree(small_publications["archive"], folder)
    path, record_path = folder / "report.pdf", folder / "report.record.json"
    data = swapped(path.read_bytes(), "2", "9")
    path.write_bytes(data)
    record = json.loads(record_path.read_text("utf-8"))
    record["pdf"] |= {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    record["software"]["weasyprint"] = "1.0"  # so that other bytes are explained
    record_path.write_text(json.dumps(record), "utf-8")
    return path


def messages(path):
    verdicts = verify_file(path)
    return [finding.message for verdict in verdicts for finding in verdict.findings]


def test_digits_with_swapped_shapes_are_named(forged):
    found = [message for message in messages(forged) if "not those of the font" in message]
    assert found
    assert all("“2”" in message and "“9”" in message for message in found)


def test_without_a_source_the_shapes_are_not_compared(forged, monkeypatch):
    monkeypatch.setattr("publisher.audit.read_source", lambda *_: None)
    assert any("shapes of glyphs are not compared" in message for message in messages(forged))


def test_the_shapes_of_a_true_file_are_those_of_the_font(small_publications):
    pdf = read_pdf((small_publications["archive"] / "report.pdf").read_bytes())
    for font, cid in fonts_of(pdf, "2"):
        other = next(c for c in font.shown_characters() if c not in (0, cid))
        digests = outline_digests(font, [cid, other, 65000])
        assert set(digests) == {cid, other}
        assert digests[cid] != digests[other]
