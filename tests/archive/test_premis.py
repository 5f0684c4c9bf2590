"""The PREMIS file has the elements of PREMIS 3.0 in the order of the schema."""

import os
import re
from pathlib import Path

import pytest
import xmlschema

from publisher.archive.premis_xml import read_fixities
from tests.archive.bags import contents

pytestmark = pytest.mark.typeset
OURS = Path(__file__).with_name("premis-subset.xsd")


@pytest.fixture(scope="session")
def schema():
    """The schema of what is written."""
    return xmlschema.XMLSchema(str(OURS))


def premis_of(bag):
    return (bag / "metadata" / "premis.xml").read_text(encoding="utf-8")


def test_it_is_valid(report_bag, folder_run, schema):
    for bag in (report_bag, folder_run[0]):
        schema.validate(premis_of(bag))


def test_premis_conforms_to_the_official_schema(report_bag, folder_run):
    official = os.environ.get("PUBLISHER_PREMIS_SCHEMA", "")
    if not official:
        pytest.skip("PUBLISHER_PREMIS_SCHEMA names no premis-v3-0.xsd")
    for bag in (report_bag, folder_run[0]):
        xmlschema.XMLSchema(official).validate(premis_of(bag))


def moved(text):
    """An object with its size before its digests."""
    return re.sub(
        r"((?:\s*<premis:fixity>.*?</premis:fixity>)+)(\s*<premis:size>.*?</premis:size>)",
        r"\2\1",
        text,
        count=1,
        flags=re.DOTALL,
    )


def without(name):
    def cut(text):
        return re.sub(rf"<premis:{name}>.*?</premis:{name}>", "", text, count=1, flags=re.DOTALL)

    return cut


BROKEN = [
    pytest.param(moved, id="size before fixity"),
    pytest.param(without("objectIdentifier"), id="no identifier"),
    pytest.param(without("format"), id="no format"),
    pytest.param(without("eventDateTime"), id="no date"),
    pytest.param(without("messageDigestAlgorithm"), id="no algorithm"),
    pytest.param(lambda text: text.replace(' version="3.0"', ""), id="no version"),
    pytest.param(lambda text: text.replace(' xsi:type="premis:file"', "", 1), id="no category"),
    pytest.param(lambda text: text.replace("premis/v3", "premis/v2"), id="another version"),
    pytest.param(lambda text: f"{text}<more/>", id="no XML"),
]


@pytest.mark.parametrize("breaks", BROKEN)
def test_missing_or_misplaced_elements_are_refused(report_bag, schema, breaks):
    text = premis_of(report_bag)
    broken = breaks(text)
    assert broken != text
    with pytest.raises((xmlschema.XMLSchemaException, SyntaxError)):
        schema.validate(broken)


def test_every_payload_file_is_described(report_bag):
    described = read_fixities(premis_of(report_bag).encode())
    payload = {
        path: data for path, data in contents(report_bag).items() if path.startswith("data/")
    }
    assert set(described) == set(payload)
    assert all(described[path].size == len(data) for path, data in payload.items())


def test_the_pdf_has_its_derivation_and_validation_events(report_bag):
    text = premis_of(report_bag)
    blocks = [block for block in text.split("</premis:object>") if ".pdf</premis:objectId" in block]
    assert "<premis:relationshipSubType>has source</premis:relationshipSubType>" in blocks[0]
    assert "data/sources/年报 2019.txt" in blocks[0]
    assert "fmt/479" in blocks[0]
    agents = re.findall(r"<premis:agentName>(.*?)<", text)
    assert agents == ["Publisher", "WeasyPrint", "page-validation"]
    linked = set(re.findall(r"linkingAgentIdentifierValue>(.*?)<", text))
    assert linked <= set(agents)
    events = set(re.findall(r"<premis:eventIdentifierValue>(.*?)<", text))
    assert set(re.findall(r"linkingEventIdentifierValue>(.*?)<", text)) <= events
    objects = set(read_fixities(text.encode()))
    for name in ("linkingObject", "relatedObject"):
        assert set(re.findall(rf"{name}IdentifierValue>(.*?)<", text)) <= objects


@pytest.mark.parametrize(
    "data", [b"", b"<premis", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b"\xff\xfe"]
)
def test_invalid_premis_is_reported(data):
    with pytest.raises(ValueError, match="it "):
        read_fixities(data)
