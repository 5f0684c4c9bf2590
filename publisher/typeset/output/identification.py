"""The metadata of a PDF: its XMP packet, document information, page labels and attachments.

In: the objects of a PDF before it is written, and a declaration. Out: the same objects with the metadata that the
profile requires. Sources: ISO 19005-3, 6.6 (metadata, extension schemas) and 6.8 (embedded files); ISO 14289-1, 7.1
and 7.21; Well-Tagged PDF 1.0, 6.1; ISO 32000-1, 12.4.2 (page labels) and 14.3. Dates are those of the report, not of the build.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from publisher.model import Metadata
    from publisher.profiles import Profile, Standard
    from publisher.typeset.output.pdf_x import Printing

_EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file embedded in the publication."""

    name: str
    data: bytes
    media_type: str
    relationship: str
    """The value of AFRelationship: Source, Data, … (ISO 19005-3, annex E)"""
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """The metadata that a file declares."""

    profile: Profile
    metadata: Metadata
    timestamp: str
    """When the report was issued, in ISO 8601 with a time zone; empty if unknown."""
    producer: str
    creator: str
    attachments: tuple[Attachment, ...] = ()
    front_pages: int = 0
    """How many pages of cover and contents are numbered separately, in roman numerals."""
    printing: Printing | None = None
    """The printing condition and the bleed of a file for print; else None."""


def xmp_packet(declaration: Declaration) -> bytes:
    """Return the XMP packet: one RDF element with the identification schemas and Dublin Core."""
    metadata, profile = declaration.metadata, declaration.profile
    parts: list[str] = []
    pdf_a, pdf_ua = profile.standard("PDF/A"), profile.standard("PDF/UA")
    if pdf_a:
        parts.append(
            _description(
                "pdfaid",
                "http://www.aiim.org/pdfa/ns/id/",
                f"<pdfaid:part>{pdf_a.part}</pdfaid:part>{_revision('pdfaid', pdf_a)}"
                f"<pdfaid:conformance>{pdf_a.level}</pdfaid:conformance>",
            )
        )
    if pdf_ua:
        parts.append(
            _description(
                "pdfuaid",
                "http://www.aiim.org/pdfua/ns/id/",
                f"<pdfuaid:part>{pdf_ua.part}</pdfuaid:part>{_revision('pdfuaid', pdf_ua)}",
            )
        )
    if profile.declarations:
        parts.append(_declarations(profile.declarations))
    if profile.pdf_a and profile.pdf_ua == "1":
        parts.append(_EXTENSION)
    if profile.pdf_x:
        parts += _press_identification(declaration)
    parts.append(
        _description("dc", "http://purl.org/dc/elements/1.1/", "".join(_dublin_core(metadata)))
    )
    dates = ""
    if declaration.timestamp:
        dates = "".join(
            f"<xmp:{name}>{declaration.timestamp}</xmp:{name}>"
            for name in ("CreateDate", "ModifyDate", "MetadataDate")
        )
    parts.append(
        _description(
            "xmp",
            "http://ns.adobe.com/xap/1.0/",
            f"<xmp:CreatorTool>{escape(declaration.creator)}</xmp:CreatorTool>{dates}",
        )
    )
    parts.append(
        _description(
            "pdf",
            "http://ns.adobe.com/pdf/1.3/",
            f"<pdf:Producer>{escape(declaration.producer)}</pdf:Producer>"
            + ("<pdf:Trapped>False</pdf:Trapped>" if profile.pdf_x else ""),
        )
    )
    body = "\n".join(parts)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f"{body}\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    ).encode()


def _revision(prefix: str, standard: Standard) -> str:
    """Return the year of a standard's revision; empty for standards that do not give it."""
    year = standard.revision
    return f"<{prefix}:rev>{year}</{prefix}:rev>" if year else ""


def _declarations(addresses: Iterable[str]) -> str:
    """Return the PDF Declarations of a file (PDF Declarations, PDF Association 2019)."""
    items = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfd:conformsTo>{address}</pdfd:conformsTo></rdf:li>'
        for address in addresses
    )
    content = f"<pdfd:declarations><rdf:Bag>{items}</rdf:Bag></pdfd:declarations>"
    return _description("pdfd", "http://pdfa.org/declarations/", content)


def _press_identification(declaration: Declaration) -> Iterator[str]:
    """Yield the identification of PDF/X (ISO 15930-7, 6.1.2 and 6.5); the identifier is derived from the metadata."""
    identity = f"{declaration.metadata} {declaration.timestamp}"
    digest = hashlib.md5(identity.encode(), usedforsecurity=False).hexdigest()
    version = f"<pdfxid:GTS_PDFXVersion>PDF/X-{declaration.profile.pdf_x}</pdfxid:GTS_PDFXVersion>"
    yield _description("pdfxid", "http://www.npes.org/pdfx/ns/id/", version)
    yield _description(
        "xmpMM",
        "http://ns.adobe.com/xap/1.0/mm/",
        f"<xmpMM:DocumentID>uuid:{UUID(digest)}</xmpMM:DocumentID>"
        "<xmpMM:VersionID>1</xmpMM:VersionID>"
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>",
    )


def _description(prefix: str, namespace: str, content: str) -> str:
    return f'<rdf:Description rdf:about="" xmlns:{prefix}="{namespace}">{content}</rdf:Description>'


def _dublin_core(metadata: Metadata) -> list[str]:
    parts = [
        "<dc:format>application/pdf</dc:format>",
        f"<dc:title>{_default_language(metadata.title)}</dc:title>",
        f"<dc:language><rdf:Bag><rdf:li>{metadata.language}</rdf:li></rdf:Bag></dc:language>",
        "<dc:type><rdf:Bag><rdf:li>Text</rdf:li></rdf:Bag></dc:type>",
    ]
    if metadata.publisher:
        names = "".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in metadata.publishers)
        parts.append(f"<dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>")
        parts.append(f"<dc:publisher><rdf:Bag>{names}</rdf:Bag></dc:publisher>")
    if metadata.date:
        parts.append(f"<dc:date><rdf:Seq><rdf:li>{metadata.date}</rdf:li></rdf:Seq></dc:date>")
    if metadata.identifier:
        parts.append(f"<dc:identifier>{escape(metadata.identifier)}</dc:identifier>")
    if metadata.source:
        parts.append(f"<dc:source>{escape(metadata.source)}</dc:source>")
    if metadata.coverage:
        parts.append(f"<dc:coverage>{escape(metadata.coverage)}</dc:coverage>")
    return parts


def _default_language(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


def add_metadata(pdf: Any, declaration: Declaration) -> None:
    """Add the declared metadata to a PDF that is about to be written."""
    import publisher._pydyf as pydyf

    metadata = declaration.metadata
    packet = pydyf.Stream(
        [xmp_packet(declaration)], {"Type": "/Metadata", "Subtype": "/XML"}, compress=False
    )
    pdf.add_object(packet)
    pdf.catalog["Metadata"] = packet.reference
    pdf.catalog["Lang"] = pydyf.String(metadata.language)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    if "Outlines" in pdf.catalog:
        pdf.catalog["PageMode"] = "/UseOutlines"
    pdf.info.clear()
    pdf.info["Title"] = pydyf.String(metadata.title)
    if metadata.publisher:
        pdf.info["Author"] = pydyf.String(metadata.publisher)
    pdf.info["Creator"] = pydyf.String(declaration.creator)
    pdf.info["Producer"] = pydyf.String(declaration.producer)
    if declaration.timestamp:
        date = pydyf.String(_pdf_date(declaration.timestamp))
        pdf.info["CreationDate"] = pdf.info["ModDate"] = date
    if declaration.profile.pdf_x:
        pdf.info["Trapped"] = "/False"
    if declaration.profile.pdf_version == "2.0":
        pdf.info.clear()  # ISO 19005-4, 6.1.3: only the XMP packet
    _set_output_intent(pdf, pdf_a=bool(declaration.profile.pdf_a))
    _add_page_labels(pdf, declaration.front_pages)
    for obj in pdf.objects:
        if isinstance(obj, pydyf.Dictionary) and obj.get("Type") == "/Annot":
            obj["F"] = 4
    if declaration.attachments:
        _embed_files(pdf, declaration)


def _set_output_intent(pdf: Any, *, pdf_a: bool) -> None:
    if not pdf_a:
        pdf.catalog.pop("OutputIntents", None)
        return
    for intent in pdf.catalog.get("OutputIntents", ()):
        intent["S"] = "/GTS_PDFA1"


def _add_page_labels(pdf: Any, front_pages: int) -> None:
    import publisher._pydyf as pydyf

    numbers = pydyf.Array()
    if front_pages:
        numbers.extend((0, pydyf.Dictionary({"S": "/r"})))
    numbers.extend((front_pages, pydyf.Dictionary({"S": "/D"})))
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})


def _embed_files(pdf: Any, declaration: Declaration) -> None:
    import publisher._pydyf as pydyf

    names, associated = pydyf.Array(), pydyf.Array()
    date = _pdf_date(declaration.timestamp) if declaration.timestamp else ""
    for attachment in sorted(declaration.attachments, key=lambda item: item.name):
        parameters = pydyf.Dictionary(
            {
                "Size": len(attachment.data),
                "CheckSum": f"<{hashlib.md5(attachment.data, usedforsecurity=False).hexdigest()}>",
            }
        )
        if date:
            parameters["CreationDate"] = parameters["ModDate"] = pydyf.String(date)
        stream = pydyf.Stream(
            [attachment.data],
            {
                "Type": "/EmbeddedFile",
                "Subtype": "/" + attachment.media_type.replace("/", "#2F"),
                "Params": parameters,
            },
            compress=True,
        )
        pdf.add_object(stream)
        specification = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(attachment.name),
                "UF": pydyf.String(attachment.name),
                "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
                "AFRelationship": f"/{attachment.relationship}",
                "Desc": pydyf.String(attachment.description),
            }
        )
        pdf.add_object(specification)
        names.extend((pydyf.String(attachment.name), specification.reference))
        associated.append(specification.reference)
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = associated


def _pdf_date(timestamp: str) -> str:
    """Return ``2018-02-26T00:00:00+08:00`` as ``D:20180226000000+08'00``."""
    day, time = timestamp[:19].split("T")
    zone = timestamp[19:]
    zone = "Z" if zone in ("", "Z") else f"{zone[:3]}'{zone[4:6]}"
    return "D:" + day.replace("-", "") + time.replace(":", "") + zone
