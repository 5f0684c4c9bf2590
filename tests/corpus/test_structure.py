"""The gold structures say what their documents say, and the scorer sees each kind of error."""

import html
import re
from dataclasses import replace

import pytest

from tests.corpus import structure_word
from tests.corpus.structure import (
    FIELDS,
    AnnexFacts,
    Score,
    StructureFacts,
    TableFacts,
    canonical,
    documents,
    facts_of_gold,
    score,
    table_by_kind,
)

KINDS = frozenset(
    """announcement audit briefing budget bulletin communique company-report decision decree department-report
    disclosure interpretation letter measures minutes notice opinion plan policy-address report speech white-paper
    work-report yearbook""".split()
)
DOCUMENTS = [*documents("open"), *documents("blind"), *documents("blind-2")]
LABEL = re.compile(
    r"第[一二三四五六七八九十]+(?:编|篇|章|节|部分)|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、|[壹貳參肆伍甲乙丙]、"
    r"|\d+(?:\.\d+)+(?![\d%])|\d+[.、．](?!\d)|专栏|[IVX]+\. "
)
CONTENTS = frozenset({"目录", "目次", "目錄", "Contents"})


def lines_of(document):
    """Return the lines of a document as a reader sees them, without markup."""
    text = document.path.read_text(encoding="utf-8")
    if document.path.name.endswith(structure_word.SUFFIX):
        return structure_word.word_lines(text)
    if document.path.suffix == ".html":
        title = re.search(r"<title>(.*?)</title>", text)
        text = re.sub(r"<head>.*?</head>", title[1] if title else "", text, flags=re.DOTALL)
        text = re.sub(r"<(sup|sub)>.*?</\1>", "", text)
        text = re.sub(r"</t[dh]>", "\t", text)
        text = re.sub(r'<img alt="(.*?)"', r"\1\t<", text)
        return html.unescape(re.sub(r"<[^>]+>", "", text)).splitlines()
    if document.path.suffix == ".md":
        text = re.sub(r"(?m)^(?:#+|>|-) |\*\*|^\| ?", "", text).replace(" | ", "\t")
        return text.replace("\\.", ".").splitlines()
    return text.splitlines()


def date_forms(date):
    """Return the ways to write a date that occur in the documents."""
    year, month, *day = map(int, date.split("-"))
    digits = str.maketrans("0123456789", "〇一二三四五六七八九")
    forms = [f"{year}年{month}月", f"{year}年{month:02}月", f"{year}-{month:02}", f"中華民國{year - 1911}年{month}月"]  # fmt: skip
    numerals = "〇 一 二 三 四 五 六 七 八 九 十 十一 十二".split()
    months = "January February March April May June July August September October November December"
    han = f"{str(year).translate(digits)}年{numerals[month]}月"
    if not day:
        return [*forms, han]
    tens, ones = divmod(day[0], 10)
    han_day = ("", "十", "二十", "三十")[tens] + (numerals[ones] if ones else "")
    forms = [form + (f"-{day[0]:02}" if "-" in form else f"{day[0]}日") for form in forms]
    return [
        *forms,
        forms[1].replace(f"{day[0]}日", f"{day[0]:02}日"),
        f"{han}{han_day}日",
        f"{han}{han_day}日".replace("〇", "零"),
        f"{months.split()[month - 1]}{day[0]},{year}",
        f"{day[0]}{months.split()[month - 1]}{year}",
    ]


@pytest.fixture(
    params=DOCUMENTS, ids=lambda document: f"{document.path.parent.name}/{document.name}"
)
def document(request):
    return request.param


@pytest.fixture
def lines(document):
    return [canonical(line) for line in lines_of(document)]


def test_there_are_enough_documents():
    assert len(documents("open")) >= 30
    assert len(documents("blind")) >= 10
    assert len({document.gold["kind"] for document in DOCUMENTS}) >= 12


def test_the_gold_has_all_keys(document):
    gold = document.gold
    wanted = {*FIELDS, "headings", "captions", "units", "not_headings", "optional_headings"}
    assert {name for name in gold if name.removesuffix("_or") not in wanted - {name}} == wanted
    assert gold["kind"] in KINDS
    assert gold["language"] in {"zh-Hans", "zh-Hant", "en"}
    for name in ("date", "printed_on"):
        assert re.fullmatch(r"|\d{4}-\d\d(-\d\d)?", gold[name])
    assert re.fullmatch(r"|\d{4}(/\d{4})?", gold["period"])


def test_the_head_and_the_foot_occur(document, lines):
    gold = document.gold
    text = canonical("".join(lines_of(document)))
    text += re.sub("第.{1,3}届", "", "".join(lines)) + "".join(lines)
    text = re.sub("(?<!人民)政府", "人民政府", text)
    wanted = [
        gold[name] for name in ("title", "subtitle", "byline", "number", "addressee", "secrecy")
    ]
    wanted += [
        gold[name] for name in ("urgency", "copy_number", "signer", "copies_to", "printed_by")
    ]
    wanted += gold["issuers"]
    for words in map(canonical, wanted):
        assert re.sub("(?<!人民)政府", "人民政府", words) in text
    if gold["source"]:
        assert canonical(gold["source"]) in canonical(document.path.read_text(encoding="utf-8"))
    for name in ("date", "printed_on"):
        if gold[name]:
            assert any(canonical(form) in text for form in date_forms(gold[name])), gold[name]
    for name in ("signature", "attachments"):
        at = 0
        for words in gold[name]:
            at = lines.index(canonical(words), at) + 1


def contents_span(gold, lines):
    """Return where the printed contents begin and end."""
    first = next(i for i, line in enumerate(lines) if canonical(line) in CONTENTS)
    entries = [i for i, line in enumerate(lines) if i >= first and line.strip()]
    return first, entries[gold["contents_removed"] - 1] + 1


def test_the_headings_occur_in_order(document, lines):
    if document.gold["contents_removed"]:
        first, last = contents_span(document.gold, lines)
        lines[first:last] = []

    def line_after(words, start):
        return (
            next(i for i in range(start, len(lines)) if lines[i].startswith(canonical(words))) + 1
        )

    at = 0
    for _, words in document.gold["headings"]:
        at = line_after(words, at)
    for annex in document.gold["annexes"]:
        title = canonical(annex["title"])
        if annex["label"]:
            at = line_after(annex["label"], at)
            assert title in "".join(lines[at - 1 : at + 5])
        else:
            at = next(i for i in range(at, len(lines)) if "".join(lines[i:]).startswith(title)) + 1
        for _, words in annex["headings"]:
            at = line_after(words, at)


def test_the_levels_begin_with_one_and_have_no_gap(document):
    for headings in (document.gold["headings"], *(a["headings"] for a in document.gold["annexes"])):
        before = 0
        for level, words in headings:
            assert 1 <= level <= before + 1, words
            before = level


def test_the_contents_are_a_list_of_headings(document, lines):
    count = document.gold["contents_removed"]
    if not count:
        assert not CONTENTS & set(lines)
        return
    first, last = contents_span(document.gold, lines)
    entries = [line for line in lines[first + 1 : last] if line]
    headings = [canonical(words) for _, words in document.gold["headings"]]
    for annex in document.gold["annexes"]:
        headings += [canonical(words) for _, words in annex["headings"]]
    known = sum(any(entry.startswith(words) for words in headings) for entry in entries)
    assert known >= (count - 1) * 0.7, entries


def test_captions_and_units_stand_beside_their_tables(document, lines):
    rows = [
        (number, canonical(next(filter(str.strip, line.split("\t")), "")))
        for number, line in enumerate(lines_of(document))
    ]
    captions = dict(document.gold["captions"])
    for caption, cell in captions.items():
        start = next(
            i for i in range(len(lines)) if "".join(lines[i:]).startswith(canonical(caption))
        )
        assert cell
        assert any(
            start - 1 <= number <= start + 5 and first.startswith(canonical(cell))
            for number, first in rows
        )
    for target, unit in document.gold["units"]:
        words = [line for line in lines if canonical(unit) in line]
        assert any(re.search(r"单位|單位|Unit|元|HK\$", line) or line.startswith(canonical(target)) for line in words), unit  # fmt: skip
        assert any(canonical(captions.get(target, target)) in first for _, first in rows), target


def test_what_is_no_heading_occurs_and_is_no_heading(document, lines):
    headings = {canonical(words) for _, words in document.gold["headings"]}
    for words in (*document.gold["not_headings"], *document.gold["optional_headings"]):
        assert any(line.startswith(canonical(words)) for line in lines), words
        assert canonical(words) not in headings or words in document.gold["optional_headings"]


def test_each_numbered_line_is_classed(document):
    """A line that begins with a number is a heading, an entry of the contents or listed as no heading."""
    gold = document.gold
    known = [words for _, words in gold["headings"]] + gold["not_headings"] + gold["attachments"]
    known += gold["optional_headings"] + [caption for caption, _ in gold["captions"]]
    known += [words for annex in gold["annexes"] for _, words in annex["headings"]]
    known = [canonical(words) for words in known]
    lines = [line.strip() for line in lines_of(document)]
    if gold["contents_removed"]:
        first = next(i for i, line in enumerate(lines) if canonical(line) in CONTENTS)
        entries = [line for line in lines[first:] if line][: gold["contents_removed"]]
        del lines[first : lines.index(entries[-1], first) + 1]
    for line in lines:
        if LABEL.match(line) and "\t" not in line:
            assert any(canonical(line).startswith(words) for words in known), line


# the scorer


GOLD = {
    **dict.fromkeys(FIELDS, ""),
    "kind": "notice",
    "title": "澄江县人民政府办公室关于做好防汛工作的通知",
    "title_or": ["澄江县防汛通知"],
    "subtitle": "（试行）",
    "issuers": ["澄江县人民政府办公室"],
    "date": "2020-05-06",
    "contents_removed": 2,
    "signature": ["澄江县人民政府办公室", "2020年5月6日"],
    "attachments": ["附件：名单"],
    "headings": [[1, "一、总体要求"], [2, "（一）加强值守。"], [1, "二、工作安排"]],
    "optional_headings": ["注："],
    "not_headings": ["1.电话畅通；"],
    "annexes": [{"label": "附件", "title": "名单", "headings": [[1, "一、组长"]]}],
    "captions": [["表1 物资", "名称"]],
    "units": [["表1 物资", "件"], ["姓名", "人"]],
}
PERFECT = facts_of_gold(GOLD)


@pytest.mark.parametrize("each", DOCUMENTS, ids=lambda each: each.name)
def test_perfect_facts_have_a_perfect_score(each):
    result = score(each.gold, facts_of_gold(each.gold))
    assert result.faults == []
    assert all(result.right[name] == 1 for name in FIELDS)
    assert result.precision == result.recall == result.caption_share == result.unit_share == 1
    assert result.false_headings == result.foreign_captions == 0


def test_no_facts_have_no_score():
    result = score(GOLD, StructureFacts())
    assert not any(result.right_where_stated.values())
    assert result.recall == result.caption_share == result.unit_share == 0


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"annexes", "contents_removed"}))
def test_a_wrong_field_lowers_that_field_only(name):
    wrong = ("另",) if isinstance(getattr(PERFECT, name), tuple) else "另"
    result = score(GOLD, replace(PERFECT, **{name: wrong}))
    assert [entry for entry in FIELDS if not result.right[entry]] == [name]
    assert result.precision == result.recall == 1


def test_contents_and_annexes_are_fields():
    assert not score(GOLD, replace(PERFECT, contents_removed=1)).right["contents_removed"]
    result = score(GOLD, replace(PERFECT, annexes=()))
    assert not result.right["annexes"]
    assert (result.precision, result.recall) == (1, 0.75)
    other = AnnexFacts(label="附件", title="名录", headings=PERFECT.annexes[0].headings)
    result = score(GOLD, replace(PERFECT, annexes=(other,)))
    assert (result.precision, result.recall, result.right_words) == (0.75, 0.75, 4)


def test_white_space_width_and_marks_are_no_error():
    facts = replace(
        PERFECT,
        title="澄江县人民政府办公室\u3000关于做好防汛工作的通知[1]",
        subtitle="(试行)",
        headings=((1, "一、总体要求"), (2, "(一)加强值守"), (1, "二、 工作安排")),
    )
    assert score(GOLD, facts).faults == []


def test_another_right_value_is_accepted():
    assert score(GOLD, replace(PERFECT, title="澄江县防汛通知")).right["title"]
    assert not score(GOLD, replace(PERFECT, title="防汛通知")).right["title"]


def test_a_field_that_is_not_scored_is_right():
    gold = {**GOLD, "copies_to_or": ["*"]}
    assert score(gold, replace(PERFECT, copies_to="县委办公室")).right["copies_to"]
    assert not score(GOLD, replace(PERFECT, copies_to="县委办公室")).right["copies_to"]


def test_a_date_in_brackets_may_be_part_of_the_subtitle():
    assert score(GOLD, replace(PERFECT, subtitle="（试行）（2020年5月6日）")).right["subtitle"]
    assert not score(GOLD, replace(PERFECT, subtitle="2020年5月6日")).right["subtitle"]


def test_offices_have_no_order_but_a_number():
    gold = {**GOLD, "issuers": ["甲局", "乙局"]}
    assert score(gold, replace(PERFECT, issuers=("乙局", "甲局"))).right["issuers"]
    assert not score(gold, replace(PERFECT, issuers=("甲局乙局",))).right["issuers"]


def test_a_missing_heading_lowers_recall():
    result = score(GOLD, replace(PERFECT, headings=PERFECT.headings[1:]))
    assert (result.precision, result.recall) == (1, 0.75)


def test_a_false_heading_lowers_precision():
    result = score(GOLD, replace(PERFECT, headings=(*PERFECT.headings, (2, "1.电话畅通；"))))
    assert (result.precision, result.recall, result.false_headings) == (0.8, 1, 1)
    cut = score(GOLD, replace(PERFECT, headings=(*PERFECT.headings, (2, "1.电话"))))
    assert cut.false_headings == 1


def test_an_optional_heading_counts_for_nothing():
    result = score(GOLD, replace(PERFECT, headings=(*PERFECT.headings, (1, "注："))))
    assert (result.precision, result.recall) == (1, 1)


def test_a_wrong_level_lowers_both_but_not_the_words():
    headings = (*PERFECT.headings[:2], (2, "二、工作安排"))
    result = score(GOLD, replace(PERFECT, headings=headings))
    assert (result.precision, result.recall, result.right_words) == (0.75, 0.75, 4)


def test_the_order_of_headings_counts():
    result = score(GOLD, replace(PERFECT, headings=PERFECT.headings[::-1]))
    assert result.recall < 1


def test_a_caption_with_another_table_is_wrong():
    moved = TableFacts(first_cell="序号", caption="表1 物资", unit="件")
    result = score(GOLD, replace(PERFECT, tables=(moved, PERFECT.tables[1])))
    assert (result.caption_share, result.unit_share, result.foreign_captions) == (0, 1, 0)


def test_a_caption_that_is_none_is_counted():
    more = TableFacts(first_cell="序号", caption="单位：件")
    assert score(GOLD, replace(PERFECT, tables=(*PERFECT.tables, more))).foreign_captions == 1


def test_a_missing_unit_is_wrong():
    tables = (replace(PERFECT.tables[0], unit=""), PERFECT.tables[1])
    result = score(GOLD, replace(PERFECT, tables=tables))
    assert (result.caption_share, result.unit_share) == (1, 0.5)


def test_the_table_has_a_line_for_each_kind():
    right = score(GOLD, PERFECT)
    wrong = score(GOLD, replace(PERFECT, title="另"))
    text = table_by_kind([("notice", right), ("notice", wrong), ("audit", right)])
    head, audit, notice, total = text.splitlines()
    assert head.startswith("kind | documents | title")
    assert audit.startswith("audit | 1 | 100% |")
    assert notice.startswith("notice | 2 | 50% |")
    assert total.startswith("all | 3 | 67% |")
    assert Score().precision == 1
