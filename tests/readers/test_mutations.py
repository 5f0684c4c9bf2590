"""Damaged sources: each is published or refused by an error of its own; none crashes, none hangs."""

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
"""What one damaged report may take: fifty times what a sound one takes."""
SOUND = [
    (case.suffix, case.make())
    for case in (*html.CASES, *docx.CASES, *text.CASES)
    if case.refusal is None and len(case.make()) < 100_000
]


class HangError(Exception):
    """It took longer than it may."""


def ring(*_):
    raise HangError


@pytest.mark.typeset
@pytest.mark.parametrize("group", range(GROUPS))
def test_damage_is_published_or_refused(group, record_property):
    others = [data for _, data in SOUND]
    ends = Counter()
    signal.signal(signal.SIGALRM, ring)
    for seed in range(group, COUNT, GROUPS):
        random = Random(seed)  # noqa: S311
        suffix, data = random.choice(SOUND)
        damaged = mutate(data, random, others)
        signal.alarm(SECONDS)
        try:
            options = Options(profile="draft", tables="none")
            made = run_pipeline(damaged, options, name=f"r{suffix}")
        except (SourceError, TypesettingError) as error:
            ends[type(error).__name__ if error.hint else "without a hint"] += 1
        except (PublisherError, HangError, Exception) as error:
            raise AssertionError(f"seed {seed}: {type(error).__name__}: {error}") from error
        else:
            ends["published" if made.files else "nothing made"] += 1
        finally:
            signal.alarm(0)
    record_property("ends", dict(ends))
    assert ends["published"] > 0
    assert not ends["without a hint"] + ends["nothing made"]
