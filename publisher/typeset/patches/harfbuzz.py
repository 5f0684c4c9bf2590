"""HarfBuzz's subsetting, by way of the library that WeasyPrint has loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from publisher.pdf.cff import DAMAGED, read_charset

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

NEEDED = frozenset({"CFF ", "head", "maxp"})
"""The tables that a subset is made from; the others say nothing that a PDF does not."""


def subset(
    face: Any,
    tables: Collection[str],
    *,
    glyphs: Sequence[int] = (),
    characters: Sequence[int] = (),
) -> Any:
    """Return a face of a CFF font that has these glyphs, or those of these characters, in their order.

    ``tables`` are those that the font has. None where HarfBuzz cannot.
    """
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

    asked = ffi.gc(
        harfbuzz_subset.hb_subset_input_create_or_fail(),
        harfbuzz_subset.hb_subset_input_destroy,
    )
    for numbers, which in (
        (glyphs, harfbuzz_subset.HB_SUBSET_SETS_GLYPH_INDEX),
        (characters, harfbuzz_subset.HB_SUBSET_SETS_UNICODE),
        (
            sorted(_tag(name) for name in tables if name not in NEEDED),
            harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG,
        ),
    ):
        if numbers:
            harfbuzz.hb_set_add_sorted_array(
                harfbuzz_subset.hb_subset_input_set(asked, which),
                ffi.new("hb_codepoint_t[]", numbers),
                len(numbers),
            )
    harfbuzz_subset.hb_subset_input_set_flags(asked, harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE)
    made = harfbuzz_subset.hb_subset_or_fail(face, asked)
    return ffi.gc(made, harfbuzz.hb_face_destroy) if made else None


def table_of(face: Any, name: str) -> bytes:
    """Return a table of a face; nothing where it has none."""
    from weasyprint.text.ffi import harfbuzz

    return _content(harfbuzz.hb_face_reference_table(face, _tag(name)))


def is_called_by_numbers(face: Any) -> bool:
    """Return whether the CID of each glyph of a CFF font is its number, as in fonts of Adobe-Identity."""
    from weasyprint.text.ffi import ffi, harfbuzz

    blob = harfbuzz.hb_face_reference_table(face, _tag("CFF "))
    held, length = ffi.gc(blob, harfbuzz.hb_blob_destroy), ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(held, length)
    if not length[0]:
        return False
    try:
        cids = read_charset(
            memoryview(ffi.buffer(data, length[0]))
        )  # a copy would be twenty megabytes
    except DAMAGED:
        return False
    return cids == list(range(1, len(cids) + 1))


def file_of(face: Any) -> bytes:
    """Return a face as a file."""
    from weasyprint.text.ffi import harfbuzz

    return _content(harfbuzz.hb_face_reference_blob(face))


def _content(blob: Any) -> bytes:
    from weasyprint.text.ffi import ffi, harfbuzz

    held, length = ffi.gc(blob, harfbuzz.hb_blob_destroy), ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(held, length)
    return bytes(ffi.buffer(data, length[0])) if length[0] else b""


def _tag(name: str) -> int:
    from weasyprint.text.ffi import harfbuzz

    tag: int = harfbuzz.hb_tag_from_string(name.encode(), -1)
    return tag
