"""PDFs of plain pages that no engine of ours made: every box, turn and oddity as a test asks for it."""

from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from publisher.pdf.writer import IndirectObjects, dictionary, name

A5 = (0, 0, 419.53, 595.28)


def numbers(*values):
    return ArrayObject([FloatObject(value) for value in values])


def stream(data, **entries):
    imposed = DecodedStreamObject()
    imposed.set_data(data)
    imposed.update(dictionary(**entries))
    return imposed


def drawing(number, box):
    """A page that looks the same from no two sides: its number, a red corner, a blue edge."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    return (
        f"q 1 0 0 rg {left} {bottom} {width / 3:.2f} {height / 4:.2f} re f "
        f"0 0 1 rg {left} {top - 6} {width} 6 re f 0 g "
        f"BT /F1 {height / 3:.2f} Tf {left + width / 4:.2f} {bottom + height / 3:.2f} Td "
        f"(p{number}) Tj ET Q"
    ).encode()


def page(box=A5, *, content=None, **entries):
    """A page as ``pdf_of`` takes it; entries are its own."""
    return {"box": box, "content": content, "entries": entries}


def pdf_of(pages, *, version="1.7", catalogue=None, info=None, tree=None, picture=None):
    """Write a PDF of pages, which have a font and perhaps a ``picture`` in common.

    ``tree`` is what they inherit; the ``catalogue``'s entries may be made of the file's objects.
    """
    objects = IndirectObjects()
    root, node = objects.reserve(), objects.reserve()
    font = dictionary(Type=name("Font"), Subtype=name("Type1"), BaseFont=name("Helvetica"))
    fonts = dictionary(F1=objects.add(font))
    pictures = dictionary(**({} if picture is None else {"Im": objects.add(picture)}))
    resources = objects.add(dictionary(Font=fonts, XObject=pictures))
    kids = ArrayObject()
    for number, item in enumerate(pages, start=1):
        content = drawing(number, item["box"]) if item["content"] is None else item["content"]
        streams = [content] if isinstance(content, bytes) else content
        references = ArrayObject(objects.add(stream(data)) for data in streams)
        entries = dictionary(
            Type=name("Page"),
            Parent=node,
            MediaBox=numbers(*item["box"]),
            Resources=resources,
            Contents=references[0] if len(references) == 1 else references,
        )
        imposed = {key: v(objects) if callable(v) else v for key, v in item["entries"].items()}
        entries.update(dictionary(**{k: v for k, v in imposed.items() if v is not None}))
        for key, value in imposed.items():
            if value is None:
                del entries[f"/{key}"]
        kids.append(objects.add(entries))
    below = dictionary(Type=name("Pages"), Kids=kids, Count=NumberObject(len(kids)))
    below.update(dictionary(**(tree or {})))
    objects.put(node, below)
    more = catalogue(objects) if callable(catalogue) else catalogue or {}
    objects.put(root, dictionary(Type=name("Catalog"), Pages=node, **more))
    about = objects.add(dictionary(**info)) if info else None
    return objects.write(version, root, about)


def metadata(objects, packet):
    return objects.add(stream(packet, Type=name("Metadata"), Subtype=name("XML")))


def intent(objects, kind, profile=b"a profile"):
    """An output intent with its profile."""
    profile_reference = objects.add(stream(profile, N=NumberObject(4)))
    return ArrayObject(
        [
            objects.add(
                dictionary(
                    Type=name("OutputIntent"),
                    S=name(kind),
                    OutputConditionIdentifier=TextStringObject("FOGRA51"),
                    DestOutputProfile=profile_reference,
                )
            )
        ]
    )


def annotation(kind, **entries):
    return dictionary(
        Type=NameObject("/Annot"),
        Subtype=name(kind),
        Rect=numbers(10, 10, 60, 40),
        **entries,
    )
