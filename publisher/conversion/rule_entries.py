"""The documented edits and findings of this package, for ``publisher rules``."""

from publisher.conversion.findings import FINDING_RULES
from publisher.model import Example, RuleEntry

KIND = "conversion rule"

_EXCEPTIONS = (
    "addresses, e-mail, code and the names of ``--names``; spans that a glossary decides; Latin text and "
    "figures"
)


def _configuration(name: str, summary: str, example: Example) -> RuleEntry:
    return RuleEntry(
        name=name,
        kind=KIND,
        summary=summary,
        reason="The option ``--script`` asks for it; the rule has the name of OpenCC's configuration.",
        examples=(example,),
        exceptions=_EXCEPTIONS,
    )


ENTRIES = (
    _configuration(
        "s2tw",
        "Convert Simplified to Traditional with the characters of Taiwan.",
        Example(
            before="政府信息公开报告，群众里面",
            after="政府信息公開報告，群眾裡面",
            options="--script zh-Hant-TW",
        ),
    ),
    _configuration(
        "s2twp",
        "Convert Simplified to Traditional with the characters and the words of Taiwan.",
        Example(
            before="政府信息公开报告，鼠标",
            after="政府信息公開報告，滑鼠",
            options="--script zh-Hant-TW --vocabulary tw",
        ),
    ),
    _configuration(
        "s2hk",
        "Convert Simplified to Traditional with the characters of Hong Kong.",
        Example(
            before="政府信息公开报告，群众里面",
            after="政府信息公開報告，羣眾裏面",
            options="--script zh-Hant-HK",
        ),
    ),
    _configuration(
        "s2hkp",
        "Convert Simplified to Traditional with the characters and the words of Hong Kong.",
        Example(
            before="政府信息公开报告，鼠标",
            after="政府信息公開報告，滑鼠",
            options="--script zh-Hant-HK --vocabulary hk",
        ),
    ),
    _configuration(
        "s2t",
        "Convert Simplified to Traditional with the characters of OpenCC's standard.",
        Example(
            before="政府信息公开报告，群众里面",
            after="政府信息公開報告，羣衆裏面",
            options="--script zh-Hant",
        ),
    ),
    _configuration(
        "tw2s",
        "Convert Traditional of Taiwan to Simplified.",
        Example(
            before="政府資訊公開報告，電腦裡",
            after="政府资讯公开报告，电脑里",
            options="--script zh-Hans-CN",
        ),
    ),
    _configuration(
        "hk2s",
        "Convert Traditional of Hong Kong to Simplified.",
        Example(
            before="政府資訊公開報告，衞生説明",
            after="政府资讯公开报告，卫生说明",
            options="--script zh-Hans-CN",
        ),
    ),
    _configuration(
        "t2s",
        "Convert Traditional to Simplified, for texts without forms of one region.",
        Example(
            before="政府資訊公開報告",
            after="政府资讯公开报告",
            options="--script zh-Hans-CN",
        ),
    ),
    RuleEntry(
        name="quotation-marks",
        kind=KIND,
        summary="Give quotation marks the form of the region: “” and ‘’, or 「」 and 『』.",
        reason="GB/T 15834, 4.8, for the mainland; 重訂標點符號手冊 for Taiwan and Hong Kong.",
        examples=(
            Example(
                before="政府信息公开报告，“互联网‘加’政务”",
                after="政府信息公開報告，「互聯網『加』政務」",
                options="--script zh-Hant-TW",
            ),
        ),
        exceptions=(
            "marks without a counterpart in their line, which are reported as "
            "``unpaired-quotation-marks``; apostrophes; English passages, addresses and code"
        ),
    ),
    *FINDING_RULES,
)
