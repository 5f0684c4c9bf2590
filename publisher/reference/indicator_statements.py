"""How the text of an annual report names the rows of the form of 2014 to 2018 (政府信息公开情况统计表)."""

from __future__ import annotations

from publisher.reference.form_statements import CASES, MONEY, FormStatement, statement

INDICATOR_FORM = "indicators"
"""The name of the form."""
_ITEMS = frozenset(("条", "件", "项", ""))
_TIMES = frozenset(("次", "场", "场次", "期", "篇", "个", "条", ""))
_PEOPLE = frozenset(("人", "名", "人次", ""))
_PLACES = frozenset(("个", "处", "家", ""))

_ROWS = (
    ("主动公开政府信息数", "(?:主动公开|公开)信息(?:总?数)?", _ITEMS),
    ("规范性文件", "(?:主动公开|公开|制发|制定|出台|印发)(?:行政)?规范性文件", _ITEMS),
    ("公报公开", "(?:通过|在)?(?:政府)?公报公开(?:信息)?", _ITEMS),
    ("网站公开", "(?:通过|在)?(?:政府|门户)*网站公开(?:信息)?", _ITEMS),
    ("微博公开", "(?:通过|在)?(?:政务)?微博公开(?:信息)?", _ITEMS),
    ("微信公开", "(?:通过|在)?(?:政务)?微信公开(?:信息)?", _ITEMS),
    ("其[他它]方式公开", "(?:通过)?其[他它]方式公开(?:信息)?", _ITEMS),
    ("回应公众关注热点", "(?:主动)?回应(?:公众|社会)?(?:关注|关切)?热点(?:问题)?(?:或|和|及|、)?(?:重大)?舆情", _TIMES),
    ("参加或举办新闻发布会(?!.*负责)", "(?:参加或|参加|举办|组织|召开)*新闻发布会", _TIMES),
    ("负责同志参加新闻发布会", "(?:主要)?负责(?:同志|人)(?:参加|出席)新闻发布会", _TIMES),
    ("(?<!参加)政府网站在线访谈", "(?:开展|参与|组织)?(?:政府|门户)*(?:网站)?在线访谈", _TIMES),
    ("负责同志参加政府网站在线访谈", "(?:主要)?负责(?:同志|人)参加(?:政府)?(?:网站)?在线访谈", _TIMES),
    ("政策解读稿件(?:发布)?", "(?:发布)?(?:政策)?解读稿件?", _TIMES),
    ("微博微信回应事件", "(?:通过)?微博、?微信(?:等)?回应事件", _TIMES),
    ("收到申请数", "(?:收到|接到|受理|接收)(?:依)?申请", CASES),
    ("当面申请", "当面(?:提交|提出)?(?:申请)?", CASES),
    ("传真申请", "传真(?:提交|提出)?(?:申请)?", CASES),
    ("网络申请", "(?:网络|网上|在线)(?:提交|提出)?(?:申请)?", CASES),
    ("信函申请", "(?:信函|邮寄)(?:提交|提出)?(?:申请)?", CASES),
    ("申请办结数", "(?:申请)?办结(?:申请)?", CASES),
    ("按时办结", "按[时期]办结", CASES),
    ("延期办结", "延期办结", CASES),
    ("申请答复数", "(?:申请)?答复(?:申请)?", CASES),
    ("已主动公开范围", "(?:属于)?已?(?:经)?主动公开(?:范围)?", CASES),
    ("同意公开答复(?<!不同意公开答复)", "同意公开(?:答复)?", CASES),
    ("同意部分公开", "同意部分公开(?:答复)?", CASES),
    ("不同意公开答复数$", "不同意公开(?:答复)?", CASES),
    ("国家秘密", "涉及国家秘密", CASES),
    ("商业秘密", "涉及商业秘密", CASES),
    ("个人隐私", "涉及个人隐私", CASES),
    ("法律法规规定的其他情形", "法律、?法规规定其他情形", CASES),
    ("不属于本行政机关", "不属于本?(?:行政)?机关公开(?:范围)?", CASES),
    ("信息不存在", "(?:申请)?(?:公开)?信息不存在", CASES),
    ("更改补充", "告知(?:申请人)?作出更改、?补充", CASES),
    ("告知通过其他途径", "告知(?:申请人)?通过其他途径办理", CASES),
)  # fmt: skip
_EVENT = "(?:发生|因|引发|产生|被申请|被提起|申请|提起|涉及|涉)*"
_RESULTS = (
    ("维持", "维持(?:原)?(?:具体)?(?:行政行为)?"),
    ("纠错", "被?(?:依法)?(?:纠错|纠正)"),
    ("其[他它]情形", "其[他它]情形"),
)

INDICATOR_STATEMENTS: tuple[FormStatement, ...] = (
    *(
        statement(INDICATOR_FORM, f"{row}[^/]*$", measure, columns="", units=units)
        for row, measure, units in _ROWS
    ),
    statement(
        INDICATOR_FORM,
        "行政复议数量$",
        f"{_EVENT}行政复议(?:案件|申请)?",
        columns="",
        topic="review",
        nothing=f"{_EVENT}行政复议(?:案件|申请)?",
    ),
    statement(
        INDICATOR_FORM,
        "行政诉讼数量$",
        f"{_EVENT}行政诉讼(?:案件)?",
        columns="",
        topic="lawsuit",
        nothing=f"{_EVENT}行政诉讼(?:案件)?",
    ),
    *(
        statement(INDICATOR_FORM, f"行政复议数量/[^/]*{row}", measure, columns="", topic="review")
        for row, measure in _RESULTS
    ),
    *(
        statement(INDICATOR_FORM, f"行政诉讼数量/[^/]*{row}", measure, columns="", topic="lawsuit")
        for row, measure in _RESULTS
    ),
    statement(
        INDICATOR_FORM,
        "举报投诉数量?$",
        "(?:收到|接到|受理)?举报、?投诉(?:案件)?",
        columns="",
        nothing="(?:发生|收到|接到)?(?:举报|投诉)(?:、?投诉|和投诉)?(?:案件)?",
    ),
    statement(
        INDICATOR_FORM,
        "收取的?费用$",
        "(?:收取)?(?:依申请公开)?信息(?:收取)?费用",
        columns="",
        units=MONEY,
        nothing="收取(?:任何|信息处理|检索、复制、邮寄等)?费用",
    ),
    statement(INDICATOR_FORM, "专门机构数?$", "(?:设立?|设置)?专门机构", columns="", units=_PLACES),
    statement(
        INDICATOR_FORM, "查阅点数?$", "(?:设立?|设置)?(?:信息)?查阅(?:点|场所)", columns="", units=_PLACES
    ),
    statement(
        INDICATOR_FORM, "工作人员数?$", "(?:从事)?(?:工作)?人员", columns="", units=_PEOPLE, required_words="从事"
    ),
    statement(INDICATOR_FORM, "[^兼]专职人员数?", "专职(?:工作)?(?:人员)?", columns="", units=_PEOPLE),
    statement(INDICATOR_FORM, "兼职人员数?", "兼职(?:工作)?(?:人员)?", columns="", units=_PEOPLE),
    statement(INDICATOR_FORM, "专项经费", "(?:投入|安排)?专项经费", columns="", units=MONEY),
    statement(
        INDICATOR_FORM, "会议或专题会议", "(?:召开)?(?:工作)?(?:会议或)?(?:专题)?会议", columns="", units=_TIMES
    ),
    statement(
        INDICATOR_FORM, "培训班", "(?:举办|组织|开展)?(?:业务)?培训班?", columns="", units=_TIMES
    ),
    statement(
        INDICATOR_FORM, "接受培训人员", "(?:接受|参加)?(?:业务)?培训(?:人员|人数|人次)?", columns="", units=_PEOPLE
    ),
)  # fmt: skip
"""The statements; the heads above the figures do not matter."""
