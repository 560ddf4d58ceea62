"""Cases are found by what a customer says: a number, an order, an email, a phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from aftersales.aws import client
from aftersales.settings import Setting
from tests.integration import cloud
from tests.integration.desk import Desk
from tests.integration.desk_visitor import Visitor, database_asked, token
from tests.integration.visitor import Page

pytestmark = pytest.mark.usefixtures("staff_pool")

TALK: dict[str, Any] = {"type": "complaint", "lines": []}
ACCOUNT: dict[str, Any] = {"customer": {"customer_id": "c-77"}}


@pytest.fixture
def mei(desk: Desk) -> Visitor:
    return Visitor(access_token=token("mei", "agent"))


def seeks(visitor: Visitor, text: str) -> Page:
    return visitor.fills(visitor.sees("/desk/work"), "search", sought=text)


def found(page: Page) -> list[str]:
    return [link.rpartition("/")[2] for link in page.links if link.startswith("/desk/cases/")]


def pointers() -> list[dict[str, Any]]:
    return [row for row in cloud.rows(Setting.APPLICATIONS_TABLE) if row["number"]["S"].startswith("find#")]


def nothing_points_to_cases() -> None:
    for row in pointers():
        key = {"number": row["number"], "item": row["item"]}
        client("dynamodb").delete_item(TableName=Setting.APPLICATIONS_TABLE.read(), Key=key)


def two_cases(desk: Desk, **changes: Any) -> list[str]:
    """The newest first."""
    older = desk.filed(**TALK, **changes)
    desk.later(minutes=1)
    return [desk.filed(**TALK, **changes), older]


@pytest.mark.parametrize("written", [str, str.lower, lambda number: f"  {number.replace('-', ' ')} "])
def test_the_number_of_a_case_leads_to_it(desk: Desk, mei: Visitor, written: Callable[[str], str]) -> None:
    number = desk.filed()
    assert seeks(mei, written(number)).goes_on_to == f"/desk/cases/{number}"


@pytest.mark.parametrize("text", ["li.na@mail.example", "Li.Na@Mail.example", " ｌｉ.na@mail.example "])
def test_an_email_finds_all_that_its_owner_filed(desk: Desk, mei: Visitor, text: str) -> None:
    cases = two_cases(desk)
    desk.filed(**TALK, contact={"email": "ann@mail.example"})
    page = seeks(mei, text)
    assert (page.status, found(page)) == (200, cases)
    assert "李娜 · LT-1001" in page.text


@pytest.mark.parametrize("text", ["+86 138 0013 8000", "13800138000", "138-0013-8000", "１３８００１３８０００"])
@pytest.mark.parametrize("given", ["+86 138 0013 8000", "13800138000"])
def test_a_phone_number_is_known_with_and_without_the_country(desk: Desk, mei: Visitor, given: str, text: str) -> None:
    cases = two_cases(desk, contact={"phone": given})
    assert found(seeks(mei, text)) == cases


def test_a_foreign_phone_number_is_known_however_it_is_spaced(desk: Desk, mei: Visitor) -> None:
    cases = two_cases(desk, contact={"phone": "+44 20 7946 0958"})
    assert found(seeks(mei, "+44 (20) 7946-0958")) == cases


@pytest.mark.parametrize(
    "text", ["li.na@mail.example", "LI.NA@MAIL.EXAMPLE", "+86 138…", "0086 138…", "138 0013 8000", "(138) 0013-8000"]
)
def test_a_customer_with_an_account_is_found_by_email_and_by_phone(desk: Desk, mei: Visitor, text: str) -> None:
    desk.tell_order("LT-1002", **ACCOUNT)
    cases = two_cases(desk, order_number="LT-1002")
    desk.filed(**TALK, order_number="LT-1002", contact={"email": "ann@mail.example", "phone": "+44 20 7946 0958"})
    assert found(seeks(mei, text.replace("138…", "138 0013 8000"))) == cases


def test_a_phone_number_that_was_given_beside_an_email_finds_as_well(desk: Desk, mei: Visitor) -> None:
    contact = {"email": "ann@mail.example", "phone": "0044 20 7946 0958"}
    cases = two_cases(desk, contact=contact)
    assert found(seeks(mei, "+44 20 7946 0958")) == cases


@pytest.mark.parametrize("text", ["LT-1002", "#LT-1002", "lt-1002", "＃ＬＴ-1002"])
@pytest.mark.parametrize("known", [ACCOUNT, {}], ids=["account", "guest"])
def test_an_orders_number_finds_its_cases(desk: Desk, mei: Visitor, known: dict[str, Any], text: str) -> None:
    for order_number in ("LT-1002", "LT-1003"):
        desk.tell_order(order_number, **known)
    cases = two_cases(desk, order_number="LT-1002")
    desk.filed(**TALK, order_number="LT-1003")
    assert found(seeks(mei, text)) == cases


@pytest.mark.parametrize("text", ["1001", "#1001"])
def test_a_number_that_the_store_begins_with_a_hash_is_known_without(desk: Desk, mei: Visitor, text: str) -> None:
    desk.tell_order("#1001")
    number = desk.filed(order_number="#1001")
    assert seeks(mei, text).goes_on_to == f"/desk/cases/{number}"


@pytest.mark.parametrize(("known", "text"), [(ACCOUNT, "LT-1002"), ({}, "li.na@mail.example")])
def test_what_was_filed_before_is_found_by_its_customers_key(
    desk: Desk, mei: Visitor, known: dict[str, Any], text: str
) -> None:
    desk.tell_order("LT-1002", **known)
    cases = two_cases(desk, order_number="LT-1002")
    nothing_points_to_cases()
    assert found(seeks(mei, text)) == cases


def test_no_key_in_the_table_tells_an_email_or_a_phone_number(desk: Desk) -> None:
    number = desk.filed()
    keys = [(row["number"]["S"], row["item"]["S"]) for row in pointers()]
    assert {item for _, item in keys} == {number}
    assert all(re.fullmatch(r"find#[0-9a-f]{32}", partition) for partition, _ in keys)
    assert len(keys) == len(("order", "email", "phone"))


def test_every_store_is_looked_through(desk: Desk, mei: Visitor) -> None:
    number = desk.filed()
    desk.register_store("porcelain", {"en": "Porcelain"}, "Europe/London")
    assert seeks(mei, "li.na@mail.example").goes_on_to == f"/desk/cases/{number}"


@pytest.mark.parametrize(
    "text",
    [
        "nobody@mail.example",
        "LT-9999",
        "7K3M-9QXT-2VWH-5NRR",
        "+86 139 9999 9999",
        "壶",
        "x" * 9000,
        "\x00/#",
    ],
    ids=lambda text: text[:12],
)
def test_what_nobody_has_is_not_found_and_the_page_says_how_to_look(desk: Desk, mei: Visitor, text: str) -> None:
    desk.filed()
    page = seeks(mei, text)
    assert (page.status, found(page), "没有找到" in page.text) == (200, [], True)
    assert "请输入完整的申请编号、订单号" in page.text


def test_nothing_is_sought_for_nothing(desk: Desk, mei: Visitor) -> None:
    with database_asked() as asked:
        page = mei.sends("/desk/search", sought=" ")
    assert (found(page), asked) == ([], {})


def test_what_was_typed_stands_in_the_field_and_nowhere_else(
    desk: Desk, mei: Visitor, logged: Callable[[], str]
) -> None:
    two_cases(desk)
    page = seeks(mei, "li.na@mail.example")
    assert 'value="li.na@mail.example"' in page.html
    assert not [address for address in (*page.links, *page.forms, page.path) if "li.na" in address]
    assert "li.na" not in logged()


def test_what_was_typed_is_no_markup(desk: Desk, mei: Visitor) -> None:
    page = seeks(mei, '"><svg onload=alert(1)>')
    assert ("<svg" in page.html, "&lt;svg" in page.html) == (False, True)


def test_who_is_not_signed_in_finds_nothing(desk: Desk) -> None:
    desk.filed()
    page = Visitor().sends("/desk/search", sought="li.na@mail.example")
    assert (page.status, found(page), "li.na" in page.html) == (401, [], False)


def test_a_search_costs_a_few_requests_for_each_store(desk: Desk, mei: Visitor) -> None:
    """The stores, and what all the cases are about.

    Of each store: what has such an order or email, the cases of such a guest, and whether it has such an order.
    """
    two_cases(desk)
    with database_asked() as asked:
        mei.sends("/desk/search", sought="li.na@mail.example")
    assert asked == {"Scan": 1, "Query": 3, "BatchGetItem": 1, "GetItem": 1}
