"""The reader for subtitles (WebVTT): what is spoken, without the numbers and times of the cues."""

import re

from publisher.extensions import (
    Format,
    Passage,
    ReaderResult,
    Replacement,
    apply_edits,
    decode,
    locate,
)

_NOT_SPOKEN = re.compile(r"^(?:WEBVTT.*|\d+|[\d:.]+ --> .*)(?:\n|\Z)", re.MULTILINE)


def read_data(data: bytes, *, encoding: str, where: str) -> ReaderResult:
    """Read subtitles."""
    decoded = decode(data, encoding=encoding, where=where)
    removed = [
        Replacement(start=match.start(), end=match.end(), after="", reason="it is not spoken")
        for match in _NOT_SPOKEN.finditer(decoded.text)
    ]
    text, edits = apply_edits(locate(decoded.text), removed, stage="read", rule="subtitle-cues")
    return ReaderResult(
        decoded=decoded.text,
        encoding=decoded.encoding,
        confidence=decoded.confidence,
        segments=(Passage(text=text),),
        edits=edits,
        findings=decoded.findings,
    )


FORMAT = Format(
    media_type="text/vtt",
    suffixes=(".vtt",),
    markup="none",
    signature=b"WEBVTT",
    read_data=read_data,
)
