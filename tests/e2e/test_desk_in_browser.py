"""The desk page as agents and leads use it: signed in by Cognito, in a real browser, by mouse and by keyboard."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from infra.local import cloud, samples
from infra.local.desk import upload
from infra.local.stack import Standing
from tests.e2e.browsing import PHONE, Opens
from tests.e2e.clerk import SCREEN, Clerk, at_the_desk, offered
from tests.e2e.colleagues import all_busy, hired
from tests.e2e.people import Case, Customer, Shopkeeper

UNSUITED = (
    "灯的颜色和房间不搭，不想要了，附照片。包装还在，灯没有装过，也没有通过电。"
    "我平时上班，只有晚上七点以后能接电话，请尽量用邮件联系我。"
)
FIRST_WORDS = f"{UNSUITED[:59]}…"


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
    hired(standing, "ning", "宁远", capacity=0)
    has_only(standing, "ning", first)
    clerk.tries_to_sign_in("ning", first)
    clerk.sees("设置新密码")
    clerk.page.get_by_label("新密码").fill(own)
    clerk.page.keyboard.press("Enter")
    clerk.sees("我的工作")
    clerk.page.get_by_role("button", name="退出").click()
    clerk.tries_to_sign_in("ning", own)
    clerk.sees("我的工作")


def has_only(standing: Standing, user_name: str, first_password: str) -> None:
    cloud.client("cognito-idp", standing.place.port).admin_set_user_password(
        UserPoolId=standing.outputs["PoolId"], Username=user_name, Password=first_password, Permanent=False
    )


def test_a_case_from_the_backlog_to_its_end(shop: Shopkeeper, clerk: Clerk) -> None:
    clerk.signs_in("mei")
    with all_busy(shop):
        customer = sends_a_photo(shop)
        case = Case(shop.staff("mei"), customer.number)
        finds_it_in_the_backlog(clerk, shop, case)
        claims_it(clerk, case)
        sees_it_whole(clerk, customer)
        finds_it_among_her_work(clerk, customer)
    accepts_in_ready_words(clerk, customer)
    assert clerk.steps() == offered(case)
    leaves_a_note(clerk)
    has_the_warehouse_look(clerk, case)
    pays_back(clerk, customer)
    assert clerk.steps() == offered(case)
    customer.confirms()
    customer.sees("resolved")


def sends_a_photo(shop: Shopkeeper) -> Customer:
    """She has complained before, to Mei. Now she wants money for a lamp that she keeps: a person looks at that."""
    order = shop.sells(quantity=2)
    complaint = shop.files(order, type="complaint", lines=[], description="客服一直没有回复。")
    complaint.sees("accepted")
    Case(shop.staff("mei"), complaint.number).does("claim")
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


def finds_it_in_the_backlog(clerk: Clerk, shop: Shopkeeper, case: Case) -> None:
    """Without a mouse. The row says who wants what, and what is due first."""
    clerk.page.keyboard.press("g")
    clerk.page.keyboard.press("b")
    clerk.sees("待领取")
    row = clerk.row(case.number)
    clerk.comes_to_see(row, "接手期限")
    for text in ("还剩", f"陈晓 · {shop.orders[-1]['order_number']}", FIRST_WORDS):
        expect(row).to_contain_text(text)
    clerk.opens_by_keyboard(case.number)


def claims_it(clerk: Clerk, case: Case) -> None:
    assert clerk.steps() == offered(case) == {"claim", "notes"}
    clerk.page.keyboard.press("j")
    clerk.page.keyboard.press("Enter")
    clerk.is_recorded("安排专员 · 林梅")


def sees_it_whole(clerk: Clerk, customer: Customer) -> None:
    expect(clerk.section("客户描述")).to_contain_text(UNSUITED)
    photo = clerk.page.get_by_role("img", name="照片 1")
    assert photo.evaluate("async photo => { await photo.decode(); return photo.naturalWidth }") == 64
    with clerk.page.expect_popup() as opened:
        photo.click()
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("document.images[0].naturalWidth") == 64
    opened.value.close()
    expect(clerk.section("审核结果")).to_contain_text("转人工")
    expect(clerk.section("此客户的其他申请").get_by_role("listitem")).to_contain_text("投诉")
    expect(clerk.timeline().last).to_contain_text("已提交")


def finds_it_among_her_work(clerk: Clerk, customer: Customer) -> None:
    clerk.page.get_by_role("link", name="我的工作").click()
    clerk.sees("我的工作")
    clerk.page.get_by_label("状态", exact=True).select_option("manual_review")
    clerk.page.get_by_role("button", name="显示").click()
    expect(clerk.page.get_by_label("状态", exact=True)).to_have_value("manual_review")
    clerk.page.get_by_role("link", name=customer.number).click()
    clerk.is_at(customer.number)


def accepts_in_ready_words(clerk: Clerk, customer: Customer) -> None:
    form = clerk.form("审核决定")
    form.get_by_label("通过", exact=True).check()
    form.get_by_label("常用语").select_option("accepted:zh-CN")
    expect(form.get_by_label("说明")).to_have_value("您提供的资料已核实，申请通过。给您带来不便，非常抱歉。")
    clerk.sends(form, "审核决定", "审核通过")
    customer.sees("in_progress")
    clerk.opens(customer.number)


def leaves_a_note(clerk: Clerk) -> None:
    """Keys that go somewhere else are letters here."""
    form = clerk.form("内部备注")
    form.get_by_label("说明").press_sequentially("gb 国标电源?")
    clerk.sends(form, "内部备注", "内部备注")
    expect(clerk.timeline().first).to_contain_text("gb 国标电源?")
    expect(clerk.timeline().first).to_contain_text("仅内部可见")


def has_the_warehouse_look(clerk: Clerk, case: Case) -> None:
    """A task for another department, whose time can be seen to run."""
    form = clerk.form("交给其他部门")
    form.get_by_label("质检").check()
    form.get_by_label("期限").fill(in_the_store(minutes=40))
    form.get_by_label("说明").fill("请核对同批次灯罩的包装。")
    clerk.sends(form, "交给其他部门", "开立协作任务 · 质检")
    assert clerk.steps() == offered(case)
    left = clerk.section("部门任务").locator("time")
    before = left.inner_text()
    assert before.startswith("还剩 3")
    expect(left).not_to_have_text(before)
    form = clerk.form("完成部门任务")
    form.get_by_label("质检").check()
    form.get_by_label("说明").fill("包装完好，灯罩无瑕疵。")
    clerk.sends(form, "完成部门任务", "完成协作任务 · 质检")
    expect(clerk.section("部门任务")).to_contain_text("已完成")


def in_the_store(minutes: int) -> str:
    """As it is typed: in the store's time zone."""
    there = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(minutes=minutes)
    return f"{there:%Y-%m-%dT%H:%M}"


def pays_back(clerk: Clerk, customer: Customer) -> None:
    expect(clerk.section("现在可退")).to_contain_text("合计")
    clerk.does("退款", "提交退款", 说明="退款会原路返回。")
    customer.sees("awaiting_confirmation")
    clerk.opens(customer.number)
    expect(clerk.section("处理进展")).to_contain_text("已付款")


def test_a_lead_sees_what_others_have_and_an_agent_does_not(shop: Shopkeeper, opens: Opens) -> None:
    customer = shop.files(shop.sells())
    shop.assigned(customer)
    lead = at_the_desk(shop.standing, opens)
    lead.signs_in("lead")
    lead.page.get_by_text("其他列表").click()
    lead.page.get_by_role("link", name="林梅").click()
    lead.page.get_by_role("link", name=customer.number).click()
    lead.is_at(customer.number)
    assert lead.steps() == offered(Case(shop.staff("lead"), customer.number))
    tom = at_the_desk(shop.standing, opens)
    tom.signs_in("tom")
    tom.page.get_by_text("其他列表").click()
    expect(tom.page.get_by_role("heading", name="同事的工作")).to_have_count(0)
    tom.page.goto(lead.address("/work?owner=mei"))
    tom.sees("您不能这样做，或页面已过期，请返回后刷新再试")
    tom.opens(customer.number)
    assert tom.steps() == offered(Case(shop.staff("tom"), customer.number)) == {"notes"}


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
