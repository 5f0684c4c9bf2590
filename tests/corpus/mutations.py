"""Damages sources at random, like a bad download, a broken disk or an attacker."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

TOKENS = (
    b"<", b">", b"</", b"<!--", b"-->", b"<table>", b"<td colspan=999>", b"</div>", b"<script>", b"&#", b"&#0;",
    b"&#xD800;", b"&amp", b'="', b"'", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r", b"\x1b", b"|", b"\t",
    b"# ", b"> ", b"```", b"[^1]:", b"![](", b"%", b"PK\x03\x04", b"w:val", b"<w:p>", b"</w:t>", b"\xe2\x80\xae",
    b"\xee\x80\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"9" * 40, "一、".encode(), "。".encode("gbk"),
)  # fmt: skip


def mutate(data: bytes, random: Random, sound_files: Sequence[bytes]) -> bytes:
    """Return a damaged copy; most are still text or a package, so that more code is reached."""
    inside = random.random() < 0.7
    if inside and data.startswith(b"PK"):
        return _damage_part(data, random, sound_files)
    damaged = _damage_bytes(data, random, sound_files)
    if not inside or data.startswith((b"PK", b"\xff\xfe", b"\xfe\xff")):
        return damaged
    return damaged.decode("utf-8" if _is_utf_8(data) else "gb18030", "replace").encode()


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _damage_bytes(data: bytes, random: Random, sound_files: Sequence[bytes]) -> bytes:
    damaged = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        offset = random.randrange(len(damaged) + 1)
        length = min(random.choice((1, 1, 2, 8, 64, 1000)), len(damaged) - offset)
        kind = random.randrange(8)
        if kind == 0 and length:
            damaged[offset] ^= 1 << random.randrange(8)
        elif kind == 1:
            del damaged[offset : offset + length]
        elif kind == 2:
            damaged[offset:offset] = random.choice(TOKENS)
        elif kind == 3:
            damaged[offset:offset] = damaged[offset : offset + length] * random.choice((2, 10))
        elif kind == 4:
            damaged[offset : offset + length] = random.randbytes(length)
        elif kind == 5:
            del damaged[offset + random.randrange(1, 200) :]
        elif kind == 6:
            sound_file = random.choice(sound_files)
            begin = random.randrange(len(sound_file))
            damaged[offset:offset] = sound_file[begin : begin + random.choice((10, 200))]
        else:
            damaged[offset:offset] = random.choice(TOKENS) * random.choice((3, 100))
    return bytes(damaged)


def _damage_part(data: bytes, random: Random, sound_files: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = random.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _damage_bytes(part, random, sound_files) if name == chosen else part)
    return out.getvalue()
