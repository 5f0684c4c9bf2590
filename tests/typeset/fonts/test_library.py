import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from publisher.errors import (
    ConfigurationError,
    FontMissingError,
    GlyphMissingError,
    SystemLibraryError,
)
from publisher.typeset import system_libraries, weasyprint_loader
from publisher.typeset.fonts import fontconfig
from publisher.typeset.fonts import library as font_library
from publisher.typeset.fonts.catalogue import Need, chain, load_catalogue
from publisher.typeset.fonts.family_rules import font_rules

pytestmark = pytest.mark.typeset

ROOT = Path(__file__).parents[3]
SERIF = "Noto Serif CJK SC"


@pytest.fixture(scope="module")
def library():
    return font_library.load_library()


def with_offsets(text):
    return [(character, offset) for offset, character in enumerate(text)]


# Where the fonts are.


def test_the_required_families_are_here(library):
    required = {f.name for f in library.catalogue.families.values() if f.need is Need.REQUIRED}
    assert required <= set(library.families), "run scripts/setup.sh"


def test_only_families_of_the_catalogue_are_loaded(library):
    assert set(library.families) <= set(library.catalogue.families)
    for name in library.families:
        assert name in library.face(name).families
        assert library.face(name).path.name in library.catalogue.families[name].files


def test_a_collection_gives_each_region_its_own_face(library):
    faces = [library.face(f"Noto Serif CJK {region}") for region in ("SC", "TC", "HK")]
    assert len({face.path for face in faces}) == 1
    assert len({face.index for face in faces}) == 3
    assert [face.postscript_name[12:14] for face in faces] == ["sc", "tc", "hk"]


def test_bold_and_regular(library):
    assert library.face(SERIF, bold=True).path.name == "NotoSerifCJK-Bold.ttc"
    assert library.face(SERIF, bold=True).bold
    assert library.face(SERIF).path.name == "NotoSerifCJK-Regular.ttc"
    assert library.face("FandolFang", bold=True).postscript_name == "FandolFang-Regular"


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "zh-Hant-HK"])
@pytest.mark.parametrize("role", ["fangsong", "song"])
def test_low_lines_join(library, role, language):
    face = library.face(library.family_of("_", chain(role, language)))
    with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
        glyphs, name = font.getGlyphSet(), font.getBestCmap()[0x5F]
        pen = BoundsPen(glyphs)
        glyphs[name].draw(pen)
        assert pen.bounds[0] <= 0
        assert pen.bounds[2] >= glyphs[name].width


def test_the_face_of_a_family_with_italics_is_upright(library):
    assert library.face("Noto Serif").path.name == "NotoSerif-Regular.ttf"
    assert library.face("Noto Serif", bold=True).path.name == "NotoSerif-Bold.ttf"


def test_earlier_folders_win(library, tmp_path):
    own = tmp_path / "FandolFang-Regular.otf"
    shutil.copy(library.face("FandolFang").path, own)
    searched = font_library.FontLibrary(load_catalogue(), folders=[tmp_path, *library.folders])
    assert searched.face("FandolFang").path == own
    assert searched.face(SERIF).path == library.face(SERIF).path


def test_an_empty_machine_says_what_it_lacks_and_how_to_get_it(tmp_path):
    library = font_library.FontLibrary(load_catalogue(), folders=[tmp_path])
    assert library.families == ()
    assert {family.name for family in library.missing} == set(load_catalogue().families)
    assert all(family.remedy for family in library.missing)
    with pytest.raises(FontMissingError) as caught:
        library.require(chain("fangsong", "zh-Hans"))
    assert "FandolFang (FandolFang-Regular.otf)" in str(caught.value)
    assert "publisher fonts install, for the fonts of fonts-noto-cjk" in caught.value.hint
    assert "HanaMin" not in str(caught.value)
    with pytest.raises(FontMissingError, match="not on this machine: FandolFang"):
        library.face("FandolFang")


def test_a_file_that_is_no_font_counts_as_missing(tmp_path):
    (tmp_path / "FandolFang-Regular.otf").write_bytes(b"OTTO")
    library = font_library.FontLibrary(load_catalogue(), folders=[tmp_path])
    assert "FandolFang" in {family.name for family in library.missing}


def test_a_folder_whose_name_is_not_unicode_or_xml_does_no_harm(library, tmp_path):
    wild = tmp_path / "a&b <c>"
    wild.mkdir()
    shutil.copy(library.face("FandolFang").path, wild)
    folders = [Path(os.fsdecode(bytes(tmp_path / "x") + b"\xff")), wild]
    folders[0].mkdir()
    shutil.copy(library.face("FandolFang").path, folders[0])
    assert font_library.FontLibrary(load_catalogue(), folders=folders).families == ("FandolFang",)


def test_an_offices_own_family_is_found_by_name(library, tmp_path):
    from fontTools.ttLib import TTFont

    with TTFont(library.face("cwTeXFangSong").path) as font:
        for record in font["name"].names:
            if record.nameID in {1, 4, 16}:
                record.string = "Own Fang"
        font.save(tmp_path / "own.ttf")
    folders = [tmp_path, *library.folders]
    own = font_library.FontLibrary(load_catalogue(), preferred=("Own Fang",), folders=folders)
    assert own.face("Own Fang").path == tmp_path / "own.ttf"
    assert font_library.FontLibrary(load_catalogue(), folders=folders).families == library.families
    supplied = own.check_coverage(chain("fangsong", "zh-Hant", ["Own Fang"]), with_offsets("中文"))
    assert supplied == {"Own Fang": 2}


def test_an_offices_family_that_is_not_here_is_refused():
    library = font_library.FontLibrary(load_catalogue(), preferred=("No Such",))
    assert library.missing[0].name == "No Such"
    with pytest.raises(FontMissingError, match="No Such"):
        library.require(chain("hei", "zh-Hans", ["No Such"]))


@pytest.fixture(scope="module")
def own_latin(library, tmp_path_factory):
    """A library with an office's face for Latin text, which has Chinese characters and marks too."""
    from fontTools.subset import Subsetter
    from fontTools.ttLib import TTFont

    folder = tmp_path_factory.mktemp("latin")
    with TTFont(library.face("FandolFang").path) as font:
        subsetter = Subsetter()
        subsetter.populate(text="aZ1,%“”’—中，×·A Itisn")
        subsetter.subset(font)
        for record in font["name"].names:
            if record.nameID in {1, 4, 6, 16}:
                record.string = "OwnLatin"
        font.save(folder / "latin.otf")
    return font_library.FontLibrary(
        load_catalogue(),
        preferred=("OwnLatin",),
        latin=("OwnLatin",),
        folders=[folder, *library.folders],
    )


def test_a_latin_family_supplies_letters_figures_and_their_marks_only(own_latin):
    face = own_latin.face("OwnLatin")
    assert [character for character in "aZ1,%“”’—中，×·" if face.has(character)] == list(
        "aZ1,%“”’—"
    )


def test_marks_of_chinese_text_are_in_the_chinese_face(own_latin):
    from pypdf import PdfReader

    from publisher.model import Metadata
    from publisher.profiles import PROFILES
    from publisher.typeset.engine import Engine
    from publisher.typeset.output.identification import Declaration

    declaration = Declaration(
        profile=PROFILES["archive"],
        metadata=Metadata(title="题目"),
        timestamp="2020-01-02T00:00:00+08:00",
        producer="p",
        creator="c",
    )
    html = "<html lang='zh-Hans'><head><title>题目</title></head><body><p>中“A1”——中</p><p lang='en'>It isn’t"
    css = 'html { font: 12pt OwnLatin, "Noto Serif CJK SC" }'
    pdf = Engine(own_latin).typeset(html, css, declaration).pdf
    texts = {}
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    for font in page["/Resources"]["/Font"].values():
        name = str(font.get_object()["/BaseFont"]).partition("+")[2]
        cmap = font.get_object()["/ToUnicode"].get_data().decode()
        codes = re.findall(r"<([0-9a-f]{4})>\s*$", cmap, re.MULTILINE | re.IGNORECASE)
        texts[name] = "".join(sorted(chr(int(code, 16)) for code in codes))
    assert set("A1Itisn’") <= set(texts["OwnLatin"])
    assert set("“”中") <= set(texts["Noto-Serif-CJK-SC"])
    assert not set("“”—中") & set(texts["OwnLatin"])


def test_a_family_that_is_not_free_is_refused_with_the_name_of_its_twin():
    library = font_library.FontLibrary(load_catalogue(), preferred=("Times New Roman",), folders=[])
    with pytest.raises(FontMissingError) as caught:
        library.require(["Times New Roman"])
    assert "Liberation Serif" in caught.value.hint


# What they cover.


def test_the_first_family_that_has_a_character_supplies_it(library):
    families = chain("fangsong", "zh-Hans")
    assert library.family_of("中", families) == "FandolFang"
    assert library.family_of("㎡", families) == SERIF
    assert library.family_of("\ue000", families) is None
    assert library.check_coverage(families, with_offsets("中国中㎡")) == {"FandolFang": 2, SERIF: 1}


def test_coverage_agrees_with_the_fonts_own_tables(library):
    for name in ("FandolFang", "cwTeXFangSong", "Noto Sans CJK HK", SERIF):
        has_no_letters = name in ("FandolFang", "cwTeXFangSong")
        face = library.face(name)
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            cmap = font.getBestCmap()
        for code in (*range(0x20, 0x7F), *range(0x4E00, 0x9FFF, 7), *range(0x20000, 0x2A6DF, 97)):
            is_left_out = code < 0x7F and has_no_letters
            assert face.has(chr(code)) == (code in cmap and not is_left_out), f"{name} U+{code:04X}"


@pytest.mark.parametrize(
    "name",
    ["FandolFang", "FandolKai", "cwTeXFangSong", "AR PL UKai TW", "LXGW WenKai", "HanaMinA"],
)
def test_letters_are_not_taken_from_a_family_that_draws_them_badly(library, name):
    if name not in library.families:
        pytest.skip(f"{name} is not installed")
    face = library.face(name)
    assert face.has("中")
    assert not any(map(face.has, "W1η"))


def test_missing_glyphs_are_listed_with_their_places(library):
    with pytest.raises(GlyphMissingError) as caught:
        library.check_coverage(
            chain("song", "zh-Hans"), with_offsets("甲\U000f0000乙\U000f0000丙\uffff")
        )
    text = str(caught.value)
    assert "U+F0000 at offset 1" in text
    assert "U+FFFF at offset 5" in text
    assert "offset 3" not in text
    assert "more" not in text
    assert "private-use" in caught.value.hint


def test_no_more_than_five_missing_glyphs_are_spelled_out(library):
    absent = [(chr(0xF0000 + n), n) for n in range(8)]
    with pytest.raises(GlyphMissingError, match="and 3 more") as caught:
        library.check_coverage(chain("song", "zh-Hans"), absent)
    assert str(caught.value).count("U+") == 5


def test_a_character_outside_every_font_is_told_how_to_get(library, tmp_path):
    small_library = font_library.FontLibrary(load_catalogue(), folders=[tmp_path])
    with pytest.raises(GlyphMissingError, match=r"“中” U\+4E2D at offset 0") as caught:
        small_library.check_coverage(chain("song", "zh-Hans"), with_offsets("中"))
    assert "fonts-noto-cjk" in caught.value.hint
    assert "configuration" in caught.value.hint


@pytest.mark.parametrize(
    "character", ["\n", "\t", "\u200b", "\u2028", "\ufeff", "\u00ad", "\ufe0f"]
)
def test_what_has_no_shape_needs_no_glyph(library, character):
    library.check_coverage(chain("fangsong", "zh-Hans"), with_offsets(f"中{character}文"))


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800", "\u0600"])
def test_what_is_no_text_is_refused(library, tmp_path, character):
    """The font is alone: in its folder there may be one for Arabic, whose signs of numbers are formats too."""
    for file in library.face(SERIF).path.parent.glob("NotoSerifCJK-*.ttc"):
        (tmp_path / file.name).symlink_to(file)
    small_library = font_library.FontLibrary(load_catalogue(), folders=[tmp_path])
    small_library.check_coverage(chain("song", "zh-Hans"), with_offsets("中文"))
    with pytest.raises(GlyphMissingError, match="offset 1"):
        small_library.check_coverage(chain("song", "zh-Hans"), with_offsets(f"中{character}文"))


# What WeasyPrint makes of them.


def test_latin_forms_are_taken_from_the_next_family(library):
    families = ("cwTeXFangSong", "Noto Serif CJK TC")
    assert library.family_of("中", families) == "cwTeXFangSong"
    assert library.family_of("—", families) == library.family_of("…", families) == families[1]


def test_what_was_found_without_rules_is_not_used_with_them(library, tmp_path):
    path = library.face("cwTeXFangSong").path
    rules = font_rules([library.catalogue.families["cwTeXFangSong"]])
    for wanted in ((), rules, ()):
        (face,) = fontconfig.FontSet(
            [path.parent], files=[path], rules=wanted, cache=tmp_path
        ).faces()
        assert face.has("中")
        assert face.has("—") is not bool(wanted)


@pytest.fixture(scope="module")
def configuration(library):
    return font_library.font_configuration(library)


@pytest.fixture
def render(configuration):
    from publisher._weasyprint import HTML
    from pypdf import PdfReader

    def render(css, text, language="zh-Hans"):
        html = f'<html lang="{language}"><p style="{css}">{text}'
        pdf = HTML(string=html).write_pdf(font_config=configuration, uncompressed_pdf=True)
        (page,) = PdfReader(io.BytesIO(pdf)).pages
        names = {
            str(font.get_object()["/BaseFont"]).partition("+")[2]
            for font in page["/Resources"]["/Font"].values()
        }
        glyphs = b"".join(re.findall(rb"<([0-9a-f]+)>", page.get_contents().get_data()))
        return names, glyphs.decode()

    return render


@pytest.mark.parametrize(
    ("css", "text", "expected"),
    [
        ("font-family: FandolFang", "中文，", {"FandolFang"}),
        ("font-family: FandolFang; font-weight: bold", "中文", {"FandolFang"}),
        (
            "font-family: FandolFang, Noto Serif CJK SC",
            "中2017",
            {"FandolFang", "Noto-Serif-CJK-SC"},
        ),
        ("font-family: LXGW WenKai", "中文", {"LXGW-WenKai"}),
        ("font-family: cwTeXFangSong", "中文", {"cwTeXFangSong-Medium"}),
        ("font-family: Noto Serif CJK SC", "中文", {"Noto-Serif-CJK-SC"}),
        ("font-family: Noto Serif CJK SC; font-weight: bold", "中", {"Noto-Serif-CJK-SC-Bold"}),
        ("font-family: Noto Sans CJK TC; font-weight: bold", "中", {"Noto-Sans-CJK-TC-Bold"}),
        ("font-family: serif", "中a", {"Noto-Serif-CJK-SC"}),
        ("font-family: sans-serif", "中a", {"Noto-Sans-CJK-SC"}),
        ("font-family: monospace", "中a", {"Noto-Sans-CJK-SC"}),
    ],
)
def test_exactly_the_wanted_fonts_are_embedded(render, css, text, expected):
    names, glyphs = render(css, text)
    assert names == expected
    assert "0000" not in [glyphs[n : n + 4] for n in range(0, len(glyphs), 4)]


@pytest.mark.parametrize("family", ["DejaVu Serif", "Noto Serif CJK JP", "LXGW WenKai Mono", "No"])
def test_no_other_font_of_the_machine_can_get_in(render, family):
    names, _ = render(f"font-family: {family}", "中文abc骨")
    assert names == {"Noto-Serif-CJK-SC"}


def test_the_language_chooses_the_forms(render):
    sc_hans = render("font-family: Noto Serif CJK SC", "，骨", "zh-Hans")[1]
    sc_hant = render("font-family: Noto Serif CJK SC", "，骨", "zh-Hant")[1]
    tc_hant = render("font-family: Noto Serif CJK TC", "，骨", "zh-Hant")[1]
    hk = render("font-family: Noto Serif CJK HK", "，骨", "zh-Hant-HK")[1]
    assert sc_hans != sc_hant
    assert sc_hant == tc_hant
    # The comma is centred in both; the character differs between Taiwan and Hong Kong.
    assert hk[:4] == tc_hant[:4] != sc_hans[:4]
    assert hk[4:] != tc_hant[4:]


def test_chinese_marks_are_centred_in_traditional_text(library):
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib import TTFont

    centres = {}
    for region in ("SC", "TC"):
        face = library.face(f"Noto Serif CJK {region}")
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            glyphs = font.getGlyphSet()
            pen = BoundsPen(glyphs)
            comma = glyphs[font.getBestCmap()[ord("，")]]
            comma.draw(pen)
            centres[region] = (pen.bounds[0] + pen.bounds[2]) / 2 / comma.width
    assert centres["TC"] == pytest.approx(0.5, abs=0.05)
    assert centres["SC"] < 0.3


def test_a_style_sheet_cannot_bring_a_font(configuration):
    from publisher._weasyprint import CSS

    with pytest.raises(ConfigurationError, match="Smuggled"):
        CSS(
            string="@font-face { font-family: Smuggled; src: url(data:,x) }",
            font_config=configuration,
        )


def test_a_font_configuration_has_the_attributes_of_weasyprints(library, configuration):
    """What ``font_configuration`` relies on; if this fails, read its docstring."""
    import weasyprint
    from cffi import FFI
    from publisher._weasyprint.text.ffi import ffi
    from weasyprint.text.fonts import FontConfiguration

    assert weasyprint.__version__.startswith("70.")
    assert set(vars(FontConfiguration())) == set(vars(configuration)) - {"_library"}
    binding = FFI()
    binding.cdef("void *pango_fc_font_map_get_config(void *map);")
    pango = binding.dlopen("libpangoft2-1.0.so.0")
    font_map = binding.cast("void *", int(ffi.cast("uintptr_t", configuration.font_map)))
    address = pango.pango_fc_font_map_get_config(font_map)
    assert int(binding.cast("uintptr_t", address)) == library.address
    assert int(ffi.cast("uintptr_t", configuration._config)) == library.address


PROGRAM = """
import hashlib
from publisher.typeset.fonts import library as fonts
library = fonts.load_library()
configuration = fonts.font_configuration(library)
from publisher._weasyprint import HTML
html = '''<html lang="zh-Hans"><p style="font-family: FandolFang, Noto Serif CJK SC">
中文〔2017〕㎡<b>粗</b><p style="font-family: serif">中<p style="font-family: No">中a☎'''
print(hashlib.sha256(HTML(string=html).write_pdf(font_config=configuration)).hexdigest())
"""
HOSTILE = """<?xml version="1.0"?>
<fontconfig>
<dir>/usr/share/fonts</dir>
<match target="pattern"><edit name="family" mode="prepend" binding="strong">
<string>Noto Sans CJK TC</string></edit></match>
<match target="font"><edit name="embolden" mode="assign"><bool>true</bool></edit></match>
<match target="scan"><edit name="family" mode="prepend"><string>FandolFang</string></edit></match>
</fontconfig>
"""


def digest(**environment):
    folders = os.pathsep.join(str(folder) for folder in font_library.load_library().folders)
    base = {
        "PATH": os.environ["PATH"],
        "PUBLISHER_FONTS": folders,
        "PYTHONPATH": str(ROOT),
        "SOURCE_DATE_EPOCH": "0",
    }
    shown = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PROGRAM],
        env=base | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    assert len(shown.stdout.strip()) == len(hashlib.sha256().hexdigest())
    return shown.stdout


def test_nothing_of_the_machine_shows_in_the_bytes(tmp_path):
    rules = tmp_path / "fonts.conf"
    rules.write_text(HOSTILE)
    expected = digest()
    assert digest(LC_ALL="C", HOME="/proc") == expected
    assert digest(LC_ALL="ja_JP.UTF-8", LANG="ja_JP.UTF-8", FC_LANG="ja") == expected
    assert digest(FONTCONFIG_FILE=str(rules)) == expected


def test_a_file_of_the_same_name_elsewhere_is_no_part_of_the_set(library, tmp_path):
    own = library.face(SERIF).path
    shutil.copy(own, tmp_path)
    shutil.copy(own, tmp_path / "Other.ttf")
    faces = fontconfig.FontSet([own.parent, tmp_path], files=[tmp_path / own.name]).faces()
    assert {face.path for face in faces} == {tmp_path / own.name}


# What the system lacks.


def test_the_system_libraries_are_here():
    assert [
        library.name for library in system_libraries.system_libraries() if not library.is_found
    ] == []
    weasyprint_loader.load_weasyprint()


def test_a_missing_system_library_is_named_with_its_package(monkeypatch, capsys):
    rows = (("libno-such.so.9", "libno-such9", True, "does nothing"),)
    monkeypatch.setattr(system_libraries, "_LIBRARIES", rows)
    with pytest.raises(SystemLibraryError, match="libno-such") as caught:
        weasyprint_loader.load_weasyprint.__wrapped__()
    assert "libno-such9" in caught.value.hint
    assert capsys.readouterr().out == ""


def test_nothing_slow_is_imported_before_it_is_used():
    program = (
        "import sys; from publisher.typeset.fonts import library; "
        "print([n for n in ('weasyprint', 'publisher._weasyprint', 'cffi', 'fontTools', 'urllib.request') if n in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("character", "package"),
    [
        ("བ", "fonts-noto-core"),
        ("ꀀ", "fonts-noto-core"),
        ("ᠠ", "fonts-noto-core"),
        ("𱍊", "fonts-babelstone-han"),
        ("𪚥", "fonts-hanazono fonts-babelstone-han"),
        ("ە", "fonts-noto-core"),
    ],
)
def test_the_message_about_a_missing_character_names_only_the_package_that_has_it(
    character, package, tmp_path
):
    catalogue = load_catalogue()
    library = font_library.FontLibrary(catalogue, folders=[tmp_path])
    families = catalogue.chain("fangsong", "zh-Hans")
    adding = [name for name in families if catalogue.families[name].adds]
    with pytest.raises(GlyphMissingError) as caught:
        library.check_coverage(adding, [(character, 3)])
    packages = {family.package for family in catalogue.families.values()}
    assert {name for name in packages if name in caught.value.hint} - {"fonts-dejavu-core"} == set(
        package.split()
    )


def test_no_package_is_named_for_a_character_that_none_has(tmp_path):
    library = font_library.FontLibrary(load_catalogue(), folders=[tmp_path])
    with pytest.raises(GlyphMissingError) as caught:
        library.check_coverage(["Noto Serif Tibetan"], [("𐌀", 3)])
    assert "apt-get" not in caught.value.hint
