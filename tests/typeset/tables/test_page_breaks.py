"""A table that continues on another page says so, and repeats the labels of its rows."""

import pytest

from publisher.pdf.document import read_pdf

pytestmark = pytest.mark.typeset
CSS = """@page { size: 100mm 60mm; margin: 10mm } table { border-collapse: collapse; width: 100% }
tr { break-inside: avoid } tbody tr:first-child { break-after: avoid } tbody tr:last-child { break-before: avoid }"""


def _rows(count):
    first = f'<tr><th scope="rowgroup" rowspan="{count}">收入</th><td>甲0</td></tr>'
    rest = "".join(f"<tr><td>甲{number}</td></tr>" for number in range(1, count))
    return first + rest


@pytest.fixture(scope="module")
def pages(typeset):
    """The pages of a table of thirteen rows with one label, as text, and the document."""
    html = (
        '<table data-continued="续表7"><thead><tr><th scope="col">项目<th scope="col">数值</tr></thead>'
        f"<tbody>{_rows(13)}</tbody></table>"
    )
    data = typeset(html, CSS).pdf
    import pymupdf

    with pymupdf.open(stream=data, filetype="pdf") as document:
        return [page.get_text() for page in document], read_pdf(data)


def test_the_words_are_above_the_repeated_head_only(pages):
    texts, _ = pages
    assert len(texts) > 1
    assert "续表7" not in texts[0]
    assert all(text.index("续表7") < text.index("项目") for text in texts[1:])


def test_the_label_of_rows_is_repeated(pages):
    texts, _ = pages
    assert all(text.count("收入") == 1 for text in texts)


def test_what_is_repeated_is_no_text_of_the_report(pages):
    _, pdf = pages
    text = pdf.logical_text()
    assert text.count("收入") == 1
    assert "续表" not in text
    assert [element.role for element in pdf.structure.walk()].count("TR") == 14


def test_two_rows_at_least_are_on_either_side_of_a_break(typeset):
    import pymupdf

    for count in range(8, 14):
        rows = "".join(f"<tr><td>甲{number}甲</td></tr>" for number in range(count))
        html = f'<p>前文</p><table><thead><tr><th scope="col">项目</tr></thead><tbody>{rows}</tbody></table>'
        with pymupdf.open(stream=typeset(html, CSS).pdf, filetype="pdf") as document:
            counts = [page.get_text().count("甲") // 2 for page in document]
        assert min(count for count in counts if count) >= 2
