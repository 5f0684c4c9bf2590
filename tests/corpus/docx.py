"""Word files, ordinary and hostile, each with the expected result.

The towns are invented. All files are generated on request.
"""

from __future__ import annotations

from publisher.errors import (
    LimitError,
    SourceDamagedError,
    SourceEmptyError,
    SourceUnsafeError,
    UnsupportedFormatError,
)
from tests.corpus.case import Case
from tests.readers import hostile
from tests.readers.word import (
    docx,
    drawing,
    field,
    level,
    numbered,
    numbering,
    p,
    png,
    r,
    relationships_part,
    tbl,
    tc,
    text_box,
    to_strict,
    tr,
    xml,
)

TITLE = "鹤岭市2021年政府信息公开工作年度报告"
LEAD = "根据《中华人民共和国政府信息公开条例》的规定，鹤岭市人民政府办公室编制本报告。"
PARAGRAPH_1 = "2021年，全市主动公开政府信息4,216条，其中规范性文件38件，比上年增加5件。"
PARAGRAPH_2 = "全年受理依申请公开127件，均在规定期限内答复。"
THIRD = "部分单位公开不够及时，下一步将加强培训和督查。"
OFFICE = "鹤岭市人民政府办公室"
DAY = "2022年1月18日"
SIGNED = (p(OFFICE), p(DAY))
SAYS = (TITLE, LEAD, PARAGRAPH_1, PARAGRAPH_2, THIRD, OFFICE, DAY)
NUMBERS = numbering(
    (
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
    ),
    (level(0, "bullet", "\uf06c", more='<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'),),
    (level(0, "decimal", "%1"),),
)
FIGURES = (("项目", "件数"), ("主动公开", "4216"), ("依申请公开", "127"))
PHOTO = {
    "more": {"word/media/a.png": png(120, 80, (40, 90, 160))},
    "links": [("rId9", "image", "media/a.png")],
}


def deleted(text: str) -> str:
    return f'<w:del w:id="1" w:author="李">{r(f"<w:delText>{text}</w:delText>")}</w:del>'


def inserted(*content: str) -> str:
    return f'<w:ins w:id="2" w:author="李">{"".join(content)}</w:ins>'


def plain() -> bytes:
    """No styles at all: numbers typed by hand, the title in large type."""
    return docx(
        p(r(TITLE, props='<w:sz w:val="44"/>'), props='<w:jc w:val="center"/>'),
        p(),
        p(LEAD),
        p("一、总体情况"),
        p(PARAGRAPH_1),
        p("二、依申请公开"),
        p(PARAGRAPH_2),
        p("三、存在问题"),
        p(THIRD),
        *SIGNED,
        styles="",
    )


def styled() -> bytes:
    """Word's own headings, numbered by Word, with an old table of contents."""
    return docx(
        p(TITLE, style="Title"),
        p("目　录"),
        p(field("TOC \\o", r("一、总体情况", "<w:tab/>", "3"))),
        p(LEAD),
        numbered("总体情况", style="1"),
        numbered("主动公开", level=1, style="2"),
        p(PARAGRAPH_1),
        numbered("依申请公开", level=1, style="2"),
        p(PARAGRAPH_2),
        numbered("存在问题", style="1"),
        p(THIRD),
        *SIGNED,
        numbering=NUMBERS,
    )


def revised() -> bytes:
    """Tracked changes nobody accepted, comments, and a note to oneself in hidden text."""
    return docx(
        p(TITLE, style="Title"),
        p(LEAD),
        p("一、总体情况"),
        p(
            "2021年，全市主动公开政府信息",
            deleted("四千余"),
            inserted(r("4,216")),
            "条，其中规范性文件",
            deleted("33"),
            inserted(r("38")),
            "件，比上年增加5件。",
            r('<w:commentReference w:id="1"/>'),
        ),
        p(deleted("删去的整段文字。"), props="<w:rPr><w:del/></w:rPr>"),
        p(PARAGRAPH_2, r("数据待核", props="<w:vanish/>")),
        p("二、存在问题"),
        p(f"<w:moveTo>{r(THIRD)}</w:moveTo>"),
        p(f"<w:moveFrom>{r('原在此处的句子。')}</w:moveFrom>"),
        *SIGNED,
        comments=xml("w:comments", f'<w:comment w:id="1">{p("请统计处核对此数")}</w:comment>'),
    )


def tables() -> bytes:
    """Three tables: merged heads, rows numbered by Word, cells of several lines."""
    across = '<w:gridSpan w:val="2"/>'
    down, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    return docx(
        p(TITLE, style="Title"),
        p(LEAD),
        p("一、总体情况"),
        p(PARAGRAPH_1),
        tbl(
            tr(tc("类别", props=down), tc("件数", props=across), props="<w:tblHeader/>"),
            tr(tc(props=below), "本年", "上年", props="<w:tblHeader/>"),
            tr("规范性文件", "38", "33"),
            tr("政策解读", "61", "47"),
        ),
        p("二、依申请公开"),
        p(PARAGRAPH_2),
        tbl(
            tr("序号", "来源", "件数"),
            tr(tc(numbered("", 3)), "网络", "96"),
            tr(tc(numbered("", 3)), "信函", "31"),
        ),
        p("三、存在问题"),
        p(THIRD),
        tbl(tr("问题", "措施"), tr(tc("公开不及时", "解读偏少"), tc("培训", "督查"))),
        *SIGNED,
        numbering=NUMBERS,
    )


def notes() -> bytes:
    """Footnotes in the text and in a table, an endnote."""
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    return docx(
        p(TITLE, style="Title"),
        p(LEAD),
        p("一、总体情况"),
        p(PARAGRAPH_1, mark.format(2)),
        tbl(tr("项目", "件数"), tr(tc(p("依申请公开", mark.format(3))), "127"), tr("复议", "2")),
        p("二、依申请公开"),
        p(PARAGRAPH_2, '<w:r><w:endnoteReference w:id="1"/></w:r>'),
        p("三、存在问题"),
        p(THIRD),
        *SIGNED,
        footnotes=xml(
            "w:footnotes",
            '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
            f'<w:footnote w:id="2">{p(r("<w:footnoteRef/>"), "含各区县数据。")}</w:footnote>'
            f'<w:footnote w:id="3">{p("按受理日期统计。")}</w:footnote>',
        ),
        endnotes=xml("w:endnotes", f'<w:endnote w:id="1">{p("不含上年结转。")}</w:endnote>'),
    )


def red_head() -> bytes:
    """An official document: lettering for a head, a text box, a document number, annexes."""
    head = '<w:pict><v:shape><v:textpath string="鹤岭市人民政府办公室文件"/></v:shape></w:pict>'
    return docx(
        p(r(head)),
        p("鹤政办发〔2022〕3号"),
        p(TITLE, style="Title"),
        p(LEAD, r(text_box(p("联系电话：0000-1234567")))),
        p("一、总体情况"),
        p(PARAGRAPH_1),
        p(PARAGRAPH_2),
        p("二、存在问题"),
        p(THIRD),
        p("附件：1. 公开情况统计表"),
        *SIGNED,
        p("附件1"),
        p("公开情况统计表"),
        tbl(*(tr(*row) for row in FIGURES)),
    )


def controls() -> bytes:
    """A template of content controls, smart tags, links and fields, partly filled in."""
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    prompt = control.format("<w:showingPlcHdr/>", r("单击此处输入联系人"))
    return docx(
        control.format("", p(TITLE, style="Title")),
        p(LEAD),
        p("一、总体情况"),
        control.format("", p(control.format("", r(PARAGRAPH_1)))),
        p(f"<w:smartTag><w:smartTagPr/>{r(PARAGRAPH_2)}</w:smartTag>"),
        p(
            "详见",
            f'<w:hyperlink r:id="rId7">{r("市政府网站")}</w:hyperlink>',
            "。联系人：",
            prompt,
        ),
        p("二、存在问题"),
        p(field("REF a", r(THIRD))),
        p(OFFICE),
        p(f'<w:fldSimple w:instr="DATE">{r(DAY)}</w:fldSimple>'),
        links=[("rId7", "hyperlink", "http://198.51.100.7/", True)],
    )


def photographs() -> bytes:
    """Pictures: one with words, one linked to, one that no page can show."""
    return docx(
        p(TITLE, style="Title"),
        p(LEAD),
        p("一、总体情况"),
        p(PARAGRAPH_1),
        p(r(drawing(alt="市政务服务大厅外景", width=90, height=60))),
        p(PARAGRAPH_2),
        p(r(drawing("rId8", alt="网上的图"))),
        p(r(drawing("rId7"))),
        p("二、存在问题"),
        p(THIRD),
        *SIGNED,
        more={**PHOTO["more"], "word/media/b.emf": b"\x01\0\0\0" + bytes(80)},
        links=[
            *PHOTO["links"],
            ("rId8", "image", "http://198.51.100.7/x.png", True),
            ("rId7", "image", "media/b.emf"),
        ],
    )


def headers() -> bytes:
    """Headers, footers and page numbers around the text."""
    return docx(
        p(TITLE, style="Title"),
        p(LEAD),
        *(p(text) for text in ("一、总体情况", PARAGRAPH_1, PARAGRAPH_2, "二、存在问题", THIRD)),
        *SIGNED,
        header1=xml("w:hdr", p("内部稿　不得外传")),
        footer1=xml("w:ftr", p("第", field("PAGE", r("1")), "页")),
    )


def symbols() -> bytes:
    """Symbol fonts, superscripts, rings around figures, bullets, a formula."""
    raised = '<w:vertAlign w:val="superscript"/>'
    return docx(
        p(TITLE, style="Title"),
        p(LEAD),
        p("一、总体情况"),
        p(PARAGRAPH_1, "公开栏面积120m", r("2", props=raised), "。"),
        numbered("主动公开", 2),
        numbered("依申请公开", 2),
        p(r('<w:sym w:font="Wingdings" w:char="F0FE"/>'), "已完成 ", field(r"EQ \o\ac(○,3)")),
        p(
            "公开率为",
            "<m:oMath><m:f><m:num><m:r><m:t>38</m:t></m:r></m:num><m:den><m:r><m:t>40</m:t></m:r>"
            "</m:den></m:f></m:oMath>",
            "。",
        ),
        p(PARAGRAPH_2),
        p("二、存在问题"),
        p(THIRD),
        *SIGNED,
        numbering=NUMBERS,
    )


def framed() -> bytes:
    """The whole report inside a table of one cell, with a table in it."""
    inside = (
        TITLE,
        LEAD,
        "一、总体情况",
        PARAGRAPH_1,
        PARAGRAPH_2,
        "二、存在问题",
        THIRD,
        OFFICE,
        DAY,
    )
    figures = tbl(*(tr(*row) for row in FIGURES))
    return docx(tbl(tr(tc(*inside[:5], figures, *inside[5:]))))


def long() -> bytes:
    """A hundred sections of several paragraphs, headings numbered by Word."""
    body = []
    for number in range(1, 101):
        body.append(numbered(f"第{number}项工作", style="1"))
        body.extend(p(f"本项第{step}步公开信息{number * step}条。" * 4) for step in range(1, 6))
    return docx(
        p(TITLE, style="Title"), p(LEAD), *body, *map(p, (PARAGRAPH_1, PARAGRAPH_2, THIRD)), *SIGNED,
        numbering=NUMBERS,
    )  # fmt: skip


def reaching_out() -> bytes:
    """All kinds of references from a Word file to other files."""
    return docx(
        p(TITLE, style="Title"),
        p(LEAD, r(drawing("rId8"))),
        p("一、总体情况"),
        p(PARAGRAPH_1, field('INCLUDEPICTURE "http://198.51.100.7/a.png"', r("图"))),
        p(PARAGRAPH_2, field('INCLUDETEXT "file:///etc/passwd"', r("旧文"))),
        p(field('DDEAUTO cmd "/c calc"', r("旧数")), THIRD),
        '<w:subDoc r:id="rId6"/><w:altChunk r:id="rId5"/>',
        *SIGNED,
        links=[
            ("rId8", "image", "http://198.51.100.7/x.png", True),
            ("rId6", "subDocument", "file:///etc/hosts", True),
            ("rId5", "aFChunk", "chunk.html"),
            ("rId4", "attachedTemplate", "http://198.51.100.7/t.dotm", True),
        ],
        more={
            "word/chunk.html": "<script>document.write('嵌入的网页')</script>",
            "word/vbaProject.bin": b"Sub AutoOpen()",
            "word/_rels/settings.xml.rels": relationships_part(
                ("rId1", "attachedTemplate", "http://x/", True)
            ),
        },
    )


CASES = (
    Case(name="无样式", suffix=".docx", make=plain, expected=(*SAYS, "三、存在问题")),
    Case(
        name="标题样式和自动编号",
        suffix=".docx",
        make=styled,
        expected=(*SAYS, "一、总体情况", "（二）依申请公开", "二、存在问题"),
        absent=("目录", "总体情况3", "TOC"),
    ),
    Case(
        name="修订和批注",
        suffix=".docx",
        make=revised,
        expected=SAYS,
        absent=("四千余", "33", "删去的整段", "数据待核", "请统计处", "原在此处"),
    ),
    Case(
        name="合并单元格",
        suffix=".docx",
        make=tables,
        expected=(*SAYS, "规范性文件3833", "1网络96", "2信函31", "公开不及时解读偏少"),
        tables=3,
    ),
    Case(
        name="脚注和尾注",
        suffix=".docx",
        make=notes,
        expected=(*SAYS, "[1]含各区县数据。", "[2]按受理日期统计。", "[注1]不含上年结转。"),
        tables=1,
    ),
    Case(
        name="红头文件",
        suffix=".docx",
        make=red_head,
        expected=(*SAYS, "鹤岭市人民政府办公室文件", "联系电话：0000-1234567", "依申请公开127"),
        tables=1,
    ),
    Case(
        name="内容控件",
        suffix=".docm",
        make=controls,
        expected=(*SAYS, "详见市政府网站。联系人："),
        absent=("单击此处", "198.51", "REF"),
    ),
    Case(name="照片", suffix=".docx", make=photographs, expected=SAYS, absent=("198.51",)),
    Case(name="页眉页脚", suffix=".docx", make=headers, expected=SAYS, absent=("内部稿", "第1页")),
    Case(
        name="符号和上标",
        suffix=".docx",
        make=symbols,
        expected=(*SAYS, "120m²", "●主动公开", "☑已完成③", "38/40"),
        absent=("\uf0fe", "EQ"),
    ),
    Case(
        name="整篇在框内", suffix=".docx", make=framed, expected=(*SAYS, "主动公开4216"), tables=1
    ),
    Case(
        name="严格格式",
        suffix=".docx",
        make=lambda: to_strict(styled()),
        expected=(*SAYS, "（二）依申请公开"),
        absent=("TOC",),
    ),
    Case(name="一百节", suffix=".docx", make=long, expected=(*SAYS, "一〇〇、第100项工作")),
    Case(
        name="向外伸手",
        suffix=".docx",
        make=reaching_out,
        expected=(*SAYS, "旧文", "旧数"),
        absent=("198.51", "passwd", "calc", "嵌入的网页", "AutoOpen"),
    ),
    Case(name="一吉字节", suffix=".docx", make=hostile.bomb, refusal=LimitError),
    Case(name="十万个部件", suffix=".docx", make=hostile.many_entries, refusal=LimitError),
    Case(name="重叠的部件", suffix=".docx", make=hostile.overlapping, refusal=LimitError),
    Case(name="深层嵌套", suffix=".docx", make=lambda: hostile.deep(20_000), refusal=LimitError),
    Case(
        name="十亿个哈",
        suffix=".docx",
        make=lambda: hostile.doctype(hostile.LAUGHS),
        refusal=SourceUnsafeError,
    ),
    Case(
        name="外部实体",
        suffix=".docx",
        make=lambda: hostile.doctype(hostile.OUTSIDE),
        refusal=SourceUnsafeError,
    ),
    Case(
        name="谎报大小",
        suffix=".docx",
        make=lambda: hostile.with_wrong_size(declared_size=100),
        refusal=SourceDamagedError,
    ),
    Case(name="半个文件", suffix=".docx", make=lambda: styled()[:-600], refusal=SourceDamagedError),
    Case(name="有密码", suffix=".docx", make=hostile.encrypted, refusal=UnsupportedFormatError),
    Case(
        name="只有删去的字",
        suffix=".docx",
        make=lambda: docx(p(deleted("全部删去"))),
        refusal=SourceEmptyError,
    ),
)
