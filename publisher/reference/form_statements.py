"""How the text of an annual report names the cells of its official forms.

Each ``FormStatement`` joins cells of a form to the measure that a sentence gives them, where it can mean nothing else. Where
several sums of cells may be meant (收到申请 with or without those carried over), it has a reading for each. ``form_name`` takes
the words off a measure that all of them may have. ``indicator_statements`` has the form of 2014 to 2018.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from publisher.reference.form_synonyms import plain_form_words, without_reason_words
from publisher.reference.official_forms import ORGANISATIONS, TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

Topic = Literal["", "applications", "review", "lawsuit", "direct lawsuit", "lawsuit after review"]
"""What a sentence must be about, or its measure means something else: 维持 of reviews is not that of lawsuits."""

_OMITTED = re.compile(
    "政府信息公开(?:工作)?(?!申请表)|(?<!网站)(?<!微博)(?<!微信)信息公开(?:工作)?|政府(?=信息)|我(?:[局委厅办院区县市省镇]|单位)|本(?:单位|部门|局|委|办|厅)"
    "|相关|有关|各类|依法|全年|本年度?|年内|当年|今年|已经?(?!主动)|均|共(?!同)|的|了|其中|（[^）]*）"
)
"""Words that a measure may have or omit."""
_HEADING = re.compile("^[^，。；]{0,8}(?:单位|部门|机关|结果|情况)(?!维持|纠正)")
"""Who acts, or a heading, before a measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPattern:
    """Cells whose figures are added up."""

    rows: tuple[re.Pattern[str], ...]
    """Each matches the heads beside some of the cells, joined by a slash."""
    column: re.Pattern[str]
    """Matches the heads above the cells, joined by a slash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormStatement:
    """Cells of a form, and the measure that a sentence gives them."""

    form: str
    """How ``identify_form`` names the form; the edition may be left out."""
    readings: tuple[CellPattern, ...]
    """The cells that may be meant; the first reading is the likeliest."""
    measure: re.Pattern[str]
    """Matches the whole measure of the sentence, as ``form_name`` returns it."""
    units: frozenset[str]
    topic: Topic = ""
    required_words: re.Pattern[str] | None = None
    """Words that the sentence must have beside the measure, or it may mean something else."""
    nothing: re.Pattern[str] | None = None
    """Matches what a sentence says there is none of."""


def form_names(measure: str) -> tuple[str, ...]:
    """Return a measure without the words that it may have or omit, also without who acts or a heading before it, and in the words of the form.

    Example:
        >>> form_names("各执法单位作出行政许可决定")
        ('各执法单位作出行政许可决定', '作出行政许可决定')

    """
    name = form_name(measure)
    names = [name, _HEADING.sub("", name), plain_form_words(name)]
    names += [without_reason_words(names[-1])]
    return tuple(filter(None, dict.fromkeys(names)))


def form_name(measure: str) -> str:
    """Return a measure without the words that it may have or omit.

    Example:
        >>> form_name("我局收到的政府信息公开申请"), form_name("行政执法案卷信息")
        ('收到申请', '行政执法案卷信息')

    """
    return _OMITTED.sub("", measure)


CASES = frozenset(("件", "件次", "份", "条", "宗", ""))
MONEY = frozenset(("元", ""))
_DECISIONS = frozenset(("件", "份", "宗", "起", "次", "件次", ""))
_EVENT = "(?:发生|因|引发|产生|被申请|被提起|申请|提起|涉及|涉|全[市县区])*"


def statement(  # noqa: PLR0913 - the columns of the tables below
    form: str,
    rows: str | Sequence[str | tuple[str, ...]],
    measure: str,
    *,
    columns: str | Sequence[str] = f"(?:^|/){TOTAL}$",
    units: frozenset[str] = CASES,
    topic: Topic = "",
    required_words: str = "",
    nothing: str = "",
) -> FormStatement:
    """Return a statement; each row with each column is a reading. The cells of a tuple of rows are added up."""
    return FormStatement(
        form=form,
        readings=tuple(
            CellPattern(
                rows=tuple(map(re.compile, [row] if isinstance(row, str) else row)),
                column=re.compile(column),
            )
            for row in ([rows] if isinstance(rows, str) else rows)
            for column in ([columns] if isinstance(columns, str) else columns)
        ),
        measure=re.compile(measure),
        units=units,
        topic=topic,
        required_words=re.compile(required_words) if required_words else None,
        nothing=re.compile(nothing) if nothing else None,
    )


def _documents() -> tuple[FormStatement, ...]:
    """Return the statements of table 2."""
    kinds = "(?:行政)?规范性文件"
    return (
        statement(
            "2",
            "规范性文件",
            f"(?:新)?(?:制发|制定|制作|出台|印发){kinds}",
            columns="(?:制作|制发)",
            nothing=f"(?:新)?(?:制发|制定|制作|出台|印发){kinds}",
        ),
        statement(
            "2",
            "规范性文件",
            f"(?:宣布|清理)?废止(?:{kinds})?|{kinds}废止",
            columns="废止",
            required_words="规范性文件",
            nothing=f"废止{kinds}",
        ),
        statement(
            "2",
            "规范性文件",
            f"(?:截至)?(?:年末)?现行有效(?:{kinds})?|现存有效{kinds}",
            columns="现行有效",
            required_words="规范性文件",
        ),
        statement(
            "2",
            "(?:^|/)规章$",
            "(?:新)?(?:制发|制定|制作|出台)规章",
            columns="(?:制作|制发)",
            nothing="(?:新)?(?:制发|制定|制作|出台)规章",
        ),
        statement(
            "2",
            "行政许可",
            "(?:作出|办理|办结)?(?:行政许可(?:决定)?|许可决定)",
            columns="处理决定",
            units=_DECISIONS,
            nothing="(?:作出|实施)?行政许可",
        ),
        statement(
            "2",
            "行政处罚",
            "(?:作出|下达|实施)?(?:行政处罚(?:决定书?)?|处罚决定书?)",
            columns="处理决定",
            units=_DECISIONS,
            nothing="(?:作出|实施)?行政处罚",
        ),
        statement(
            "2",
            "行政强制",
            "(?:作出|实施|采取)?行政强制(?:决定|措施)?",
            columns="处理决定",
            units=_DECISIONS,
            nothing="(?:作出|实施|采取)?行政强制(?:措施)?",
        ),
        statement(
            "2",
            "行政事业性收费",
            "(?:收取|征收)?行政事业性收费(?:收取|征收)?(?:金额|总额)?",
            columns="收费金额",
            units=MONEY,
            nothing="(?:收取|征收)?行政事业性(?:收费|费用)",
        ),
    )


def _applications() -> tuple[FormStatement, ...]:
    """Return the statements of table 3."""
    new, carried, total = "本年新收", "上年结转", "（七）总计|(?:^|/)总计$"
    both = (new, carried)
    received = (new, both)
    refused, other = "（五）不予处理", "（六）其他处理"
    answered = "（[一二三四]）"
    answers = (answered, (answered, refused), (answered, other))
    results = (
        ("（一）予以公开", "(?:申请)?(?:予以|同意|全部|完全)?公开"),
        ("（二）部分公开", "(?:申请)?(?:予以|同意)?部分公开"),
        ("（三）不予公开", "(?:申请)?不予?(?:同意)?公开"),
        ("（四）无法提供", "(?:申请)?无法提供"),
        (refused, "(?:申请)?不予?处理"),
        (other, "(?:作)?其[他它](?:处理|情形)"),
        ("属于国家秘密", "(?:属于|涉及)?国家秘密"),
        ("其他法律行政法规", "(?:属于)?(?:其他)?法律、?行政法规禁止公开"),
        ("三安全一稳定", "(?:危及)?“?三安全一稳定”?"),
        ("第三方合法权益", "(?:保护|涉及|侵害)?第三方合法权益"),
        ("三类内部事务", "(?:属于)?(?:三类)?内部事务信息"),
        ("四类过程性", "(?:属于)?(?:四类)?过程性信息"),
        ("行政执法案卷", "(?:属于)?(?:行政)?执法案卷(?:信息)?"),
        ("行政查询事项", "(?:属于)?行政查询事项"),
        ("不掌握相关政府信息", "(?:因)?(?:本?机关)?不掌握(?:信息)?(?:而)?(?:无法提供)?"),
        ("没有现成信息", "(?:因)?没有现成信息(?:需要?)?(?:另行)?(?:制作)?"),
        ("补正后", "(?:经)?补正后(?:申请)?(?:内容)?仍?(?:然)?不明确"),
        ("信访举报投诉类", "(?:属于)?信访、?举报、?投诉类?(?:申请)?"),
        ("重复申请", "(?:属于)?重复申请"),
        ("要求提供公开出版物", "要求提供公开出版物"),
        ("无正当理由大量反复", "(?:无正当理由)?大量反复申请"),
        ("要求行政机关确认", "要求(?:行政机关)?确认或重新出具已?获取信息"),
        ("逾期不补正", "(?:申请人)?(?:无正当理由)?逾期不补正"),
        ("逾期未按收费", "(?:申请人)?逾期未(?:按收费通知要求)?缴纳费用"),
    )
    applicants = (
        *((name, f"(?:收到|来自)?{name}(?:提交|提出)?(?:申请)?") for name in ("自然人", *ORGANISATIONS[:-1])),
        ("|".join(ORGANISATIONS), "法人(?:或|和|及|、)?(?:者)?其[他它]组织(?:提交|提出)?(?:申请)?"),
        (ORGANISATIONS[-1], "其[他它]组织(?:提交|提出)?(?:申请)?"),
    )  # fmt: skip
    got, before = (
        "(?:收到|接到|受理)(?:依|书面)?申请",
        "(?<!其中)(?<!含)(?<!包括)(?:上年|上一年)度?结转",
    )
    return (
        statement(
            "3",
            new,
            "新收(?:到)?(?:书面)?申请",
            nothing="(?:新)?收到?(?:依)?申请(?:公开)?(?:事项)?",
        ),
        statement("3", received, got, required_words=f"^(?!.*{before})"),
        statement("3", new, got, required_words=before),
        statement(
            "3", carried, "(?:加上?|另有)?(?:上一?年度?|(?:19|20)\\d\\d年度?)?结转(?:来)?(?:申请)?"
        ),
        statement(
            "3",
            "结转下年度",
            "(?:答复|办理|申请|剩余|未办结)*结转(?:(?:至|到)?(?:下一?|次)年度?|(?:至|到)?(?:19|20)\\d\\d年度?)?(?:继续)?(?:办理|处理|答复)?",
            required_words="(?:结转|转入)(?:至|到)?(?:下|次|20)|(?:下|次)年度?继续",
            nothing="(?:申请)?(?:下(?:一)?年度?结转|结转(?:至|到)?下(?:一)?年度?)(?:申请)?",
        ),
        statement(
            "3",
            (total, *answers),
            "(?:实际)?(?:办结|答复|处理|办理(?=答复|办结))(?:答复|办结)?(?:申请)?|申请(?:办结|答复)",
        ),
        statement("3", (total, both, *answers), "(?:实际)?办理(?:申请)?"),
        *(statement("3", row, measure, topic="applications") for row, measure in results),
        *(
            statement(
                "3",
                (*received, total),
                measure,
                columns=f"(?:^|/)(?:{name})$",
                topic="applications",
                required_words="申请人|收到|新收|受理|商业企业|自然人",
            )
            for name, measure in applicants
        ),
    )


def _disputes() -> tuple[FormStatement, ...]:
    """Return the statements of table 4."""
    review, direct, after = "行政复议", "未经复议直接起诉", "复议后起诉"
    suits = f"(?:{direct}|{after})"
    outcomes = (
        ("结果维持", "(?:结果|(?:被)?法院|(?:被)?复议机关)?(?:判决|决定)?维持(?:原)?(?:具体)?(?:行政行为|决定)?"),
        ("结果纠正", "(?:复议案件)?(?:结果|被)?(?:复议机关|法院)?(?:依法)?(?:纠正|纠错)(?:复议案件)?"),
        ("其他结果", "其[他它](?:处理)?结果"),
        ("尚未审结", "(?:尚|仍)?(?:未|在)(?:审结|办结|审理)"),
    )  # fmt: skip
    topics: tuple[tuple[Topic, Sequence[str]], ...] = (
        ("review", (review,)),
        ("lawsuit", (suits, direct, after)),
        ("direct lawsuit", (direct,)),
        ("lawsuit after review", (after,)),
    )
    return (
        statement(
            "4",
            "",
            f"{_EVENT}(?:行政)?复议(?:案件|申请)?",
            columns=f"^{review}/{TOTAL}$|{review}/.*{TOTAL}$",
            topic="review",
            nothing=f"{_EVENT}(?:行政)?复议(?:案件|申请)?",
        ),
        statement(
            "4",
            "",
            f"{_EVENT}(?:行政)?诉讼(?:案件)?",
            columns=(f"{suits}/{TOTAL}$", f"{direct}/{TOTAL}$", f"{after}/{TOTAL}$"),
            topic="lawsuit",
            nothing=f"{_EVENT}(?:行政)?诉讼(?:案件)?",
        ),
        statement(
            "4",
            "",
            "(?:未经复议)?直接(?:提起|起诉)(?:行政)?(?:诉讼)?",
            columns=f"{direct}/{TOTAL}$",
            topic="direct lawsuit",
            nothing="(?:未经复议)?直接(?:提起|起诉)(?:行政)?(?:诉讼)?(?:案件)?",
        ),
        statement(
            "4",
            "",
            "经?复议后(?:起诉|提起)(?:行政)?(?:诉讼)?",
            columns=f"{after}/{TOTAL}$",
            topic="lawsuit after review",
            nothing="(?:发生)?经?复议后(?:起诉|提起(?:行政)?诉讼)(?:案件)?",
        ),
        *(
            statement(
                "4",
                "",
                measure,
                columns=[f"{group}/.*{outcome}$|{group}/{outcome}$" for group in groups],
                topic=topic,
            )
            for topic, groups in topics
            for outcome, measure in outcomes
        ),
    )


FORM_STATEMENTS = (*_documents(), *_applications(), *_disputes())
"""The statements of tables 2, 3 and 4."""
