"""Written files: other readers read the same objects; objects are copied between files."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from publisher.pdf.object_copy import ObjectCopier
from publisher.pdf.structure_tree import read_name_tree
from publisher.pdf.writer import (
    IndirectObjects,
    build_name_tree,
    build_number_tree,
    dictionary,
    name,
    serialise,
)
from publisher.volume.merged_structure_tree import MergedStructureTree, number_entries
from publisher.volume.name_trees import unique_names


def file_of(value, *, more=()):
    """Write a file whose catalogue contains a value; return its bytes and the value as pypdf reads it."""
    objects = IndirectObjects()
    root = objects.reserve()
    pages = objects.add(dictionary(Type=name("Pages"), Kids=ArrayObject(), Count=NumberObject(0)))
    for extra in more:
        objects.add(extra)
    entry = value(objects) if callable(value) else value
    objects.put(root, dictionary(Type=name("Catalog"), Pages=pages, Value=entry))
    data = objects.write("1.7", root, None)
    return data, PdfReader(BytesIO(data), strict=True).trailer["/Root"]["/Value"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_strings_are_read_back(text):
    assert file_of(TextStringObject(text))[1] == text


@given(st.binary(max_size=40))
def test_byte_strings_are_read_back(data):
    read = file_of(ByteStringObject(data))[1]
    assert getattr(read, "original_bytes", read) == data


@given(st.floats(-10000, 10000))
def test_numbers_are_read_back(number):
    assert float(file_of(FloatObject(number))[1]) == pytest.approx(number, abs=1e-8)
    assert b"e" not in serialise(FloatObject(number))


def test_objects_of_every_type_are_read_back():
    value = ArrayObject(
        [
            NameObject("/A#B c"),
            BooleanObject(value=True),
            NumberObject(-7),
            NullObject(),
            DictionaryObject(),
            dictionary(K=ArrayObject()),
        ]
    )
    read = file_of(value)[1]
    assert [type(item) for item in read] == [type(item) for item in value]
    assert read[0] == "/A#B c"
    assert read[1].value is True
    assert read[2] == -7


def test_stream_data_is_unchanged():
    def stream(objects):
        stream_object = DecodedStreamObject()
        stream_object.set_data(b"\r\nendobj (")
        return objects.add(stream_object)

    assert file_of(stream)[1].get_data() == b"\r\nendobj ("


def test_a_thousand_objects_are_read_back():
    def many(objects):
        return ArrayObject(objects.add(NumberObject(n)) for n in range(1000))

    assert [int(item.get_object()) for item in file_of(many)[1]] == list(range(1000))


def test_the_file_identifier_depends_on_the_content_only():
    first, equal, different = (file_of(NumberObject(n))[0] for n in (1, 1, 2))
    assert first == equal
    assert PdfReader(BytesIO(first)).trailer["/ID"] != PdfReader(BytesIO(different)).trailer["/ID"]


def test_a_frozen_object_is_written_and_cannot_be_read():
    def partly_frozen(objects):
        mutable, frozen = objects.add(dictionary(A=NumberObject(1))), objects.add(NumberObject(2))
        objects.freeze(0, [mutable])
        mutable.get_object()[name("A")] = NumberObject(3)
        with pytest.raises(KeyError):
            frozen.get_object()
        return ArrayObject([mutable, frozen])

    read = file_of(partly_frozen)[1]
    assert read[0]["/A"] == 3
    assert read[1].get_object() == 2


@pytest.mark.parametrize("count", [0, 1, 64, 65, 5000])
def test_name_and_number_trees_have_all_entries_in_order(count):
    keys = [f"{n % 7}-键{n}" for n in range(count)]
    read = file_of(
        lambda objects: build_name_tree(objects, {key: NumberObject(1) for key in keys})
    )[1]
    keys_read = [key for key, _ in read_name_tree(read)]
    assert sorted(keys_read) == sorted(keys)
    encoded = [TextStringObject(key).get_encoded_bytes() for key in keys_read]
    assert encoded == sorted(encoded)
    pairs = [(n * 3, NumberObject(n)) for n in range(count)]
    read = file_of(lambda objects: build_number_tree(objects, pairs))[1]
    assert list(number_entries(read)) == pairs
    assert "/Limits" not in read


def test_limits_are_the_first_and_last_key():
    read = file_of(
        lambda objects: build_number_tree(objects, [(n, NumberObject(n)) for n in range(300)])
    )[1]
    for kid in read["/Kids"]:
        keys = [key for key, _ in number_entries(kid)]
        assert list(kid.get_object()["/Limits"]) == [keys[0], keys[-1]]


numbered_names = st.lists(
    st.tuples(
        st.integers(1, 30),
        st.sampled_from(
            [
                "a.txt",
                "A.txt",
                "报告.txt",
                "01 a.txt",
                "e\u0301.txt",
                "\u00e9.txt",
                "长" * 84 + ".md",
            ]
        ),
    ),
    max_size=12,
    unique=True,
)


@given(numbered_names)
def test_file_names_are_unique_on_any_file_system(entries):
    entries.sort(key=lambda entry: entry[0])
    unique = unique_names(entries, 30)
    assert len({file_name.casefold() for file_name in unique}) == len(entries)
    assert all(len(file_name.encode()) <= 255 for file_name in unique)
    for (_, before), after in zip(entries, unique, strict=True):
        assert after == before or after.endswith(before[-4:])
        if len(entries) == 1:
            assert after == before


def element(role, **more):
    return dictionary(Type=name("StructElem"), S=name(role), **more)


def part(role_map, class_map, role, classes, namespace_name=None):
    """Return the reference of a part's structure tree, and the objects of the part."""
    objects = IndirectObjects()
    tree = objects.reserve()
    kid = objects.add(element(role, P=tree, C=classes, ID=TextStringObject("n1")))
    top = objects.add(element("Document", P=tree, K=kid))
    entries = dictionary(
        Type=name("StructTreeRoot"),
        K=top,
        RoleMap=dictionary(**{k: name(v) for k, v in role_map.items()}),
        ClassMap=dictionary(**{k: dictionary(O=name(v)) for k, v in class_map.items()}),
        ParentTree=dictionary(Nums=ArrayObject([NumberObject(0), ArrayObject([kid])])),
        IDTree=dictionary(Names=ArrayObject([TextStringObject("n1"), top])),
    )
    if namespace_name:
        namespace = dictionary(Type=name("Namespace"), NS=TextStringObject(namespace_name))
        entries[name("Namespaces")] = ArrayObject([objects.add(namespace)])
    objects.put(tree, entries)
    return tree, objects


def test_types_and_classes_with_two_meanings_get_new_names():
    objects = IndirectObjects()
    merged = MergedStructureTree(objects, "1.7")
    tops, shared = [], {}
    for number, (meaning, owner) in enumerate([("P", "Layout"), ("H1", "List"), ("P", "Layout")]):
        tree, own = part({"Lead": meaning}, {"c": owner}, "Lead", name("c"), "http://example.org")
        copy = ObjectCopier(objects, shared, own, f"{number}-")
        add = merged.add_part if number else merged.add_front_matter
        top = add(copy, tree)
        copy.copy_pending()
        tops.append(top or merged.document)
    merged.write()
    root = merged.root.get_object()
    assert dict(root["/RoleMap"]) == {"/Lead": "/P", "/1-Lead": "/H1"}
    assert {key: attributes["/O"] for key, attributes in root["/ClassMap"].items()} == {
        "/c": "/Layout",
        "/1-c": "/List",
    }
    assert len(root["/Namespaces"]) == 1
    document = merged.document.get_object()
    assert [kid.idnum for kid in document["/K"]][1:] == [top.idnum for top in tops[1:]]
    second, third = (top.get_object()["/K"].get_object() for top in tops[1:])
    assert (second["/S"], second["/C"]) == ("/1-Lead", "/1-c")
    assert (third["/S"], third["/C"]) == ("/Lead", "/c")
    assert [key for key, _ in read_name_tree(root["/IDTree"])] == ["0-n1", "1-n1", "2-n1"]
    assert [key for key, _ in number_entries(root["/ParentTree"])] == [0, 1, 2]
    assert root["/ParentTreeNextKey"] == 3


def test_equal_resources_of_two_parts_are_one_object():
    objects, shared = IndirectObjects(), {}
    references = []
    for number in range(2):
        own = IndirectObjects()
        data = DecodedStreamObject()
        data.set_data(b"one and the same")
        font = dictionary(Type=name("Font"), FontFile=own.add(data))
        page = dictionary(Type=name("Page"), StructParents=NumberObject(2))
        both = ArrayObject([own.add(font), own.add(page)])
        copy = ObjectCopier(objects, shared, own, f"{number}-")
        copy.parent_tree_offset = number * 10
        references.append(copy.copy(both))
        copy.copy_pending()
    (font, page), (second_font, second_page) = references
    assert font == second_font
    assert page != second_page
    assert [item.get_object()["/StructParents"] for item in (page, second_page)] == [2, 12]


def test_a_resource_that_refers_to_itself_is_copied():
    objects, own = IndirectObjects(), IndirectObjects()
    form = own.reserve()
    content = DecodedStreamObject()
    content.set_data(b"")
    content[name("Resources")] = dictionary(XObject=dictionary(x=form))
    own.put(form, content)
    copy = ObjectCopier(objects, {}, own, "1-")
    new = copy.copy(form)
    copy.copy_pending()
    assert new.get_object()["/Resources"]["/XObject"].raw_get("/x") == new
