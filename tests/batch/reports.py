"""Generated reports of one to three pages, one for each seed, and files that cannot be built."""

import random

PLACES = "清禾 云屏 临汀 溪山 青岚 白石 南浦 东麓 金沙 长乐 平阳 永安".split()
OFFICES = "农业局 教育局 水利局 林业局 统计局 交通运输局 民政局 卫生健康委员会".split()
WORKS = (
    "主动公开政府信息{a}条，其中通过门户网站公开{b}条，通过政务微博公开{c}条。",
    "受理政府信息公开申请{a}件，比上年增加{b}件，均按时答复。",
    "举办培训班{c}期，参加人员{a}人次，印发材料{b}份。",
    "一是完善制度，修订办法{c}项；二是加强督查，检查单位{b}家；三是畅通渠道，答复来信{a}封。",
    "制作公文{a}件，其中属性为主动公开的{b}件，占百分之{c}。",
    "全年召开新闻发布会{c}场，回应群众关切{b}次，政策解读稿件{a}篇。",
)
HEADINGS = "概述 主动公开和依申请公开情况 存在的问题和改进措施".split()


def small_report(seed):
    """Return the text of a report; the same seed gives the same."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    year = dice.randint(2010, 2023)
    office = f"{dice.choice(PLACES)}市{dice.choice(OFFICES)}"
    lines = [f"{office}{year}年政府信息公开工作年度报告", ""]
    works = dice.sample(WORKS, len(WORKS))
    for number, heading in zip("一二三", HEADINGS, strict=True):
        lines.append(f"{number}、{heading}")
        for work in [works.pop() for _ in range(dice.randint(0, 2)) if works]:
            b = dice.randint(3, 400)
            lines.append(work.format(a=b + dice.randint(5, 900), b=b, c=dice.randint(2, 90)))
        lines.append(f"{heading}的各项任务均已完成，情况良好。")
    lines += ["", office, f"{year + 1}年1月{dice.randint(1, 28)}日", ""]
    return "\n".join(lines)


def fill(folder, count, first=0):
    """Write so many reports, a hundred a folder."""
    for seed in range(first, first + count):
        path = folder / f"{seed // 100:03}" / f"{seed:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(small_report(seed), encoding="utf-8")
    return folder


HOSTILE = {
    "empty": b"",
    "blank": " \u3000\n\n".encode(),
    "pdf": b"%PDF-1.7\n",
    "word": b"PK\x03\x04 and so on",
    "broken": "年度报告\n一、概况\n".encode() + b"\xff\xfe\xfa" * 5 + "公开".encode(),
    "picture": b"\x89PNG\r\n",
}
"""What no report can be made of, by what is wrong with it."""


def spoil(folder, count):
    """Write so many hostile files among the others; return their names below the folder."""
    kinds = list(HOSTILE.items())
    names = []
    for number in range(count):
        kind, data = kinds[number % len(kinds)]
        path = folder / "bad" / f"{number:03} {kind}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        names.append(path.relative_to(folder).as_posix())
    return names
