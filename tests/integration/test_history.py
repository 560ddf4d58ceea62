"""What was before: how often a customer applied and ordered, how often the goods were repaired and for how long."""

from datetime import datetime, timedelta
from typing import Any

from aftersales.applications.store import filed_by
from aftersales.aws import client
from aftersales.items import item
from aftersales.orders.customer import key_of_account
from aftersales.orders.store import placed_by
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.gateway import shop
from tests.integration.workshop import COVERED, DONE, HOME, HOPELESS, IN_VAIN, Workshop

NINA = {"customer_id": "C-7712", "tier": "gold"}
ANN = {"customer_id": "C-7713"}
CUP = {"lines": [{"line_id": "cup", "quantity": 1, "reason": "defective"}]}
TALK = {"type": "consultation", "lines": []}
MOMENT = timedelta(milliseconds=1)
QUARTER = timedelta(days=90)


def buys(desk: Desk, number: str, placed_at: str = "2026-03-01T08:00:00Z", **changes: Any) -> None:
    assert desk.tell_order(number, placed_at=placed_at, **changes).status == 200


def orders_of(account: str, since: datetime, until: datetime) -> list[datetime]:
    return placed_by(key_of_account("lantern", account), since, until)


def in_index(table: Setting) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client("dynamodb").scan(TableName=table.read(), IndexName="customer")["Items"]
    return found


def test_applications_about_two_orders_of_one_customer_are_one_customers(desk: Desk) -> None:
    for order in ("LT-1", "LT-2"):
        buys(desk, order, customer=NINA)
    first = desk.filed(order_number="LT-1", **CUP)
    second = desk.filed(order_number="LT-2", contact={"phone": "0571 8765 4321"}, **CUP)
    assert desk.application(first).customer == desk.application(second).customer == key_of_account("lantern", "C-7712")


def test_a_guest_is_the_same_customer_by_their_email(desk: Desk) -> None:
    first = desk.filed(**CUP)
    second = desk.filed(**CUP, contact={"email": "LI.NA@mail.example"})
    other = desk.filed(**CUP, contact={"email": "ann@mail.example"})
    keys = [desk.application(number).customer for number in (first, second, other)]
    assert keys[0] == keys[1] != keys[2]


def test_applications_are_counted_to_the_millisecond(desk: Desk) -> None:
    """Ninety days ago to the moment still counts, and so does now."""
    first = desk.application(desk.filed(**TALK))
    desk.later(days=90)
    last = desk.application(desk.filed(**TALK))
    since, until = first.filed_at, last.filed_at
    assert until - since == QUARTER
    assert filed_by(last.customer, since, until) == [since, until]
    assert filed_by(last.customer, since + MOMENT, until) == [until]
    assert filed_by(last.customer, since, until - MOMENT) == [since]


def test_orders_are_counted_to_the_millisecond(desk: Desk) -> None:
    first, last = "2025-12-09T02:30:00.000Z", "2026-03-09T02:30:00.000Z"
    buys(desk, "LT-2", last, customer=NINA)
    buys(desk, "LT-1", first, customer=NINA)
    since, until = datetime.fromisoformat(first), datetime.fromisoformat(last)
    assert orders_of("C-7712", since, until) == [since, until]
    assert orders_of("C-7712", since + MOMENT, until) == [until]
    assert orders_of("C-7712", since, until - MOMENT) == [since]


def test_what_others_did_does_not_count(desk: Desk) -> None:
    buys(desk, "LT-1", customer=NINA)
    buys(desk, "LT-2", customer=ANN)
    buys(desk, "LT-3")
    buys(desk, "LT-4", customer=NINA, who=shop("harbour"))
    for order in ("LT-1", "LT-2", "LT-3"):
        desk.filed(order_number=order, **CUP)
    now = desk.clock.now()
    assert len(orders_of("C-7712", now - QUARTER, now)) == 1
    assert len(filed_by(key_of_account("lantern", "C-7712"), now - QUARTER, now)) == 1


def test_an_application_counts_however_it_ended(desk: Desk) -> None:
    buys(desk, "LT-1", customer=NINA)
    desk.customer(desk.filed(order_number="LT-1", **CUP), "cancellation")
    now = desk.clock.now()
    assert filed_by(key_of_account("lantern", "C-7712"), now, now) == [now]


def test_a_long_history_is_counted_whole(desk: Desk) -> None:
    for day in range(1, 8):
        buys(desk, f"LT-{day}", f"2026-03-0{day}T08:00:00Z", customer=NINA)
    with cloud.pages_of(3):
        found = orders_of("C-7712", desk.clock.now() - QUARTER, desk.clock.now())
    assert [moment.day for moment in found] == [1, 2, 3, 4, 5, 6, 7]


def test_an_order_told_again_counts_once_and_for_whom_it_names_now(desk: Desk) -> None:
    buys(desk, "LT-1", customer=NINA)
    buys(desk, "LT-1", customer=ANN, changed_at="2026-03-08T10:00:00Z")
    now = desk.clock.now()
    assert orders_of("C-7712", now - QUARTER, now) == []
    assert len(orders_of("C-7713", now - QUARTER, now)) == 1
    buys(desk, "LT-1", changed_at="2026-03-08T11:00:00Z")
    assert orders_of("C-7713", now - QUARTER, now) == []


def test_nothing_but_applications_is_in_the_index(desk: Desk) -> None:
    """Not its events, its notices, its survey nor its task: each of them would count as one more."""
    number = desk.resolved()
    desk.notify(number, 1)
    desk.relay(number)
    assert {row["item"]["S"] for row in cloud.rows(Setting.APPLICATIONS_TABLE)} > {"application", "event#000001"}
    assert [row["item"]["S"] for row in in_index(Setting.APPLICATIONS_TABLE)] == ["application"]


def test_orders_of_nobody_in_particular_are_not_in_the_index(desk: Desk) -> None:
    assert in_index(Setting.ORDERS_TABLE) == []
    buys(desk, "LT-1", customer=NINA)
    [found] = in_index(Setting.ORDERS_TABLE)
    assert set(found) == {"order_key", "customer_key", "placed_at"}


def test_an_application_from_before_customers_had_keys_goes_on(desk: Desk) -> None:
    """A key of an index is never empty: DynamoDB would refuse the step."""
    number = desk.filed(**CUP)
    forget_customer(number)
    assert desk.application(number).customer == ""
    assert filed_by("", desk.clock.now() - QUARTER, desk.clock.now()) == []
    assert desk.customer(number, "cancellation").body["status"] == "cancelled"
    assert in_index(Setting.APPLICATIONS_TABLE) == []


def forget_customer(number: str) -> None:
    client("dynamodb").update_item(
        TableName=Setting.APPLICATIONS_TABLE.read(),
        Key=item({"number": number, "item": "application"}),
        UpdateExpression="REMOVE customer",
    )


# --- Repairs: 三包 counts them, and the days they took


def facts(desk: Desk, number: str) -> tuple[int, int]:
    """Repairs tried, and days in repair, as the policy saw them when it decided on this one."""
    [line] = desk.case(number)["decisions"][0]["lines"]
    return line["facts"].get("repairs_tried", 0), line["facts"].get("days_in_repair", 0)


def reviewed(workshop: Workshop, line_id: str = "cooker", **changes: Any) -> str:
    """Decided by the law of China alone, weeks after the delivery."""
    number = workshop.filed(line_id, **changes)
    workshop.desk.review(number)
    return number


def repaired(workshop: Workshop, **days: float) -> str:
    number = reviewed(workshop)
    workshop.desk.assign(number)
    workshop.receive(number)
    workshop.must(number, "diagnosis", COVERED)
    workshop.desk.later(**days)
    workshop.must(number, "repair-result", DONE)
    return number


def test_a_rice_cooker_that_was_repaired_twice_is_replaced_the_third_time(desk: Desk) -> None:
    """三包规定第11条: 两次修理仍不能正常使用的，凭修理记录换货。"""
    workshop = Workshop(desk)
    desk.later(days=40)
    for tried in range(2):
        wanted = reviewed(workshop, type="exchange")
        assert (desk.application(wanted).status, facts(desk, wanted)[0]) == ("rejected", tried)
        workshop.send_home(repaired(workshop, days=4, hours=3))
        desk.later(days=20)
    third = reviewed(workshop, type="exchange")
    assert facts(desk, third) == (2, 10)
    assert desk.decision(third).lines[0].rules == ("china/right/exchange_after_two_repairs",)
    desk.assign(third)
    workshop.receive(third)
    workshop.must(third, "inspection", {"lines": [{"line_id": "cooker", "quantity": 1, "condition": "damaged"}]})
    workshop.must(third, "replacement", {"message": "为您更换全新电饭煲。"})
    assert workshop.status(third) == "replacement_ordered"


def test_a_repair_counts_as_soon_as_it_is_finished(desk: Desk) -> None:
    """Also when the goods are on their way home, and nobody has said that all is well."""
    workshop = Workshop(desk)
    desk.later(days=40)
    number = repaired(workshop, days=2)
    workshop.must(number, "dispatch", HOME)
    again = reviewed(workshop)
    assert facts(desk, again) == (1, 2)


def test_it_counts_its_days_until_the_goods_go_home(desk: Desk) -> None:
    workshop = Workshop(desk)
    desk.later(days=40)
    number = repaired(workshop, days=2)
    desk.later(days=5, hours=1)
    workshop.must(number, "dispatch", HOME)
    assert facts(desk, reviewed(workshop)) == (1, 8)


def test_a_visit_counts_from_the_day_it_took_place(desk: Desk) -> None:
    workshop = Workshop(desk)
    desk.later(days=40)
    number = workshop.at_home("washer")
    workshop.must(number, "visit", {"place": "on_site", "at": "2026-04-20T02:00:00Z"})
    workshop.must(number, "visit", {"place": "on_site", "at": "2026-04-22T02:00:00Z"})
    desk.later(days=6)
    workshop.must(number, "diagnosis", COVERED)
    workshop.must(number, "repair-result", DONE)
    assert facts(desk, reviewed(workshop, "washer")) == (1, 3)


def test_what_was_not_repaired_is_no_repair(desk: Desk) -> None:
    workshop = Workshop(desk)
    desk.later(days=40)
    hopeless = workshop.received("cooker")
    workshop.must(hopeless, "diagnosis", HOPELESS)
    workshop.must(hopeless, "dispatch", HOME)
    in_vain = workshop.in_repair("laptop")
    workshop.must(in_vain, "repair-result", IN_VAIN)
    workshop.must(in_vain, "dispatch", HOME)
    cancelled = workshop.filed("washer")
    desk.customer(cancelled, "cancellation")
    assert [facts(desk, reviewed(workshop, line)) for line in ("cooker", "laptop", "washer")] == [(0, 0)] * 3


def test_a_repair_of_other_goods_does_not_count(desk: Desk) -> None:
    workshop = Workshop(desk)
    desk.later(days=40)
    repaired(workshop, days=2)
    assert facts(desk, reviewed(workshop, "laptop")) == (0, 0)
