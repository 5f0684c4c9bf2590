"""The work of rules that look at the lines around a line grows with the text, not with its square."""

import pytest

from publisher.normalise.context import Context
from publisher.normalise.rules.page_furniture import remove_page_furniture
from publisher.normalise.rules.web_boilerplate import remove_web_boilerplate
from tests.work import counted_calls


def _pages(count):
    return "\n".join(
        f"{number}公开政府信息若干条，其中\n- {number} -\n主动公开{number}条"
        for number in range(1, count)
    )


def _numbers_between_empty_lines(count):
    numbers = "\n\n".join(f"- {number} -" for number in range(1, count))
    return f"全年公开政府信息若干条，其中\n{numbers}\n主动公开若干条，依申请公开若干条。"


def _page_lines(count):
    return "\n".join(["当前位置：网站首页\n关于公开的说明"] * count)


@pytest.mark.parametrize(
    ("apply", "text"),
    [
        (remove_page_furniture, _pages),
        (remove_page_furniture, _numbers_between_empty_lines),
        (remove_web_boilerplate, _page_lines),
    ],
    ids=["page numbers", "page numbers between empty lines", "page lines"],
)
def test_a_longer_text_takes_work_in_proportion(apply, text):
    calls = []
    for length in (100, 200):
        with counted_calls() as work:
            assert list(apply(Context(string=text(length))))
        calls.append(work.calls)
    assert calls[1] < 2.2 * calls[0]
