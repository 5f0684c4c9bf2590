"""A shelf of small publications, built once."""

import pytest

from tests.volume.shelves import Bound


@pytest.fixture(scope="session")
def bound(volume):
    """The volume of the shelf, read."""
    return Bound(volume)


@pytest.fixture(scope="session")
def modern_bound(modern_volume):
    """The modern volume, read."""
    return Bound(modern_volume)
