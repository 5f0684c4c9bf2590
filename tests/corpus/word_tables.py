"""Random tables of words in plain text, whose columns are held by blanks; some of their cells are empty."""

import random

from publisher.text.characters import columns_of

HEADS = "姓名 职务 联系电话 责任单位 责任人 完成时间 地点 任务 进度 备注 乡镇 值班员 学校 科室 措施".split()
WORDS = (
    "张三 李小四 赵立新 城关镇 白水乡 县政府 人民医院 第一小学 综合科 财政局 年底前 3月15日 已完成 正在办理 副局长 "
    "供水管网改造 危房改造 上午 二楼会议室 12 9.5 128 1,204"
).split()


def random_table(seed):
    """Return the cells of a table with its heads, and its lines."""
    rng = random.Random(seed)  # noqa: S311 - not for cryptography
    width, height = rng.choice([2, 3, 3, 4, 5]), rng.choice([4, 5, 6, 8])
    names = [word for word in WORDS if not word[0].isdigit()]
    body = [
        [rng.choice(names if column == 0 else WORDS) for column in range(width)]
        for _ in range(height)
    ]
    share = rng.choice([0, 0.1, 0.2, 0.3])
    for row in body:
        for column in range(1, width):
            if rng.random() < share:
                row[column] = ""
    grid = [rng.sample(HEADS, width), *body]
    grid = [
        list(row) for row in zip(*(c for c in zip(*grid, strict=True) if any(c[1:])), strict=True)
    ]
    is_right = [column > 0 and rng.random() < 0.15 for column in range(len(grid[0]))]
    widths = [max(map(columns_of, column)) for column in zip(*grid, strict=True)]
    gap, indent = " " * rng.choice([2, 3, 4]), rng.choice(["", "  "])
    lines = [indent + gap.join(map(_cell, row, widths, is_right)).rstrip() for row in grid]
    return grid, lines


def _cell(word, width, is_right):
    blanks = " " * (width - columns_of(word))
    return blanks + word if is_right else word + blanks
