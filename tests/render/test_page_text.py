"""The text of a page, divided into text of the report and generated text."""

import html
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.model import Piece
from publisher.render.page_text import read_page_text


def own(text):
    return Piece(text=text, generated=False)


def added(text):
    return Piece(text=text, generated=True)


CASES = {
    "<p>政府 信息</p><p>公开</p>": [own("政府信息公开")],
    "<p>&lt;b&gt; &amp;amp; &#12290;</p>": [own("<b>&amp;。")],
    "<p>甲<span data-generated>（续）</span>乙</p>": [own("甲"), added("（续）"), own("乙")],
    '<p data-generated="">甲<b>乙</b></p>丙': [added("甲乙"), own("丙")],
    "<p data-generated>甲</p><p data-generated>乙</p>": [added("甲乙")],
    "<head><title>题</title></head><body>文</body>": [own("文")],
    "<nav><p>目录</p></nav>文": [own("文")],
    "<style>p { color: red }</style>文": [own("文")],
    # elements without an end
    "甲<br>乙<wbr>丙": [own("甲乙丙")],
    "<p data-generated>甲<br>乙</p>丙": [added("甲乙"), own("丙")],
    "<p data-generated>甲<br/>乙<img src='x'/>丙</p>丁": [added("甲乙丙"), own("丁")],
    "<nav>目录<hr/>一</nav>文": [own("文")],
    # an end without its element
    "<nav>目录</b>一</nav>文": [own("文")],
    "": [],
    " \n\t\u3000": [],
}


@pytest.mark.parametrize(("page", "pieces"), CASES.items())
def test_cases(page, pieces):
    assert list(read_page_text(page)) == pieces


@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r")), st.booleans())
    )
)
def test_escaped_text_comes_back_whole(parts):
    page = "".join(
        f"<p{' data-generated' if generated else ''}>{html.escape(text)}</p>"
        for text, generated in parts
    )
    for generated in (True, False):
        text = "".join(piece.text for piece in read_page_text(page) if piece.generated == generated)
        assert text == "".join(
            "".join(string.split()) for string, kind in parts if kind == generated
        )
    kinds = [piece.generated for piece in read_page_text(page)]
    assert all(kind != following for kind, following in pairwise(kinds))
