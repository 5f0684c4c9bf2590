"""A volume holds its parts as they were: structure, links, labels, bookmarks, attachments."""

import hashlib
import json
import shutil
from dataclasses import replace
from io import BytesIO
from itertools import product
from types import SimpleNamespace

import pymupdf
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from publisher import Options, publish
from publisher.cli.main import main
from publisher.errors import UsageError, VerificationError
from publisher.model import Severity
from publisher.pdf import object_copy
from publisher.pdf.document import read_pdf
from publisher.pdf.structure_tree import read_name_tree
from publisher.pdf.syntax import resolve
from publisher.profiles import PROFILES
from publisher.verify.declared_standards import declared_standards
from publisher.verify.verapdf import validate_with_verapdf
from publisher.volume import merged_structure_tree, verification
from publisher.volume.bind import bind
from publisher.volume.name_trees import Attachments
from publisher.volume.parts import common_profile, find_parts, read_part
from tests.signing.authority import sign
from tests.volume.shelves import make_shelf

pytestmark = pytest.mark.typeset
TITLES = [f"某市人民政府{year}年政府信息公开工作年度报告" for year in (2018, 2019, 2020)]


def links(volume):
    """Each link of a volume: its page's label, and the page that it leads to."""
    destinations = dict(read_name_tree(volume.catalog["/Names"].get("/Dests")))
    for index, page in enumerate(volume.reader.pages):
        for annotation in page.get("/Annots", ()):
            properties = resolve(annotation)
            target = properties.get("/Dest", (properties.get("/A") or {}).get("/D"))
            destination = resolve(destinations[target])
            yield volume.pdf.pages[index].label, volume.page_index(destination[0]), properties


def test_parts_are_in_the_order_of_their_paths(bound):
    assert [part.path.as_posix().split("历年报告/")[1] for part in bound.volume.parts] == [
        "2018/report.pdf",
        "2019/report.pdf",
        "2020.pdf",
    ]
    assert [item.title for item in bound.tops] == TITLES


def test_page_labels_agree_with_the_folios_and_are_unique(bound):
    labels = [page.label for page in bound.pdf.pages]
    assert labels[:2] == ["i", "ii"]
    assert [label for label in labels if label.startswith("2-")][:3] == ["2-i", "2-ii", "2-1"]
    assert [label for label in labels if label.startswith("3-")][:2] == ["3-1", "3-2"]
    assert len(set(labels)) == len(labels)
    for page in bound.pdf.pages[2:]:
        folio = page.label.split("-")[1]
        if folio != "i":  # a cover has none
            footers = "".join(
                item.text for item in bound.pdf.artifacts() if item.page == page.index
            )
            assert folio in footers.replace(" ", "")


def test_the_contents_have_a_linked_line_for_each_report(bound):
    entries = [item for item in bound.root.walk() if item.role == "TOCI"][:3]
    properties = ["".join(bound.pdf.logical_text(item).split()) for item in entries]
    assert properties == [
        f"1{TITLES[0]}某市人民政府2018年1-1",
        f"2{TITLES[1]}某市人民政府2019年2-i",
        f"3{TITLES[2]}某市人民政府2020年3-1",
    ]
    led = {(label, page) for label, page, _ in links(bound) if label == "ii"}
    assert led == {("ii", bound.pages_of(number)[0]) for number in (1, 2, 3)}
    error_output = {
        properties["/Contents"] for label, _, properties in links(bound) if label == "ii"
    }
    assert f"{TITLES[1]}，某市人民政府，2019年，第2-i页" in error_output


def test_every_link_stays_in_its_part(bound, modern_bound):
    for volume in (bound, modern_bound):
        inside = [(label, page) for label, page, _ in links(volume) if "-" in label]
        assert {label[0] for label, _ in inside} == {"1", "2", "3"}
        for label, page in inside:
            assert page in volume.pages_of(label[0])


def test_link_destinations_are_unchanged(bound):
    for part in bound.volume.parts:
        alone = PdfReader(BytesIO(part.data))
        before = []
        for page in alone.pages:
            for annotation in page.get("/Annots", ()):
                destination = alone.named_destinations[annotation.get_object()["/Dest"]]
                before.append(
                    (alone.get_destination_page_number(destination), float(destination.top))
                )
        destinations = bound.reader.named_destinations
        first = bound.pages_of(part.number)[0]
        after = []
        for label, page, properties in links(bound):
            if label.startswith(part.prefix):
                after.append((page - first, float(destinations[properties["/Dest"]].top)))
        assert after == before
        assert after


def test_each_report_has_one_bookmark_with_its_own_below(bound):
    marks = [(item.level, item.title, item.page) for item in bound.pdf.outlines]
    assert marks[:2] == [(1, "历年报告", 0), (1, "目录", 1)]
    assert [mark for mark in marks[2:] if mark[0] == 1] == [
        (1, title, bound.pages_of(number)[0]) for number, title in enumerate(TITLES, start=1)
    ]
    for part in bound.volume.parts:
        own = [(item.title, item.level) for item in read_pdf(part.data).outlines]
        first = bound.pages_of(part.number)
        assert [(title, level) for level, title, page in marks if page in first] == own
    closed = bound.catalog["/Outlines"]["/First"]["/Next"]["/Next"]
    assert closed["/Count"] < 0
    assert bound.catalog["/Outlines"]["/Count"] == 5


def test_pymupdf_reads_the_same_volume(volume):
    with pymupdf.open(stream=volume.data) as document:
        assert document.page_count == volume.pages
        assert [entry[1] for entry in document.get_toc() if entry[0] == 1][2:] == TITLES
        assert document[2].get_label() == "1-1"
        for number, page in enumerate(document):
            for link in page.get_links():
                assert 0 <= link["page"] < document.page_count, (number, link)


def test_the_text_of_each_part_is_unchanged(bound, modern_bound):
    for volume in (bound, modern_bound):
        for part, top in zip(volume.volume.parts, volume.tops, strict=True):
            alone = read_pdf(part.data)
            for replaced in (True, False):
                properties = volume.pdf.logical_text(top, replaced=replaced)
                assert properties == alone.logical_text(replaced=replaced)


def test_each_element_is_unchanged(bound):
    def seen(element):
        attributes = {k: v for k, v in element.attributes.items() if k != "Headers"}
        return element.role, element.language, element.alt, element.expansion, attributes

    for part, top in zip(bound.volume.parts, bound.tops, strict=True):
        alone = read_pdf(part.data).structure.children[0]
        assert list(map(seen, top.walk()))[1:] == list(map(seen, alone.walk()))[1:]


def test_cells_refer_to_headers_of_their_own_table(bound):
    seen = set()
    for part, top in zip(bound.volume.parts, bound.tops, strict=True):
        own = {item.id: item for item in top.walk() if item.id}
        assert not seen & set(own)
        seen |= set(own)
        alone = read_pdf(part.data)
        before = [
            [
                alone.logical_text(alone.structure.ids[name])
                for name in item.attributes.get("Headers", ())
            ]
            for item in alone.structure.walk()
            if item.role in ("TD", "TH")
        ]
        after = [
            [bound.pdf.logical_text(own[name]) for name in item.attributes.get("Headers", ())]
            for item in top.walk()
            if item.role in ("TD", "TH")
        ]
        assert after == before
        assert any(before)
    assert set(bound.pdf.structure.id_tree) == seen
    assert list(bound.pdf.structure.id_tree) == sorted(seen)


def test_the_parent_tree_leads_from_content_to_its_element(bound):
    tree = dict(
        merged_structure_tree.number_entries(bound.catalog["/StructTreeRoot"]["/ParentTree"])
    )
    assert bound.catalog["/StructTreeRoot"]["/ParentTreeNextKey"] == max(tree) + 1
    keys = []
    for page in bound.reader.pages:
        keys.append(page["/StructParents"])
        for mcid, reference in enumerate(resolve(tree[keys[-1]])):
            element = resolve(reference)
            if element is None:
                continue
            kids = element["/K"] if isinstance(element["/K"], list) else [element["/K"]]
            content_items = [
                (resolve(kid)["/Pg"], resolve(kid)["/MCID"])
                if isinstance(resolve(kid), dict)
                else (element["/Pg"], kid)
                for kid in kids
                if not isinstance(resolve(kid), dict) or "/MCID" in resolve(kid)
            ]
            assert (page, mcid) in content_items
        for annotation in page.get("/Annots", ()):
            keys.append(resolve(annotation)["/StructParent"])
            link = resolve(tree[keys[-1]])
            assert link["/S"] == "/Link"
            assert annotation in [
                resolve(kid).raw_get("/Obj") for kid in link["/K"] if "/Obj" in str(resolve(kid))
            ]
    assert sorted(keys) == sorted(tree)


def test_the_element_type_of_parts_depends_on_the_pdf_version(bound, modern_bound):
    assert [item.role for item in bound.tops] == ["Part"] * 3
    assert [item.role for item in modern_bound.tops] == ["Document"] * 3
    for volume in (bound, modern_bound):
        assert volume.root.role == "Document"
        assert len(volume.pdf.structure.children) == 1


def test_attachments_are_kept_under_names_of_their_own(bound):
    files = {file.name: file for file in bound.pdf.embedded_files}
    assert sorted(files) == [
        "01 report.figures.csv",
        "01 report.md",
        "02 report.figures.csv",
        "02 report.md",
        "2020.figures.csv",
        "2020.md",
    ]
    assert all(file.associated for file in files.values())
    for part, prefix in zip(bound.volume.parts, ("01 ", "02 ", ""), strict=True):
        for file in read_pdf(part.data).embedded_files:
            bound_file = files[f"{prefix}{file.name}"]
            assert (
                bound_file.data,
                bound_file.relationship,
                bound_file.description,
                bound_file.media_type,
            ) == (
                file.data,
                file.relationship,
                file.description,
                file.media_type,
            )
    tree = read_name_tree(bound.catalog["/Names"]["/EmbeddedFiles"])
    dates = {
        key: resolve(properties)["/EF"]["/F"]["/Params"]["/ModDate"] for key, properties in tree
    }
    assert dates["01 report.md"] == "D:20190120000000+08'00"
    assert dates["2020.md"] == "D:20210120000000+08'00"
    for _, properties in tree:
        assert resolve(properties)["/F"] == resolve(properties)["/UF"]


def test_a_volume_declares_itself(bound):
    assert bound.volume.declares == ("PDF/A-3a", "PDF/UA-1")
    assert {item.profile for item in bound.volume.verdicts} >= {
        "PDF/A-3a",
        "PDF/UA-1",
        "matterhorn",
    }
    assert bound.pdf.marked
    assert bound.pdf.display_title
    assert bound.pdf.info["Title"] == "历年报告"
    assert bound.pdf.info["Author"] == "某市人民政府"
    assert bound.pdf.info["CreationDate"] == "D:20210120000000+08'00"
    assert bound.pdf.xmp.count(b"<rdf:RDF") == 1
    assert len(bound.catalog["/OutputIntents"]) == 1


def test_the_cover_names_the_common_issuer(bound, shelf):
    def cover(pdf):
        return "".join(pdf.logical_text(pdf.structure.children[0].children[0]).split())

    assert cover(bound.pdf) == "历年报告2018—2020年某市人民政府"
    named = bind(shelf, shelf / "x.pdf", title="汇编", issuer="某市档案馆")
    assert cover(read_pdf(named.data)) == "汇编2018—2020年某市档案馆"


def test_equal_objects_are_stored_once(bound):
    profiles = [
        number
        for number in range(1, bound.reader.trailer["/Size"])
        if isinstance(item := bound.reader.get_object(number), dict) and item.get("/N") == 3
        if item.get("/Type") != "/ObjStm"
    ]
    assert len(profiles) == 1


def test_the_same_parts_give_the_same_bytes(volume, shelf, tmp_path, monkeypatch):
    other = tmp_path / "历年报告"
    shutil.copytree(shelf, other)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "America/Lima")
    assert bind(other, other / "volume.pdf").data == volume.data


def test_the_date_can_be_given(shelf, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    pdf = read_pdf(bind(shelf, shelf / "x.pdf").data)
    assert pdf.info["CreationDate"] == "D:19700102000000+00'00"


def test_pdf_2_keeps_structure_destinations_within_a_part(modern_bound):
    assert modern_bound.pdf.version == "2.0"
    assert modern_bound.volume.declares == PROFILES["archive-2"].declares
    assert declared_standards(modern_bound.pdf.xmp) == set(PROFILES["archive-2"].declares)
    assert "/Info" not in modern_bound.reader.trailer
    spaces = modern_bound.catalog["/StructTreeRoot"]["/Namespaces"]
    assert len({resolve(space)["/NS"] for space in spaces}) == len(spaces) == 2
    document = modern_bound.catalog["/StructTreeRoot"]["/K"][0]
    tops = list(document["/K"])[-3:]

    def part_of(element):
        while element.raw_get("/P") != document.indirect_reference:
            element = element["/P"]
        return tops.index(element.indirect_reference)

    seen = 0
    for label, _, properties in links(modern_bound):
        element = resolve(properties["/A"]["/SD"][0])
        if "-" in label:
            assert part_of(element) == int(label[0]) - 1
            seen += 1
        else:
            assert element.indirect_reference in tops
            assert element["/T"] in TITLES
    assert seen > 3
    entries = [item for item in modern_bound.root.walk() if item.role == "TOCI"]
    assert entries
    contents = resolve(resolve(document["/K"][1])["/K"][1])
    for entry, top in zip(contents["/K"], tops, strict=True):
        assert list(resolve(entry)["/Ref"]) == [top]


def test_traditional_parts_make_a_traditional_volume(tmp_path):
    shelf = make_shelf(
        tmp_path / "all",
        scripts=("zh-Hant-TW", "zh-Hant-TW"),
        shelf=(("2018", "gongwen"), ("2019", "gongwen")),
    )
    pdf = read_pdf(bind(shelf, shelf / "volume.pdf").data)
    assert pdf.language == "zh-Hant-TW"
    assert pdf.outlines[1].title == "目錄"
    publish(tmp_path / "all-sources" / "2018.md", Options(output=shelf), name="2017")
    mixed = read_pdf(bind(shelf, shelf / "volume.pdf").data)
    assert mixed.language == "zh-Hans"
    assert mixed.outlines[1].title == "目录"
    tops = mixed.structure.children[0].children[-3:]
    assert [item.own_language for item in tops] == ["", "zh-Hant-TW", "zh-Hant-TW"]
    entries = [item for item in mixed.structure.walk() if item.role == "TOCI"]
    assert [item.language for item in entries] == ["zh-Hans", "zh-Hant-TW", "zh-Hant-TW"]


def test_a_report_that_names_only_its_month_is_bound(tmp_path):
    source = tmp_path / "a.txt"
    source.write_text(
        "云坪市2023年工作报告\n一、情况\n全年检查31次。\n云坪市人民政府\n2023年3月\n",
        encoding="utf-8",
    )
    publish(source, Options(output=tmp_path / "out", tables="none"))
    assert bind(tmp_path / "out", tmp_path / "v.pdf").parts[0].date == "2023-03"


def test_a_volume_declares_what_all_its_parts_declare(shelf, modern, tmp_path):
    mixed = tmp_path / "mixed"
    shutil.copytree(shelf, mixed)
    make_shelf(mixed, profile="access", scripts=("keep",), shelf=(("2021", "gongwen"),))
    volume = bind(mixed, mixed / "volume.pdf")
    assert volume.declares == ("PDF/UA-1",)
    pdf = read_pdf(volume.data)
    assert b"pdfaid" not in pdf.xmp
    assert len(pdf.embedded_files) == 6
    shutil.copytree(modern, mixed / "modern")
    with pytest.raises(UsageError, match=r"2018/report\.pdf is PDF 1\.7, but .*modern/.* PDF 2\.0"):
        bind(mixed, mixed / "volume.pdf")


@pytest.mark.parametrize("version", ["1.7", "2.0"])
def test_any_profiles_of_one_version_have_standards_in_common(version):
    some = [profile for profile in PROFILES.values() if profile.pdf_version == version]
    for item, other in product(some, repeat=2):
        parts = [SimpleNamespace(path="a.pdf", profile=profile) for profile in (item, other)]
        shared = set(item.declares) & set(other.declares)
        assert set(common_profile(parts).declares) == shared


def test_a_part_of_an_earlier_version_makes_the_volume_declare_less():
    modern = PROFILES["archive-2"]
    older = replace(modern, declares=("PDF/A-4f", "PDF/UA-2"))
    parts = [SimpleNamespace(path="a.pdf", profile=profile) for profile in (modern, older)]
    assert common_profile(parts).declares == ("PDF/A-4f", "PDF/UA-2")
    assert common_profile(parts[:1]) == modern


def test_the_profile_of_a_part_is_what_its_record_says_that_it_declares(copied):
    path = min(copied.glob("**/*.record.json"))
    record = json.loads(path.read_text(encoding="utf-8"))
    record["pdf"]["declares"] = ["PDF/UA-1"]
    path.write_text(json.dumps(record), encoding="utf-8")
    part = read_part(path.with_name(path.name.replace(".record.json", ".pdf")), 1)
    assert part.profile.declares == ("PDF/UA-1",)


@pytest.mark.shared
@pytest.mark.usefixtures("verapdf")
def test_the_reference_validator_agrees(volume, modern_volume, tmp_path):
    for item in (volume, modern_volume):
        file = tmp_path / "volume.pdf"
        file.write_bytes(item.data)
        verdicts = validate_with_verapdf(file, item.declares)
        assert {verdict.profile for verdict in verdicts} == set(item.declares)
        assert all(verdict.passed for verdict in verdicts), verdicts


# --- What is refused -------------------------------------------------------------------------


@pytest.fixture
def copied(shelf, tmp_path):
    folder = tmp_path / "copied"
    shutil.copytree(shelf, folder)
    return folder


def cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def change(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def encrypt(path):
    writer = PdfWriter(clone_from=str(path))
    writer.encrypt("secret")
    writer.write(str(path))


def forget(path):
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "properties"),
    [(cut, "truncated"), (change, ""), (encrypt, "is encrypted"), (forget, "not a PDF")],
)
def test_one_bad_part_stops_the_volume(copied, harm, properties, capsys):
    harm(copied / "2019" / "report.pdf")
    assert main(["volume", str(copied)]) == VerificationError.exit_code
    error_output = capsys.readouterr().err
    assert "2019/report.pdf: " in error_output
    assert properties in error_output
    assert " hint: " in error_output
    assert not (copied / "volume.pdf").exists()


@pytest.mark.parametrize("content", ["{}", '{"record_version": 1}', "no json"])
def test_a_damaged_record_stops_the_volume(copied, content, capsys):
    (copied / "2020.record.json").write_text(content, encoding="utf-8")
    assert main(["volume", str(copied)]) == VerificationError.exit_code
    assert "2020" in capsys.readouterr().err
    assert not (copied / "volume.pdf").exists()


def test_a_foreign_pdf_with_a_matching_record_is_refused(copied):
    pdf, record = copied / "2020.pdf", copied / "2020.record.json"
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(str(pdf))
    properties = json.loads(record.read_text(encoding="utf-8"))
    properties["pdf"]["sha256"] = hashlib.sha256(pdf.read_bytes()).hexdigest()
    record.write_text(json.dumps(properties), encoding="utf-8")
    with pytest.raises(VerificationError) as caught:
        bind(copied, copied / "volume.pdf")
    assert caught.value.where == str(pdf)


def test_skipped_files_are_reported(copied):
    shutil.copy(copied / "2020.pdf", copied / "other.pdf")
    shutil.copy(copied / "2020.pdf", copied / "2020.bilingual.pdf")
    shutil.copy(copied / "2020.pdf", copied / "volume.pdf")
    (copied / "2018" / "report.pdf").unlink()
    (copied / ".hidden").mkdir()
    shutil.copy(copied / "2020.pdf", copied / ".hidden" / "2020.pdf")
    volume = bind(copied, copied / "volume.pdf")
    assert [part.path.name for part in volume.parts] == ["report.pdf", "2020.pdf"]
    assert {item.severity for item in volume.findings} == {Severity.NOTE}
    assert [item.message.split("copied/")[1] for item in volume.findings] == [
        "2018/report.record.json is skipped: it is a record without a PDF beside it",
        "other.pdf is skipped: it has no record beside it",
    ]


def test_a_folder_without_publications_is_an_error(tmp_path, capsys):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    assert main(["volume", str(tmp_path)]) == UsageError.exit_code
    assert "publisher build" in capsys.readouterr().err
    assert main(["volume", str(tmp_path / "nowhere")]) == 11
    assert main(["volume", str(tmp_path), "-o", "volume.txt"]) == UsageError.exit_code
    assert main(["volume", str(tmp_path), "--title", "\x07"]) == UsageError.exit_code


def test_a_publication_is_never_overwritten(copied, capsys):
    before = (copied / "2020.pdf").read_bytes()
    arguments = ["volume", str(copied), "-o", str(copied / "2020.pdf")]
    assert main(arguments) == UsageError.exit_code
    assert (copied / "2020.pdf").read_bytes() == before
    assert "overwritten" in capsys.readouterr().err


def test_the_command_writes_a_volume_that_can_be_verified(copied, volume, capsys):
    arguments = ["volume", str(copied), "--title", "历年报告"]
    assert main(arguments) == 0
    assert main(arguments) == 0
    assert (copied / "volume.pdf").read_bytes() == volume.data
    assert "3 reports" in capsys.readouterr().out
    assert main(["verify", str(copied / "volume.pdf")]) == 0
    assert "volume passed, matterhorn passed, PDF/A-3a passed" in capsys.readouterr().out
    change_text(copied / "volume.pdf")
    assert main(["verify", str(copied / "volume.pdf")]) == VerificationError.exit_code


def change_text(path):
    """Give two pages one label."""
    writer = PdfWriter(clone_from=str(path))
    numbers = writer.root_object["/PageLabels"]["/Nums"]
    numbers[3] = DictionaryObject({NameObject("/S"): NameObject("/r")})
    writer.write(str(path))


# --- What the judges see ----------------------------------------------------------------------


def refused(folder, properties):
    with pytest.raises(VerificationError, match=properties) as caught:
        bind(folder, folder / "x.pdf")
    assert caught.value.hint


def test_links_into_another_report_are_detected(shelf, monkeypatch):
    monkeypatch.setattr(
        object_copy.ObjectCopier, "add_prefix", lambda _, text: TextStringObject(text)
    )
    refused(shelf, "a link on page 1-1 leads out of its report")


def test_a_lost_element_is_detected(shelf, monkeypatch):
    original = merged_structure_tree.MergedStructureTree.name_part

    def lose(self, top, title, language):
        original(self, top, title, language)
        del top.get_object()["/K"][-1]

    monkeypatch.setattr(merged_structure_tree.MergedStructureTree, "name_part", lose)
    refused(shelf, "the volume fails")


def test_a_changed_language_is_detected(shelf, monkeypatch):
    original = merged_structure_tree.MergedStructureTree.name_part
    monkeypatch.setattr(
        merged_structure_tree.MergedStructureTree,
        "name_part",
        lambda self, top, title, _: original(self, top, title, "en"),
    )
    refused(shelf, r"structure of .*2018/report\.pdf was changed")


def test_lost_text_is_detected(shelf, monkeypatch):
    original = verification.verify_text
    monkeypatch.setattr(
        verification,
        "verify_text",
        lambda pdf, text, version: original(pdf, f"{text}。", version=version),
    )
    refused(shelf, "text of the front matter")


def test_parts_in_the_wrong_order_are_detected(shelf, monkeypatch):
    original = merged_structure_tree.MergedStructureTree.write

    def turn(self):
        self._top_elements.reverse()
        original(self)

    monkeypatch.setattr(merged_structure_tree.MergedStructureTree, "write", turn)
    refused(shelf, "every report in order")


def test_a_lost_source_is_detected(shelf, monkeypatch):
    monkeypatch.setattr(Attachments, "write", lambda *_: None)
    refused(shelf, r"source of .*2018/report\.pdf is not embedded")


def test_standards_of_a_volume_that_nobody_judged_are_named(modern_volume, tmp_path, monkeypatch):
    from publisher.audit import verify_file

    monkeypatch.delenv("PUBLISHER_VERAPDF", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "volume.pdf"
    path.write_bytes(modern_volume.data)
    profiles = {verdict.profile for verdict in verify_file(path)}
    assert {"PDF/A-4f (not checked)", "PDF/UA-2 (not checked)"} <= profiles


def test_a_part_that_was_signed_is_bound_as_it_was_built(copied, authority, capsys):
    path = copied / "2019" / "report.pdf"
    built = path.read_bytes()
    path.write_bytes(sign(built, authority))
    parts, findings = find_parts(copied, copied / "volume.pdf")
    part = next(part for part in parts if part.path == path)
    assert part.data == built
    (finding,) = [finding for finding in findings if finding.severity is Severity.WARNING]
    assert "its signatures are not in the volume" in finding.message
    path.write_bytes(path.read_bytes() + b"1 0 obj <<>> endobj\nstartxref\n0\n%%EOF\n")
    assert main(["volume", str(copied)]) == VerificationError.exit_code
    assert "begins with the recorded one, but" in capsys.readouterr().err
