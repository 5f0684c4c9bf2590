"""One command turns a report into a publication that is what its record says."""

import gc
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import publisher
from publisher import Options, pipeline, publish
from publisher.cli.main import main
from publisher.errors import (
    DiskFullError,
    FontMissingError,
    GlyphMissingError,
    SourceEncodingError,
    VerificationError,
)
from publisher.pdf.document import read_pdf
from publisher.render.styles import style_names
from publisher.system import process

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
STYLES_OF = {
    sample: style_names()
    if sample.stem != "xishan-2019" or os.environ.get("PUBLISHER_FULL")
    else ("red-head",)
    for sample in SAMPLES
}
"""The styles that each sample is set in; the longest one in one, unless ``PUBLISHER_FULL`` is set."""
SCHEMA = json.loads((ROOT / "publisher" / "record.schema.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.typeset


def record_of(publication):
    return json.loads(publication.record.read_text(encoding="utf-8"))


CELL_GAP = "\u3000"


def assert_figures_are_on_the_named_pages(publication):
    pages = [
        "".join(run.text for run in page.runs if run.artifact is None)
        for page in read_pdf(publication.pdf).pages
    ]
    observations = [
        item
        for item in record_of(publication)["observations"]
        if item["page"] and CELL_GAP not in item["quote"]  # of a row, the first cell spans pages
    ]
    assert len(observations) > 10
    for item in observations:
        page, next_page = [*pages, ""][item["page"] - 1 :][:2]
        assert item["quote"][:5] in page + next_page[:5], item  # a clause may cross a page break


@pytest.mark.parametrize(
    ("source", "style"),
    [
        pytest.param(sample, style, id=f"{sample.stem}-{style}")
        for sample, styles in STYLES_OF.items()
        for style in styles
    ],
)
def test_every_sample_in_every_style(source, style, tmp_path):
    publication = publish(source, Options(style=style, output=tmp_path))
    assert all(verdict.passed for verdict in publication.verdicts)
    assert {verdict.profile for verdict in publication.verdicts} == {
        "text",
        "matterhorn",
        "semantics",
        "tables",
        "widths",
        "PDF/A-3a",
        "PDF/UA-1",
    }
    record = record_of(publication)
    jsonschema.validate(record, SCHEMA)
    assert record["pdf"]["sha256"] == hashlib.sha256(publication.pdf.read_bytes()).hexdigest()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{source.stem}.pdf",
        f"{source.stem}.record.json",
    ]
    assert not [f for f in publication.findings if f.clause == "typesetting"]
    assert_figures_are_on_the_named_pages(publication)


@pytest.mark.shared
@pytest.mark.parametrize("style", style_names())
def test_the_model_report(shared, style, tmp_path):
    publication = publish(
        shared / "reports" / "hami-2017.txt", Options(style=style, output=tmp_path)
    )
    assert all(verdict.passed for verdict in publication.verdicts)
    record = record_of(publication)
    jsonschema.validate(record, SCHEMA)
    levels = [section["level"] for section in record["report"]["sections"]]
    assert [levels.count(level) for level in (1, 2, 3)] == [6, 14, 16]
    pages = [section["page"] for section in record["report"]["sections"]]
    assert pages == sorted(pages)
    assert pages[0] >= 1
    assert record["report"]["issuer"] == "哈密市人民政府"
    assert record["report"]["period"] == "2017-01-01/2017-12-31"
    assert {finding.clause for finding in publication.findings} == {"removed-lines"}
    rules = {edit["rule"] for edit in record["edits"]}
    assert {"punctuation", "brackets", "web-boilerplate"} <= rules


def test_schema_refuses_a_record_that_lost_a_key(tmp_path):
    record = record_of(publish(SAMPLES[0], Options(output=tmp_path)))
    del record["source"]["sha256"]
    with pytest.raises(jsonschema.ValidationError, match="sha256"):
        jsonschema.validate(record, SCHEMA)


def test_same_input_same_bytes_whatever_the_surroundings(tmp_path):
    """No clock, hash seed, time zone, locale, folder or earlier document shows in the output."""
    program = (
        "import sys, pathlib; from publisher import publish, Options\n"
        "for source in sys.argv[2:]: publish(source, Options(output=pathlib.Path(sys.argv[1])))"
    )
    sources = SAMPLES if "PUBLISHER_FULL" in os.environ else [SAMPLES[0], SAMPLES[-1]]
    surroundings = (
        ({"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"}, sources),
        ({"PYTHONHASHSEED": "77", "TZ": "America/Lima", "LC_ALL": "C.UTF-8"}, sources[::-1]),
    )
    results = []
    for index, (variables, order) in enumerate(surroundings):
        folder = tmp_path / str(index)
        subprocess.run(
            [sys.executable, "-c", program, folder, *order],
            check=True,
            env={**os.environ, **variables},
            cwd=tmp_path,
        )
        results.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert results[0].keys() == results[1].keys()
    for name, data in results[0].items():
        assert data == results[1][name], name


def test_source_date_epoch_is_the_date(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    pdf = read_pdf(publish(SAMPLES[0], Options(output=tmp_path)).pdf)
    assert pdf.info["CreationDate"] == "D:20170714024000+00'00"
    assert b"<xmp:CreateDate>2017-07-14T02:40:00+00:00</xmp:CreateDate>" in pdf.xmp


def test_the_source_is_embedded(tmp_path):
    source = SAMPLES[0]
    embedded = read_pdf(publish(source, Options(output=tmp_path)).pdf).embedded_files
    named = {file.relationship: file for file in embedded}
    assert named["Data"].name == f"{source.stem}.figures.csv"
    assert named["Data"].data.startswith(b"section,subject,measure,")
    assert [(file.name, file.data, file.relationship) for file in embedded[1:]] == [
        (source.name, source.read_bytes(), "Source")
    ]
    access = publish(source, Options(output=tmp_path, profile="access"))
    assert read_pdf(access.pdf).embedded_files == ()


@pytest.mark.parametrize("tables", ["inline", "none"])
def test_the_place_of_the_tables(tables, tmp_path):
    options = Options(output=tmp_path, tables=tables, with_checks=True, emit=("html",))
    publication = publish(ROOT / "samples" / "qinghe-2017.txt", options)
    page = publication.written[1].read_text(encoding="utf-8")
    assert ("本节主要统计数据" in page) == (tables == "inline")
    assert 'id="statistics"' not in page
    assert 'id="checks"' in page


@pytest.mark.parametrize(
    ("title", "arguments", "has_appendix"),
    [
        ("云坪市2019年工作报告", [], True),
        ("云坪市人民政府关于开展检查的通知", [], False),
        ("云坪市人民政府关于开展检查的通知", ["--tables", "appendix"], True),
        ("云坪市2019年工作报告", ["--tables", "none"], False),
    ],
)
def test_only_reports_have_an_appendix_unless_it_is_asked_for(
    title, arguments, has_appendix, tmp_path, capsys
):
    source = tmp_path / "r.txt"
    source.write_text(f"{title}\n一、情况\n全年检查31次，受理申请52件。\n", encoding="utf-8")
    options = ["--profile", "draft", "-o", str(tmp_path / "out")]
    assert main(["build", str(source), *options, *arguments]) == 0
    printed = capsys.readouterr().out
    assert ("with an appendix of 2 figures; --tables none leaves it out" in printed) == has_appendix


def test_no_table_is_left_out_between_the_sections(tmp_path):
    huge = "123456789" * 8
    source = tmp_path / "r.txt"
    source.write_text(
        "某市2017年报告\n本报告称全年公开信息20条。\n一、概述\n全年公开信息1272条。\n"
        f"一、情况\n共受理申请52件，拨付{huge}元。\n某市人民政府\n2018年1月2日\n"
        "附件1\n名单\n全年检查31次。\n",
        encoding="utf-8",
    )
    counts = []
    for tables in ("inline", "appendix"):
        options = Options(output=tmp_path / tables, tables=tables, emit=("html",))
        page = publish(source, options).written[1].read_text(encoding="utf-8")
        counts.append(page.count('<table class="summary figures">'))
        assert f">{huge}</td>" in page
    assert counts == [counts[0]] * 2


def test_what_is_emitted(tmp_path):
    options = Options(output=tmp_path, emit=("csv", "xlsx", "json-stat"))
    publish(SAMPLES[0], options)
    name = SAMPLES[0].stem
    assert {f"{name}.figures.{kind}" for kind in ("csv", "xlsx", "json")} <= {
        path.name for path in tmp_path.iterdir()
    }


@pytest.mark.parametrize(
    ("script", "sample", "style"),
    [
        ("zh-Hant-TW", "qinghe-2017", "reader"),
        ("zh-Hant-HK", "linting-2021", "gongwen"),
        ("zh-Hant", "yunping-2016-bureau", "reader"),
    ],
)
def test_all_visible_text_is_in_the_script(script, sample, style, tmp_path):
    options = Options(output=tmp_path, style=style, script=script, with_checks=True)
    publication = publish(ROOT / "samples" / f"{sample}.txt", options)
    pdf, record = read_pdf(publication.pdf), record_of(publication)
    assert record["report"]["language"] == pdf.language == script
    assert "報告" in record["report"]["title"]
    texts = [record["report"]["title"], pdf.info["Title"], pdf.xmp.decode()]
    texts += [section["title"] for section in record["report"]["sections"]]
    texts += [item.title for item in pdf.outlines]
    texts += [element.alt or "" for element in pdf.structure.walk()]
    texts += [annotation.contents for page in pdf.pages for annotation in page.annotations]
    texts += [pdf.logical_text(element) for element in pdf.structure.children]
    assert not [text for text in texts if set(text) & set("报开发录图页检计")]
    assert publication.pdf.name == f"{sample}.pdf"


def test_the_proof_of_a_conversion(tmp_path):
    options = Options(output=tmp_path, script="zh-Hant-TW", emit=("bilingual",))
    publish(ROOT / "samples" / "yunping-2016-bureau.txt", options)
    pdf = read_pdf(tmp_path / "yunping-2016-bureau.bilingual.pdf")
    text = "".join(pdf.logical_text(element) for element in pdf.structure.children)
    assert "政府信息公开" in text
    assert "政府信息公開" in text


def test_a_sentence_dropped_from_the_page_is_found(tmp_path, monkeypatch):
    drop(monkeypatch, "市政务公开领导小组由市长任组长，", "")
    with pytest.raises(VerificationError, match="lack “市政务公开领导小组由市长任组长，”"):
        publish(ROOT / "samples" / "qinghe-2017.txt", Options(output=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_digit_changed_in_the_page_is_found(tmp_path, monkeypatch):
    drop(monkeypatch, "317人", "371人")
    with pytest.raises(VerificationError, match="figures unchanged"):
        publish(ROOT / "samples" / "qinghe-2017.txt", Options(output=tmp_path))


def drop(monkeypatch, wanted, instead):
    from dataclasses import replace

    from publisher.pipeline import prepared_report

    stock = prepared_report.render

    def damaged(*arguments):
        page = stock(*arguments)
        assert wanted in page.html
        return replace(page, html=page.html.replace(wanted, instead, 1))

    monkeypatch.setattr(prepared_report, "render", damaged)


def test_a_damaged_byte(tmp_path):
    data = bytearray((ROOT / "samples" / "qinghe-2017.txt").read_bytes())
    data[3001] = 0xFF
    source = tmp_path / "damaged.txt"
    source.write_bytes(data)
    with pytest.raises(SourceEncodingError) as caught:
        publish(source, Options(output=tmp_path / "out"))
    assert "offset 300" in str(caught.value)
    assert caught.value.hint
    assert not (tmp_path / "out").exists()


def test_a_character_without_a_glyph(tmp_path):
    source = tmp_path / "rare.txt"
    source.write_text(
        "某市2017年政府信息公开年度报告\n一、概述\n此字\U00012000无从印出。\n", encoding="utf-8"
    )
    with pytest.raises(GlyphMissingError, match=r"U\+12000") as caught:
        publish(source, Options(output=tmp_path / "out", missing_glyph="error"))
    assert str(source) in str(caught.value)


def test_a_missing_font(tmp_path, monkeypatch):
    from publisher.typeset import session
    from publisher.typeset.fonts.catalogue import load_catalogue
    from publisher.typeset.fonts.library import FontLibrary

    empty = FontLibrary(load_catalogue(), folders=(tmp_path,))
    monkeypatch.setattr(session, "load_library", lambda _: empty)
    with pytest.raises(FontMissingError) as caught:
        publish(SAMPLES[0], Options(output=tmp_path / "out"))
    assert "publisher fonts install" in caught.value.hint


def test_another_font_takes_the_place_of_a_missing_one(tmp_path, monkeypatch):
    from publisher.typeset import session
    from publisher.typeset.fonts.catalogue import load_catalogue
    from publisher.typeset.fonts.library import FontLibrary, load_library

    for file in load_library().face("Noto Serif CJK SC").path.parent.glob("NotoSerifCJK-*.ttc"):
        (tmp_path / file.name).symlink_to(file)
    small = FontLibrary(load_catalogue(), folders=(tmp_path,))
    monkeypatch.setattr(session, "load_library", lambda _: small)
    result = publish(SAMPLES[0], Options(output=tmp_path / "out", style="gongwen"))
    messages = [finding.message for finding in result.findings if finding.clause == "font"]
    assert any("FandolFang" in message for message in messages)
    fonts = json.loads(result.record.read_text("utf-8"))["fonts"]
    assert {font["family"] for font in fonts} == {"Noto Serif CJK SC"}


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_a_full_disk_leaves_the_earlier_file(tmp_path, monkeypatch):
    import errno

    from publisher.system import atomic_write

    first = publish(SAMPLES[0], Options(output=tmp_path))
    before = first.pdf.read_bytes()

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic_write.os, "fsync", full)
    with pytest.raises(DiskFullError):
        publish(SAMPLES[0], Options(output=tmp_path, style="reader"))
    assert first.pdf.read_bytes() == before
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".pdf"]


def test_options_override_the_detected_metadata(tmp_path):
    options = Options(
        output=tmp_path, title="另一个题目的报告", issuer="某某市人民政府", date="2020-05-06"
    )
    publication = publish(SAMPLES[0], options)
    report = record_of(publication)["report"]
    assert (report["title"], report["issuer"], report["date"]) == (
        "另一个题目的报告",
        "某某市人民政府",
        "2020-05-06",
    )
    assert any(edit["rule"] == "title-override" for edit in record_of(publication)["edits"])


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("各位代表，现在报告工作。全年受理申请3件，全部办结。", "title"),
        ("某县2018年报告\n一、概述\n正文。\n四、问题\n正文。", "numbering"),
        ("一、概述\n正文一段。\n二、问题\n正文二段。", "title"),
    ],
)
def test_odd_reports_are_published_with_a_finding(text, clause, tmp_path):
    source = tmp_path / "odd.txt"
    source.write_text(text, encoding="utf-8")
    for style in style_names():
        publication = publish(source, Options(output=tmp_path / style, style=style))
        assert clause in {finding.clause for finding in publication.findings}


ODD = {
    "a word wider than the page": "单词" + "a" * 500 + "。",
    "a table of 24 columns": "\n".join("|".join(f"列{i}" for i in range(24)) for _ in range(3)),
    "a table with ragged rows": "|甲|乙|丙|\n|1|2|3|\n|1||\n|四|五|六|",
    "what was no character": "甲\ufffe乙\ufdd0丙\ufffd",
    "controls": "甲\x00乙\x1b丙\u202e丁\u2069",
    "templates and markup": "{{ 7*7 }}{% raw %}</style><script>alert(1)</script>&amp;<b>",
    "a path to a file": "<img src=file:///etc/passwd> url(file:///etc/passwd)",
    "old and rare characters": "𠮷㎡①½ﬁＡ１℃",
}


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
@pytest.mark.parametrize("style", style_names())
def test_odd_texts_come_out_whole(text, style, tmp_path):
    source = tmp_path / "odd.txt"
    source.write_bytes(f"某市2017年报告\n一、概述\n{text}\n二、情况\n正文。".encode())
    publication = publish(source, Options(output=tmp_path / "out", style=style))
    assert all(verdict.passed for verdict in publication.verdicts)


@pytest.mark.parametrize(
    "text", ["一、概述\n正文。", "|甲|乙|\n|1|2|\n正文，没有题目。\n一、概述\n正文。"]
)
def test_a_title_for_a_report_that_has_none(text, tmp_path):
    source = tmp_path / "untitled.txt"
    source.write_text(text, encoding="utf-8")
    publication = publish(source, Options(output=tmp_path, title="某局报告"))
    assert publication.title == "某局报告"
    assert "某局报告" in record_of(publication)["text"]


def test_public_names():
    assert publisher.publish is publish
    for name in publisher.__all__:
        assert getattr(publisher, name)


def test_the_garbage_collector_is_paused_while_a_report_is_built(monkeypatch, tmp_path):
    collects = []

    def judge(*_, **__):
        collects.append(gc.isenabled())
        return ()

    monkeypatch.setattr(pipeline, "verify_pdf", judge)
    monkeypatch.setattr(process, "is_owned", lambda: True)
    source = tmp_path / "r.txt"
    source.write_text("年度报告\n", encoding="utf-8")
    publish(source, Options(output=tmp_path))
    assert (collects, gc.isenabled()) == ([False], True)


def test_a_combining_accent_without_a_base_is_published(tmp_path):
    """The font shows it on a dotted circle, which is no character of the text."""
    source = tmp_path / "report.txt"
    source.write_text(
        "云平市交通局2016年政府信息公开工作年度报告\n\n一、概述\n\n　　\u0301政府\u302b信息公开。\n",
        "utf-8",
    )
    publication = publish(source, Options(output=tmp_path))
    assert all(verdict.passed for verdict in publication.verdicts)


def test_missing_glyphs_are_reported_in_text_order(tmp_path):
    source = tmp_path / "report.txt"
    source.write_text("# 报告\n\n有\U00012000和\U00012001和\U00012002，还有\U00012003。\n", "utf-8")
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "publisher", "build", source, "-o", tmp_path],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        ).stderr
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
    assert "U+12000" in outputs.pop().partition("U+12001")[0]
