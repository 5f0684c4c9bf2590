"""The fast HTML parser calls the same handlers as Python's parser."""

from html.parser import HTMLParser

import pytest

from publisher.text.html_parser import PageParser

PAGES = [
    '<!DOCTYPE html>\n<html lang="zh-Hans"><head><title>甲 &amp; 乙</title></head><body><p id="a">一<br>二</p></body></html>\n',
    '<p data-page title="&quot;甲&quot;" viewBox="0 0 1 1">1 &lt; 2 &amp;c</p>',
    '<svg><rect x="1"/><text>a</text></svg>',
    "<p class=a>x</p>",
    "<P>x</P>",
    "<p>1 < 2</p>",
    "<!-- <p> --><p>x</p>",
    '<style>p > a { content: "</p>" }</style><p>x</p>',
    "<script>if (1<a) b()</script>",
    "<title>a<b>c</b></title>",
    '<p a="1"b="2">x</p>',
    '<p a = "1">x</p>',
    "<p>x",
    "x &am",
    "<p",
    "",
]


def heard(kind, page):
    calls = []

    class Listening(kind):
        def handle_starttag(self, tag, attrs):
            calls.append((tag, attrs))

        def handle_endtag(self, tag):
            calls.append(tag)

        def handle_data(self, data):
            calls.append([data])

    parser = Listening(convert_charrefs=True)
    if kind is PageParser:
        parser.read(page)
    else:
        parser.feed(page)
        parser.close()
    return calls


@pytest.mark.parametrize("page", PAGES)
def test_the_same_calls(page):
    assert heard(PageParser, page) == heard(HTMLParser, page)
