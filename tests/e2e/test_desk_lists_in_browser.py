"""Lists, search and the board of the desk page, and cases that change hands there, in a real browser."""

from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from infra.local.stack import Standing
from tests.e2e.browsing import Opens
from tests.e2e.clerk import Clerk, at_the_desk, offered
from tests.e2e.colleagues import hired
from tests.e2e.people import Case, Customer, Shopkeeper

WRITTEN = "吊灯装好后一直闪，客服电话打了三次都没有人接。"
POINTS = {"kind": "points", "amount": {"amount": 8000, "currency": "CNY"}, "message": "赠您 80 元积分，向您致歉。"}


@pytest.fixture
def clerk(standing: Standing, opens: Opens) -> Clerk:
    return at_the_desk(standing, opens)


def complains(shop: Shopkeeper, **changes: Any) -> Customer:
    return shop.files(shop.sells(), type="complaint", lines=[], description=WRITTEN, **changes)


def test_a_customer_on_the_phone_is_found(shop: Shopkeeper, clerk: Clerk) -> None:
    """By a case, and by an email that stands in no address."""
    order = shop.sells(to_a_guest=True)
    contact = {"name": "何雨", "email": "he.yu@example.com"}
    cases = [
        shop.files(order, type=type_, lines=[], description=WRITTEN, contact=contact).number
        for type_ in ("complaint", "consultation")
    ]
    clerk.signs_in("mei")
    clerk.seeks(cases[0].lower())
    clerk.is_at(cases[0])
    with clerk.page.expect_request("**/search") as sent:
        clerk.seeks(contact["email"])
    clerk.sees("查找结果")
    assert (sent.value.method, clerk.page.url) == ("POST", clerk.address("/search"))
    for number in cases:
        expect(clerk.row(number)).to_contain_text(f"何雨 · {order['order_number']}")
    clerk.page.get_by_role("link", name=cases[1]).click()
    clerk.is_at(cases[1])
    clerk.seeks("nobody@example.com")
    expect(clerk.page.get_by_text("没有找到。")).to_be_visible()


def test_a_lead_sees_who_is_there_and_what_they_have(shop: Shopkeeper, clerk: Clerk) -> None:
    lan = hired(shop.standing, "lan", "兰溪", capacity=3)
    customer = complains(shop)
    shop.assigned(customer).does("transfer", member_id=lan)
    shop.staff("lan").put("/staff/presence", {"presence": "busy"})
    clerk.signs_in("lead")
    clerk.page.keyboard.press("g")
    clerk.page.keyboard.press("p")
    clerk.sees("团队")
    clerk.comes_to_see(clerk.row("兰溪"), "1/3\t1")
    expect(clerk.row("兰溪").get_by_role("cell")).to_have_text(["忙碌", "1/3", "1", "0"])
    clerk.row("兰溪").get_by_role("link", name="1", exact=True).click()
    clerk.sees("兰溪 (1/3) · 忙碌")
    expect(clerk.row(customer.number)).to_be_visible()


def test_a_lead_approves_what_was_proposed(shop: Shopkeeper, clerk: Clerk) -> None:
    """And sends along what that was, should it be another one by then."""
    customer = complains(shop)
    shop.assigned(customer).does("compensation", **POINTS)
    clerk.signs_in("lead")
    clerk.opens(customer.number)
    form = clerk.form("审批补偿")
    for text in ("80.00 CNY", "积分，由 林梅 提出", "赠您 80 元积分，向您致歉。"):
        expect(form).to_contain_text(text)
    form.get_by_label("是", exact=True).check()
    with clerk.page.expect_request("**/compensation-approval") as sent:
        clerk.sends(form, "审批补偿", "安排发放补偿")
    body = parse_qs(sent.value.post_data or "")
    assert (body["amount"], body["kind"], body["approved"]) == (["80.00"], ["points"], ["true"])
    assert customer.sees("awaiting_confirmation")["compensation"]["amount"] == POINTS["amount"]


def test_a_case_changes_hands_while_its_customer_is_asked(shop: Shopkeeper, opens: Opens) -> None:
    hired(shop.standing, "yu", "于航", capacity=2)
    customer = shop.files(shop.sells())
    shop.assigned(customer).does("information-request", message="外箱还在吗？")
    customer.sees("information_wanted")
    lead = at_the_desk(shop.standing, opens)
    lead.signs_in("lead")
    gives_it_to(lead, customer, "于航")
    assert customer.does("information", message="外箱还在，有一角压坏了。")["status"] == "in_progress"
    yu = at_the_desk(shop.standing, opens)
    yu.signs_in("yu")
    yu.comes_to_see(yu.row(customer.number), "客户在等回复")
    yu.opens(customer.number)
    expect(yu.section("客户描述")).to_contain_text("外箱还在，有一角压坏了。")
    case = Case(shop.staff("yu"), customer.number)
    assert yu.steps() == offered(case)
    yu.does("退款", "提交退款")
    customer.sees("awaiting_confirmation")


def gives_it_to(lead: Clerk, customer: Customer, name: str) -> None:
    lead.opens(customer.number)
    form = lead.form("转给同事")
    form.get_by_label(name).check()
    form.get_by_label("说明").fill("客户白天不方便接电话。")
    lead.sends(form, "转给同事", f"安排专员 · {name}")
    expect(lead.timeline().nth(1)).to_contain_text("客户白天不方便接电话。")
