"""Running one normalising rule alone."""

from publisher.normalise.context import Context, Habits


def apply_rule(rule, string, *, habits=None, with_proposals=False):
    """Return what a rule makes of a string; its proposals are made only if asked for."""
    context = Context(string=string, habits=habits or Habits.of(string))
    unchanged_from = len(string) + 1
    for change in sorted(rule(context), key=lambda change: -change.start):
        assert change.end <= unchanged_from, "replacements overlap"
        unchanged_from = change.start
        if change.certain or with_proposals:
            string = string[: change.start] + change.after + string[change.end :]
    return string
