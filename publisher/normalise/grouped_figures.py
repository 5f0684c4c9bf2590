"""Figures written in groups of three digits with spaces: 1 253 is one figure where nothing else can be meant.

Input: a line, or a document. Output: the gaps inside figures, with the proof. Two figures that stand side by side
(120 350 条, 上年、本年), or the number of a thing and its quantity (任务1 100家企业), look the same; then nothing is
proved, since joining them would make another figure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from publisher.reference.units import MAGNITUDES, UNITS
from publisher.text.characters import HAN, SPACES

if TYPE_CHECKING:
    from collections.abc import Iterator

Proof = Literal["certain", "habit", "none"]
"""What proves that a figure is one: the line; the document, if it groups its digits; nothing."""

_GAP = "[ \xa0\u2006\u2009\u202f]"
_GROUPED = re.compile(
    f"(?<![\\d.,，{SPACES}])[{SPACES}]?(?P<figure>[1-9]\\d{{0,2}}(?P<gap>{_GAP})\\d{{3}}(?:(?P=gap)\\d{{3}})*)"
    f"(?![\\d])(?![{SPACES}]\\d)(?=(?:\\.\\d+)?[{SPACES}]?[{HAN}%‰])"
)
_PLAIN = re.compile(
    f"(?<![\\d.,，A-Za-z{SPACES}-])[1-9]\\d{{3,}}(?:\\.\\d+)?(?=[{HAN}%‰])(?![年號号])"
)
"""A figure of four or more digits that is not grouped, and no year."""
_NARROW = "\u2006\u2009\u202f"
"""Spaces that are used to group digits and hardly for anything else."""
LISTED = re.compile("(?:分别|分別|依次|各为|各為)[^，。；]{0,16}$")
NUMBERED_THING = re.compile(
    "(?:类别|類別|类|類|附件|附表|表|图|圖|专栏|專欄|注|項目|项目|工程|任务|任務|目标|目標|案例|课题|課題|方案|标段|標段|批次|第|组|組|样本|樣本|"
    f"点位|點位|编号|編號|序号|序號|期|号|號|[甲乙丙丁])[{SPACES}]?$"
)
QUANTITY = re.compile(
    "(?:共计?|共計|合计|合計|总计|總計|小计|小計|累计|累計|[为為是达達到至约約近超逾仅僅只有于於了过過每占佔的]|"
    "增[加长長收产產]?|减[少收产]?|減[少收產]?|下降|上升|提高|降低|[收支][入出]|预算|決算|决算|编列|編列|資金|资金|金额|金額|投[资資入]|产[值量]|產[值量]|"
    "总[值额量数]|總[值額量數]|余额|餘額|面积|面積|人口|利润|利潤|税收|稅收|成本|价格|價格|费用|費用|经费|經費|存款|贷款|貸款|债务|債務|资产|資產|负债|負債|"
    "新增|净增|淨增|[受办辦审審处處管清]理|收到|办结|辦結|公开|公開|发[布放行]|發[布放行]|完成|安排|下[达達]|拨付|撥付|征收|徵收|实现|實現|组织|組織|开展|開展|举办|舉辦|"
    "培训|培訓|[查检檢]处?[查处處办辦]|答复|答復|救助|建成|[新改扩]建|改造|种植|種植|生产|生產|销售|銷售|[进出進]口|接待|登记|登記|[审審][核批]|立案|[处處]罚|罚款|整改|细化|結轉|结转|偿还|償還)$"
)
"""Words that a quantity follows, and hardly ever the number of a thing."""
_SAME_UNIT = re.compile(f"(?P<unit>[{HAN}])[、，；和与與及][{SPACES}]?$")
_TWO_THINGS = re.compile("^[^，。；]{0,8}[（(][^）)]*[、和与與/][^）)]*[）)]")
_HAN = re.compile(f"[{HAN}]")
_COLUMN_GAP = re.compile(f"[\u3000\t]|[{SPACES}]{{2}}")
"""A gap between columns: such a line is a row of figures."""
_TRADITIONAL_UNITS = (
    "項次 項 個 條 冊 場 戶 頁 噸 畝 公頃 億元 萬元 億 萬 張 輛 間 筆 處 種".split()
)
UNIT = "|".join(map(re.escape, [*UNITS, *_TRADITIONAL_UNITS]))
_LAST_QUANTITY = re.compile(
    f"(?:\\.\\d+)?[{SPACES}]?(?:{'|'.join(MAGNITUDES)})?(?:{UNIT})(?![{HAN}\\w])"
)
"""A unit at the end of its phrase: it counts what is named before the figure (学生2 106人，), not what follows (1 100家企业)."""
_DECIMALS = re.compile(f"(?:\\.\\d+)?[{SPACES}]?")
MIN_HABIT = 2
"""So many figures that the lines prove make a habit of a document."""


def group_separators(line: str) -> Iterator[tuple[int, Proof]]:
    """Yield the offset of each gap inside a figure, and what proves that it is one figure."""
    for match in _GROUPED.finditer(line):
        start, end = match.span("figure")
        proof = _proof(line, start, end, match["gap"])
        for offset in range(start, end):
            if line[offset] == match["gap"]:
                yield offset, proof


def groups_digits(lines: list[str]) -> bool:
    """Return whether a document groups the digits of its figures: some lines prove it, and no long figure is plain."""
    proved = 0
    for line in lines:
        if _PLAIN.search(line):
            return False
        proved += any(proof == "certain" for _, proof in group_separators(line))
    return proved >= MIN_HABIT


def _proof(line: str, start: int, end: int, gap: str) -> Proof:
    before, after = line[:start], line[end:]
    if LISTED.search(before) or NUMBERED_THING.search(before) or _TWO_THINGS.match(after):
        return "none"
    groups = line[start:end].split(gap)
    if gap in _NARROW or any(group.startswith("0") for group in groups):
        return "certain"
    if len(groups) > 2 or _is_numbered_on(before, after, int(groups[0])):
        return "none"
    is_row = "。" not in line and bool(_COLUMN_GAP.search(line.strip()))
    if len(groups[0]) == 3 or is_row or not _HAN.search(before):
        return "none"
    unit = _DECIMALS.sub("", after, count=1)[:1]
    same_unit = _SAME_UNIT.search(before)
    is_quantity = (
        QUANTITY.search(before.rstrip(SPACES))
        or _LAST_QUANTITY.match(after)
        or (same_unit and same_unit["unit"] == unit)
    )
    return "certain" if is_quantity else "habit"


def _is_numbered_on(before: str, after: str, number: int) -> bool:
    """Return whether a thing is numbered on in the line: 甲类1 100件，甲类2 200件."""
    noun = re.search(f"[{HAN}]{{2}}[{SPACES}]?$", before)
    if not noun:
        return False
    word = re.escape(noun[0].strip())
    return bool(re.search(f"{word}[{SPACES}]?{number + 1}(?!\\d)", after)) or bool(
        number > 1 and re.search(f"{word}[{SPACES}]?{number - 1}(?!\\d)", before)
    )
