"""The text of a source with its tables as rows."""

from publisher import Options, publish
from publisher.normalise import normalise
from publisher.readers import read_bytes
from publisher.text.row_text import text_with_rows

PAGE = """<html><body><h1>松河县2024年工作报告</h1><p>一、总体情况</p>
<table><tr><td rowspan="2">指标</td><td colspan="2">年度</td></tr><tr><td>2023年</td><td>2024年</td></tr>
<tr><td>产值<p>亿元</p></td><td>12.5</td><td>13.1</td></tr></table><p>以上数据为快报数。</p></body></html>"""
ROWS = "指标\t年度\t\n\t2023年\t2024年\n产值\u3000亿元\t12.5\t13.1"


def text_of(data, name):
    source, edits = read_bytes(data, name=name)
    result = normalise(source)
    return text_with_rows(result.source), (*edits, *result.edits)


def test_merged_cells_keep_the_columns():
    text, _ = text_of(PAGE.encode(), "page.html")
    assert ROWS in text


def test_the_rows_are_read_as_the_same_table():
    text, _ = text_of(PAGE.encode(), "page.html")
    again, edits = text_of(text.encode(), "again.txt")
    assert again == text
    assert edits == ()


def test_words_that_a_person_decided_are_at_their_place(tmp_path):
    report = "某县公告和通告\n一、总体情况\n渠道\t数量\n网站\t12\n公报\t3\n报告完毕。\n"
    decisions = '[report]\ntitle = "某县公告与通告"\nsubtitle = "（送审稿）"\n[[table]]\ntext = "渠道"\ncaption = "表1 渠道"\n'
    (tmp_path / "r.txt").write_text(report, encoding="utf-8")
    (tmp_path / "r.decisions.toml").write_text(decisions, encoding="utf-8")
    publish(tmp_path / "r.txt", Options(output=tmp_path / "out", emit=("txt",)))
    lines = (tmp_path / "out" / "r.normalised.txt").read_text(encoding="utf-8").split("\n")
    assert lines[:2] == ["某县公告与通告", "（送审稿）"]
    assert lines[3:5] == ["表1 渠道", "渠道\t数量"]
