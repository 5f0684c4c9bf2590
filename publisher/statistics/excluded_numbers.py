"""Numbers that are no statistics: dates, telephone and document numbers, ordinals, and names that hold numbers.

Input: a text. Output: the spans whose digits and numerals are no figures (九届十四次, 劣五类, 三类26件, 三级联审, 60周年, 10万吨级).
"""

from __future__ import annotations

import re
from functools import cached_property

_INTERNET_ADDRESS = r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w.-]+"
_NO_STATISTIC = (
    r"[（(]?0\d{2,3}[）)]?[-—－ ]?\d{7,8}|\d{3,4}[-—－]\d{7,8}|(?<!\d)1[3-9]\d{9}(?![\d元万亿件条人份次])"  # telephones
    r"|(?:邮编|邮政编码)[：:]?\d{6}"
    r"|〔\d{4}〕\s*第?\d+号|\[\d{4}\]\s*第?\d+号|第\d+号(?:令|公告|文)?"  # document numbers
    r"|(?:19|20)\d{2}年(?:底|末|初|度|前|上半年|下半年)?(?:\d{1,2}月(?:\d{1,2}日|份|底|中旬|上旬|下旬|末)?)?"
    r"|(?:19|20)\d{2}[—\-－至到](?=(?:19|20)\d{2}年)|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}"
    r"|\d{1,2}月(?:\d{1,2}日|份|底|中旬|上旬|下旬|末)?|\d{1,2}日(?=[至起止前后，。、）]|上午|下午)"
    r"|\d{1,2}[:：]\d{2}"
    r"|第\s*[\d一二三四五六七八九十百]+\s*[条款项章节届次期批季号位名条款]?(?:第?[（(][一二三四五六七八九十]+[）)]项)?"
    r"|[居名列](?:[^，。；、\d]{0,6})前[\d一二两三四五六七八九十]+[位名]"
    r"|[（(]?[一二三四五六七八九十]、[一二三四五六七八九十]级|[一二三]级(?=以上|甲等|医院|乙等|及以上|公立)"
    r"|(?<!\d)(?:1[0-2]\d{3}|9\d{4}|12345|12315|114|110|119|120)(?=热线|指挥|平台|投诉|举报|服务|政务|电话|市长|市民|公共|便民|消费)"
)
_EXCLUDED = re.compile(f"{_INTERNET_ADDRESS}|{_NO_STATISTIC}")
_EXCLUDED_WITHOUT_ADDRESS = re.compile(_NO_STATISTIC)
"""Digits that are no statistics. The second pattern is for texts without an internet address."""
_ADDRESS_HINT = re.compile("@|://|www\\.")
_COUNTS = "一二两三四五六七八九十"
_AGES = "\\d+(?:[至—~～-]\\d+)?岁(?:及?以[上下])?"
_NAMES = re.compile(
    f"劣[{_COUNTS}ⅤⅣ]类|(?<![{_COUNTS}百千])[{_COUNTS}]类(?=\\d)|(?<![{_COUNTS}、])[{_COUNTS}ⅠⅡⅢⅣⅤ](?:[、至和—～-][{_COUNTS}ⅠⅡⅢⅣⅤ])*类(?=、劣|水|海水|标准|断面|地区|用地|土地|企业|大学|居民)"
    f"|[{_COUNTS}]+届[^，。；]{{0,8}}?[{_COUNTS}\\d]+次|[{_COUNTS}]+(?:连丰|连增|连冠|连涨)"
    "|[\\d.,]*[万千百]?(?:吨|千伏|千瓦|兆瓦|米|瓦)级|\\d+小时(?=平均|均值|滑动)|\\d+(?:个)?周年|(?<=近)\\d+年(?=同期|均值|平均)|第\\d+个"
    "|十件(?=(?:大事|实事|民生))|\\d+[座栋幢](?=\\d+(?:单元|楼|层|室)|地下)|\\d+层(?=[A-Z\\d]{2,5}(?:[-－—至]\\d+)?[室号房])|(?<=号楼)\\d+层|\\d+字(?=楼)"
    "|(?<=每)\\d+(?:[万千百](?:人口?|名|户|公里|平方公里)|\\d*股|0(?:名|人|户|公里)(?=[^，。；]{0,12}(?:拥有|保有|有|达|中|由)))"
    "|(?<=每)[十百千万亿]{1,3}(?=[^\\d，。；])"
    "|(?<![\\d上数近逾余几超约百千万])[百千万]人(?=[^，。；]{0,4}(?:量|率|数|床位|拥有|均))"
    f"|(?<![省市县区乡镇村道社团校级）、组户])[{_COUNTS.replace('两', '')}]{{1,2}}级(?!以上)(?=[^，。；、])"
    f"|{_AGES}(?=\\d|(?:[、及和]{_AGES}){{0,9}}[^，。；\\d]{{0,8}}(?:人口|儿童|老年人|老人|妇女|居民|青少年|死亡率|常住|婴幼儿|劳动力))"
    "|\\d+(?:[至—~～-]\\d+)?周岁(?:及?以[上下])?(?=(?:户籍|常住|农村|城镇)?(?:儿童|老年人|老人|妇女|青少年|人口)[^，。；、\\d]{0,4}\\d)"
    f"|[首前头近][{_COUNTS}\\d]+个(?:月|季度)|[{_COUNTS}]人(?=家庭)"
    "|"
    "[《][^《》]*[》]|“[^“”]{1,30}”"
    "|两项补贴|三公经费|五公开|八项规定|三重一大|十[二三四五]五|两癌|三农|六稳|六保|双随机|一把手"
    "|两个维护|两个确立|两个责任|三个代表|三项制度|四个全面|四个意识|四个自信|四个不摘|五个统一|六个必须|七个有之"
    "|铁人三项|现代五项|[十七]项全能|两学一做|两个一百年|三会一课|三严三实|四风|五位一体"
)
"""Titles, quoted words and set phrases; numbers in them belong to names."""


class ExcludedSpans:
    """The spans of a text whose digits are no statistics; found on the first use."""

    def __init__(self, text: str) -> None:
        """Keep the text; its spans are found on the first use."""
        self._text = text

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        excluded = _EXCLUDED if _ADDRESS_HINT.search(self._text) else _EXCLUDED_WITHOUT_ADDRESS
        patterns = excluded, _NAMES
        return [match.span() for pattern in patterns for match in pattern.finditer(self._text)]

    def contains(self, position: int) -> bool:
        """Return whether a position is in one of the spans."""
        return any(start <= position < end for start, end in self._spans)
