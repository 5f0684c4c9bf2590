"""The cover of the style reader: what the report prints there is not added a second time."""

import pytest

from publisher.normalise import normalise
from publisher.options import ROLES
from publisher.parse import MetadataOverrides, parse
from publisher.readers import read_bytes
from publisher.render import render
from publisher.render.styles import load_style

BODY = "一、概况\n2023年受理申请30件，全部办结。\n"


def additions(head):
    source, _ = read_bytes(f"{head}\n{BODY}".encode(), name="r.txt")
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    page = render(report, load_style("reader"), dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))
    return "".join(piece.text for piece in page.pieces if piece.generated)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("云港市统计公报\n云港市统计局\n2024年4月2日", ["云港市统计局", "2024年4月2日"]),
        ("政府工作报告\n——2016年2月19日在云港区人民代表大会上\n云港区人民政府区长　王一", ["云港区人民政府"]),
    ],
)  # fmt: skip
def test_printed_lines_are_not_repeated(head, words):
    assert not any(word in additions(head) for word in words)


def test_what_the_head_does_not_print_is_added():
    assert "云港市人民政府" in additions("云港市人民政府2023年工作报告")


def test_a_month_is_printed_as_a_month():
    source, _ = read_bytes(
        f"云港市2023年白皮书\n云港市统计局\n2024年4月\n{BODY}".encode(), name="r.txt"
    )
    report = parse(normalise(source).source, overrides=MetadataOverrides()).report
    assert report.metadata.date == "2024-04"


def test_the_red_head_is_not_added_to_a_printed_one():
    def generated(head):
        source, _ = read_bytes(f"{head}\n{BODY}".encode(), name="r.txt")
        report = parse(normalise(source).source, overrides=MetadataOverrides()).report
        page = render(report, load_style("red-head"), dict.fromkeys(ROLES, ("Noto Serif CJK SC",)))
        return "".join(piece.text for piece in page.pieces if piece.generated)

    title = "云港市人民政府关于做好绿化工作的通知"
    assert "云港市人民政府文件" in generated(title)
    assert "文件" not in generated(f"云港市人民政府文件\n云政发〔2024〕3号\n{title}")
