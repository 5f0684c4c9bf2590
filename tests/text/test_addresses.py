"""Links lead to websites and mailboxes only."""

import pytest

from publisher.text.addresses import followable_address, printed_addresses


@pytest.mark.parametrize(
    "address",
    ["http://www.example.cn/", "HTTPS://例子.cn/公开?a=1#b", " mailto:gk@example.cn "],
)
def test_websites_and_mailboxes(address):
    assert followable_address(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "/zwgk/1.html",
        "./a.pdf",
        "#note",
        "//example.cn",
        "http://",
        "http://a b",
        "https://example.cn/" + "a" * 3000,
        "mailto:",
        "",
    ],
)
def test_other_addresses(address):
    assert followable_address(address) == ""


def test_a_closing_bracket_is_of_an_address_if_it_opens_one():
    text = "见http://a.cn/x_(y)。(另见www.b.cn/z)。(http://a.cn/x_(y))"
    addresses = [text[start:end] for start, end, _ in printed_addresses(text)]
    assert addresses == ["http://a.cn/x_(y)", "www.b.cn/z", "http://a.cn/x_(y)"]
