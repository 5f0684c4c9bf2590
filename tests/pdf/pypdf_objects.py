"""Objects of pypdf, created without a file."""

from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
)


def stream(data, **entries):
    stream_object = DecodedStreamObject()
    stream_object.set_data(data)
    stream_object.update({NameObject(f"/{key}"): value for key, value in entries.items()})
    return stream_object


def dictionary(**entries):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def numbers(*values):
    return ArrayObject([FloatObject(value) for value in values])
