"""Names of offices and persons in the lines of a head.

Input: a line or a part of one. Output: whether it names an office, a speaker, a newspaper, and which office it begins with.
"""

from __future__ import annotations

import re
from functools import cache

from publisher.reference.offices import (
    ENGLISH_OFFICE_WORDS,
    OFFICE_ENDINGS,
    PLACE_ENDINGS,
    POSITIONS,
    PRESS_WORDS,
    SURNAMES,
)
from publisher.reference.title_endings import has_title_ending
from publisher.text.characters import HAN, has_han
from publisher.text.simplified import to_simplified

LONGEST_OFFICE = 36
"""Characters of the longest name of an office."""
LONGEST_ENGLISH_OFFICE = 120
LONGEST_SPEAKER = 50
"""Characters of the longest by-line."""
_NAME = f"[{HAN}]{{1,2}}[\\s　]*[{HAN}]{{1,3}}|[{HAN}](?:[\\s　]+[{HAN}]){{2,3}}|[{HAN}]{{1,6}}[·•][{HAN}·•]{{1,10}}"
_EDITED = re.compile("[\\s　]*(?:编|编印|主编|编著|编制|编写|发布|印发|印)$")
_ISSUED_BY = re.compile(
    "^(?:Issued|Published|Prepared|Released)\\s+by\\s+(?:the\\s+)?", re.IGNORECASE
)
_NOT_IN_AN_OFFICE = re.compile("[。，；：:！？“”‘’《》…=>|丨｜]|关于|年度|(?:19|20)\\d\\d|工作报告")
_ABOUT = re.compile(
    "(?=关于|(?:19|20)\\d\\d|[二一][〇○零九][〇○零一二三四五六七八九]|政府信息|政务公开|政务信息|信息公开|部门(?:预|决)算|工作规则|审计结果)"
)


def offices_in(line: str) -> tuple[str, ...]:
    """Return the offices that a line names; empty if it has anything else.

    Offices are separated by gaps or 、. A word such as 编 behind the name, or ``Issued by`` before it, is left out.
    """
    line = line.strip(" 　（()）")
    if edited := _EDITED.search(to_simplified(line)):
        line = line[: edited.start()]
    line = _ISSUED_BY.sub("", line)
    if not line or _NOT_IN_AN_OFFICE.search(line):
        return ()
    if not has_han(line):
        return (line,) if _is_english_office(line) else ()
    parts = [part for part in re.split("[\\s　、]+", line) if part]
    if len(parts) > 1 and all(map(_is_office, parts)):
        return tuple(parts)
    joined = "".join(line.split())
    return (joined,) if _is_office(joined) else ()


def is_office_line(line: str) -> bool:
    """Return whether a line names one office or several and nothing else."""
    return bool(offices_in(line))


def _is_office(name: str) -> bool:
    return (
        3 <= len(name) <= LONGEST_OFFICE
        and _office_pattern().fullmatch(to_simplified(name)) is not None
        and not names_press(to_simplified(name))
    )


def _is_english_office(line: str) -> bool:
    words = re.findall("[A-Za-z]+", line)
    return (
        len(line) <= LONGEST_ENGLISH_OFFICE
        and not line.endswith(".")
        and any(word.capitalize() in ENGLISH_OFFICE_WORDS for word in words)
        and not re.search("(?i)\\b(?:report|plan|notice|bulletin|on|in|was|is|are)\\b", line)
    )


@cache
def _office_pattern() -> re.Pattern[str]:
    endings = "|".join(sorted(OFFICE_ENDINGS, key=len, reverse=True))
    return re.compile(f"[{HAN}（）()·“”〇]{{1,36}}(?:{endings})(?:[（(][{HAN}]{{2,12}}[）)])?")


def names_press(text: str) -> bool:
    """Return whether a text names a newspaper, an agency or a site."""
    return any(word in text for word in PRESS_WORDS)


def is_speaker(line: str) -> bool:
    """Return whether a line is a by-line: a post with the name of its holder, 岚川市人民政府代市长　林舟."""
    simplified = to_simplified(line.strip(" 　（()）"))
    match = _speaker_pattern().fullmatch(simplified)
    name = "".join(match["name"].split()) if match else ""
    if not match or len(simplified) > LONGEST_SPEAKER or has_title_ending(name):
        return False
    has_gap = match.end("post") < match.start("name") or bool(match["label"])
    return name[0] in SURNAMES or "·" in name or has_gap


def office_of_speaker(line: str) -> str:
    """Return the office in a by-line, as it is printed; empty if the by-line names none.

    The mayor of a place holds an office of its government: 岚川市市长 is of 岚川市人民政府.
    """
    line = line.strip(" 　（()）")
    match = _speaker_pattern().fullmatch(to_simplified(line))
    office = "".join(line[match.start("office") : match.end("office")].split()) if match else ""
    if (
        match
        and is_place(to_simplified(office))
        and re.search("[省市县区州旗盟镇乡]长$", match["post"])
    ):
        return f"{office}人民政府"
    if re.fullmatch(f"[{PLACE_ENDINGS}](?:委|政府|人民政府)", to_simplified(office)):
        return ""
    return office if is_office_line(office) and not is_place(to_simplified(office)) else ""


@cache
def _speaker_pattern() -> re.Pattern[str]:
    posts = "|".join(sorted(POSITIONS, key=len, reverse=True))
    return re.compile(
        f"(?P<label>(?:报告人|汇报人|述职人|发言人)[：:])?(?P<office>[{HAN}（）\\s　]{{0,36}}?)[\\s　]*"
        f"(?P<post>(?:代理?|常务副|副|党组书记、)?(?:{posts})(?:、(?:代理?|副)?(?:{posts}|[{HAN}]{{2,8}}))*)"
        f"[\\s　：:]*(?P<name>{_NAME})"
    )


def is_name(line: str) -> bool:
    """Return whether a line may be the name of a person alone: 林　舟, 林舟."""
    name = "".join(to_simplified(line).strip(" 　（()）").split())
    if "·" in name:
        return re.fullmatch(f"[{HAN}]{{1,6}}·[{HAN}·]{{1,10}}", name) is not None
    return 2 <= len(name) <= 3 and name[0] in SURNAMES and not re.search(f"[^{HAN}]", name)


def is_person(line: str) -> bool:
    """Return whether a line names a person, alone or with a post whose characters may have gaps: 市　长　林　舟."""
    joined = "".join(line.split())
    return is_name(line) or is_speaker(line) or is_speaker(joined)


def office_at_start(plain: str) -> str:
    """Return the office or the place that a title begins with, before 关于, a year, or what it reports on; else empty."""
    text = re.sub(
        "^(?:(?:19|20)\\d\\d年度?|[二一][〇○零九][〇○零一二三四五六七八九]{2}年度?)", "", plain
    )
    for match in _ABOUT.finditer(text):
        office = text[: match.start()]
        if 2 <= len(office) <= 2 * LONGEST_OFFICE and (_is_office(office) or is_place(office)):
            return office
    return ""


def is_place(name: str) -> bool:
    """Return whether a name ends as those of places with a government do."""
    return re.fullmatch(f"[{HAN}]{{1,14}}[{PLACE_ENDINGS}]", name) is not None
