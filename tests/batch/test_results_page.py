"""The page of results can be searched, sorted and heard, from the file system; the tables say the same."""

import csv
import io
import os
from pathlib import Path

import pytest

from publisher.batch.journal import Journal
from publisher.batch.results_page import (
    FAILURE_COLUMNS,
    SUMMARY_COLUMNS,
    ReportRow,
    build_rows,
    write_results,
)
from publisher.batch.storage import FolderStorage
from tests.browser import chromium


def done(name, **facts):
    return {
        "event": "done",
        "name": name,
        "below": f"{name}.txt",
        "facts": {
            "title": f"{name}的报告",
            "issuer": "",
            "date": "",
            "year": "2017",
            "language": "zh-Hans",
            "pages": 3,
            "declares": ["PDF/A-3a", "PDF/UA-1"],
            "verdicts": ["text", "PDF/UA-1"],
            "figures": 12,
            "checks": 4,
            "failing": [],
            "warnings": 0,
            **facts,
        },
        "files": {
            ".pdf": {"state": [1, 2, 3], "sha256": "ab"},
            ".record.json": {"state": [1, 2, 3], "sha256": "cd"},
        },
    }


def failed(name):
    return {
        "event": "failed",
        "name": name,
        "below": f"{name}.txt",
        "error": "SourceEmptyError",
        "exit_code": 13,
        "message": "has no text",
        "hint": "check that it was saved",
    }


class Whole(FolderStorage):
    """A folder that claims to contain every recorded file."""

    def has_unchanged(self, *_noted):
        return True


LINES = [
    done("b", title="乙市<script>alert(1)</script>", year="2019", pages=12, issuer="乙市人民政府"),
    done("a 一/x#y", title="甲市年度报告", pages=3, failing=["40+50 = 100"], issuer="甲市人民政府"),
    failed("c"),
    done("d", title="丁市年度报告", pages=101),
    failed("d"),
]
NAMES = {"a 一/x#y", "b", "c", "d"}


def test_the_last_entry_is_valid_and_rows_are_in_order(tmp_path):
    rows = build_rows([*LINES, done("c", title="丙市")], NAMES, Whole(tmp_path))
    assert [(row.name, row.title, bool(row.error)) for row in rows] == [
        ("a 一/x#y", "甲市年度报告", False),
        ("b", "乙市<script>alert(1)</script>", False),
        ("c", "丙市", False),
        ("d", "丁市年度报告", True),
    ]
    assert [link.href for link in rows[0].links] == [
        "a%20%E4%B8%80/x%23y.pdf",
        "a%20%E4%B8%80/x%23y.record.json",
    ]


def test_missing_results_of_other_sources_are_left_out(tmp_path):
    assert [row.name for row in build_rows(LINES, {"b"}, FolderStorage(tmp_path))] == ["b"]
    noted = FolderStorage(tmp_path).write("d", {".pdf": b"x"})
    lines = [*LINES, {**done("d"), "files": noted}]
    assert [row.name for row in build_rows(lines, {"b"}, FolderStorage(tmp_path))] == ["b", "d"]


def test_a_damaged_entry_is_reported(tmp_path):
    (row,) = build_rows([{"event": "done", "name": "a"}], {"a"}, FolderStorage(tmp_path))
    assert "damaged" in row.error


@pytest.fixture
def results(tmp_path):
    with Journal(tmp_path) as journal:
        write_results(build_rows(LINES, NAMES, Whole(tmp_path)), tmp_path, journal)
    return tmp_path


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))


def test_the_tables(results):
    summary = table(results / "summary.csv")
    assert list(summary[0]) == SUMMARY_COLUMNS
    assert [(row["name"], row["state"], row["checks_failed"]) for row in summary] == [
        ("a 一/x#y", "built", "1"),
        ("b", "built", "0"),
        ("c", "failed", ""),
        ("d", "failed", "0"),
    ]
    assert summary[0]["declares"] == "PDF/A-3a; PDF/UA-1"
    failures = table(results / "failures.csv")
    assert list(failures[0]) == FAILURE_COLUMNS
    assert [(row["name"], row["exit_code"], row["earlier_result"]) for row in failures] == [
        ("c", "13", ""),
        ("d", "13", "available"),
    ]


def test_unchanged_tables_are_not_written_again(results):
    before = (results / "index.html").stat().st_mtime_ns
    rows = build_rows(LINES, NAMES, Whole(results))
    with Journal(results) as journal:
        write_results(rows, results, journal)
        assert (results / "index.html").stat().st_mtime_ns == before
        (results / "summary.csv").unlink()
        write_results(rows, results, journal)
    assert (results / "summary.csv").exists()


@pytest.fixture(scope="module")
def browser():
    with chromium() as driver:
        yield driver


@pytest.fixture
def page(browser, results):
    browser.get((results / "index.html").as_uri())
    return browser


def titles(page):
    """The first line of each row that is shown, from the top."""
    script = (
        "return [...document.querySelectorAll('tbody tr')].filter(row => row.offsetHeight)"
        ".map(row => row.cells[0].innerText.split('\\n')[0])"
    )
    return page.execute_script(script)


def search(page, query):
    field = page.switch_to.active_element if query is None else page.find_element("id", "search")
    field.clear()
    field.send_keys(query)
    return page.find_element("id", "shown").text


def press(page, head):
    from selenium.webdriver.common.keys import Keys

    button = page.find_element("xpath", f"//thead//button[text()='{head}']")
    button.send_keys(Keys.ENTER)
    return button.find_element("xpath", "..").get_attribute("aria-sort")


def test_a_browser_shows_every_report(page):
    assert titles(page) == ["甲市年度报告", "乙市<script>alert(1)</script>", "c", "丁市年度报告"]
    assert page.get_log("browser") == []
    link = page.find_element("css selector", "tbody a")
    assert link.get_attribute("href").endswith("/a%20%E4%B8%80/x%23y.pdf")
    assert link.get_attribute("href").startswith("file:///")


def test_a_browser_searches(page):
    assert search(page, "年度 ＴＸＴ") == "2 of 4 shown"
    assert titles(page) == ["甲市年度报告", "丁市年度报告"]
    assert search(page, "2019") == "1 of 4 shown"
    assert search(page, "nothing") == "0 of 4 shown"
    assert search(page, "has no text") == "2 of 4 shown"


def test_a_browser_sorts_by_keyboard(page):
    assert press(page, "Pages") == "ascending"
    assert titles(page)[-1] == "丁市年度报告"
    assert press(page, "Pages") == "descending"
    assert titles(page) == ["丁市年度报告", "乙市<script>alert(1)</script>", "甲市年度报告", "c"]
    assert press(page, "Title") == "ascending"
    assert press(page, "Failed checks") == "ascending"
    assert press(page, "Failed checks") == "descending"
    assert titles(page)[0] == "甲市年度报告"


def test_the_page_has_no_accessibility_violations(page):
    import axe_core_python

    script = Path(axe_core_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    page.execute_script(script)
    report = page.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    assert report["violations"] == []
    assert len(report["passes"]) > 10
    page.execute_script("document.querySelector('#search').labels[0].remove()")
    report = page.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    assert [item["id"] for item in report["violations"]] == ["label"]


def test_ten_thousand_rows_are_searched_and_sorted(browser, tmp_path):
    rows = [
        ReportRow(name=f"{n:05}", source="x", title=f"第{n}号", pages=n % 7) for n in range(10_000)
    ]
    with Journal(tmp_path) as journal:
        write_results(rows, tmp_path, journal)
    browser.get((tmp_path / "index.html").as_uri())
    assert search(browser, "第99") == "111 of 10000 shown"
    assert press(browser, "Pages") == "ascending"
    if screenshots := os.environ.get("PUBLISHER_SCREENSHOTS"):
        browser.save_screenshot(str(Path(screenshots) / "results.png"))
