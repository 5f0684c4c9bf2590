"""What a line shows of the part of a head that it may be: its words, its marks, its markup.

Input: the first lines of a document. Output: for each line the names of its features. ``labelling`` weighs them for all
lines together; no feature decides anything alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.parse.addressee import is_addressee, is_salutation
from publisher.parse.entries import Line
from publisher.parse.head.line_relations import mark_relations
from publisher.parse.head.names import (
    is_name,
    is_office_line,
    is_place,
    is_speaker,
    names_press,
    office_at_start,
)
from publisher.reference.document_kinds import OPENING_HEADINGS
from publisher.reference.head_labels import (
    HANDLING_MARKS,
    PAGE_DATE_LABELS,
    PAGE_LABELS,
    ROLE_BY_LABEL,
    SOURCE_LABELS,
    TITLE_LABELS,
    WEAK_LABELS,
)
from publisher.reference.title_endings import (
    has_strong_ending,
    has_title_ending,
    is_series_head,
    plain_title,
)
from publisher.reference.web_pages import BUTTONS, CHANNELS
from publisher.text.characters import HAN, has_han
from publisher.text.dates import MONTH_NAMES, date_in, is_date, year_in
from publisher.text.numbering import read_number
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.parse.entries import Entry

DOCUMENT_NUMBER = re.compile(
    f"[（(]?[{HAN}]{{0,14}}[〔\\[（(［]\\d{{4}}[〕\\]）)］](?:第)?\\d+[号期次][）)]?(?:[（(][A-Z甲乙丙]类?[）)])?"
    f"|[（(]?[{HAN}]{{2,14}}字?第?\\d{{6,12}}号[）)]?"
)
"""发文字号 (GB/T 9704-2012, 7.2.5), and that of a letter in Taiwan; Simplified, without white space."""
_BLANK_NUMBER = re.compile(
    f"[{HAN}]{{0,14}}字?(?:[〔\\[（(［](?:(?:19|20)?\\d{{0,2}})[〕\\]）)］]第?|第)号"
)
"""The number of a blank form, which is to be filled in: 青政办〔　　〕　　号."""
_NUMERAL = "[\\d〇零一二三四五六七八九十百]{1,6}"
ISSUE_NUMBER = re.compile(
    f"[（(]?(?:\\d{{2,4}}年)?第{_NUMERAL}[期号](?:[（(]?总第?{_NUMERAL}[期号][）)]?)?[）)]?"
    f"|[（(]?总第?{_NUMERAL}[期号][）)]?"
)
"""第3期, 2024年第1号（总第56号）."""
_NUMBERED_PART = re.compile(f"[（(]第{_NUMERAL}号[）)]")
"""（第二号）: one of several parts of a bulletin, unless it is the number of a decree."""
_NAME_WITH_NUMBER = re.compile(
    f".{{2,24}}第{_NUMERAL}[号期卷辑](?:报告书?|专刊|特刊|增刊|专报)?(?:[（(]总第?{_NUMERAL}期[）)])?(?:第{_NUMERAL}章)?"
)
"""The name of a series with the number of the issue in one line."""
_MARK_OF_PLACE = re.compile(
    "附(?:件|表|录)[\\d一二三四五六七八九十]{0,3}[：:]?|第\\d{1,4}页(?:共\\d{1,4}页)?|[-—–]?\\d{1,4}[-—–]?|Page\\d{1,4}(?:of\\d{1,4})?"
)
"""The label of an annex, or the number of a page, above a title."""
_FORM_HEAD = re.compile(
    f"(?P<office>.{{3,30}}?)(?:函|书函|公告|令|开会通知单|笺)(?:第{_NUMERAL}号)?"
)
"""An office and the form of its document, which is all the title that a decree or a letter in Taiwan has."""
_DATED = re.compile("[\\s　]+(?=[（(]?(?:(?:19|20|二|中|民)\\S*年|(?:19|20)\\d\\d[-/.]))")
_DATE_WORDS = "(?:公告|公布|发布|印发|通过|批准|公开|施行|成文|刊发)?"
_YEAR = "(?:(?:19|20)\\d\\d|[〇○零一二三四五六七八九]{4}|(?:中华)?民国\\d{2,3})"
_MONTH = f"{_YEAR}[年.]\\s*(?:\\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月?"
_ENGLISH_MONTH = f"(?:{'|'.join(MONTH_NAMES)})"
ENGLISH_DATE = re.compile(
    f"{_ENGLISH_MONTH}\\s+(?:\\d{{1,2}},\\s*)?(?:19|20)\\d\\d|\\d{{1,2}}\\s+{_ENGLISH_MONTH}\\s+(?:19|20)\\d\\d"
)
_ISSUED_ON = re.compile("(?:Issued|Published|Dated|Released)(?:\\s+on)?[:\\s]\\s*", re.IGNORECASE)
_MONTH_LINE = re.compile(
    f"[（(]?{_MONTH}(?:{ENGLISH_DATE.pattern.replace(chr(92) + 's+', '')})?[）)]?"
)
_TIME_STAMP = re.compile(
    "(?:19|20)\\d\\d[-/.年]\\d{1,2}[-/.月]\\d{1,2}日?(?:\\d{1,2}:\\d\\d(?::\\d\\d)?)?(?:.{0,3}$|[^。，；]{1,10}[：:])"
)
_LABELLED = re.compile(
    "[-•·*＊●○]?\\s*[【\\[]?(?P<label>[^：:。，；（）()“”《》「」\\d]{1,14}?)[】\\]]?[：:](?P<value>.{0,120})"
)
_COPY_NUMBER = re.compile("(?:份号[：:]?)?\\d{5,7}")
_SECRECY = re.compile("(?:绝密|机密|秘密)(?:[★☆*].{0,8})?")
_URGENCY = re.compile("(?:特急|加急|平急|特提|急件|最速件|速件)")
_SIGNER = re.compile("签发人[：:].{2,20}")
_MEETING = re.compile(
    "(?:会议|大会|全会|会)(?:第.{1,4}次)?(?:会议)?上[）)]?$|(?:会议|大会|全会|委员会).{0,12}(?:通过|批准|修订|修正|审议)[）)]?$|^[（(].*(?:通过|批准|修订|修正|修改|施行|公布|印发)[）)]$"
    "|^(?:19|20)\\d\\d年.{2,60}(?:通过|批准|修订|修正|公布|公告|施行|生效)[）)]?$"
)
_PATH = re.compile("[^。；]{1,40}[>＞»›][^。；]*|[>＞»|｜]+")
_FURNITURE = re.compile(
    "[【】\\[\\]|]{1,3}|[大中小]|[=＝\\-—_*＊~～·.#]{3,}(?:正文|正文内容|内容)?[=＝\\-—_*＊~～·.#]*"
)
_CONTENTS = re.compile("目录|目次|contents", re.IGNORECASE)
_CONTENTS_ENTRY = re.compile(".{1,60}(?:…{2,}|\\.{4,}|·{4,}|\\t)[^。]{0,4}\\d{1,4}")
_VERSION = re.compile("[（(](?:试行|暂行|草案)[）)]")
"""What the title itself says about its version, on a line of its own."""
_FIELDS = re.compile("[：:][ \u3000]{2,}")
"""Fields that are to be filled in: 申请单位（盖章）：　　."""
_ADDRESS = re.compile("https?://|www[.]")
_NOTE = re.compile("(?:编者按|按语|编者的话|【?编者按】?)[：:]?.+|.{2,40}摄[）)]?")
_SUBJECT = re.compile("(?:主旨|依据|公告事项|说明)[：:]")
_SENTENCE = re.compile("[。！？；]")
_QUESTION = re.compile(f"(?:问题?|提问|[QＱ]){_NUMERAL.replace('1,6', '0,3')}[：:、.．]\\S")
"""How a question of an interview or of a list of questions begins."""
_ANSWER = re.compile("(?:答复?|解答|[AＡ])[：:].")
_ENGLISH_SENTENCE = re.compile("[a-z)]{2}[.;!?](?:\\s|$)")
_INCOMPLETE_END = re.compile(
    "(?:和|及|与|或|的|对|在|为|以及|暨|关于|印发|转发|批转|发布|、|《[^》]*|“[^”]*|（[^）]*|\\([^)]*)$"
)
_INCOMPLETE_START = re.compile("(?:和|及|与|的|暨|以及|等|、|》|”|）)")
_FILLED = frozenset(("secrecy", "urgency", "copy-number", "signer"))
"""Parts that a document has only if something is printed behind their label."""
LONGEST_TITLE = 120
"""Characters of the longest title."""
LONGEST_READ = 600
"""Characters of the longest line that may belong to a head, such as the history of a law in brackets."""
LONGEST_PRESS = 20
"""Characters of the longest line that names a newspaper or a site and nothing else."""
LONGEST_LINE = 60
"""Characters of the longest line of a head that is neither a title nor has a label nor brackets."""
SHORTEST_SENTENCE = 12
"""Characters of the shortest line whose full stop shows that it is running text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFeatures:
    """What a line shows."""

    string: str
    """The line as printed, trimmed; empty for a table or a picture."""
    plain: str
    """Simplified and without white space, for comparisons."""
    names: frozenset[str]
    """The names of its features, which ``labelling.WEIGHTS`` weighs."""
    label: str = ""
    """The label at its beginning, Simplified: 发文日期."""
    value: str = ""
    """What is printed behind the label."""
    facts: tuple[str, ...] = ()
    """The titles named by the page that contain the line."""

    def has(self, *names: str) -> bool:
        """Return whether the line has one of these features."""
        return not self.names.isdisjoint(names)


def read_features(entries: Sequence[Entry], title_facts: Sequence[str]) -> list[LineFeatures]:
    """Return the features of the first lines of a document.

    Args:
        entries: The lines, tables and pictures.
        title_facts: The titles that the file or the page names, as ``plain_title``.

    """
    features = [_read_line(entry, title_facts) for entry in entries]
    mark_relations(features)
    return features


def _read_line(entry: Entry, title_facts: Sequence[str]) -> LineFeatures:
    if not isinstance(entry, Line):
        return LineFeatures(string="", plain="", names=frozenset({"object"}))
    string = entry.string.strip()
    names = set(_markup_features(entry))
    if len(string) > LONGEST_READ:
        return LineFeatures(
            string=string, plain=string, names=frozenset(names | {"sentence", "long", "too-long"})
        )
    plain = plain_title(string)
    names |= _form_features(string, plain)
    label, value = _read_label(string)
    if label:
        names |= _label_features(label, value)
    elif not names & {"number", "issue", "date", "month", "sentence"}:
        names |= _name_features(string, plain)
    if plain in title_facts and len(plain) > 1:
        names.add("fact")
    if not label:
        names |= _ending_features(plain, names)
    if is_series_head(plain) and not label:
        names.add("series")
    if _NAME_WITH_NUMBER.fullmatch(plain) and not names & {"issue", "number", "sentence"}:
        names |= {"series", "series-head"}
    return LineFeatures(
        string=string,
        plain=plain,
        names=frozenset(names),
        label=label,
        value=value,
        facts=tuple(fact for fact in title_facts if plain in fact),
    )


def _ending_features(plain: str, names: set[str]) -> set[str]:
    """Return what the end of a line without a label shows of a title: 公告〔2025〕第21号 is one, and a number."""
    tests = {
        "ending": has_title_ending(plain),
        "strong-ending": has_strong_ending(plain),
        "named-number": "number" in names and has_title_ending(plain),
    }
    return {name for name, holds in tests.items() if holds}


def _markup_features(line: Line) -> set[str]:
    names: set[str] = set()
    if line.decided:
        is_head = line.decided in ("title", "subtitle")
        names.add(f"decided-{line.decided}" if is_head else "decided-body")
    elif line.role == "heading":
        names.add("top-heading" if line.level == 1 else "heading")
    elif line.role in ("list-item", "caption"):
        names.add("block")
    return names


def _form_features(string: str, plain: str) -> set[str]:
    """Return the features of a line that its characters alone show."""
    tests = {
        "number": _is_number(plain),
        "issue": ISSUE_NUMBER.fullmatch(plain) is not None and not _NUMBERED_PART.fullmatch(plain),
        "numbered-part": _NUMBERED_PART.fullmatch(plain) is not None,
        "date": _is_date_line(string, plain),
        "month": _MONTH_LINE.fullmatch(plain) is not None,
        "stamp": bool(_TIME_STAMP.match(plain)) and len(plain) < LONGEST_LINE,
        "copy-number": _COPY_NUMBER.fullmatch(plain) is not None,
        "secrecy": _SECRECY.fullmatch(plain) is not None,
        "urgency": _URGENCY.fullmatch(plain) is not None,
        "signer": _SIGNER.match(plain) is not None,
        "dash": string.startswith(("—", "―", "──", "--", "－－", "–")),
        "bracketed": plain[:1] in "（(〔【" and plain[-1:] in "）)〕】" and len(plain) > 2,
        "bracket-open": plain[:1] in "（(" and not re.search("[）)]", plain),
        "meeting": _MEETING.search(plain) is not None,
        "path": _PATH.fullmatch(string) is not None and not _SENTENCE.search(string),
        "mark-of-place": _MARK_OF_PLACE.fullmatch(plain) is not None,
        "handling-mark": plain in HANDLING_MARKS,
        "channel": plain in CHANNELS or plain in BUTTONS,
        "furniture": _FURNITURE.fullmatch(plain) is not None,
        "contents": _CONTENTS.fullmatch(plain) is not None,
        "contents-entry": _CONTENTS_ENTRY.fullmatch(string) is not None,
        "opening": plain in OPENING_HEADINGS,
        "note": _NOTE.match(plain) is not None,
        "subject": _SUBJECT.match(plain) is not None,
        "sentence": _is_sentence(string),
        "numbered": _is_numbered(string, plain) or _QUESTION.match(plain) is not None,
        "asks": plain.endswith(("？", "?")),
        "answers": _ANSWER.match(plain) is not None,
        "comma": "，" in plain or ("," in string and has_han(string)),
        "colon": plain.endswith(("：", ":")),
        "about": plain.startswith("关于"),
        "year": bool(year_in(plain)),
        "addressee": is_addressee(string),
        "salutation": is_salutation(string),
        "foreign": not has_han(string),
        "long": len(plain) > LONGEST_LINE,
        "too-long": len(plain) > LONGEST_TITLE and has_han(string),
        "tiny": len(plain) < 4,
        "single": len(plain) == 1,
        "version": _VERSION.fullmatch(plain) is not None,
        "fields": _FIELDS.search(string) is not None,
        "address": _ADDRESS.search(string) is not None and len(string) < LONGEST_TITLE,
        "incomplete-end": _INCOMPLETE_END.search(plain) is not None,
        "incomplete-start": _INCOMPLETE_START.match(plain) is not None,
    }
    return {name for name, holds in tests.items() if holds}


def _is_date_line(string: str, plain: str) -> bool:
    """Return whether a line has a day and nothing else but brackets and a word such as 公告."""
    core = re.sub(f"{_DATE_WORDS}$", "", plain.strip("（()）〔〕"))
    english = _ISSUED_ON.sub("", string.strip("() ."))
    return is_date(core) or is_date(f"民国{core}") or ENGLISH_DATE.fullmatch(english) is not None


def _is_sentence(string: str) -> bool:
    if _SENTENCE.search(string.rstrip("）)”")):
        return len(string) >= SHORTEST_SENTENCE or string.endswith("。")
    return not has_han(string) and (
        _ENGLISH_SENTENCE.search(string) is not None or len(string.split()) > 30
    )


def _is_number(plain: str) -> bool:
    """Return whether a line is the number of a document, also with its signer behind it, or the blank for one."""
    match = DOCUMENT_NUMBER.match(plain) or _BLANK_NUMBER.match(plain)
    return match is not None and (
        match.end() == len(plain) or plain[match.end() :].startswith("签发人")
    )


def _is_numbered(string: str, plain: str) -> bool:
    """Return whether a line begins with the number of a heading or an article."""
    return (
        (read_number(string) is not None and not ISSUE_NUMBER.fullmatch(plain))
        or re.match("第[〇零一二三四五六七八九十百\\d]{1,4}[条章节编篇]", plain) is not None
        or re.match("(?:[IVX]{1,5}|[A-H]|\\d{1,2}(?:\\.\\d{1,2})*)[.、)]\\s?\\S", string)
        is not None
        or re.match("\\d{1,2}(?:\\.\\d{1,2})*\\s", string) is not None
        or re.match("[壹贰叁肆伍陆柒捌玖拾甲乙丙丁参][、.．]", plain) is not None
        or re.match(f"1(?:\\.1)*(?![年月日])[{HAN}]|\\d{{1,2}}(?:\\.\\d{{1,2}})+[{HAN}]", plain)
        is not None
    )


def _name_features(string: str, plain: str) -> set[str]:
    """Return the features that the names of offices and persons give a line."""
    head = _FORM_HEAD.fullmatch(plain)
    dated = _DATED.split(string, maxsplit=1)
    tests = {
        "town": is_place(plain),
        "office-start": bool(office_at_start(plain)),
        "press": names_press(plain) and len(plain) < LONGEST_PRESS,
        "office-mark": plain.endswith("文件") and is_office_line(plain.removesuffix("文件")),
        "form-head": head is not None and is_office_line(head["office"]) and plain[0] != "关",
        "office-date": len(dated) > 1 and bool(date_in(string)) and is_office_line(dated[0]),
    }
    names = {name for name, holds in tests.items() if holds}
    if is_office_line(string):
        names.add("office")
    elif is_speaker(string):
        names.add("speaker")
    elif is_name(string):
        names.add("name")
    return names


def _read_label(string: str) -> tuple[str, str]:
    """Return the label at the beginning of a line, Simplified, and what is printed behind it."""
    if re.match("(?:19|20)\\d\\d[-/.年]", string):
        return "", ""
    match = _LABELLED.match(string)
    if not match:
        return "", ""
    label = "".join(to_simplified(match["label"]).split()).lstrip("（(【[")
    return (label, match["value"].strip("　 】）)]")) if label else ("", "")


def _label_features(label: str, value: str) -> set[str]:
    names = {"labelled"}
    if not value:
        names.add("label-alone")
    if label in ROLE_BY_LABEL and not value and ROLE_BY_LABEL[label] in _FILLED:
        names |= {"document-label", "label-remark"}
    elif label in ROLE_BY_LABEL:
        names |= {"document-label", f"label-{ROLE_BY_LABEL[label]}"}
    if label in PAGE_LABELS:
        names.add("page-label")
    if label in SOURCE_LABELS:
        names.add("source-label")
    if label in TITLE_LABELS:
        names.add("title-label")
    is_known = label in ROLE_BY_LABEL or label in PAGE_LABELS
    proves = label not in WEAK_LABELS or (label in SOURCE_LABELS and names_press(value))
    if label in PAGE_DATE_LABELS and re.match("(?:19|20)\\d\\d[-/.]", value):
        proves = True
    if is_known and proves:
        names.add("proof")
    return names
