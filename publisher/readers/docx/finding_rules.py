"""What the reader of Word files reports, for ``publisher rules``: what it leaves out, and what it cannot show."""

from __future__ import annotations

from publisher.model import Severity
from publisher.readers.finding_rules import reading_finding

_INSTEAD = "put it into the report as a table, as text or as a picture"
_UNSHOWN = "The file has it in a form that only Word can draw."
_FORMULA = "compare it with the source, or write it in a simpler way"

LINKED_PICTURE = reading_finding(
    "linked-picture",
    "linked-picture",
    "Report a picture that a Word file only links to.",
    ("大厅照片", "a picture is only linked to: 大厅照片"),
    reason="No other file is opened while a report is built.",
    exceptions="pictures that are also in the file",
    message="a picture is only linked to{description}",
    hint="links are never followed; embed the picture in Word",
)
MISSING_PICTURE = reading_finding(
    "missing-picture",
    "missing-picture",
    "Report a picture that is not in a Word file.",
    ("大厅照片", "a picture is not in the file: 大厅照片"),
    reason="The file refers to a part that it does not have.",
    exceptions="pictures that are only linked to, which are reported as such",
    message="a picture is not in the file{description}",
    hint="insert it again",
)
UNSHOWN_PICTURE = reading_finding(
    "unshown-picture",
    "picture",
    "Report a picture of a Word file that cannot be shown.",
    ("大厅照片", "a picture (image1.png) is not shown: it is in the cell of a table: 大厅照片"),
    reason="A table has text only, and not every kind of picture can be read.",
    exceptions="PNG and JPEG between two paragraphs",
    message="a picture ({file_name}) is not shown: it is {problem}{description}",
    hint="put it between two paragraphs, as PNG or JPEG",
)
CROPPED_PICTURE = reading_finding(
    "cropped-picture",
    "cropped-picture",
    "Report a cropped picture, which is shown whole.",
    ("大厅照片", "a picture that is cropped in Word is shown whole"),
    reason="Word keeps the cropped parts, which the writer may not want to publish.",
    exceptions="pictures whose cropped parts are deleted",
    message="a picture that is cropped in Word is shown whole",
    hint="in Word: Compress Pictures, Delete cropped areas",
)
MACROS = reading_finding(
    "macros",
    "macros",
    "Report a Word file with macros.",
    ("全年收到12件", "the file contains macros; they were neither run nor read"),
    reason="Whoever gets the source with the publication gets the macros, too.",
    exceptions="files without a part for macros",
    message="the file contains macros; they were neither run nor read",
    hint="save it as .docx before you pass it on: the archive profile embeds the source",
)
MISPLACED_TEXT = reading_finding(
    "misplaced-text",
    "misplaced-text",
    "Report text in parts of a Word file where the format allows none.",
    ("散落", "1 pieces of text are in places where Word allows none, and were not read"),
    reason="Word does not show it either, but the writer may have seen it in another program.",
    exceptions="text in unknown elements, which is read",
    message="{count} pieces of text are in places where Word allows none, and were not read",
    hint="open the file in Word, save it again, and compare the two",
)
MISSING_NOTE = reading_finding(
    "missing-note",
    "missing-note",
    "Report the mark of a note that a Word file does not have.",
    ("公开指南", "the note [1] is not in the file"),
    reason="The mark would lead to nothing.",
    exceptions="marks in deleted text",
    message="the note {mark} is not in the file",
    hint="open the file in Word and look at the note",
)
NESTED_TABLE = reading_finding(
    "nested-table",
    "nested-table",
    "Report a table in the cell of another.",
    ("渠道\t12", "a table inside a table is shown as lines of the cell around it"),
    reason="A screen reader cannot say which head belongs to a cell of such a table.",
    exceptions="a table of one cell, which is a frame",
    message="a table inside a table is shown as lines of the cell around it",
    hint="move it out of the table",
)
TRACKED_INSERTION = reading_finding(
    "tracked-insertion",
    "tracked-insertion",
    "Report a tracked insertion.",
    ("12件", "a tracked insertion is taken as accepted"),
    reason="A person should know that the report has changes that nobody accepted.",
    exceptions="accepted insertions, which are ordinary text",
    message="a tracked insertion is taken as accepted",
    hint="accept or reject the changes in Word to decide otherwise",
    severity=Severity.NOTE,
)
EMBEDDED_DOCUMENT = reading_finding(
    "embedded-document",
    "embedded-document",
    "Report a whole document that a Word file holds or refers to.",
    ("全年收到12件", "refers to another document that is not read"),
    reason="Its text is in another file or format; Word reads it when it opens the file.",
    exceptions="text that is part of the file",
    message="{verb} document that is not read",
    hint="open the file in Word and save it again; the text then becomes part of the file",
)
UNKNOWN_SYMBOL = reading_finding(
    "unknown-symbol",
    "symbol-font",
    "Report a character of a symbol font that is not known.",
    ("\uf041", "the character 41 of the font Webdings is not known; it is shown as \ufffd"),
    reason="Only the font says what the code shows.",
    exceptions="known characters, which are written as such",
    message="the character {code} of the font {font} is not known; it is shown as \ufffd",
    hint="replace it by a character of an ordinary font",
)
FIELD_WITHOUT_RESULT = reading_finding(
    "field-without-result",
    "field",
    "Report a field that has no result in the file.",
    ("SYMBOL 252", "a field has no result in the file, and is not shown: SYMBOL 252"),
    reason="Word computes the result when it opens the file.",
    exceptions="fields with a result, and those whose instruction encloses a character",
    message="a field has no result in the file, and is not shown: {instruction}",
    hint="update the fields in Word (Ctrl+A, F9), and save the file again",
)
FORMULA_ON_ONE_LINE = reading_finding(
    "formula-on-one-line",
    "formula",
    "Report a formula of Word that is set as text.",
    ("xy", "a formula is set as text on one line: it has the part m:new"),
    reason="A formula on one line may be read otherwise.",
    exceptions="formulas that can be set",
    message="a formula is set as text on one line: {reason}",
    hint=_FORMULA,
)
EMBEDDED_OBJECT = reading_finding(
    "embedded-object",
    "embedded-object",
    "Report an object of another program.",
    ("全年收到12件", "an embedded object (Excel.Sheet.12) is not read"),
    reason=_UNSHOWN,
    exceptions="the picture of the object, if the file has one",
    message="an embedded object ({program}) is not read{description}",
    hint=_INSTEAD,
)
CHART = reading_finding(
    "chart",
    "chart",
    "Report a chart that is not shown; its titles are text.",
    ("全年收到12件", "a chart is not shown"),
    reason=_UNSHOWN,
    exceptions="charts that were pasted as pictures, and those whose figures can be set as a table",
    message="a chart is not shown{description}",
    hint=_INSTEAD,
)
DIAGRAM = reading_finding(
    "diagram",
    "diagram",
    "Report a diagram, which is not shown.",
    ("全年收到12件", "a diagram is not shown"),
    reason=_UNSHOWN,
    exceptions="diagrams that were pasted as pictures, and those with words",
    message="a diagram is not shown{description}",
    hint=_INSTEAD,
)
CHART_AS_TABLE = reading_finding(
    "chart-as-table",
    "chart",
    "Report a chart that is set as a table of its figures.",
    ("甲镇3.5", "a chart is set as a table of its figures"),
    reason=_UNSHOWN,
    exceptions="charts whose figures are dates or have a format of their own, and scatter charts, which are not shown",
    message="a chart is set as a table of its figures{description}",
    hint="compare the table with the chart, or put the chart into the report as a picture",
)
DIAGRAM_AS_TEXT = reading_finding(
    "diagram-as-text",
    "diagram",
    "Report a diagram (SmartArt) whose words are set as paragraphs.",
    ("受理", "a diagram is not shown; its words are set as paragraphs"),
    reason=_UNSHOWN,
    exceptions="diagrams without words",
    message="a diagram is not shown; its words are set as paragraphs{description}",
    hint="compare the paragraphs with the diagram, or put it into the report as a picture",
)
DOUBTFUL_RESULT = reading_finding(
    "doubtful-result",
    "field",
    "Report the result of a field that is an error, a page of Word, or a date that Word changes.",
    ("见第 PAGEREF a 3页", "the result of the field PAGEREF may be wrong: 3"),
    reason="The pages of the publication are others, and Word sets DATE and TIME to the current day when it opens the file.",
    exceptions="fields in headers, footers and the old table of contents, which are left out",
    message="the result of the field {kind} may be wrong: {result}",
    hint="check it, and replace the field by text in Word (Ctrl+Shift+F9)",
)
PROMPT_AS_TEXT = reading_finding(
    "prompt-as-text",
    "placeholder",
    "Report text in the style that Word gives prompts.",
    ("单击此处输入文字。", "text that looks like the prompt of a form field is set as text"),
    reason="A prompt that is copied is ordinary text in the file; Word marks only the prompts of its own fields.",
    exceptions="prompts of fields that nobody filled in, which are left out",
    message="text that looks like the prompt of a form field is set as text",
    hint="fill in the form, or remove the prompt",
)
FINDING_RULES = (
    LINKED_PICTURE,
    MISSING_PICTURE,
    UNSHOWN_PICTURE,
    CROPPED_PICTURE,
    MACROS,
    MISPLACED_TEXT,
    MISSING_NOTE,
    NESTED_TABLE,
    TRACKED_INSERTION,
    EMBEDDED_DOCUMENT,
    UNKNOWN_SYMBOL,
    FIELD_WITHOUT_RESULT,
    FORMULA_ON_ONE_LINE,
    EMBEDDED_OBJECT,
    CHART,
    DIAGRAM,
    CHART_AS_TABLE,
    DIAGRAM_AS_TEXT,
    DOUBTFUL_RESULT,
    PROMPT_AS_TEXT,
)
