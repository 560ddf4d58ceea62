"""A customer finds their application, and nobody else's."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from aftersales.identity.links import number_of
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.gateway import Answer, call, customer, shop

NOWHERE = "7K3M-9QXT-2VWH-5NRR"


def find(number: str, contact: str) -> Answer:
    return call(None, "POST", "/tracking", {"number": number, "contact": contact})


@pytest.mark.parametrize("contact", ["li.na@mail.example", " LI.NA@MAIL.example", "+86 138 0013 8000", "8613800138000"])
def test_number_and_contact_open_the_application(desk: Desk, contact: str) -> None:
    number = desk.filed()
    answer = find(number, contact)
    assert answer.status == 200
    assert answer.body["application"]["number"] == number


def test_the_number_may_be_typed_as_it_was_heard(desk: Desk) -> None:
    number = desk.filed()
    heard = number.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert find(heard, "li.na@mail.example").body["application"]["number"] == number


def test_the_token_opens_the_customers_routes(desk: Desk) -> None:
    number = desk.filed()
    assert number_of(find(number, "li.na@mail.example").body["token"]) == number


def test_a_wrong_number_a_foreign_number_and_a_wrong_contact_look_the_same(desk: Desk) -> None:
    number = desk.filed()
    answers = [
        find(NOWHERE, "li.na@mail.example"),
        find("nonsense", "li.na@mail.example"),
        find(number, "ann@mail.example"),
        find(number, "-"),
        find(number, "0"),
    ]
    assert {(answer.status, json.dumps(answer.body)) for answer in answers} == {
        (404, json.dumps(answers[0].body)),
    }


def test_another_customers_token_finds_nothing(desk: Desk) -> None:
    mine, theirs = desk.filed(), desk.filed()
    foreign, unknown = desk.look(theirs, customer(mine)), desk.look(NOWHERE, customer(mine))
    assert (foreign.status, foreign.body) == (404, unknown.body)


def test_a_storefront_sees_its_own_applications_only(desk: Desk) -> None:
    number = desk.filed()
    assert desk.look(number, shop()).body["number"] == number
    foreign, unknown = desk.look(number, shop("harbour")), desk.look(NOWHERE, shop("harbour"))
    assert (foreign.status, foreign.body) == (404, unknown.body)


@pytest.mark.parametrize(
    "action",
    [*("cancellation", "information", "parcel", "photos", "appeal", "quote-answer", "confirmation", "dispute")],
)
def test_nobody_moves_another_customers_application(desk: Desk, action: str) -> None:
    mine, theirs = desk.filed(), desk.awaiting_goods()
    bodies: dict[str, dict[str, Any]] = {
        "cancellation": {},
        "information": {"message": "好"},
        "parcel": {"carrier": "顺丰", "tracking_number": "SF1"},
        "photos": {"photos": [{"media_type": "image/png", "size": 1}]},
        "appeal": {"message": "好"},
        "quote-answer": {"accept": True},
        "confirmation": {},
        "dispute": {"message": "好"},
    }
    before = desk.application(theirs)
    answer = call(customer(mine), "POST", f"/applications/{theirs}/{action}", bodies[action])
    assert (answer.status, answer.problem) == (404, "not-found")
    assert desk.application(theirs) == before


# --- What is seen


def test_the_view_says_where_it_stands_and_what_comes_next(desk: Desk) -> None:
    view = desk.look(desk.awaiting_goods()).body
    assert (view["status"], view["status_name"]) == ("awaiting_goods", "待寄回")
    assert view["next"] == "请寄回商品，并填写承运商和运单号。"
    assert view["due_at"] == "2026-03-23T02:30:00.000Z"
    assert view["actions"] == ["cancel", "tell_parcel", "add_photos"]


def test_an_english_customer_reads_english(desk: Desk) -> None:
    number = desk.accepted(language="en")
    view = desk.look(number).body
    assert (view["status_name"], view["timeline"][-1]["name"]) == ("Accepted", "Accepted")
    assert "This is covered by the store's terms." in view["reasons"]


def test_the_timeline_tells_what_happened_in_order(desk: Desk) -> None:
    view = desk.look(desk.resolved()).body
    assert [entry["step"] for entry in view["timeline"]] == [
        "filed",
        "accepted",
        "assigned",
        "refund_ordered",
        "refunded",
        "confirmed",
    ]
    by = ["customer", "system", "system", "staff", "storefront", "customer"]
    assert [entry["by"] for entry in view["timeline"]] == by
    assert view["refund"] == {"amount": 9966, "currency": "CNY"}


def test_a_question_of_staff_is_read_by_the_customer(desk: Desk) -> None:
    view = desk.look(desk.wanted_information()).body
    assert view["timeline"][-1]["message"] == "请拍一张壶嘴的照片。"
    assert view["actions"] == ["cancel", "give_information", "add_photos"]


def test_what_is_for_staff_only_is_not_seen(desk: Desk) -> None:
    number = desk.in_progress()
    desk.staff(HUA, number, "notes", {"message": "顾客上月投诉过两次"})
    desk.later(days=3)
    desk.time_out(number)
    assert {"noted", "overdue"} <= set(desk.steps(number))
    view = json.dumps(desk.look(number).body, ensure_ascii=False)
    assert "noted" not in view
    assert "overdue" not in view
    assert "投诉过" not in view


@pytest.mark.parametrize("secret", ["mei", "li.na@mail.example", "138", "correlation", "assignee", "李娜"])
def test_the_view_holds_neither_contacts_nor_names_of_staff(desk: Desk, secret: str) -> None:
    number = desk.awaiting_goods()
    assert secret not in json.dumps(desk.look(number).body, ensure_ascii=False)
    assert secret not in json.dumps(desk.look(number, shop()).body, ensure_ascii=False)


def test_task_tokens_are_seen_by_nobody(desk: Desk) -> None:
    number = desk.in_progress()
    desk.waits(number, "a-secret-token")
    assert "a-secret-token" in str(cloud.rows(Setting.APPLICATIONS_TABLE))
    assert "a-secret-token" not in json.dumps([desk.look(number).body, desk.case(number, MEI)])


def test_no_cache_may_keep_what_a_customer_sees(desk: Desk) -> None:
    assert desk.look(desk.filed()).headers["Cache-Control"] == "no-store"


def test_contacts_and_tokens_are_not_logged(desk: Desk, logged: Callable[[], str]) -> None:
    number = desk.filed()
    token = find(number, "li.na@mail.example").body["token"]
    find(number, "wrong@mail.example")
    desk.file(contact={"email": "not a mail", "name": "李娜"})
    assert "refused" in logged()
    assert not [word for word in ("mail.example", "李娜", "not a mail", "13800138000", token) if word in logged()]
