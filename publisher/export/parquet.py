"""Apache Parquet, a column format; needs the extra ``gongwen-publisher[parquet]``."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from publisher.errors import UsageError
from publisher.export.facts import is_exact_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def encode_parquet(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a Parquet file of text columns, and a column ``number`` with ``value`` as a double.

    ``number`` is null for a range and for a figure that a double does not hold exactly.

    Raises:
        UsageError: The package pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "Parquet files need the package pyarrow",
            hint='install it with: pip install "gongwen-publisher[parquet]", or name a .csv file',
        ) from error
    arrays = {
        name: pa.array([None if row.get(name) is None else str(row[name]) for row in rows])
        for name in columns
    }
    values = [str(row["value"]) for row in rows]
    arrays["number"] = pa.array(
        [float(value) if is_exact_number(value) else None for value in values], type=pa.float64()
    )
    out = io.BytesIO()
    parquet.write_table(pa.table(arrays), out)
    return out.getvalue()
