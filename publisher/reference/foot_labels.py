"""Words of the lines below the text of a document: their labels, who signs, how annexes are labelled, what is carried.

A new kind of line is a row. Words with Han characters are Simplified; ``text.simplified`` makes the text comparable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.model import PartRole


@dataclass(frozen=True, slots=True, kw_only=True)
class FootLabel:
    """Labels that name what a line below the text is."""

    role: PartRole
    words: tuple[str, ...]
    """The words before the colon, without white space."""
    stands_alone: bool = False
    """Whether the line belongs to the foot even where nothing above it is signed (抄送, 印发)."""


FOOT_LABELS = (
    FootLabel(
        role="copies-to",
        words=(
            *(
                "抄送",
                "抄报",
                "抄发",
                "分送",
                "分发",
                "抄送机关",
                "发送范围",
                "发送",
                "报送",
                "报",
                "送",
                "发",
            ),
            *("副本", "抄本", "cc", "c.c.", "copy to", "copies to"),
        ),
        stands_alone=True,
    ),
    FootLabel(role="addressee", words=("正本", "主送"), stands_alone=True),
    FootLabel(
        role="printed-by", words=("印发", "印发机关", "印发单位", "印发日期"), stands_alone=True
    ),
    FootLabel(
        role="attendance",
        words=(
            *(
                "出席",
                "列席",
                "缺席",
                "请假",
                "出席人员",
                "列席人员",
                "缺席人员",
                "请假人员",
                "出席单位",
            ),
            *(
                "出席者",
                "列席者",
                "缺席者",
                "参会人员",
                "参会单位",
                "参加人员",
                "参加单位",
                "参加",
                "与会人员",
            ),
            *(
                "主持",
                "主持人",
                "会议主持",
                "记录",
                "记录人",
                "会议记录",
                "整理",
                "记录整理",
                "旁听",
            ),
            *(
                "present",
                "in attendance",
                "absent",
                "apologies",
                "apologies for absence",
                "chairman",
            ),
            *("chair", "secretary", "recorder", "minutes taken by"),
        ),
    ),
    FootLabel(
        role="remark",
        words=(
            *(
                "主题词",
                "信息公开类别",
                "信息公开属性",
                "公开属性",
                "公开方式",
                "公开类别",
                "公开形式",
            ),
            *(
                "公开选项",
                "公开程度",
                "发布方式",
                "校对",
                "校核",
                "核稿",
                "打字",
                "打印",
                "印数",
                "审核",
            ),
            *("审签", "签发", "拟稿", "编辑", "责任编辑", "责编", "编审", "校对人", "印制", "承印"),
        ),
    ),
    FootLabel(role="remark", words=("主题词",), stands_alone=True),
    FootLabel(
        role="web-label",
        words=(
            *(
                "主办",
                "主办单位",
                "承办",
                "协办",
                "技术支持",
                "版权所有",
                "网站标识码",
                "备案号",
                "信息来源",
                "文章来源",
            ),
            *(
                "来源",
                "稿源",
                "供稿",
                "撰稿",
                "作者",
                "发布时间",
                "发布日期",
                "发布机构",
                "浏览次数",
                "阅读次数",
                "分享到",
            ),
        ),
    ),
    FootLabel(role="note", words=("注", "备注", "附注", "说明", "注释", "note", "notes")),
    FootLabel(
        role="contact",
        words=(
            *(
                "联系人",
                "联络人",
                "联系方式",
                "联系电话",
                "联络电话",
                "咨询电话",
                "电话",
                "传真",
                "地址",
            ),
            *(
                "联系地址",
                "通信地址",
                "通讯地址",
                "邮编",
                "邮政编码",
                "电子邮箱",
                "电子邮件",
                "邮箱",
                "网址",
            ),
            *(
                "联系人及电话",
                "联系人及联系方式",
                "监督电话",
                "举报电话",
                "服务热线",
                "承办人",
                "经办人",
            ),
            *(
                "承办单位",
                "联系单位",
                "contact",
                "tel",
                "telephone",
                "email",
                "e-mail",
                "fax",
                "enquiries",
            ),
            *("address", "website", "for enquiries", "contact person", "media contact"),
        ),
    ),
)
"""The labels of a foot, by the role of their lines."""

REMARK_LINES = (
    "主动公开",
    "依申请公开",
    "不予公开",
    "不公开",
    "公开",
    "免予公开",
    "部分公开",
    "删减后公开",
)
"""Lines below a signature that say how a document is published, without label and brackets."""
REMARK_STARTS = (
    "此件",
    "本件",
    "此文",
    "本文有",
    "本文已",
    "联系",
    "联络",
    "信息公开",
    "公开",
    "本公报",
    "下转",
)
"""How a line in brackets begins that is a remark even where nothing above it is signed."""

SIGNING_OFFICES = (
    "人民政府 政府 办公厅 办公室 委员会 常委会 代表大会 大会 政协 党委 党组 纪委 监委 省委 市委 县委 区委 州委 旗委 镇委 乡委 工委 团委 编委 "
    "局 厅 委 部 署 处 科 院 公署 办事处 指挥部 领导小组 工作组 专班 中心 公司 集团 银行 协会 学会 商会 联合会 联合社 总工会 工会 "
    "基金会 大学 学院 学校 中学 小学 幼儿园 医院 法院 检察院 研究所 监狱 支队 总队 大队 调查队 管委会 居委会 村委会 组委会 秘书处 主席团 "
    "公所 主计处 审计室 街道 图书馆 博物馆 档案馆 总站 分局 董事会 监事会 所 站 会 校 社"
).split()
"""How the name of an office ends that signs."""
SIGNING_POSTS = (
    "主席 总理 省长 市长 县长 区长 州长 旗长 盟长 镇长 乡长 专员 局长 厅长 部长 署长 处长 主任 书记 秘书长 检察长 院长 行长 校长 会长 所长 站长 "
    "社长 审计长 总经理 经理 董事长 理事长 总裁 行政长官 司长 议长 委员长 主计长 主任委员 总干事 代表 馆长 科长 队长 组长"
).split()
"""The posts of persons who sign."""
ENGLISH_SIGNING_WORDS = (
    "Office Bureau Department Government Commission Committee Ministry Council Authority Administration Agency Company "
    "Limited Corporation Association Secretariat Court University Hospital Centre Center Board Secretary Director Mayor "
    "Commissioner Governor Chairman Auditor Controller Minister Chief"
).split()
"""Words in the English name of an office or a person who signs."""

ANNEX_WORDS = ("附件", "附表", "附录", "附图", "附")
ENGLISH_ANNEX_WORDS = ("annex", "appendix", "attachment", "schedule", "enclosure")
"""How the label of an annex begins."""

CARRIED_ENDINGS = (
    "办法 规定 细则 方案 预案 规划 计划 纲要 条例 规则 制度 意见 要点 措施 标准 指南 目录 清单 名单 报告 年报 摘要 讲话 公约 章程 守则 导则 规程 "
    "纪要 总结 公报 须知 表 说明 规范 准则 指引 决定 决议 公告 通知 通报 批复 汇编 统计年报 指标 流程 任务 分工 方法 办理情况 汇总 一览 答复 "
    "须知 规约 标准书 要求 承诺书 协议 合同 申请书 名录 图 册 简介 解释 手册 职责 程序"
).split()
"""How the title of a text ends that another document carries or has as an annex."""
