"""Lines that were wrapped at a width, or broken inside a sentence.

Input: a context. Output: replacements that join such a line to the next. A line end that may
divide a figure is removed where the lines prove it, and proposed otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from publisher.normalise.divided_figures import are_parted, breaks_figures, line_end_proof
from publisher.normalise.line_end_evidence import (
    LEAST_DOUBT,
    LEAST_SUPPORT,
    phrase_goes_on,
    support,
)
from publisher.normalise.rule import rule
from publisher.reference.heading_words import is_heading_word
from publisher.reference.title_endings import has_title_ending, plain_title
from publisher.text.characters import (
    CJK_PUNCTUATION,
    HAN,
    SPACES,
    TABLE_PLACEHOLDER,
    has_han,
    is_cjk,
)
from publisher.text.edits import Replacement
from publisher.text.language import FUNCTION_WORDS, foreign_spans, has_latin_sentence
from publisher.text.line_starts import begins_item
from publisher.text.word_rows import are_word_rows, is_form_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from publisher.normalise.context import Context, Line, LineForm

_LABEL = re.compile(f"[{SPACES}]*[{HAN}]{{2,6}}[：:](?=.)")
"""The label of a line among other labelled lines: 出席：, 列席：."""
_LONE_LABEL = re.compile(f"[{SPACES}]*(?!其中|包括|具体|如下|主要)[{HAN}]{{2,4}}[：:][{SPACES}]*")
"""A line that is only the label of what follows: 說明：, 辦法：."""
_SALUTATION = re.compile(
    f"[{SPACES}]*(?:各位|尊敬的|同志们|女士们)[{HAN}、，]{{0,16}}[：:][{SPACES}]*"
)
"""A line such as 各位代表：, below a title or a session."""
_WRITTEN_BLANK = re.compile(f"_{{3,}}[{SPACES}]*(?:$|\n)|\n[{SPACES}]*_{{3,}}")
"""A place to write in at one side of a line end."""
_SENTENCE_ENDS = tuple('。！？：；!?;:”》）」』…."')
_INNER_MARK = re.compile("[，。；](?=.)|[,;](?=.)")
_INNER_MARKS = re.compile("[。，；：]")
_IN_BRACKETS = re.compile(f"[{SPACES}]*[（(][^（）()\n]{{4,40}}[）)][{SPACES}]*")
"""A line such as （2024年3月15日公告）, which is a line of its own below a title."""
_ENDS_IN_DATE = re.compile(
    "[^\\n]*(?:年[^，。；年]{1,8}日|[（(][^，。；（）]{6,12}日[）)])|(?:19|20)\\d\\d[-/.]\\d{1,2}[-/.]\\d{1,2}[^，。；]*"
)
"""A line of the head such as 某市统计局　2024年3月15日, or the time at which a page was published."""
CENTRED = 8
"""Columns before the first character of a line that is centred by spaces; paragraphs have four."""
SHORTEST_TITLE = 6
"""Characters of the shortest title whose last word shows that it ends."""
TITLE_LINES = 10
"""Only this many lines at the top of a text can be its title."""
_TWO_COLUMNS = re.compile(f"[{HAN}{CJK_PUNCTUATION}\u3000]+")
"""Characters that are two columns wide in a text editor."""
_FIRST_WORD = re.compile("[“‘（《「]?[!-~]{1,24}.?")
"""What a wrapping program does not break: a Latin word or a figure, and the character behind it."""
_NO_SPACE_AFTER = "-—–~:/(+×]"
_NO_SPACE_BEFORE = "-—–~:/),;.%‰+×"
"""Marks inside a word or between two figures; a comma or a point may be inside one figure."""
_HALF_YEAR = re.compile("(?<![\\d.])(?:19|20)$")
_REST_OF_YEAR = re.compile("\\d\\d(?:年|[-—]\\d)")
WIDEST_WRAP = 120
"""Nobody wraps lines by hand at more columns than this (a Chinese character has two)."""
NARROWEST_WRAP = 40
"""Nobody wraps lines by hand at fewer columns than this."""
NARROWEST_WRAP_CHARACTERS = 20
"""The same limit where the width is counted in characters."""
SLACK = 6
"""A wrapped line may be this much shorter than the common width, which keeps a figure or a mark whole."""
OVERHANG = 6
"""A wrapped line may be this much longer: a mark that hangs at its end, or spaces beside its figures."""

_PARAGRAPH = (
    "　　全市各级行政机关认真落实政府信息公开条例坚持以公开为常\n"
    "态不公开为例外进一步拓宽公开渠道丰富公开形式全市各级行政机\n"
    "关认真落实政府信息公开条例坚持以公开为常态不公开为例外进一步\n"
    "拓宽公开渠道。"
)
_LIST = "清河市人民医院新院区门诊综合楼建设项目工程\n" * 4


@rule(
    name="hard-wrapped-lines",
    order=80,
    reason="A line end inside a paragraph is not text; the typesetter breaks lines itself.",
    evidence=(
        "the commonest width of the text's long lines, and a run of lines of this width that ends with the mark "
        "of a sentence, or has commas inside most of its lines. Line ends inside words, figures and brackets show that the lines are "
        "wrapped; without them a join is proposed"
    ),
    examples=((_PARAGRAPH, _PARAGRAPH.replace("\n", "")),),
    exceptions=(
        "lines shorter than the common width; runs without a mark at their end, such as lists of equally long "
        "names; lines that begin with a time as others do; rows of short words between gaps; a next line that is indented, numbered, a heading such as 注释, a field, a table row or empty; the title; a line that "
        "spaces set at the right; lines that end "
        "in 。！？：； where paragraphs are not indented; lines without Chinese. A line end between two digits is proposed, unless a word for a count above and a unit below show one figure"
    ),
    unchanged=("一、概述\n正文。\n二、情况", _LIST),
    whole_text=True,
)
def join_hard_wrapped_lines(context: Context) -> Iterator[Replacement]:
    """Join the lines of a paragraph that was wrapped at a fixed width."""
    lines = context.lines
    wrap = _measure([line.string for line in lines])
    if wrap is None:
        return
    widths, measure = wrap
    is_full = [
        _fills(width, measure, following.string)
        for width, following in zip(widths, lines[1:], strict=False)
    ]
    indented = [bool(re.match("[ \t\u3000\xa0]{2,}|\u3000", line.string)) for line in lines]
    paragraphs = sum(
        starts and not _is_set_apart(line) for starts, line in zip(indented, lines, strict=True)
    )
    uses_indents = paragraphs >= 2
    is_mechanical = breaks_figures(line.string for line in lines)
    runs: list[list[int]] = []
    run: list[int] = []
    for index, (line, following) in enumerate(pairwise(lines)):
        in_paragraph = bool(run) and indented[run[0]]
        if (
            is_full[index]
            and index + 1 not in context.timed_entries
            and (in_paragraph or index >= TITLE_LINES or not _ends_title(line, following))
            and not indented[index + 1]
            and _is_open(line, following, uses_indents=uses_indents)
            and _may_continue(line, following)
        ):
            run.append(index)
            continue
        runs.append(run)
        run = []
    runs = [run for run in (*runs, run) if _is_paragraph(context, run)]
    proofs = {
        index: phrase_goes_on(lines[index].string, lines[index + 1].string)
        for run in runs
        for index in run
    }
    # A line that ends in the mark of a sentence shows nothing.
    open_ends = [
        index for index in proofs if not lines[index].string.rstrip().endswith(_SENTENCE_ENDS)
    ]
    fitting = _fitting(lines, open_ends)
    shown = support(
        (proofs[index] for index in open_ends), len(fitting), len(open_ends) - len(fitting)
    )
    for run in runs:
        is_wrapped = uses_indents or any(proofs[index] == "certain" for index in run)
        for index in run:
            is_shown = is_wrapped or proofs[index] != "none" or index in fitting
            is_proved = proofs[index] == "certain" or (shown >= LEAST_SUPPORT and is_shown)
            if is_proved or shown >= LEAST_DOUBT:
                yield _join(context, index, is_mechanical=is_mechanical, is_proved=is_proved)


def _fitting(lines: Sequence[Line], open_ends: list[int]) -> set[int]:
    """Return which lines are exactly so wide that the first word of the line below did not fit."""
    widths = {index: _columns(lines[index].string.rstrip().rstrip("，、")) for index in open_ends}
    counts = Counter(widths.values())
    limit = max(counts, key=lambda width: (counts[width], width), default=0)
    fitting: set[int] = set()
    for index, width in widths.items():
        word = _FIRST_WORD.match(lines[index + 1].string.lstrip())
        if limit - 1 <= width <= limit + 1 or width < limit < width + (
            _columns(word[0]) if word else 2
        ):
            fitting.add(index)
    return fitting


def _fills(width: int, measure: int, following: str) -> bool:
    """Return whether a line is so wide that the first word of the line below did not fit into it."""
    if width > measure + OVERHANG:
        return False
    word = _FIRST_WORD.match(following.lstrip())
    return width >= measure - SLACK or bool(word and width + _columns(word[0]) >= measure)


def _is_open(line: Line, following: Line, *, uses_indents: bool) -> bool:
    """Return whether a paragraph may continue behind a line."""
    stripped = line.string.rstrip()
    if not stripped.endswith(_SENTENCE_ENDS):
        return True
    continues = following.string.rstrip().endswith(_SENTENCE_ENDS) or _INNER_MARK.search(
        following.string
    )
    return bool(uses_indents and continues and has_han(line.string) == has_han(following.string))


def _ends_title(line: Line, following: Line) -> bool:
    """Return whether a line at the top is the last one of a title, or another line of a head."""
    string = line.string.strip()
    if _ENDS_IN_DATE.fullmatch(string) or _indent(line) >= CENTRED > _indent(following):
        return True
    if _INNER_MARKS.search(string) or len(string) < SHORTEST_TITLE:
        return False
    return (
        has_title_ending(plain_title(string))
        or _IN_BRACKETS.fullmatch(following.string) is not None
    )


def _is_set_apart(line: Line) -> bool:
    """Return whether spaces set a line at the right: as wide as half of its words, which the first line of a paragraph has not."""
    return _indent(line) >= max(CENTRED, _columns(line.string.strip()) / 2)


def _indent(line: Line) -> int:
    """Return the columns before the first character of a line."""
    return _columns(line.string[: len(line.string) - len(line.string.lstrip())])


def _may_continue(line: Line, following: Line) -> bool:
    """Return whether the line below may be the same paragraph, judged from its form."""
    forms: tuple[LineForm, ...] = ("blank", "table-row", "field")
    if are_word_rows(line.string, following.string) or _are_apart(line, following):
        return False
    if _is_set_apart(line) and _indent(following) < CENTRED:
        return False
    if _begins_foreign(line.string) != _begins_foreign(following.string):
        return False
    if _LONE_LABEL.fullmatch(following.string) and line.string.rstrip().endswith(_SENTENCE_ENDS):
        return False
    if _LABEL.match(following.string) and (
        _LABEL.match(line.string) or not _INNER_MARK.search(line.string)
    ):
        return False
    return (
        line.form not in forms
        and (following.form not in forms or _ends_in_colon(following))
        and TABLE_PLACEHOLDER not in (line.string, following.string)
        and not begins_item(following.string)
        and not is_heading_word(following.string)
        and (has_han(line.string + following.string) or _continues_in_latin(line, following))
    )


def _are_apart(line: Line, following: Line) -> bool:
    """Return whether one of two lines is a row of a form or has a place to write in, or the second is a salutation."""
    return bool(
        is_form_row(line.string)
        or is_form_row(following.string)
        or _WRITTEN_BLANK.search(f"{line.string}\n{following.string}")
        or _SALUTATION.fullmatch(following.string)
    )


def _begins_foreign(line: str) -> bool:
    """Return whether the first sentence of a line is in another language than Chinese."""
    spans = foreign_spans(line.strip())
    return bool(spans) and spans[0][0] == 0 and has_latin_sentence(line)


def _ends_in_colon(line: Line) -> bool:
    """Return whether a line introduces what follows it; a field has its value behind the colon."""
    return line.string.rstrip().endswith("：") and not re.search(f"[{SPACES}]", line.string.strip())


def _continues_in_latin(line: Line, following: Line) -> bool:
    """Return whether a sentence in another language goes on in the line below."""
    left, right = line.string.strip(), following.string.strip()
    if right[0].islower() and right[0].isascii():
        return left[-1].isalpha() or left[-1] in ",;"
    last_word = left.rpartition(" ")[2].lower()
    return last_word in FUNCTION_WORDS and (right[0].isalpha() or right[0] in '"“')


def _is_paragraph(context: Context, run: list[int]) -> bool:
    """Return whether lines and the one below them are a paragraph, and no list of names."""
    if not run:
        return False
    strings = [context.lines[index].string.strip() for index in (*run, run[-1] + 1)]
    with_marks = sum(bool(_INNER_MARK.search(string)) for string in strings)
    ends = strings[-1].endswith(_SENTENCE_ENDS) and not _is_list(strings)
    return ends or with_marks * 2 >= len(strings)


def _join(context: Context, index: int, *, is_mechanical: bool, is_proved: bool) -> Replacement:
    """Return the join of a line to the next."""
    line, following = context.lines[index], context.lines[index + 1]
    left, right = line.string.rstrip(), following.string.lstrip()
    half_year = _HALF_YEAR.search(left) and _REST_OF_YEAR.match(right)
    breaks = is_mechanical and not are_parted(left, right, context.habits.parted_figures)
    proof = None if half_year else line_end_proof(left, right, breaks_figures=breaks)
    return Replacement(
        start=line.start + len(left),
        end=following.start + len(following.string) - len(right),
        after="" if half_year or proof else _separator(left, right),
        reason="the line was wrapped by hand",
        certain=is_proved and proof != "none",
    )


def _is_list(strings: list[str]) -> bool:
    """Return whether each line of a run ends in the same way, as the items of a list do."""
    return len({string[-1] for string in strings}) == 1 and strings[0].endswith(_SENTENCE_ENDS)


def _separator(left: str, right: str) -> str:
    """Return what stands between two joined lines, so that no two words or figures run together."""
    if is_cjk(left[-1]) or is_cjk(right[0]):
        return ""
    return "" if left[-1] in _NO_SPACE_AFTER or right[0] in _NO_SPACE_BEFORE else " "


def _measure(lines: list[str]) -> tuple[list[int], int] | None:
    """Return the width of each line and the commonest width; ``None`` if lines are not wrapped.

    Widths are counted in columns or in characters, whichever makes more lines equally wide.
    """
    best: tuple[int, list[int], int] | None = None
    for width_of, narrowest in ((_columns, NARROWEST_WRAP), (len, NARROWEST_WRAP_CHARACTERS)):
        widths = [width_of(line.rstrip()) for line in lines]
        counts = Counter(width for width in widths if narrowest <= width <= WIDEST_WRAP)
        if not counts:
            continue
        near = {
            width: sum(counts[width - shorter] for shorter in range(SLACK + 1)) for width in counts
        }
        measure = max(near, key=lambda width: (near[width], counts[width], -width))
        wide_lines = sum(width >= narrowest for width in widths)
        is_wrapped = near[measure] >= 2 and wide_lines >= 3 and near[measure] * 2 >= wide_lines
        if is_wrapped and (best is None or near[measure] > best[0]):
            best = (near[measure], widths, measure)
    return best[1:] if best else None


def _columns(line: str) -> int:
    """Return the width of a line in columns."""
    return 2 * len(line) - len(_TWO_COLUMNS.sub("", line))
