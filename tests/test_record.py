"""The record: its bytes, its types and the schema generated from them."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import VerificationError
from publisher.record import encode_json, encode_record, parse_record, validate_record

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "publisher" / "record.schema.json").read_text(encoding="utf-8"))
INTEGERS = st.integers(min_value=-(2**63), max_value=2**63 - 1)
SCALARS = st.none() | st.booleans() | INTEGERS | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.text(), VALUES))
def test_json_is_written_as_the_standard_library_writes_it(value):
    try:
        expected = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()
    except UnicodeEncodeError:
        return
    assert encode_json(value) == expected + b"\n"


def minimal_record():
    return {
        "record_version": 1,
        "source": {
            "name": "r.txt",
            "sha256": "0" * 64,
            "bytes": 1,
            "encoding": "utf-8",
            "encoding_confidence": 1.0,
            "media_type": "text/plain",
            "characters": 1,
        },
        "options": {"style": "gongwen", "names": []},
        "report": {
            "title": "报告",
            "issuer": "",
            "date": "",
            "document_number": "",
            "period": "",
            "language": "zh-Hans",
            "sections": [],
        },
        "edits": [],
        "observations": [],
        "relations": [],
        "checks": [],
        "tables": [],
        "conversion": {"from": "zh-Hans", "to": "zh-Hans", "protected": [], "ambiguous": []},
        "fonts": [],
        "text": "报告",
        "additions": [],
        "findings": [],
        "pdf": {"sha256": "0" * 64, "pages": 1, "profile": "draft", "declares": [], "verdicts": []},
        "software": dict.fromkeys(
            (
                "publisher",
                "weasyprint",
                "pango",
                "harfbuzz",
                "pypdf",
                "ziamath",
                "latex2mathml",
                "dictionary",
            ),
            "",
        ),
    }


def test_a_record_with_the_required_keys_is_valid():
    record = minimal_record()
    jsonschema.validate(record, SCHEMA)
    assert parse_record(encode_record(record), where="r") == record


@pytest.mark.parametrize("date", ["", "2024-04", "2024-04-12"])
def test_the_date_is_a_day_or_a_month(date):
    record = minimal_record()
    record["report"]["date"] = date
    jsonschema.validate(record, SCHEMA)
    assert validate_record(record) == record


def test_keys_may_be_added():
    record = minimal_record() | {"new": {"key": 1}}
    jsonschema.validate(record, SCHEMA)
    assert validate_record(record) == record


INVALID = {
    "a missing key": lambda record: record["source"].pop("sha256"),
    "a key that is not text": lambda record: record["report"].update(title=3),
    "a digest that is none": lambda record: record["pdf"].update(sha256="x"),
    "a float for an integer": lambda record: record["pdf"].update(pages=1.5),
    "a date that is none": lambda record: record["report"].update(date="2024-4"),
    "no pages": lambda record: record["pdf"].update(pages=0),
    "an unknown stage": lambda record: record["edits"].append(
        {
            "stage": "print",
            "rule": "r",
            "offset": 0,
            "length": 1,
            "before": "a",
            "after": "",
            "reason": "b",
        }
    ),
    "a language that cannot be set": lambda record: record["report"].update(language="fr"),
    "a list that is an object": lambda record: record.update(fonts={}),
}


@pytest.mark.parametrize("change", INVALID.values(), ids=INVALID)
def test_types_and_schema_refuse_the_same(change):
    record = minimal_record()
    change(record)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, SCHEMA)
    with pytest.raises(ValueError, match=r"[A-Z]"):
        validate_record(record)
    with pytest.raises(VerificationError, match="not valid"):
        encode_record(record)
    with pytest.raises(VerificationError, match="cannot be used"):
        parse_record(json.dumps(record).encode(), where="r")


def test_generated_files_are_up_to_date():
    checked = subprocess.run(
        [sys.executable, ROOT / "scripts" / "generate.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, f"run scripts/generate.py: {checked.stdout}{checked.stderr}"
