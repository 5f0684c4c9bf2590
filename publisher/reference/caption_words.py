"""Words of the lines around tables and pictures: captions, units, sources, notes.

All words are Simplified; ``text.simplified`` makes the text comparable. A new word is a new entry.
"""

from __future__ import annotations

TABLE_WORDS = ("表", "附表", "续表")
"""What the caption of a table begins with, before its number."""
FIGURE_WORDS = ("图", "图表", "附图")
BOX_WORDS = ("专栏",)
"""A box with a table: its words are the caption of the table."""
CONTINUED = ("续表", "续上表", "附表", "附图")
"""Captions that need no number."""
ENGLISH_TABLE_WORDS = ("Table", "Annex Table", "Appendix Table", "Box")
ENGLISH_FIGURE_WORDS = ("Figure", "Fig", "Chart", "Exhibit", "Diagram", "Map", "Plate")
SENTENCE_VERBS = (
    "显示 所示 表明 可见 可以 列 反映 说明 中 的 是 为 与 和 及 至 、 所 给出 汇总了 统计了"
).split()
"""What follows the number of a table in a sentence about it."""
ENGLISH_SENTENCE_VERBS = (
    "shows show lists presents gives is are was and or below above summarises summarizes sets provides contains compares"
).split()

LEAD_IN_PATTERNS = (
    "^(?:请(?!示)|其中|以[上下](?!级)|上述|现将|现就|为了|为便于|我们|本表|表中|经.{1,6}[，,]?(?:统计|核算|汇总))",
    "[下上]表|下列(?=表|数|情|单|项|各|几)|见[下后表附]|参[见照看阅]|(?:[如于列]|列示|汇总|公布|分列)(?:如下|于[下后]|在下)|如[下后表附]",
    "列表(?=$|说明|如|于)|表格(?:中|里|内|如|$)|所示|以下[几各]|成表$|附后$|这样的$",
)
"""Patterns of a line that points at the table below it: 下表列出了各乡镇的完成情况."""
PREDICATE_PATTERNS = (
    "了(?![解望])|已经|(?<!平)(?<![人户亩日月年地单件])均(?![衡价值线等可匀])|都(?=有|是|已|能|按|完成|达)|共(?=收到|受理|有(?!产)|办理|完成|组织|公开)",
    "(?:分别|主要|合计|数据|资料)[为是]|[为是]$|是(?=指|按|由|以|因)|来自|没有|(?:得到|保持|达到|进行).{2,4}$|予以.{2,4}$",
    "较[快大好多高低少慢强小]$|有(?:所|增|升|降|进|较)|(?:持平|到位|属实)$|(?<![主重概纪需])要(?=认真|按|加强|抓|做|严格|把|对)",
    "(?:数据|资料|面积|人数)(?:不含|由|为|取自)|负责(?=汇总|实施|组织|落实).{2,4}$|^(?:从|分).{1,10}看",
)
"""Patterns of a line that says something, as a sentence without its full stop does."""
ENGLISH_PREDICATE_WORDS = (
    "is are was were follows follow below shows show lists list gives presents summarises summarizes received we"
).split()
"""Words that a caption in English does not have."""

UNIT_LABELS = (
    "单位 计量单位 金额单位 货币单位 数量单位 面积单位 产量单位 计价单位 计算单位 统计单位"
).split()
"""Labels of the units of a table."""
ENGLISH_UNIT_LABELS = ("Unit", "Units", "Unit of measurement")
FIELD_LABELS = (
    "编制单位 填报单位 填表单位 制表单位 报送单位 主管单位 预算单位 部门 编制部门 填报部门 制表 制表人 填表人 审核人 编制日期 填报日期 制表日期 "
    "日期 时间 年度 会计期间 币种 币别 表号 制定机关 批准机关 批准文号 有效期至 行政区划代码 地区 区域 科室 单位名称"
).split()
"""Labels of what else a line above a table says."""
SOURCE_LABELS = "资料来源 数据来源 来源 图片来源 图表来源 资料出处 数据出处".split()
ENGLISH_SOURCE_LABELS = ("Source", "Sources", "Data source", "Data sources")
NOTE_LABELS = "注 备注 说明 附注 注释 注解 表注 图注".split()
"""Labels of the notes below a table."""
LONE_NOTE_LABELS = ("注",)
"""Labels that may stand alone above the items of a note; others alone on their line are headings."""
ENGLISH_NOTE_LABELS = ("Note", "Notes", "Remark", "Remarks")
NOTE_MARKS = "※＊*"
"""What the line of a note begins with instead of a label."""
