"""The rows of tables are laid out in less time, and their pages are those of WeasyPrint's own layout."""

import pytest

from publisher.typeset import document_hooks
from publisher.typeset.tables import row_windows

pytestmark = pytest.mark.typeset
CSS = """@page { size: 100mm 60mm; margin: 10mm } table { border-collapse: collapse; width: 100% }
td, th { border: 0.5pt solid; padding: 1mm } thead { display: table-header-group } h3 { break-after: avoid }
tbody tr:last-child { break-before: avoid } .tall tr { break-inside: auto } .at-top { vertical-align: top }"""
LONG = "围绕重点领域组织培训，及时答复群众提出的申请，并在网站公布结果。"


def _rows(count, cells=""):
    return "".join(
        f"<tr><th scope=row>单位{number}</th><td>{number * 37}</td>{cells}</tr>"
        for number in range(count)
    )


HEAD = "<thead><tr><th>单位</th><th>数量</th></tr></thead>"
DOCUMENTS = {
    "a head on each page": f"<table>{HEAD}<tbody>{_rows(30)}</tbody></table>",
    "no head": f"<p>前文</p><table><tbody>{_rows(30)}</tbody></table><p>后文</p>",
    "two groups": f"<table>{HEAD}<tbody>{_rows(9)}</tbody><tbody>{_rows(25)}</tbody></table>",
    "rows of several lines": f"<table><tbody>{_rows(12, f'<td class=at-top>{LONG}</td>')}</tbody></table>",
    "a row in pieces": f"<table class=tall><tbody>{_rows(4, f'<td>{LONG * 8}</td>')}</tbody></table>",
    "spans and links": "<table><tbody>"
    + "".join(
        f'<tr><th rowspan=3>地区{number}</th><td>甲</td><td><a href="https://example.org/">页</a></td></tr>'
        f"<tr><td colspan=2>{LONG}</td></tr><tr><td></td><td><p>一</p><p>二</p></td></tr>"
        for number in range(8)
    )
    + "</tbody></table>",
}


@pytest.fixture(scope="module")
def expected(typeset):
    """The bytes of each document as WeasyPrint lays it out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document_hooks, "lay_out_plain_cell", lambda *_, **__: None)
        patch.setattr(document_hooks, "lay_out_rows", lambda layout, *others: layout(*others))
        return {name: typeset(html, CSS).pdf for name, html in DOCUMENTS.items()}


@pytest.mark.parametrize("window", [2, 8])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_pages_are_those_of_all_rows_together(typeset, monkeypatch, expected, name, window):
    """A window of two rows is too small for a page, one of eight holds it, and one of 256 the table."""
    monkeypatch.setattr(row_windows, "WINDOW", window)
    assert typeset(DOCUMENTS[name], CSS).pdf == expected[name]


def test_plain_cells_and_windows_are_used(typeset, monkeypatch):
    seen = []
    original, opened = document_hooks.lay_out_plain_cell, row_windows._Window.open

    def lay_out(*arguments, **options):
        result = original(*arguments, **options)
        seen.append(("plain", result is not None))
        return result

    def open_window(*arguments):
        window = opened(*arguments)
        seen.append(("window", window is not None and window.skipped > 0))
        return window

    monkeypatch.setattr(document_hooks, "lay_out_plain_cell", lay_out)
    monkeypatch.setattr(row_windows._Window, "open", open_window)
    monkeypatch.setattr(row_windows, "WINDOW", 8)
    typeset(DOCUMENTS["a head on each page"], CSS)
    assert {("plain", True), ("window", True)} <= set(seen)


def test_rows_that_are_not_counted_are_seen(typeset, monkeypatch, expected):
    """The comparison fails if a page does not begin where the page before ended."""
    monkeypatch.setattr(row_windows, "WINDOW", 8)
    monkeypatch.setattr(row_windows._Window, "shift", lambda _, resume_at: resume_at and None)
    assert typeset(DOCUMENTS["a head on each page"], CSS).pdf != expected["a head on each page"]
