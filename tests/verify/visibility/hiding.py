"""Ways to hide text of a finished file while its structure and its text stay the same."""

import re
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
)

from publisher.pdf.open_file import open_file
from publisher.verify.visibility.text_layer import separate_text

_SHOW = re.compile(rb"(?<=\n)\[[^\]]*\] TJ")
_RESET = b"0 0 0 rg 0 Tr "
WORD = "2019"
"""The text that most attacks hide, at its first place on the first page."""


def _dictionary(**entries):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def _names(*values):
    return ArrayObject([FloatObject(value) for value in values])


class Attack:
    """A file that is being changed."""

    def __init__(self, data):
        self.writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
        self.page = self.writer.pages[0]
        self.glyphs = separate_text(open_file(data, strict=False)).glyphs
        text = "".join(glyph.character or "-" for glyph in self.glyphs)
        start = text.index(WORD)
        self.word = self.glyphs[start : start + len(WORD)]

    def data(self):
        buffer = BytesIO()
        self.writer.write(buffer)
        return buffer.getvalue()

    def resource(self, category, entry):
        """Add a resource to the page; return its name."""
        resources = self.page["/Resources"].get_object()
        key = NameObject(f"/{category}")
        if key not in resources:
            resources[key] = DictionaryObject()
        resources[key].get_object()[NameObject("/Hide")] = entry
        return b"/Hide"

    def stream(self, content, **entries):
        stream = DecodedStreamObject()
        stream.set_data(content)
        stream.update(_dictionary(**entries))
        return self.writer._add_object(stream)

    def set_content(self, content):
        self.page[NameObject("/Contents")] = self.stream(content)

    def content(self):
        return self.page.get_contents().get_data()

    def change_text(self, before, after=_RESET):
        """Put operators before and after all text-showing operators of the first page."""
        self.set_content(_SHOW.sub(lambda m: before + b" " + m[0] + b" " + after, self.content()))

    def move_text(self, change):
        """Change the text matrices of the first page."""
        matrix = re.compile(rb"(\S+) 0 0 -1 (\S+) (\S+) Tm")
        self.set_content(matrix.sub(lambda m: change(*map(float, m.groups())), self.content()))

    def enclose(self, before, after=b""):
        self.set_content(before + b"\nq\n" + self.content() + b"\nQ\n" + after)

    def box(self, glyphs=None):
        boxes = [glyph.box for glyph in glyphs or self.word]
        left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
        return left, bottom, max(b[2] for b in boxes) - left, max(b[3] for b in boxes) - bottom

    def rectangle(self, glyphs=None, share=1.0):
        left, bottom, width, height = self.box(glyphs)
        return f"{left:.3f} {bottom:.3f} {width * share:.3f} {height:.3f} re".encode()

    def cover(self, operators):
        self.enclose(b"", b"/Artifact <</Type /Layout>> BDC q " + operators + b" Q EMC")

    def state(self, **entries):
        return self.resource("ExtGState", _dictionary(**entries)) + b" gs"

    def form(self, content, **entries):
        box = _names(0, 0, 700, 900)
        return self.stream(
            content, Type=NameObject("/XObject"), Subtype=NameObject("/Form"), BBox=box, **entries
        )


def _in_colour(operators):
    return lambda attack: attack.change_text(operators)


def _in_state(**entries):
    normal = {"ca": FloatObject(1), "BM": NameObject("/Normal")}

    def hide(attack):
        attack.state(**entries)
        usual = _dictionary(**normal, SMask=NameObject("/None"))
        states = attack.page["/Resources"].get_object()["/ExtGState"].get_object()
        states[NameObject("/Usual")] = usual
        attack.change_text(b"/Hide gs", b"/Usual gs")
        attack.enclose(b"1 g 0 0 700 900 re f")  # what is blended needs something behind it

    return hide


def _soft_mask(attack):
    group = _dictionary(S=NameObject("/Transparency"), CS=NameObject("/DeviceGray"))
    black = attack.form(b"0 g 0 0 700 900 re f", Group=group)
    _in_state(SMask=_dictionary(S=NameObject("/Luminosity"), G=black))(attack)


def _covered(colour, share=1.0, count=None):
    def hide(attack):
        attack.cover(colour + b" " + attack.rectangle(attack.word[:count], share) + b" f")

    return hide


def _barred(attack):
    left, bottom, width, height = attack.box()
    bar = f"{left:.3f} {bottom + height * 0.3:.3f} {width:.3f} {height * 0.3:.3f} re f"
    attack.cover(b"0 g " + bar.encode())


def _picture(attack):
    image = attack.stream(
        b"\xff",
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Image"),
        Width=NumberObject(1),
        Height=NumberObject(1),
        BitsPerComponent=NumberObject(8),
        ColorSpace=NameObject("/DeviceGray"),
    )
    left, bottom, width, height = attack.box()
    name = attack.resource("XObject", image)
    attack.cover(f"{width} 0 0 {height} {left} {bottom} cm ".encode() + name + b" Do")


def _form(attack):
    name = attack.resource("XObject", attack.form(b"1 g " + attack.rectangle() + b" f"))
    attack.cover(name + b" Do")


def _shading(attack):
    function = _dictionary(
        FunctionType=NumberObject(2),
        Domain=_names(0, 1),
        C0=_names(1, 1, 1),
        C1=_names(1, 1, 1),
        N=NumberObject(1),
    )
    shading = _dictionary(
        ShadingType=NumberObject(2),
        ColorSpace=NameObject("/DeviceRGB"),
        Coords=_names(0, 0, 1, 1),
        Function=function,
    )
    shading[NameObject("/Extend")] = ArrayObject([BooleanObject(value=True)] * 2)
    name = attack.resource("Shading", shading)
    attack.cover(attack.rectangle() + b" W n " + name + b" sh")


def _clipped(attack):
    attack.enclose(b"0 0 700 900 re " + attack.rectangle() + b" W* n")


def _layer(attack):
    layer = attack.writer._add_object(_dictionary(Type=NameObject("/OCG")))
    configuration = _dictionary(OFF=ArrayObject([layer]), Order=ArrayObject([layer]))
    attack.writer._root_object[NameObject("/OCProperties")] = _dictionary(
        OCGs=ArrayObject([layer]), D=configuration
    )
    attack.resource("Properties", layer)
    attack.enclose(b"/OC /Hide BDC", b"EMC")


def _annotation(attack):
    left, bottom, width, height = attack.box()
    rectangle = _names(left, bottom, left + width, bottom + height)
    appearance = attack.stream(
        b"1 g 0 0 700 900 re f",
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Form"),
        BBox=_names(0, 0, width, height),
    )
    annotation = attack.writer._add_object(
        _dictionary(
            Type=NameObject("/Annot"),
            Subtype=NameObject("/Stamp"),
            F=NumberObject(4),
            Rect=rectangle,
            AP=_dictionary(N=appearance),
        )
    )
    annotations = attack.page.get("/Annots", ArrayObject())
    attack.page[NameObject("/Annots")] = ArrayObject([*annotations, annotation])


def _cropped(attack):
    _, bottom, _, _ = attack.box()
    attack.page[NameObject("/CropBox")] = RectangleObject((0, 0, 700, bottom))


def _other_figures(attack):
    """Cover a digit and show another one of the same font in its place, as an artifact."""
    content = attack.content()
    font = re.search(rb"/\S+ [\d.]+ Tf", content)[0]
    code = re.search(rb"<([0-9a-f]{4})", _SHOW.search(content)[0])[1]
    left, bottom, _, height = attack.box(attack.word[:1])
    attack.cover(
        b"1 g " + attack.rectangle(attack.word[:1]) + b" f 0 g BT " + font
        + f" 1 0 0 1 {left} {bottom + height / 4} Tm <".encode() + code + b"> Tj ET"
    )  # fmt: skip


def _on_black(attack):
    attack.enclose(b"0 g " + attack.rectangle() + b" f")


def _field(attack):
    _annotation(attack)
    field = attack.page["/Annots"][-1].get_object()
    appearance = field["/AP"]["/N"]
    field[NameObject("/AP")] = _dictionary(N=_dictionary(On=appearance))
    field.update(_dictionary(Subtype=NameObject("/Widget"), AS=NameObject("/On")))


def _expression(attack):
    layer = attack.writer._add_object(_dictionary(Type=NameObject("/OCG")))
    attack.writer._root_object[NameObject("/OCProperties")] = _dictionary(
        OCGs=ArrayObject([layer]), D=_dictionary(Order=ArrayObject([layer]))
    )
    expression = ArrayObject([NameObject("/Not"), layer])
    attack.resource("Properties", _dictionary(Type=NameObject("/OCMD"), VE=expression))
    attack.enclose(b"/OC /Hide BDC", b"EMC")


def _small_unit(attack):
    attack.page[NameObject("/UserUnit")] = FloatObject(0.01)


def _in_space(colour, *space):
    def hide(attack):
        name = attack.resource("ColorSpace", ArrayObject(space))
        attack.change_text(name + b" cs " + colour)

    return hide


def _added(attack):
    font = re.search(rb"/\S+ [\d.]+ Tf", attack.content())[0]
    code = re.search(rb"<([0-9a-f]{4})", _SHOW.search(attack.content())[0])[1]
    attack.cover(b"1 g BT " + font + b" 1 0 0 1 300 400 Tm <" + code + b"> Tj ET")


def _in_pattern(attack):
    pattern = attack.stream(
        b"1 1 1 rg 0 0 9 9 re f",
        PatternType=NumberObject(1),
        PaintType=NumberObject(1),
        TilingType=NumberObject(1),
        BBox=_names(0, 0, 9, 9),
        XStep=NumberObject(9),
        YStep=NumberObject(9),
        Resources=DictionaryObject(),
    )
    attack.change_text(b"/Pattern cs " + attack.resource("Pattern", pattern) + b" scn")


def _matrix(text):
    def move(a, x, y):
        return text.format(a=a, x=x, y=y).encode()

    return lambda attack: attack.move_text(move)


ATTACKS = {
    "a thick black bar": _barred,
    "white": _in_colour(b"1 1 1 rg"),
    "white in inks": _in_colour(b"0 0 0 0 k"),
    "nearly white": _in_colour(b".92 g"),
    "a white pattern": _in_pattern,
    "transparent": _in_state(ca=FloatObject(0)),
    "nearly transparent": _in_state(ca=FloatObject(0.06)),
    "a blend mode": _in_state(BM=NameObject("/Lighten")),
    "a soft mask": _soft_mask,
    "rendering mode 3": _in_colour(b"3 Tr"),
    "rendering mode 7": _in_colour(b"7 Tr"),
    "a white stroke": _in_colour(b"1 Tr 1 G"),
    "a white rectangle": _covered(b"1 g"),
    "a black rectangle": _covered(b"0 g"),
    "one digit covered": _covered(b"1 g", count=1),
    "half a digit covered": _covered(b"1 g", share=0.5, count=1),
    "a picture": _picture,
    "a form": _form,
    "a shading": _shading,
    "an annotation": _annotation,
    "other figures": _other_figures,
    "black on black": _on_black,
    "clipped": _clipped,
    "a layer that is off": _layer,
    "cropped": _cropped,
    "tiny": _matrix(".05 0 0 -.05 {x} {y} Tm"),
    "low": _matrix("{a} 0 0 -.02 {x} {y} Tm"),
    "narrow": _in_colour(b"1 Tz"),
    "mirrored": _matrix("-1 0 0 -1 {x} {y} Tm"),
    "upside down": _matrix("-1 0 0 1 {x} {y} Tm"),
    "beside the page": _matrix("{a} 0 0 -1 5000 {y} Tm"),
    "raised off the page": _in_colour(b"3000 Ts"),
    "added in white": _added,
    "a form field": _field,
    "a visibility expression": _expression,
    "a page of tiny units": _small_unit,
    "a gamma that makes grey white": _in_space(
        b".5 scn",
        NameObject("/CalGray"),
        _dictionary(WhitePoint=_names(0.95, 1, 1.09), Gamma=FloatObject(0.01)),
    ),
    "no ink at all": _in_space(
        b"1 scn",
        NameObject("/DeviceN"),
        ArrayObject([NameObject("/None")]),
        NameObject("/DeviceGray"),
        _dictionary(
            FunctionType=NumberObject(2),
            Domain=_names(0, 1),
            C0=_names(1),
            C1=_names(0),
            N=NumberObject(1),
        ),
    ),
}
"""The attacks by name."""


def hide(data, name):
    """Return a file with text hidden in one way."""
    attack = Attack(data)
    ATTACKS[name](attack)
    return attack.data()
