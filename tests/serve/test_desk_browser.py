"""The desk in a real browser: the work of a clerk from end to end, by mouse and by keyboard, and accessibility."""

import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from publisher.serve.application import create_application
from tests.browser import chromium
from tests.readers.word import docx, p
from tests.serve.desk_reports import TEXT
from tests.serve.servers import TOKEN, make_settings

pytestmark = pytest.mark.typeset
SECONDS = 60
"""After which a page that does not change is a failure."""


@pytest.fixture(scope="module")
def downloads(tmp_path_factory):
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def browser(downloads):
    with chromium(**{"download.default_directory": str(downloads)}) as driver:
        driver.set_window_size(1440, 900)
        yield driver


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a server with one worker process."""
    folder = tmp_path_factory.mktemp("server")
    settings = make_settings(folder, workers=1, port=0, requests_per_minute=0)
    config = uvicorn.Config(create_application(settings), port=0, log_level="error")
    config.timeout_graceful_shutdown = 1
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A Word file with a report."""
    path = tmp_path_factory.mktemp("source") / "青河年报.docx"
    path.write_bytes(docx(*(p(line) for line in TEXT.split("\n") if line)))
    return path


class Page:
    """What a person does with the pages."""

    def __init__(self, driver, address):
        self.driver, self.address = driver, address

    def open(self, path):
        self.driver.get(f"{self.address}{path}")

    def all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def wait(self, selector, text=""):
        """Wait until an element is there whose text has some words; return it.

        An element of a page that is just left is stale, or an error of Chromium itself: it "does not belong to the document".
        """
        from selenium.common.exceptions import WebDriverException

        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            try:
                for element in self.all(selector):
                    if text in (element.text or element.get_attribute("textContent")):
                        return element
            except WebDriverException:
                pass
            time.sleep(0.02)
        raise AssertionError(f"{selector} with {text!r} is not there: {self.driver.page_source}")

    def picture(self):
        """Return the address and the size of the first picture once it is loaded."""
        script = (
            "const i = document.querySelector('.paper img');"
            "return i && i.complete && i.naturalWidth && "
            "i.src.includes(document.querySelector('.panes').dataset.version) ? i.src : ''"
        )
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            if loaded := self.driver.execute_script(script):
                return loaded
            time.sleep(0.02)
        raise AssertionError("no picture")

    def drop(self, path):
        """Drop a file on the page as the system does it."""
        self.driver.execute_script(
            "window.holder = document.createElement('input'); holder.type = 'file';"
            "holder.id = 'holder'; document.body.append(holder)"
        )
        self.driver.find_element("id", "holder").send_keys(str(path))
        self.driver.execute_script(
            "const data = new DataTransfer(); data.items.add(holder.files[0]); holder.remove();"
            "document.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}))"
        )


@pytest.fixture(scope="module")
def page(browser, address):
    opened = Page(browser, address)
    opened.open(f"/?token={TOKEN}")
    return opened


@pytest.fixture(scope="module")
def report(page, source):
    """The address of the report, which was dropped and opened."""
    page.drop(source)
    page.wait(".state.ready")
    return re.search(r"/reports/\w+", page.wait("tbody th a").get_attribute("href"))[0]


def downloaded(folder, name):
    end = time.monotonic() + SECONDS
    while not (folder / name).exists():
        assert time.monotonic() < end, sorted(folder.iterdir())
        time.sleep(0.05)
    return folder / name


def test_a_clerk_publishes_a_word_file(page, report, source, downloads, tmp_path):
    from selenium.webdriver.support.select import Select

    page.wait("tbody th a").click()
    first = page.picture()
    # Leaves the second change out.
    page.wait("#edit-2 button[value^=reject]").click()
    page.wait("#edit-2 .state.rejected")
    second = page.picture()
    # Corrects the title.
    title = page.wait("#field-title")
    title.clear()
    title.send_keys("青河市2019年政务公开年报")
    page.wait("#fields button").click()
    page.wait("h1", "青河市2019年政务公开年报")
    # Chooses a style, and looks.
    Select(page.wait("#option-style")).select_by_visible_text("大字版")
    page.wait("#options > button").click()
    page.wait(".facts")
    assert len({first, second, page.picture()}) == 3
    page.wait("#status", "版面已更新")
    # Publishes and downloads.
    page.wait(".buttons button.primary").click()
    page.wait(".state.published")
    page.wait("a[href$='/files/pdf']").click()
    page.wait("a[href$='/decisions']").click()
    pdf = downloaded(downloads, "青河年报.pdf")
    decisions = downloaded(downloads, "青河年报.decisions.toml")
    shutil.copy(source, tmp_path)
    shutil.copy(decisions, tmp_path)
    subprocess.run(
        [sys.executable, "-m", "publisher", "build", source.name, "--style", "large-print"],
        check=True,
        cwd=tmp_path,
        capture_output=True,
    )
    assert pdf.read_bytes() == (tmp_path / "out" / "青河年报.pdf").read_bytes()


def test_panes_scroll_together_and_a_place_is_outlined(page, report):
    page.open(report)
    page.picture()
    script = "return document.getElementById('page-pane').scrollTop"
    assert page.driver.execute_script(script) == 0
    page.wait(".figure").click()  # a figure of the check that fails
    page.wait(".line.current", "共收到申请")
    rectangle = page.wait("svg.outline rect")
    assert float(rectangle.get_attribute("width")) > 5
    page.driver.execute_script("document.getElementById('text-pane').scrollTop = 0")
    time.sleep(0.4)
    page.driver.execute_script("document.getElementById('text-pane').scrollTop = 1e6")
    end = time.monotonic() + SECONDS
    while not page.driver.execute_script(script):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_keyboard_does_everything(page, report):
    from selenium.webdriver.common.keys import Keys

    page.open(report)
    page.picture()
    focused = page.driver.switch_to
    page.driver.find_element("css selector", "body").send_keys(Keys.TAB)
    assert focused.active_element.get_attribute("class") == "skip"
    focused.active_element.send_keys(Keys.ENTER)
    mark = page.wait("a.edit.made")
    mark.send_keys(Keys.ENTER)
    button = focused.active_element
    assert button.accessible_name.startswith("第 ")
    assert button.accessible_name.endswith("处不改")
    item = button.find_element("xpath", "ancestor::div[1]").get_attribute("id")
    button.send_keys(Keys.SPACE)
    page.wait(f"#{item} .state.rejected")
    assert (
        focused.active_element.find_element("xpath", "ancestor::div[1]").get_attribute("id") == item
    )
    page.wait("#status", "已保存")
    page.wait("form[action*='/undo'] button").send_keys(Keys.ENTER)
    page.wait(f"#{item} .state.made")
    page.wait(".line.role-heading .role").send_keys(Keys.SHIFT)
    page.wait(".line.role-heading.current")
    page.wait("svg.outline rect")
    page.wait(".line.role-heading .role").send_keys(Keys.ENTER)
    role = page.wait("#line-role")
    assert focused.active_element == role
    role.send_keys(Keys.DOWN)
    page.wait("#line-editor button").send_keys(Keys.ENTER)
    page.wait(".role.decided")
    page.wait("form[action*='/undo'] button").send_keys(Keys.ENTER)
    page.wait("#status", "已保存")


@pytest.fixture(scope="module")
def unreadable(page, report, tmp_path_factory):
    """The address of a report that cannot be read, which was dropped after the other one."""
    path = tmp_path_factory.mktemp("unreadable") / "损坏.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(200))
    page.open("/")
    page.drop(path)
    page.wait(".state.failed")
    return re.search(r"/reports/\w+", page.wait("tbody th a", "损坏").get_attribute("href"))[0]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_axe_finds_nothing(page, report, unreadable, language):
    import axe_core_python

    script = Path(axe_core_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    page.open("/")
    page.wait(f"button[value='{language}']").click()
    page.wait(f"html[lang='{language}']")
    page.open(report)
    offset = page.wait(".role-heading").get_attribute("data-offset")
    readable = (report, f"{report}?line={offset}")
    for path in ("/", "/results", *readable, unreadable, "/reports/none", "/v1/"):
        page.open(path)
        page.driver.execute_script(script)
        for width in (1440, 420):
            page.driver.set_window_size(width, 900)
            found = page.driver.execute_async_script(
                "axe.run().then(arguments[arguments.length - 1])"
            )
            assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
            assert len(found["passes"]) > 10
            wide = "return document.documentElement.scrollWidth <= innerWidth"
            assert page.driver.execute_script(wide), (path, width)
    page.driver.set_window_size(1440, 900)
    page.open("/")
    page.wait("button[value='zh-Hans']").click()
    page.wait("html[lang='zh-Hans']")


def test_axe_finds_a_control_without_a_name(page, report):
    import axe_core_python

    script = Path(axe_core_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    page.open(report)
    page.driver.execute_script(script)
    page.driver.execute_script("document.querySelector('#field-title').labels[0].remove()")
    found = page.driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    assert "label" in [violation["id"] for violation in found["violations"]]


def test_the_browser_complains_about_nothing(page, report):
    for path in ("/", "/results", report):
        page.open(path)
        page.wait("h1")
    messages = [
        entry for entry in page.driver.get_log("browser") if "/reports/none" not in entry["message"]
    ]
    assert messages == []


def test_controls_have_chinese_names(page, report):
    script = """
    return [...document.querySelectorAll('button, a, summary, input, select, textarea')]
      .filter(item => item.type !== 'hidden' && item.lang !== 'en')
      .map(item => item.getAttribute('aria-label')
        || (item.labels && item.labels[0] && item.labels[0].textContent)
        || item.textContent || item.title)
    """
    for path in ("/", "/results", report):
        page.open(path)
        page.wait("h1")
        names = page.driver.execute_script(script)
        assert len(names) > 8
        assert [name for name in names if not re.search(r"[一-鿿]|^\s*\d+ %$", name)] == []


def test_a_folder_is_chosen(page, report, tmp_path):
    folder = tmp_path / "年报"
    (folder / "内").mkdir(parents=True)
    for name in ("一.txt", "内/二.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    page.open("/")
    page.wait("label[for=folder]")
    page.driver.find_element("id", "folder").send_keys(str(folder))
    page.wait("tbody small", "一.txt")
    page.wait("tbody small", "二.txt")
