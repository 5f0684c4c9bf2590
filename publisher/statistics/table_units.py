"""The unit that the paragraph above a table states for it: …情况如下（单位：万元）：, 金额单位为万元。.

Input: a table and the text before it. Output: the table with a line of its unit, if it has none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from publisher.model import PartLine, Text
from publisher.reference.unit_lines import unit_statement
from publisher.text.simplified import to_simplified

if TYPE_CHECKING:
    from publisher.model import Table

_STATED = re.compile(
    "(?:金额|数据|计量|计价)?(?:货币)?单位(?:[：:]|(?:均|都|全部)?[为是])\\s*(?P<unit>[^，。；：:（）()\\s]{1,8})[）)]?[。：:；]?$"
)
LONGEST_SENTENCE = 120
"""Characters at the end of the paragraph in which a unit is looked for."""


def with_stated_unit(table: Table, before: Text | None) -> Table:
    """Return a table with the unit that the text directly before it states, if none is stated with the table."""
    if before is None or table.unit is not None:
        return table
    start = max(0, len(before) - LONGEST_SENTENCE)
    match = _STATED.search(to_simplified(before.string[start:].rstrip()))
    if match is None:
        return table
    span = before.slice(start + match.start("unit"), start + match.end("unit"))
    line = f"单位：{span.string}"
    if unit_statement(line) is None:
        return table
    added = len(line) - len(span)
    text = Text(
        string=line,
        starts=[span.starts[0]] * added + list(span.starts),
        ends=[span.starts[0]] * added + list(span.ends),
    )
    return replace(table, above=(*table.above, PartLine(role="unit", text=text)))
