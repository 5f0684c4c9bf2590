"""Words of web pages: buttons, columns of a site, and labels of facts about a page."""

from __future__ import annotations

BUTTONS = frozenset(
    (
        "打印 打印本页 打印此页 打印文章 关闭 关闭窗口 关闭本页 返回 返回顶部 返回首页 "
        "返回列表 首页 网站首页 收藏 加入收藏 设为首页 分享 分享到 复制链接 微信 "
        "微博 QQ空间 大号 中号 小号 特大 默认 超大 字体 字号 "
        "放大 缩小 加大 减小 还原 全屏 A+ A- A T T+ T- TOP top 繁体 简体 无障碍 无障碍浏览 适老版 长者模式 "
        "智能机器人 扫一扫 二维码 下载 保存 我要纠错 纠错 评论 点赞 朗读 语音播报 播放 暂停 "
        "字体大小 正文 上一篇 下一篇 上一页 下一页 全文 展开 收起 保存本页 推荐 网站声明 "
        "网站地图 联系我们 关于我们 登录 注册 登陆 列印 列印版 字型大小 ENG 繁體 繁体版 简体版 回頁頂 主頁 站点地图 RSS订阅 RSS 无障碍阅读 隐私声明 隐私保护 免责声明 版权声明 使用帮助 常见问题"
    ).split()
)

BUTTON_LABELS = frozenset("字体 字号 字体大小 字體 打印 分享 分享到".split())
"""Labels of buttons; behind them is another button or nothing, in a page."""
SIZES = frozenset("大 中 小".split())
"""Buttons for the size of letters, which are words of many reports: they count beside each other or 字号."""

COMMON_WORDS = frozenset(
    "首页 微信 微博 正文 全文 下载 保存 推荐 评论 默认 播放 暂停 展开 收起 二维码 A T 简体 繁体".split()
)
"""Buttons that a report may have as a line of its own: they count only beside others."""

CHANNELS = frozenset(
    (
        "政府信息公开 信息公开 政务公开 政府信息公开专栏 政府信息公开年报 "
        "政府信息公开年度报告 信息公开年报 信息公开年度报告 政府信息公开工作年度报告 年度报告 "
        "公开年报 政府公开 政务信息公开 法定主动公开内容 首页 网站首页 年报 工作报告 通知公告 "
        "政府信息公開 信息公開 政務公開 政府資訊公開 政府信息公開年報 政府資訊公開年報 "
        "政府信息公開年度報告 年度報告 公開年報 首頁"
    ).split()
)
"""Names of a site's columns, which are printed above the title."""

PAGE_LABELS = frozenset(
    "文章来源 稿件来源 发布人 发布者 字体 字号 字体大小 字體 打印 分享 分享到 索引号 信息索引 索引 "
    "公开时限 公开程序 主题分类 体裁分类 信息分类 信息类别 责任编辑 责编 保护视力色 视力保护色 网站标识码 网站地图 技术支持 版权所有".split()
)
"""Labels that only a web page has, whatever their value; the others of ``web_labels`` may be those of a notice or a form."""

TIME_LABELS = frozenset(
    "发布时间 发布日期 發布時間 發布日期 更新时间 更新日期 发稿时间 生成日期".split()
)
"""Labels of a page's dates, if their value is a date in figures or missing."""

OFFERED_FILE_SUFFIX = "\\.(?:docx?|xlsx?|pptx?|pdf|wps|et|zip|rar)"
"""The pattern of the suffix of a file that a page offers below its text."""
