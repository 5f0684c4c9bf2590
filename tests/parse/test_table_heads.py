"""Head rows are recognised by what they say, with and without spans."""

import pytest

from publisher.model import Table
from publisher.normalise import normalise
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes

HEAD = "云浦县2023年统计公报\n一、综合\n全县经济平稳运行，情况良好。\n"


def table_of(rows):
    text = HEAD + "\n".join("\t".join(row.split("|")) for row in rows) + "\n"
    source, _ = read_bytes(text.encode(), name="r.txt")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    (block,) = [block for block in report.sections[0].blocks if isinstance(block, Table)]
    return block


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        (["指标|数量|比重", "粮食|12|40", "油料|18|60"], 1),
        (["指标|2022|2023", "粮食|12|40", "油料|18|60"], 1),
        (["月份|1|2|3", "粮食|12|40|7", "油料|18|60|7"], 1),
        (["乡镇|1|2|3", "柳湾|12|40|7", "西渡|18|60|7"], 1),
        (["粮食|12|40", "油料|18|60", "棉花|3|5"], 0),
        (
            [
                "机构|2022年||2023年|",
                "|数量|床位|数量|床位",
                "医院|5|110|6|120",
                "诊所|42|11|43|12",
            ],
            2,
        ),
        (["机构|地址||电话", "医院|东街||甲", "诊所|西街||乙"], 1),
    ],
)
def test_head_rows(rows, heads):
    assert len(table_of(rows).head) == heads


def test_the_rows_of_a_table_without_heads_have_names():
    table = table_of(["粮食|12|40", "油料|18|60", "棉花|3|5"])
    assert [row[0].scope for row in table.body] == ["row"] * 3


def test_rows_of_heads_between_the_parts_of_a_table_are_no_heads_of_its_rows():
    rows = "".join(
        f"<tr><th colspan=2>{part}</th></tr><tr><th>内容</th><th>数量</th></tr><tr><td>{name}</td><td>{figure}</td></tr>"
        for part, name, figure in (("第一项", "许可", 86), ("第二项", "处罚", 23))
    )
    text = f"<h1>云浦县2023年年报</h1><h2>一、情况</h2><p>数量如下。</p><table>{rows}</table>"
    source, _ = read_bytes(text.encode(), name="r.html")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    (table,) = [block for block in report.sections[0].blocks if isinstance(block, Table)]
    scopes = [row[0].scope for row in table.body if row[0].text.string in ("许可", "处罚")]
    assert scopes == ["row", "row"]
