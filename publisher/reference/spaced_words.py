"""Words that print with gaps: headings whose letters are spaced, and offices that stand before a name."""

from __future__ import annotations

SPACED_WORDS = frozenset(
    "目录 目錄 前言 序言 引言 绪论 总则 總則 附则 附則 罚则 罰則 综合 綜合 概述 概况 概況 总论 结语 結語 说明 說明 摘要 "
    "附录 附錄 附件 附表 附注 附註 后记 後記 正文 通知 公告 通告 通报 通報 公报 公報 报告 報告 决定 決定 命令 意见 意見 "
    "函 批复 批覆 纪要 紀要 议案 議案 公函 声明 聲明 启事 简报 簡報 农业 農業 工业 工業".split()
)
"""Words of two characters or more that stand alone on a line with a gap between their characters."""

OFFICE_ENDINGS = (
    "(?:[省市州盟县縣区區旗乡鄉镇鎮村局厅廳处處科股部院校会會司署队隊所站室馆館社园園组組]|董事|秘书|秘書|副)[长長]"
    "|书记|書記|主任|主席|委员|委員|专员|專員|总理|總理|司长|司長|行长|行長|经理|經理|总监|總監|总裁|總裁|董事|监事|監事"
    "|秘书|秘書|记者|記者|通讯员|通訊員|签发人|簽發人|联系人|聯絡人|审计员|会计师|會計師|负责人|負責人"
)
"""What an office ends with, as the inside of a group."""
