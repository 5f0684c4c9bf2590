"""From bytes to text: which encoding it is, and nothing dropped.

What a person gives decides, then a byte order mark, then what the file says of itself where that
reads well, then UTF-8, which does not happen by chance; then the legacy encodings of Chinese and
UTF-16 without a mark, judged by how common the characters are that they give. Decoding is strict: a
byte without a meaning is an error that names its offset. ``gb2312`` is never used, since its A1A4
and A1AA differ from what every office's software writes (GB 18030 has them right); the byte 80
of code page 936 is the euro, as the Encoding Standard has it. UTF-7, HZ and ISO 2022 are never
guessed: any text in ASCII could be one.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from publisher.errors import SourceEncodingError
from publisher.model import Finding, Severity
from publisher.text.characters import is_han

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the ones of UTF-32 first, since UTF-16's begin like them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The core of a legacy set, and the lead bytes of its common characters (level 1)."""

    encoding: str
    low: int
    high: int
    trail: int
    """The lowest second byte of the core."""


LEGACY = {
    "gb18030": Core(encoding="gbk", low=0xB0, high=0xD7, trail=0xA1),
    "big5hkscs": Core(encoding="big5", low=0xA4, high=0xC6, trail=0x40),
}
"""The encodings that are judged by how common their characters are, each with its core."""
CORES = tuple(LEGACY.values())
WIDE = ("utf-16-le", "utf-16-be")

LABELS = {
    "gb18030": "gb2312 gbk x-gbk gb18030 gb_2312-80 csgb2312 chinese cp936 ms936 windows-936 euc-cn "
    "gb_2312 iso-ir-58 csiso58gb231280",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950 ms950 windows-950 big5hkscs",
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
}
"""What files call their encoding (Encoding Standard, 4.2, and code pages' names). Other labels,
such as iso-8859-1 of a template that nobody filled in, say nothing of a Chinese text."""
_DECLARED = {label: name for name, labels in LABELS.items() for label in labels.split()}

FREQUENT = frozenset(
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女"
    "但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声车全信重三机工物气每"
    "并别真打太新比才便夫再书部水像眼等体却加电主界门利海受听表德少克代员许先口由死安写性马光白或住难望教命花结乐色更拉东神记处让母父应直字场平报友关放至张认接告入笑内英军候民岁往何"
    "度山觉路带万男边风解叫任金快原吃变通师立数四失满战远格士音轻目条政府市县区镇乡村街办息况统计依申请复规范件存题改措施强领导构制建设网站台布读及单群众社局收费议诉讼共项附则概述录"
    "序言基组织培训监督保障考核评估落推完善健服务效率透程环境态农业育卫医疗财预算决执交土房屋征城划扶贫脱产品质量食药税商投资企科技化旅游免招聘采购标支增减较占例五六七八九零〇亿元份"
    "省州旗委室厅副秘席联系传邮编址负责填批准印抄送号类型渠式途径"
    "這個們來時爲說國裏後會過對於學麼發當沒還樣種開總從無現動頭經長兒愛給間兩親進話與見問爾點幾將實聲車機氣並別書體卻電門聽員許寫馬難結樂東記處讓應場報關張認內軍歲覺帶萬邊風喫變師數"
    "滿戰遠輕條縣區鎮鄉辦況統計請復規範題強領導構設網臺讀單羣衆費議訴訟項則錄組織訓監評務環態農業衛醫療財預決執徵劃貧脫產質藥稅資遊採購標減較佔億廳祕聯傳郵編負責準號類徑灣裡為線證戶"
    "籍訊佈併檔案週著"
    "，。、：；（）《》“”％—·？！"
)
"""The commonest characters of Chinese prose and of reports, and marks, in both scripts."""

SOUND_PER_DAMAGED = 3
"""With this many whole three-byte characters to each break in the form, a text is damaged UTF-8:
the legacy encodings form such characters only by chance."""
SURE = 0.8
"""Below this confidence a person should look."""
PLAUSIBLE = 0.7
"""The share of common characters that what a file says of itself must give."""
CLEAR = 0.5
"""How much better the best reading must be than the next one to be trusted in full."""
_SAMPLE = 20_000
_ENDS = ("unexpected end", "incomplete", "truncated")


_LONG = re.compile("[\u0800-\U0010ffff]")
"""What takes more than two bytes in UTF-8."""
_ASCII = re.compile("[\x00-\x7f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file and how it was read."""

    text: str
    encoding: str
    confidence: float
    """1 where a mark or UTF-8's own form decides, else the share of common characters, less where
    another encoding reads nearly as well."""
    findings: tuple[Finding, ...] = ()


def decode(data: bytes, *, encoding: str = "", declared: str = "", where: str = "") -> Decoded:
    """Return the text of ``data``; raise ``SourceEncodingError`` with the byte's offset.

    ``encoding`` is what a person says, ``declared`` what the file says of itself: it is believed
    where it gives text of Chinese, and not against a byte order mark.
    """
    if encoding:
        return Decoded(text=_strict(data, encoding, where), encoding=encoding, confidence=1.0)
    for mark, name in MARKS:
        if data.startswith(mark):
            return Decoded(text=_strict(data, name, where), encoding=name, confidence=1.0)
    named = _as_declared(data, _DECLARED.get(declared.strip().lower(), ""))
    return named or _as_utf8(data, where) or _guessed(data, where)


def _as_declared(data: bytes, name: str) -> Decoded | None:
    """Return the text in the encoding that the file names, where that reads well."""
    if not name:
        return None
    try:
        text = _decoded(data, name)
    except UnicodeError:
        return None
    if name == "utf-8":
        return Decoded(text=text, encoding=name, confidence=1.0)
    score, share = _marks_of(text, [LEGACY[name]])
    utf8 = _utf8(data)
    if utf8 is not None and _marks_of(utf8, CORES)[0] >= score and not utf8.isascii():
        return None
    if share < PLAUSIBLE and not text.isascii():
        return None
    return Decoded(text=text, encoding=name, confidence=1.0)


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _as_utf8(data: bytes, where: str) -> Decoded | None:
    """Return the text where the bytes have UTF-8's form; raise where they had it before damage.

    A few characters of two bytes each may have the form by chance, and so may text in UTF-16.
    """
    text = _utf8(data)
    if text is None:
        patched = data.decode("utf-8", errors="replace")
        sound = sum("\u0800" <= character < "\ufffd" for character in patched)
        if sound >= SOUND_PER_DAMAGED * patched.count("\ufffd"):
            _strict(data, "utf-8", where)
        return None
    wide = _wide_in_disguise(data) if "\0" in text else ""
    if wide:
        return Decoded(text=data.decode(wide), encoding=wide, confidence=1.0)
    beyond = "" if _LONG.search(text) else _ASCII.sub("", text)
    if len(beyond) > 1 and beyond.isalpha():
        for name, core in LEGACY.items():
            if _marks_of(data.decode(name, errors="replace"), [core]) == (2.0, 1.0):
                return None
    return Decoded(text=text, encoding="utf-8", confidence=1.0)


def _wide_in_disguise(data: bytes) -> str:
    """Return the form of UTF-16 that bytes are in which UTF-8 allows too: zeros at one parity."""
    if len(data) % 2 or len(data) < 8:
        return ""
    for name, zeros, others in (
        ("utf-16-le", data[1::2], data[::2]),
        ("utf-16-be", data[::2], data[1::2]),
    ):
        if 0 in others or zeros.count(0) * 4 < len(zeros):
            continue
        text = data.decode(name, errors="replace")
        han = [character for character in text if character > "\x7f"]
        if text.isascii() or _marks_of("".join(han), CORES)[1] == 1:
            return name
    return ""


def _guessed(data: bytes, where: str) -> Decoded:
    """Return the text in the encoding that gives the commonest characters."""
    candidates = [
        (_marks_of(_decoded(data, name, "replace"), [core]), name) for name, core in LEGACY.items()
    ]
    candidates += [
        (_marks_of(data[: len(data) & ~1].decode(name, errors="replace"), CORES), name)
        for name in WIDE
    ]
    candidates.sort(reverse=True)
    (score, share), best = candidates[0]
    clear = min(1.0, max(0.0, score - candidates[1][0][0]) / CLEAR)
    confidence = share * (1 + clear) / 2
    text = _strict(data, best, where)
    return Decoded(
        text=text,
        encoding=best,
        confidence=confidence,
        findings=() if confidence >= SURE else (_unsure(best, candidates[1][1], confidence),),
    )


def _unsure(best: str, other: str, confidence: float) -> Finding:
    return Finding(
        clause="encoding",
        severity=Severity.WARNING,
        message=f"the encoding was taken for {best} with a confidence of {confidence:.2f}",
        hint=f"if the text is wrong, name the encoding with --encoding, for instance {other}",
    )


def _decoded(data: bytes, encoding: str, errors: str = "strict") -> str:
    """Decode as the Encoding Standard does where Python's tables differ from it."""
    name = _canonical(encoding)
    euro = name in _EUROS and errors == "strict"
    text = data.decode(encoding, "publisher.euro" if euro else errors)
    return text.translate(_BIG5) if name == "big5hkscs" else text


@cache
def _canonical(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return encoding


_BIG5 = str.maketrans("•､‾∼♁☉¥¢£￭", "‧﹑¯～⊕⊙￥￠￡▓")
"""What A145 and its like are in Big5 as offices write it, where HKSCS names look-alikes."""
_EUROS = {"gb18030": b"\x80", "gbk": b"\x80", "big5hkscs": b"\xa3\xe1"}
"""The bytes of the euro, which Python's tables leave out."""


def _euro(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        euro = _EUROS.get(error.encoding, b"?")
        if error.object.startswith(euro, error.start):
            return "€", error.start + len(euro)
    raise error


codecs.register_error("publisher.euro", _euro)


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return _decoded(data, encoding)
    except UnicodeDecodeError as error:
        offset = error.start + len(data) - len(error.object)
        byte = data[offset] if offset < len(data) else 0
        cut = error.reason.startswith(_ENDS)
        raise SourceEncodingError(
            f"byte 0x{byte:02X} at offset {offset} is not {encoding}"
            + (": the file ends in the middle of a character" if cut else ""),
            where=where,
            hint="the file was cut; let the office send it again"
            if cut
            else "the file is damaged there, or --encoding should name another encoding",
        ) from error
    except UnicodeError as error:
        raise SourceEncodingError(
            f"is not {encoding}: {error}", where=where, hint="name another with --encoding"
        ) from error


_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f\ue000-\uf8ff\ufff0-\uffff]")
"""What no reading of a report gives: controls, private use, damage."""


def _marks_of(text: str, cores: Iterable[Core]) -> tuple[float, float]:
    """Return how much a text looks like Chinese: first to compare by, then to be told.

    The second is the share of the characters beyond ASCII that are common in one of the core sets or
    in every report; the first counts those twice that are both, and takes off what is odd.
    """
    start = text[:_SAMPLE]
    odd = len(_ODD.findall(start))
    sample = [character for character in start if character > "\x7f"]
    if not sample:
        return (-1.0 if odd else 0.0), 0.0
    core = [any(_is_common(character, core) for core in cores) for character in sample]
    frequent = [character in FREQUENT for character in sample]
    common = sum(one or other for one, other in zip(core, frequent, strict=True))
    strange = sum(not is_han(one) and one not in FREQUENT for one in sample) - sum(
        _is_mark(one) for one in sample
    )
    score = sum(core) + sum(frequent) - odd - max(strange, 0) / 2
    return score / len(sample), common / len(sample)


def _is_mark(character: str) -> bool:
    """Tell marks and forms that Chinese texts have beside those in ``FREQUENT``."""
    return (
        character not in FREQUENT
        and (
            "\u3000" <= character <= "\u303f"
            or "\uff00" <= character <= "\uffef"
            or "\u2000" <= character <= "\u2312"
            or "\u2460" <= character <= "\u266f"
            or character in "\xa0°±×÷"
        )
        and not is_han(character)
    )


def _is_common(character: str, core: Core) -> bool:
    code = character.encode(core.encoding, errors="ignore")
    return (
        len(code) == 2
        and code[1] >= core.trail
        and (core.low <= code[0] <= core.high or code[0] in (0xA1, 0xA3))
    )
