"""A time zone is the name of a place that everybody knows by it."""

import pytest
from pydantic import TypeAdapter, ValidationError

from aftersales.zones import TimeZone

ZONE: TypeAdapter[str] = TypeAdapter(TimeZone)


@pytest.mark.parametrize("name", ["Asia/Shanghai", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT-8"])
def test_a_place_has_a_zone(name: str) -> None:
    assert ZONE.validate_python(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "Asia/Beijing",
        "上海",
        "",
        "America",
        "Asia/",
        "../Asia/Shanghai",
        "/etc/localtime",
        "zone.tab",
        "Asia/Shanghai\0",
        "x" * 300,
        "Asia/" + "x" * 5000,
    ],
    ids=lambda name: repr(name)[:20],
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="no such time zone"):
        ZONE.validate_python(name)


@pytest.mark.parametrize("name", ["localtime", "Factory", "posixrules", "posix/Asia/Shanghai", "right/Asia/Shanghai"])
def test_what_means_another_time_on_another_machine_is_refused(name: str) -> None:
    """Whether this machine has it or not."""
    with pytest.raises(ValidationError, match="time zone"):
        ZONE.validate_python(name)
