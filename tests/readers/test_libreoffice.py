"""Old formats are converted by LibreOffice in isolation."""

import contextlib
import os
import shutil
import socketserver
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from publisher.errors import ConverterError
from publisher.model import SourcePicture, SourceTable
from publisher.readers import libreoffice, read_bytes
from publisher.readers.converted_formulas import find_lost_formulas
from publisher.readers.limits import LIMITS
from publisher.text.edits import replay_edits
from publisher.verify.text_comparison import remove_whitespace
from tests.readers import word
from tests.readers.word import docx, numbered, p, png, tbl, tr

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and libreoffice.can_isolate()),
    reason="LibreOffice is not installed (apt-get install libreoffice-writer-nogui), or cannot be shut in: "
    "a chroot allows no user namespaces",
)
SECRET = "SECRET-6041-7"  # noqa: S105 - a word to look for
FETCHED = "FETCHED-9920-3"
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "text": "text",
        "draw": "drawing",
        "style": "style",
        "svg": "svg-compatible",
        "table": "table",
        "script": "script",
    }.items()
)
ODT = "application/vnd.oasis.opendocument.text"


def odt(body, *, head=""):
    """Return an OpenDocument text."""
    content = (
        f'<?xml version="1.0"?><office:document-content {SPACES} '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"{head}<office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    return word.pack(
        {"mimetype": ODT, "content.xml": content, "META-INF/manifest.xml": manifest},
        zipfile.ZIP_STORED,
    )


def rtf(*paragraphs):
    """Return a text in RTF; a paragraph with a backslash is RTF already."""

    def escape(text):
        if "\\" in text:
            return text
        return "".join(
            character if character.isascii() else f"\\u{ord(character)}?" for character in text
        )

    body = "".join(f"{escape(paragraph)}\\par\n" for paragraph in paragraphs)
    return f"{{\\rtf1\\ansi\\ansicpg936{{\\fonttbl{{\\f0 SimSun;}}}}{body}}}".encode("ascii")


def as_doc(data, suffix, folder):
    """Return the file as LibreOffice saves it in Word's old format."""
    (folder / f"a{suffix}").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         "doc:MS Word 97", "--outdir", str(folder / "out"), str(folder / f"a{suffix}")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "out" / "a.doc").read_bytes()


def field(code, result):
    return f"{{\\field{{\\*\\fldinst {code} }}{{\\fldrslt {result}}}}}"


REPORT = docx(
    p("鹤岭市2021年政府信息公开工作年度报告", style="Title"),
    numbered("概述"),
    p("全年公开政府信息1272条。"),
    tbl(tr("项目", "件数"), tr("主动公开", "1272")),
    numbered("收费情况"),
    numbering=word.numbering((word.level(0, "chineseCounting", "%1、"),)),
)


@needs_office
@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_a_doc_is_read(suffix, tmp_path):
    source, edits = read_bytes(as_doc(REPORT, ".docx", tmp_path), name=f"r{suffix}")
    text = source.plain_text()
    for words in ("鹤岭市2021年政府信息公开工作年度报告", "一、概述", "1272条。", "二、收费情况"):
        assert words in text
    assert sum(isinstance(segment, SourceTable) for segment in source.segments) == 1
    assert source.media_type == "application/msword"
    assert remove_whitespace(replay_edits(source.decoded, edits)) == remove_whitespace(text)


@needs_office
def test_rtf_and_odt_are_read():
    source, _ = read_bytes(rtf("年度报告", "一、概述", "公开12条。"), name="r.rtf")
    assert source.plain_text().split() == ["年度报告", "一、概述", "公开12条。"]
    body = (
        "<text:p>目录</text:p><text:table-of-content text:name='n'><text:index-body><text:p>概述<text:tab/>1</text:p>"
        "</text:index-body></text:table-of-content><text:h text:outline-level='1'>概述</text:h>"
        "<text:p>公开<text:text-input text:description=''>信息12条</text:text-input>。</text:p>"
    )
    source, _ = read_bytes(odt(body), name="r.odt")
    assert source.plain_text().split() == ["概述", "公开信息12条。"]


class Canary(socketserver.ThreadingTCPServer):
    """A server that counts connections, and answers with a text of its own."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        self.calls = []
        super().__init__(("127.0.0.1", 0), Answer)


class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.calls.append(self.rfile.readline())
        self.wfile.write(f"HTTP/1.0 200 OK\r\n\r\n{FETCHED}".encode())


@pytest.fixture
def canary():
    with Canary() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def files_with_links(canary, tmp_path):
    """Return a file of each format with all kinds of links, each next to the text 留."""
    http = f"http://127.0.0.1:{canary.server_address[1]}"
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    (tmp_path / "secret.png").write_bytes(png(77, 55))
    frame = (
        "<text:p>留<draw:frame text:anchor-type='as-char' svg:width='2cm' svg:height='2cm'>"
        "<{} xlink:href='{}' xlink:type='simple' xlink:show='embed' xlink:actuate='onLoad'/>"
        "</draw:frame></text:p>"
    )
    body, styles, paragraphs = "", "", ["留"]
    for n, address in enumerate((f"{http}/x", f"file://{tmp_path}/secret.txt")):
        body += f"<text:section text:name='s{n}'><text:section-source xlink:href='{address}'/>"
        body += "<text:p>留</text:p></text:section>"
        body += frame.format("draw:object", address) + frame.format("draw:floating-frame", address)
        paragraphs += [
            f"{{\\*\\template {address}}}x",
            field(f'INCLUDETEXT "{address}"', "old"),
            field(f'LINK Word.Document.8 "{address}" "" \\\\a \\\\p', "old"),
            field(f'DDEAUTO soffice "{address}" a', "old"),
        ]
    for n, address in enumerate((f"{http}/x.png", f"file://{tmp_path}/secret.png")):
        body += frame.format("draw:image", address) + f"<text:p text:style-name='P{n}'>留</text:p>"
        styles += (
            f"<style:style style:name='P{n}' style:family='paragraph'><style:paragraph-properties>"
            f"<style:background-image xlink:href='{address}'/></style:paragraph-properties></style:style>"
        )
        paragraphs.append(field(f'INCLUDEPICTURE "{address}" \\\\d', "old"))
    head = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return {".odt": odt(body, head=head), ".rtf": rtf(*paragraphs, "留")}


def require_nothing_fetched(data, suffix, canary):
    canary.calls.clear()
    source, _ = read_bytes(data, name=f"r{suffix}")
    assert source.decoded.count("留") >= 2
    assert SECRET not in source.decoded
    assert FETCHED not in source.decoded
    assert not any(isinstance(segment, SourcePicture) for segment in source.segments)
    assert canary.calls == []


@needs_office
@pytest.mark.parametrize("suffix", [".odt", ".rtf"])
def test_nothing_is_fetched_and_no_other_file_is_read(suffix, canary, files_with_links):
    require_nothing_fetched(files_with_links[suffix], suffix, canary)


@needs_office
def test_nothing_is_fetched_for_a_doc(canary, files_with_links, tmp_path):
    require_nothing_fetched(as_doc(files_with_links[".odt"], ".odt", tmp_path), ".doc", canary)


@needs_office
def test_the_canary_is_called_without_isolation(canary, files_with_links, tmp_path):
    as_doc(files_with_links[".odt"], ".odt", tmp_path)
    assert canary.calls


@needs_office
def test_macros_are_not_run(tmp_path):
    mark = tmp_path / "ran"
    head = (
        "<office:scripts><office:event-listeners><script:event-listener script:language='ooo:script' "
        "script:event-name='dom:load' xmlns:xlink='http://www.w3.org/1999/xlink' "
        f"xlink:href='vnd.sun.star.script:x.py$f?language=Python&amp;location=document#{mark}'/>"
        "</office:event-listeners></office:scripts>"
    )
    source, _ = read_bytes(odt("<text:p>留</text:p>", head=head), name="r.odt")
    assert source.plain_text().strip() == "留"
    assert not mark.exists()


@needs_office
def test_the_same_bytes_give_the_same_text():
    data = rtf(
        "甲", field("DATE \\\\@ yyyy", "1999"), field("TIME", "1:00"), field("PAGE", "7"), "乙"
    )
    first, edits = read_bytes(data, name="r.rtf")
    time.sleep(1.1)
    assert read_bytes(data, name="r.rtf") == (first, edits)
    assert first.plain_text().split() == ["甲", "1", "乙"]
    assert [
        finding.message.rpartition(" ")[2]
        for finding in first.findings
        if finding.clause == "field"
    ]


@needs_office
def test_a_fixed_date_of_open_document_is_kept():
    date = "<text:date text:fixed='{}' text:date-value='2019-03-05'>19-03-05</text:date>"
    body = f"<text:p>甲{date.format('true')}乙</text:p><text:p>丙{date.format('false')}丁</text:p>"
    source, _ = read_bytes(odt(body), name="r.odt")
    fixed, current = source.plain_text().split("\n")
    assert "19" in fixed
    assert current == "丙丁"


MATHML = "<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math>"
FORMULA = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"


@pytest.mark.parametrize(
    ("data", "converted", "lost"),
    [
        (word.pack({"content.xml": "", "Object 1/content.xml": MATHML}), [p("文")], 1),
        (word.pack({"content.xml": "", "Object 1/content.xml": MATHML}), [p("文", FORMULA)], 0),
        (MATHML.encode() * 3, [p("文", FORMULA)], 2),
        (rb"{\rtf1{\mmath{\*\moMath{\mr Q}}}\moMathPara}", [p("文")], 1),
        (b"PK\x03\x04", [p("文")], 0),
    ],
)
def test_formulas_that_are_not_converted_are_reported(data, converted, lost):
    findings = list(find_lost_formulas(data, docx(*converted), where="r.odt"))
    assert [finding.message.rpartition(" ")[2] for finding in findings] == [str(lost)] * bool(lost)


@needs_office
def test_conversions_run_in_parallel():
    files = [rtf(f"报告{n}", "一、概述") for n in range(6)]
    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(lambda data: read_bytes(data, name="r.rtf")[0].plain_text(), files))
    assert [text.split()[0] for text in results] == [f"报告{n}" for n in range(6)]


@needs_office
@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "r.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"),
        ),
        ("r.odt", odt("<text:p>文")),
    ],
)
def test_damaged_files_are_refused(name, data):
    with pytest.raises(ConverterError) as caught:
        read_bytes(data, name=name)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_a_missing_program_is_reported_with_a_hint(monkeypatch):
    monkeypatch.setattr(libreoffice.shutil, "which", lambda _: None)
    with pytest.raises(ConverterError) as caught:
        libreoffice.convert_to_docx(b"{\\rtf1}", ".rtf", where="r.rtf")
    assert "libreoffice-writer-nogui" in caught.value.hint
    assert ".docx" in caught.value.hint


def test_nothing_is_converted_without_isolation(monkeypatch):
    monkeypatch.setattr(libreoffice.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(libreoffice, "can_isolate", lambda: False)
    with pytest.raises(ConverterError, match="cannot be isolated"):
        libreoffice.convert_to_docx(b"{\\rtf1}", ".rtf", where="r.rtf")


def running_conversions():
    """Return the command lines of the conversions that are running."""
    results = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if b"file:///job/profile" in file.read_bytes():
                results.append(file)
    return results


@needs_office
def test_a_conversion_beyond_the_time_limit_is_killed(monkeypatch):
    limits = {**LIMITS, "seconds": replace(LIMITS["seconds"], maximum=0)}
    assert libreoffice.can_isolate()
    monkeypatch.setattr(libreoffice, "LIMITS", MappingProxyType(limits))
    before = len(running_conversions())
    with pytest.raises(ConverterError, match="'seconds'"):
        libreoffice.convert_to_docx(rtf("文"), ".rtf", where="r.rtf")
    for _ in range(50):
        if len(running_conversions()) <= before:
            break
        time.sleep(0.1)
    assert len(running_conversions()) <= before


@needs_office
def test_temporary_files_are_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice.tempfile, "tempdir", str(tmp_path))
    libreoffice.convert_to_docx(rtf("文"), ".rtf", where="r.rtf")
    assert list(tmp_path.iterdir()) == []


@needs_office
def test_libreoffice_ends_with_a_process_that_is_killed(tmp_path):
    """Also without a chance to clean up: nothing goes on running."""
    code = (
        "from publisher.readers import libreoffice\n"
        "libreoffice._ROOT_SCRIPT = 'sleep 300'\n"
        "libreoffice.convert_to_docx(b'x', '.rtf', where='x')"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", code], env=environment) as process:
        try:
            assert _wait_until(lambda: _programs_with(str(tmp_path)))
        finally:
            process.kill()
    assert _wait_until(lambda: not _programs_with(str(tmp_path)))


def _programs_with(argument):
    """Return the namespaces that are running and have a text in their command lines."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            command = path.read_bytes()
            if command.startswith(b"unshare") and argument.encode() in command:
                found.append(path)
    return found


def _wait_until(condition):
    for _ in range(600):
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_folder_for_temporary_files_that_is_full_is_reported(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: "soffice")
    monkeypatch.setattr(libreoffice, "can_isolate", lambda: True)
    monkeypatch.setattr(libreoffice, "_run_conversion", lambda *_: None)
    monkeypatch.setattr(libreoffice.shutil, "disk_usage", lambda _: usage._replace(free=0))
    for folder in (tmp_path, tmp_path / "missing"):
        monkeypatch.setattr(libreoffice.tempfile, "tempdir", str(folder))
        with pytest.raises(ConverterError) as caught:
            libreoffice.convert_to_docx(rtf("文"), ".rtf", where="r.rtf")
        assert str(folder) in caught.value.message
        assert "TMPDIR" in caught.value.hint


def test_a_result_outside_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    (tmp_path / "out" / "report.docx").symlink_to(tmp_path / "secret")
    with pytest.raises(ConverterError):
        libreoffice._read_result(tmp_path / "out" / "report.docx", "r.doc")


@needs_office
def test_a_folder_of_old_formats_is_built_by_workers(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        body = "".join(
            f"<text:p>{line}</text:p>"
            for line in ("某县年度报告", "一、概述", f"公开信息{name}条。")
        )
        (folder / f"{name}.odt").write_bytes(odt(body))
    completed = subprocess.run(
        [
            sys.executable,
            "-m",
            "publisher",
            "build",
            folder,
            "-o",
            tmp_path / "out",
            "--profile",
            "draft",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stderr
    assert {file.name for file in (tmp_path / "out").glob("*.pdf")} == {"a.pdf", "b.pdf"}
