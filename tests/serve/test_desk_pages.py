"""The pages of the desk without a browser: uploads, decisions, publication, languages, what is refused."""

import asyncio
import io
import os
import re
import time
import zipfile
from html import escape, unescape
from html.parser import HTMLParser
from types import SimpleNamespace
from unicodedata import normalize

import msgspec
import pytest
from starlette.exceptions import HTTPException

from publisher.errors import CrashError
from publisher.normalise import RULES
from publisher.options import Options
from publisher.pipeline import run_pipeline
from publisher.profiles import PROFILES
from publisher.serve.desk import commands, labels
from publisher.serve.desk.list_routes import change_events
from publisher.serve.desk.result_routes import _published_files
from publisher.serve.desk.shelf import Shelf
from publisher.serve.desk.shelves import remove_lost
from publisher.serve.desk.stored_report import (
    StoredReport,
    Summary,
    create_stored,
    read_stored,
    result_path,
)
from publisher.serve.desk.uploads import ReceivedFile, sort_files
from publisher.serve.file_names import clean_name
from tests.serve.desk_reports import NAME, SOURCE, TEXT
from tests.serve.servers import TOKEN, InlinePool, make_client, make_settings

pytestmark = pytest.mark.typeset
PAGE = {"accept": "text/html"}


class Browser:
    """A client with a session that fills in forms as a browser without script does."""

    def __init__(self, folder):
        self.pool = InlinePool()
        self.client = make_client(make_settings(folder, requests_per_minute=0), self.pool)
        self.client.headers.update(PAGE)

    def __enter__(self):
        self.client.__enter__()
        self.client.get(f"/?token={TOKEN}")
        return self

    def __exit__(self, *error):
        self.client.__exit__(*error)

    def get(self, path):
        return self.client.get(path)

    def post(self, path, data=None, files=None):
        token = re.search(r'name="csrf-token" content="(\w+)"', self.get("/").text)[1]
        return self.client.post(f"{path}?csrf_token={token}", data=data, files=files)

    def drop(self, *files):
        answer = self.post("/reports", files=[("files", file) for file in files])
        assert answer.status_code == 303, answer.text
        self.wait()
        return answer

    def wait(self):
        for _ in range(600):
            if not re.search('class="state (waiting|opening|publishing)"', self.get("/").text):
                return
            self.client.portal.call(asyncio.sleep, 0.05)
        raise AssertionError("the report is not opened")

    def report(self, number=0):
        return re.findall(r'<a href="(/reports/\w+)">', self.get("/").text)[number]


@pytest.fixture(scope="module")
def shared_browser(tmp_path_factory):
    """A desk with one report; tests do not change its decisions."""
    with Browser(tmp_path_factory.mktemp("desk")) as browser:
        browser.drop((NAME, SOURCE))
        yield browser


@pytest.fixture
def browser(tmp_path):
    with Browser(tmp_path) as opened:
        yield opened


def test_the_whole_work_without_script(browser):
    browser.drop((NAME, SOURCE))
    report = browser.report()
    page = browser.get(report).text
    values = re.findall(r'value="(reject:edit:punctuation[^"]+)"', page)
    answer = browser.post(f"{report}/change/edit", {"decide": values[1]})
    assert answer.headers["location"] == report
    browser.post(f"{report}/change/settings", {"title": "青河市年报"})
    browser.post(f"{report}/change/settings", {"style": "large-print", "tables": "none"})
    assert "<h1>青河市年报</h1>" in browser.get(report).text
    browser.post(f"{report}/publish")
    browser.wait()
    decisions = browser.get(f"{report}/decisions").content
    pdf = browser.get(f"{report}/files/pdf")
    from publisher.decisions import DecisionsFile

    file = DecisionsFile(name="青河年报.decisions.toml", data=decisions, where="")
    options = Options(style="large-print", tables="none")
    built = run_pipeline(SOURCE, options, name=NAME, decisions=file)
    assert pdf.content == built.pdf
    results = browser.get("/results").text
    assert "改动以前" not in results
    assert 'class="button primary">PDF' in results
    assert browser.get(f"{report}/files/record-json").content == built.files[".record.json"]
    disposition = pdf.headers["content-disposition"]
    assert disposition.endswith("; filename*=UTF-8''%E9%9D%92%E6%B2%B3%E5%B9%B4%E6%8A%A5.pdf")
    archive = zipfile.ZipFile(io.BytesIO(browser.get("/results.zip").content))
    assert "青河年报.pdf" in archive.namelist()
    state = browser.client.app.state.context.settings.state
    assert not list(state.glob("*.zip"))
    next(state.glob("desk/*/*/results/report.pdf")).unlink()
    assert browser.get(f"{report}/files/pdf").status_code == 404
    browser.post(f"{report}/bag")
    bag = zipfile.ZipFile(io.BytesIO(browser.get(f"{report}/files/bag-zip").content))
    assert any(name.endswith("bagit.txt") for name in bag.namelist())
    browser.post(f"{report}/change/undo")
    results = browser.get("/results").text
    assert "state changed" in results
    assert "这些是改动以前发布的文件" in results
    assert 'class="button primary">PDF' not in results
    browser.post(f"{report}/remove")
    assert browser.get(report).status_code == 404


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a", "a", "a-2"], ["a", "a-3", "a-2"]),
        (["a-2", "a", "a"], ["a-2", "a", "a-3"]),
        (["A", "a", "a"], ["A", "a-2", "a-3"]),
        (["\u00e9", "e\u0301"], ["\u00e9", "e\u0301-2"]),
        (["a", "a.record"], ["a", "a.record-2"]),
    ],
)
def test_no_two_files_of_an_archive_have_one_name(names, expected, tmp_path):
    entries = []
    for number, name in enumerate(names):
        results = (".pdf", ".record.json") if name != "a.record" else (".pdf", ".json")
        folder = tmp_path / str(number)
        for suffix in results:
            path = result_path(folder, suffix)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"")
        entries.append(
            SimpleNamespace(folder=folder, stored=SimpleNamespace(stem=name, results=results))
        )
    files = [name for name, _ in _published_files(entries)]
    assert [name.removesuffix(".pdf") for name in files if name.endswith(".pdf")] == expected
    assert len({normalize("NFC", name).casefold() for name in files}) == len(files)


class Form(HTMLParser):
    """The controls of the form ``options`` of a page with the values that a browser sends, and its buttons."""

    def __init__(self, page):
        super().__init__()
        self.values, self.buttons, self._inside, self._select, self._area = {}, [], False, "", ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self._inside = given.get("id") == "options"
        owned = given["form"] == "options" if "form" in given else self._inside
        name = given.get("name")
        if tag == "option" and self._select and "selected" in given:
            self.values[self._select] = given["value"]
        if tag == "select":
            self._select = name if owned else ""
        elif owned and tag == "textarea":
            self._area, self.values[name] = name, ""
        elif owned and tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.values[name] = given["value"]
        elif owned and tag == "button":
            self.buttons.append(given)

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data):
        if self._area:
            self.values[self._area] += data


def test_what_is_chosen_and_typed_is_published_without_being_stored_first(browser):
    browser.drop((NAME, SOURCE))
    report = browser.report()
    form = Form(browser.get(report).text)
    actions = {button["formaction"] for button in form.buttons if "formaction" in button}
    assert {address.partition("?")[0].rpartition("/")[2] for address in actions} == {
        "publish", "edit", "rule"
    }  # fmt: skip
    assert "formaction" not in form.buttons[0]  # which Enter presses
    form.values |= {"script": "zh-Hant-TW", "style": "large-print", "title": "青河市年报"}
    refused = browser.post(f"{report}/publish", {**form.values, "date": "昨天"})
    assert refused.status_code == 400
    answer = browser.post(f"{report}/publish", form.values)
    assert answer.headers["location"].startswith("/results#")
    browser.wait()
    (stored,) = stored_reports(browser)
    assert stored.options == {"script": "zh-Hant-TW", "style": "large-print"}
    assert stored.state == "published"
    assert stored.is_current
    assert 'title = "青河市年报"' in stored.decisions


def test_what_was_typed_is_stored_with_a_decision_without_script(browser):
    browser.drop((NAME, SOURCE))
    report = browser.report()
    page = browser.get(report).text
    button = re.search(r'<button ([^>]*)value="(reject:edit:punctuation[^"]+)"', page)
    assert 'form="options"' in button[1]
    assert f'formaction="{report}/change/edit?' in button[1]
    shown = unescape(re.search(r'name="shown-title" value="([^"]*)"', page)[1])
    typed = {"style": "reader", "shown-title": shown, "title": "青河市年报"}
    browser.post(f"{report}/change/edit", {**typed, "decide": button[2]})
    decisions = browser.get(f"{report}/decisions").text
    assert "青河市年报" in decisions
    assert "punctuation" in decisions
    assert re.search('<option value="reader" selected', browser.get(report).text)


def test_fields_that_were_not_changed_are_not_decided(browser):
    browser.drop((NAME, SOURCE))
    report = browser.report()
    values = Form(browser.get(report).text).values | {"script": "zh-Hant-TW"}
    browser.post(f"{report}/change/settings", values)
    values = Form(browser.get(report).text).values
    assert values["title"].startswith("青河市人民政府辦公室")
    values["title"] = values["title"].replace("2019", "2019\r\n")  # as a browser may send it
    browser.post(f"{report}/change/settings", values | {"date": "2020-01-09"})
    (stored,) = stored_reports(browser)
    assert "2020-01-09" in stored.decisions
    assert "title" not in stored.decisions
    assert "issuer" not in stored.decisions
    values = Form(browser.get(report).text).values | {"script": "keep"}
    browser.post(f"{report}/change/settings", values)
    values = Form(browser.get(report).text).values
    assert values["title"].startswith("青河市人民政府办公室")
    assert values["date"] == "2020-01-09"
    browser.post(f"{report}/change/settings", values | {"date": ""})
    assert not stored_reports(browser)[0].decisions


def stored_reports(browser):
    state = browser.client.app.state.context.settings.state
    return [read_stored(folder) for folder in state.glob("desk/*/*")]


def test_decisions_of_an_earlier_time_are_dropped_with_their_report(browser):
    decisions = '[report]\ntitle = "青河"\n'.encode()
    browser.drop((NAME, SOURCE), ("青河年报.decisions.toml", decisions))
    assert "<h1>青河</h1>" in browser.get(browser.report()).text


def test_a_command_about_a_report_that_another_browser_removed_is_refused(tmp_path):
    context = make_client(make_settings(tmp_path)).app.state.context
    shelf = Shelf(context, "shared")
    folder = context.settings.state / "desk" / "shared" / ("0" * 32)
    create_stored(folder, StoredReport(name=NAME, created=0), SOURCE)

    async def run_late():
        (entry,) = shelf.entries()
        await shelf.remove(entry.identifier)
        request = commands.ReportRequest(folder=entry.folder)
        await shelf.run(entry, commands.view_report, request)

    with pytest.raises(HTTPException) as caught:
        asyncio.run(run_late())
    assert caught.value.status_code == 404


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_no_message_is_without_translation(shared_browser, language):
    shared_browser.post("/language", {"language": language, "path": "/"})
    for path in ("/", "/results", shared_browser.report()):
        page = shared_browser.get(path).text
        assert f'<html lang="{language}">' in page
        english = "Skip to the content" in page
        assert english == (language == "en")
    shared_browser.post("/language", {"language": "zh-Hans"})


def test_the_list_counts_changes_made_and_those_to_be_decided(shared_browser):
    page = shared_browser.get(shared_browser.report()).text
    made = len(re.findall('class="edit-item made"', page))
    cells = dict(
        re.findall('data-label="([^"]+)" class="number">([^<]*)<', shared_browser.get("/").text)
    )
    assert int(cells["已修改"]) == made > 1
    assert int(cells["待决定"]) == len(re.findall('class="edit-item proposed"', page))


def test_a_state_from_before_changes_were_counted_is_read():
    summary = {"title": "", "pages": 1, "proposed": 0, "failed_checks": 0, "warnings": 0}
    assert msgspec.convert(summary, Summary).edits_made is None


def test_a_change_in_the_text_has_the_place_of_that_in_the_list(shared_browser):
    page = shared_browser.get(shared_browser.report()).text
    marks = dict(re.findall(r'id="mark-(\d+)" data-place="(\d+)"', page))
    items = dict(re.findall(r'href="#mark-(\d+)" data-offset="(\d+)"', page))
    assert marks
    assert marks == {number: items[number] for number in marks}


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("图.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), "这种文件不能读取：图片"),
        ("坏.docx", b"PK\x03\x04" + bytes(40), "文件不完整"),
    ],
)
def test_a_file_that_is_no_report_is_explained_in_chinese(browser, name, data, message):
    browser.drop((name, data))
    page = browser.get("/").text
    assert message in page
    assert "zip file" not in page


_PART = b'--X\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\na\r\n'


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("/reports", b"--X\r\nContent-Disposition: form-data\r\n\r\na\r\n--X--\r\n", "表单已损坏"),
        ("/reports", b"no boundary", "表单已损坏"),
        ("/reports", _PART * 501 + b"--X--\r\n", "最多 500 个"),
        ("/reports", _PART.replace(b'; filename="a.txt"', b"") * 21 + b"--X--\r\n", "最多 20 个"),
        ("/reports/text", _PART + b"--X--\r\n", "最多 0 个"),
        (
            "/reports/text",
            _PART.replace(b'; filename="a.txt"\r\n\r\n', b"\r\n\r\n" + b"a" * (4 << 20))
            + b"--X--\r\n",
            "超过 4096 KB",
        ),
    ],
)
def test_a_form_that_cannot_be_read_is_explained_in_chinese(shared_browser, path, body, message):
    token = re.search(r'name="csrf-token" content="(\w+)"', shared_browser.get("/").text)[1]
    answer = shared_browser.client.post(
        f"{path}?csrf_token={token}",
        content=body,
        headers={"content-type": "multipart/form-data; boundary=X"},
    )
    assert answer.status_code == 400
    assert message in answer.text
    assert not re.search("Maximum|Invalid|Content-Disposition", answer.text)


def test_a_language_of_another_site_is_no_redirection(shared_browser):
    for path in ("//other.example/", "https://other.example/", "/\\other.example"):
        answer = shared_browser.post("/language", {"language": "zh-Hans", "path": path})
        assert answer.headers["location"] == "/"


def test_a_page_shows_what_it_is_asked_for(shared_browser):
    report = shared_browser.report()
    line = TEXT.index("公开渠道建设")
    page = shared_browser.get(f"{report}?line={line}&zoom=150").text
    assert 'id="line-editor"' in page
    assert re.search(r'<rect x="[\d.]+"', page)
    assert "zoom=150&amp;v=" in page
    image = shared_browser.get(f"{report}/pages/1.png?zoom=50")
    assert image.headers["content-type"] == "image/png"
    assert image.headers["cache-control"] == "no-store"
    version = re.search(r'data-version="(\w+)"', page)[1]
    cached = shared_browser.get(f"{report}/pages/1.png?zoom=50&v={version}")
    assert "immutable" in cached.headers["cache-control"]
    places = shared_browser.get(f"{report}/rectangles?offset={line}&length=3").json()
    assert places[0]["page"] >= 1
    assert shared_browser.get(f"{report}/lines").json()[0][1] == 1


def test_what_is_not_possible_is_said_on_the_page(shared_browser):
    report = shared_browser.report()
    refused = shared_browser.post(f"{report}/change/settings", {"date": "昨天"})
    assert refused.status_code == 400
    assert "昨天" in refused.text
    assert 'role="alert"' in refused.text
    assert "--" not in re.search(r'role="alert">(.*?)</div>', refused.text, re.DOTALL)[1]
    options = {"style": "no-such-style"}
    assert shared_browser.post(f"{report}/change/settings", options).status_code == 400
    assert shared_browser.post(f"{report}/change/line", {"offset": "x"}).status_code == 400
    unknown = {"output": "/tmp/elsewhere"}  # noqa: S108 - refused
    assert shared_browser.post(f"{report}/change/settings", unknown).status_code == 400
    assert shared_browser.post(f"{report}/change/nothing").status_code == 404
    assert shared_browser.get(f"{report}/pages/99.png").status_code == 400


@pytest.mark.parametrize(
    "path", ["/reports/x", f"/reports/{'0' * 32}", "/reports/..%2f..%2fetc", "/static/../routes.py"]
)
def test_no_other_file_is_reached(shared_browser, path):
    assert shared_browser.get(path).status_code == 404
    assert shared_browser.get(f"{path}/files/pdf").status_code == 404


def test_names_are_escaped_and_no_path_is_shown(browser, tmp_path):
    name = '../../a&lt;b<img src=x onerror="alert(1)">.txt'
    browser.drop((name, SOURCE))
    for path in ("/", browser.report()):
        page = browser.get(path).text
        assert "<img src=x" not in page
        assert escape("a&lt;b_img src=x") in page
        assert str(tmp_path) not in page
    stored = [path.name for path in (tmp_path / "state" / "desk").rglob("*")]
    assert not any("img" in part for part in stored)


def test_a_change_without_the_token_of_the_session_is_refused(shared_browser):
    report = shared_browser.report()
    assert shared_browser.client.post(f"{report}/change/undo").status_code == 403


def test_a_report_that_cannot_be_read_is_explained(browser):
    browser.drop(("r.docx", b"PK\x03\x04 damaged"))
    assert "state failed" in browser.get("/").text
    page = browser.get(browser.report()).text
    assert 'role="alert"' in page
    assert "option-encoding" not in page
    browser.drop(("r.txt", b"\x00\x01\x02\xff\xfe" * 40))
    assert "option-encoding" in browser.get(browser.report()).text


def test_remarks_call_rules_as_the_page_does(browser):
    source = "首页 > 信息公开\n\n某市2019年工作年度报告\n\n一、概述\n\n全部办结。\n"
    browser.drop(("r.txt", source.encode()))
    findings = browser.get(browser.report()).text.partition('id="findings"')[2]
    assert "网站附加的文字" in findings
    assert "web-boilerplate" not in findings


def test_not_all_of_many_changes_are_listed(browser, monkeypatch):
    monkeypatch.setattr("publisher.serve.desk.report_routes.MOST_LISTED", 40)
    text = f"某市年报\n\n一、概述\n\n{'办结1件,' * 60}完毕。。\n"
    browser.drop(("r.txt", text.encode()))
    page = browser.get(browser.report()).text
    listed = set(re.findall(r'<div class="edit-item \w+" id="(edit-\d+)"', page))
    assert len(listed) == 41  # and the proposal
    assert set(re.findall(r'href="#(edit[\w-]*)" id="mark-', page)) == {*listed, "edits"}


def test_a_report_whose_worker_is_ended_fails_alone(browser, monkeypatch):
    async def crash(function, argument, *, affinity="", urgent=False, name=""):
        if name == "b.txt":
            raise CrashError("the worker process was ended", where=name, hint="build it alone")
        return await run(function, argument, affinity=affinity, urgent=urgent, name=name)

    run = browser.pool.run
    monkeypatch.setattr(browser.pool, "run", crash)
    browser.drop((NAME, SOURCE), ("b.txt", SOURCE))
    assert browser.get("/").text.count("state failed") == 1
    assert browser.get("/").text.count("state ready") == 1
    pages = [browser.get(browser.report(number)).text for number in range(2)]
    assert sorted('role="alert"' in page for page in pages) == [False, True]


def test_a_worker_has_few_reports_in_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "SESSION_BYTES", 25)
    sessions = commands._Sessions()
    for number in range(4):
        stored = StoredReport(name="r.txt", created=0.0)
        create_stored(tmp_path / str(number), stored, b"0123456789")
        sessions.session(tmp_path / str(number), stored)
    assert [path.name for path in sessions._sessions] == ["2", "3"]


def test_a_text_can_be_pasted(browser):
    answer = browser.post("/reports/text", {"text": TEXT, "name": ""})
    assert "青河市" in browser.get(answer.headers["location"]).text
    assert browser.post("/reports/text", {"text": " "}).status_code == 400


def test_all_reports_are_published(browser):
    browser.drop((NAME, SOURCE), ("b.txt", SOURCE))
    assert browser.post("/publish").headers["location"] == "/results"
    browser.wait()
    assert browser.get("/results").text.count("/files/pdf") == 2


def test_a_started_report_is_opened_again_after_the_server_ended(tmp_path):
    with Browser(tmp_path) as browser:
        browser.drop((NAME, SOURCE))
        folder = next((tmp_path / "state" / "desk" / "shared").iterdir())
    state = folder / "report.json"
    state.write_text(state.read_text("utf-8").replace('"state":"ready"', '"state":"waiting"'))
    with Browser(tmp_path) as browser:
        browser.wait()
        assert "state ready" in browser.get("/").text


def test_a_publication_is_finished_after_the_server_was_killed(tmp_path, monkeypatch):
    with Browser(tmp_path) as browser:
        browser.drop((NAME, SOURCE))
        report, run = browser.report(), browser.pool.run

        async def never(function, argument, **options):
            if function is commands.publish_report:
                await asyncio.sleep(3600)
            return await run(function, argument, **options)

        monkeypatch.setattr(browser.pool, "run", never)
        assert browser.post(f"{report}/publish").status_code == 303
        assert "state publishing" in browser.get("/results").text
    with Browser(tmp_path) as browser:
        browser.wait()
        assert browser.get(f"{report}/files/pdf").content.startswith(b"%PDF-")
        folder = next((tmp_path / "state" / "desk" / "shared").iterdir())
        assert not read_stored(folder).is_publishing


def test_a_list_hears_of_changes():
    class Shelf:
        async def wait_for_change(self, count):
            return count + 1

    async def read():
        events = change_events(Shelf(), 4)
        return [await anext(events) for _ in range(2)]

    assert asyncio.run(read())[1] == "id: 5\nevent: change\ndata: 5\n\n"


def archive_of(*names, data=b"text"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return stream.getvalue()


def test_an_archive_is_opened(monkeypatch):
    data = archive_of("夹/一.txt", "夹/一.decisions.toml", "夹/图.png", "夹/.hidden.txt")
    sorted_files = sort_files([ReceivedFile(name="全部.zip", data=data)])
    assert [(r.name, r.decisions) for r in sorted_files.reports] == [("一.txt", b"text")]
    assert [name for name, _ in sorted_files.left_out] == ["图.png"]


def test_an_archive_from_chinese_windows_has_its_names():
    data = archive_of("年报.txt").replace("年报.txt".encode(), "年报.txt".encode("gb18030") + b"xx")
    assert "年报" not in data.decode("utf-8", "ignore")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo("a")
        entry.filename = "年报.txt".encode("gb18030").decode("cp437")
        entry.flag_bits = 0
        archive.writestr(entry, b"text")
    patched = bytearray(stream.getvalue())
    assert sort_files([ReceivedFile(name="a.zip", data=bytes(patched))]).reports


def test_too_much_is_left_out(monkeypatch):
    monkeypatch.setattr("publisher.serve.desk.uploads.MAX_BYTES", 100)
    bomb = archive_of("a.txt", data=b"0" * 100_000)
    result = sort_files(
        [ReceivedFile(name="a.zip", data=bomb), ReceivedFile(name="b.zip", data=b"x")]
    )
    assert result.reports == []
    assert [name for name, _ in result.left_out] == ["a.txt", "b.zip"]
    monkeypatch.setattr("publisher.serve.desk.uploads.MAX_FILES", 2)
    many = archive_of("1.txt", "2.txt", "3.txt")
    assert len(sort_files([ReceivedFile(name="a.zip", data=many)]).reports) == 2


def test_many_archives_are_not_larger_together_than_one_may_be(monkeypatch):
    monkeypatch.setattr("publisher.serve.desk.uploads.MAX_TOTAL_BYTES", 250)
    archive = archive_of("a.txt", data=b"0" * 100)
    result = sort_files([ReceivedFile(name=f"{n}.zip", data=archive) for n in range(4)])
    assert len(result.reports) == 2
    assert [name for name, _ in result.left_out] == ["a.txt", "a.txt"]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_damaged_archive_is_left_out(method):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("a.txt", bytes(range(256)) * 40)
    data = bytearray(stream.getvalue())
    data[40:60] = bytes(byte ^ 0xFF for byte in data[40:60])
    result = sort_files([ReceivedFile(name="a.zip", data=bytes(data))])
    assert result.reports == []
    assert [name for name, _ in result.left_out] == ["a.zip"]


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("/etc/passwd.txt", "passwd.txt"),
        ("..", "report"),
        ("a/b:c?.docx", "b_c_.docx"),
        ("a\x00\u202eb.txt", "ab.txt"),
        ("年" * 300 + ".txt", "年" * 65 + ".txt"),
        (".txt", "report.txt"),
    ],
)
def test_names_are_cleaned(name, cleaned):
    assert clean_name(name) == cleaned


def test_everything_has_a_label():
    from typing import get_args

    from publisher.model import LineRole, PartRole
    from publisher.options import EDITS, FORMS, SCRIPTS, TABLES, VOCABULARIES
    from publisher.system.resources import styles_folder

    assert set(labels.RULES) == {rule.name for rule in RULES if not rule.essential}
    assert list(labels.PROFILES) == list(PROFILES)
    assert set(labels.SCRIPTS) == set(SCRIPTS)
    assert set(labels.TABLES) == set(TABLES)
    assert set(labels.EDITS) == set(EDITS)
    assert set(labels.FORMS) == set(FORMS)
    assert set(labels.VOCABULARIES) == set(VOCABULARIES)
    assert set(labels.LINE_ROLES) == set(get_args(LineRole))
    assert set(labels.ROLES) >= {*get_args(LineRole), *get_args(PartRole)}
    assert {path.parent.name for path in styles_folder().glob("*/style.toml")} == set(labels.STYLES)


def test_the_shelf_of_a_lost_session_is_removed(tmp_path):
    """A browser cannot reach its reports longer than its session; those who share the token keep theirs."""
    now = time.time()
    for owner, age in (("shared", 30), ("a" * 32, 30), ("b" * 32, 6)):
        folder = tmp_path / owner / "1" / "results"
        folder.mkdir(parents=True)
        (folder.parent / "report.json").write_text("{}")
        for path in (folder.parent / "report.json", folder, folder.parent, folder.parents[1]):
            os.utime(path, (now - age * 86400,) * 2)
    assert remove_lost(tmp_path, now) == ["a" * 32]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b" * 32, "shared"]
    os.utime(tmp_path / ("b" * 32), (now - 30 * 86400,) * 2)
    assert remove_lost(tmp_path, now) == []
    assert remove_lost(tmp_path / "absent", now) == []
