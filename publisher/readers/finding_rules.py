"""What the readers report, for ``publisher rules``: the format and the encoding of a source, and what is not shown."""

from __future__ import annotations

from publisher.model import Example, FindingRule, Severity

KIND = "reading finding"


def reading_finding(  # noqa: PLR0913 - one argument for each field of the entry
    name: str,
    clause: str,
    summary: str,
    example: tuple[str, str],
    *,
    reason: str,
    exceptions: str,
    message: str,
    hint: str,
    severity: Severity = Severity.WARNING,
) -> FindingRule:
    """Return a rule of a reader; ``example`` is what its source shows, and the message about it."""
    return FindingRule(
        name=name,
        kind=KIND,
        clause=clause,
        summary=summary,
        examples=(Example(before=example[0], after=example[1]),),
        reason=reason,
        exceptions=exceptions,
        message=message,
        hint=hint,
        severity=severity,
    )


OTHER_SUFFIX = reading_finding(
    "other-suffix",
    "format",
    "Report a file whose content is not of the format that its suffix names.",
    (
        "<html><body><p>全年收到12件。</p></body></html>",
        "the file has the suffix .txt and was read as text/html",
    ),
    reason="Files are renamed by hand and by web servers; the content says what they are.",
    exceptions="suffixes of the same format",
    message="the file has the suffix .{suffix} and was read as {media_type}",
    hint="the content decides; the usual suffix is {usual_suffix}",
    severity=Severity.NOTE,
)
NO_CHINESE = reading_finding(
    "encoding-without-chinese",
    "encoding",
    "Report that a text has no Chinese in the encoding of ``--encoding``, but in another.",
    (
        "全市各级行政机关认真落实政府信息公开条例，全年收到申请12件，办结12件。",
        "read as windows-1252, the text has no Chinese; read as gb18030, it has",
    ),
    reason="A wrong encoding makes other letters of the text, none of them Chinese.",
    exceptions="texts in ASCII, and bytes for which no encoding is probable",
    message="read as {encoding}, the text has no Chinese; read as {detected}, it has",
    hint="omit --encoding, or give --encoding {detected}",
)
UNCERTAIN_ENCODING = reading_finding(
    "uncertain-encoding",
    "encoding",
    "Report an encoding that is only probable.",
    ("啊", "the encoding was guessed as gb18030, with a confidence of 0.50"),
    reason="A short text has characters in more than one encoding.",
    exceptions="files that declare their encoding, or begin with a byte order mark; ``--encoding``",
    message="the encoding was guessed as {encoding}, with a confidence of {confidence:.2f}",
    hint="if the text is wrong, give the encoding with --encoding, for example {other}",
)
HIDDEN_TEXT_READ = reading_finding(
    "hidden-text-read",
    "left out",
    "Report that the hidden text of a page is read.",
    (
        '<div style="display:none"><p>全年收到申请12件。</p></div><p>加载中</p>',
        "the page hides most of its text; the hidden text is read like any other",
    ),
    reason="Such a page shows its text by a script; without the hidden parts there would be no report.",
    exceptions="pages that show most of their sentences",
    message="the page hides most of its text; the hidden text is read like any other",
    hint="look for text that is there twice, or that no visitor sees",
)
OMITTED_SENTENCE = reading_finding(
    "omitted-sentence",
    "left out",
    "Report a sentence of a page that is left out.",
    (
        "<h1>某市2019年工作报告</h1><p>全年收到<del>11件。</del>12件。</p>",
        "left out (text that the page marks as deleted): 11件。",
    ),
    reason="What has sentences may be the report's.",
    exceptions="scripts and styles; sentences of the website under 20 characters",
    message="left out ({reason}): {text}",
    hint="if it belongs to the report, save the page without the parts around it",
)
OMITTED_DELETION = reading_finding(
    "omitted-deletion",
    "left out",
    "Report text in Markdown that HTML marks as deleted, and that is left out.",
    (
        "# 某市2019年工作报告\n\n全年收到<del>11件</del>12件。",
        "left out (text that the source marks as deleted): 11件",
    ),
    reason="The text is no longer valid, but nothing is dropped silently.",
    exceptions="text between two tildes, which is printed with a line through it",
    message="left out ({reason}): {text}",
    hint="remove the tags of the deletion to keep it",
)
PICTURE_OF_PAGE = reading_finding(
    "picture-of-page",
    "picture",
    "Report a picture of a page that cannot be shown.",
    ('<p>现场</p><img src="a.png" alt="大厅">', "a picture is not in the file: 大厅"),
    reason="Nothing is fetched from a network while a report is built.",
    exceptions="ornaments: small pictures without a text alternative",
    message="a picture is {problem}: {description}",
    hint="links are never followed; embed the picture in the page as data",
)
PICTURE_OF_MARKDOWN = reading_finding(
    "picture-of-markdown",
    "pictures",
    "Report a picture of a Markdown file that cannot be shown.",
    (
        "# 某市2019年工作报告\n\n![大厅](https://a.example.cn/a.png)",
        "the picture '大厅' is not in the file; its text alternative replaces it",
    ),
    reason="No other file is opened while a report is built.",
    exceptions="pictures in the text as data",
    message="the picture {name!r} {problem}; its text alternative replaces it",
    hint="put it into the text as data, or send the report as a Word file",
)
DRAWING_AS_WORDS = reading_finding(
    "drawing-as-words",
    "drawing",
    "Report a drawing of a page that is not shown, and whose words are set as text.",
    (
        "<p>收到申请</p><svg><text>网站12件</text></svg>",
        "a drawing (svg) is not shown; its words are set as text",
    ),
    reason="A drawing may show what its words do not say.",
    exceptions="icons, and drawings that are hidden from screen readers",
    message="a drawing (svg) is not shown; its words are set as text",
    hint="put it into the page as a PNG picture",
)
DRAWING_WITHOUT_WORDS = reading_finding(
    "drawing-without-words",
    "drawing",
    "Report a drawing of a page that is not shown and has no words.",
    (
        '<p>收到申请</p><svg><path d="M0 0h9"/></svg><p>12件</p>',
        "a drawing (svg) without words is not shown",
    ),
    reason="A drawing may show something that the text does not say.",
    exceptions="icons, and drawings that are hidden from screen readers",
    message="a drawing (svg) without words is not shown",
    hint="put it into the page as a PNG picture",
)
UNSET_FORMULA = reading_finding(
    "unset-formula",
    "formula",
    "Report a formula that is set as text.",
    (
        "# 某市2019年工作报告\n\n比重为$\\foo{x}$。",
        "the formula “$\\foo{x}$” is set as text: the command \\foo is not known",
    ),
    reason="A formula on one line may be read otherwise.",
    exceptions="formulas that can be set",
    message="the formula “{formula}” is set as text: {reason}",
    hint="compare it with the source, or write it in a simpler way",
)
STRUCK_OUT = reading_finding(
    "struck-out-text",
    "struck-out",
    "Report text that is printed with a line through it.",
    (
        "<p>全年收到<s>11件</s>12件。</p>",
        "1 struck-out passage of the source printed with a line through the text: “11件”",
    ),
    reason="Struck-out text in a finished report is often forgotten, and a screen reader reads it like any other.",
    exceptions="deletions of Word's tracked changes, and the element del of a page, which are left out",
    message="{passages} of the source printed with a line through the text: {quoted}",
    hint="remove struck-out text from the source if it is not to be published",
)
RAISED_TEXT = reading_finding(
    "raised-text",
    "raised-text",
    "Report raised, lowered or smaller text that may be a superscript or a subscript, and that is set in the line.",
    (
        '<p>共10<span style="position:relative;top:-1px">4</span>件。</p>',
        "“4” behind “共10” is raised in the source and set in the line: it may be a superscript or a subscript",
    ),
    reason="10⁴ that is read as 104 is another figure.",
    exceptions="text that is shifted far enough, or is smaller and shifted: it is a superscript or a subscript",
    message="“{text}” behind “{before}” is {direction} in the source and set in the line: it may be a superscript or a subscript",
    hint="if it is one, make it a superscript or a subscript in the source (in Word: Font, Superscript)",
)
UNCERTAIN_COLUMNS = reading_finding(
    "uncertain-columns",
    "table",
    "Report lines that look like a table with empty cells, but do not show to which column a figure belongs.",
    (
        "名称      一季度    二季度    三季度\n东镇   120    98    110\n西镇    88      76\n南镇  64   71",
        "lines 1 to 4 look like a table with empty cells, but their columns are not certain; they are set as preformatted text",
    ),
    reason="A figure below the wrong head is another figure.",
    exceptions="rows whose figures stand below one another, and rows with bars or tabs, which are tables",
    message="lines {first} to {last} look like a table with empty cells, but their columns are not certain; they are set as preformatted text",
    hint="write — into the empty cells, or put tabs or bars between the cells",
)
UNCERTAIN_ROW = reading_finding(
    "uncertain-row",
    "table",
    "Report a line directly below a table of plain text that may be its last row, with its first cell only.",
    (
        "名称      一季度    二季度\n东安镇       120        98\n西平乡        88        76\n南川街道",
        "line 4 may be the last row of the table above it; it is set as a line of text",
    ),
    reason="A row whose other cells are empty looks like a line of text.",
    exceptions="a total, and a line that is indented as only the rows are, which are rows; numbered lines and lines below an empty line",
    message="line {first} may be the last row of the table above it; it is set as a line of text",
    hint="write — into its empty cells if it is a row, or put an empty line above it if it is none",
)
UNCERTAIN_DRAWING = reading_finding(
    "uncertain-drawing",
    "table",
    "Report lines that draw something that is no table with certain cells.",
    (
        "  ┌────┐\n  │领导组│\n  └──┬─┘\n┌────┴──┐",
        "lines 1 to 4 draw something that is no table with certain cells; they are set as preformatted text",
    ),
    reason="A figure in the wrong cell is another figure, and a drawing has its sense from the positions of its characters.",
    exceptions="tables whose edges meet, also with merged cells, and those whose rows all have the same number of bars",
    message="lines {first} to {last} draw something that is no table with certain cells; they are set as preformatted text",
    hint="if it is a table, let its right edges and bars stand below one another, or send it as a Word file",
)
UNCERTAIN_FIELDS = reading_finding(
    "uncertain-fields",
    "table",
    "Report lines that look like fields between commas, but are no certain table.",
    (
        "编号,名称,数量\n1,东镇,12\n2,西镇\n3,南镇,15,8",
        "lines 1 to 4 look like fields between commas, but not like a certain table; they are set as preformatted text",
    ),
    reason="A comma may be inside a figure or a name.",
    exceptions="lines with a head of words, as many fields each, and a column of figures or quotation marks, which are a table",
    message="lines {first} to {last} look like fields between commas, but not like a certain table; they are set as preformatted text",
    hint="give each line as many fields, and put fields with commas in quotation marks",
)
LOST_FORMULAS = reading_finding(
    "lost-formulas",
    "formula",
    "Report formulas of an old office file that LibreOffice does not convert.",
    ("效率按式η=Q计算", "formulas of the file that were not converted: 1"),
    reason="LibreOffice reads formulas with a program of its own; without it they are lost, or at most pictures.",
    exceptions="formulas that are converted",
    message="formulas of the file that were not converted: {count}",
    hint="install libreoffice-math-nogui, or open the file in an office program and save it as .docx",
)

FINDING_RULES = (
    OTHER_SUFFIX,
    NO_CHINESE,
    UNCERTAIN_ENCODING,
    HIDDEN_TEXT_READ,
    OMITTED_SENTENCE,
    OMITTED_DELETION,
    PICTURE_OF_PAGE,
    PICTURE_OF_MARKDOWN,
    DRAWING_AS_WORDS,
    DRAWING_WITHOUT_WORDS,
    UNSET_FORMULA,
    STRUCK_OUT,
    RAISED_TEXT,
    UNCERTAIN_COLUMNS,
    UNCERTAIN_ROW,
    UNCERTAIN_DRAWING,
    UNCERTAIN_FIELDS,
    LOST_FORMULAS,
)
