"""The decisions file: what it may contain, how it is written, and what is said of a mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.decisions import (
    DecisionEntries,
    EditEntry,
    LineEntry,
    ReportEntry,
    SourceEntry,
    TableEntry,
    encode_entries,
    has_comments,
    parse_entries,
)
from publisher.decisions.entries import _TABLES
from publisher.decisions.mistakes import _EXAMPLES
from publisher.errors import ConfigurationError

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@given(
    rule=texts,
    before=texts,
    after=st.none() | st.text(st.characters(codec="utf-8"), max_size=5),
    offset=st.none() | st.integers(0, 10**6),
    note=texts,
)
def test_what_is_written_is_read_again(rule, before, after, offset, note):
    entries = DecisionEntries(
        source=SourceEntry(file="report.txt", sha256="0" * 64),
        report=ReportEntry(title="题目", date="2020-01-08"),
        edit=(
            EditEntry(
                rule=rule,
                decision="accept",
                before=before,
                after=after,
                offset=offset,
                preceding=note,
                note=note,
            ),
        ),
        line=(LineEntry(text="一、概况", role="heading", level=2, note=note),),
        table=(TableEntry(text="渠道", caption="表1"),),
    )
    data = encode_entries(entries)
    assert parse_entries(data, where="f") == entries
    assert encode_entries(parse_entries(data, where="f")) == data
    assert not has_comments(data)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[[edits]]\nrule = 'x'", "no table is called 'edits'", "did you mean edit?"),
        ("[[line]]\ntext = 'x'\nrol = 'body'", "line 1: no key is called 'rol'", "mean role?"),
        ("[[line]]\ntext = 'x'\nrole = 'headin'", "line 1, role: 'headin'", "mean heading?"),
        ("[[edit]]\nrule = 'x'\ndecision = 'acept'", "edit 1, decision: 'acept'", "mean accept?"),
        (
            "[[edit]]\nrule = 3\ndecision = 'accept'",
            "edit 1, rule: 3 is not a text in quotation marks",
            'rule = "punctuation"',
        ),
        ("[[edit]]\nrule = 'x'", "edit 1: the key 'decision' is missing", 'decision = "reject"'),
        ("[report]\ndate = '2019-02-30'", "date: '2019-02-30' is not a day", "2018-02-26"),
        ("[report]\ntitle = '\\u0007'\nsubtitle = \"\\u0007\"", "subtitle:", "leave it out"),
        ("[source]\nsha256 = 'x'", "source, sha256: 'x' is not a digest of 64 hex", "leave it out"),
        ("[[line]]\ntext = ' '\nrole = 'body'", "line 1, text: is blank", "how the line begins"),
        ("[[line]]\ntext = 'x'\nrole = 'body'\nlevel = 1", "a body has no level", "heading"),
        (
            "[[edit]]\nrule='x'\ndecision='reject'\noffset = 3",
            "needs the key 'before'",
            "leave out",
        ),
        ("[[edit]\n", "is not TOML", "looks like"),
        ("edit = 3\n", "edit: 3 is not an entry", "with a line [[edit]]"),
        (
            "[report]\nissuer = 2019-01-01",
            "report, issuer: 2019-01-01 is not a text",
            "某市人民政府",
        ),
        ("[[report]]\ntitle = 'x'", "report: a list is not an entry", "with a line [report]"),
        ("[edit]\nrule = 'x'\ndecision = 'accept'", "edit: a table is not an entry", "[[edit]]"),
        ("edit = ['x']", "edit 1: 'x' is not an entry", "[[edit]]"),
        (
            "[[line]]\ntext = 'x'\nrole = 'body'\n[[line]]\ntext = 'x'\nrole = 'heading'\nlevel = 9",
            "line 2, level: 9 is not a whole number from 0 to 6",
            "level = 2",
        ),
        (
            "[[edit]]\nrule='x'\ndecision='reject'\nbefore='x'\noffset = true",
            "edit 1, offset: true is not a whole number from 0 on",
            "offset = 25",
        ),
        ("[[table]]\ntext = 'x'", "table 1: the key 'caption' is missing", "caption = "),
        ("[[table]]\ntext='x'\ncaption=\"\\u0007\"", "table 1, caption: ", "leave it out"),
        ("[[line]]\ntext = ''\nrole = 'body'", "line 1, text: is empty", "text = "),
        ("[report]\ndate = 'x'", "report, date: 'x' is not a day", "2018-02-26"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(text, message, hint):
    with pytest.raises(ConfigurationError) as caught:
        parse_entries(text.encode(), where="report.decisions.toml")
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.where == "report.decisions.toml"


def test_a_toml_date_is_a_date():
    assert parse_entries(b"[report]\ndate = 2020-01-08", where="f").report.date == "2020-01-08"
    chinese = "[report]\ndate = '2020年1月8日'".encode()
    assert parse_entries(chinese, where="f").report.date == "2020-01-08"


@pytest.mark.parametrize("text", ["# mine\n", "[report] # mine\n", "[report]\ntitle = 'x' # y\n"])
def test_comments_are_noticed(text):
    assert has_comments(text.encode())


def test_a_hash_in_a_text_is_no_comment():
    assert not has_comments(b'[report]\ntitle = \'C#\'\nissuer = "#\\"#"\n')


def test_every_key_has_an_example_that_is_possible():
    sections = {"source": "[source]", "report": "[report]"}
    for table, struct in _TABLES.items():
        for key in struct.__struct_fields__:
            if key != "sha256":
                lines = {"rule", "decision", "text", "role", "caption", "before", key}
                keys = [name for name in struct.__struct_fields__ if name in lines]
                text = "\n".join(
                    [sections.get(table, f"[[{table}]]"), *(_EXAMPLES[name] for name in keys)]
                )
                parse_entries(text.encode(), where="f")
