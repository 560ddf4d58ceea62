"""The pages as customers use them: from the link in a mail, in a real browser without scripts, on a phone."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from infra.local.stack import Standing
from infra.local.waiting import until
from tests.e2e.browsing import Opens
from tests.e2e.people import Customer, Shopkeeper

ENGLISH = {"language": "en", "description": "The glass of the lamp is broken."}


def link(customer: Customer, kind: str = "track") -> str:
    """The newest such link in their mails."""

    def newest() -> str | None:
        found = [link for _, text in customer.mails() for link in re.findall(rf"\S+/{kind}/\S+", text)]
        return found[-1] if found else None

    return until(newest, f"a link to {kind} in a mail to {customer.email}")


def asked(shop: Shopkeeper, **changes: Any) -> Customer:
    """Someone whose case waits for information."""
    customer = shop.files(shop.sells(), **changes)
    shop.assigned(customer).does("information-request", message="外箱还在吗？")
    customer.sees("information_wanted")
    return customer


def invited(shop: Shopkeeper) -> Customer:
    customer = shop.files(shop.sells())
    shop.assigned(customer).does("refund")
    customer.confirms()
    customer.sees_step("survey_sent")
    return customer


def test_the_link_in_the_mail_shows_how_it_stands(shop: Shopkeeper, opens: Opens) -> None:
    customer = shop.files(shop.sells())
    shop.assigned(customer)
    page = opens(link(customer))
    expect(page.get_by_role("heading", level=1)).to_have_text("处理中")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("main")).to_contain_text(customer.number)
    assert page.get_by_role("listitem").filter(has_text="安排专员").count() == 1


def test_she_answers_with_the_keyboard_alone(shop: Shopkeeper, opens: Opens) -> None:
    customer = asked(shop)
    page = opens(link(customer))
    address = page.url
    page.keyboard.press("Tab")
    expect(page.get_by_label("您的回复")).to_be_focused()
    page.keyboard.type("外箱还在，有一角压坏了。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("处理中")
    assert page.url == address
    timeline = page.get_by_role("list", name="处理进度")
    expect(timeline.get_by_role("listitem").first).to_contain_text("外箱还在，有一角压坏了。")
    page.reload()
    assert customer.steps().count("information_given") == 1


def test_she_tells_of_her_parcel(shop: Shopkeeper, opens: Opens) -> None:
    customer = shop.files(shop.sells(), type="return_refund")
    case = shop.assigned(customer)
    customer.sees("awaiting_goods")
    page = opens(link(customer))
    page.get_by_label("承运商（快递公司）").fill("顺丰速运")
    page.get_by_label("运单号").fill("SF1390276640001")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("您的包裹：顺丰速运 SF1390276640001。")).to_be_visible()
    assert case.view()["application"]["parcel"]["carrier"] == "顺丰速运"


def test_he_cancels_and_an_old_page_is_told_so(shop: Shopkeeper, opens: Opens) -> None:
    customer = asked(shop, **ENGLISH)
    page, old = opens(link(customer)), opens(link(customer))
    page.get_by_text("Cancel this application").press("Enter")
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cancelled")
    old.get_by_label("Your answer").fill("Too late")
    old.get_by_role("button", name="Send").click()
    expect(old.get_by_role("alert")).to_contain_text("not possible now")
    expect(old.get_by_role("alert")).to_be_focused()
    expect(old.get_by_role("heading", level=1)).to_have_text("Cancelled")
    assert customer.view()["status"] == "cancelled"


def test_an_answer_that_does_not_fit_can_be_corrected(shop: Shopkeeper, opens: Opens) -> None:
    customer = asked(shop)
    page = opens(link(customer))
    page.get_by_label("您的回复").fill("   ")
    page.get_by_role("button", name="提交").click()
    page.get_by_role("alert").get_by_role("link").click()
    page.keyboard.type("外箱还在。")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("处理中")


def test_she_answers_the_survey_once(shop: Shopkeeper, opens: Opens) -> None:
    customer = invited(shop)
    old = opens(link(customer, "survey"))
    page = opens(link(customer))
    page.get_by_role("link", name="填写服务问卷").click()
    page.get_by_role("group", name="您对本次售后服务满意吗？").get_by_label("5").check()
    page.get_by_role("group", name="解决问题是否省力？").get_by_label("4").check()
    page.get_by_label("还有什么想告诉我们？").fill("处理很快")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢您的评价！")
    for group in old.get_by_role("group").all():
        group.get_by_label("1").check()
    old.get_by_role("button", name="提交").click()
    expect(old.get_by_role("alert")).to_contain_text("以第一次的回答为准")
    old.get_by_role("link", name="查看申请进度").click()
    expect(old.get_by_role("heading", level=1)).to_have_text("已完成")


def test_a_link_that_opens_nothing_is_kind_in_both_languages(shop: Shopkeeper, opens: Opens) -> None:
    page = opens(f"{shop.standing.desk.url}/track/nonsense")
    expect(page.get_by_role("heading", name="此链接无效或已过期")).to_be_visible()
    expect(page.get_by_role("heading", name="This link is not valid, or has expired")).to_be_visible()


@pytest.fixture(scope="module")
def addresses(standing: Standing) -> list[str]:
    """One page of each kind."""
    shop = Shopkeeper(standing)
    done, sent_back = invited(shop), shop.files(shop.sells(), type="return_refund", **ENGLISH)
    sent_back.sees("awaiting_goods")
    tracks = [link(customer) for customer in (asked(shop), sent_back, done)]
    return [*tracks, link(done, "survey"), f"{standing.desk.url}/track/nonsense"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_it(addresses: list[str], opens: Opens, scheme: str) -> None:
    """Contrast, labels, landmarks and more, by axe."""
    for address in addresses:
        found = Axe().run(opens(address, color_scheme=scheme, java_script_enabled=True))
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(addresses: list[str], opens: Opens, width: int) -> None:
    for address in addresses:
        page = opens(address, viewport={"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_dark_page_is_dark(addresses: list[str], opens: Opens) -> None:
    page = opens(addresses[0], color_scheme="dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(19, 21, 24)")
