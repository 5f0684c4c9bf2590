"""A shelf of small publications, built once."""

import pytest

from publisher.volume.bind import bind
from tests.volume.shelves import Bound, make_shelf


@pytest.fixture(scope="session")
def modern(tmp_path_factory):
    """The same for PDF 2.0."""
    return make_shelf(tmp_path_factory.mktemp("modern") / "shelf", profile="archive-2")


@pytest.fixture(scope="session")
def modern_volume(modern):
    """The volume of the modern shelf."""
    return bind(modern, modern / "volume.pdf")


@pytest.fixture(scope="session")
def bound(volume):
    """The volume of the shelf, read."""
    return Bound(volume)


@pytest.fixture(scope="session")
def modern_bound(modern_volume):
    """The modern volume, read."""
    return Bound(modern_volume)
