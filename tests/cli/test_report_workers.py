"""The worker processes of commands: each is prepared before its first task."""

import logging
from argparse import Namespace

import pytest

from publisher.batch.workers import Finished
from publisher.cli.report_workers import report_workers
from publisher.options import Options


@pytest.mark.parametrize("verbose", [True, False])
def test_workers_show_the_log_if_it_is_wanted(verbose):
    arguments = Namespace(jobs=2, deadline=60.0, memory=2048, verbose=verbose, language="zh-Hans")
    is_shown = logging.getLogger("publisher").isEnabledFor  # asked in the worker
    workers = report_workers(is_shown, 1, Options(), arguments)
    events = [event for event in workers.run([logging.INFO]) if isinstance(event, Finished)]
    assert [event.outcome for event in events] == [verbose]
