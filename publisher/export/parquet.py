"""Parquet, for programs that read columns; needs the extra ``publisher[parquet]``."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from publisher.errors import UsageError
from publisher.export.facts import is_kept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def encode_parquet(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows of text; ``value`` comes again as ``number``, empty of a range and of a longer figure than a number keeps."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "Parquet files need the package pyarrow",
            hint='install it with: pip install "publisher[parquet]", or name a .csv file',
        ) from error
    arrays = {
        name: pa.array([None if row.get(name) is None else str(row[name]) for row in rows])
        for name in columns
    }
    values = [str(row["value"]) for row in rows]
    arrays["number"] = pa.array(
        [float(value) if is_kept(value) else None for value in values], type=pa.float64()
    )
    out = io.BytesIO()
    parquet.write_table(pa.table(arrays), out)
    return out.getvalue()
