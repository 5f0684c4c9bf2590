"""The documented edits and findings of the readers, for ``publisher rules``.

A reader publishes what a person sees who opens the source. What it leaves out or writes otherwise is an edit with the
name of one of these rules. An example has the source, or of a Word file the text with what Word would hide or show.
"""

from __future__ import annotations

from publisher.model import Example, RuleEntry
from publisher.readers import finding_rules
from publisher.readers.docx import finding_rules as word_finding_rules
from publisher.text.ruby_readings import MAX_BASE, MAX_READING

KIND = "reading rule"
_LONG_READING = "grind, study; read with the second tone in standard Mandarin"


def _entry(
    name: str,
    summary: str,
    *examples: tuple[str, str],
    reason: str,
    exceptions: str,
    evidence: str = "",
) -> RuleEntry:
    return RuleEntry(
        name=name,
        kind=KIND,
        summary=summary,
        reason=reason,
        examples=tuple(Example(before=before, after=after) for before, after in examples),
        exceptions=exceptions,
        evidence=evidence,
    )


_TEXT = (
    _entry(
        "table-bars",
        "Read lines with bars as the rows of a table.",
        ("| 渠道 | 条数 |\n| 网站 | 12 |", "渠道\t条数\n网站\t12"),
        reason="The bars, the borders of rows (├──┼──┤), and the row of dashes of Markdown, draw the table; the page draws it by rules.",
        evidence="two or more lines below one another with the same number of bars; borders that meet and leave rectangles, also over several "
        "rows and columns",
        exceptions="a single line with bars; lines with different numbers of bars, which are reported if they are a drawing",
    ),
    _entry(
        "table-commas",
        "Read lines with commas between their fields as the rows of a table.",
        (
            '渠道,条数,说明\n网站,12,"含微信,微博"\n公报,8,',
            "渠道\t条数\t说明\n网站\t12\t含微信,微博\n公报\t8\t",
        ),
        reason="A spreadsheet writes a table so (RFC 4180); the commas and quotation marks draw it.",
        evidence="three or more lines with as many fields each, three at least; a head of words; a column of figures, or quotation marks",
        exceptions="sentences; lines with other numbers of fields, which are reported if they have figures",
    ),
    _entry(
        "table-gaps",
        "Read lines with gaps as the rows of a table.",
        (
            "渠道    条数    比重\n网站    12    60%\n公报    8    40%",
            "渠道\t条数\t比重\n网站\t12\t60%\n公报\t8\t40%",
        ),
        reason="The gaps draw columns, which other fonts would not keep in line.",
        evidence="figures, and cells below one another that no other column covers: each has one edge in common with the others, or a "
        "position; the same number of gaps in each line; heads of columns of words",
        exceptions="sentences, form fields, options, and two lines with one gap, which may be signatures; lines whose positions show no "
        "certain columns, which are reported",
    ),
    _entry(
        "broken-cells",
        "Write a cell that is broken over two lines in one row.",
        (
            "名称        床位    职工\n医院（含    12      30\n老院区）\n中医院      8       20",
            "名称\t床位\t职工\n医院（含老院区）\t12\t30\n中医院\t8\t20",
        ),
        reason="The text has the end of the cell in the next line, where it would be a row of its own.",
        evidence="a bracket that is open between the two lines; a line that has only words below words of a row with figures",
        exceptions="a line with only the first cell, which may be the head of a group of rows",
    ),
    _entry(
        "table-quotes",
        "Read a cell with a line end, which a spreadsheet puts in quotation marks.",
        ('部门\t件数\n"财政局\n（国资办）"\t12', "部门\t件数\n财政局（国资办）\t12"),
        reason="The quotation marks are those of the copied table; the page breaks the lines of a cell itself.",
        evidence="straight quotation marks from the beginning of a cell to its end, with a line end between them, and a tab beside the cell",
        exceptions="quotation marks inside a cell, or without a line end between them",
    ),
)
_HTML = (
    _entry(
        "html-markup",
        "Leave out the tags of a page, and white space that it does not show.",
        ("<p>全年收到<b>申请</b></p>\n<p>12件</p>", "全年收到申请\n12件"),
        reason="Tags are not text. What they mean (emphasis, tables, headings) is kept as marks and roles.",
        exceptions="the text of the elements",
    ),
    _entry(
        "html-reference",
        "Write the character that a reference stands for.",
        ("<p>A&amp;B公司12&#20214;</p>", "A&B公司12件"),
        reason="A browser shows the character.",
        exceptions="references that HTML does not know",
    ),
    _entry(
        "html-silent",
        "Leave out elements that a page does not show as text.",
        ("<p>全年收到12件<script>count()</script></p>", "全年收到12件"),
        reason="Scripts, styles, controls and the head of the page are not the report.",
        exceptions="nothing; sentences in such elements, other than scripts, are reported as ``left out``",
    ),
    _entry(
        "html-hidden",
        "Leave out what the page hides.",
        (
            '<p>全年收到12件。</p><p style="display:none">模板</p>',
            "全年收到12件。",
        ),
        reason="No visitor of the page sees it.",
        exceptions="a page that hides most of its sentences until its script has run: then all is read, and reported",
    ),
    _entry(
        "html-deletion",
        "Leave out text that the page marks as deleted.",
        ("<p>全年收到<del>11件</del><ins>12件</ins></p>", "全年收到12件"),
        reason="The element del says that the text is no longer valid; it is reported as ``left out``.",
        exceptions="the elements s and strike, which are printed with a line through them",
    ),
    _entry(
        "html-furniture",
        "Leave out what belongs to the website around the report.",
        (
            "<nav><a>首页</a> <a>政务公开</a></nav><h1>某市2019年工作报告</h1><p>一、概况</p><p>全年收到12件。</p>",
            "某市2019年工作报告\n一、概况\n全年收到12件。",
        ),
        reason="Menus, paths, buttons and the foot of a page are not the report; fields about it become metadata.",
        evidence="the name of the element, a block of links, the place above the title or below the signature",
        exceptions="sentences, tables of figures, headings and notes between the title and the end of the report, whatever their "
        "element is called; what is left out is reported as removed lines",
    ),
    _entry(
        "html-picture",
        "Show a picture as a figure, or write its text alternative.",
        ('<p>现场<img src="a.png" alt="大厅照片"></p>', "现场［图：大厅照片］"),
        reason="No picture is fetched from a website; one in the page itself is shown.",
        exceptions="ornaments: small pictures without a text alternative",
    ),
    _entry(
        "html-field",
        "Write what a field of a form shows.",
        (
            '<p>受理：<input value="12">件 <input type="checkbox" checked>网上</p>',
            "受理：12件 ☑网上",
        ),
        reason="A browser shows the value; the text of the file has it in an attribute.",
        exceptions="buttons, search fields, passwords and fields without a value, which are left out",
    ),
    _entry(
        "html-list-number",
        "Write the number that the page's list prints.",
        ("<ol><li>加强领导</li><li>压实责任</li></ol>", "1. 加强领导\n2. 压实责任"),
        reason="A browser counts the items; the text of the file has no numbers.",
        exceptions="lists without numbers, whose bullets the style draws",
    ),
)
_MARKDOWN = (
    _entry(
        "markdown",
        "Leave out the marks of Markdown, and HTML in it.",
        ("**全年**收到`12`件<!-- 待核 -->", "全年收到12件"),
        ("见[办法](https://a.example.cn)", "见办法（https://a.example.cn）"),
        reason="The marks mean emphasis, headings, lists and links; the page shows what they mean.",
        exceptions="marks behind a backslash, in code, or without a partner",
    ),
    _entry(
        "soft-breaks",
        "Join the lines of a paragraph of Markdown.",
        ("全年收到申请\n12件。", "全年收到申请12件。"),
        ("all open\ngovernment data", "all open government data"),
        reason="CommonMark 6.8: a line end inside a paragraph is a space; between Chinese characters it is nothing.",
        exceptions="hard breaks; lines that are fields, rows or items of a list that Markdown does not mark",
    ),
)
_SEVERAL = (
    _entry(
        "superscript",
        "Write raised and lowered characters so that they are no figures of their own.",
        ("<p>35μg/m<sup>3</sup></p>", "35μg/m³"),
        ("<p>公开指南<sup>1</sup></p>", "公开指南[1]"),
        reason="Text that is copied or read aloud has no raised digits: m3 would be 3 metres, 指南1 another name.",
        exceptions="emphasis by raising of words; the page still raises what it writes otherwise only in the text",
    ),
    _entry(
        "linked-note",
        "Write the label of a note as the mark in the text that links to it.",
        (
            '<p>公开指南<sup><a href="#n1">1</a></sup>一份。</p><p id="n1">1. 网上可查。</p>',
            "公开指南[1]一份。\n[1]网上可查。",
        ),
        reason="Text and note are then found by the same mark, and the note is set at the foot of the page.",
        exceptions="lines that no link leads to, or whose number is another one than that of the link",
    ),
    _entry(
        "struck-out",
        "Part a struck-out figure from the figure beside it.",
        ("<p>共<s>11</s><b></b>12件</p>", "共11\u300012件"),
        reason="Without a gap the text would have one figure made of two.",
        exceptions="struck-out words, and figures with other text between them",
    ),
    _entry(
        "ruby",
        "Take a reading out of the line: it is set above its base, or follows in brackets if it is too long.",
        (f"<p><ruby>研<rt>{_LONG_READING}</rt></ruby>究</p>", f"研（{_LONG_READING}）究"),
        reason="A reading inside the line would part the words; in small type there is room for one line.",
        exceptions=f"readings of up to {MAX_READING} characters above up to {MAX_BASE} are set above, not in brackets",
    ),
    _entry(
        "formula",
        "Write a formula on one line.",
        ("<p>即<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math></p>", "即a/b"),
        reason="The text has the formula as it is typed without a formula editor; the page sets it as written.",
        exceptions="a formula that cannot be set: it is reported, and stays as the source has it",
    ),
)
_WORD = (
    _entry(
        "tracked-deletion",
        "Take tracked deletions as accepted.",
        ("全年收到11件12件", "全年收到12件"),
        reason="A report with tracked changes is published in its last version; the number of deletions is reported.",
        exceptions="tracked insertions, which are text",
    ),
    _entry(
        "hidden-text",
        "Leave out hidden text.",
        ("全年收到12件（待核）", "全年收到12件"),
        reason="Word does not print it; it is reported.",
        exceptions="text that a style hides and the run shows again",
    ),
    _entry(
        "field-code",
        "Leave out the instruction of a field, not its result.",
        ("第 PAGE 3页", "第3页"),
        reason="Word prints the result.",
        exceptions="fields without a result, which are reported",
    ),
    _entry(
        "contents",
        "Leave out the table of contents of the file.",
        ("目录\n一、概况", "一、概况"),
        reason="Its page numbers are those of Word's pages; the publication has its own contents.",
        exceptions="contents that were typed by hand",
    ),
    _entry(
        "comment",
        "Leave out comments.",
        ("全年收到12件请核实", "全年收到12件"),
        reason="They are remarks about the report, not its text; their number is reported.",
        exceptions="footnotes and endnotes, which are text",
    ),
    _entry(
        "page-header",
        "Leave out headers and footers of Word's pages.",
        ("内部资料\n全年收到12件", "全年收到12件"),
        reason="They belong to Word's pages; the style has its own. They are reported.",
        exceptions="nothing",
    ),
    _entry(
        "repeated-field",
        "Leave out the results of an input field that repeat the text between them.",
        ("收到36项收到收到36项36收到36项项收到36项收到36项", "收到36项"),
        reason="LibreOffice writes the text of an input field once as text, and the field before, between and behind its runs.",
        exceptions="a field without its text beside it; the text between the fields; fields with different results",
    ),
    _entry(
        "placeholder",
        "Leave out the prompt of a form field that nobody filled in.",
        ("联系人：单击此处输入文字", "联系人："),
        reason="The prompt is Word's, not the office's; it is reported as a warning.",
        exceptions="fields that are filled in",
    ),
    _entry(
        "covered-cell",
        "Leave out text in a cell that a merged cell covers.",
        ("指标\t遮住", "指标"),
        reason="Word does not show it; it is reported as a warning.",
        exceptions="empty cells",
    ),
    _entry(
        "unused-note",
        "Leave out notes that nothing in the text refers to.",
        ("全年收到12件\n没有引用。", "全年收到12件"),
        reason="Word does not print them; they are reported.",
        exceptions="notes with a reference",
    ),
    _entry(
        "note-mark",
        "Write the mark of a note as a number in brackets.",
        ("公开指南", "公开指南[1]\n[1] 见网站。"),
        reason="Word counts the notes; the file has no number at the place.",
        exceptions="marks of the writer's own, which stay",
    ),
    _entry(
        "note-label",
        "Write the mark of a note before its text.",
        ("见网站。", "公开指南[1]\n[1] 见网站。"),
        reason="The note stands below the text; the mark says which it is.",
        exceptions="notes without a reference",
    ),
    _entry(
        "form-field",
        "Write what a form field shows in print.",
        ("已公开", "☑已公开"),
        reason="The file has the state of the box, not a character.",
        exceptions="fields with a result of their own",
    ),
    _entry(
        "symbol-font",
        "Write the character that a code of a symbol font shows.",
        ("\uf0fc完成", "✓完成"),
        reason="In any other font the code is another character, or none.",
        exceptions="codes without a known character, which become \ufffd and are reported",
    ),
    _entry(
        "drawn-brackets",
        "Write the brackets that Word draws around two lines in one.",
        ("依据鹤教办", "依据（鹤教办）"),
        reason="The file has them as a property of the run, not as characters.",
        exceptions="two lines in one without brackets",
    ),
    _entry(
        "capitals",
        "Write letters that Word sets as capitals, or as small capitals, as capitals.",
        ("全年gdp增长6%", "全年GDP增长6%"),
        reason="A person who opens the file sees capitals; the text of the file has small letters.",
        exceptions="letters without a capital of their own, such as ß and µ",
    ),
    _entry(
        "ruby-brackets",
        "Write a reading of Word in brackets that is too long to be set above its base.",
        (f"{_LONG_READING}研究", f"研（{_LONG_READING}）究"),
        reason="A reading is set in one line of small type.",
        exceptions=f"readings of up to {MAX_READING} characters above up to {MAX_BASE}, which are set there",
    ),
    _entry(
        "line-break",
        "Put a heading on one line.",
        ("某市2019年\n工作报告", "某市2019年工作报告"),
        reason="A line break in a heading is layout of Word's page; contents and bookmarks need one line.",
        exceptions="line breaks in other paragraphs",
    ),
    _entry(
        "object-gap",
        "Leave a gap where a picture or another object of Word parts two figures.",
        ("1234件", "12 34件"),
        reason="Without the object the two figures would become one.",
        exceptions="objects with text on either side",
    ),
    _entry(
        "word-numbering",
        "Write the number that Word prints before a paragraph.",
        ("总体情况", "一、总体情况"),
        reason="Word counts headings and items; the text of the file has no numbers.",
        exceptions="bullets, which the style draws",
    ),
)

ENTRIES = (
    *_TEXT,
    *_HTML,
    *_MARKDOWN,
    *_SEVERAL,
    *_WORD,
    *finding_rules.FINDING_RULES,
    *word_finding_rules.FINDING_RULES,
)
