"""Labels of the lines above and below a title: those of the document itself, and those of the page around it.

The value behind a label of the document is a fact about the document (發文日期：…); the value behind a label of the page is
one about the page, which counts only where the document says nothing. All words are Simplified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.reference.web_labels import ELEMENT_BY_LABEL

if TYPE_CHECKING:
    from publisher.model import PartRole

LABELS_BY_ROLE: dict[PartRole, str] = {
    "copy-number": "份号|份数",
    "secrecy": "密级|密级和保密期限|密等及解密条件或保密期限|密等及解密条件|密等",
    "urgency": "紧急程度|速别|缓急",
    "document-number": "发文字号|发文号|文号|公告编号|令号|编号",
    "signer": "签发人|会签人|签发",
    "addressee": "受文者|主送|主送机关|致",
    "date": "发文日期|成文日期|成文时间|印发日期|制定日期|公布日期|通过日期",
    "speaker": "报告人|述职人|发言人|主讲人|讲话人|汇报人|演讲人|宣读人",
    "office": "发文机关|发文机构|发文单位|制定机关|公布机关|编制单位|编制机关|编印单位|发布机关|主编单位|编印|编",
    "contact": "地址|承办人|联系人|联络人|联系电话|电话|传真|电子信箱|电子邮箱|电子邮件|联络方式|联系方式|邮编|网址|机关地址|邮箱|电邮",
    "remark": "附件|档号|保存年限|抄送",
}
"""Labels that the document itself prints, by the part that the line is."""
ROLE_BY_LABEL: dict[str, PartRole] = {
    label: role for role, labels in LABELS_BY_ROLE.items() for label in labels.split("|")
}
SOURCE_LABELS = frozenset(
    "来源 信息来源 文章来源 稿件来源 稿源 新闻来源 文稿来源 转自 转载自 出处".split()
)
"""Labels of the newspaper, agency, site or office that the page has the text from."""
PAGE_DATE_LABELS = frozenset(
    "发布时间 发布日期 发表时间 发表日期 公开日期 公开时间 公布时间 更新时间 更新日期 发稿时间 生成日期 时间 日期 上传时间 录入时间".split()
)
"""Labels of the day on which a page was published."""
HANDLING_MARKS = frozenset(
    "内部资料 内部文件 内部刊物 注意保存 仅供参考 请勿外传 严禁外传 送审稿 急件 明码 平件".split()
)
"""Words about how a document is handled, printed alone above its title."""
TITLE_LABELS = frozenset(
    "标题 信息名称 文件名称 公文名称 公文标题 文件标题 法规名称 法规标题 规章名称 政策名称 公告名称 公告标题 名称 题名".split()
)
WEAK_LABELS = frozenset(
    "时间 日期 名称 来源 编号 附件 编 签发 概述 摘要 分类 地址 电话 联系人 主办 承办 致".split()
)
"""Labels that prove nothing about a line by themselves: a notice of a meeting has 时间：, too."""
PAGE_LABELS = frozenset(
    set(ELEMENT_BY_LABEL)
    | SOURCE_LABELS
    | PAGE_DATE_LABELS
    | TITLE_LABELS
    | set(
        "栏目 所属栏目 链接 链接地址 原文链接 原文地址 网址 公开目录 所属类别 点击 浏览 阅读 信息索引号 文章分类 采集时间 抓取时间 保密审查情况".split()
    )
)
"""All labels of web pages and of programs that collect them."""
