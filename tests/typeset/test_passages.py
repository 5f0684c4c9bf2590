"""Passages in the languages of Xinjiang, Tibet, Inner Mongolia, Liangshan, Yanbian and Guangxi."""

import re
import subprocess
import unicodedata

import pytest

from publisher import Options, publish
from publisher.pdf.document import read_pdf
from publisher.typeset.fonts.catalogue import chain
from publisher.typeset.fonts.library import load_library
from publisher.typeset.linebreak.break_opportunities import FORBIDDEN, penalties

PASSAGES = {
    "ug": ("خىزمەت دوكلاتى", "Noto Naskh Arabic"),
    "kk-Arab": ("\u0674ومىر \u0674بىلىم", "Noto Naskh Arabic"),
    "bo": ("ལོ་རེའི་སྙན་ཞུ", "Noto Serif Tibetan"),
    "mn-Mong": ("ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ", "Noto Sans Mongolian"),
    "ii": ("ꆈꌠꁱꂷ", "Noto Sans Yi"),
    "ko": ("조선말 보고서", "Noto Serif CJK SC"),
    "za": ("Gvaŋзsiƅ Bouчcueŋƅ", "Noto Serif"),
    "kk": ("Қазақ тілі", "Noto Serif"),
}
IDEOGRAPHS_OF_LEVEL_3 = (
    *((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B739)),
    *((0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0)),
)
"""The blocks of GB 18030-2022, level 3."""


def require(*families):
    missing = set(families) - set(load_library().families)
    if missing:
        pytest.skip(f"scripts/setup.sh has not installed {', '.join(sorted(missing))}")


@pytest.mark.typeset
@pytest.mark.parametrize("language", PASSAGES)
def test_a_face_has_each_alphabet(language):
    words, family = PASSAGES[language]
    require(family)
    letters = "".join(words.split())
    assert all(load_library().face(family).has(letter) for letter in letters)


@pytest.mark.typeset
@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant-TW", "zh-Hant-HK"])
def test_every_ideograph_of_gb_18030_has_a_glyph(script):
    require("HanaMinA", "HanaMinB", "BabelStone Han")
    library, families = load_library(), chain("fangsong", script)
    faces = [library.face(name) for name in families if name in library.families]
    lacking = [
        code
        for first, last in IDEOGRAPHS_OF_LEVEL_3
        for code in range(first, last + 1)
        if not any(face.has(chr(code)) for face in faces)
    ]
    assert lacking == []


def test_lines_end_after_syllables_of_tibetan_and_yi():
    tibetan = "ལོ་རེའི་སྙན་ཞུ།"
    allowed = [i for i, cost in enumerate(penalties(tibetan)) if cost < FORBIDDEN]
    assert [tibetan[i - 1] for i in allowed] == ["\u0f0b"] * 3
    assert penalties("ꆈꌠꁱ") == [FORBIDDEN, 0.0, 0.0]


@pytest.fixture(scope="module")
def publication(tmp_path_factory):
    require(*{family for _, family in PASSAGES.values()})
    folder = tmp_path_factory.mktemp("passages")
    lines = "\n\n".join(
        f"网站文种版本的名称为{words}，更新12次。" for words, _ in PASSAGES.values()
    )
    source = folder / "report.txt"
    source.write_text(f"测字州2021年民族语文工作报告\n\n一、情况\n\n{lines}\n", encoding="utf-8")
    return publish(source, Options(output=folder, profile="access", tables="none"))


@pytest.mark.typeset
def test_passages_are_tagged_with_their_language_and_complete(publication):
    assert not [finding for finding in publication.findings if finding.clause == "glyph"]
    languages = {element.language for element in read_pdf(publication.pdf).structure.walk()}
    assert set(PASSAGES) <= languages


@pytest.mark.typeset
@pytest.mark.parametrize("reader", ["mupdf", "pypdf", "pdfium", "poppler"])
def test_readers_extract_passages_in_their_order(publication, reader):
    """PDFium exchanges the words of a right-to-left passage in a line of Chinese; their letters are in order."""
    text = "".join(unicodedata.normalize("NFKC", _extract(publication.pdf, reader)).split())
    text = re.sub("[\u202a-\u202e]", "", text)  # poppler marks the direction of runs
    for language, (words, _) in PASSAGES.items():
        is_exchanged = reader == "pdfium" and language in ("ug", "kk-Arab")
        for part in words.split() if is_exchanged else ["".join(words.split())]:
            assert unicodedata.normalize("NFKC", part) in text


def _extract(path, reader):
    if reader == "mupdf":
        pymupdf = pytest.importorskip("pymupdf")
        return "".join(page.get_text() for page in pymupdf.open(path))
    if reader == "pypdf":
        from pypdf import PdfReader

        return "".join(page.extract_text() for page in PdfReader(path).pages)
    if reader == "pdfium":
        from pypdfium2 import PdfDocument

        return "".join(page.get_textpage().get_text_range() for page in PdfDocument(path))
    return subprocess.run(
        ["pdftotext", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
