"""Labels with which web pages print metadata beside a report, such as 发布时间：."""

from __future__ import annotations

COUNT_LABELS = frozenset(
    [
        f"{visit}{count}"
        for visit in "浏览 阅读 点击 点阅 访问 瀏覽 閱讀 點擊 點閱 訪問".split()
        for count in "次数 次數 量 数 數 率 人次 人数 人數".split()
    ]
    + "浏览 阅读 点击 瀏覽 閱讀 點擊 點閱 人气 人氣".split()
)
"""Labels of a page's visits, if their value is a count."""

LABELS_BY_ELEMENT = {
    "date": "发布时间|发布日期|公布日期|生成日期|公开日期|发稿时间|更新时间|更新日期|日期|时间|發布時間|發布日期",
    "issued": "发文日期|成文日期|成文时间|印发日期|發文日期",
    "publisher": "发布机构|发布单位|发文机构|发文机关|发文单位|公开机构|公开单位|信息来源|文章来源|稿件来源|来源|發布機關|發布單位|發佈單位|來源",
    "identifier": "发文字号|文号|文件编号|發文字號",
    "title": "信息名称|文件名称|公文名称|公文标题|文件标题|名称|标题|標題",
    "": "发布人|发布者|作者|撰稿|记者|编辑|责任编辑|责编|审核|审核人|校对|签发|字体|字号|字体大小|字體|打印|分享|分享到"
    "|索引号|信息索引|索引|公开方式|公开形式|公开时限|公开范围|公开类别|公开程序|主题分类|主题词|组配分类|服务对象|栏目|所属栏目|公开目录|链接|链接地址|原文链接|原文地址|体裁分类|信息类别"
    "|信息分类|分类|有效性|效力状态|有效期|关键词|关键字|内容概述|概述|摘要|語言|语言|保护视力色|视力保护色"
    "|主辦單位|主办单位|主办|承办|承办单位|技术支持|网站标识码|网站地图|联系我们|版权所有|邮编",
}
"""Labels by the Dublin Core element that they fill; those under the empty string fill none."""

ELEMENT_BY_LABEL = {
    label: element for element, labels in LABELS_BY_ELEMENT.items() for label in labels.split("|")
} | dict.fromkeys(sorted(COUNT_LABELS), "")
"""The Dublin Core element of each label; empty if it fills none."""
