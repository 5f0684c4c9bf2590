"""Lines in a finished file: justified, in any element, over pages, with the text that was written."""

import inspect
import io
import itertools
import shutil
import subprocess

import pytest
from pypdf import PdfReader

from publisher.pdf.document import read_pdf
from publisher.typeset.linebreak.character_classes import CharacterClass, classify
from tests.typeset.linebreak.measuring import MM, lines_of, paragraphs

PAGE = "body { margin: 0 } @page { size: 120mm 150mm; margin: 10mm } html { text-align: justify } p { margin: 0; text-indent: 2em }"
LONG = "市政府按照《政府信息公开条例》的要求，2017年主动公开政府信息29764条，其中：网站12000条、微信（含微博）5.7万条；全文发布。"


def first(pdf, role="P"):
    return next(element for element in pdf.structure.walk() if element.role == role)


def edges(lines):
    return {round(line.right(), 1) for line in lines[:-1]}


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{LONG * 3}</p>",
        f"<p>{LONG}<em>{LONG}</em>{LONG}</p>",
        f'<p>{LONG}<a href="https://example.gov.cn/" title="网站">网站</a>，{LONG}</p>',
        f'<p><span lang="en">Annual Report on Disclosure</span>{LONG * 2}</p>',
        f"<p>{LONG[:20]}<span id='a'></span>{LONG[20:]}<span id='b'></span>{LONG}</p>",
        f"<ul style='padding: 0; list-style: none'><li>{LONG * 2}</li></ul>",
        f"<table style='width: 100%'><tr><td style='padding: 0'>{LONG * 2}</td></tr></table>",
        f"<table style='width: 100%'><caption style='text-align: justify'>{LONG * 2}</caption><tr><td>甲</td></tr></table>",
        f"<blockquote style='margin: 0 2em'>{LONG * 2}</blockquote>",
    ],
)
def test_full_lines_are_justified_in_any_element(typeset, body):
    done = typeset(body, PAGE)
    assert done.unsupported_paragraphs == {}
    pdf = read_pdf(done.pdf)
    roles = ("P", "LBody", "TD", "Caption", "BlockQuote")
    element = next(element for element in pdf.structure.walk() if element.role in roles)
    lines = lines_of(pdf, element)
    assert len(lines) > 4
    full = [line for line in lines[:-1] if len(line.glyphs) > 20]
    assert len(edges([*full, full[0]])) == 1


def test_a_paragraph_over_pages_is_broken_once(typeset, monkeypatch):
    from publisher.typeset.linebreak.optimum_fit import OptimumFitBreaker

    breakers = []
    init = OptimumFitBreaker.__init__
    monkeypatch.setattr(
        OptimumFitBreaker, "__init__", lambda self, m: (breakers.append(1), init(self, m))[1]
    )
    pdf = read_pdf(typeset(f"<p>{LONG * 40}</p>", PAGE).pdf)
    assert len(pdf.pages) > 2
    assert len(breakers) == 1
    lines = lines_of(pdf, first(pdf))
    assert {line.page for line in lines} == set(range(len(pdf.pages)))
    counts = [sum(line.page == page for line in lines) for page in range(len(pdf.pages))]
    assert min(counts) >= 2
    assert "".join(line.text for line in lines) == LONG * 40


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f'<p>{LONG}<span style="display: inline-block">甲</span>{LONG}</p>', "InlineBlockBox"),
        (f'<div><span style="float: left">甲</span><p>{LONG}</p></div>', "float"),
        (f'<p style="letter-spacing: 1px">{LONG}</p>', "letter spacing"),
        (f'<p>{LONG}<span style="padding: 0 1em">甲</span></p>', "padding"),
        (f'<p dir="rtl">{LONG}</p>', "right to left"),
        (f'<p class="first">{LONG}</p>', "first letter"),
    ],
)
def test_paragraphs_with_other_content_are_left_to_weasyprint_and_counted(typeset, body, reason):
    done = typeset(body, f"{PAGE} .first::first-letter {{ font-size: 2em }}")
    assert any(reason in why for why in done.unsupported_paragraphs)
    assert any(reason in finding.message for finding in done.findings)
    assert "right" in reason or LONG[-8:] in read_pdf(done.pdf).logical_text()


RARE = "办结\U0001f9ff12件和\U00012000，"


@pytest.mark.parametrize(
    "body",
    [
        f'<div><span style="float: left">甲</span><p>{RARE}{LONG}</p></div>',
        f'<div><span style="float: left; height: 200mm">甲</span><p>{f"{RARE}{LONG}" * 9}</p></div>',
        f'<p>{LONG}<span style="display: inline-block">{RARE}</span>{RARE}</p>',
        f'<p style="letter-spacing: 1px">{RARE}<em>{RARE}</em></p>',
        f'<p style="text-decoration: underline; letter-spacing: 1px">{RARE}</p>',
        f'<table><tr><td style="letter-spacing: 1px">{RARE * 9}</td><td>{LONG}</td></tr></table>',
    ],
)
def test_what_no_font_has_is_a_code_in_lines_of_weasyprint_too(typeset, body):
    done = typeset(body, PAGE)
    assert done.unsupported_paragraphs
    text = "".join(read_pdf(done.pdf).logical_text().split())  # blank glyphs are below a code
    assert text.count("\U0001f9ff") == body.count("\U0001f9ff")
    assert text.count("\U00012000") == body.count("\U00012000")
    assert "件和\U00012000，" in text
    for page in PdfReader(io.BytesIO(done.pdf)).pages:
        assert b"<0000>" not in page.get_contents().get_data()


def test_a_cell_is_as_wide_as_a_code_in_it(typeset):
    cell = '<td style="letter-spacing: 1px; padding: 0">\U0001f9ff</td>'
    table = (
        f"<table style='border-spacing: 0'><tr>{cell}<td style='padding: 0'>乙</td></tr></table>"
    )
    pdf = read_pdf(typeset(table, PAGE).pdf)
    code, other = [
        lines_of(pdf, element)[0] for element in pdf.structure.walk() if element.role == "TD"
    ]
    assert other.left >= code.left + 4 * code.glyphs[0][2]


def test_a_title_is_centred_and_a_signature_is_aligned_right(typeset):
    css = f"{PAGE} .m {{ text-align: center }} .r {{ text-align: right }} p {{ text-indent: 0 }}"
    pdf = read_pdf(typeset('<p class="m">政府（公开）</p><p class="r">2018年</p>', css).pdf)
    middle, right = [element for element in pdf.structure.walk() if element.role == "P"]
    (line,) = lines_of(pdf, middle)
    assert (line.left + line.right()) / 2 / MM == pytest.approx(60, abs=0.6)
    (line,) = lines_of(pdf, right)
    assert line.right() / MM == pytest.approx(110, abs=0.1)


def test_a_forced_end_ends_a_line_and_does_not_fill_it(typeset):
    pdf = read_pdf(typeset(f"<p>{LONG[:50]}<br>{LONG[:20]}<br><br>{LONG}</p>", PAGE).pdf)
    texts = [line.text for line in lines_of(pdf, first(pdf))]
    assert LONG[:20] in texts
    assert "".join(texts) == LONG[:50] + LONG[:20] + LONG
    lines = lines_of(pdf, first(pdf))
    blank = texts.index(LONG[:20])
    assert lines[blank].y - lines[blank + 1].y > 1.8 * (lines[0].y - lines[1].y)


def test_what_must_not_wrap_does_not(typeset):
    css = f"{PAGE} p {{ white-space: nowrap; text-indent: 0 }}"
    pdf = read_pdf(typeset(f"<p>{LONG[:60]}</p>", css).pdf)
    assert len(lines_of(pdf, first(pdf))) == 1


def test_a_column_is_as_wide_as_what_must_stay_together(typeset):
    cells = "".join(f"<td>{word}</td>" for word in ("29764条", "共计2.98亿元", "公开情况说明" * 12))
    css = f"{PAGE} table {{ border-spacing: 0 }} td {{ padding: 0 }}"
    pdf = read_pdf(typeset(f"<table><tr>{cells}</tr></table>", css).pdf)
    figure, money, _ = [element for element in pdf.structure.walk() if element.role == "TD"]
    assert [line.text for line in lines_of(pdf, figure)] == ["29764条"]
    assert "2.98亿元" in [line.text[-6:] for line in lines_of(pdf, money)]


def test_english_is_hyphenated_where_it_is_marked(typeset):
    words = "internationalization telecommunication administration responsibility " * 6
    css = "@page { size: 60mm 120mm; margin: 10mm } html { text-align: justify } [lang=en] { hyphens: auto }"
    pdf = read_pdf(typeset(f'<p><span lang="en">{words}</span></p>', css).pdf)
    lines = [line.text for line in lines_of(pdf, first(pdf))]
    assert any(
        line[-1].isalpha() and after[0].isalpha() for line, after in itertools.pairwise(lines)
    )
    assert pdf.logical_text().split() == words.split()
    unmarked = read_pdf(typeset(f"<p>{words}</p>", css).pdf)
    joined = " ".join(line.text.strip() for line in lines_of(unmarked, first(unmarked)))
    assert joined.split() == words.split()


def test_english_paragraphs_are_flush_and_end_with_more_than_a_syllable(typeset):
    words = "The bureau publishes a comprehensive statement of interdepartmental responsibilities each year in institutionalized form, available internationally"
    css = "@page { size: 110mm 200mm; margin: 10mm } html { text-align: justify } [lang=en] { hyphens: auto }"
    for count in range(3):
        body = f'<p lang="en">{"The office " * count}{words}</p>'
        pdf = read_pdf(typeset(body, css).pdf)
        lines = lines_of(pdf, first(pdf))
        edge = max(line.full_right for line in lines)
        for line, after in itertools.pairwise(lines):
            is_hyphenated = line.text[-1].isalpha() and after.text[0].islower()
            assert edge - line.full_right < (0.4 * 12 if is_hyphenated else 0.1)
        assert len(lines[-1].text.strip()) >= 6


def test_traditional_stops_are_centred_and_keep_their_em(typeset):
    text = "政府資訊公開，年度報告。依法辦理；「公開」（含網站）《條例》、要求。" * 8
    css = f'{PAGE} html {{ font-family: "Noto Serif CJK TC" }}'
    pdf = read_pdf(typeset(f'<p lang="zh-Hant-TW">{text}</p>', css).pdf)
    lines = lines_of(pdf, first(pdf))
    assert len({round(line.right(traditional=True), 1) for line in lines[:-1]}) == 1
    for line in lines:
        for a, b in zip(line.glyphs, line.glyphs[1:], strict=False):
            if (
                classify(a[0]) is CharacterClass.PAUSE_OR_STOP
                and classify(b[0]) is CharacterClass.IDEOGRAPH
            ):
                assert (b[1] - a[1]) / a[2] > 0.97
        for pair, width in line.pairs():
            assert width < 1.7, pair


def test_two_characters_with_one_glyph_are_extracted_as_two(typeset):
    css = f'{PAGE} html {{ font-family: "Noto Serif CJK SC" }}'
    text = "①➀①➀·∙戶户戶"
    pdf = read_pdf(typeset(f"<p>{text}</p>", css).pdf)
    assert pdf.logical_text(replaced=False) == text
    if shutil.which("pdftotext"):
        extracted = subprocess.run(
            ["pdftotext", "-", "-"],
            input=typeset(f"<p>{text}</p>", css).pdf,
            capture_output=True,
            check=True,
        ).stdout.decode()
        assert text in extracted


def extractors():
    yield pytest.param(
        _poppler,
        id="poppler",
        marks=pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed"),
    )
    yield pytest.param(_pypdf, id="pypdf")
    yield pytest.param(_mupdf, id="mupdf")
    yield pytest.param(_pdfium, id="pdfium")


def _poppler(data):
    return subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()


def _pypdf(data):
    from io import BytesIO

    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def _mupdf(data):
    pymupdf = pytest.importorskip("pymupdf")
    return "\n".join(page.get_text() for page in pymupdf.open(stream=data))


def _pdfium(data):
    pdfium = pytest.importorskip("pypdfium2")
    return "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data))


@pytest.mark.parametrize("extract", list(extractors()))
def test_what_is_copied_is_what_was_written(typeset, extract):
    body = (
        f'<p>{LONG}推广<abbr title="应用程序">APP</abbr>共12个，{LONG[:40]}'
        f'<span lang="en">Freedom of Information Act</span>的做法，{LONG}</p>'
    )
    data = typeset(body, PAGE).pdf
    text = (
        extract(data).replace("\r", "").replace("\n", "").replace("\x0c", "").replace("\ufffe", "")
    )
    for phrase in (LONG, "2017年", "推广APP共12个", "29764条", "的做法，市政府", "Act的做法"):
        assert phrase in text
    assert "\xad" not in text


def test_the_patched_functions_are_as_expected():
    """Fails if a new version of WeasyPrint changes a function that is replaced or called."""
    import weasyprint.draw.text as drawing
    from weasyprint.layout import block, inline, leader, preferred

    assert list(inspect.signature(block.iter_line_boxes).parameters) == [
        "context", "box", "position_y", "bottom_space", "skip_stack", "containing_block",
        "absolute_boxes", "fixed_boxes", "first_letter_style", "first_line_style",
    ]  # fmt: skip
    assert block.iter_line_boxes is inline.iter_line_boxes
    source = inspect.getsource(block._linebox_layout)
    assert "lines_iterator = iter_line_boxes(" in source
    for function in ("inline_min_content_width", "inline_max_content_width"):
        assert f"{function}(context, box, outer, is_line_start=True)" in inspect.getsource(
            preferred
        )
    assert list(inspect.signature(inline.split_text_box).parameters)[:2] == ["context", "box"]
    text_boxes = inspect.getsource(inline.split_text_box)
    assert "return box, resume_index, preserved_line_break" in text_boxes
    assert list(inspect.signature(preferred.adjust).parameters)[:3] == ["box", "outer", "width"]
    assert list(inspect.signature(inline.line_box_verticality).parameters) == ["box"]
    assert list(inspect.signature(inline._adjust_line_height).parameters) == ["box"]
    assert list(inspect.signature(leader.handle_leader).parameters)[:2] == ["context", "line"]
    assert list(inspect.signature(drawing.draw_first_line).parameters) == [
        "stream", "textbox", "text_overflow", "block_ellipsis", "matrix",
    ]  # fmt: skip
    assert "emojis = draw_first_line(" in inspect.getsource(drawing.draw_text)


def test_stock_lines_are_not_justified(typeset, monkeypatch):
    """If WeasyPrint does not call the line layout, the measured edges show it."""
    from publisher.typeset.linebreak import line_layout

    monkeypatch.setattr(
        line_layout.LineLayout,
        "iter_line_boxes",
        lambda self, *args: self._stock.iter_line_boxes(*args),
    )
    pdf = read_pdf(typeset(f"<p>{LONG * 4}</p>", PAGE).pdf)
    (lines,) = paragraphs(pdf)
    assert len(edges(lines)) > 1


def test_lines_of_weasyprint_have_no_hyphens_that_the_text_lacks(typeset):
    words = "considerable responsibilities " * 12
    css = f"{PAGE} p {{ hyphens: auto }} p::first-letter {{ color: red }}"
    result = typeset(f"<p lang=en>{words}</p>", css)
    text = "".join(run.text for page in read_pdf(result.pdf).pages for run in page.runs)
    assert text.replace(" ", "") == words.replace(" ", "")
    assert result.unsupported_paragraphs


def test_a_long_word_in_a_cell_does_not_push_the_table_off_the_page(typeset):
    cells = "".join(f"<td>{word}</td>" for word in ("网址", "a" * 80, "1" * 300, "公开情况"))
    css = f"{PAGE} html {{ overflow-wrap: break-word }} table {{ width: 100% }}"
    pdf = read_pdf(typeset(f"<table><tr>{cells}</tr></table>", css).pdf)
    rights = [run.right for run in pdf.pages[0].runs]
    assert max(rights) <= 110 * MM + 1
    label = next(element for element in pdf.structure.walk() if element.role == "TD")
    assert [line.text for line in lines_of(pdf, label)] == ["网址"]


def test_a_line_that_cannot_be_filled_stays_short(typeset):
    address = "https://www.example.gov.cn/" + "a" * 60
    css = f"{PAGE} html {{ overflow-wrap: break-word }}"
    pdf = read_pdf(typeset(f"<p>详见{address}。</p>", css).pdf)
    assert lines_of(pdf, first(pdf))[0].opened < 0.01


def test_a_combining_mark_is_painted_with_its_character(typeset):
    pdf = read_pdf(typeset("<p>名字字\u20dd组合，e\u0301。</p>", PAGE).pdf)
    assert pdf.logical_text(replaced=False) == "名字字\u20dd组合，e\u0301。"


def test_an_entry_that_fills_its_line_keeps_dots_before_the_number(typeset):
    css = (
        f"{PAGE} p {{ text-indent: 0; text-align: left }}"
        "a::after { content: leader(dotted) target-counter(attr(href), page) }"
    )
    for length in range(20, 26):
        body = f'<p id="x"><a href="#x">{"题" * length}</a></p>'
        pdf = read_pdf(typeset(body, css).pdf)
        dots = "".join(artifact.text for artifact in pdf.artifacts() if artifact.type == "Layout")
        assert dots.count(".") >= 2, length


def test_the_dots_of_an_entry_are_painted_as_one_text(typeset):
    css = f"{PAGE} p {{ text-align: left }} a::after {{ content: leader(dotted) target-counter(attr(href), page) }}"
    data = typeset('<p id="x"><a href="#x">概况</a></p>', css).pdf
    dots = [artifact for artifact in read_pdf(data).artifacts() if artifact.type == "Layout"]
    assert sum(artifact.text.count(".") for artifact in dots) > 20
    (page,) = PdfReader(io.BytesIO(data)).pages
    assert page.get_contents().get_data().count(b"TJ") <= 4


def test_marks_that_meet_all_along_are_copied_as_they_are(typeset):
    text = "他说：“她说‘“好”’。”‘内“外”’，“‘嵌套’”；“”。" * 6
    assert text in _pypdf(typeset(f"<p>{text}</p>", PAGE).pdf).replace("\n", "")
