"""Generated reports of every kind of element, character and line end: the replayed edits give the text.

``PUBLISHER_FULL`` generates many more.
"""

import base64
import os
import random

import pytest

from publisher.conversion import convert
from publisher.errors import PublisherError
from publisher.normalise import normalise
from publisher.options import ConversionOptions
from publisher.readers import read_bytes
from publisher.text.edits import replay_edits
from tests.readers.word import docx, drawing, escape, field, numbered, p, png, r, tbl, tc, tr

SEEDS = 1500 if os.environ.get("PUBLISHER_FULL") else 40
LINE_ENDS = [
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\f",
    "\v",
    "\x85",
    "\u2028",
    "\u2029",
    "\n\f",
    "\f\n",
]
SPACES = ["", " ", "  ", "\u3000", "\u3000\u3000", "\t", "\xa0", "\u200b", " \u3000 "]
WORDS = [
    "云溪县2021年年度报告",
    "一、总体情况",
    "（一）主动公开",
    "全年公开信息1,253条,增长12.5%。",
    "发布 信 息 3 5 条",
    "台湾发展后里程",
    "“引文”(括号)",
    "头发干净；云计算",
    "2021-03-05",
    "㎏与①②",
    "\ufffd\ufdd0字",
    "𬇙12件",
    "附件：目录",
    "云溪县办公室",
    "2022年1月15日",
    "e\u0301té",
    "打印",
    "首页 > 公开",
    "单位:万元",
    "注：含上年结转。",
    "&amp; <字>",
]
PNG = base64.b64encode(png(30, 20)).decode()


def words(choose):
    parts = [choose.choice(SPACES)]
    for _ in range(choose.randint(1, 3)):
        parts += [choose.choice(WORDS), choose.choice(SPACES)]
    return "".join(parts)


def plain_text(choose):
    parts = []
    for _ in range(choose.randint(3, 9)):
        if choose.random() < 0.4:
            mark = choose.choice(["\t", "\t", "|", "  ", "\u3000"])
            end = choose.choice(LINE_ENDS)
            rows = [
                mark.join([choose.choice(WORDS), *(str(choose.randint(0, 999)) for _ in "12")])
                + choose.choice(["", "", "\t", " "])
                for _ in range(choose.randint(2, 4))
            ]
            parts.append(end.join(rows))
        else:
            parts.append(words(choose))
        parts.append(choose.choice(LINE_ENDS))
    return "".join(parts).encode()


def markdown(choose):
    parts = []
    for _ in range(choose.randint(3, 9)):
        text = words(choose)
        picture = choose.choice([f"![图片1](data:image/png;base64,{PNG})", "![图](a.png)"])
        parts.append(
            choose.choice(
                [
                    text,
                    f"## {text}",
                    f"1. {picture}{text}",
                    f"- [{text}](https://a.example/) {picture}",
                    f"> {text}",
                    f"```\n{text}\n\u3000\n{text}\n```",
                    f"| 甲 | {choose.choice(WORDS)} |\n|---|---|\n| 1 | {choose.choice(WORDS)} |",
                    f"{text}[^1]\n\n[^1]: {text}",
                    f"**{text}**<br>{text}",
                    f"x^2^ $a+b$ {text}",
                ]
            )
        )
        parts.append(choose.choice(["\n\n", *LINE_ENDS]))
    return "".join(parts).encode()


def web_page(choose):
    pictures = [
        '<img src="icon.gif" alt="">',
        '<img src="a.png" alt="图片1">',
        f'<img src="data:image/png;base64,{PNG}" alt="图">',
    ]

    def inline():
        parts = []
        for _ in range(choose.randint(1, 4)):
            text = escape(words(choose))
            parts.append(
                choose.choice(
                    [
                        text,
                        choose.choice(pictures),
                        f'<a href="https://a.example/">{choose.choice(pictures)}{text}</a>',
                        "<br>",
                        f"<sup>{choose.randint(1, 9)}</sup>",
                        f"<b>{text}</b>",
                        "<ruby>字<rt>zì</rt></ruby>",
                        "&nbsp;&#x4e00;&#10;",
                        f"<del>{text}</del>",
                        choose.choice(LINE_ENDS),
                        "<math><mi>a</mi><mo>+</mo><mn>1</mn></math>",
                        "<svg><text>图中字</text></svg>",
                    ]
                )
            )
        return "".join(parts)

    def block():
        return choose.choice(
            [
                f"<p>{inline()}</p>",
                f"<h2>{inline()}</h2>",
                f"<ol><li>{inline()}</li><li><p>{inline()}</p><p>{inline()}</p></li></ol>",
                f"<ul><li>{inline()}<ol start=3><li>{inline()}</li></ol></li></ul>",
                f"<table><tr><th>甲</th><th>{inline()}</th></tr><tr><td>1</td><td>{inline()}</td></tr></table>",
                f"<pre>{inline()}</pre>",
                inline(),
            ]
        )

    blocks = [block() + choose.choice(LINE_ENDS) for _ in range(choose.randint(2, 6))]
    return f"<html><head><meta charset=utf-8></head><body><h1>云溪县年报</h1>{''.join(blocks)}</body></html>".encode()


def word_file(choose):
    def run():
        text = "".join(c for c in words(choose) if c.isprintable() or c in "\t\x85\u2028")
        return choose.choice(
            [
                text,
                r("<w:tab/>"),
                r("<w:br/>"),
                field("PAGE", r("<w:t>3</w:t>")),
                r(drawing(alt=choose.choice(["图片1", "", "云溪桥"]))),
                r(f"<w:t>{choose.randint(1, 9)}</w:t>", props='<w:vertAlign w:val="superscript"/>'),
            ]
        )

    def paragraph():
        style = choose.choice(["", "", "1", "2", "Title"])
        return p(*(run() for _ in range(choose.randint(1, 4))), style=style)

    body = [
        choose.choice(
            [
                paragraph(),
                paragraph(),
                numbered(choose.choice(WORDS).replace("\ufdd0", "")),
                tbl(tr(tc(paragraph()), "甲"), tr("12", tc(paragraph(), paragraph()))),
            ]
        )
        for _ in range(choose.randint(3, 8))
    ]
    return docx(p("云溪县年报", style="Title"), *body)


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize(
    ("name", "generate"),
    [("r.txt", plain_text), ("r.md", markdown), ("r.html", web_page), ("r.docx", word_file)],
)
def test_replayed_edits_give_the_text_of_a_generated_report(name, generate, seed):
    choose = random.Random(f"{name} {seed}")  # noqa: S311 - reproducible
    data = generate(choose)
    try:
        source, read_edits = read_bytes(data, name=name)
    except PublisherError as error:
        pytest.skip(f"refused: {error.message}")
    result = normalise(source)
    converted, edits, _ = convert(result.source, ConversionOptions(script="zh-Hant-TW"))
    replayed = replay_edits(source.decoded, (*read_edits, *result.edits, *edits))
    assert "".join(replayed.split()) == "".join(converted.plain_text().split())
