"""Whether the lines of a preformatted block are Chinese prose, whose line ends and spaces say nothing.

Input: a string. Output: the answer.
"""

from __future__ import annotations

import re

from publisher.text.characters import is_cjk

_STOP = re.compile("。[”’）》」』]?\\s*$", re.MULTILINE)


def is_chinese_prose(string: str) -> bool:
    """Return whether a text is Chinese sentences: most of its characters are Chinese, and a line ends with a stop.

    Example:
        >>> is_chinese_prose("    全年收到申请12件。"), is_chinese_prose("x = 1  # 申请。")
        (True, False)

    """
    solid = "".join(string.split())
    return bool(_STOP.search(string)) and 2 * sum(map(is_cjk, solid)) > len(solid)
