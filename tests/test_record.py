"""The record as bytes: what ``json`` writes, to the letter."""

import json

from hypothesis import given
from hypothesis import strategies as st

from publisher.record import encode_record

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.text(), VALUES))
def test_a_record_is_written_as_json_writes_it(record):
    try:
        wanted = json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1).encode()
    except UnicodeEncodeError:
        return
    assert encode_record(record) == wanted + b"\n"
