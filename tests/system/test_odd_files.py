"""Files that a person names end in an error of two lines, whatever they are: never a traceback, never without end."""

import os
import random
import re
import signal
from pathlib import Path

import pytest

from publisher.batch.journal import Journal, read_planned_names
from publisher.config import read_config
from publisher.conversion.glossary import load_glossary
from publisher.decisions import read_decisions_file
from publisher.errors import PublisherError, UnknownStyleError
from publisher.options import Options
from publisher.pdf.icc import load_output_profile
from publisher.render.style_faults import sheet_findings
from publisher.render.styles import load_style
from publisher.system import ordinary_file, resources
from publisher.system.ordinary_file import read_ordinary_file

VARIATIONS = 400 if os.environ.get("PUBLISHER_FULL") else 60
SECONDS = 60
GLOSSARY = "概述\t總說明\tzh-Hant-TW\t本局\n服务台\t服務臺\t*\nre:信[息]+\t資訊\n".encode()
CONFIG = b'style = "reader"\nemit = ["txt"]\n[fonts]\nsong = ["x"]\n'
DECISIONS = b'[report]\ntitle = "x"\n[[edits]]\nrule = "quotes"\ndecision = "accept"\n'
JOURNAL = b'{"event":"planned","below":"a","name":"b"}\n{"event":"done","name":"b","x":[1]}\n' * 3
MANIFEST = b'extends = "gongwen"\nsummary = "x"\ntitle_ems = 20\n[inks]\nred = { screen = "#e60012", cmyk = [0, 100, 100, 0] }\n'
SHEET = (
    "p { color: red; margin: 3mm }\n@page { margin: 2cm }\n@import 'a.css';\n/* 注 */\n".encode()
)


def profile():
    path = resources.profile_file("FOGRA39L.icc")
    if path is None or not path.is_file():
        pytest.skip("the profile of FOGRA39 is not on this machine")
    return path.read_bytes()


def variations(good, number=VARIATIONS):
    """Yield damaged copies of a content: bits, cuts, insertions, repetitions, other encodings."""
    dice = random.Random(good)  # noqa: S311 - no secret
    yield from (b"", b"\0" * 999, b"\xff\xfe" + good, good[:9] + b"\xc3" + good[9:], b"[" * 99_999)
    yield from (dice.randbytes(4000), good.replace(b"\n", b"\r"), b"\xed\xa0\x80" + good)
    for _ in range(number):
        data = bytearray(good)
        for _ in range(dice.randrange(1, 6)):
            at = dice.randrange(len(data) + 1)
            kind = dice.randrange(4)
            if kind == 0:
                data[at : at + 1] = dice.randbytes(1)
            elif kind == 1:
                del data[at : at + dice.randrange(1, 20)]
            elif kind == 2:
                data[at:at] = dice.randbytes(dice.randrange(1, 20))
            else:
                data[at:at] = data[: dice.randrange(len(data) + 1)][:2000]
        yield bytes(data)


def lying_profiles(good):
    """Yield profiles whose table of tags has false offsets and lengths."""
    dice = random.Random(7)  # noqa: S311 - no secret
    count = int.from_bytes(good[128:132])
    for _ in range(VARIATIONS):
        data = bytearray(good)
        at = 132 + 12 * dice.randrange(count) + dice.choice((4, 8))
        data[at : at + 4] = dice.choice(
            (b"\xff" * 4, b"\x7f\xff\xff\xff", b"\0\0\0\1", dice.randbytes(4))
        )
        yield bytes(data)


def into_journal(path):
    folder = path.parent
    read_planned_names(folder)
    with Journal(folder) as journal:
        list(journal.entries("planned", "done"))


READERS = {
    "glossary.tsv": (GLOSSARY, lambda path: load_glossary(path, "zh-Hant-TW")),
    "publisher.toml": (CONFIG, read_config),
    "x.decisions.toml": (DECISIONS, lambda path: read_decisions_file(path).entries()),
    "journal.jsonl": (JOURNAL, into_journal),
    "style.toml": (MANIFEST, lambda path: load_style(str(path.parent))),
    "style.css": (SHEET, lambda path: _use_style(path.parent)),
    "x.icc": (b"", load_output_profile),
}


def _use_style(folder):
    (folder / "style.toml").write_bytes(b'extends = "gongwen"\n')
    style = load_style(str(folder))
    style.sheet({"song": ("x",)})
    list(sheet_findings(style))


@pytest.fixture
def limited():
    """Fail a test that reads without end."""

    def stop(*_):
        raise AssertionError("it takes too long")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", READERS)
def test_every_content_is_read_or_refused(name, tmp_path, limited):
    good, read = READERS[name]
    good = good or profile()
    contents = [*variations(good), *(lying_profiles(good) if name == "x.icc" else ())]
    problems = []
    for content in contents:
        path = tmp_path / name
        path.write_bytes(content)
        try:
            read(path)
        except PublisherError as error:
            problems.append(str(error))
    assert len(problems) > 2
    assert not any("\n" in problem or not problem for problem in problems)


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "sparse"])
@pytest.mark.parametrize("name", READERS)
def test_what_is_no_ordinary_file_is_refused(name, kind, tmp_path, limited):
    path = tmp_path / name
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    else:
        with path.open("wb") as file:
            file.truncate(5_000_000_000)
    if (name, kind) == ("journal.jsonl", "sparse"):
        return  # a run of a million reports has a long journal, which is read line by line
    with pytest.raises(PublisherError) as error:
        READERS[name][1](path)
    assert "\n" not in str(error.value)


def test_a_long_line_of_a_journal_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr("publisher.batch.journal.MAX_LINE_BYTES", 50)
    long = b'{"event":"planned","below":"' + b"x" * 500 + b'","name":"y"}\n'
    (tmp_path / "journal.jsonl").write_bytes(JOURNAL + long + JOURNAL.replace(b'"a"', b'"c"'))
    assert read_planned_names(tmp_path) == {"a": "b", "c": "b"}


def test_the_limit_holds_for_files_without_a_length():
    with pytest.raises(OSError, match="MB"):
        read_ordinary_file(Path("/proc/self/maps"), 100)


def test_a_reader_without_the_check_would_be_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(ordinary_file.stat, "S_ISREG", lambda _: True)
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert read_ordinary_file(path, 100) == b""


TITLES = [
    "", " ", "\0", "a\nb", "题\u202e目", "题\u200b目", "\ud800", "题" * 10_000, "\uffff", "<b>&", "{{ 1 }}", "\x7f", "\u3000",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES, ids=repr)
def test_every_title_is_taken_or_refused(title):
    problem = ""
    try:
        Options(title=title)
    except PublisherError as error:
        problem = str(error)
    assert "\n" not in problem
    is_odd = any(char in title for char in "\0\n\u202e\u200b\ud800\uffff\x7f")
    assert bool(problem) == (is_odd or title.isspace())


def own(folder, **files):
    folder.mkdir()
    (folder / "style.toml").write_text('extends = "gongwen"\n', "utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".", 1).replace("_", ".")).write_text(text, "utf-8")
    return str(folder)


FAULTS = {
    "{{ 1 / 0 }}": "ZeroDivisionError",
    "{{ nothing.at_all }}": "UndefinedError",
    "{% if %}": "TemplateSyntaxError",
    "{{ report.a.b.c }}": "UndefinedError",
    "{{ ''.join(3) }}": "TypeError",
    "{% for i in range(10**9) %}{% endfor %}": "OverflowError",
    "{{ ().__class__.__bases__ }}": "SecurityError",
    "{% include 'report.html.j2' %}": "RecursionError",
    "{% include 'none.j2' %}": "TemplateNotFound",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_template_names_its_file_and_line(fault, tmp_path, limited):
    from publisher import build

    style = own(tmp_path / "mine", report_html_j2=f"<p>\n\n{fault}\n</p>")
    with pytest.raises(UnknownStyleError, match=FAULTS[fault]) as error:
        build("报告\n\n正文。".encode(), Options(style=style), name="r.txt")
    assert error.value.where == f"{tmp_path}/mine/report.html.j2, line 3"


def test_a_fault_of_a_sheet_names_its_file_and_line(tmp_path):
    css = "p { color: red }\n@import 'http://example.org/a.css';\np { color }\nq { background: url(file:///etc/passwd) }\n}\n"
    style = load_style(own(tmp_path / "mine", style_css=css))
    lines = [finding.message.partition(": ")[0] for finding in sheet_findings(style)]
    assert lines == [f"{tmp_path}/mine/style.css, line {line}" for line in (2, 3, 4, 5)]
    assert list(sheet_findings(load_style("reader"))) == []


@pytest.mark.parametrize("profile", ["draft", "print"])
def test_what_weasyprint_ignores_names_its_file_and_line_each_time(profile, tmp_path):
    from publisher import build

    css = "\n\np { colour: red }\n\nq { color: reddish }\n"
    options = Options(
        style=own(tmp_path / "mine", style_css=css), profile=profile, date="2018-02-26"
    )
    for _ in range(2):  # the second report uses the sheet that the first one read
        result = build("报告\n\n正文。".encode(), options, name="r.txt")
        messages = [finding.message for finding in result.findings if "Ignored" in finding.message]
        assert len(messages) == 2
        assert messages[0].startswith(f"{tmp_path}/mine/style.css, line 3: Ignored `colour:")
        assert messages[1].startswith(f"{tmp_path}/mine/style.css, line 5: Ignored `color:")
        assert not any(re.search(r" at \d+:\d+", message) for message in messages)


def test_a_circle_of_imports_ends(tmp_path, limited):
    from publisher import build

    css = "@import 'style.css';\n" * 200
    result = build(
        "报告\n\n正文。".encode(),
        Options(style=own(tmp_path / "mine", style_css=css)),
        name="r.txt",
    )
    messages = [finding.message for finding in result.findings if finding.clause == "style"]
    assert messages[0].endswith(
        "line 1: @import is not followed: nothing is fetched while a report is typeset"
    )
    assert messages[-1].endswith("180 more faults follow")
