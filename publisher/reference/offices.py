"""Names of offices and of the persons who hold them: the words that they end with, and those of newspapers and sites.

All words are Simplified; ``text.simplified`` makes the text comparable.
"""

from __future__ import annotations

OFFICE_ENDINGS = (
    "人民政府 政府 办公厅 办公室 委员会 常委会 常务委员会 人民代表大会 大会 政协 党委 党组 纪委 监委 省委 市委 县委 区委 州委 旗委 镇委 "
    "工委 团委 编委 局 厅 部 署 处 科 委 院 公署 办事处 指挥部 领导小组 工作组 工作专班 专班 中心 公司 集团 银行 协会 学会 商会 联合会 联合社 "
    "总工会 工会 基金会 大学 学院 学校 中学 小学 幼儿园 医院 法院 检察院 研究院 研究所 监狱 支队 总队 大队 调查队 管委会 居委会 村委会 "
    "组委会 秘书处 主席团 议会 公所 主计处 审计室 街道 图书馆 博物馆 档案馆 管理站 监测站 卫生院 总站 分局 警察 董事会 监事会 室 所 站"
).split()
"""How the names of offices end."""
PLACE_ENDINGS = "省市县区旗州盟镇乡"
"""How the names of places end that have a government."""
ENGLISH_OFFICE_WORDS = (
    "Office Bureau Department Government Commission Committee Ministry Council Authority Administration Agency Company "
    "Limited Ltd Corporation Association Board Secretariat Court University Hospital Centre Center"
).split()
POSITIONS = (
    "国家主席 主席 副主席 总理 副总理 国务委员 省长 市长 县长 区长 州长 旗长 盟长 镇长 乡长 行署专员 专员 局长 厅长 部长 署长 处长 科长 司长 "
    "主任 书记 秘书长 检察长 院长 行长 校长 会长 所长 站长 馆长 台长 社长 总监 审计长 总经理 经理 董事长 理事长 总裁 行政长官 "
    "司司长 议长 委员长 政委 主计长 会计师 审计师 主任委员 召集人 发言人 组长 队长"
).split()
"""The posts of the persons in a by-line; a deputy is 副, one who acts is 代."""
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷"
    "贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季"
    "麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房解应宗丁宣邓单洪包诸左石崔吉龚程邢裴陆翁荀甄曲家封储靳段富巫乌焦"
    "巴弓牧车侯全班仰秋仲伊宫宁仇栾甘厉武符刘景詹束龙叶幸司黎薄印白蒲邰丛索赖卓屠池乔闻党翟谭贡姬申扶冉雍桑桂牛寿通边燕浦尚农温别庄晏"
    "柴瞿阎连习艾鱼容向古易慎戈廖终居衡步都耿满弘匡文寇广东欧沃利蔚越师巩聂晁勾敖冷辛简饶曾关岳帅况郁涂商佘佟木游权肖阳代付闫车覃"
)
"""Common surnames of one character."""
PRESS_WORDS = (
    "日报 晚报 早报 晨报 时报 商报 周报 都市报 导报 新闻网 新闻社 新华社 新华网 通讯社 通讯员 电视台 广播 客户端 融媒体 融媒 公众号 微信 微博 网站 "
    "门户网 网 本站 杂志 资料网 资讯网 在线 头条 记者 出版社 转载 综合整理 互联网"
).split()
"""Words of newspapers, agencies and sites, which are the source of a text and never its issuer."""
