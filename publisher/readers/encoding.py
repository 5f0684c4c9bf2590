"""Decodes bytes to text: detects the encoding, and loses nothing.

The encoding is, in this order: the one that the user gives; that of a byte order mark; the one that
the file declares, if its text is plausible; UTF-8, whose form does not occur by chance; otherwise
the legacy encoding of Chinese, or UTF-16 without a mark, that gives the most common characters.

Decoding is strict: an invalid byte is an error with its offset. ``gb2312`` is never used, because
its A1A4 and A1AA differ from what office software writes; GB 18030 has them right. The byte 80 of
code page 936 is the euro, as in the Encoding Standard. UTF-7, HZ and ISO 2022 are never guessed,
because any ASCII text could be one of them.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from publisher.errors import SourceEncodingError
from publisher.messages import translatable
from publisher.readers.finding_rules import NO_CHINESE, UNCERTAIN_ENCODING
from publisher.text.characters import is_han

if TYPE_CHECKING:
    from collections.abc import Iterable

    from publisher.model import Finding

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks and their encodings; UTF-32 before UTF-16, whose mark is the start of its mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreCharacters:
    """The common characters (level 1) of a legacy character set, as ranges of bytes."""

    encoding: str
    """The encoding of the core set."""
    first_lead: int
    """The lowest first byte."""
    last_lead: int
    """The highest first byte."""
    first_trail: int
    """The lowest second byte."""


LEGACY = {
    "gb18030": CoreCharacters(encoding="gbk", first_lead=0xB0, last_lead=0xD7, first_trail=0xA1),
    "big5hkscs": CoreCharacters(encoding="big5", first_lead=0xA4, last_lead=0xC6, first_trail=0x40),
}
"""The legacy encodings that may be guessed, with their common characters."""
LEGACY_CORES = tuple(LEGACY.values())
UTF_16_ENCODINGS = ("utf-16-le", "utf-16-be")

LABELS = {
    "gb18030": "gb2312 gbk x-gbk gb18030 gb_2312-80 csgb2312 chinese cp936 ms936 windows-936 euc-cn "
    "gb_2312 iso-ir-58 csiso58gb231280",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950 ms950 windows-950 big5hkscs",
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
}
"""The labels of encodings (Encoding Standard, 4.2, and names of code pages). Other labels, such as
the iso-8859-1 of a template, are ignored for a Chinese text."""
_DECLARED = {label: codec for codec, labels in LABELS.items() for label in labels.split()}

FREQUENT_CHARACTERS = frozenset(
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
"""The most common characters and punctuation of Chinese prose and of reports, in both scripts."""

MIN_SOUND_PER_DAMAGED = 3
"""The ratio of valid three-byte characters to invalid bytes from which a text is damaged UTF-8; text
in a legacy encoding has such characters only by chance."""
MIN_CONFIDENCE = 0.8
"""A lower confidence is reported as a warning."""
LEAST_CONFIDENCE = 0.3
"""With a lower confidence a guess explains nothing: of random bytes a quarter are common characters by chance."""
LEAST_EVIDENCE = 8
"""The number of characters beyond ASCII from which a low confidence proves that the guess is wrong."""
MIN_DECLARED_SHARE = 0.7
"""The share of common characters from which a declared encoding is plausible."""
CLEAR_MARGIN = 0.5
"""The difference between the best and the second score from which a guess is fully trusted."""
_SAMPLE_LENGTH = 20_000
_TRUNCATION_REASONS = ("unexpected end", "incomplete", "truncated")


_BEYOND_TWO_BYTES = re.compile("[\u0800-\U0010ffff]")
"""A character that takes more than two bytes in UTF-8."""
_LATIN_SIGN = re.compile("[\x80-\xbf×÷]")
_ASCII_RUN = re.compile("[\x00-\x7f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file and its encoding."""

    text: str
    encoding: str
    confidence: float
    """1 if the encoding is certain; otherwise the share of common characters, reduced if another
    encoding is nearly as plausible."""
    findings: tuple[Finding, ...] = ()


def decode(data: bytes, *, encoding: str = "", declared: str = "", where: str = "") -> Decoded:
    """Return the text of a file.

    Args:
        data: The bytes of the file.
        encoding: The encoding that the user gives; empty to detect it.
        declared: The encoding that the file declares; used if the text is plausible and there is no
            byte order mark.
        where: The name of the file in error messages.

    Raises:
        SourceEncodingError: A byte is invalid; the message has its offset.

    """
    if encoding:
        text = _decode_strictly(data, encoding, where)
        findings = _wrong_encoding(data, text, encoding, declared)
        return Decoded(text=text, encoding=encoding, confidence=1.0, findings=findings)
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _decode_strictly(data, codec, where)
            return Decoded(text=text, encoding=codec, confidence=1.0)
    declared_result = _decode_declared(data, _DECLARED.get(declared.strip().lower(), ""))
    return declared_result or _decode_utf_8(data, where) or _guess(data, where)


def _wrong_encoding(data: bytes, text: str, encoding: str, declared: str) -> tuple[Finding, ...]:
    """Return a warning if the given encoding yields no Chinese, but the detected one clearly does."""
    if text.isascii() or any(map(is_han, text)):
        return ()
    try:
        detected = decode(data, declared=declared)
    except SourceEncodingError:
        return ()
    if detected.confidence < MIN_CONFIDENCE or not any(map(is_han, detected.text)):
        return ()
    return (NO_CHINESE.finding(encoding=encoding, detected=detected.encoding),)


def _decode_declared(data: bytes, codec: str) -> Decoded | None:
    """Return the text in the encoding that the file declares; None if it is not plausible."""
    if not codec:
        return None
    try:
        text = _decode_as(data, codec)
    except UnicodeError:
        return None
    if codec == "utf-8":
        return Decoded(text=text, encoding=codec, confidence=1.0)
    score, share = _score_text(text, [LEGACY[codec]])
    utf8 = _try_utf_8(data)
    if utf8 is not None and _score_text(utf8, LEGACY_CORES)[0] >= score and not utf8.isascii():
        return None
    if share < MIN_DECLARED_SHARE and not text.isascii():
        return None
    return Decoded(text=text, encoding=codec, confidence=1.0)


def _try_utf_8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _decode_utf_8(data: bytes, where: str) -> Decoded | None:
    """Return the text if it is valid UTF-8; None if it is in another encoding.

    A few two-byte characters, and text in UTF-16, may be valid UTF-8 by chance.

    Raises:
        SourceEncodingError: The text is damaged UTF-8.

    """
    text = _try_utf_8(data)
    if text is None:
        with_replacements = data.decode("utf-8", errors="replace")
        sound_count = sum("\u0800" <= character < "\ufffd" for character in with_replacements)
        if sound_count >= MIN_SOUND_PER_DAMAGED * with_replacements.count("\ufffd"):
            _decode_strictly(data, "utf-8", where)
        return None
    utf_16 = _detect_utf_16(data) if "\0" in text else ""
    if utf_16:
        return Decoded(text=data.decode(utf_16), encoding=utf_16, confidence=1.0)
    non_ascii = "" if _BEYOND_TWO_BYTES.search(text) else _ASCII_RUN.sub("", text)
    if len(non_ascii) > 1 and not _LATIN_SIGN.search(non_ascii):
        for codec, core in LEGACY.items():
            if _score_text(data.decode(codec, errors="replace"), [core]) == (2.0, 1.0):
                return None
    return Decoded(text=text, encoding="utf-8", confidence=1.0)


def _detect_utf_16(data: bytes) -> str:
    """Return the UTF-16 encoding of bytes that are valid UTF-8 as well; empty if there is none.

    Such text has many zeros among its even or its odd bytes, but not both.
    """
    if len(data) % 2 or len(data) < 8:
        return ""
    for codec, zero_bytes, other_bytes in (
        ("utf-16-le", data[1::2], data[::2]),
        ("utf-16-be", data[::2], data[1::2]),
    ):
        if 0 in other_bytes or zero_bytes.count(0) * 4 < len(zero_bytes):
            continue
        text = data.decode(codec, errors="replace")
        han = [character for character in text if character > "\x7f"]
        if text.isascii() or _score_text("".join(han), LEGACY_CORES)[1] == 1:
            return codec
    return ""


def _guess(data: bytes, where: str) -> Decoded:
    """Return the text in the encoding that gives the most common characters."""
    candidates = [
        (_score_text(_decode_as(data, codec, "replace"), [core]), codec)
        for codec, core in LEGACY.items()
    ]
    candidates += [
        (_score_text(data[: len(data) & ~1].decode(codec, errors="replace"), LEGACY_CORES), codec)
        for codec in UTF_16_ENCODINGS
    ]
    candidates.sort(reverse=True)
    (score, share), best = candidates[0]
    margin = min(1.0, max(0.0, score - candidates[1][0][0]) / CLEAR_MARGIN)
    confidence = share * (1 + margin) / 2
    try:
        text = _decode_strictly(data, best, where)
    except SourceEncodingError as error:
        if confidence >= MIN_CONFIDENCE:
            raise
        raise SourceEncodingError(
            translatable(
                "no encoding fits; the nearest is {encoding}, but {message}",
                encoding=best,
                message=error.message,
            ),
            where=where,
            hint="the file is damaged, or --encoding must name its encoding",
        ) from error
    is_proved_wrong = sum(character > "\x7f" for character in text) >= LEAST_EVIDENCE
    if confidence < LEAST_CONFIDENCE and is_proved_wrong:
        raise SourceEncodingError(
            translatable(
                "no encoding explains its bytes; the nearest is {encoding}, with a confidence of "
                "{confidence:.2f}",
                encoding=best,
                confidence=confidence,
            ),
            where=where,
            hint="if it is text, name its encoding with --encoding",
        )
    findings: tuple[Finding, ...] = ()
    if confidence < MIN_CONFIDENCE:
        other = candidates[1][1]
        findings = (UNCERTAIN_ENCODING.finding(encoding=best, confidence=confidence, other=other),)
    return Decoded(text=text, encoding=best, confidence=confidence, findings=findings)


def _decode_as(data: bytes, encoding: str, errors: str = "strict") -> str:
    """Decode by the Encoding Standard where Python's tables differ from it."""
    codec = _codec_name(encoding)
    euro = codec in _EURO_BYTES and errors == "strict"
    text = data.decode(encoding, "publisher.euro" if euro else errors)
    return text.translate(_BIG5_CORRECTIONS) if codec == "big5hkscs" else text


@cache
def _codec_name(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return encoding


_BIG5_CORRECTIONS = str.maketrans("•､‾∼♁☉¥¢£￭", "‧﹑¯～⊕⊙￥￠￡▓")
"""Characters such as A145 in the Big5 that offices write, where HKSCS has similar-looking ones."""
_EURO_BYTES = {"gb18030": b"\x80", "gbk": b"\x80", "big5hkscs": b"\xa3\xe1"}
"""The bytes of the euro sign, which is missing in Python's tables."""


def _decode_euro(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        euro = _EURO_BYTES.get(error.encoding, b"?")
        if error.object.startswith(euro, error.start):
            return "€", error.start + len(euro)
    raise error


codecs.register_error("publisher.euro", _decode_euro)


def _decode_strictly(data: bytes, encoding: str, where: str) -> str:
    try:
        return _decode_as(data, encoding)
    except UnicodeDecodeError as error:
        offset = error.start + len(data) - len(error.object)
        byte = data[offset] if offset < len(data) else 0
        is_truncated = error.reason.startswith(_TRUNCATION_REASONS)
        raise SourceEncodingError(
            translatable(
                "byte 0x{byte:02X} at offset {offset} is not {encoding}: the file ends in the middle of a character"
                if is_truncated
                else "byte 0x{byte:02X} at offset {offset} is not {encoding}",
                byte=byte,
                offset=offset,
                encoding=encoding,
            ),
            where=where,
            hint="the file is truncated; ask the office to send it again"
            if is_truncated
            else "the file is damaged there; otherwise give another encoding with --encoding",
        ) from error
    except UnicodeError as error:
        raise SourceEncodingError(
            translatable("is not {encoding}: {error}", encoding=encoding, error=error),
            where=where,
            hint="give another encoding with --encoding",
        ) from error


_BOX_DRAWING = frozenset(map(chr, range(0x2500, 0x2580)))
"""What draws tables says nothing about an encoding; in the bytes of another one it is a few characters many times."""
_ODD_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\x7f\ue000-\uf8ff\ufff0-\uffff]")
"""Characters that the text of a report does not have: controls, private use, replacements."""


def _score_text(text: str, cores: Iterable[CoreCharacters]) -> tuple[float, float]:
    """Return how much a text looks like Chinese, as a score and a share.

    The share is that of the non-ASCII characters that are in one of the cores or frequent. The score,
    for comparisons, counts those twice that are both, and subtracts odd characters.
    """
    start = text[:_SAMPLE_LENGTH]
    odd_count = len(_ODD_CHARACTER.findall(start))
    sample = [character for character in start if character > "\x7f"]
    sample = [character for character in sample if character not in _BOX_DRAWING]
    if not sample:
        return (-1.0 if odd_count else 0.0), 0.0
    in_core = [any(_is_core_character(character, core) for core in cores) for character in sample]
    frequent = [character in FREQUENT_CHARACTERS for character in sample]
    common_count = sum(map(max, in_core, frequent))
    strange_count = sum(
        not is_han(character) and character not in FREQUENT_CHARACTERS for character in sample
    ) - sum(map(_is_other_punctuation, sample))
    score = sum(in_core) + sum(frequent) - odd_count - max(strange_count, 0) / 2
    return score / len(sample), common_count / len(sample)


def _is_other_punctuation(character: str) -> bool:
    """Return whether a character is punctuation or a symbol that is rare in Chinese texts."""
    return (
        character not in FREQUENT_CHARACTERS
        and (
            "\u3000" <= character <= "\u303f"
            or "\uff00" <= character <= "\uffef"
            or "\u2000" <= character <= "\u2312"
            or "\u2460" <= character <= "\u266f"
            or character in "\xa0°±×÷"
        )
        and not is_han(character)
    )


def _is_core_character(character: str, core: CoreCharacters) -> bool:
    code = character.encode(core.encoding, errors="ignore")
    return (
        len(code) == 2
        and code[1] >= core.first_trail
        and (core.first_lead <= code[0] <= core.last_lead or code[0] in (0xA1, 0xA3))
    )
