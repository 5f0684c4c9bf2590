"""References to other files in HTML and Word files; ``{}`` is replaced by the address.

Those of HTML are fragments of a body; elements of a head are where browsers tolerate them.
Those of Word are external relationships, with the markup that uses them, and fields.
"""

from tests.readers.word import docx, drawing, field, p, r, t

HTML_REFERENCES = {
    "img": '<img src="{}" width=200 height=200 alt="图">',
    "img-srcset": '<img srcset="{} 2x" src="{}" alt="图">',
    "picture": '<picture><source srcset="{}"><img src="{}" alt="图"></picture>',
    "input-image": '<input type="image" src="{}" alt="图">',
    "object": '<object data="{}" type="image/png">代替</object>',
    "embed": '<embed src="{}" type="image/svg+xml">',
    "iframe": '<iframe src="{}"></iframe>',
    "iframe-srcdoc": "<iframe srcdoc=\"<img src='{}'>\"></iframe>",
    "video-poster": '<video poster="{}" src="{}"></video>',
    "audio": '<audio src="{}" autoplay></audio>',
    "link-stylesheet": '<link rel="stylesheet" href="{}">',
    "link-attachment": '<link rel="attachment" href="{}" title="附件">',
    "link-icon": '<link rel="icon" href="{}">',
    "link-preload": '<link rel="preload" as="font" href="{}">',
    "a-attachment": '<a rel="attachment" href="{}">附件</a>',
    "a-ping": '<a href="#x" ping="{}">链接</a>',
    "base": '<base href="{}"><img src="x.png" alt="图">',
    "style-import": '<style>@import url("{}");</style>',
    "style-font": "<style>@font-face {{ font-family: f; src: url({}) }} p {{ font-family: f }}</style>",
    "style-background": "<style>body, p {{ background-image: url({}) }}</style>",
    "style-content": "<style>p::before {{ content: url({}) }}</style>",
    "style-page": "<style>@page {{ background: url({}); @top-left {{ content: url({}) }} }}</style>",
    "style-colour-profile": "<style>@color-profile --x {{ src: url({}) }}</style>",
    "style-attribute": '<p style="background: url({})">段。</p>',
    "list-style-image": '<ul style="list-style-image: url({})"><li>项</li></ul>',
    "border-image": '<p style="border-image: url({}) 30">段。</p>',
    "background-attribute": '<table background="{}"><tr><td background="{}">格</td><td>格</td></tr><tr><td>1<td>2</table>',
    "svg-image": '<svg width=10 height=10><image href="{}" xlink:href="{}" width=10 height=10></image></svg>',
    "svg-use": '<svg><use href="{}#a"></use></svg>',
    "svg-script": '<svg><script href="{}"></script><style>@import "{}";</style></svg>',
    "svg-in-data": (
        '<img alt="图" width=200 height=200 src="data:image/svg+xml,'
        "%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='{}'/%3E%3C/svg%3E\">"
    ),
    "script": '<script src="{}"></script><script>fetch("{}")</script>',
    "meta-refresh": '<meta http-equiv="refresh" content="0; url={}">',
    "entity": '<!DOCTYPE html [<!ENTITY x SYSTEM "{}">]><p>&x;</p>',
    "xinclude": '<?xml-stylesheet href="{}"?><xi:include href="{}" parse="text"/>',
}

_OBJECT = '<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" r:id="rId9"/></w:object>'
_PICT = '<w:pict><v:shape><v:imagedata {}="rId9"/></v:shape></w:pict>'
RELATIONS = {
    "image": drawing(attribute="link"),
    "image-embedded": drawing(),
    "image-of-a-shape": _PICT.format("r:id"),
    "image-by-address": _PICT.format("r:href"),
    "hyperlink": '<w:hyperlink r:id="rId9"><w:r><w:t>链接</w:t></w:r></w:hyperlink>',
    "oleObject": _OBJECT,
    "package": _OBJECT,
    "aFChunk": '<w:altChunk r:id="rId9"/>',
    "subDocument": '<w:subDoc r:id="rId9"/>',
    "frame": '<w:frame><w:sourceFileName r:id="rId9"/></w:frame>',
    "control": '<w:control r:id="rId9"/>',
    "chart": '<w:drawing><c:chart xmlns:c="c" r:id="rId9"/></w:drawing>',
    "video": '<w:drawing><a:videoFile r:link="rId9"/></w:drawing>',
    "movie": '<w:drawing><a:wavAudioFile r:embed="rId9"/></w:drawing>',
    **dict.fromkeys(
        (
            "attachedTemplate", "audio", "bibliography", "comments", "customXml", "diagramData", "endnotes",
            "font", "fontTable", "footer", "footnotes", "glossaryDocument", "header", "mailMergeSource",
            "numbering", "recipientData", "settings", "styles", "theme", "transform", "webSettings",
        ),
        "",
    ),
}  # fmt: skip
FIELDS = (
    'INCLUDEPICTURE "{}" \\d',
    'INCLUDETEXT "{}"',
    'LINK Word.Document.8 "{}" a \\a',
    'DDEAUTO Word "{}" a',
    'RD "{}"',
    'IMPORT "{}"',
    'DATABASE \\c "{}"',
    'HYPERLINK "{}"',
)


def word_file(reference, target):
    """Return a Word file that refers to ``target`` by a relationship or a field."""
    text = p(r(t("澄江县年度报告"))) + p(r(t("一、概述"))) + p(r(t("2019年公开信息12条。")))
    if reference in RELATIONS:
        kind = reference.partition("-")[0]
        return docx(text, p(r(RELATIONS[reference])), links=[("rId9", kind, target, True)])
    return docx(text, p(field(reference.format(target).replace('"', "&quot;"), r(t("结果")))))
