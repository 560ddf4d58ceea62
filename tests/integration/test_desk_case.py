"""One case on the desk's page: what is shown of it, to whom, and that nothing typed by a customer becomes markup."""

import hashlib
import re
from base64 import b64encode
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest

from aftersales.aws import client
from aftersales.settings import Setting
from aftersales.sla.refresh import refresh
from tests.integration import cloud
from tests.integration.clock_works import sweep
from tests.integration.decisions import TEAPOT_AND_CUPS, rejected, under_review
from tests.integration.desk import HUA, MEI, Desk
from tests.integration.desk_visitor import Visitor, database_asked, steps_on, token
from tests.integration.visitor import Page
from tests.integration.workshop import Workshop

pytestmark = pytest.mark.usefixtures("staff_pool")

HOSTILE = "</textarea><script>alert('壶')</script><img src=x onerror=alert(1)> & \"'"


@pytest.fixture
def mei(desk: Desk) -> Visitor:
    return Visitor(access_token=token("mei", "agent"))


@pytest.fixture
def hua(desk: Desk) -> Visitor:
    """Who leads."""
    desk.hire("hua", languages=["zh-CN"], skills=[], leads=True)
    return Visitor("en", token("hua", "lead"))


def case(visitor: Visitor, number: str) -> Page:
    return visitor.sees(f"/desk/cases/{number}")


def test_a_case_is_shown_whole(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    other = desk.filed(type="complaint", lines=[])
    desk.staff(MEI, number, "notes", {"message": "老顾客"})
    text = case(mei, number).text
    for shown in (
        f"{number} 处理中",
        "李娜 · li.na@mail.example",
        "壶嘴有裂纹，倒水时渗漏。",
        "紫砂壶 Zisha teapot × 1 · 质量问题",
        "符合本店售后条款。",
        "default/eligibility/within_terms",
        "现在可退 紫砂壶 Zisha teapot · 实付金额 99.66 CNY",
        "品茗杯 Tasting cup 6 6 0 0 0 10.00 CNY 0.00 CNY",
        f"{other} 投诉 已提交",
        "内部备注 仅内部可见",
        "老顾客",
        "时间按 Asia/Shanghai（UTC+8）",
    ):
        assert shown in text, shown


def test_what_became_of_the_money_is_shown(desk: Desk, mei: Visitor) -> None:
    text = case(mei, desk.paid_back()).text
    assert "退款（退货） 99.66 CNY · 已付款 · PAY-77" in text
    assert "紫砂壶 Zisha teapot 本申请 3 2 0 1 0 299.00 CNY 99.66 CNY" in text


def test_what_was_promised_counts_down(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()
    assert "首次回复期限" not in case(mei, number).text
    refresh(number)
    desk.later(days=9)
    assert re.search(r"解决期限 超时 \d+ 天 \d+ 小时", case(mei, number).text)


def test_what_was_late_is_told_by_its_name(desk: Desk, mei: Visitor, hua: Visitor) -> None:
    number = desk.in_progress()
    refresh(number)
    sweep(desk, "2026-03-10 10:31")
    assert "超过时限 仅内部可见 处理间隔期限" in case(mei, number).text
    assert "Time is up staff only Next step due" in case(hua, number).text


def test_people_and_teams_are_called_by_their_names(desk: Desk, mei: Visitor) -> None:
    desk.make_team("technical", {"zh-CN": "技术组", "en": "Technical team"})
    number = desk.in_progress()
    page = case(mei, number)
    assert "处理人 Mei 售后组" in page.text
    assert mei.fills(page, "handover", team="technical", message="主板坏了。").status == 303
    text = case(mei, number).text
    for shown in ("处理人 无人 技术组", "技术组 · 原：售后组", "· 员工 Mei 主板坏了。", "无人能处理 · 高 · 技术组"):
        assert shown in text, shown


def test_in_english_it_is_english(desk: Desk) -> None:
    text = case(Visitor("en", token("mei", "agent")), desk.in_progress()).text
    for shown in ("In progress", "2 d 0 h left", "This is covered by the store's terms.", "9 March 2026, 10:30"):
        assert shown in text, shown


def test_a_number_that_nobody_has_is_not_found(mei: Visitor) -> None:
    for number in ("7K3M-9QXT-2VWH-5NRR", "nonsense"):
        page = case(mei, number)
        assert (page.status, "没有此申请" in page.text) == (404, True)


def test_of_a_customer_without_a_key_no_other_cases_are_known(desk: Desk, mei: Visitor) -> None:
    """Filed before customers had keys."""
    number = desk.in_progress()
    key = {"number": {"S": number}, "item": {"S": "application"}}
    table = Setting.APPLICATIONS_TABLE.read()
    client("dynamodb").update_item(TableName=table, Key=key, UpdateExpression="REMOVE customer")
    assert "没有其他申请。" in case(mei, number).text


# --- what is possible now, and for whom

TALKED_OVER = {"message", "tasks", "handover", "transfer", "notes"}
CASES: dict[str, tuple[Any, set[str]]] = {
    "in progress": (Desk.in_progress, {"decision", "information-request", "refund", "compensation"}),
    "awaiting goods": (Desk.awaiting_goods, {"receipt", "remedy"}),
    "inspected": (Desk.inspected, {"decision", "refund", "compensation", "remedy"}),
    "under review": (under_review, {"decision", "information-request"}),
    "waiting for the customer": (Desk.wanted_information, set()),
    "refund ordered": (lambda desk: desk.refund_ordered()[0], set()),
    "to be repaired": (lambda desk: Workshop(desk).received("cooker"), {"diagnosis", "inspection"}),
}


@pytest.mark.parametrize(("brings", "steps"), CASES.values(), ids=list(CASES))
def test_what_an_agent_can_do(desk: Desk, mei: Visitor, brings: Any, steps: set[str]) -> None:
    """Beside writing and passing it on, which the status allows or not as the API says."""
    number = brings(desk)
    offered = set(steps_on(case(mei, number)))
    assert offered - TALKED_OVER == steps
    assert offered <= set(desk.case(number)["actions"])


def test_of_what_a_colleague_has_there_is_a_note_to_leave(desk: Desk) -> None:
    number = desk.in_progress()
    tom = Visitor(access_token=token("tom", "agent"))
    assert steps_on(case(tom, number)) == ["notes"]


def test_what_nobody_has_can_be_taken(desk: Desk, mei: Visitor) -> None:
    number = desk.accepted()
    page = case(mei, number)
    assert steps_on(page) == ["claim", "notes"]
    assert mei.fills(page, "claim").status == 303
    assert desk.application(number).assignee == "mei"


def test_a_dispute_is_for_leads(desk: Desk, mei: Visitor, hua: Visitor) -> None:
    number = desk.disputed()
    assert set(steps_on(case(mei, number))) == {"notes"}
    assert {"claim", "dispute-answer"} <= set(steps_on(case(hua, number)))


def test_who_rejected_it_does_not_decide_on_the_appeal(desk: Desk, mei: Visitor) -> None:
    number = rejected(desk)
    desk.customer(number, "appeal", {"message": "本来就裂"})
    assert steps_on(case(mei, number)) == ["notes"]


def test_a_part_can_be_accepted_of_several_lines(desk: Desk, mei: Visitor) -> None:
    assert 'value="partly_accept"' not in case(mei, under_review(desk)).html
    page = case(mei, under_review(desk, lines=TEAPOT_AND_CUPS))
    assert 'value="partly_accept"' in page.html
    assert len(re.findall(r'type="checkbox" name="accepted_lines"', page.html)) == 2


# --- safety


@pytest.fixture
def hostile(desk: Desk) -> str:
    """Everything that a customer or a colleague can write is markup."""
    contact = {"name": HOSTILE[:200], "email": "li.na@mail.example"}
    number = desk.in_progress(description=HOSTILE, contact=contact)
    desk.staff(MEI, number, "information-request", {"message": HOSTILE})
    desk.customer(number, "information", {"message": HOSTILE})
    desk.staff(HUA, number, "notes", {"message": HOSTILE})
    return number


def pages(desk: Desk, mei: Visitor, hostile: str) -> list[Page]:
    failed = mei.fills(case(mei, hostile), "refund", amount=HOSTILE, message=HOSTILE)
    assert failed.status == 400
    return [
        case(mei, hostile),
        failed,
        mei.sees("/desk/work"),
        mei.sees("/desk/work?team=" + "%3Cb%3E"),
        mei.sees(f"/desk/cases/{hostile}?done=<b>"),
        Visitor().sees("/desk"),
        Visitor().sends(f"/desk/cases/{hostile}/notes", message=HOSTILE),
    ]


class Markup(HTMLParser):
    """What a browser makes of a page: its elements, and the names of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes |= {name for name, _ in attrs}


def test_what_others_write_is_never_markup(desk: Desk, mei: Visitor, hostile: str) -> None:
    for page in pages(desk, mei, hostile):
        found = Markup(page.html)
        assert (found.elements["script"], found.elements["img"]) == (1, 0)
        assert not [name for name in found.attributes if name.startswith("on")]
    assert "alert('壶')" in case(mei, hostile).text, "and it can be read"


def test_the_browser_takes_no_other_style_and_script(desk: Desk, mei: Visitor, hostile: str) -> None:
    for page in pages(desk, mei, hostile):
        policy = page.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'none'; ")
        for kind in ("style", "script"):
            [text] = re.findall(rf"<{kind}>(.*?)</{kind}>", page.html, re.DOTALL)
            digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in policy
        assert page.headers["Cache-Control"] == "no-store"


def test_pages_load_nothing_from_anywhere(desk: Desk, mei: Visitor, hostile: str) -> None:
    for page in pages(desk, mei, hostile):
        found = Markup(page.html)
        assert not found.elements.keys() & {"link", "img", "iframe", "object", "embed", "video"}
        assert not found.attributes & {"src", "style", "background", "ping"}
        assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest", page.html)


def test_the_script_is_small(mei: Visitor) -> None:
    [script] = re.findall(r"<script>(.*?)</script>", mei.sees("/desk/work").html, re.DOTALL)
    assert len(script.encode()) < 6000


def test_a_fault_of_ours_is_said_in_words(desk: Desk, mei: Visitor) -> None:
    number = desk.in_progress()

    def fault() -> None:
        raise RuntimeError("secret words")

    with cloud.meanwhile("Query", fault):
        page = case(mei, number)
    assert (page.status, "系统出错了" in page.text, "secret words" in page.html) == (500, True, False)


def test_a_case_costs_so_many_requests(desk: Desk, mei: Visitor) -> None:
    """Of the database: a page of a case is no reason to read a table."""
    number = desk.in_progress()
    case(mei, number)
    with database_asked() as asked:
        case(mei, number)
    assert asked == {"GetItem": 3, "Query": 4}
