"""Nothing is fetched for a report: in no format, in no way, from no server and no file."""

import os
import socket
import socketserver
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pypdf
import pytest

from publisher import publish
from publisher.errors import SourceDamagedError, SourceUnsafeError
from publisher.options import Options
from publisher.readers import read_bytes
from publisher.system.sandbox import install, isolated
from publisher.text.edits import replay_edits
from publisher.typeset import engine, url_fetcher
from tests.corpus.fetching import FIELDS, RELATIONS, WAYS, word
from tests.corpus.html import HEADED, address, page
from tests.corpus.pictures import png

ROOT = Path(__file__).parents[2]
SECRET = "此为机密六〇四一七"  # noqa: S105 - a word to look for
TEXT = "澄江县年度报告\n一、概述\n2019年公开信息12条。\n"


class Canary(socketserver.ThreadingTCPServer):
    """A server that only counts who calls."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        self.calls = 0

    def verify_request(self, *_):
        self.calls += 1
        return False


@pytest.fixture(scope="module", autouse=True)
def second_wall():
    """Have the audit hook that the command line and its workers have."""
    install()


@pytest.fixture
def canary():
    with Canary() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def secret(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "secret.txt").write_text(SECRET)
    (folder / "secret.png").write_bytes(png(40, 40) + SECRET.encode())
    return folder


def targets(canary, secret):
    return (
        f"http://127.0.0.1:{canary.server_address[1]}/x.png",
        (secret / "secret.txt").as_uri(),
        str(secret / "secret.png"),
    )


def as_html(way, target):
    return page(HEADED + way.format(target, target)).encode(), ".html"


def as_markdown(way, target):
    body = way.format(target, target)
    return f"# 报告\n\n{TEXT}\n![图]({target})\n\n<{target}>\n\n{body}\n".encode(), ".md"


def as_text(way, target):
    return f"{TEXT}{way.format(target, target)}\n".encode(), ".txt"


def everything_in(pdf):
    """Return all streams of a file, decoded."""
    objects = pypdf.PdfWriter(clone_from=pdf)._objects
    return b"\n".join(
        one.get_data() for one in objects if isinstance(one, pypdf.generic.StreamObject)
    )


def as_word(way, target):
    return word(way, target), ".docx"


@pytest.mark.typeset
@pytest.mark.parametrize(
    ("made", "way"),
    [
        *((made, way) for made in (as_html, as_markdown, as_text) for way in WAYS.values()),
        *((as_word, way) for way in (*RELATIONS, *FIELDS)),
    ],
    ids=lambda one: one.__name__ if callable(one) else None,
)
def test_no_way_fetches(made, way, canary, secret, tmp_path):
    for number, target in enumerate(targets(canary, secret)):
        data, suffix = made(way, target)
        source = tmp_path / f"r{number}{suffix}"
        source.write_bytes(data)
        options = Options(output=tmp_path, profile="draft", tables="none", emit=("html", "txt"))
        try:
            done = publish(source, options)
        except SourceDamagedError:
            assert made is as_word
            continue
        for file in done.written:
            content = everything_in(file) if file.suffix == ".pdf" else file.read_bytes()
            assert SECRET.encode() not in content
    assert canary.calls == 0


def test_the_canary_sings(canary):
    import weasyprint

    target = targets(canary, Path("/"))[0]
    weasyprint.HTML(string=WAYS["img"].format(target)).write_pdf()
    assert canary.calls > 0


@pytest.mark.typeset
def test_the_second_wall_holds_without_the_first(canary, secret, tmp_path, monkeypatch):
    import weasyprint
    from weasyprint.urls import URLFetcher

    monkeypatch.setattr(engine, "refusing_fetcher", URLFetcher)
    for target in targets(canary, secret)[:2]:
        body = WAYS["img"].format(target) + WAYS["a-attachment"].format(target)
        with isolated("报告.html"):
            pdf = weasyprint.HTML(string=body, url_fetcher=URLFetcher()).write_pdf()
        assert SECRET.encode() not in pdf
    assert canary.calls == 0


def test_the_wall_stands_only_where_it_is_built(secret, tmp_path):
    file = secret / "secret.txt"
    with isolated("报告.html"), pytest.raises(SourceUnsafeError, match="secret") as caught:
        file.read_text()
    assert caught.value.where == "报告.html"
    assert file.read_text() == SECRET
    with isolated("r"), pytest.raises(SourceUnsafeError):
        (tmp_path / "new.txt").write_text("x")
    with isolated("r"):
        thread = threading.Thread(target=file.read_text)
        thread.start()
        thread.join()


@pytest.mark.parametrize("prefixed", [False, True])
def test_a_module_that_is_loaded_inside_goes_without_bytecode(tmp_path, prefixed):
    """Where nothing was compiled beforehand, Python would write beside what it loads."""
    (tmp_path / "seldom.py").write_text("told = 3\n")
    kept = tmp_path / "kept"
    program = (
        "from publisher.system.sandbox import isolated\n"
        "with isolated('r'):\n"
        "    import seldom\n"
        "print(seldom.told)\n"
    )
    surroundings = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    if prefixed:
        surroundings["PYTHONPYCACHEPREFIX"] = str(kept)
    run = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        env=surroundings,
    )
    assert (run.stdout, run.stderr) == ("3\n", "")
    assert not [*tmp_path.glob("__pycache__/seldom*"), *kept.rglob("seldom*")]


def test_a_detour_leads_to_no_other_file(secret):
    """What the system tells of this process leads to the root of all files."""
    with isolated("r"), pytest.raises(SourceUnsafeError):
        Path(f"/proc/self/root{secret}/secret.txt").read_text()


@pytest.mark.parametrize(
    "asks",
    [
        lambda: socket.gethostbyaddr("127.0.0.1"),
        lambda: socket.getnameinfo(("127.0.0.1", 80), 0),
        lambda: sqlite3.connect("x.db"),
        lambda: Path(__file__).chmod(0o600),
        os.fork,
    ],
)
def test_nothing_else_leads_out(asks):
    with isolated("r"), pytest.raises(SourceUnsafeError):
        asks()


def test_a_picture_is_the_only_address_that_is_answered():
    fetcher = url_fetcher.refusing_fetcher()
    assert fetcher.fetch(address(png(4, 4))).read() == png(4, 4)
    for other in ("data:text/html,x", "data:image/svg+xml;base64,AAAA", "file:///etc/passwd", "x"):
        with pytest.raises(ValueError, match="nothing is fetched"):
            fetcher.fetch(other)


def test_author_styles_never_reach_the_page(tmp_path):
    style = "<style>p { color: rgb(1,2,3); display: none }</style>"
    source = tmp_path / "r.html"
    source.write_bytes(
        page(style + HEADED.replace("<p>", '<p style="color: rgb(1,2,3)" class="q9">')).encode()
    )
    done = publish(source, Options(output=tmp_path / "out", profile="draft", emit=("html",)))
    shown = next(one for one in done.written if one.suffix == ".html").read_text()
    assert "rgb(1" not in shown
    assert "q9" not in shown
    raw, edits = read_bytes(source.read_bytes(), name="r.html")
    assert any(style[7:-8] in one.before for one in edits)
    assert replay_edits(raw.decoded, edits).strip().startswith("澄江县")
