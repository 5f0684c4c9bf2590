"""One report with everything that can go wrong in tags, read by this program and by poppler."""

import re
import shutil
import subprocess

import pytest

from publisher import publish
from publisher.options import Options
from publisher.pdf.document import read_pdf
from publisher.verify.screen_reader import read_aloud

ROWS = 120
ITEMS = 60


def source():
    rows = "\n".join(f"| 单位{n} | {n} | {2 * n} | {3 * n} |" for n in range(1, ROWS + 1))
    items = "\n".join(f"（{n}）第{n}项工作，已办结。" for n in range(1, ITEMS + 1))
    return (
        "# 某市2018年政府信息公开工作年度报告\n\n"
        "## 一、概述\n\n"
        "2018年，全市公开信息1234条[^1]，其中网站1000条、微信200条、其他34条，推广APP一个，"
        "参照 Freedom of Information Act 的做法[^2]。\n\n"
        "## 二、各单位情况\n\n| 单位 | 受理 | 公开 | 合计 |\n| --- | --- | --- | --- |\n"
        f"{rows}\n\n"
        f"## 三、主要工作\n\n{items}\n\n"
        "## 四、问题\n\n基础工作还不平衡[^3]。\n\n"
        "[^1]: 不含转发的信息。\n\n[^2]: 仅供参考。\n\n[^3]: 见上文。\n\n"
        "某市人民政府\n\n2019年3月1日\n"
    )


@pytest.fixture(scope="module", params=["archive", "archive-2"])
def built(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("big")
    (folder / "report.md").write_text(source())
    options = Options(output=folder, style="reader", profile=request.param)
    return publish(folder / "report.md", options).pdf


def test_the_structure_has_the_elements_of_the_report(built):
    pdf = read_pdf(built)
    elements = list(pdf.structure.walk())
    tables = [element for element in elements if element.role == "Table"]
    longest = max(tables, key=lambda table: len(list(table.walk())))
    assert len([element for element in longest.walk() if element.role == "TR"]) == ROWS + 1
    lists = [len(element.children) for element in elements if element.role == "L"]
    assert lists.count(ITEMS) == 1
    assert [element.role for element in elements].count("TOC") == 1
    assert any(element.role == "Figure" and element.alt for element in elements)
    assert {element.own_language for element in elements} > {"en"}
    assert any(element.expansion == "应用程序" for element in elements)


def test_every_cell_refers_to_its_header_cells(built):
    pdf = read_pdf(built)
    ids = pdf.structure.ids
    longest = max(
        (element for element in pdf.structure.walk() if element.role == "Table"),
        key=lambda table: len(list(table.walk())),
    )
    rows = [element for element in longest.walk() if element.role == "TR"]
    for number, row in enumerate(rows[1:], 1):
        headers = [
            [pdf.logical_text(ids[name]) for name in cell.attributes["Headers"]]
            for cell in row.children
            if cell.role == "TD"
        ]
        assert headers == [[f"单位{number}", column] for column in ("受理", "公开", "合计")]


def test_notes_follow_their_references(built):
    pdf = read_pdf(built)
    note_count = 0
    for element in pdf.structure.walk():
        roles = [getattr(child, "role", "") for child in element.children]
        for index, role in enumerate(roles):
            if role in ("Note", "FENote"):
                assert roles[index - 1] == "Reference"
                mark = pdf.logical_text(element.children[index - 1])
                assert pdf.logical_text(element.children[index]).startswith(mark)
                note_count += 1
    assert note_count == 3


def test_artifacts_are_not_read_aloud(built):
    pdf = read_pdf(built)
    speech = "\n".join(read_aloud(pdf))
    assert len(pdf.pages) > 6
    assert speech.count("[heading 1] 某市2018年政府信息公开工作年度报告") == 1
    assert speech.count("受理; 公开; 合计") == 1
    assert "某市2018年政府信息公开工作年度报告" not in re.sub(r"\[heading 1\].*", "", speech)


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler's pdfinfo is not installed")
def test_poppler_reads_the_same_structure(built):
    output = subprocess.run(
        ["pdfinfo", "-struct-text", str(built)], capture_output=True, text=True, check=True
    ).stdout
    roles = re.findall(r"^\s*([A-Z][A-Za-z0-9]*)(?: \(\w+\))?$", output, re.MULTILINE)
    assert roles.count("TR") >= ROWS + 1
    assert roles.count("THead") == roles.count("Table")
    spoken = "".join(re.findall(r'"(.*)"', output))
    assert spoken.count("单位受理公开合计") == 1
    assert "— 1 —" not in spoken
