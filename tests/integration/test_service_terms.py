"""What a store has promised is data: read and replaced by leads, and refused when nobody could keep it."""

from typing import Any

import pytest

from aftersales.routes import ROUTES
from aftersales.sla.promised import default
from tests.conftest import forget
from tests.integration.clock_works import hears, indexed
from tests.integration.desk import HUA, Desk
from tests.integration.gateway import Answer, call, shop
from tests.unit.sla.calendars import OFFICE, shanghai

SHIFT = {"time_zone": "Asia/Shanghai", "week": {"monday": OFFICE}, "days": {"2026-03-10": OFFICE}}


def terms(**changes: Any) -> dict[str, Any]:
    """The desk's own, changed."""
    return default().document() | changes


def replace(body: object, store_id: str = "lantern") -> Answer:
    return call(HUA, "PUT", f"/service/{store_id}", body)


def test_a_store_that_has_promised_nothing_has_the_desk_s_own_terms(desk: Desk) -> None:
    answer = call(HUA, "GET", "/service/lantern")
    assert (answer.status, answer.body) == (200, default().document())


def test_what_was_replaced_is_what_is_read(desk: Desk) -> None:
    promises = [{"types": ["complaint"], "calendar": "shift", "minutes": {"first_response": 45}}]
    own = {"calendars": {"shift": SHIFT}, "promises": promises}
    answer = replace(own)
    assert answer.status == 200, answer.body
    assert call(HUA, "GET", "/service/lantern").body == answer.body
    assert answer.body["promises"][0]["minutes"] == {"first_response": 45}
    assert answer.body["calendars"]["shift"]["days"].keys() == {"2026-03-10"}
    assert answer.body["warn_share"] == 75


def test_it_counts_for_the_cases_of_that_store_alone(desk: Desk) -> None:
    desk.register_store("pavilion", {"zh-CN": "亭台茶器", "en": "Pavilion Tea Ware"}, "Asia/Shanghai")
    desk.tell_order(who=shop("pavilion"))
    assert replace(terms(promises=[{"calendar": "china", "minutes": {"first_response": 30}}])).status == 200
    forget()
    here, there = desk.filed(), desk.filed(who=shop("pavilion"))
    for number in (here, there):
        hears(desk, number)
    assert indexed()[here].due_at == {"first_response": shanghai("2026-03-09 11:00")}
    assert indexed()[there].due_at["first_response"] == shanghai("2026-03-10 10:30")


def test_customers_of_a_tier_may_be_promised_more(desk: Desk) -> None:
    gold = {"tiers": ["gold"], "calendar": "china", "minutes": {"first_response": 30}}
    assert replace(terms(promises=[gold, {"calendar": "china", "minutes": {"first_response": 60}}])).status == 200
    forget()
    desk.tell_order("LT-2002", customer={"customer_id": "C-88", "tier": "gold"})
    theirs, other = desk.filed(order_number="LT-2002"), desk.filed()
    for number in (theirs, other):
        hears(desk, number)
    assert indexed()[theirs].due_at == {"first_response": shanghai("2026-03-09 11:00")}
    assert indexed()[other].due_at == {"first_response": shanghai("2026-03-09 11:30")}


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_terms_are_for_leads_and_admins(method: str) -> None:
    [route] = [route for route in ROUTES if (route.method, route.path) == (method, "/service/{store_id}")]
    assert set(route.callers) == {"lead", "admin"}


def test_of_a_store_that_the_desk_does_not_serve_there_are_none(desk: Desk) -> None:
    assert call(HUA, "GET", "/service/nowhere").problem == "not-found"
    assert replace(terms(), "nowhere").problem == "not-found"


CHINA = default().document()["calendars"]["china"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"promises": []}, "promises"),
        ({"calendars": {}}, "calendars"),
        ({"warn_share": 100}, "warn_share"),
        ({"promises": [{"calendar": "china", "minutes": {"resolution": 0}}]}, "promises.0.minutes.resolution"),
        ({"promises": [{"calendar": "china", "minutes": {"lunch": 60}}]}, "promises.0.minutes.lunch.[key]"),
        ({"promises": [{"calendar": "night", "minutes": {"resolution": 60}}]}, ""),
        ({"calendars": {"china": CHINA | {"week": {}}}}, "calendars.china"),
        ({"calendars": {"china": CHINA | {"time_zone": "Asia/Beijing"}}}, "calendars.china.time_zone"),
        ({"calendars": {"china": CHINA | {"time_zone": "America"}}}, "calendars.china.time_zone"),
        ({"calendars": {"china": CHINA | {"time_zone": "x" * 300}}}, "calendars.china.time_zone"),
        ({"calendars": {"china": CHINA | {"time_zone": "localtime"}}}, "calendars.china.time_zone"),
        ({"calendars": {"china": CHINA | {"holidays_of": "ZZ"}}}, "calendars.china.holidays_of"),
        ({"calendars": {"china": CHINA | {"days": {"2026-02-29": []}}}}, "calendars.china.days.2026-02-29.[key]"),
        ({"calendars": {"china": CHINA | {"week": {"monday": OFFICE * 2}}}}, "calendars.china.week.monday"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(desk: Desk, changes: dict[str, Any], field: str) -> None:
    answer = replace(terms(**changes))
    assert (answer.status, answer.problem) == (400, "invalid-request")
    assert field in {error["field"] for error in answer.body["errors"]}
    assert call(HUA, "GET", "/service/lantern").body == default().document()


def test_what_is_promised_at_one_priority_alone_is_refused(desk: Desk) -> None:
    hole = {"promises": [{"calendar": "china", "priorities": ["urgent"], "minutes": {"pickup": 10}}]}
    answer = replace(terms(**hole))
    assert (answer.status, answer.problem) == (400, "invalid-request")
    assert "pickup is promised for refund_only at some priorities" in answer.body["detail"]


def test_what_nobody_could_keep_is_refused(desk: Desk) -> None:
    """An hour each Monday, and a promise of a year of working time."""
    hourly = {"time_zone": "Asia/Shanghai", "week": {"monday": [{"opens": "09:00", "closes": "10:00"}]}}
    year = [{"calendar": "hourly", "minutes": {"resolution": 366 * 24 * 60}}]
    answer = replace({"calendars": {"hourly": hourly}, "promises": year})
    assert (answer.status, answer.problem) == (400, "invalid-request")
    assert "hourly" in answer.body["detail"]
