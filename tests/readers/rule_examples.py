"""How the examples of the reading rules are read: the file of each example."""

from tests.readers.word import docx, field, level, numbered, numbering, p, r, tbl, tc, tr, xml

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
        "placeholder": ([p("联系人：", control("<w:showingPlcHdr/>", r("单击此处输入文字")))], {}),
        "covered-cell": ([COVERED], {}),
        "unused-note": ([TEXT], {"footnotes": UNUSED_NOTE}),
        "note-mark": ([p("公开指南", REFERENCE)], {"footnotes": NOTES}),
        "note-label": ([p("公开指南", REFERENCE)], {"footnotes": NOTES}),
        "form-field": ([p(CHECK_BOX, "已公开")], {}),
        "symbol-font": ([p(r('<w:sym w:font="Wingdings" w:char="F0FC"/>'), "完成")], {}),
        "ruby-brackets": ([p(ruby("研", reading), "究")], {}),
        "line-break": ([p(r("某市2019年", "<w:br/>", "工作报告"), style="Title")], {}),
        "word-numbering": (
            [numbered("总体情况")],
            {"numbering": numbering([level(0, "chineseCounting", "%1、")])},
        ),
    }  # fmt: skip
    body, options = bodies[name]
    return docx(*body, **options)


def example_file(entry, example):
    """Return the content of an example's file, its name, and the encoding that a user names."""
    text = example.before
    if "encoding" in entry.name:
        named = "windows-1252" if entry.name == "encoding-without-chinese" else ""
        return text.encode("gb18030"), "report.txt", named
    if entry.name in ("other-suffix", "table-bars", "table-gaps"):
        return text.encode(), "report.txt", ""
    if text.startswith("<"):
        return f"<html><body>{text}</body></html>".encode(), "report.html", ""
    if text.startswith("# ") or entry.name in ("markdown", "soft-breaks"):
        return text.encode(), "report.md", ""
    return word_file(entry.name, example), "report.docx", ""
