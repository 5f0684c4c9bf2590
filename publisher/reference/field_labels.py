"""Labels of the fields of a form that have a blank behind them instead of a colon: 姓名, 出生年月.

Source: registration forms, applications and cards of public offices. A pattern, to be matched with one whole label.
"""

from __future__ import annotations

import re

FIELD_LABEL = re.compile(
    "(?:姓名|曾用名|性别|性別|民族|籍[贯貫]|年[龄齡]|出生年月日?|出生日期|政治面貌|文化程度|[学學][历歷位]|[专專][业業]|[职職][务務称稱业業级級]"
    "|邮编|郵編|传真|傳真|[经經][办辦]人|填表人|[审審]核人|[负負][责責]人|[联聯][系繫]人|法定代表人|申[请請]人|[签簽][名字章]|[盖蓋]章|公章|[备備][注註]|[编編][号號]"
    "|(?:[\u3400-\u9fff]{0,6}(?:日期|[时時][间間]|[电電][话話]|手[机機]|地址|住址|[单單]位|部[门門]|科室|名[称稱]|号[码碼]|號碼|[证證]号|邮箱|郵箱|[账賬帳][号戶户]|金[额額])))"
    "(?:[（(][^（）()]{1,8}[）)])?"
)
