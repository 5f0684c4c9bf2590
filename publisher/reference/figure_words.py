"""The words around a figure by what they do in a clause: they state a level or a change, compare, distribute, limit.

Each word is a whole word of the segmented sentence (``statistics/grammar/words.py``), never a part of one: 增加 in 增加值,
共 in 公共 and 及 in 普及率 are none of them.
"""

from __future__ import annotations

LEVEL_VERBS = frozenset(
    "编列 定为 从 由 为 是 达 达到 达成 完成 实现 有 共 计 共计 一共 共有 约 约为 至 到 均为 均 "
    "收 仅 仅为 只有 稳定 稳定在 保持 保持在 维持在 控制 控制在 在 突破 超过 超 近 逾 分别 分别为 分别是 "
    "总 为止 安排 即 则 各 每 平均 累计 总共 占 仅占 各占 已达 均达 升至 降至 增至 减至 了 的 达标 接近 不足 "
    "降到 升到 提高到 增加到 减少到 下降到 提升到 上升到 扩大到 恢复 相当于 迈上 跃上 登上 跨上 站上 不低于 不少于 不超过 高于 低于 多达 高达 就 就有 只 已 已有 将 将达 余 已经 再".split()
)
"""Words between a measure and its level: 粮食产量为5吨, 收入完成5元. They belong to no measure when they end it."""

UP_VERBS = frozenset(
    "改善 "
    "增长 增加 加大 增 净增 多增 增产 增收 增多 增发 提高 上升 上涨 提升 扩大 回升 攀升 升高 涨 多 高 高出 快 加快 升 "
    "增至 升至 提高到 增加到 净增加 新增加 延长 上浮 上调 增大 多收 多支 多出 反弹 多投 增支 长 偏多 偏高 调升 加幅 增长率 提高率 增加率 超收 超支 增幅 涨幅 升幅 增速 增长率".split()
)
DOWN_VERBS = frozenset(
    "降价 下降 减少 降低 降 减 少 低 慢 回落 减产 减收 缩小 缩短 压减 压缩 精简 下跌 收窄 跌 下滑 减至 降至 下调 "
    "削减 关停 净减 净减少 减亏 下浮 放缓 减支 少收 少支 少报 节约率 压减率 压缩率 下降率 精简率 节约 节省 偏少 减低 缩减 整合 降幅 跌幅 减幅 核减 调减 压降 减慢 短少 短收 偏低".split()
)
"""Verbs and nouns of change, in the direction of the measure."""
CHANGE_NOUNS = frozenset(
    "增幅 加幅 涨幅 升幅 节约率 压减率 压缩率 下降率 提高率 增加率 增速 增长率 降幅 跌幅 减幅 增长速度 年均增速".split()
)
"""Names of a rate of change. They are also measures: 增速为5%."""
EVENTS = frozenset("核减 压减 精简 削减 关停 整合 节约 节省 延长 压降 调升 缩短 多收 少收".split())
"""Verbs of change that are events of their own if nothing is compared: 核减投资5元."""
NET_CHANGES = frozenset("新增 新建 新设 关停 注销 撤销 取消 退出 清理 整合".split())
"""Actions whose counts add up to a net change."""

SAME_PERIOD = frozenset("同比 环比 同期 按年 按月 按季".split())
COMPARISON_ENDS = frozenset("相比 比较 持平 比".split())
CHANGE_ADVERBS = frozenset(
    "同比 环比 按年 按月 按季 一律 分别 均 实际 名义 累计 年均 平均 每年 再 又 已 还 将 总体 大幅 大幅度 明显 略 略有 持续 继续 逐年 依次 各 "
    "进一步 相应 净 日均 月均 稳步 小幅 约 共".split()
)
"""Adverbs of a change, which name no measure: 实际增长, 按可比价格计算."""

CONJUNCTIONS = frozenset("和 及 与 以及 、 并 暨".split())
"""Words between the members of a list."""
HIGHER = frozenset("超 超出 优于 高于 快于 好于 超过 多于 高出".split())
LOWER = frozenset("低于 慢于 少于".split())
"""Verbs that compare a measure with that of another place: 高于全省平均1.6个百分点."""
PLANS = frozenset(
    "预算 计画 年度计画 计划 任务 目标 预算数 调整预算 年度计划 年度任务 年初预算 全年计划 变动预算 目标任务 预期目标 预算调整数 决算".split()
)
"""What a share may be a share of: 为预算的101.8%."""
PLAN_ATTRIBUTES = frozenset(
    "省 市 上级 调整 年初 年度 全年 变动 变更 省定 市定 当年 全市 县级 市级 上年 下达 预期 既定".split()
)
ACHIEVING = frozenset(
    "建成 完成 办结 达到 实现 增至 总数 总量 新增 新建 创建 认定 达 有 发展 培育".split()
)
"""Verbs that name nothing by themselves behind 累计: 新增企业7家，累计达到19家."""
GRADES = ("国家级", "省级")
"""Levels of offices that are also grades of what is counted: 国家级平台2个."""
INSTITUTIONS = ("小学", "初中", "高中", "中学", "幼儿园", "大学", "学院", "职业学校", "教育学校")
"""Owners of pupils and teachers: 小学210所，在校生15万人."""
SIBLING_HEADS = (
    frozenset(
        "招生 毕业 毕业生 在校生 在校学生 在学 在学生 招收 在园幼儿 专任教师 教职工 招生数 在校生数 毕业生数".split()
    ),
    frozenset("收入 支出 结余 结转 赤字 收支".split()),
    frozenset("进口 出口 进口额 出口额 进出口".split()),
    frozenset("存栏 出栏 存栏量 出栏量".split()),
    frozenset("播种面积 种植面积 产量 总产量 总产 单产".split()),
    frozenset("发生事故 死亡 受伤 亡 伤".split()),
    frozenset(
        "增加值 GDP增长的贡献率 GDP增长贡献率 增长的贡献率 贡献率 拉动经济增长 经济增长的贡献率 经济增长贡献率".split()
    ),
)
"""Heads of measures of one owner: 小学招生3万人，毕业2万人."""
CARRIED_OVER = frozenset("结转 上年结转 上年度结转 结转上年 结转结余".split())
"""Names of what an earlier period left, without what it is: 新收申请72件、结转18件."""
ACCOUNTS = frozenset("收入 支出 收入总计 支出总计 结余 结转".split())
FUNDS = ("预算", "基金", "专户")
"""How a heading ends whose accounts stand below it: 政府性基金预算。收入9亿元."""
DISTRIBUTIVES = frozenset("分别 依次".split())
"""The k-th figure after such a word belongs to the k-th name before it."""
PARTS_OPENERS = frozenset("其中 包括 含 包含 其中包括".split())

SCOPES = frozenset(
    "全市 全县 全区 全省 全镇 全乡 全街道 全州 全旗 全盟 全国 全港 全台 全校 全院 全系统 全局 全厅 全委 全公司 全集团 全行业 "
    "市本级 县本级 省本级 区本级 州本级 本级 本市 本县 本区 本省 本局 本镇 本港 本公司 本集团 我市 我县 我区 我省 我局 "
    "我镇 我国 我州 我校 我院 市直 县直 区直 省直 全域 市区 境内 辖区 县区 各县区 区县 各区县 各县 街镇 各街镇".split()
)
"""Words for where something is counted."""
WHOLE_PLACES = frozenset(
    "全市 全县 全区 全省 全镇 全乡 全街道 全州 全旗 全盟 本市 本县 本区 本省 本局 本镇 我市 我县 我区 我省 我局 我镇 我州 全局".split()
)
"""Scopes that mean the whole place or office which the report is about."""

LEVELS_OF_GOVERNMENT = frozenset("市级 县级 省级 区级 各级 国家级 中央 乡镇 省属 市属".split())
"""Levels of government, which are a scope and belong to the name: 县级财政."""

EARLIER_PERIODS = frozenset(
    "上年 上年度 上一年 上一年度 上年同期 去年同期 上年末 上年底 上年年末 上年年底 前年度".split()
)
"""Words for the period before that of the report, whatever the report is; 去年 may be the year that it is on."""

PERIODS = frozenset(
    "全年 年末 年底 年初 上年 去年 今年 本年 本年度 上年度 当年 年内 期末 期初 上年末 上年底 年中 上年同期 去年同期 同期 "
    "上半年 下半年 一季度 二季度 三季度 四季度 前三季度 第一季度 第二季度 第三季度 第四季度 年度 月末 月底 上月 本月 当月 前年 "
    "目前 截至 截止 截至目前 近年 近年来 近几年 五年 五年来 过去 过去五年 期间 明年 来年 上一年 上一年度 全年度 历年 季度 "
    "下年度 下一年度 下一年 去年底 年来 以来 半年 全月 前年度 翌年 时期 年度 常年 往年 多年 常年同期".split()
)
"""Words for when something is counted."""

TARGET_WORDS = frozenset(
    "计画 计划 目标 力争 预期 拟 确保 今后 力求 预算数 预期目标 预安排 要 ".split()
)
ACTUAL = frozenset("实际 已 已经 实有 实收 实支 业已".split())
"""Words of a result beside a target: 计划改造30个，实际完成34个."""
FUTURE = ("未来", "今后", "来年", "明年")
"""How a period in the future begins: 未来五年."""
CUMULATIVE_WORDS = frozenset("累计 历年 总计 累计数 累积".split())
MANY_YEARS = frozenset("以来 期间 至今 迄今 截至 截止 截至目前 历年 年来 五年来 目前".split())
"""Words beside 累计 that make it a sum over more years than that of the report."""
ESTIMATE_WORDS = frozenset("预计 测算 估计 估算 初步预计".split())

FRAME_WORDS = frozenset(
    "会 按 一个 相当于 其中 其 当中 合共 仍有 还有 尚有 关于 分别 分别为 包括 含 截至 截止 目前 同时 共 累计 总计 合计 已 先后 现有 另有 另 还 并处 并 且 及 和 与 均 由 从 将 把 对 以 向 "
    "近 一方面 另一方面 此外 另外 一是 二是 三是 四是 五是 六是 七是 八是 九是 十是 首先 其次 再次 最后 而 但 惟 也 又 则 至 是 到 则为 "
    "初步 核算 统计 初步核算 据 根据 据统计 经 经统计 初步统计 自 起 止 初 、 一共 总共 共计 现 仍 尚 就 再 即 都 只 主要 "
    "有 共有 等 的 ， ： 计划 目标 力争 预计 预期 确保 今后 全力 各 于 使 让 期间 报告期内 报告期 若 如 首次 突破 首次突破 "
    "时期 加上 再加上 连同 各项 该 此 全部 其它 应 需 可 拟 正 经过 通过 预期目标 主要预期目标 年内 再次 一举 迄今 至今 为止 ".split()
)
"""Words at the start of a clause that name nothing."""

LIMITS = ("限额", "限值", "上限", "红线")
"""How the name of a limit ends: 低于限额34亿元 states the limit."""
LIGHT_VERBS = frozenset("开展 进行 实行 推动".split())
"""Verbs that say nothing beside their object: 开展培训4次."""
REACHING = frozenset("覆盖 领取 实现 完成 达到 取得 有 创 折合 发生 投入 安排 拨付 下达".split())
"""Verbs before a measure that say only that it was reached: 实现生产总值5元."""
ACTOR_ENDINGS = tuple(
    "单位 机构 部门 乡镇 街道 学校 医院 公司 企业 中心 局 委员会 办公室 厅 署 法院 检察院 人员 家庭 系统 机关 政府 集团 队伍 "
    "支队 大队 总队 民警 干部 律师 志愿者 队员 专家 董事会 市财政 县财政 区财政 省财政 （区） （市、区） 热线 平台".split()
)
"""How the name of who acts ends: 3家单位违规发放补贴86万元. It is no part of what is counted."""
ACTING_VERBS = frozenset(
    "受理 收到 接到 接收 接获 指出 吸引 举办 开设 招收 监管 接待 查处 批准 派发 审结 查验 提出".split()
)
"""Verbs whose subject acts, whatever it is, and whose object is counted: 登山节吸引选手3,200名."""
FLOW_VERBS = (
    ACTING_VERBS
    | NET_CHANGES
    | frozenset(
        "评选 表彰 筹集 慰问 发放 培训 调解 化解 立案 结案 组织 开展 实施 改造 改建 拨付 减免 挽回 救助 帮扶 资助 选派 引进 签订 修订 制定 出台 印发 "
        "发展 撤并 提供 投放 整治 拆除 建设 修建 检查 抽查 办理 办结 处置 服务 安置 转移 征集 承接 承办 协调 巡查 走访".split()
    )
)
"""Verbs at the front of a clause whose counts add up over the years: 举办竞赛2,640场."""
SELF_NAMES = frozenset(
    "本处 本会 本中心 本部门 本办 本机构 本单位 集团 公司 本公司 本集团 本署 本局 校方 院方 局方 本院 本行 本校 我局 我院 我校 署方 董事会 学校 医院 支队 法院".split()
)
"""How the author of a report names itself at the front of a clause: 集团完成货物吞吐量."""
NAME_ADVERBS = frozenset(
    "已 已经 共 共计 合共 全部 如期 顺利 先后 仍 仍然 至今 迄今 仅 一共 首次 相应 约 均已 当中 则".split()
)
"""Adverbs inside the name of a measure, which name nothing: 贫困村全部退出."""
PREDICATES = frozenset(
    "退出 出列 脱贫 竣工 投产 完工 开工 达标 闲置 停产 停业 关闭 受灾 复工 入驻 入选 获批 获评 逾期 超期 超过 超标 损坏 通水 通电 通车 "
    "改判 虚报 滞留 达到 覆盖 违规 违法 享受 符合 缺失".split()
)
"""Verbs that end the noun behind a figure and begin its predicate: 63个贫困村退出."""
RECIPIENT_OPENERS = frozenset("向 为 对 给 帮助 组织 支持 带动".split())
"""Words before those for whom something is done: 向57名当事人发放救助金."""
SPLIT_VERBS = frozenset("发放 调解 化解 偿还 追缴 追回 兑付 拨付 查处 投放 征收 收缴 归集".split())
"""Verbs that the dictionary has with an object as one word: 发放贷款."""
NOMINAL_PREDICATES = frozenset(
    "综合利用 综合 历时 现行 新开工 有效 合格 结业 空置 整治 利用 销号 开庭 落地 数字化 资源化 收监 责令 限期 无法 立行立改 实际 优良 首检 当场 部分 延期".split()
)
"""Words tagged as nouns that say what happens or how something is, as verbs do: 合格5台."""
PREDICATE_NOUNS = frozenset(
    "组织 公立 民营 国有 建议 申请 服务 管理 教育 病 灾害 公共 高 中 低".split()
)
"""Words tagged as verbs or adjectives that name a thing."""
GOVERNING_VERBS = SPLIT_VERBS | frozenset(
    "管理 排查 检验 检查 供应 培训 救助 销售 生产 检测 抽查 普查 核查 审查 资助 反映 指出 查出 发现 收到 收回 逮捕 查办 报送 新开工".split()
)
"""Verbs that govern what is behind them, also if another verb is before them: 立案查处案件."""
PARTICIPATING = frozenset("参与 参加 观看 收听 参观 接待".split())
"""Verbs of people at an event that was named before: 举办活动34场，参与2.7万人次."""
VERBS_WITH_ACTIONS = frozenset(
    "提出 作出 提起 发起 申请 建议 开展 进行 举办 组织 参加 参与 实行 接受 给予 予以 引发 造成".split()
)
"""Verbs whose object is an action: 提出抗诉5件 is about nothing else."""
COMPOUND_VERBS = frozenset(
    "收入 支出 采购 运行 预算 决算 投资 营业 经营 办公 债务 管理 服务 监管 登记".split()
)
"""Words tagged as verbs that begin a noun behind an office: 部门收入预算, 机关运行经费."""
COMPOUND_HEADS = frozenset(
    "项目 工程 单位 活动 中心 平台 基地 试点 站点 系统 设施 任务 机构 企业 人员 工作 事项 产品 方案 制度 培训".split()
)
"""Nouns that end a compound with verbs inside: 饮水安全巩固提升项目."""
VERBS = frozenset(
    "虚报 列支 内设 代编 更新 上岗 产生 建议 派发 超期 漏报 虚列 闲置 动工 通车 通水 通电 通气 入园 入库 入统 荣获 落户 新建 续建 印发 "
    "结案 立案 收治 出院 入院 督导 通报 曝光 资助 供地 中标 轮训 晋升 选派 指导 惠及 载客 航行 通航 进港 离港 植树 申报 备案 许可 换发 "
    "办理 领办 清欠 还本 派息 患病 核实 核定 精简 上市 清运 覆土 补种 占用 连同 少计 多计 少报 多报 漏计 应收 应缴 制发 谋划 反映 清理 修订".split()
)
"""Verbs that the segmenter tags as nouns because its dictionary has no tag for them."""
REGIONS = frozenset("城市 农村 城镇 乡村 市区 县城 男性 女性 男 女 职工 居民 城区".split())
"""Kinds of places and people that divide a measure named before them: 补助水平城市由620元提高到660元."""
PLAN_NUMBERS = tuple(
    "年初预算数 调整预算数 预算数 计划数 任务数 年初预算 调整预算 年度预算 预算".split()
)
"""How the name of a planned figure ends: 收入预算数为15亿元."""
RESULT_ACCOUNTS = ("决算数", "决算", "执行数", "完成数")
"""How the name of a figure of the final accounts ends: 支出决算为12亿元."""
BARE_ACCOUNTS = frozenset(("", "支出", "收入", "财政拨款支出"))
"""Names of an account that say nothing of what the money is for, which the clause before says."""
RESULT_NUMBERS = frozenset(
    "决算 决算数 执行数 完成数 实绩 实际 同期数 预算数 数 完成 执行 平均值 均值 值".split()
)
"""Words of the figure of an earlier period that is compared with: 比上年决算数14亿元增长3%."""
OFFICE_ENDINGS = ("局", "厅", "署", "委员会", "办公室", "法院", "检察院", "支队", "大队", "总队")
"""How the name of an office ends, which acts and is not counted."""
STATES = frozenset(
    "缓慢 滞后 不足 不实 不严 不规范 不到位 不及时 突出 较低 偏低 迟缓 薄弱 不完善 不健全".split()
)
"""Words that end a predicate behind its own subject: 项目 进展 缓慢."""
QUALITIES = frozenset("水质 质量 空气质量 进展 进度 手续 资料 信息 制度 水位 环境".split())
"""What is said of a thing that is counted, and not counted itself: 4座水质不达标."""
REMAINDERS = frozenset("其余 剩余 余下".split())
COUNTED_PLACES = frozenset("城市 断面 社区 村 县 区 乡镇 镇 街道 行政村 建制村 县区 区县".split())
"""Places whose state a predicate tells: 218个城市空气质量达标."""
PLACES = frozenset("县 区 市 省 镇 村 户 人 者 名".split())
"""Words for who acts behind a count: 3个县滞留资金."""
EXPENSES = frozenset("涉及 涉及金额 涉及资金".split())
"""Words that state the money of what was named before: 17个项目超期，涉及3元."""
BASIS_OPENERS = frozenset("剔除 扣除 考虑".split())
"""Verbs that open the basis of a rate: 剔除价格因素增长5%."""

PER_HEAD = frozenset(
    "笔均 场均 件均 生均 床均 班均 村均 人均 户均 日均 月均 年均 次均 平均 每人 每户 每月 每天 每年 平均每月 平均每天 均价 单价 亩均".split()
)
"""Words for an average of the measure named before."""

NOUN_STOPS = frozenset(
    "共 开展 举办 中有 里有 在 的 对 进 被 将 以 为 向 从 是 有 已 均 都 并 做 且 由 至 到 而 但 因 设 达 因为 之后 以来 时 后 前 中 "
    "作 纳入 接受 参加 通过 需要 荣获 获 获得 获评 完成 实现 达到 位于 来自 用于 分别 成为 "
    "同比 较 比 占 获批 列入 入选 超过".split()
)
"""Words before which the noun behind a figure ends: 3个项目纳入计划."""

MEASURE_HEADS: tuple[str, ...] = tuple(
    (
        "资金 总值 增加值 产值 产量 销量 总量 数量 总数 人数 户数 件数 次数 面积 收入 支出 投资 利润 税收 总额 余额 金额 差额 限额 存款 贷款 "
        "费用 成本 价格 指数 占比 比重 比例 比率 增速 增幅 降幅 涨幅 规模 密度 浓度 强度 水平 用电量 用水 供水 用水量 供水量 发电量 吞吐量 周转量 客运量 货运量 "
        "运量 保有量 消费量 供应量 排放量 里程 长度 高度 存栏 出栏 人口 天数 补助 补贴 工资 用量 能耗 消费 销售额 进出口 出口 进口 总产 单产 毕业生 招生 "
        "营业额 交易额 成交额 投入 资产 负债 净资产 保费 赔付 赤字 结余 结转 数 率 额 量 值 费 价 款 税 利用率 覆盖率 处理率 办结率 满意度 "
        "降水量 气温 储量 库存 产能 装机 装机容量 容量 床位 学位 就业 生产总值 均价 均值 用户 经费"
    ).split()
)
"""Words that end the name of a measure. A name without one may share that of the name beside it."""

COMPOUNDS = (
    ("占", "比"),
    ("时", "长"),
    ("前", "三季度"),
    ("制", "发"),
    ("报", "到"),
    ("到", "账"),
    ("自", "建"),
    ("自", "筹"),
    ("应", "占"),
    ("约", "谈"),
    ("并", "处"),
    ("快", "于"),
    ("慢", "于"),
    ("高", "于"),
    ("低", "于"),
    ("好", "于"),
    ("节约", "率"),
    ("精简", "率"),
    ("压减", "率"),
    ("压缩", "率"),
    ("下降", "率"),
    ("增长", "率"),
    ("提高", "率"),
    ("之", "比"),
    ("全", "社会"),
    ("在", "学"),
    ("上", "年末"),
    ("市", "本级"),
    ("县", "本级"),
    ("省", "本级"),
    ("区", "本级"),
    ("全", "镇"),
    ("全", "区"),
    ("全", "局"),
    ("全", "州"),
    ("全", "乡"),
    ("全", "港"),
    ("全", "旗"),
    ("本", "市"),
    ("本", "局"),
    ("本", "处"),
    ("本", "署"),
    ("本", "会"),
    ("本", "院"),
    ("本", "校"),
    ("本", "级"),
    ("我", "市"),
    ("我", "县"),
    ("我", "区"),
    ("我", "局"),
    ("我", "镇"),
    ("我", "省"),
    ("一", "是"),
    ("下", "年度"),
    ("来", "年"),
    ("合", "共"),
    ("仍", "有"),
    ("还", "有"),
    ("尚", "有"),
    ("占", "道"),
    ("上", "年"),
    ("上", "年度"),
    ("上年", "末"),
    ("上年", "底"),
    ("上年", "同期"),
    ("净", "增"),
    ("净", "增加"),
    ("多", "增"),
    ("增加", "值"),
    ("人", "均"),
    ("户", "均"),
    ("其", "中"),
)
"""Words that the dictionary of the segmenter lacks, as it cuts them."""
