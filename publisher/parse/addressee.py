"""Recognise the line that names the addressees (主送机关, GB/T 9704-2012, 7.3.2), which is not indented.

A form of address (各位代表：) stands in the same place; ``is_form_of_address`` tells it from offices.
"""

from __future__ import annotations

import re

from publisher.text.simplified import to_simplified

_OFFICE = re.compile(
    "(?:政府|国务院|[市县区省州旗乡镇]委|部委|委员会|常委会|党委|党组|工委|管委会|[厅局署]|办公室|办事处|人大|政协|自治[区州县旗]|直辖市|团体|法院|检察院"
    "|[省市县区]府|公所|公司|集团|大学|学院|学会|协会|(?:有关|直属|所属|级)(?:部门|单位|机构)|街道办|驻.{1,12}单位|国务院各.{2,8}"
    "|[各本全].{0,16}(?:部门|机构|单位|企业|学校|院系|社区|[省市县区镇乡州旗]|街道|公所|组织|中心|局|办|处|科室|医院|银行|村|股东|居民|农民|群众|业主|考生|家长))"
    "(?:（[^（）]{1,16}）)?$"
)
"""How the name of an addressee ends; Simplified."""
_PERSON = re.compile(
    "[^，。；：]{2,8}(?:委员|代表|同志|先生|女士|朋友|议员|教授|主任|局长)$|广大.{2,10}$"
)
"""A person or the public, to whom a reply or a notice is addressed."""
_SALUTATION = re.compile(
    "(?:(?:尊敬的|敬爱的)?各位.{0,16}|(?:尊敬的|敬爱的)?(?:女士|先生|朋友|同志|同事|同学|代表|委员|乡亲|战友)们?|.{0,6}(?:同志们|朋友们)"
    "|(?:尊敬的)?(?:大会|主席|主任|副主任|委员|议长|副议长|会长|院长|市长|书记|议员|代表|先生|女士|市民)(?:先生|女士|团)?)"
)
"""How those are addressed to whom a speech or a report is read; Simplified."""
_CHAIR = re.compile("(?:尊敬的)?(?:主任|副主任)")
"""The chair of the committee that a report is sent to: 主任、各位副主任、各位委员."""
_INTRODUCTION = re.compile(
    "如下|下列|以下|现将|为此|经.{0,8}(?:研究|同意)|包括|决定|认为|指出|强调|要求"
)
MAX_LENGTH = 200
"""Characters. In a longer line every name must be that of an office."""
LONGEST_LIST = 1500
"""Characters of the longest line of addressees."""
LONGEST_NAME = 40
"""Characters of the longest name of an addressee."""
LONGEST_SALUTATION = 60
"""Characters of the longest line with which a speech begins."""


def is_addressee(line: str) -> bool:
    """Return whether a line names addressees and is not another line that ends in a colon.

    One known name is enough: a list has names that no pattern knows, but no words of a sentence.
    """
    line = to_simplified(line.strip())
    if len(line) > LONGEST_LIST or not line.endswith(("：", ":")) or "：" in line[:-1]:
        return False
    if _INTRODUCTION.search(line) or re.search("[。！？]", line):
        return False
    names = [name for name in re.split("[，、；\\s　]+|(?<=[^，、；])和(?=各)", line[:-1]) if name]
    if not names or max(map(len, names)) > LONGEST_NAME:
        return False
    known = sum(bool(_OFFICE.search(name)) for name in names)
    if len(line) > MAX_LENGTH:
        return known == len(names)
    if len(names) == 1 and _PERSON.fullmatch(names[0]):
        return True
    return known * 2 >= len(names) or is_salutation(line)


def is_salutation(line: str) -> bool:
    """Return whether a line addresses those to whom a speech or a report is read: 各位代表：."""
    line = to_simplified(line.strip())
    if len(line) > LONGEST_SALUTATION or not line.endswith(("：", ":")):
        return False
    return all(map(_SALUTATION.fullmatch, re.split("[，、；\\s　]+", line[:-1])))


def is_form_of_address(line: str) -> bool:
    """Return whether a line is a form of address and names nobody to whom the document is sent."""
    return is_salutation(line) and not _CHAIR.match(to_simplified(line.strip()))
