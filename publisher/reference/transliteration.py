"""Characters with which Chinese writes foreign names and the names of its minorities."""

from __future__ import annotations

TRANSLITERATION_CHARACTERS = (
    "翰怀努增肉才珠仁央金呷惹嫫沙日曲木果山来阿艾安奥巴拜班贝本比彼别波伯博卜布采察次达戴丹德登迪蒂丁都杜顿多尔娥法菲费夫弗福甫伽盖甘冈戈格葛古哈海汗赫亨洪霍吉加佳嘉贾"
    "江杰金卡凯坎康考柯科可克肯孔库夸拉莱兰朗劳勒雷里莉丽力利莲列林琳隆卢鲁路伦罗洛吕玛马麦迈曼茂梅门蒙孟米密明摩莫默姆木穆纳娜"
    "奈南内尼涅宁纽诺帕潘培佩彭皮平普奇齐恰乔琼曲让热日荣茹儒萨塞赛桑瑟森沙莎尚圣史舒斯丝松苏索塔泰坦汤唐特提铁图土吐托脱娃瓦"
    "万旺威维魏温文翁沃乌吾武西希锡席夏肖谢欣辛休许雅亚延扬耶叶伊依因英尤玉约云扎泽詹者哲珍卓孜兹宗祖佐买地古合提江烈尼瑞顿"
)
"""For use inside a bracket expression."""
