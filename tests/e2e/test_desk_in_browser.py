"""The desk page as agents and leads use it: signed in by Cognito, in a real browser, by mouse and by keyboard."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from infra.local import cloud, samples
from infra.local.desk import upload
from infra.local.stack import Standing
from infra.ops.register import Person, register_person
from tests.e2e.browsing import PHONE, Opens
from tests.e2e.clerk import SCREEN, Clerk, at_the_desk
from tests.e2e.people import Case, Customer, Shopkeeper

FOR_LEADS = {
    "remedy",  # here to what the decision does not allow
    "takeover",
    "dispute-answer",
    "compensation-approval",
    "refund-confirmation",
    "charge-confirmation",
    "credit-confirmation",
}
UNSUITED = "和房间不搭，不想要了，附照片。"


@pytest.fixture(scope="module", autouse=True)
def _another_team(standing: Standing) -> None:
    """To which a case can be handed over."""
    standing.staff("lead").put("/staff/teams/repairs", {"name": {"zh-CN": "维修组", "en": "Repairs"}})


@pytest.fixture
def clerk(standing: Standing, opens: Opens) -> Clerk:
    return at_the_desk(standing, opens)


def test_who_they_are_is_asked_at_the_door_and_again_when_they_have_left(clerk: Clerk) -> None:
    clerk.tries_to_sign_in("mei", "Teapot-2026-lid")
    clerk.is_told("用户名或密码不正确。")
    expect(clerk.page.get_by_label("用户名")).to_have_value("mei")
    clerk.signs_in("mei")
    clerk.page.get_by_role("button", name="English").click()
    clerk.sees("My work")
    expect(clerk.page.locator("html")).to_have_attribute("lang", "en")
    clerk.page.get_by_role("link", name="Backlog").click()
    clerk.sees("Backlog")
    clerk.page.get_by_role("button", name="中文").click()
    clerk.sees("待领取")
    clerk.page.get_by_role("button", name="退出").click()
    clerk.sees("登录")
    clerk.page.go_back()
    clerk.sees("登录")
    expect(clerk.page.get_by_role("navigation")).to_have_count(0)


def test_a_new_colleague_chooses_a_password(standing: Standing, clerk: Clerk) -> None:
    """The first one came by mail."""
    first, own = "Teapot-2026-lid", "Kettle-2026-lid"
    hired(standing, "ning", first)
    clerk.tries_to_sign_in("ning", first)
    clerk.sees("设置新密码")
    clerk.page.get_by_label("新密码").fill(own)
    clerk.page.keyboard.press("Enter")
    clerk.sees("我的工作")
    clerk.page.get_by_role("button", name="退出").click()
    clerk.tries_to_sign_in("ning", own)
    clerk.sees("我的工作")


def hired(standing: Standing, user_name: str, first_password: str) -> None:
    """An agent who can do nothing yet, so that nothing is given to them."""
    member = {"name": "宁远", "email": "ning@example.com", "languages": ["zh-CN"], "capacity": 0, "skills": {}}
    register_person(Person(username=user_name, role="agent", member=member), standing.outputs)
    cloud.client("cognito-idp", standing.place.port).admin_set_user_password(
        UserPoolId=standing.outputs["PoolId"], Username=user_name, Password=first_password, Permanent=False
    )


def test_a_case_from_the_backlog_to_its_end(shop: Shopkeeper, clerk: Clerk) -> None:
    clerk.signs_in("mei")
    with all_busy(shop):
        customer = sends_a_photo(shop)
        claims_from_the_backlog(clerk, customer)
        sees_it_whole(clerk, customer)
        finds_it_among_her_work(clerk, customer)
    case = Case(shop.staff("mei"), customer.number)
    accepts_in_ready_words(clerk, customer)
    assert clerk.steps() == offered(case) - FOR_LEADS
    leaves_a_note(clerk)
    has_the_warehouse_look(clerk)
    pays_back(clerk, customer)
    assert clerk.steps() == offered(case) - FOR_LEADS
    customer.confirms()
    customer.sees("resolved")


def offered(case: Case) -> set[str]:
    """What the API says is possible now."""
    return set(case.view()["actions"])


@contextmanager
def all_busy(shop: Shopkeeper) -> Iterator[None]:
    """What comes waits in the backlog."""
    everyone_is(shop, "busy")
    try:
        yield
    finally:
        everyone_is(shop, "available")


def everyone_is(shop: Shopkeeper, presence: str) -> None:
    for name in ("mei", "tom", "lead"):
        shop.staff(name).put("/staff/presence", {"presence": presence})


def sends_a_photo(shop: Shopkeeper) -> Customer:
    """She has complained before. Now she wants money for a lamp that she keeps: a person looks at that."""
    order = shop.sells(quantity=2)
    shop.files(order, type="complaint", lines=[], description="客服一直没有回复。")
    picture = samples.photo()
    line = samples.application(order)["lines"][0] | {"reason": "changed_mind"}
    photos = [{"media_type": "image/png", "size": len(picture)}]
    filing = samples.application(order, lines=[line], description=UNSUITED, photos=photos)
    filed = shop.storefront.post("/applications", filing)
    upload(filed["uploads"][0], picture).ok()
    customer = Customer(shop.standing, filed["number"], filing["contact"]["email"])
    customer.sees_step("evidence_attached")
    customer.sees("manual_review")
    return customer


def claims_from_the_backlog(clerk: Clerk, customer: Customer) -> None:
    """Without a mouse."""
    clerk.page.keyboard.press("g")
    clerk.page.keyboard.press("b")
    clerk.sees("待领取")
    clerk.opens_by_keyboard(customer.number)
    assert clerk.steps() == {"claim", "notes"}
    clerk.page.keyboard.press("j")
    clerk.page.keyboard.press("Enter")
    expect(clerk.page.get_by_role("status")).to_have_text("已完成：领取")


def sees_it_whole(clerk: Clerk, customer: Customer) -> None:
    expect(clerk.section("客户描述")).to_contain_text(UNSUITED)
    with clerk.page.expect_popup() as opened:
        clerk.page.get_by_role("link", name="image/png").click()
    photo = opened.value
    photo.wait_for_load_state()
    assert photo.evaluate("document.images[0].naturalWidth") == 64
    photo.close()
    expect(clerk.section("审核结果")).to_contain_text("转人工")
    expect(clerk.section("此客户的其他申请").get_by_role("listitem")).to_contain_text("投诉")
    expect(clerk.timeline().last).to_contain_text("已提交")


def finds_it_among_her_work(clerk: Clerk, customer: Customer) -> None:
    clerk.page.get_by_role("link", name="我的工作").click()
    clerk.sees("我的工作")
    clerk.page.get_by_label("状态", exact=True).select_option("manual_review")
    clerk.page.get_by_role("button", name="筛选").click()
    expect(clerk.page.get_by_label("状态", exact=True)).to_have_value("manual_review")
    clerk.page.get_by_role("link", name=customer.number).click()
    clerk.is_at(customer.number)


def accepts_in_ready_words(clerk: Clerk, customer: Customer) -> None:
    form = clerk.form("审核决定")
    form.get_by_label("通过", exact=True).check()
    form.get_by_label("常用语").select_option("accepted:zh-CN")
    expect(form.get_by_label("说明")).to_have_value("您提供的资料已核实，申请通过。给您带来不便，非常抱歉。")
    clerk.sends(form, "审核决定")
    customer.sees("in_progress")
    clerk.opens(customer.number)


def leaves_a_note(clerk: Clerk) -> None:
    """Keys that go somewhere else are letters here."""
    form = clerk.form("内部备注")
    form.get_by_label("说明").press_sequentially("gb 国标电源?")
    clerk.sends(form, "内部备注")
    expect(clerk.timeline().first).to_contain_text("gb 国标电源?")
    expect(clerk.timeline().first).to_contain_text("仅内部可见")


def has_the_warehouse_look(clerk: Clerk) -> None:
    """A task for another department, whose time can be seen to run."""
    form = clerk.form("交给其他部门")
    form.get_by_label("质检").check()
    form.get_by_label("期限").fill(in_the_store(minutes=40))
    form.get_by_label("说明").fill("请核对同批次灯罩的包装。")
    clerk.sends(form, "交给其他部门")
    left = clerk.section("部门任务").locator("time")
    before = left.inner_text()
    assert before.startswith("还剩 3")
    expect(left).not_to_have_text(before)
    form = clerk.form("完成部门任务")
    form.get_by_label("质检").check()
    form.get_by_label("说明").fill("包装完好，灯罩无瑕疵。")
    clerk.sends(form, "完成部门任务")
    expect(clerk.section("部门任务")).to_contain_text("已完成")


def in_the_store(minutes: int) -> str:
    """As it is typed: in the store's time zone."""
    there = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(minutes=minutes)
    return f"{there:%Y-%m-%dT%H:%M}"


def pays_back(clerk: Clerk, customer: Customer) -> None:
    expect(clerk.section("现在退款")).to_contain_text("合计")
    clerk.does("退款", 说明="退款会原路返回。")
    customer.sees("awaiting_confirmation")
    clerk.opens(customer.number)
    expect(clerk.section("处理进展")).to_contain_text("已付款")


def test_a_lead_sees_what_others_have_and_an_agent_does_not(shop: Shopkeeper, opens: Opens) -> None:
    customer = shop.files(shop.sells())
    case = shop.assigned(customer)
    lead = at_the_desk(shop.standing, opens)
    lead.signs_in("lead")
    lead.page.get_by_text("其他列表").click()
    lead.page.get_by_role("link", name="林梅").click()
    lead.page.get_by_role("link", name=customer.number).click()
    lead.is_at(customer.number)
    assert lead.steps() == offered(case)
    tom = at_the_desk(shop.standing, opens)
    tom.signs_in("tom")
    tom.page.get_by_text("其他列表").click()
    expect(tom.page.get_by_role("heading", name="同事的工作")).to_have_count(0)
    tom.page.goto(lead.address("/work?owner=mei"))
    tom.sees("您不能这样做，或页面已过期，请返回后刷新再试")
    tom.opens(customer.number)
    assert tom.steps() == {"notes"}


def test_it_fits_a_phone_and_a_screen_and_everyone_can_read_it(shop: Shopkeeper, clerk: Clerk) -> None:
    """In both languages; labels, contrast, landmarks and more by axe."""
    customer = shop.files(shop.sells())
    case = shop.assigned(customer)
    assert_fits(clerk)
    clerk.signs_in("mei")
    for place in ("/work", "/work?backlog=true", f"/cases/{case.number}"):
        clerk.page.goto(clerk.address(place))
        assert_fits(clerk)
        found = Axe().run(clerk.page)
        assert found.violations_count == 0, found.generate_report()
        clerk.page.get_by_role("button", name="English").click()
        assert_fits(clerk)
        clerk.page.get_by_role("button", name="中文").click()


def assert_fits(clerk: Clerk) -> None:
    for size in (PHONE, SCREEN):
        clerk.page.set_viewport_size(size)
        assert clerk.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
