"""Nothing is fetched for a report, whatever its format and whatever it refers to."""

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
from publisher.system.sandbox import install, sandboxed
from publisher.text.edits import replay_edits
from publisher.typeset import engine, url_fetcher
from tests.corpus.fetching import FIELDS, HTML_REFERENCES, RELATIONS, word_file
from tests.corpus.html import HEADED, address, page
from tests.corpus.pictures import png

ROOT = Path(__file__).parents[2]
SECRET = "此为机密六〇四一七"  # noqa: S105 - text that must not occur
TEXT = "澄江县年度报告\n一、概述\n2019年公开信息12条。\n"


class Canary(socketserver.ThreadingTCPServer):
    """A server that only counts connections."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        self.calls = 0

    def verify_request(self, *_):
        self.calls += 1
        return False


@pytest.fixture(scope="module", autouse=True)
def audit_hook():
    """Install the audit hook, as the command line and its workers do."""
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


def as_html(reference, target):
    return page(HEADED + reference.format(target, target)).encode(), ".html"


def as_markdown(reference, target):
    body = reference.format(target, target)
    return f"# 报告\n\n{TEXT}\n![图]({target})\n\n<{target}>\n\n{body}\n".encode(), ".md"


def as_text(reference, target):
    return f"{TEXT}{reference.format(target, target)}\n".encode(), ".txt"


def all_streams(pdf):
    """Return all streams of a PDF, decoded."""
    objects = pypdf.PdfWriter(clone_from=pdf)._objects
    return b"\n".join(
        stream.get_data() for stream in objects if isinstance(stream, pypdf.generic.StreamObject)
    )


def as_word(reference, target):
    return word_file(reference, target), ".docx"


@pytest.mark.typeset
@pytest.mark.parametrize(
    ("make_source", "reference"),
    [
        *(
            (make_source, reference)
            for make_source in (as_html, as_markdown, as_text)
            for reference in HTML_REFERENCES.values()
        ),
        *((as_word, reference) for reference in (*RELATIONS, *FIELDS)),
    ],
    ids=lambda stream: stream.__name__ if callable(stream) else None,
)
def test_nothing_is_fetched(make_source, reference, canary, secret, tmp_path):
    tried = targets(canary, secret)
    if make_source in (as_markdown, as_text) and "PUBLISHER_FULL" not in os.environ:
        # One target each, in turn; with each reference a web page has all of them.
        tried = tried[list(HTML_REFERENCES.values()).index(reference) % len(tried) :][:1]
    for number, target in enumerate(tried):
        data, suffix = make_source(reference, target)
        source = tmp_path / f"r{number}{suffix}"
        source.write_bytes(data)
        options = Options(output=tmp_path, profile="draft", tables="none", emit=("html", "txt"))
        try:
            publication = publish(source, options)
        except SourceDamagedError:
            assert make_source is as_word
            continue
        for file in publication.written:
            content = all_streams(file) if file.suffix == ".pdf" else file.read_bytes()
            assert SECRET.encode() not in content
    assert canary.calls == 0


def test_the_canary_counts_connections(canary):
    import weasyprint

    target = targets(canary, Path("/"))[0]
    weasyprint.HTML(string=HTML_REFERENCES["img"].format(target)).write_pdf()
    assert canary.calls > 0


@pytest.mark.typeset
def test_the_audit_hook_works_without_the_refusing_fetcher(canary, secret, tmp_path, monkeypatch):
    import weasyprint
    from weasyprint.urls import URLFetcher

    monkeypatch.setattr(engine, "refusing_fetcher", URLFetcher)
    for target in targets(canary, secret)[:2]:
        body = HTML_REFERENCES["img"].format(target) + HTML_REFERENCES["a-attachment"].format(
            target
        )
        with sandboxed("报告.html"):
            pdf = weasyprint.HTML(string=body, url_fetcher=URLFetcher()).write_pdf()
        assert SECRET.encode() not in pdf
    assert canary.calls == 0


def test_the_audit_hook_only_acts_inside_isolated(secret, tmp_path):
    file = secret / "secret.txt"
    with sandboxed("报告.html"), pytest.raises(SourceUnsafeError, match="secret") as caught:
        file.read_text()
    assert caught.value.where == "报告.html"
    assert file.read_text() == SECRET
    with sandboxed("r"), pytest.raises(SourceUnsafeError):
        (tmp_path / "new.txt").write_text("x")
    with sandboxed("r"):
        thread = threading.Thread(target=file.read_text)
        thread.start()
        thread.join()


@pytest.mark.parametrize("with_prefix", [False, True])
def test_no_bytecode_is_written_while_isolated(tmp_path, with_prefix):
    """Python would write the bytecode of a module that was not compiled before."""
    (tmp_path / "seldom.py").write_text("value = 3\n")
    cache_folder = tmp_path / "kept"
    program = (
        "from publisher.system.sandbox import install, sandboxed\n"
        "install()\n"
        "with sandboxed('r'):\n"
        "    import seldom\n"
        "print(seldom.value)\n"
    )
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if with_prefix:
        environment["PYTHONPYCACHEPREFIX"] = str(cache_folder)
    run = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert (run.stdout, run.stderr) == ("3\n", "")
    assert not [*tmp_path.glob("__pycache__/seldom*"), *cache_folder.rglob("seldom*")]


def test_proc_does_not_lead_to_other_files(secret):
    """The entries of the process in /proc lead to the root of the file system."""
    with sandboxed("r"), pytest.raises(SourceUnsafeError):
        Path(f"/proc/self/root{secret}/secret.txt").read_text()


@pytest.mark.parametrize(
    "access",
    [
        lambda: socket.gethostbyaddr("127.0.0.1"),
        lambda: socket.getnameinfo(("127.0.0.1", 80), 0),
        lambda: sqlite3.connect("x.db"),
        lambda: Path(__file__).chmod(0o600),
        os.fork,
    ],
)
def test_other_accesses_are_refused(access):
    with sandboxed("r"), pytest.raises(SourceUnsafeError):
        access()


def test_only_data_urls_of_pictures_are_fetched():
    fetcher = url_fetcher.refusing_fetcher()
    assert fetcher.fetch(address(png(4, 4))).read() == png(4, 4)
    for url in ("data:text/html,x", "data:image/svg+xml;base64,AAAA", "file:///etc/passwd", "x"):
        with pytest.raises(ValueError, match="nothing is fetched"):
            fetcher.fetch(url)


def test_author_styles_never_reach_the_page(tmp_path):
    style = "<style>p { color: rgb(1,2,3); display: none }</style>"
    source = tmp_path / "r.html"
    source.write_bytes(
        page(style + HEADED.replace("<p>", '<p style="color: rgb(1,2,3)" class="q9">')).encode()
    )
    publication = publish(source, Options(output=tmp_path / "out", profile="draft", emit=("html",)))
    html = next(file for file in publication.written if file.suffix == ".html").read_text()
    assert "rgb(1" not in html
    assert "q9" not in html
    raw, edits = read_bytes(source.read_bytes(), name="r.html")
    assert any(style[7:-8] in edit.before for edit in edits)
    assert replay_edits(raw.decoded, edits).strip().startswith("澄江县")
