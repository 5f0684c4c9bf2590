"""``publisher review``: list the edits that are proposed or made, and decide about them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.cli.arguments import add_option
from publisher.errors import UsageError
from publisher.messages import join_texts, translatable
from publisher.text.counted_nouns import count_noun
from publisher.text.visible_whitespace import show_whitespace

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from publisher.cli.console import Console
    from publisher.review import EditReview, ReviewedEdit

OPTIONS = ("encoding", "edits", "decisions", "extensions")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``publisher review``."""
    parser.add_argument("source", type=Path, metavar="FILE")
    parser.add_argument("--made", action="store_true", help="also list the edits that are certain")
    for flag, text in (
        (
            "--accept",
            "accept all edits of a rule, or the edit with this number; may be given several times",
        ),
        (
            "--reject",
            "reject all edits of a rule, or the edit with this number; may be given several times",
        ),
    ):
        parser.add_argument(
            flag,
            action="append",
            default=[],
            metavar="RULE|N[,…]",
            help=text,
        )
    parser.add_argument("--write", action="store_true", help="write the decisions file")
    for name in OPTIONS:
        add_option(parser, name, required_default=False)
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="read the options from this file (default: the nearest publisher.toml)",
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the edits and what happens to them; return 0."""
    from publisher.api.decisions import decisions_target, review_edits
    from publisher.cli.sources import OptionSources
    from publisher.text.line_index import LineIndex

    source = arguments.source
    options = OptionSources.from_arguments(arguments, console).options_for(source)
    accept, reject = _words(arguments.accept), _words(arguments.reject)
    if not arguments.made:
        _require_undecided(review_edits(source, options), set(accept) - set(reject))
    review = review_edits(source, options, accept=accept, reject=reject, write=arguments.write)
    lines = LineIndex(review.text)
    for finding in review.findings:
        console.finding(finding, where=str(source), lines=lines)
    for edit in review.edits:
        if arguments.made or _is_listed(edit):
            _print_edit(edit, source, console)
    target = str(decisions_target(source, options))
    others = _others(review) if arguments.made else ""
    _print_summary(review, str(source), others, target if arguments.write else "", console)
    if (accept or reject) and not arguments.write:
        console.message(
            translatable(
                "nothing was written; --write stores the decisions in {target}", target=target
            )
        )
    return 0


def _is_listed(edit: ReviewedEdit) -> bool:
    """Return whether an edit is listed without ``--made``."""
    return not edit.is_certain or bool(edit.decision) or not edit.is_made


def _require_undecided(review: EditReview, words: Iterable[str]) -> None:
    """Raise ``UsageError`` for the number of an edit that is made anyway, which the list leaves out."""
    hidden = {str(edit.number) for edit in review.edits if not _is_listed(edit)}
    for word in words:
        if word in hidden:
            raise UsageError(
                translatable("{word}: the edit with this number is made already", word=word),
                hint="accept the numbers that are listed; --made lists those of certain edits too",
            )


def _words(values: list[str]) -> list[str]:
    return [word for value in values for part in value.split(",") if (word := part.strip())]


def _print_edit(edit: ReviewedEdit, source: Path, console: Console) -> None:
    before, after = show_whitespace(edit.before), show_whitespace(edit.after)
    preceding, following = _line_end(edit.preceding), _line_start(edit.following)
    console.result(
        translatable(
            "{number}  {source}:{line}, character {character}: {rule}, {state}: "
            "{preceding}【{before} → {after}】{following} ({reason})",
            number=edit.number,
            source=source,
            line=edit.line,
            character=edit.character,
            rule=edit.rule,
            state=_state(edit),
            preceding=preceding,
            before=before,
            after=after,
            following=following,
            reason=edit.reason,
        ),
        source=str(source),
        number=edit.number,
        rule=edit.rule,
        line=edit.line,
        character=edit.character,
        offset=edit.locator.offset,
        length=edit.locator.length,
        before=edit.before,
        after=edit.after,
        preceding=edit.preceding,
        following=edit.following,
        why=edit.reason,
        certain=edit.is_certain,
        made=edit.is_made,
        decision=edit.decision,
    )


def _state(edit: ReviewedEdit) -> str:
    """Return in one or two words what happens to an edit."""
    if edit.decision:
        done = translatable("accepted" if edit.decision == "accept" else "rejected")
        is_followed = edit.is_made == (edit.decision == "accept")
        return done if is_followed else translatable("{done} without effect", done=done)
    if edit.is_certain:
        return translatable("made" if edit.is_made else "not made")
    return translatable("made though only proposed" if edit.is_made else "proposed")


def _line_end(text: str) -> str:
    return text.rpartition("\n")[2]


def _line_start(text: str) -> str:
    return text.partition("\n")[0].rstrip("\r")


def _others(review: EditReview) -> str:
    """Return how many edits are made that the list leaves out, with their rules; empty if there are none."""
    if not review.other_edits:
        return ""
    rules = join_texts(
        ", ", (f"{rule} {count}" for rule, count in _counts_of_others(review).items())
    )
    edits = count_noun(len(review.other_edits), "edit")
    return translatable(
        "; not listed, since nobody decides about them: {edits} ({rules})", edits=edits, rules=rules
    )


def _counts_of_others(review: EditReview) -> dict[str, int]:
    """Return the number of edits that nobody decides about, by rule."""
    return dict(sorted(Counter(edit.rule for edit in review.other_edits).items()))


def _print_summary(
    review: EditReview, source: str, others: str, written: str, console: Console
) -> None:
    counts = {
        "proposed": sum(not (e.is_certain or e.decision or e.is_made) for e in review.edits),
        "accepted": sum(edit.decision == "accept" for edit in review.edits),
        "rejected": sum(edit.decision == "reject" for edit in review.edits),
        "made": sum(edit.is_made for edit in review.edits),
    }
    text = translatable(
        "{source}: {proposals}, {accepted} accepted, {rejected} rejected, {edits} made{others}",
        source=source,
        proposals=count_noun(counts["proposed"], "proposal"),
        accepted=counts["accepted"],
        rejected=counts["rejected"],
        edits=count_noun(counts["made"], "edit"),
        others=others,
    )
    console.summary(
        translatable("{text}; written: {written}", text=text, written=written) if written else text,
        source=source,
        written=written,
        not_listed=_counts_of_others(review),
        **counts,
    )
