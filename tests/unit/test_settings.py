"""Settings are read when they are needed, never at import."""

import pytest

from aftersales.settings import Setting
from tests.conftest import SETTINGS


def test_the_tests_give_every_setting_that_a_function_may_read() -> None:
    assert SETTINGS.keys() == {str(setting) for setting in Setting}


def test_a_setting_is_read_at_the_moment_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENT_BUS", "another-bus")
    assert Setting.EVENT_BUS.read() == "another-bus"


def test_a_setting_that_is_missing_says_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVENT_BUS")
    with pytest.raises(KeyError, match="EVENT_BUS"):
        Setting.EVENT_BUS.read()
