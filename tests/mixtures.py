"""Generated reports: mixtures of line ends, scripts, pictures, links, notes, tables, fields and spaces in every format.

``mixture(seed)`` returns the name and the bytes of a report; the same seed gives the same bytes on every machine.
"""

import base64
import html
import random

from tests.corpus.pictures import png
from tests.readers import word

TITLES = (
    "云溪县{}年政府信息公开工作年度报告",
    "关于{}年度法治政府建设情况的报告",
    "青石镇{}年工作总结",
    "{}年\U00020bb7田村财务公开",
)
WORDS = (
    "全年公开信息{}条，比上年增加{}条。",
    "受理申请{}件，办结{}件，结转{}件",
    "网站（www.yunxi.example）更新{}条；",
    "资金{}万元，增长{}.{}%",
    "《条例》第{}条规定：“应当公开”。",
    "“一网通办”事项{}项",
    "Email: gk@yunxi.example 电话 0{}-{}",
    "面积{}m²、CO₂排放{}吨",
    "见附件{}；单位：万元",
    "王\U0002c1d9主持{}次会议",
    "\U00020bb7\U00020bb7{}件",
    "维吾尔文版（ئۇيغۇرچە نەشرى）{}条",
    "藏文版（བོད་ཡིག）{}条",
    "哈萨克文Қазақша版{}条",
    "蒙古文ᠮᠣᠩᠭᠣᠯ版",
    "好评\U0001f44d{}个\U0001f9ff",
    "שלום 12 עולם，{}条",
    "한국어 안내 {}件",
    "damaged\ufffd字{}",
    "符号①②③、※、→、√{}",
    "甲　　乙　　丙 {}",
    "e\u0301te\u0301 {}，naïve",
    "x\u2028y {}",
    "说明\u00a0\u00a0{}\u3000\u3000完",
    "公式a<b & c>d {}",
    "\ue000私用{}",
    "",
)
HEADINGS = (
    "一、总体情况",
    "二、主动公开",
    "（一）组织领导。",
    "1.做法",
    "第一章 总则",
    "三、存在的\ufffd问题",
)
LINE_ENDS = (
    "\n",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\x0c\n",
    "\x0b",
    "\x85",
    "\u2028",
    "\u2029",
    " \t\n",
)
SPACES = ("", "", "", " ", "\u3000\u3000", "\t", "  ", "\u00a0", "\u2003")
ALTERNATIVES = ("", "图片1", "图", "image1.png", "云溪桥", "云溪县\U0001f9ff")
PICTURE = base64.b64encode(png(20, 10)).decode()
FORMATS = ("txt", "md", "html", "docx")


class Mixture:
    """The parts of one report, chosen by a generator of random numbers."""

    def __init__(self, seed):
        self.dice = random.Random(seed)  # noqa: S311 - not for cryptography
        self.kind = FORMATS[seed % len(FORMATS)]
        self.notes = 0

    def number(self):
        return self.dice.choice([0, 3, 12, 120, 2019, 31415])

    def sentence(self):
        parts = self.dice.choices(WORDS, k=self.dice.randint(1, 3))
        return self.dice.choice(["", "", " ", "，"]).join(
            part.format(*(self.number() for _ in range(part.count("{}")))) for part in parts
        )

    def title(self):
        repeat = 40 if self.dice.random() < 0.03 else 1
        return self.dice.choice(TITLES).format(2019) * repeat

    def heading(self):
        return self.dice.choice(HEADINGS)

    def rows(self):
        columns = self.dice.randint(2, 4)
        cells = ("甲", "乙项", "12", "1,200", "", "合计", "字\U0002c1d9", "3\u3000", "好\U0001f44d")
        return [
            [self.dice.choice(cells) for _ in range(columns)]
            for _ in range(self.dice.randint(2, 4))
        ]

    def items(self):
        kinds = (
            "paragraph",
            "paragraph",
            "heading",
            "table",
            "list",
            "picture",
            "link",
            "note",
            "code",
        )
        return [self.dice.choice(kinds) for _ in range(self.dice.randint(2, 7))]

    def encoded(self):
        return getattr(self, f"_{self.kind}")()

    def _txt(self):
        lines = [self.title()]
        for kind in self.items():
            if kind == "table":
                gap = self.dice.choice(["", "", "\n"])
                end = self.dice.choice(["", "\t", " \t"])
                lines += ["\t".join(row) + end + gap for row in self.rows()]
            elif kind == "heading":
                lines.append(self.heading())
            elif kind == "list":
                lines += [f"{number}.{self.sentence()}" for number in range(1, 4)]
            elif kind == "note":
                lines += [f"{self.sentence()}[1]", "注：[1]" + self.sentence()]
            else:
                lines.append(self.dice.choice(SPACES) + self.sentence() + self.dice.choice(SPACES))
        lines += ["云溪县办公室", "2020年1月15日"]
        mixed = self.dice.random() < 0.3
        end = self.dice.choice(LINE_ENDS)
        text = "".join(line + (self.dice.choice(LINE_ENDS) if mixed else end) for line in lines)
        usable = text.encode("gb18030", "ignore").decode("gb18030") == text
        encoding = self.dice.choice(
            ["utf-8", "utf-8-sig", "utf-16", "gb18030" if usable else "utf-8"]
        )
        return text.encode(encoding)

    def _md(self):
        blocks = [f"# {self.title()}"]
        for kind in self.items():
            if kind == "table":
                first, *rows = self.rows()
                lines = [first, ["---"] * len(first), *rows]
                blocks.append("\n".join(f"| {' | '.join(row)} |" for row in lines))
            elif kind == "heading":
                blocks.append(f"{'#' * self.dice.randint(2, 4)} {self.heading()}")
            elif kind == "list":
                mark = self.dice.choice(["-", "1.", "*"])
                blocks.append("\n".join(f"{mark} {self.sentence()}" for _ in range(3)))
            elif kind == "picture":
                alternative = self.dice.choice(ALTERNATIVES)
                blocks.append(f"![{alternative}](data:image/png;base64,{PICTURE})")
            elif kind == "link":
                blocks.append(
                    f"{self.sentence()}[官网](https://yunxi.example/a?b=1&c=2)**强**调*弱*"
                )
            elif kind == "note":
                self.notes += 1
                blocks.append(f"正文[^{self.notes}]。\n\n[^{self.notes}]: {self.sentence()}")
            elif kind == "code":
                blocks.append(f"```\n甲 1\n{self.dice.choice(SPACES)}\n乙\t2\n```")
            else:
                blocks.append(
                    self.sentence() + self.dice.choice(["", "  \n", "\\\n", "\n"]) + self.sentence()
                )
        return (self.dice.choice(["\n\n", "\r\n\r\n", "\n\u3000\n"]).join(blocks) + "\n").encode()

    def _html(self):
        blocks = [f"<h1>{html.escape(self.title())}</h1>"]
        for kind in self.items():
            text = html.escape(self.sentence())
            alternative = html.escape(self.dice.choice(ALTERNATIVES))
            image = f'<img src="data:image/png;base64,{PICTURE}" alt="{alternative}">'
            if kind == "table":
                rows = "".join(
                    f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in self.rows()
                )
                blocks.append(f"<table>{rows}</table>")
            elif kind == "heading":
                blocks.append(f"<h{self.dice.randint(2, 4)}>{self.heading()}</h2>")
            elif kind == "list":
                inner = self.dice.choice(
                    ["", image, f"<p>{image}</p>", "<br>", "<a href='#x'>链接</a>"]
                )
                blocks.append(f"<ol><li>{inner}{text}</li><li>{text}{inner}</li></ol>")
            elif kind == "picture":
                blocks.append(
                    self.dice.choice(
                        [image, f"<p>{text}{image}{text}</p>", f"<p>{image}</p><p>图1：桥</p>"]
                    )
                )
            elif kind == "link":
                blocks.append(
                    f"<p id=a>{text}<a id=a name=a href='https://yunxi.example/'>官网{image}</a></p>"
                )
            elif kind == "note":
                blocks.append(f"<p>{text}<sup>①</sup></p><p>①{text}</p>")
            elif kind == "code":
                blocks.append(
                    self.dice.choice(
                        [
                            f"<pre>甲 1\n\t乙 2\n{text}</pre>",
                            "<svg width=40 height=20><text x=1 y=9>图中字</text></svg>",
                            "<p>比<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>为半</p>",
                        ]
                    )
                )
            else:
                end = self.dice.choice(["", "<br>", "<br><br>", "&nbsp;", "\x0c", "&#8232;"])
                blocks.append(f"<p>{self.dice.choice(SPACES)}{text}{end}{text}</p>")
        blocks.append("<p>云溪县办公室</p><p>2020年1月15日</p>")
        return (
            f"<html><head><meta charset=utf-8></head><body>{''.join(blocks)}</body></html>".encode()
        )

    def _docx(self):
        blocks = [word.p(_xml_text(self.title()), style="Title")]
        links = ()
        for kind in self.items():
            text = _xml_text(self.sentence())
            if kind == "table":
                rows = [word.tr(*(word.tc(word.p(cell)) for cell in row)) for row in self.rows()]
                blocks.append(word.tbl(*rows))
            elif kind == "heading":
                blocks.append(word.p(self.heading(), style=self.dice.choice(["1", "2", ""])))
            elif kind == "list":
                blocks += [word.p(f"{number}.{text}") for number in range(1, 4)]
            elif kind == "picture":
                alternative = self.dice.choice(ALTERNATIVES)
                picture = word.r(word.drawing(alt=alternative, width=40, height=30))
                blocks.append(
                    word.p(*self.dice.choice([[picture], [text, picture], [picture, text]]))
                )
                links = (("rId9", "image", "media/a.png"),)
            elif kind == "link":
                blocks.append(
                    word.p(word.r(text, props="<w:b/>"), word.field("PAGE", word.r("12")), "后")
                )
            elif kind == "code":
                blocks.append(word.p(word.r(text, "<w:br/>", "乙", "<w:tab/>", "2", "<w:cr/>")))
            else:
                blocks.append(word.p(self.dice.choice(SPACES) + text))
        more = {"word/media/a.png": png(20, 10)} if links else {}
        return word.docx(*blocks, links=links, more=more)


def _xml_text(text):
    """Return a text without the characters that XML cannot hold, never empty."""
    return "".join(char for char in text if char >= " " or char == "\t").lstrip("<") or "无"


def mixture(seed):
    """Return the name and the bytes of the report of a seed."""
    report = Mixture(seed)
    return f"r{seed}.{report.kind}", report.encoded()
