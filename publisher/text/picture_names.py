"""Names that programs give to pictures, which describe nothing.

A reader takes such a name for no text alternative, and a judge of a finished file for none that counts.
"""

from __future__ import annotations

import re

_FILE_NAME = re.compile(
    r"[^。，；]{0,80}\.(?:png|jpe?g|gif|bmp|tiff?|webp|svg|wmf|emf|ico|heic|pdf)", re.IGNORECASE
)
_DEFAULT_NAME = re.compile(
    "(?:微信|[Qq]{2}|屏幕|手机|企业微信|新建|默认|未命名|插入|[wW]e[cC]hat)?"
    "(?:图片|圖片|图像|圖像|图形|圖形|图示|圖示|插图|插圖|附图|附圖|照片|相片|截图|截圖|快照|画板|图|圖|"
    "image|picture|figure|photo|graphics?|screenshot|screen shot|img|pic|dsc|fig|snip|object|untitled|alt|"
    "对象|物件|未命名|无标题)"
    r"[\s_\-.:：#（(\[]*(?:\d[\d\s_\-.:]*|[一二三四五六七八九十]{1,3})?[)）\]]?",
    re.IGNORECASE,
)


def is_picture_name(description: str) -> bool:
    """Return whether a text alternative is only a file name or a default name such as 图片 1 or image1."""
    words = " ".join(description.split())
    return bool(_FILE_NAME.fullmatch(words) or _DEFAULT_NAME.fullmatch(words))
