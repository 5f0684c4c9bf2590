"""The engine: its hooks in WeasyPrint, the grid of the gongwen style, what it refuses to fetch."""

import inspect
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from publisher import Options, publish
from publisher.errors import ConfigurationError
from publisher.pdf.document import read_pdf
from publisher.typeset.linebreak.character_classes import CharacterClass, classify
from publisher.typeset.patches.registry import patch_set
from publisher.typeset.weasyprint_loader import load_weasyprint

ROOT = Path(__file__).parents[2]
MM = 72 / 25.4
pytestmark = pytest.mark.typeset


def test_weasyprint_has_the_functions_that_the_engine_hooks():
    """A new WeasyPrint that moves a function must fail here, not on a page."""
    import weasyprint
    from weasyprint import pdf
    from weasyprint.formatting_structure import boxes
    from weasyprint.pdf.stream import Stream

    assert weasyprint.__version__.startswith("70.")
    source = inspect.getsource(pdf.generate_pdf)
    assert "stream = Stream(\n" in source
    assert "add_tags(pdf, document, options['pdf_version'], page_streams)" in source
    assert list(inspect.signature(Stream.marked).parameters) == ["self", "box", "tag"]
    assert "finisher" in inspect.signature(weasyprint.Document.write_pdf).parameters
    assert boxes.Box.is_leader is False
    assert callable(boxes.ParentBox.all_children)


def test_a_document_leaves_nothing_behind(typeset):
    from publisher.typeset.document_hooks import CURRENT

    typeset("<p>文</p>")
    assert CURRENT.get() is None
    with pytest.raises(ConfigurationError):
        typeset("<p>文</p>", "@font-face { font-family: A; src: url(data:,x) }")
    assert CURRENT.get() is None


def test_a_workspace_stores_the_last_sheets_only(typeset, monkeypatch):
    """A process that uses many styles and options does not grow with them."""
    from publisher.typeset import engine
    from publisher.typeset.session import session_for

    monkeypatch.setattr(engine, "MAX_SHEETS", 2)
    workspaces = session_for("zh-Hans").engine._idle
    for workspace in workspaces:
        workspace._sheets.clear()
    for number in range(4):
        typeset("<p>文</p>", f"p {{ margin-left: {number}pt }}")
    assert {len(workspace._sheets) for workspace in workspaces} <= {0, 2}
    assert any(workspace._sheets for workspace in workspaces)


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # pytest keeps the frames of a warning
@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        ("<p>文</p>", {"TableCellBox", "StyleFor"}),
        ("<p id=a>文<a href=#a></a></p>", {"LayoutContext", "TargetCollector", "StyleFor"}),
    ],
)
def test_boxes_are_freed_when_a_document_is_set(typeset, monkeypatch, before, kinds):
    """No box waits for the collector, nor does one of a layout that was given up for a wide table."""
    import gc

    from publisher.typeset.tables.table_layout import MisfitError

    misfits = []
    monkeypatch.setattr(
        MisfitError,
        "__init__",
        lambda error, fits: misfits.append(fits) or setattr(error, "fits", fits),
    )
    cells = "".join(f"<td>{'甲' * 9}{number}</td>" for number in range(9))
    css = "@page { size: 120mm } table { border-collapse: collapse } a::after { content: target-counter(attr(href), page) }"

    def boxes():
        return [item for item in gc.get_objects() if type(item).__name__ in kinds]

    earlier = boxes()  # of other tests
    gc.disable()
    try:
        typeset(f"{before}<table><tr>{cells}</tr></table>", css)
        left = {id(box) for box in boxes()} - {id(box) for box in earlier}
    finally:
        gc.enable()
    assert misfits
    assert not left


def test_outside_a_document_the_copy_works_like_weasyprint(typeset):
    """The hooks of the engine call WeasyPrint's own functions."""
    import weasyprint

    typeset("<p>文</p>")
    html = "<html lang=en><title>t</title><h1 id=a>a</h1><p>b <i>c</i><table><tr><td>d</table>"
    options = {"pdf_tags": True, "pdf_identifier": b"id", "uncompressed_pdf": True}
    with patch_set().applied(()):
        copied = load_weasyprint().HTML(string=html).write_pdf(**options)
    assert copied == weasyprint.HTML(string=html).write_pdf(**options)


def test_nothing_is_fetched(tmp_path, typeset):
    """Not one of these ways brings a canary's byte into the file or a request to its server."""
    secret = tmp_path / "secret.txt"
    secret.write_text("canary", encoding="utf-8")
    requests = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self):
            requests.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    addresses = [f"http://127.0.0.1:{server.server_port}/x", secret.as_uri(), "data:text/css,p{}"]
    try:
        for address in addresses:
            body = (
                f'<link rel="stylesheet" href="{address}"><img src="{address}" alt="图">'
                f'<object data="{address}"></object><embed src="{address}">'
                f'<style>@import "{address}"; p {{ background: url({address}) }}'
                f"li {{ list-style-image: url({address}) }} p::before {{ content: url({address}) }}"
                f'</style><link rel="attachment" href="{address}"><ul><li>文</li></ul>'
                f'<a rel="attachment" href="{address}">附件</a><p>文</p>'
                f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}"/></svg>'
            )
            done = typeset(body)
            assert b"canary" not in done.pdf
            assert read_pdf(done.pdf).embedded_files == ()
    finally:
        server.shutdown()
        server.server_close()
    assert requests == []


def test_what_weasyprint_warns_of_is_a_finding(typeset):
    assert [finding.message for finding in typeset("<p>文</p>", "p { colour: red }").findings]


def lines_of(page):
    rows = {}
    for run in page.runs:
        if run.artifact is None:
            for character, x, y, advance in zip(
                run.characters, run.xs, run.ys, run.advances, strict=True
            ):
                rows.setdefault(round(y / 3), []).append((x, x + advance, y, character))
    return [sorted(row) for _, row in sorted(rows.items(), reverse=True)]


@pytest.fixture(scope="module")
def gongwen(tmp_path_factory):
    publication = publish(
        ROOT / "samples" / "qinghe-2017.txt",
        Options(output=tmp_path_factory.mktemp("gongwen"), tables="none"),
    )
    return read_pdf(publication.pdf)


def test_gongwen_has_22_lines_of_28_characters(gongwen):
    """GB/T 9704-2012, 5.2: a full page, measured from the finished file."""
    full = [lines_of(page) for page in gongwen.pages[1:-1]]
    assert max(len(rows) for rows in full) == 22
    assert {len(rows) for rows in full} <= {21, 22}
    ends = [
        row for rows in full for row in rows if classify(row[-1][3]) is CharacterClass.IDEOGRAPH
    ]
    widest = max(row[-1][1] for row in ends) - 28 * MM
    assert widest / 15.75 == pytest.approx(
        28, abs=0.1
    )  # of a right page: its left edge is at 28 mm
    rows = next(rows for rows in full if len(rows) == 22)
    assert (rows[0][0][2] - rows[-1][0][2]) / 21 / MM == pytest.approx(225 / 22, abs=0.02)


def test_gongwen_margins(gongwen):
    """天头 37 mm, 订口 28 mm on the binding edge: left of odd pages, right of even ones."""
    for page, left in ((gongwen.pages[2], 28), (gongwen.pages[1], 26)):
        rows = lines_of(page)
        starts = [row[0][0] for row in rows if classify(row[0][3]) is not CharacterClass.OPENING]
        assert min(starts) / MM == pytest.approx(left, abs=0.1)
        ends = [row[-1][1] for row in rows if classify(row[-1][3]) is CharacterClass.IDEOGRAPH]
        assert max(ends) / MM <= left + 156 + 0.1
        assert (page.width / MM, page.height / MM) == pytest.approx((210, 297), abs=0.1)


def test_gongwen_page_numbers(gongwen):
    """— 1 — in 14 pt, one character in from the outer edge, 7 mm below the type area."""
    for page in gongwen.pages[:4]:
        number = [run for run in page.runs if run.artifact is not None]
        assert "".join(run.text for run in number).replace(" ", "") == f"—{page.index + 1}—"
        assert number[0].artifact.subtype == "Footer"
        assert number[0].size == pytest.approx(14, abs=0.01)
        edge = 14 / MM
        if page.index % 2 == 0:
            right = max(x + a for run in number for x, a in zip(run.xs, run.advances, strict=True))
            assert right / MM == pytest.approx(28 + 156 - edge, abs=0.2)
        else:
            left = min(x for run in number for x in run.xs)
            assert left / MM == pytest.approx(26 + edge, abs=0.2)
        # Noto Serif draws the dash 0.29 em above the baseline: 7 mm below the type area.
        assert 35 - number[0].ys[0] / MM - 0.29 * edge == pytest.approx(7, abs=0.2)


def test_no_line_of_the_title_is_a_stray_character(gongwen):
    title = next(e for e in gongwen.structure.walk() if e.role == "H1")
    text = gongwen.logical_text(title)
    rows = [row for row in lines_of(gongwen.pages[0]) if row[0][3] in text]
    sizes = [len(row) for row in rows[:2]]
    assert min(sizes) >= 4


def test_bookmarks_labels_and_contents(tmp_path):
    publication = publish(
        ROOT / "samples" / "qinghe-2017.txt", Options(style="reader", output=tmp_path)
    )
    pdf = read_pdf(publication.pdf)
    assert [page.label for page in pdf.pages[:4]] == ["i", "ii", "1", "2"]
    marks = pdf.outlines
    assert marks[0].level == 1
    assert {mark.level for mark in marks} == {1, 2, 3, 4}
    contents = [e for e in pdf.structure.walk() if e.role == "TOCI"]
    for entry in contents:
        text = pdf.logical_text(entry)
        mark = next(mark for mark in marks if text.startswith(mark.title))
        assert text == f"{mark.title}{pdf.pages[mark.page].label}"
