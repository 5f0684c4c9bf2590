"""How the examples of the reading rules are read: the file of each example."""

from tests.readers.word import (
    CHART,
    DIAGRAM,
    chart,
    diagram,
    docx,
    drawing,
    field,
    level,
    numbered,
    numbering,
    p,
    png,
    r,
    repeated,
    series,
    tbl,
    tc,
    tr,
    xml,
)

REFERENCE = '<w:r><w:footnoteReference w:id="5"/></w:r>'
NOTES = xml("w:footnotes", f'<w:footnote w:id="5">{p("见网站。")}</w:footnote>')
UNUSED_NOTE = xml("w:footnotes", f'<w:footnote w:id="5">{p("没有引用。")}</w:footnote>')
TEXT = p("全年收到12件")


def deleted(text):
    return f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def control(properties, content):
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def ruby(base, reading):
    return r(f"<w:ruby><w:rt>{r(reading)}</w:rt><w:rubyBase>{r(base)}</w:rubyBase></w:ruby>")


CHECK_BOX = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox>'
    '</w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
IN_BRACKETS = '<w:eastAsianLayout w:id="1" w:combine="1" w:combineBrackets="round"/>'
PICTURE = {
    "links": [("rId9", "image", "media/image1.png")],
    "more": {"word/media/image1.png": png(40, 20)},
}
LINKED = {"links": [("rId9", "image", "https://a.example.cn/a.png", True)]}
CONTENTS = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
COVERED = tbl(tr(tc("指标", props='<w:hMerge w:val="restart"/>'), tc("遮住", props="<w:hMerge/>")))


def word_file(name, example):
    """Return the Word file of an example: the parts that hold its text."""
    reading = example.before.removesuffix("研究")
    bodies = {
        "tracked-deletion": ([p("全年收到", deleted("11件"), "12件")], {}),
        "hidden-text": ([p("全年收到12件", r("（待核）", props="<w:vanish/>"))], {}),
        "field-code": ([p("第", field("PAGE", r("3")), "页")], {}),
        "contents": ([control(CONTENTS, p("目录")), p("一、概况")], {}),
        "comment": ([TEXT], {"comments": xml("w:comments", f'<w:comment w:id="1">{p("请核实")}</w:comment>')}),
        "page-header": ([TEXT], {"header1": xml("w:hdr", p("内部资料"))}),
        "repeated-field": ([p(repeated("收到36项", "收到", "36", "项"))], {}),
        "placeholder": ([p("联系人：", control("<w:showingPlcHdr/>", r("单击此处输入文字")))], {}),
        "covered-cell": ([COVERED], {}),
        "unused-note": ([TEXT], {"footnotes": UNUSED_NOTE}),
        "note-mark": ([p("公开指南", REFERENCE)], {"footnotes": NOTES}),
        "note-label": ([p("公开指南", REFERENCE)], {"footnotes": NOTES}),
        "form-field": ([p(CHECK_BOX, "已公开")], {}),
        "symbol-font": ([p(r('<w:sym w:font="Wingdings" w:char="F0FC"/>'), "完成")], {}),
        "drawn-brackets": ([p("依据", r("鹤教办", props=IN_BRACKETS))], {}),
        "capitals": ([p("全年", r("gdp", props="<w:caps/>"), "增长6%")], {}),
        "ruby-brackets": ([p(ruby("研", reading), "究")], {}),
        "line-break": ([p(r("某市2019年", "<w:br/>", "工作报告"), style="Title")], {}),
        "word-numbering": (
            [numbered("总体情况")],
            {"numbering": numbering([level(0, "chineseCounting", "%1、")])},
        ),
        "linked-picture": ([p(r(drawing("rId9", alt="大厅照片", attribute="link"))), TEXT], LINKED),
        "missing-picture": ([p(r(drawing("rId8", alt="大厅照片"))), TEXT], {}),
        "unshown-picture": ([tbl(tr(tc(p(r(drawing(alt="大厅照片")))), "甲"), tr("乙", "丙"))], PICTURE),
        "cropped-picture": ([TEXT, p(r(drawing(crop='<a:srcRect l="9000"/>'))), TEXT], PICTURE),
        "macros": ([TEXT], {"more": {"word/vbaProject.bin": b"x"}}),
        "misplaced-text": ([f"<w:tbl>{p('散落')}{tr('甲', '乙')}</w:tbl>"], {}),
        "missing-note": ([p("公开指南", REFERENCE)], {}),
        "nested-table": ([tbl(tr(tc("文", tbl(tr("渠道", "12"))), "乙"), tr("丙", "丁"))], {}),
        "tracked-insertion": ([p("全年收到", f"<w:ins>{r('12件')}</w:ins>")], {}),
        "embedded-document": ([TEXT, '<w:subDoc r:id="rId3"/>'], {}),
        "unknown-symbol": ([p("文", r('<w:sym w:font="Webdings" w:char="F041"/>'))], {}),
        "field-without-result": ([p("文", field("SYMBOL 252"))], {}),
        "formula-on-one-line": (
            [p("文", "<m:oMath><m:r><m:t>x</m:t></m:r><m:new><m:t>y</m:t></m:new></m:oMath>")],
            {},
        ),
        "embedded-object": ([TEXT, p(r('<w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'))], {}),
        "object-gap": ([p("12", r('<w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'), "34件")], {}),
        "chart": ([TEXT, p(r('<w:drawing><c:chart r:id="rId3"/></w:drawing>'))], {}),
        "chart-as-table": ([TEXT, p(r(CHART))], chart(series("收入", ["甲镇"], ["3.5"]))),
        "diagram-as-text": ([TEXT, p(r(DIAGRAM))], diagram([("1", "受理")])),
        "doubtful-result": ([p("见第", field("PAGEREF a", r("3")), "页")], {}),
        "prompt-as-text": ([p(r("单击此处输入文字。", props='<w:rStyle w:val="prompt"/>'))], {}),
        "diagram": ([TEXT, p(r('<w:drawing><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"/></w:drawing>'))], {}),
    }  # fmt: skip
    body, options = bodies[name]
    return docx(*body, **options)


def example_file(entry, example):
    """Return the content of an example's file, its name, and the encoding that a user names."""
    text = example.before
    if "encoding" in entry.name:
        named = "windows-1252" if entry.name == "encoding-without-chinese" else ""
        return text.encode("gb18030"), "report.txt", named
    of_plain_text = "other-suffix table-bars table-commas table-gaps table-quotes broken-cells uncertain-columns uncertain-row uncertain-drawing uncertain-fields"
    if entry.name in of_plain_text.split():
        return text.encode(), "report.txt", ""
    if text.startswith("<"):
        return f"<html><body>{text}</body></html>".encode(), "report.html", ""
    if text.startswith("# ") or entry.name in ("markdown", "soft-breaks"):
        return text.encode(), "report.md", ""
    return word_file(entry.name, example), "report.docx", ""
