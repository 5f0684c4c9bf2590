"""Preload module for cluster workers: a source fails in the way that its name specifies."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from publisher.batch import cluster
from tests.batch.driven import build_poisoned

cluster.build_from_request = build_poisoned
