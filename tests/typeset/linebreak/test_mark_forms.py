"""The forms of marks in every face of the catalogue, measured from the glyphs of one finished file."""

import pytest

from publisher.options import ROLES
from publisher.pdf.document import read_pdf
from publisher.typeset.fonts.catalogue import chain
from publisher.typeset.linebreak.character_classes import classify
from publisher.typeset.linebreak.mark_contexts import latin_marks
from publisher.typeset.linebreak.mark_forms import chinese_form, doubled_form, latin_form
from tests.typeset.linebreak.measuring import lines_of

LANGUAGES = ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK")
BOTH = dict.fromkeys(("——", "……", "⸺"), 2) | dict.fromkeys(
    "—…“”‘’，。、；：？！（）《》「」〔〕～‼", 1
)
"""The width of each mark between two ideographs, in em (GB/T 15834-2011, 5.1; CLREQ 3.1)."""
SIMPLIFIED = BOTH | {"？！": 1, "！！": 1, "？？？": 2, "·": 0.5, "‧": 0.5, "•": 0.5}
TRADITIONAL = BOTH | {"？！": 2, "！！": 2, "？？？": 3, "·": 1, "‧": 1, "•": 1}
FACES = [(language, role) for language in LANGUAGES for role in ROLES]
PAGE = "@page { size: 400pt 2000pt; margin: 10pt } p { font-size: 20pt; margin: 0 }"


def expected(language):
    return SIMPLIFIED if language == "zh-Hans" else TRADITIONAL


def distances(typeset, body, css=""):
    """Return the distance between the two ideographs of each paragraph, less an em, in em."""
    pdf = read_pdf(typeset(body, PAGE + css).pdf)
    paragraphs = [element for element in pdf.structure.walk() if element.role == "P"]
    widths = []
    for paragraph in paragraphs:
        (line,) = lines_of(pdf, paragraph)
        first, second = (x for character, x, *_ in line.glyphs if character == "中")
        widths.append(round((second - first) / 20 - 1, 2))
    return widths


@pytest.fixture(scope="module")
def widths(typeset):
    """The width of each mark by face."""
    body, rules = "", ""
    for number, (language, role) in enumerate(FACES):
        families = ", ".join(f'"{name}"' for name in chain(role, language))
        rules += f".f{number} {{ font-family: {families}; break-after: page }}"
        lines = "".join(f"<p>中{mark}中</p>" for mark in expected(language))
        body += f'<div class="f{number}" lang="{language}">{lines}</div>'
    found = iter(distances(typeset, body, rules))
    return {face: {mark: next(found) for mark in expected(face[0])} for face in FACES}


@pytest.mark.typeset
@pytest.mark.parametrize(("language", "role"), FACES)
def test_marks_take_their_ems_in_every_face(widths, language, role):
    wanted = expected(language)
    wrong = {
        mark: width
        for mark, width in widths[language, role].items()
        if abs(width - wanted[mark]) > 0.01
    }
    assert wrong == {}


@pytest.mark.typeset
def test_without_an_ideograph_before_them_dashes_are_short(typeset, monkeypatch):
    from publisher.typeset.linebreak import shaping
    from publisher.typeset.session import session_for

    monkeypatch.setattr(shaping, "CONTEXTUAL", frozenset())
    for workspace in session_for("zh-Hans").engine._idle:
        monkeypatch.setattr(workspace, "shaper", shaping.Shaper())
    assert distances(typeset, "<p>中——中</p>") < [1.8]


@pytest.mark.typeset
def test_quotation_marks_and_apostrophes_of_latin_text_are_narrow(typeset):
    chinese, latin, letters = distances(
        typeset,
        "<p>中“a”中</p><p lang='en'>中 a “b” don’t c 中</p><p lang='en'>中 a b dont c 中</p>",
    )
    assert chinese > 2.4
    assert 0.6 < latin - letters < 1.5


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("They don’t “publish” data—or do they… now?", "’“”—…"),
        ("全文由The office’s “staff” manual—part one组成", "’“”—"),
        ("称为“Charter”的文件", ""),
        ("“Charter”于2020年签署", ""),
        ("他说：“OK。”", ""),
        ("甲（O’Brien）乙", "’"),
        ("水库移民——老人", ""),
        ("采用ISO——以下简称标准——and so on", ""),
        ("见GB/T 9704—2012与DB65/T 4412—2021", ""),
        ("12—15", ""),
        ("全文“the ‘open’ data of cities”完", "‘’"),
    ],
)
def test_marks_belong_to_the_text_around_them(text, marks):
    found = latin_marks(text)
    assert "".join(text[position] for position in sorted(found)) == marks


@pytest.mark.parametrize(
    ("mark", "width", "ink", "traditional", "form"),
    [
        ("·", 0.33, (0.1, 0.22), False, (0.5, 0.09)),
        ("·", 0.33, (0.1, 0.22), True, (1.0, 0.34)),
        ("（", 1.0, (0.65, 0.94), False, None),
        ("（", 1.0, (0.4, 0.6), True, (1.0, 0.25)),
        ("）", 1.0, (0.4, 0.6), True, (1.0, -0.25)),
        ("“", 0.35, (0.05, 0.3), True, (1.0, 0.575)),
        ("”", 0.35, (0.05, 0.3), True, (1.0, 0.075)),
        ("—", 1.0, (0.0, 1.0), False, None),
        ("／", 1.0, (0.3, 0.7), False, (0.5, -0.25)),
        ("／", 1.0, (0.05, 0.95), False, None),
    ],
)
def test_a_mark_is_moved_to_its_part_of_the_em(mark, width, ink, traditional, form):
    found = chinese_form(mark, classify(mark), width, ink, traditional=traditional)
    assert found == (form and pytest.approx(form))


def test_three_marks_in_a_row_take_two_ems():
    assert doubled_form(3, (0.1, 0.3)).width * 3 == pytest.approx(2)
    assert doubled_form(2, (0.1, 0.3)) == pytest.approx((0.5, 0.05))


def test_a_latin_quotation_mark_of_a_chinese_font_loses_its_blank():
    assert latin_form("’", 1.0, (0.2, 0.3)) == pytest.approx((0.26, -0.12))
    assert latin_form("’", 0.3, (0.1, 0.2)) is None
    assert latin_form("—", 1.0, (0.0, 1.0)) is None
