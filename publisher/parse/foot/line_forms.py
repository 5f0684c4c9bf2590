"""What a line below a text is, by its form alone: a label with its role, a date, an office, a person.

Input: a line. Output: its role or whether it has a form. Where it stands is judged elsewhere.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from publisher.reference.foot_labels import (
    ENGLISH_SIGNING_WORDS,
    FOOT_LABELS,
    REMARK_LINES,
    REMARK_STARTS,
    SIGNING_OFFICES,
    SIGNING_POSTS,
)
from publisher.reference.web_pages import OFFERED_FILE_SUFFIX
from publisher.text.characters import HAN, TO_HALFWIDTH, has_han
from publisher.text.dates import MONTH_NAMES, is_date
from publisher.text.numbering import read_number
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from publisher.model import PartRole
    from publisher.reference.foot_labels import FootLabel

LONGEST_LABEL = 24
"""Characters of the longest label of a line, the white space in it included."""
LONGEST_FOOT_LINE = 400
"""Characters of the longest line below a signature: a long 抄送."""
LONGEST_OFFICE = 30
"""Characters of the longest name of an office."""
LONGEST_ENGLISH_OFFICE = 90
_LABELLED = re.compile(f"(?P<label>[^：:，。；]{{1,{LONGEST_LABEL}}})[：:]")
_GAPPED = re.compile("(?P<label>[^ \u3000\t]{2,6}?)[ \u3000\t]+(?=[^ \u3000\t])")
_BRACKETED = re.compile(
    "[（(【\\[〔](?P<words>[^（()）【】]{2,80}(?:[（(][^（()）]{1,40}[）)][^（()）]{0,40})*)[）)】\\]〕][。]?$"
)
_PRINTED = re.compile(
    "(?P<office>.{2,60}?)[ \u3000\t]*(?P<date>(?:19|20)\\d\\d年\\d{1,2}月\\d{1,2}日|[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月"
    "[一二三四五六七八九十]{1,3}日)[ \u3000\t]*(?:印[发發制製]?|编印|編印)$"
)
_COPIES = re.compile("[（(]?共[印计計]?\\s*\\d{1,6}\\s*份[）)]?$")
_SEAL = re.compile("[（(]?(?:盖章|公章|印章|印|蓋章|签章|代章)[）)]?$")
_MONTH = re.compile(
    "(?:(?:19|20)\\d\\d|[〇○零一二三四五六七八九]{4})年(?:\\d{1,2}|[一二三四五六七八九十]{1,3})月$"
)
_ENGLISH_DATE = re.compile(
    f"(?:\\d{{1,2}}(?:st|nd|rd|th)?\\s+)?(?:{'|'.join(MONTH_NAMES)})"
    "\\s+(?:\\d{1,2}(?:st|nd|rd|th)?,?\\s+)?(?:19|20)\\d\\d$",
    re.IGNORECASE,
)
_DATE_AT_END = re.compile(
    "(?P<name>.{2,60}?)[ \u3000\t]*(?P<date>(?:(?:19|20)\\d\\d|[〇○零一二三四五六七八九]{4})年(?:\\d{1,2}|[一二三四五六七八九十]{1,3})月"
    "(?:\\d{1,2}|[一二三四五六七八九十]{1,3})日)$"
)
FILE_NAME = f"[^。；：:]{{1,100}}{OFFERED_FILE_SUFFIX}$"
"""The pattern of the name of a file, as pages have it in their lists of attachments."""
ATTACHMENT_LABEL = "(?:(?:相关|下载)?附\\s*(?:件|表)?(?:下载|列表)?\\s*\\d{0,2}\\s*[：:]|(?:Attachments?|Enclosures?|Encl?s?)\\s*[：:.])"
"""The pattern of the label of a list of attachments, or of a line of one."""
_ATTACHMENT = re.compile(f"{ATTACHMENT_LABEL}\\s*.{{1,120}}$|{FILE_NAME}", re.IGNORECASE)
_NOT_IN_A_NAME = re.compile("[。，；：:！？“”「」《》…=>|]")


def comparable(string: str) -> str:
    """Return a line as labels are compared: Simplified, lower case, without white space."""
    return "".join(to_simplified(string).lower().split())


@lru_cache(maxsize=4096)
def label_row(string: str) -> FootLabel | None:
    """Return the row of the label that a line begins with; ``None`` if it has none.

    A label ends with a colon; of those at a meeting (出席　某某) a gap is enough.
    """
    match = _LABELLED.match(string)
    if match:
        return _rows().get(comparable(match["label"]).strip("（("))
    match = _GAPPED.match(string)
    row = _rows().get(comparable(match["label"])) if match else None
    if row is None:
        spaced = re.match(f"([{HAN}])[ \u3000]+([{HAN}])[ \u3000]+(?=[{HAN}])", string)
        row = _rows().get(comparable(spaced[1] + spaced[2])) if spaced else None
    return row if row and row.role == "attendance" and len(string) <= LONGEST_FOOT_LINE else None


@cache
def _rows() -> dict[str, FootLabel]:
    return {"".join(word.split()): row for row in FOOT_LABELS for word in row.words}


def foot_role(string: str) -> PartRole | None:
    """Return the role that a line has below a signature by its form; ``None`` if it has no such form."""
    string = string.strip()
    if len(string) > LONGEST_FOOT_LINE:
        return None
    if _PRINTED.match(string):
        return "printed-by"
    bracketed = _BRACKETED.match(string)
    row = label_row(bracketed["words"] if bracketed else string)
    if row:
        return row.role
    if _COPIES.match(string) or comparable(string) in REMARK_LINES:
        return "remark"
    if bracketed and not is_date_line(bracketed["words"]):
        return "remark"
    return "attachment" if is_attachment_line(string) else None


def stands_alone(string: str) -> bool:
    """Return whether a line belongs to the foot of a document even if nothing above it is signed."""
    string = string.strip()
    if _PRINTED.match(string) or _COPIES.match(string):
        return True
    row = label_row(string)
    if row:
        return row.stands_alone
    bracketed = _BRACKETED.match(string)
    return bool(bracketed) and comparable(string)[1:].startswith(REMARK_STARTS)


def is_attachment_line(string: str) -> bool:
    """Return whether a line names an attachment: 附件：1.统计表, 附件2：目录, 申报表.docx."""
    return _ATTACHMENT.match(string.strip()) is not None


def is_copies_line_continued(string: str) -> bool:
    """Return whether a line may continue a list of offices, such as the second line of 抄送."""
    return (
        not read_number(string)
        and re.search("[，、；]", string) is not None
        and re.search("[：:！？“《]|。.", string) is None
    )


def is_date_line(string: str) -> bool:
    """Return whether a line is a date, with or without brackets, the day, or 于."""
    stripped = string.strip(" \u3000\t").translate(TO_HALFWIDTH)
    plain = re.sub("\\s", "", stripped).strip("()")
    return is_date(plain) or bool(_MONTH.match(plain)) or bool(_ENGLISH_DATE.match(stripped))


def is_seal_line(string: str) -> bool:
    """Return whether a line stands for the seal: （盖章）."""
    return _SEAL.match(string.strip()) is not None


def is_dated_name(string: str) -> bool:
    """Return whether a line is the name of an office or a person with a date behind it."""
    match = _DATE_AT_END.match(string.strip())
    return match is not None and (is_office_line(match["name"]) or is_person_line(match["name"]))


def is_office_line(string: str) -> bool:
    """Return whether a line is the name of an office, or of several with a gap between them."""
    string = re.sub("[（(](?:盖章|公章|印章|蓋章|代章)[）)]$", "", string.strip())
    if not string or _NOT_IN_A_NAME.search(string) or read_number(string):
        return False
    if not has_han(string):
        words = re.findall("[A-Za-z]+", string)
        return (
            len(words) > 1
            and len(string) <= LONGEST_ENGLISH_OFFICE
            and not string.endswith(".")
            and any(word in ENGLISH_SIGNING_WORDS for word in words)
        )
    names = [name for name in re.split("[ \u3000\t]+", to_simplified(string)) if name]
    if all(_is_office(name) for name in names):
        return True
    return _is_office("".join(names))


def _is_office(name: str) -> bool:
    return 2 <= len(name) <= LONGEST_OFFICE and _office_pattern().fullmatch(name) is not None


@cache
def _office_pattern() -> re.Pattern[str]:
    endings = "|".join(sorted(SIGNING_OFFICES, key=len, reverse=True))
    return re.compile(
        f"[{HAN}（）()·、A-Za-z0-9—-]{{1,30}}(?:{endings})(?:[（(][{HAN}]{{2,12}}[）)])?"
    )


def is_person_line(string: str) -> bool:
    """Return whether a line is a post with the name of the person who holds it: 縣長　王　大　明."""
    simplified = to_simplified(string.strip())
    if _NOT_IN_A_NAME.search(simplified.replace("：", "").replace(":", "")):
        return False
    return _person_pattern().fullmatch(simplified) is not None


def is_post_line(string: str) -> bool:
    """Return whether a line is a post alone: 市　长."""
    return _post_pattern().fullmatch(comparable(string)) is not None


def is_name_line(string: str) -> bool:
    """Return whether a line may be the name of a person: two or three characters, or with a gap."""
    name = "".join(string.split())
    return re.fullmatch(f"[{HAN}]{{2,4}}|[{HAN}]{{1,6}}·[{HAN}]{{1,8}}", name) is not None


@cache
def _person_pattern() -> re.Pattern[str]:
    posts = "|".join(
        "[ \u3000\t]*".join(post) for post in sorted(SIGNING_POSTS, key=len, reverse=True)
    )
    return re.compile(
        f"[{HAN}（）]{{0,20}}?(?:代[ \u3000\t]*理?)?(?:{posts})(?:[：:][ \u3000\t]*|[ \u3000\t]+)"
        f"[{HAN}](?:[ \u3000\t]*[{HAN}·]){{1,7}}"
    )


@cache
def _post_pattern() -> re.Pattern[str]:
    posts = "|".join(sorted(SIGNING_POSTS, key=len, reverse=True))
    return re.compile(f"[{HAN}]{{0,16}}?(?:代理?)?(?:{posts})[：:]?")
