"""The offices that issue a document, from the places where its kind names them.

Input: what the head, the signature and the page say. Output: the names of the offices, in order. A newspaper, an agency or a
site is never an issuer; a place alone is none either, unless the kind says which of its offices issues such documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.parse.head.names import (
    is_office_line,
    is_person,
    is_place,
    names_press,
    office_at_start,
    office_of_speaker,
    offices_in,
)
from publisher.reference.document_kinds import USUAL_ISSUER
from publisher.reference.offices import PLACE_ENDINGS
from publisher.text.characters import HAN, has_han
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from publisher.reference.document_kinds import DocumentKind, IssuerSource

_PREFIX = re.compile(
    "(?:关于印发|关于发布|关于|《)?(?:(?:19|20)\\d\\d年?度?|[二一][〇○零九][〇○零一二三四五六七八九]{2}年?度?|(?:中华)?民国\\d{2,3}年度?)?"
)
_STRONG_OFFICE = re.compile(
    f"[{HAN}（）]{{2,30}}?(?:人民政府(?:办公[厅室])?|常务委员会|管理委员会|委员会办公室|有限公司|有限责任公司|人民法院|人民检察院|街道办事处"
    "|(?<=[省市县区州旗])[^市县区州旗]{2,10}局)"
)
"""An office that needs nothing behind it to be one."""
_PLACE = re.compile(
    f"(?:[{HAN}]{{2,5}}?(?:自治区|省))?(?:[{HAN}]{{2,8}}?(?:自治州|自治县|自治旗|新区|特区|[{PLACE_ENDINGS}]))"
)
_OF_THE_WHOLE = re.compile(
    "[（(].*[）)]|[\\d〇○零一二三四五六七八九十—～~至-]+|民国|政府|人民|施政|依法行政|行政执法|执法|(?:主动)?(?:信息|政务|资讯)|公开|工作|任务|年报|年度?|上半|下半|[全本]|季度|"
    "情况|总结|报告书?|总|说明|计[划画]|安排|打算|要点|思路|目标|完成|落实|执行|关于|[的和及与暨《》、，。：]"
)
"""Words of a title that a government reports on itself with; what else there is names a subject, of which an office of its own may report."""
_PASSED_BY = re.compile(
    f"日(?P<place>[{HAN}]{{2,14}}?)第?[〇零一二三四五六七八九十百\\d]{{0,4}}(?:届|屆)?(?P<assembly>人民代表大会(?:常务委员会)?|人民政府)"
    f"[^，。；　\\s]{{0,16}}?(?:会议|大会)[^，。；　\\s]{{0,8}}?(?:通过|审议)"
)
"""The assembly that passed a law: 2019年10月31日某市第四届人民代表大会常务委员会第二十三次会议通过."""
_SESSION = re.compile("第[〇零一二三四五六七八九十百\\d]{1,4}届(?=人民)")
"""The session in the name of a government or an assembly: 某县第十八届人民政府."""
_OF_A_COUNTY = re.compile("(?:^|[：:])府.{1,6}字第")
"""The number of a document of a county's government in Taiwan, which calls itself 府."""
_SHORT_LEVEL = re.compile("[省市县区州旗镇乡](?=[^\\s]{2})")
_DATE_AT_END = re.compile("[\\s　]+(?:19|20|二|中|民)\\S*[月日\\d]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerStatements:
    """What a document says about its issuer, by where it says it."""

    title: Sequence[str]
    """The lines of the title."""
    title_string: str
    """The title in one line."""
    other_titles: Sequence[str]
    """Other lines that name the document: the title of the page, that of a replaced title."""
    speakers: Sequence[str]
    offices: Sequence[str]
    """The lines of offices below the title."""
    subtitle: str
    signature: Sequence[str]
    """The lines of the signature without its date."""
    above: Sequence[str]
    """The lines above the title that name an office or a series."""
    page: Sequence[str]
    """What the page calls issuer or source."""
    language: str
    number: str
    """The line of the document number."""


def issuers_of(statements: IssuerStatements, kind: DocumentKind | None) -> tuple[str, ...]:
    """Return the issuing offices; empty if the document names none."""
    by_source: dict[IssuerSource, list[str]] = {
        "title": _title_offices(statements),
        "by-line": [office for line in statements.speakers if (office := office_of_speaker(line))],
        "office": _listed(statements.offices),
        "signature": _signatories(statements.signature),
        "office-mark": _above_offices(statements.above),
        "passed-by": _passed_by(statements.subtitle),
    }
    town = _place_of_title(statements)
    for source in kind.issuer if kind else USUAL_ISSUER:
        if source == "page":
            break
        if by_source[source]:
            return _unique(by_source[source])
    if town and _OF_A_COUNTY.search(to_simplified(statements.number)):
        return (f"{town}政府",)
    if (
        town
        and kind
        and kind.place_office
        and "page" in kind.issuer
        and _is_of_the_whole(statements.title_string, town)
    ):
        return (_place_office(town, kind.place_office, statements.language),)
    if kind is None or "page" in kind.issuer:
        return _unique(_page_offices(statements.page, town))
    return ()


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return each name once; a name in English beside Chinese ones is their translation."""
    distinct = list(dict.fromkeys(names))
    chinese = [name for name in distinct if has_han(name)]
    return tuple(chinese or distinct)


def _listed(lines: Sequence[str]) -> list[str]:
    """Return the offices that lines name, without a date behind them; a line of another kind is no office."""
    return [office for line in lines for office in offices_in(_DATE_AT_END.sub("", line.strip()))]


def _signatories(lines: Sequence[str]) -> list[str]:
    """Return the offices of a signature; a person who signs (市长　林舟) is none."""
    listed = _listed(lines)
    if listed:
        return listed
    return [line.strip() for line in lines if is_short_name(line.strip()) and not is_person(line)]


def _title_offices(statements: IssuerStatements) -> list[str]:
    """Return the offices at the beginning of a title: on lines of their own, or before 关于 or a year."""
    own_lines: list[str] = []
    for line in statements.title[:-1]:
        if not is_office_line(line):
            break
        own_lines += offices_in(line)
    if own_lines:
        return own_lines
    for title in (statements.title_string, *statements.other_titles):
        if offices := _offices_at_start(title):
            return offices
    return []


def _offices_at_start(title: str) -> list[str]:
    """Return the offices that a title begins with, as printed."""
    printed = "".join(title.split())
    if " " in title.strip() and title.isascii():
        return _english_office(title)
    plain = to_simplified(printed)
    if form := re.search("(?:函|书函|公告|令|开会通知单)$", plain):
        head = printed[: form.start()]
        if is_office_line(head) and "关于" not in plain:
            return list(offices_in(head))
    prefix = _PREFIX.match(plain)
    start = prefix.end() if prefix else 0
    office = office_at_start(plain[start:])
    if not office or is_place(office):
        match = _STRONG_OFFICE.match(plain, start)
        if not match:
            return []
        office = match[0]
    session = _SESSION.search(office)
    if session:
        return [
            printed[start : start + session.start()]
            + printed[start + session.end() : start + len(office)]
        ]
    names = offices_in(_with_gaps(title, start, len(office)))
    return list(names) if len(names) > 1 else _split_offices(printed[start : start + len(office)])


def _with_gaps(title: str, start: int, length: int) -> str:
    """Return a part of a title with its gaps; ``start`` and ``length`` count the characters without gaps."""
    indices = [index for index, character in enumerate(title) if not character.isspace()]
    return title[indices[start] : indices[start + length - 1] + 1]


def _split_offices(names: str) -> list[str]:
    """Divide names that are run together where the place comes again: 某市财政局某市税务局."""
    town = _PLACE.match(to_simplified(names).removeprefix("中共"))
    if not town or len(town[0]) < 2:
        return [names]
    parts = re.split(f"(?<=.{{3}})(?={re.escape(town[0])})", to_simplified(names))
    if len(parts) < 2 or not all(map(is_office_line, parts)):
        return [names]
    offices, start = [], 0
    for part in parts:
        offices.append(names[start : start + len(part)])
        start += len(part)
    return offices


def _english_office(title: str) -> list[str]:
    """Return the office in an English title: Annual Report of X on Y."""
    match = re.search(
        "\\b(?:of|by)\\s+(?:the\\s+)?(?P<office>.+?)(?:\\s+(?:on|for|in)\\b|,|$)", title
    )
    return list(offices_in(match["office"])) if match else []


def _above_offices(lines: Sequence[str]) -> list[str]:
    """Return the offices in the lines above a title: on a line of their own, in 发文机关标志, before the name of a series."""
    listed = _listed(lines)
    if listed:
        return listed
    for line in lines:
        printed = "".join(line.split())
        core = re.sub("(?:文件|函|公告|令|通报|通告)$", "", to_simplified(printed))
        core = re.sub(
            "(?:审计结果|专题会议纪要|工作简报|工作动态|简报|常务会议纪要|会议纪要)$", "", core
        )
        if names := offices_in(printed[: len(core)]):
            return list(names)
        if names_list := _offices_at_start(line):
            return names_list
    return []


def _passed_by(subtitle: str) -> list[str]:
    plain = "".join(subtitle.split())
    match = _PASSED_BY.search(to_simplified(plain))
    if not match:
        return []
    return [plain[slice(*match.span("place"))].rstrip("第") + plain[slice(*match.span("assembly"))]]


def _place_of_title(statements: IssuerStatements) -> str:
    """Return the place at the beginning of a title, as printed; empty if it names none."""
    for title in (statements.title_string, *statements.other_titles, statements.subtitle):
        printed = "".join(title.split())
        plain = to_simplified(printed)
        meeting = re.match("[—（(]*\\S*?日在(?=.*会)", plain)
        prefix = meeting or _PREFIX.match(plain)
        start = prefix.end() if prefix else 0
        if match := _PLACE.match(plain, start):
            return printed[start : match.end()]
    return ""


def _is_of_the_whole(title: str, town: str) -> bool:
    """Return whether a title that begins with a place names no subject of one office.

    Example:
        >>> _is_of_the_whole("青禾县2023年工作报告", "青禾县"), _is_of_the_whole("青禾县2023年残疾人工作报告", "青禾县")
        (True, False)

    """
    _, town_in_title, rest = "".join(title.split()).partition(town)
    return not town_in_title or not _OF_THE_WHOLE.sub("", to_simplified(rest))


def _place_office(town: str, office: str, language: str) -> str:
    """Return the office of a place; in Taiwan and Hong Kong its government is called 政府."""
    is_traditional = "Hant" in language or language in ("zh-TW", "zh-HK", "zh-MO")
    return f"{town}{office.removeprefix('人民') if is_traditional else office}"


def _page_offices(lines: Sequence[str], town: str) -> list[str]:
    """Return the offices that the page names, with the place in front where the page says only 市 or 县."""
    for line in lines:
        if names_press(to_simplified(line)):
            continue
        level = _SHORT_LEVEL.match(to_simplified(line))
        if level and town.endswith(line[:1]) and not line.startswith(town):
            return [f"{town}{line[1:]}"]
        offices = list(offices_in(line)) or ([line] if is_short_name(line) else [])
        if offices:
            return offices
    return []


def is_short_name(line: str) -> bool:
    """Return whether a line is short enough to be the name of an office whose ending is not known."""
    return 2 <= len(line) <= 20 and re.search("[，。；：:/.]", line) is None
