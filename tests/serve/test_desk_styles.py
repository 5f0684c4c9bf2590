"""The styles that the page of a report offers, and those that it accepts."""

from types import SimpleNamespace

import pytest

from publisher.errors import UsageError
from publisher.options import Options
from publisher.serve.desk import labels
from publisher.serve.desk.commands import _apply_settings


def test_the_styles_are_those_of_the_package():
    assert labels.style_choices(()) == labels.STYLES


def test_a_style_that_is_not_installed_is_refused(tmp_path):
    """The path of a folder is a style on the command line; a browser must not name one."""
    session = SimpleNamespace(options=Options(), set_fields=lambda _fields: None)
    for style in (str(tmp_path), "yunping"):
        with pytest.raises(UsageError, match="style"):
            _apply_settings(session, {"style": style})
    assert session.options == Options()
    _apply_settings(session, {"style": "reader"})
    assert session.options.style == "reader"
