"""A picture of the source with the lines that belong to it."""

import re

from publisher.normalise import normalise
from publisher.options import ROLES
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.render import render
from publisher.render.styles import load_style, style_names

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB9HFkpgAAAABJRU5ErkJggg=="
PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>云港市2021年报告</title></head><body>'
    "<h1>云港市2021年报告</h1><h2>一、概况</h2><p>供水总量见图1，总体平稳，比上年增长。</p>{figure}<p>办理申请30件，全部办结。</p></body></html>"
)


def rendered(figure, style="reader"):
    source, _ = read_bytes(PAGE.format(figure=figure).encode(), name="r.html")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    return render(report, load_style(style), dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))


def test_a_picture_and_its_caption_are_one_group():
    html = rendered(
        f'<figure><img src="{PIXEL}" alt="柱状图"><figcaption>图1　供水总量</figcaption></figure>'
    ).html
    group = re.search(r'<div class="figure-group">(.*?)</div>', html, re.DOTALL)
    assert group, html
    assert re.search(r'<figure .*</figure><p class="caption">图1', group[1], re.DOTALL)


def test_a_picture_without_a_caption_has_no_group():
    assert "figure-group" not in rendered(f'<p><img src="{PIXEL}" alt="柱状图"></p>').html


def test_no_style_breaks_a_group():
    for name in style_names():
        css = rendered("", name).css
        assert ".figure-group { break-inside: avoid; }" in css
