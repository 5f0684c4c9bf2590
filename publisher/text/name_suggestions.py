"""The name that a person probably meant: another word for it, or the nearest spelling.

Input: a word that is not known, and the known names. Output: a hint.
"""

from __future__ import annotations

import difflib
from types import MappingProxyType
from typing import TYPE_CHECKING

from publisher.messages import join_texts, translatable

if TYPE_CHECKING:
    from collections.abc import Mapping

_OTHER_WORDS = {
    # styles
    "gongwen": "公文 official default standard 默认 預設 gb9704",
    "red-head": "红头 紅頭 红头文件 紅頭文件 公文红头 redhead red letterhead",
    "reader": "阅读 閱讀 screen web report",
    "book": "书 書 图书 圖書 书籍 書籍",
    "large-print": "大字 大字版 large big accessible",
    # profiles
    "archive": "bag bagit migrate 迁移 遷移 移交 打包 pdf/a pdfa pdf/a-3a pdfa3a pdf/a-3 pdf/a-3b pdf/a-2b pdf/a-1b 存档 存檔 归档 歸檔 档案 檔案",
    "archive-2": "pdf/a-4 pdf/a-4f pdf/ua-2 pdfa4 pdfua2",
    "access": "pdf/ua pdf/ua-1 pdfua accessible accessibility 无障碍 無障礙",
    "print": "pdf/x pdf/x-4 pdfx pdfx4 x4 cmyk 四色 印刷 付印 印厂 印廠 press prepress",
    "draft": "草稿 草案 预览 預覽 试印 none plain preview",
    # scripts
    "zh-Hans-CN": "zh zh-cn zh-hans zh-sg cn hans simplified 简体 簡體 简体中文",
    "zh-Hant-TW": "zh-tw tw hant traditional 繁体 繁體 正体 正體 台湾 台灣 臺灣",
    "zh-Hant-HK": "zh-hk hk zh-mo 香港 澳门 澳門",
    "keep": "none original 原样 原樣 不转换 不轉換",
    # files beside the PDF
    "xlsx": "excel xls 表格",
    "txt": "text plain 文本 纯文本",
    "csv": "data figures 数据 數據 数字 數字",
    "html": "htm web page 网页 網頁",
    "json-stat": "json jsonstat",
    "bilingual": "parallel both 双语 對照 对照",
    # tables
    "appendix": "附录 附錄 end after",
    "inline": "文中 正文 here",
    "none": "no off without 无 無 不要 不转换 不改",
    "auto": "自动 自動 默认 預設 default",
    # wide tables
    "parts": "split shrink small 分段 分块 分塊 分页 分頁 拆分 拆开 缩小 縮小 续表 續表",
    "fold-out": "foldout fold a3 landscape wide 折页 折頁 折叠 拉页 拉頁 插页 插頁 横排 橫排 横向 橫向 横版 大页",
    # lines, edits, glyphs, engines
    "left": "ragged 左 左边 左邊 左侧 左側 靠左 左对齐 左對齊 左装订",
    "style": "justify justified both template theme --template --theme --layout --模板 --版式 --样式 --樣式 两端对齐 兩端對齊",
    "certain": "sure safe 确定 確定 可靠",
    "all": "yes everything 全部 所有 都改",
    "mark": "skip box 方框 标记 標記 占位",
    "error": "stop fail 报错 報錯 错误 錯誤",
    "fast": "quick 快 快速",
    "stock": "original weasyprint slow 原版",
    "office": "机关 機關 通行",
    "standard": "标准 標準 标准字形",
    "tw": "taiwan zh-tw 台湾 台灣 臺灣",
    "hk": "hongkong zh-hk 香港",
    # sheets
    "booklet": "saddle saddle-stitch book fold perfect 骑马订 騎馬訂 小册子 小冊子 册子 对折 對折 胶装 膠裝 折手",
    "n-up": "2up 4up 8up 2-up 4-up 8-up nup grid 多页 多頁 一面多页 拼页 合版",
    "cut-and-stack": "cut stack cutstack 裁切 裁叠 叠放 裁切叠放 名片",
    "right": "rtl 右 右边 右邊 右侧 右側 右装订",
    "long": "long-edge longedge 长边 長邊 长",
    "short": "short-edge shortedge 短边 短邊 短",
    # languages and levels of signatures
    "zh-Hans": "zh cn zh-cn chinese simplified 中文 简体 简体中文",
    "zh-Hant": "zh-tw tw traditional 繁体 繁體 繁體中文",
    "en": "english eng 英文 英语 英語",
    "B-T": "t b timestamp 时间戳 時間戳",
    "B-LTA": "lta lt b-lt ltv 长期 長期 长期验证",
    # commands
    "build": "publish make convert render create pdf 生成 制作 製作 排版 发布 發布 出版 转换 轉換",
    "check": "audit 核对 核對 校对 校對 检查 檢查",
    "review": "edits proofread 审阅 審閱 修改",
    "serve": "server web desk start browser 发布台 發布台 服务 服務 网页 浏览器",
    "watch": "monitor 监视 監視 监控",
    "compare": "diff 比较 比較 对比 對比 差异",
    "stats": "statistics figures data gather 统计 統計 汇总 匯總 数据 數據 数字",
    "volume": "bind merge join 汇编 彙編 合订 合訂 合并 成册",
    "verify": "validate test 验证 驗證 校验 校驗 验签 验章",
    "sign": "signature seal 签名 簽名 签署 签章",
    "rebuild": "reproduce 重建 重做 重新生成 重新制作",
    "preflight": "precheck 预检 預檢 印前 印前检查 印前檢查",
    "impose": "imposition 拼版 拼大版",
    "doctor": "diagnose 诊断 診斷 体检",
    "fonts": "font 字体 字體",
    "styles": "版式 样式 樣式 模板",
    "rules": "规则 規則",
    # flags
    "--bleed": "--bleeds --出血",
    "--marks": "--crop --crop-marks --cropmarks --trim-marks --裁切 --裁切标记 --标记",
    "--icc": "--color --colour --color-profile --cmyk --fogra --颜色 --特性文件",
    "--profile": "--standard --press --pdfx --pdfa --pdf-a --pdf-x --规格 --标准 --用途",
    "--paper": "--sheet --sheets --page --size --paper-size --page-size --纸 --纸张 --开本",
    "--scheme": "--layout --mode --method --方式 --拼版",
    "--cells": "--grid --up --nup --n-up --rows --columns --格",
    "--signature": "--sig --fold --帖 --折手",
    "--creep": "--thickness --纸厚 --爬移",
    "--binding": "--spine --bind --装订",
    "--duplex": "--flip --sides --双面 --翻面",
    "--max-ink": "--tac --ink --total-ink --墨量 --总墨量",
    "--min-ppi": "--ppi --dpi --resolution --分辨率",
    "--output": "--out --dest --target --to --输出 --存到",
    "--style": "--template --theme --layout --模板 --版式 --样式",
    "--script": "--convert --traditional --simplified --hant --hans --繁体 --简体 --简繁",
    "--emit": "--format --export --csv --excel --xlsx --json --导出 --格式",
    "--tables": "--table --appendix --附录 --表格",
    "--wide-tables": "--wide --landscape --foldout --fold-out --a3 --宽表 --折页 --横排 --横向",
    "--title": "--name --标题 --题名",
    "--issuer": "--office --author --机关 --发文机关 --单位",
    "--date": "--day --日期 --成文日期",
    "--jobs": "--threads --workers --parallel --processes --并行 --进程",
    "--trust-anchor": "--key --ca --cert --certificate --root --root-ca --trusted --证书 --根证书",
    "--key": "--cert --certificate --p12 --pfx --密钥 --证书",
    "--tsa-url": "--tsa --timestamp --ts --时间戳",
    "--info": "--meta --metadata --field --著录 --元数据",
    "--sign": "--key --p12 --签名",
    "--bom": "--excel --utf8 --utf-8",
    "--strict": "--fail --error --严格",
    "--lang": "--language --locale --语言",
}
OTHER_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tuple(words.split()) for name, words in _OTHER_WORDS.items()}
)
"""Words that people use for a name, in lower case."""


def suggest_name(word: str, known: tuple[str, ...], otherwise: str = "") -> str:
    """Return a hint with the known name that ``word`` means; else ``otherwise``, else all names.

    Example:
        >>> suggest_name("excel", ("csv", "xlsx")), suggest_name("reeder", ("book", "reader"))
        ('did you mean xlsx?', 'did you mean reader?')

    """
    meant = [name for name in known if word.lower() in OTHER_WORDS.get(name, ())]
    # without the hyphens, which all flags have: --paper is not close to --date
    without_hyphens = {name.lstrip("-").lower(): name for name in reversed(known)}
    close = [
        without_hyphens[name]
        for name in difflib.get_close_matches(word.lstrip("-").lower(), tuple(without_hyphens), n=3)
    ]
    # of names that are about as close, the one with the same first letter: stile is style, not title
    close.sort(key=lambda name: name.lstrip("-")[:1] != word.lstrip("-")[:1])
    if meant or close:
        return translatable("did you mean {name}?", name=[*meant, *close][0])
    return otherwise or translatable("known: {names}", names=join_texts(", ", known))
