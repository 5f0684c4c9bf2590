"""Labels of the fields of a form: 姓名, 出生年月.

Source: registration forms, applications and cards of public offices.
"""

from __future__ import annotations

import re

FIELD_LABEL = re.compile(
    "(?:姓名|曾用名|性别|性別|民族|籍[贯貫]|年[龄齡]|出生年月日?|出生日期|政治面貌|文化程度|[学學][历歷位]|[专專][业業]|[职職][务務称稱业業级級]"
    "|邮编|郵編|传真|傳真|[经經][办辦]人|填表人|[审審]核人|[负負][责責]人|[联聯][系繫]人|法定代表人|申[请請]人|[签簽][名字章]|[盖蓋]章|公章|[备備][注註]|[编編][号號]"
    "|(?:[\u3400-\u9fff]{0,6}(?:日期|[时時][间間]|[电電][话話]|手[机機]|地址|住址|[单單]位|部[门門]|科室|名[称稱]|号[码碼]|號碼|[证證]号|邮箱|郵箱|[账賬帳][号戶户]|金[额額])))"
    "(?:[（(][^（）()]{1,8}[）)])?"
)
"""One whole label that has a blank behind it instead of a colon."""
ANSWER_LABEL = re.compile(
    "姓名|性[别別]|民族|籍[贯貫]|出生|身份[证證]|[证證]件|电话|電話|手机|手機|传真|傳真|邮箱|郵箱|邮编|邮政|郵遞|地址|住址|住所"
    "|单位|單位|部门|部門|职务|職務|职称|職稱|职业|職業|学历|學歷|专业|專業|法定代表人|法人|[负負][责責]人|联系人|聯絡人|经办人|經辦人|申请|申請|意见|意見"
    "|[备備][注註]|理由|账号|賬號|帳號|开户|開戶|签名|簽名|日期|年[龄齡]|代理人|委托人|委託人"
)
"""What the label of a cell has in it whose answer is in the cell behind it."""
