"""The grammar: words, constructions, and what a sentence says about its figures."""

import pytest

from publisher.statistics.grammar.reader import read_figures
from publisher.statistics.grammar.words import split_words
from publisher.statistics.measure_names import adds_up, measure_name
from publisher.statistics.quantities import find_quantities


def readings(text):
    return read_figures(text, find_quantities(text))[0]


SUBJECTS = {
    "lists": {
        "同城、异地、国际及港澳台业务量分别为3件、2件和1件。": [
            "同城业务量",
            "异地业务量",
            "国际及港澳台业务量",
        ],
        "快递企业网点812处，邮政企业网点186处，二者在农村的分别为348处和154处。": [
            *("快递企业网点", "邮政企业网点") * 2
        ],
        "0-14岁、15-64岁及65岁以上人口分别为3万人、9万人和2万人。": [
            "0-14岁人口",
            "15-64岁人口",
            "65岁以上人口",
        ],
    },
    "averages and rates": {
        "处以罚款总额8万元，平均每宗2万元。": ["处以罚款总额", "处以罚款平均每宗"],
        "渡轮载客1800万人次，平均每日载客5万人次。": ["渡轮载客", "渡轮载客平均每日"],
        "快递业务每百万件申诉7.3件，比上年下降1.2件。": [
            "快递业务每百万件申诉",
            "快递业务每百万件申诉比上年下降",
        ],
    },
    "words in one": {
        "监测断面40个，其中国控断面6个。": ["监测断面", "国控断面"],
        "小学、初中生均公共预算教育经费分别为1.2万元、1.6万元。": [
            "小学生均公共预算教育经费",
            "初中生均公共预算教育经费",
        ],
        "营业收入8亿元，完成年度预算的102%。": ["营业收入", "营业收入占年度预算"],
        "吞吐量首次突破12万标箱。": ["吞吐量"],
        "贷款余额〔2〕8亿元。": ["贷款余额"],
        "预算收入拟安排9亿元。": ["预算收入"],
        "多户农户欠费，少收租金3万元。": ["少收租金"],
        "户籍人口9万人，较上年底之10万人减少1万人。": ["户籍人口", "户籍人口", "户籍人口减少"],
    },
    "what a clause leaves out": {
        "受理争议案件100件，审结95件，其中裁决40件，结案率95%。": [
            "受理争议案件",
            "审结争议案件",
            "裁决争议案件",
            "结案率",
        ],
        "排查房屋90栋，鉴定12栋，其中D级2栋，拆除1栋。": [
            "排查房屋",
            "鉴定房屋",
            "D级",
            "拆除房屋",
        ],
        "日均客运量182万人次，最高246万人次。": ["日均客运量", "日均客运量最高"],
        "引发行政复议7件，其中维持5件；诉讼4件，维持3件。": [
            "引发行政复议",
            "行政复议维持",
            "诉讼",
            "维持",
        ],
        "受理咨询80件、投诉60件，死亡4人。": ["受理咨询", "投诉", "死亡"],
        "援助中心接收纠纷60起，引导诉讼4起。": ["接收纠纷", "引导诉讼"],
        "平均气温17.5℃（常年值16.7℃）。": ["平均气温", "平均气温"],
        "审理时间32.6天，比法定的45天少12.4天。": ["审理时间", "审理时间", "审理时间少"],
        "供应建设用地186宗，面积由805公顷下降到742公顷。": [
            "供应建设用地",
            "建设用地面积",
            "建设用地面积",
        ],
        "卫生技术人员3万人，其中医师1万人、护士1.5万人，其余0.5万人。": [
            "卫生技术人员",
            "医师",
            "护士",
            "其余卫生技术人员",
        ],
        "首次献血者1.8万人次，其余为再次献血者3万人次。": ["首次献血者", "再次献血者"],
    },
    "goals": {
        "全年进出口目标为1,750亿元，前三季度完成1,286亿元，还需完成464亿元。": [
            "进出口",
            "进出口",
            "进出口",
        ],
        "成功率要达到65%。": ["成功率"],
        "把乘客量的增长目标定为6%。": ["乘客量增长"],
    },
    "English before": {
        "Quality comes first in our results.实验室出具报告3,216份。": ["实验室出具报告"],
    },
    "ranks": {
        "农业居首位，占50.8%；牧业居第2位，占29.6%；林业次之，占9.1%。": [
            "农业占",
            "牧业占",
            "林业占",
        ],
        "伤亡人数居前2位的是甲河县和乙山镇，分别为46人和41人。": ["伤亡人数", "伤亡人数"],
        "问题金额居前两位的是交通局、水务局，分别为9万元、5万元。": [
            "交通局问题金额",
            "水务局问题金额",
        ],
        "超速行驶、酒后驾驶居肇事原因前2位，分别引发事故17起和9起。": [
            "超速行驶引发事故",
            "酒后驾驶引发事故",
        ],
        "轻度残疾者10,126人最多，占40%；中度残疾者7,848人次之，占31%。": [
            "轻度残疾者",
            "轻度残疾者占",
            "中度残疾者",
            "中度残疾者占",
        ],
    },
    "targets compared with": {
        "工业增加值增长6.1%，与6.5%的预期目标相差0.4个百分点。": [
            "工业增加值增长",
            "工业增加值",
            "工业增加值相差",
        ],
        "按时到场率96.2%，较服务承诺的92.5%高3.7个百分点。": [
            "按时到场率",
            "按时到场率",
            "按时到场率高",
        ],
        "满意率94%，高于年度目标（92%）2个百分点。": ["满意率", "满意率", "满意率高于"],
        "基金收入84元，仅为预算120元的70%，短收36元。": [
            "基金收入",
            "基金收入",
            "基金收入占基金收入",
            "基金收入短收",
        ],
    },
    "distribution": {
        "发电量、西电东送电量分别增长10.6%、22.9%，绿电占比超90%。": [
            "发电量增长",
            "西电东送电量增长",
            "绿电占比",
        ],
        "数控化率、工具普及率分别达到69.3%和85.8%。": ["数控化率", "工具普及率"],
        "增值税12.8亿元、房产税9.5亿元，同比分别增长21%、29.5%，契税1.6亿元、个人所得税1.5亿元。": [
            "增值税",
            "房产税",
            "增值税增长",
            "房产税增长",
            "契税",
            "个人所得税",
        ],
        "总部、研发中心分别新认定60家和30家。": ["总部新认定", "研发中心新认定"],
        "城镇和农村居民人均可支配收入分别为4万元、2万元。": [
            "城镇居民人均可支配收入",
            "农村居民人均可支配收入",
        ],
        "城乡居民人均可支配收入分别增长7.5%和9%。": [
            "城镇居民人均可支配收入增长",
            "农村居民人均可支配收入增长",
        ],
        "锂电、光伏两大产业产值分别达到286亿元、174亿元。": ["锂电产业产值", "光伏产业产值"],
        "锂电、光伏两大产业产值分别达到286亿元、174亿元，占总产值的41%。": [
            "锂电产业产值",
            "光伏产业产值",
            "锂电、光伏两大产业产值占总产值",
        ],
        "发生事故46起，死亡21人，同比分别减少9起、4人，下降16.4%和16.0%。": [
            "发生事故",
            "死亡",
            "发生事故减少",
            "死亡减少",
            "发生事故下降",
            "死亡下降",
        ],
        "接待游客20万人次，旅游收入24亿元，恢复到2019年的108%。": [
            "接待游客",
            "旅游收入",
            "旅游收入",
        ],
        "收入5元、支出4元，分别增加11.2%及减少2.5%。": ["收入", "支出", "收入增加", "支出减少"],
        "氮、磷减排量分别为18吨和96吨，完成省下达任务的118%和107%。": [
            "氮减排量",
            "磷减排量",
        ]
        * 2,
        "教育、社会保障和就业、卫生健康支出分别为10元、8元、5元。": [
            "教育支出",
            "社会保障和就业支出",
            "卫生健康支出",
        ],
        "城乡居民收入27306元、8929元，分别增长8.8%和9.6%。": [
            "城镇居民收入",
            "农村居民收入",
            "城镇居民收入增长",
            "农村居民收入增长",
        ],
        "轻、重工业占比分别为30.6%和69.4%。": ["轻工业占比", "重工业占比"],
        "三次产业对经济增长的贡献率分别为13.3%、40.4%和46.3%。": [
            "第一产业对经济增长的贡献率",
            "第二产业对经济增长的贡献率",
            "第三产业对经济增长的贡献率",
        ],
        "“五一”“国庆”假期分别接待游客14万人次、21万人次。": [
            "“五一”假期接待游客",
            "“国庆”假期接待游客",
        ],
    },
    "level": {
        "建成2个蔬菜生产园区建设项目，启动39个欠发达村帮扶，获评5个国家先进县，新建3处水利设施。": [
            "建成蔬菜生产园区建设项目",
            "启动欠发达村帮扶",
            "获评国家先进县",
            "新建水利设施",
        ],
        "公共财政预算收入完成58.2亿元。": ["公共财政预算收入"],
        "全年研究生教育招生1.3万人，在学研究生3.8万人。": ["研究生教育招生", "在学研究生"],
        "近岸海域优良水质面积占85.0%。": ["近岸海域优良水质面积"],
        "每百元营业收入中的成本为84.76元。": ["每百元营业收入中的成本"],
    },
    "change": {
        "粮食产量18945吨，比上年增产1735吨，增长10.1%；花生产量6725吨，减产93吨，下降1.4%。": [
            "粮食产量",
            "粮食产量比上年增产",
            "粮食产量增长",
            "花生产量",
            "花生产量减产",
            "花生产量下降",
        ],
        "第一产业增加值36亿元，增长2.0%。": ["第一产业增加值", "第一产业增加值增长"],
        "居民消费价格比上年上涨0.3%。": ["居民消费价格比上年上涨"],
        "工业增加值增长7.8%，高于全省平均1.6个百分点。": [
            "工业增加值增长",
            "工业增加值高于全省平均",
        ],
    },
    "from and to": {
        "在校学生由2018年的315人，增加到2023年的550人，增长75%。": [
            "在校学生",
            "在校学生",
            "在校学生增长",
        ],
    },
    "shares": {
        "64.2%的县医院达到标准，养老设施覆盖率95%，90%的社区有活动室。": [
            "达到标准的县医院",
            "养老设施覆盖率",
            "有活动室的社区",
        ],
        "一般公共预算收入完成5万元，为预算的101.8%。": [
            "一般公共预算收入",
            "一般公共预算收入占预算",
        ],
        "护理型床位120张，占比由48.2%升至57.9%。": ["护理型床位", "护理型床位", "护理型床位"],
        "党员80人，占干部总数的66.7%。": ["党员", "党员占干部总数"],
    },
    "agents": {
        "集团完成货物吞吐量1.86亿吨。": ["货物吞吐量"],
        "消防救援队伍共接警出动9,318起。": ["接警出动"],
        "机关运行经费96.40万元，部门收入预算20万元。": ["机关运行经费", "部门收入预算"],
    },
    "predicates": {
        "142个贫困村全部退出，1306盏太阳能路灯损坏未修。": [
            "退出的贫困村",
            "损坏未修的太阳能路灯",
        ],
        "3个部门信息更新不及时。": ["信息更新不及时的部门"],
        "52家医疗机构产生医疗废物386.5吨。": ["医疗机构", "产生医疗废物"],
    },
    "totals": {
        "培训负责人1,840人、管理人员3,275人，共计5,115人。": [
            "培训负责人",
            "管理人员",
            "培训合计",
        ],
        "新收信息公开申请72件，结转18件，合计90件。": [
            "新收信息公开申请",
            "结转",
            "信息公开申请合计",
        ],
    },
    "counted nouns": {
        "3户企业少计收入2,146万元，7个单位公务卡使用率低于50%。": [
            "企业",
            "少计收入",
            "单位",
            "公务卡使用率",
        ],
        "设14个二级学院、本科专业46个。": ["设二级学院", "本科专业"],
        "58处房产未公开招租。": ["未公开招租的房产"],
        "家庭养老床位新增3,000张，其中超10亿元项目11个。": [
            "新增家庭养老床位",
            "项目",
            "超10亿元项目",
        ],
        "市财政每年安排专项资金4,500万元，三年新建社区食堂150个。": ["专项资金", "新建社区食堂"],
    },
    "plans and results": {
        "收入预算数为15亿元，实际完成16亿元，比上年决算数14亿元增长3.0%。": ["收入"] * 3
        + ["收入增长"],
        "报告期间内共完成审计项目19个，区审计局实施13个项目。": ["完成审计项目", "实施项目"],
        "339个城市中，218个城市空气质量达标，占64.3%。": [
            "城市",
            "空气质量达标的城市",
            "空气质量达标的城市占",
        ],
    },
    "states and wholes": {
        "7个产业项目进展缓慢，4座水质不达标。": ["进展缓慢的产业项目", "水质不达标"],
        "路灯损坏9盏，占抽查总数82盏的11.0%。": ["路灯损坏", "抽查总数", "路灯损坏占抽查总数"],
        "粮食、油料产量27吨、8吨。": ["粮食产量", "油料产量"],
        "全县18个乡镇受灾，其余3个正在核查。": ["全县受灾的乡镇", "其余"],
        "相关单位补办手续14项，2个部门超范围列支38.7万元。": ["补办手续", "部门", "超范围列支"],
    },
    "references": {
        "查处一般隐患8条、重大隐患4条，前者整改7条，后者整改3条。": [
            "查处一般隐患",
            "重大隐患",
            "查处一般隐患整改",
            "重大隐患整改",
        ],
        "产生废物100吨以上的企业31家，其产生量占全县的93.5%。": [
            "产生废物企业",
            "产生废物100吨以上企业",
            "产生废物100吨以上企业产生量占全县",
        ],
        "按期办结率，县直单位为99.2%，乡镇为96.5%。": ["单位按期办结率", "乡镇按期办结率"],
        "财政补助150万元，其中60%为设备补贴。": ["财政补助", "设备补贴"],
        "人口数20万人，以东湖区9万人最多，次为南埔区7万人。": ["人口数"] * 3,
        "债务余额120亿元，低于限额34.1亿元，低于计划目标1.9个百分点。": [
            "债务余额",
            "债务限额",
            "债务余额低于计划目标",
        ],
        "建成5G基站98个，每万人拥有17.6个；补贴3,360万元，每艘30万元。": [
            "建成5G基站",
            "每万人拥有建成5G基站",
            "补贴",
            "补贴每艘",
        ],
        "常住人口48万人，与2010年人口普查的51万人相比，减少3万人。": [
            "常住人口",
            "常住人口",
            "常住人口减少",
        ],
    },
    "heads": {
        "粮食播种面积236万亩，产量17.4亿斤。": ["粮食播种面积", "粮食产量"],
        "当期结余0.79亿元，累计结余6.13亿元。": ["当期结余", "累计结余"],
        "国有控股企业利润12.3亿元，股份制企业26.1亿元。": ["国有控股企业利润", "股份制企业利润"],
        "小学招生2.6万人，毕业2.4万人。": ["小学招生", "小学毕业"],
        "新增“小巨人”企业7家，累计达到19家。": ["新增“小巨人”企业", "累计“小巨人”企业"],
        "3家单位违规发放津贴补贴86.5万元。": ["单位", "违规发放津贴补贴"],
    },
}


@pytest.mark.parametrize(
    ("text", "subjects"),
    [pytest.param(*case, id=kind) for kind, cases in SUBJECTS.items() for case in cases.items()],
)
def test_subjects(text, subjects):
    assert [reading.subject for reading in readings(text)] == subjects


def test_a_change_has_its_measure_direction_and_kind():
    level, change, rate = readings("粮食产量5吨，比上年减产1吨，下降16.7%。")
    assert {item.measure for item in (level, change, rate)} == {"粮食产量"}
    assert [(item.kind, item.direction) for item in (level, change, rate)] == [
        ("level", 0),
        ("change", -1),
        ("rate", -1),
    ]


def test_added_value_is_a_level():
    (reading,) = readings("第一产业增加值36亿元。")
    assert (reading.kind, reading.measure) == ("level", "第一产业增加值")


def test_scope_period_and_status_are_no_part_of_the_measure():
    (reading,) = readings("上半年，全市计划新建公园3个。")
    assert (reading.scope, reading.status) == ("全市", "target")
    (reading,) = readings("上半年全市财政收入58亿元。")
    assert (reading.measure, reading.scope, reading.period) == ("财政收入", "全市", "上半年")


STATUSES = {
    "年底前整改率达到100%。": "target",
    "要在10月底前完成排查2,300户。": "target",
    "未来五年，建屋量达18万个。": "target",
    "10年内将有单位13万个。": "target",
    "预计产值增长6%。": "estimate",
    "将资金20万元划转。": "result",
    "收入预算数为15亿元。": "target",
    "收入预算数为15亿元，实际完成16亿元。": "result",
}


def test_a_goal_is_a_target_and_what_is_done_of_it_is_none():
    text = (
        "全年进出口目标为1,750亿元，前三季度完成1,286亿元，为目标的73.5%，四季度还需完成464亿元。"
    )
    assert [item.status for item in readings(text)] == ["target", "result", "result", "target"]


@pytest.mark.parametrize(("text", "status"), STATUSES.items())
def test_statuses(text, status):
    assert readings(text)[-1].status == status


def test_a_planned_change_begins_from_a_result():
    found = readings("计划培训班由5个增加到8个。")
    assert [item.status for item in found] == ["result", "target"]


def test_the_growth_of_an_estimate_is_one():
    found = readings("预计生产总值968亿元，增长6.0%；税收61亿元，增长8.3%。")
    assert [item.status for item in found] == ["estimate", "estimate", "result", "result"]


def test_a_change_by_a_factor_is_a_rate():
    (_, factor) = readings("新能源船舶46艘，较上年增加1.3倍。")
    assert (factor.kind, factor.direction) == ("rate", 1)
    (rate,) = readings("年平均增长率为-0.53%。")
    assert (rate.kind, rate.direction) == ("rate", -1)


def test_the_rate_proves_the_level_that_a_change_belongs_to():
    text = "支出842万元，其中接待费308万元、出国费18万元，比年初预算节约158万元，节约率{}%。"
    for rate, measure in (("15.8", "支出"), ("89.8", "出国费"), ("50.0", "出国费")):
        found = readings(text.format(rate))
        assert [item.measure for item in found[-2:]] == [measure] * 2


def test_a_change_behind_several_levels_is_doubtful():
    assert readings("教育类10件、交通类20件，较上年增加2件。")[-1].doubt
    assert not readings("教育类10件，较上年增加2件。")[-1].doubt


def test_the_words_cover_the_sentence_and_cut_no_figure():
    text = "2023年，全市“两新”项目（含续建）共计1,284件，居民消费价格比上年上涨0.3%。"
    words = split_words(text, find_quantities(text))
    assert "".join(word.text for word in words) == text
    assert {"2023年", "“两新”", "（含续建）", "1,284件", "0.3%", "上年", "上涨"} <= {
        w.text for w in words
    }


NAMES = [
    "市委九届十四次全会",
    "无劣五类水体",
    "报批三级联审机制",
    "庆祝新中国成立60周年",
    "水质优于三类标准",
    "10万吨级码头",
    "臭氧8小时平均浓度",
    "0至14岁人口",
    "1.2本报告全文",
    "安江楼3座1楼102至105室及2座地下",
    "创纪之城1座12层1205-1206室，5字楼",
    "前三类原因",
    "以上三项合计",
    "每10万人中拥有大学文化程度的由",
    "每10股派发现金红利",
    "并于三年内提升",
]


@pytest.mark.parametrize("text", NAMES)
def test_numbers_in_names_are_no_figures(text):
    assert find_quantities(text) == []


def test_figures_of_a_series_share_the_unit_of_the_last():
    quantities = find_quantities("甲、乙、丙的浓度分别为47、55和56微克/立方米。")
    assert [(item.value, item.unit) for item in quantities] == [
        (value, "微克/立方米") for value in ("47", "55", "56")
    ]
    assert [item.value for item in find_quantities("第3、4和5件")] == ["5"]


def test_a_place_is_in_force_until_another_is_named():
    found = readings("市级总收入5亿元，总支出4亿元；全市就业3万人，失业1万人。")
    assert [item.scope for item in found] == ["市级", "市级", "全市", ""]


UNITS = {
    "粮食产量稳定在760亿斤": ("760", "亿斤"),
    "联运量达到17.3万标箱": ("17.3", "万标箱"),
    "货物周转量342.5亿吨公里": ("342.5", "亿吨公里"),
    "能源消费682万吨标准煤": ("682", "万吨标准煤"),
    "8.6个重大科技专项": ("6", "个"),
    "平均0.452元/千瓦时": ("0.452", "元/千瓦时"),
    "能耗1.92吨标准煤/万吨": ("1.92", "吨标准煤/万吨"),
    "发病率为150.8/10万": ("150.8", "/10万"),
    "社会增加-664人": ("-664", "人"),
    "由62.3万升至": ("62.3", "万"),
    "配镜3,406副": ("3406", "副"),
    "建成3座1号桥": ("3", "座"),
}


@pytest.mark.parametrize(("text", "wanted"), UNITS.items())
def test_units_are_read_whole(text, wanted):
    (quantity,) = find_quantities(text)
    assert (quantity.value, quantity.unit) == wanted


def test_every_level_of_government_is_no_place():
    assert readings("全区各级学校286所。")[0].scope == "全区"


def test_an_indicator_has_one_name():
    names = ["地区生产总值（GDP）", "生产总值", "地区GDP"]
    assert {measure_name(name) for name in names} == {"地区生产总值"}
    assert measure_name("税收收入") == "税收收入"


@pytest.mark.parametrize(("measure", "adds"), [("财政收入", True), ("人均可支配收入", False)])
def test_incomes_per_head_do_not_add_up(measure, adds):
    assert adds_up(measure) == adds


def test_a_target_that_a_result_is_compared_with_is_one():
    figures = readings("满意率94%，高于年度目标（92%）2个百分点。")
    assert [item.status for item in figures] == ["result", "target", "result"]
    assert (figures[2].kind, figures[2].direction) == ("change", 1)


def test_the_places_of_a_ranking_are_scopes():
    figures = readings("伤亡人数居前2位的是甲河县和乙山镇，分别为46人和41人。")
    assert [item.scope for item in figures] == ["甲河县", "乙山镇"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    {
        "甲类、乙类产量分别为9吨、3吨，占总产量的75%和25%。": ["level", "level", "share", "share"],
        "通报案件20件，其中暴力案件8件（40%）。": ["level", "level", "share"],
        "独居老人19人，为老年人口之2%。": ["level", "share"],
    }.items(),
)
def test_shares_behind_their_parts(text, kinds):
    assert [item.kind for item in readings(text)] == kinds


def test_an_earlier_level_may_name_its_measure():
    figures = readings("酒驾事故较上年的121起减少24起。")
    assert [item.measure for item in figures] == ["酒驾事故", "酒驾事故"]
    assert figures[0].is_earlier


def test_a_formula_has_no_figures():
    assert find_quantities("合格率按η = (W₁ − W₂) / W₁ × 100%计算。") == []
    assert [item.value for item in find_quantities("合格率为100%。")] == ["100"]


def test_the_number_of_a_table_is_no_figure():
    assert find_quantities("表1　分板块收入") == []


def test_last_year_beside_this_year_is_the_year_before():
    first, *_ = readings("去年立案20件，今年增加5件，增长25%。")
    assert first.is_earlier
    assert not readings("去年立案20件，结案18件。")[0].is_earlier


def test_a_whole_with_a_plan_in_its_name_is_no_plan():
    text = "民生支出8亿元，占一般公共预算支出10亿元的80%。"
    assert readings(text)[1].status == "result"
    assert readings("投资3万元，完成年度任务4万元的75%。")[1].status == "target"
