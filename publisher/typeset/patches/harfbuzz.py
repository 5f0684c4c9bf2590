"""Subsetting by HarfBuzz, through the library that WeasyPrint has loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.pdf.cff import DAMAGED, read_charset

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

NEEDED = frozenset({"CFF ", "head", "maxp"})
"""The tables that a subset keeps; a PDF has the content of the others in its own objects."""


def subset(
    face: Any,
    tables: Collection[str],
    *,
    glyphs: Sequence[int] = (),
    characters: Sequence[int] = (),
) -> Any:
    """Return a face with some glyphs of a CFF font, or those of some characters, in their order.

    ``tables`` are the tables of the font. Returns None if HarfBuzz fails.
    """
    from publisher._weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

    subset_input = ffi.gc(
        harfbuzz_subset.hb_subset_input_create_or_fail(),
        harfbuzz_subset.hb_subset_input_destroy,
    )
    for numbers, set_name in (
        (glyphs, harfbuzz_subset.HB_SUBSET_SETS_GLYPH_INDEX),
        (characters, harfbuzz_subset.HB_SUBSET_SETS_UNICODE),
        (
            sorted(_tag(name) for name in tables if name not in NEEDED),
            harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG,
        ),
    ):
        if numbers:
            harfbuzz.hb_set_add_sorted_array(
                harfbuzz_subset.hb_subset_input_set(subset_input, set_name),
                ffi.new("hb_codepoint_t[]", numbers),
                len(numbers),
            )
    harfbuzz_subset.hb_subset_input_set_flags(
        subset_input, harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
    )
    result = harfbuzz_subset.hb_subset_or_fail(face, subset_input)
    return ffi.gc(result, harfbuzz.hb_face_destroy) if result else None


def table_of(face: Any, name: str) -> bytes:
    """Return a table of a face; empty if it has none."""
    from publisher._weasyprint.text.ffi import harfbuzz

    return _content(harfbuzz.hb_face_reference_table(face, _tag(name)))


def has_identity_cids(face: Any) -> bool:
    """Return whether the CID of each glyph of a CFF font is its number, as in fonts of Adobe-Identity."""
    from publisher._weasyprint.text.ffi import ffi, harfbuzz

    blob = harfbuzz.hb_face_reference_table(face, _tag("CFF "))
    owned_blob, length = ffi.gc(blob, harfbuzz.hb_blob_destroy), ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(owned_blob, length)
    if not length[0]:
        return False
    try:
        cids = read_charset(memoryview(ffi.buffer(data, length[0])))  # a copy would take 20 MB
    except DAMAGED:
        return False
    return cids == list(range(1, len(cids) + 1))


def file_of(face: Any) -> bytes:
    """Return a face as a file."""
    from publisher._weasyprint.text.ffi import harfbuzz

    return _content(harfbuzz.hb_face_reference_blob(face))


def _content(blob: Any) -> bytes:
    from publisher._weasyprint.text.ffi import ffi, harfbuzz

    owned_blob, length = ffi.gc(blob, harfbuzz.hb_blob_destroy), ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(owned_blob, length)
    return bytes(ffi.buffer(data, length[0])) if length[0] else b""


def _tag(name: str) -> int:
    from publisher._weasyprint.text.ffi import harfbuzz

    tag: int = harfbuzz.hb_tag_from_string(name.encode(), -1)
    return tag
