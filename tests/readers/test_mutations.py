"""Damaged sources are published or refused; none crashes or hangs."""

import os
import signal
from collections import Counter
from random import Random

import pytest

from publisher.errors import PublisherError, SourceError, TypesettingError
from publisher.options import Options
from publisher.pipeline import run_pipeline
from tests.corpus import docx, html, text
from tests.corpus.mutations import mutate

COUNT = 1000 if os.environ.get("PUBLISHER_FULL") else 100
GROUPS = 10
SECONDS = 60
"""The time for one damaged report: fifty times that of a sound one."""
SOUND_FILES = [
    (case.suffix, case.make())
    for case in (*html.CASES, *docx.CASES, *text.CASES)
    if case.refusal is None and len(case.make()) < 100_000
]


class HangError(Exception):
    """Reading took longer than the time limit."""


def raise_hang(*_):
    raise HangError


@pytest.mark.typeset
@pytest.mark.parametrize("group", range(GROUPS))
def test_damaged_files_are_published_or_refused(group, record_property):
    sound_files = [data for _, data in SOUND_FILES]
    outcomes = Counter()
    signal.signal(signal.SIGALRM, raise_hang)
    for seed in range(group, COUNT, GROUPS):
        random = Random(seed)  # noqa: S311
        suffix, data = random.choice(SOUND_FILES)
        damaged = mutate(data, random, sound_files)
        signal.alarm(SECONDS)
        try:
            options = Options(profile="draft", tables="none")
            result = run_pipeline(damaged, options, name=f"r{suffix}")
        except (SourceError, TypesettingError) as error:
            outcomes[type(error).__name__ if error.hint else "without a hint"] += 1
        except (PublisherError, HangError, Exception) as error:
            raise AssertionError(f"seed {seed}: {type(error).__name__}: {error}") from error
        else:
            outcomes["published" if result.files else "nothing made"] += 1
        finally:
            signal.alarm(0)
    record_property("ends", dict(outcomes))
    assert outcomes["published"] > 0
    assert not outcomes["without a hint"] + outcomes["nothing made"]
