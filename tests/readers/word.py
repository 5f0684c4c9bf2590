"""Builds Word files for tests: parts as XML, packed into a zip archive."""

import io
import zipfile

from tests.corpus.pictures import png  # noqa: F401 - used by modules that make files of these

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
    "http://schemas.openxmlformats.org/drawingml/2006/": "http://purl.oclc.org/ooxml/drawingml/",
}
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": W,
        "r": R,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "cx1": "http://schemas.microsoft.com/office/drawing/2015/9/8/chartex",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
RELATIONSHIP_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'
    "</Types>"
)
XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="本单位标题"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="ghost"><w:name w:val="ghost"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="up"><w:name w:val="up"/><w:rPr><w:position w:val="6"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="prompt"><w:name w:val="Placeholder Text"/></w:style>
<w:style w:type="character" w:styleId="big"><w:name w:val="big"/><w:rPr><w:caps/></w:rPr></w:style>
<w:style w:type="character" w:styleId="ticks"><w:name w:val="ticks"/><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="hid"><w:name w:val="hid"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def xml(root, content, spaces=NAMESPACES):
    return f"{XML_DECLARATION}<{root} {spaces}>{content}</{root}>"


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def t(text):
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(*content, props=""):
    """Return a run of texts and markup; markup begins with a bracket."""
    inner = "".join(item if item.startswith("<") else t(item) for item in content)
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{inner}</w:r>"


def p(*content, style="", props=""):
    """Return a paragraph of runs and texts."""
    inner = "".join(item if item.startswith("<") else r(item) for item in content)
    style_property = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p>{f'<w:pPr>{style_property}{props}</w:pPr>' if style_property or props else ''}{inner}</w:p>"


def numbered(text, number=1, level=0, style=""):
    props = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(*([text] if text else []), style=style, props=props)


def tc(*content, props=""):
    inner = "".join(item if item.startswith("<w:") else p(item) for item in content) or p()
    return f"<w:tc>{f'<w:tcPr>{props}</w:tcPr>' if props else ''}{inner}</w:tc>"


def tr(*cells, props=""):
    inner = "".join(cell if cell.startswith("<w:") else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{inner}</w:tr>"


def tbl(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def field(code, *result):
    """Return the runs of a field; the result is markup."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        + ('<w:r><w:fldChar w:fldCharType="separate"/></w:r>' if result else "")
        + "".join(result)
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def repeated(text, *pieces, code='FILLIN ""', behind=1):
    """Return an input field as LibreOffice writes it: its result before, between and behind its runs."""
    result = field(code, r(text))
    return "".join(
        (result, *(item for piece in pieces for item in (r(piece), result)), result * behind)
    )


def level(level_index, number_format, text, *, start=1, more=""):
    return (
        f'<w:lvl w:ilvl="{level_index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def numbering(*lists, more=""):
    """Return numbering.xml with one definition and one list for each tuple of levels."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{"".join(levels)}</w:abstractNum>'
        for i, levels in enumerate(lists)
    )
    listed = "".join(
        f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>'
        for i in range(len(lists))
    )
    return xml("w:numbering", abstract + listed + more)


def drawing(target="rId9", *, alt="", width=20, height=10, attribute="embed", crop=""):
    size = f'cx="{width * 36000}" cy="{height * 36000}"'
    return (
        f'<w:drawing><wp:inline><wp:extent {size}/><wp:docPr id="1" name="图片 1" descr="{alt}"/>'
        '<a:graphic><a:graphicData uri="p"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name=""/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:{attribute}="{target}"/>{crop}</pic:blipFill>'
        f"<pic:spPr><a:xfrm><a:ext {size}/></a:xfrm></pic:spPr></pic:pic></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing>"
    )


def text_box(*content):
    """Return a text box as Word writes it: once in DrawingML, once more in VML."""
    inner = f"<w:txbxContent>{''.join(content)}</w:txbxContent>"
    return (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp><wps:txbx>'
        f"{inner}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )


def relationships_part(*entries):
    """Return a relationships part; entries are id, kind, target, and True if external."""
    inner = "".join(
        f'<Relationship Id="{entry[0]}" Type="{RELATIONSHIP_TYPES}/{entry[1]}" Target="{entry[2]}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if entry[3:] else ''}/>"
        for entry in entries
    )
    return (
        f'{XML_DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'
    )


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{}'
    "</cp:coreProperties>"
)


def parts(*body, styles=STYLES, more=None, links=(), **named_parts):
    """Return the parts of a file by name; ``named_parts`` are further parts in word/, as XML."""
    parts_by_name = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relationships_part(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": xml("w:document", f"<w:body>{''.join(body)}<w:sectPr/></w:body>"),
        "word/styles.xml": xml("w:styles", styles),
    }
    entries = [("rId1", "styles", "styles.xml"), *links]
    for number, (name, content) in enumerate(named_parts.items()):
        parts_by_name[f"word/{name}.xml"] = content
        entries.append((f"rIdN{number}", name.rstrip("0123456789"), f"{name}.xml"))
    parts_by_name["word/_rels/document.xml.rels"] = relationships_part(*entries)
    return {**parts_by_name, **(more or {})}


def pack(parts_by_name, compression=zipfile.ZIP_DEFLATED):
    """Return the zip archive of parts; the bytes are reproducible."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts_by_name.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = compression
            data = content.encode() if isinstance(content, str) else content
            archive.writestr(entry, data)
    return out.getvalue()


def docx(*body, **options):
    """Return a Word file with a body."""
    return pack(parts(*body, **options))


def to_strict(data):
    """Return the file in the strict namespaces of ISO/IEC 29500."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts_by_name = {name: archive.read(name) for name in archive.namelist()}
    for old, new in STRICT.items():
        parts_by_name = {
            name: content.replace(old.encode(), new.encode())
            for name, content in parts_by_name.items()
        }
    return pack(parts_by_name)


def flat(data):
    """Return the package of a Word file as one XML file, as Word writes it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        inner = "".join(
            f'<pkg:part pkg:name="/{name}"><pkg:xmlData>'
            f"{archive.read(name).decode().removeprefix(XML_DECLARATION)}</pkg:xmlData></pkg:part>"
            for name in archive.namelist()
            if name != "[Content_Types].xml"
        )
    return (
        f'{XML_DECLARATION}<?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{inner}</pkg:package>'
    ).encode()


def cached(kind, values, code=""):
    """Return the cache of a chart's values; ``kind`` is str or num."""
    points = "".join(f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in enumerate(values))
    format_code = f"<c:formatCode>{code}</c:formatCode>" if code else ""
    return f'<c:{kind}Cache>{format_code}<c:ptCount val="{len(values)}"/>{points}</c:{kind}Cache>'


def series(name, categories, values, code="General"):
    """Return a series of a chart."""
    return (
        f"<c:ser><c:tx>{cached('str', [name])}</c:tx><c:cat>{cached('str', categories)}</c:cat>"
        f"<c:val>{cached('num', values, code)}</c:val></c:ser>"
    )


def chart(*all_series, title="收入"):
    """Return the options of a file with a chart, whose drawing is ``CHART``."""
    words = (
        f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    )
    plot = f"<c:plotArea><c:barChart>{''.join(all_series)}</c:barChart></c:plotArea>"
    content = xml("c:chartSpace", f"<c:chart>{words if title else ''}{plot}</c:chart>")
    return {"links": [("rId3", "chart", "c.xml")], "more": {"word/c.xml": content}}


def diagram(points, connections=()):
    """Return the options of a file with a diagram, whose drawing is ``DIAGRAM``.

    Points have an id and words, connections the ids of two points, the position and the kind.
    """
    listed = "".join(
        f'<dgm:pt modelId="{i}" type="{"node" if words else "doc"}"><dgm:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p>'
        "</dgm:t></dgm:pt>"
        for i, words in points
    )
    connected = "".join(
        f'<dgm:cxn srcId="{a}" destId="{b}" srcOrd="{position}" type="{kind}"/>'
        for a, b, position, kind in connections
    )
    lists = f"<dgm:ptLst>{listed}</dgm:ptLst><dgm:cxnLst>{connected}</dgm:cxnLst>"
    content = xml("dgm:dataModel", lists)
    return {"links": [("rId3", "diagramData", "d.xml")], "more": {"word/d.xml": content}}


CHART = '<w:drawing><c:chart r:id="rId3"/></w:drawing>'
DIAGRAM = '<w:drawing><dgm:relIds r:dm="rId3"/></w:drawing>'
