"""What is removed is quoted: the longest lines, in their order."""

from publisher.model import Edit, Locator
from publisher.text.quoted_passages import LONGEST_QUOTED, quote_passages, shorten
from publisher.text.removals import MOST_QUOTED, find_removals


def removal(before, after="", rule="web-boilerplate", offset=0):
    locator = Locator(offset=offset, length=len(before))
    return Edit(
        stage="normalise", rule=rule, locator=locator, before=before, after=after, reason="x"
    )


def messages(*edits):
    return [finding.message for finding in find_removals(edits)]


def test_the_lines_are_quoted():
    assert messages(removal("首页 > 公开"), removal("[打印]\n")) == [
        "removed by the rule web-boilerplate: 2 lines (“首页 > 公开”、“[打印]”)"
    ]


def test_markup_is_no_words():
    assert messages(
        removal("<ul><li>首页</li>\n<li>新闻</li></ul>"), removal('<div class="a">')
    ) == ["removed by the rule web-boilerplate: 1 line (“首页 新闻”)"]


def test_references_to_characters_are_quoted_as_the_characters():
    assert messages(removal("首页&nbsp;&gt; 公开")) == [
        "removed by the rule web-boilerplate: 1 line (“首页 > 公开”)"
    ]


def test_of_many_lines_the_longest_are_quoted():
    lines = ["短", "本页由某局主办", *["打印本页"] * MOST_QUOTED]
    (message,) = messages(*(removal(line) for line in lines))
    assert "本页由某局主办" in message
    assert "短" not in message
    assert message.endswith("”…)")


def test_each_rule_has_a_finding_and_replacements_have_none():
    edits = (
        removal("甲"),
        removal("乙", rule="page-furniture"),
        removal("，", "。"),
        removal("  \n"),
    )
    assert len(messages(*edits)) == 2


def test_a_long_passage_is_shortened():
    assert shorten("字" * LONGEST_QUOTED) == "字" * LONGEST_QUOTED
    assert len(shorten("字" * 100)) == LONGEST_QUOTED
    assert quote_passages(["甲\n乙"], are_all=True) == "“甲 乙”"
