"""The hierarchy is the one that the module draws, with one exit code a cause."""

import inspect
import pickle
import re

from publisher import errors


def classes():
    return {
        name: kind
        for name, kind in vars(errors).items()
        if inspect.isclass(kind) and issubclass(kind, errors.PublisherError)
    }


def test_the_drawing_is_the_hierarchy():
    form = re.compile(r"    ([│├└─\s]*)(\w+Error) \((\d+)\)")
    lines = [form.match(line) for line in errors.__doc__.splitlines()]
    drawn = [(len(match[1]) // 4, match[2], int(match[3])) for match in lines if match]
    assert len(drawn) == len(classes())
    parents = []
    for depth, name, code in drawn:
        kind = classes()[name]
        assert kind.exit_code == code
        parents[depth:] = [kind]
        if depth:
            assert kind.__bases__ == (parents[depth - 1],)


def test_one_code_a_cause():
    codes = [kind.exit_code for kind in classes().values()]
    assert len(codes) == len(set(codes))
    assert all(0 < code < 126 for code in codes)


def test_an_error_crosses_processes_whole():
    error = errors.DiskFullError("no room", hint="free some", where="out/a.pdf")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - of our own making
    assert (type(again), str(again), again.hint) == (type(error), "out/a.pdf: no room", "free some")
