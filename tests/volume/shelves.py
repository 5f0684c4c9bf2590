"""Small publications to bind, and a volume as its readers have it."""

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from publisher import Options, publish
from publisher.pdf.document import read_pdf

REPORT = """# 某市人民政府{year}年政府信息公开工作年度报告

## 一、概述

全市受理申请{count}件[^1]，办结{count}件，全部按期答复；另见 GDP 说明。

## 二、数据

| 指标 | 本年 | 上年 |
|---|---|---|
| 受理 | {count} | 7 |
| 办结 | {count} | 6 |

[^1]: 含结转的申请。

某市人民政府

{issued}年1月20日
"""
SHELF = (("2018/report", "gongwen"), ("2019/report", "reader"), ("2020", "gongwen"))
"""Two reports of one name, and one with contents, so that their names and identifiers collide."""


def make_shelf(folder, *, profile="archive", scripts=("keep",) * 3, shelf=SHELF):
    """Publish the shelf's reports into ``folder``."""
    for (path, style), script in zip(shelf, scripts, strict=True):
        year = int(path[:4])
        source = folder.parent / f"{folder.name}-sources" / f"{path}.md"
        source.parent.mkdir(parents=True, exist_ok=True)
        text = REPORT.format(year=year, count=year - 2006, issued=year + 1)
        source.write_text(text, encoding="utf-8")
        options = Options(
            style=style, profile=profile, script=script, output=folder / Path(path).parent
        )
        publish(source, options)
    return folder


class Bound:
    """A volume as two readers have it."""

    def __init__(self, volume):
        self.volume = volume
        self.pdf = read_pdf(volume.data)
        self.reader = PdfReader(BytesIO(volume.data), strict=True)
        self.catalog = self.reader.trailer["/Root"]
        self.root = self.pdf.structure.children[0]
        self.tops = self.root.children[-len(volume.parts) :]

    def pages_of(self, number):
        """The indices of a part's pages."""
        return [i for i, page in enumerate(self.pdf.pages) if page.label.startswith(f"{number}-")]

    def page_index(self, reference):
        return next(
            i for i, page in enumerate(self.reader.pages) if page.indirect_reference == reference
        )
