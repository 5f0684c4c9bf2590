"""Objects become bytes that other readers read as they were."""

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
from publisher.volume.merged_structure_tree import StructureTree, number_entries
from publisher.volume.name_trees import unique_names


def file_of(value, *, more=()):
    """Write a file whose catalogue holds a value, and read it back."""
    objects = IndirectObjects()
    root = objects.reserve()
    pages = objects.add(dictionary(Type=name("Pages"), Kids=ArrayObject(), Count=NumberObject(0)))
    for one in more:
        objects.add(one)
    held = value(objects) if callable(value) else value
    objects.put(root, dictionary(Type=name("Catalog"), Pages=pages, Value=held))
    data = objects.write("1.7", root, None)
    return data, PdfReader(BytesIO(data), strict=True).trailer["/Root"]["/Value"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_texts_come_back(text):
    assert file_of(TextStringObject(text))[1] == text


@given(st.binary(max_size=40))
def test_byte_strings_come_back(data):
    read = file_of(ByteStringObject(data))[1]
    assert getattr(read, "original_bytes", read) == data


@given(st.floats(-10000, 10000))
def test_numbers_come_back(number):
    assert float(file_of(FloatObject(number))[1]) == pytest.approx(number, abs=1e-8)
    assert b"e" not in serialise(FloatObject(number))


def test_every_kind_comes_back():
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
    assert [type(one) for one in read] == [type(one) for one in value]
    assert read[0] == "/A#B c"
    assert read[1].value is True
    assert read[2] == -7


def test_streams_keep_their_bytes():
    def stream(objects):
        made = DecodedStreamObject()
        made.set_data(b"\r\nendobj (")
        return objects.add(made)

    assert file_of(stream)[1].get_data() == b"\r\nendobj ("


def test_many_objects_are_found_again():
    def many(objects):
        return ArrayObject(objects.add(NumberObject(n)) for n in range(1000))

    assert [int(one.get_object()) for one in file_of(many)[1]] == list(range(1000))


def test_the_identifier_is_that_of_the_content():
    one, same, other = (file_of(NumberObject(n))[0] for n in (1, 1, 2))
    assert one == same
    assert PdfReader(BytesIO(one)).trailer["/ID"] != PdfReader(BytesIO(other)).trailer["/ID"]


def test_what_is_settled_is_written_as_it_was():
    def settled(objects):
        kept, done = objects.add(dictionary(A=NumberObject(1))), objects.add(NumberObject(2))
        objects.freeze(0, [kept])
        kept.get_object()[name("A")] = NumberObject(3)
        with pytest.raises(KeyError):
            done.get_object()
        return ArrayObject([kept, done])

    read = file_of(settled)[1]
    assert read[0]["/A"] == 3
    assert read[1].get_object() == 2


@pytest.mark.parametrize("count", [0, 1, 64, 65, 5000])
def test_trees_have_every_entry_in_order(count):
    keys = [f"{n % 7}-键{n}" for n in range(count)]
    read = file_of(
        lambda objects: build_name_tree(objects, {key: NumberObject(1) for key in keys})
    )[1]
    found = [key for key, _ in read_name_tree(read)]
    assert sorted(found) == sorted(keys)
    written = [TextStringObject(key).get_encoded_bytes() for key in found]
    assert written == sorted(written)
    pairs = [(n * 3, NumberObject(n)) for n in range(count)]
    read = file_of(lambda objects: build_number_tree(objects, pairs))[1]
    assert list(number_entries(read)) == pairs
    assert "/Limits" not in read


def test_limits_enclose_what_is_below():
    read = file_of(
        lambda objects: build_number_tree(objects, [(n, NumberObject(n)) for n in range(300)])
    )[1]
    for kid in read["/Kids"]:
        keys = [key for key, _ in number_entries(kid)]
        assert list(kid.get_object()["/Limits"]) == [keys[0], keys[-1]]


names = st.lists(
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


@given(names)
def test_names_are_unique_on_any_disk(given_names):
    given_names.sort(key=lambda entry: entry[0])
    made = unique_names(given_names, 30)
    assert len({one.casefold() for one in made}) == len(given_names)
    assert all(len(one.encode()) <= 255 for one in made)
    single = [one for _, one in given_names]
    for (_, before), after in zip(given_names, made, strict=True):
        assert after == before or after.endswith(before[-4:])
        if len({one.casefold() for one in single}) == len(single) and len(given_names) == 1:
            assert after == before


def element(role, **more):
    return dictionary(Type=name("StructElem"), S=name(role), **more)


def part(role_map, class_map, role, classes, space=None):
    """Return a structure tree as a part has it, and a reader of it."""
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
    if space:
        bare = dictionary(Type=name("Namespace"), NS=TextStringObject(space))
        entries[name("Namespaces")] = ArrayObject([objects.add(bare)])
    objects.put(tree, entries)
    return tree, objects


def test_types_and_classes_that_mean_two_things_are_told_apart():
    objects = IndirectObjects()
    joined = StructureTree(objects, "1.7")
    tops, shared = [], {}
    for number, (meaning, owner) in enumerate([("P", "Layout"), ("H1", "List"), ("P", "Layout")]):
        tree, own = part({"Lead": meaning}, {"c": owner}, "Lead", name("c"), "http://example.org")
        copy = ObjectCopier(objects, shared, own, f"{number}-")
        take = joined.take if number else joined.take_front
        top = take(copy, tree)
        copy.copy_pending()
        tops.append(top or joined.document)
    joined.write()
    root = joined.root.get_object()
    assert dict(root["/RoleMap"]) == {"/Lead": "/P", "/1-Lead": "/H1"}
    assert {key: one["/O"] for key, one in root["/ClassMap"].items()} == {
        "/c": "/Layout",
        "/1-c": "/List",
    }
    assert len(root["/Namespaces"]) == 1
    document = joined.document.get_object()
    assert [one.idnum for one in document["/K"]][1:] == [one.idnum for one in tops[1:]]
    second, third = (one.get_object()["/K"].get_object() for one in tops[1:])
    assert (second["/S"], second["/C"]) == ("/1-Lead", "/1-c")
    assert (third["/S"], third["/C"]) == ("/Lead", "/c")
    assert [key for key, _ in read_name_tree(root["/IDTree"])] == ["0-n1", "1-n1", "2-n1"]
    assert [key for key, _ in number_entries(root["/ParentTree"])] == [0, 1, 2]
    assert root["/ParentTreeNextKey"] == 3


def test_what_is_alike_in_two_parts_is_one_object():
    objects, shared = IndirectObjects(), {}
    references = []
    for number in range(2):
        own = IndirectObjects()
        data = DecodedStreamObject()
        data.set_data(b"one and the same")
        font = dictionary(Type=name("Font"), FontFile=own.add(data))
        page = dictionary(Type=name("Page"), StructParents=NumberObject(2))
        held = ArrayObject([own.add(font), own.add(page)])
        copy = ObjectCopier(objects, shared, own, f"{number}-")
        copy.parent_tree_offset = number * 10
        references.append(copy.copy(held))
        copy.copy_pending()
    (font, page), (same, other) = references
    assert font == same
    assert page != other
    assert [one.get_object()["/StructParents"] for one in (page, other)] == [2, 12]


def test_a_resource_that_refers_to_itself_is_copied():
    objects, own = IndirectObjects(), IndirectObjects()
    form = own.reserve()
    made = DecodedStreamObject()
    made.set_data(b"")
    made[name("Resources")] = dictionary(XObject=dictionary(x=form))
    own.put(form, made)
    copy = ObjectCopier(objects, {}, own, "1-")
    new = copy.copy(form)
    copy.copy_pending()
    assert new.get_object()["/Resources"]["/XObject"].raw_get("/x") == new
