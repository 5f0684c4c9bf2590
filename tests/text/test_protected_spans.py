"""Protected spans: addresses, e-mail, code."""

import pytest

from publisher.text.protected_spans import find_protected_spans

PROTECTED = {
    "见http://a.cn/x?y=1,z。": ["http://a.cn/x?y=1,z"],
    "见https://a.cn/x, 或www.b.cn.": ["https://a.cn/x", "www.b.cn"],
    "见http://a.cn/x_(y)。(另见http://a.cn/x_(y))": ["http://a.cn/x_(y)", "http://a.cn/x_(y)"],
    "网站(www.b.cn/x)": ["www.b.cn/x"],
    "发至a.b@c.gov.cn，": ["a.b@c.gov.cn"],
    "运行`f(x, 甲)`": ["`f(x, 甲)`"],
    "为10^(1.5)和2_(2.5)，": ["^(1.5)", "_(2.5)"],
    "没有地址": [],
    "甲@乙": [],
    "`没有结束": [],
}


@pytest.mark.parametrize(("string", "spans_text"), PROTECTED.items())
def test_protected_spans(string, spans_text):
    spans = find_protected_spans(string)
    assert [string[a:b] for a, b in zip(spans.starts, spans.ends, strict=True)] == spans_text
    covered = "".join(c for offset, c in enumerate(string) if spans.covers(offset))
    assert covered == "".join(spans_text)
